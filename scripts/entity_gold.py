"""Names marked by hand: `corpus/entities/NAME.md`, a paragraph a line, each name as `[Sở Y tế](organisation)`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline.extract.names.mentions import KINDS, Mention

_MARK = re.compile(rf"\[([^\]]+)\]\(({'|'.join(KINDS)})\)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph and the names in it, in its order."""

    text: str
    mentions: tuple[Mention, ...]


def read_line(line: str) -> Marked:
    """A line of gold as plain text with its mentions."""
    text, at, mentions = "", 0, []
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        mentions.append(Mention(match[2], len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return Marked(text + line[at:], tuple(mentions))


def read_gold(path: Path) -> tuple[Marked, ...]:
    """The paragraphs of one letter."""
    return tuple(read_line(line) for line in path.read_text(encoding="utf-8").splitlines())


def gold_of(folder: Path, split: Path, side: str) -> dict[str, tuple[Marked, ...]]:
    """The marked letters of one side of the split, by name.

    Args:
        folder: where the marked letters are.
        split: the table of which letters are `dev` and which `test`.
        side: `dev` or `test`.
    """
    names = tomllib.loads(split.read_text(encoding="utf-8"))[side]
    return {name: read_gold(folder / f"{name}.md") for name in names if (folder / f"{name}.md").exists()}
