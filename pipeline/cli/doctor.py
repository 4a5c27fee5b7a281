"""`congvan doctor`: what is installed."""

from __future__ import annotations

import click

from pipeline.cli.options import with_config
from pipeline.cli.printing import print_table
from pipeline.config import Config
from pipeline.doctor import examine, remedies
from pipeline.errors import MissingDependency


@click.command("doctor")
@with_config
def command(*, config: Config) -> None:
    """Tell what reading needs and what of it is installed; the exit code is 4 when something is missing.

    Example: congvan doctor
    """
    findings = examine(config.ocr.languages)
    rows = [{"needed": f.name, "found": f.version or "missing"} for f in findings]
    print_table(rows, ("needed", "found"))
    advice = remedies(findings)
    if advice:
        raise MissingDependency("something that reading needs is missing", hint="\n      ".join(advice))
