"""`congvan repair`: ruined text in, repaired text out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.options import PATH
from pipeline.cli.printing import note, shown
from pipeline.errors import DamagedFile, NotReadable
from pipeline.repair import repair_lines


@click.command("repair")
@click.argument("file", type=PATH, default="-")
@click.option("--log", is_flag=True, help="List every change on stderr: line, word, before, after, certainty, reason.")
def command(*, file: Path, log: bool) -> None:
    """Bring ruined Vietnamese text back, line for line; no database is needed.

    Reads FILE (UTF-8), or stdin for `-`. Digits are never changed.

    Example: congvan repair old-ocr.txt > repaired.txt
    """
    lines, repairs = repair_lines(_read(file).splitlines())
    for line in lines:
        click.echo(line)
    if log:
        for r in repairs:
            note(shown(f"{r.line}:{r.word}  {r.raw} → {r.text}  ({r.score:.2f}, {r.reason})"))


def _read(file: Path) -> str:
    try:
        return (sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()).decode("utf-8-sig")
    except OSError as e:
        raise NotReadable(f"the text cannot be read: {e.strerror}", hint="check the path", where=str(file)) from e
    except UnicodeDecodeError as e:
        hint = "convert it first, or read the letter itself with `congvan ingest`, which knows old encodings"
        raise DamagedFile("the text is not UTF-8", hint=hint, where=str(file)) from e
