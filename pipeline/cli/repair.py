"""`congvan repair`: ruined text in, repaired text out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pipeline.cli.options import PATH
from pipeline.cli.printing import note
from pipeline.errors import NotReadable
from pipeline.intake import decode
from pipeline.repair import repair_lines


@click.command("repair")
@click.argument("file", type=PATH, default="-")
@click.option("--log", is_flag=True, help="List every change on stderr, a JSON object a line.")
def command(*, file: Path, log: bool) -> None:
    """Bring ruined Vietnamese text back, line for line; no database is needed.

    Reads FILE, or stdin for `-`: Unicode, or an encoding of before (TCVN3, VNI, VPS, Windows-1258). Digits are never
    changed.

    Example: congvan repair old-ocr.txt > repaired.txt
    """
    lines, repairs = repair_lines(_read(file).splitlines())
    for line in lines:
        click.echo(line)
    if log:
        for r in repairs:
            change = {"line": r.line, "word": r.word, "raw": r.raw, "text": r.text, "score": round(r.score, 3)}
            note(json.dumps({**change, "reason": r.reason}, ensure_ascii=False))


def _read(file: Path) -> str:
    try:
        return decode(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes(), str(file))
    except OSError as e:
        raise NotReadable(f"the text cannot be read: {e.strerror}", hint="check the path", where=str(file)) from e
