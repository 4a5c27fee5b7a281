"""What the commands that read many letters share: progress while they read, and the closing summary."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from pipeline.batch import BatchResult, Progress
from pipeline.cli.printing import counted, note, shown, stderr

_MOST_REASONS = 3
_MOST_LISTED = 20
"""Files listed one by one for each heading of the summary; the database has all."""


Report = Callable[[Progress], None]
with_log = click.option("--log-json", is_flag=True, help="Tell each file on stderr as a line of JSON, without a bar.")
"""Adds `--log-json`, handed over as `log_json`."""


@contextmanager
def progress(total_of: str, *, log_json: bool = False) -> Iterator[Report]:
    """Shows how far a batch is on stderr: a bar on a terminal, nothing where no terminal listens, or lines of JSON."""
    if log_json:
        yield _log
        return
    console = stderr()
    columns = (
        TextColumn(total_of), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pages]} pages"),
        TextColumn("{task.fields[rate]} pages/min"), TextColumn("{task.fields[left]}"),
        TextColumn("{task.fields[failed]}"),
    )  # fmt: skip
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None, pages=0, rate="–", left="", failed="")

        def report(now: Progress) -> None:
            bar.update(
                task,
                completed=now.done,
                total=now.total,
                pages=now.pages,
                rate=f"{now.pages_a_minute:.0f}",
                left=f"{_duration(now.seconds_left)} left" if now.seconds_left is not None else "",
                failed=f"{now.failed} failed" if now.failed else "",
            )

        yield report


def _log(now: Progress) -> None:
    """One line of JSON for one file, for a program that collects logs."""
    figures = {"at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "file": str(now.path), "done": now.done}
    figures |= {"total": now.total, "pages": now.pages, "failed": now.failed, "seconds": round(now.seconds, 1)}
    if now.error is not None:
        figures |= {"stage": now.error.stage, "error": now.error.message, "hint": now.error.hint}
    note(json.dumps(figures, ensure_ascii=False))


def summarise(result: BatchResult, database: Path) -> None:
    """Print what a batch came to: read, to review and why, failed and why, where."""
    rate = 60 * result.pages / result.seconds if result.seconds else 0.0
    note(
        f"{counted(result.files, 'file')} read: {counted(result.letters, 'letter')}, {counted(result.pages, 'page')} "
        f"in {_duration(result.seconds)} ({rate:.0f} pages a minute)"
    )
    if result.skipped:
        note(f"{counted(result.skipped, 'file')} passed over: in the database already")
    _listed("given twice, read once", [f"{path} is the same as {same}" for path, same in result.duplicates])
    _reviews(result)
    _listed(
        "failed",
        [f"{failure.path}: {failure.error.message}\n      hint: {failure.error.hint}" for failure in result.failed],
    )
    if result.failed:
        note("       read them again when that is done: congvan retry")
    if result.interrupted:
        note("interrupted: what was read is stored; run it again to continue")
    note(f"database: {database}")
    if result.to_review or result.failed:
        note(f"next: congvan serve --open --db {shlex.quote(str(database))}")


def _reviews(result: BatchResult) -> None:
    often = ", ".join(f"{reason} ({count})" for reason, count in result.reasons)
    lines = [f"{r.document_id}  {r.source_name}: {_few(r.reasons)}" for r in result.needs_review]
    _listed(f"to review{f', most often for {often}' if often else ''}", lines, result.to_review)


def _few(reasons: tuple[str, ...]) -> str:
    """The first reasons in words, the rest as a number."""
    told = "; ".join(reasons[:_MOST_REASONS])
    return told + (f" and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else "")


def _listed(heading: str, lines: list[str], count: int | None = None) -> None:
    """The first lines under a heading; `count` says how many there are when the lines are not all."""
    count = len(lines) if count is None else count
    if not count:
        return
    note(f"{count:,} {heading}:")
    for line in lines[:_MOST_LISTED]:
        note("    " + "\n".join(map(shown, line.split("\n"))))
    if count > _MOST_LISTED:
        note(f"    and {count - _MOST_LISTED:,} more")


def _duration(seconds: float) -> str:
    return str(dt.timedelta(seconds=round(seconds)))
