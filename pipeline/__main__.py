"""The door of the command line: every error becomes a message, advice and an exit code."""

from __future__ import annotations

import os
import sys
import traceback

import click

from pipeline.cli import cli
from pipeline.errors import CongvanError

INTERRUPTED = 130
BROKEN_PIPE = 141


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code; nothing is raised."""
    try:
        status = cli.main(arguments, prog_name="congvan", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.ClickException as e:
        e.show()
        return e.exit_code
    except CongvanError as e:
        click.echo(f"error: {e}", err=True)
        if e.hint:
            click.echo(f"hint: {e.hint}", err=True)
        return e.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the reader of our output has left (`| head`): click exits then
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception:  # noqa: BLE001 - the last door: what nobody foresaw becomes a report, not a crash
        traceback.print_exc()
        click.echo(
            "\nThis is a bug in congvan. Please report it with the lines above; `congvan doctor` helps.", err=True
        )
        return 1


if __name__ == "__main__":
    main()
