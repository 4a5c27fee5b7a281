"""A letter as its author wrote it: one text file, a TOML head between `+++` lines, then the body in a small markup.

Body lines, one paragraph each:

    # text      Part heading, bold            % key value   a setting from here on: period, responsible, assigned_by
    ## text     section heading, bold         ~ text        italic (legal bases)
    ### text    sub-heading, bold italic      @ text        centred, bold          ^ text   centred, italic
    ---page---  new page (an annex)           ---closing--- where Nơi nhận and the signature stand (default: the end)
    :::table … :::   a table, see `tables`    anything else: a body paragraph

The head holds the letterhead as it should be read; how it is printed follows from it, or is given (`issuer_lines`).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from scripts.make_scans.markup import Inline, MarkupError, parse_inline
from scripts.make_scans.tables import TableSource, parse_table


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead and the closing, as they should be read."""

    number: str
    date: dt.date
    place: str
    issuer: str
    doc_type: str
    subject: str
    signer: str
    closing: tuple[str, ...]
    """The lines over the signature: power, office."""
    parent_issuer: str = ""
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    period: str = ""
    """What the letter's figures are about where the body does not say; empty for the year of the letter."""
    urgency: str = ""
    secrecy: str = ""
    signer_line: str = ""
    """How the name is printed when with a rank (`Thượng tá …`)."""
    co_signer: tuple[str, ...] = ()
    """Office and name of a second signer, left of the first, where others have Nơi nhận."""
    style: str = "state"
    """`state`, `party`, or `old` (before 2011: ornaments, page number at the foot)."""
    scan: str = "archive"
    """The quality of the scan that the repository keeps; `none` when its scans are made on demand only."""
    font: str = "serif"
    size: float = 13.5
    spacing: float = 0.0
    """Baseline to baseline in type sizes where the author chose it (1.72: a line and a half); 0: what saves a sheet."""
    parent_lines: tuple[str, ...] = ()
    issuer_lines: tuple[str, ...] = ()
    subject_lines: tuple[str, ...] = ()
    number_line: str = ""
    """How the number is printed when not `Số: ` and the number."""
    date_line: str = ""
    title_line: str = ""
    """How the kind is printed when with more words (`CHƯƠNG TRÌNH PHỐI HỢP`)."""
    ornament: str = ""
    motto: str = ""
    """What stands at the top right instead of the motto of State or Party (the Youth Union has its own)."""
    footer: str = ""
    """The address at the foot of page 1."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body: its style is the mark its line begins with."""

    style: str
    inline: Inline
    settings: dict[str, str] = field(default_factory=dict)
    section: str = ""
    """The headings it stands under, joined by ` › `."""


@dataclass(frozen=True, slots=True)
class Break:
    """A new page (`page`) or the place of the closing (`closing`)."""

    kind: str


Block = Paragraph | TableSource | Break


@dataclass(frozen=True, slots=True)
class LetterSource:
    """One invented letter."""

    name: str
    head: Head
    blocks: tuple[Block, ...]


_HEADINGS = ("###", "##", "#")
_STYLES = {"~": "basis", "@": "centre", "^": "centre_italic", "#": "part", "##": "section", "###": "subsection"}
_BREAKS = {"---page---": Break("page"), "---closing---": Break("closing")}


def read_source(path: Path) -> LetterSource:
    """The letter that a file describes.

    Raises:
        MarkupError: the file is not in the form above; the message names it.
    """
    try:
        _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        blocks = _blocks(body)
        if Break("closing") not in blocks:
            blocks.append(Break("closing"))
        return LetterSource(path.stem, _head(tomllib.loads(head)), tuple(blocks))
    except (ValueError, TypeError) as e:
        raise MarkupError(f"{path.name}: {e}") from e


def _head(values: dict[str, Any]) -> Head:
    unknown = set(values) - {f.name for f in fields(Head)}
    if unknown:
        raise MarkupError(f"unknown keys in the head: {', '.join(sorted(unknown))}")
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Head(**plain)


def _blocks(body: str) -> list[Block]:
    blocks: list[Block] = []
    settings: dict[str, str] = {}
    headings: dict[str, str] = {}
    lines = iter(body.splitlines())
    for line in map(str.strip, lines):
        if line in _BREAKS:
            blocks.append(_BREAKS[line])
        elif line.startswith("% "):
            settings = _changed(settings, line[2:])
        elif line.startswith(":::table"):
            inside = list(iter(lambda: next(lines).strip(), ":::"))
            blocks.append(parse_table(line.removeprefix(":::table"), inside, settings, _path(headings)))
        elif line:
            blocks.append(_paragraph(line, settings, headings))
    return blocks


def _changed(settings: dict[str, str], line: str) -> dict[str, str]:
    """The settings after a line `key value`; without a value the key is as the head has it again."""
    key, _, value = line.partition(" ")
    others = {k: v for k, v in settings.items() if k != key}
    return others | {key: value} if value else others


def _paragraph(line: str, settings: dict[str, str], headings: dict[str, str]) -> Paragraph:
    mark, _, rest = line.partition(" ")
    style = _STYLES.get(mark, "body")
    inline = parse_inline(line if style == "body" else rest)
    if mark in _HEADINGS:
        for deeper in _HEADINGS[: _HEADINGS.index(mark) + 1]:
            headings.pop(deeper, None)
        headings[mark] = inline.text
    return Paragraph(style, inline, settings, _path(headings))


def _path(headings: dict[str, str]) -> str:
    return " › ".join(headings[mark] for mark in reversed(_HEADINGS) if mark in headings)
