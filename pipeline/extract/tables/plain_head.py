"""The head of a table in plain text: its lines, its title, and names for its columns by what the figures do.

An old OCR tears a head of several levels into lines that no longer say which word stood over which column. The figures
say it: where one column is the percentage of another over a third, they are a ratio, a result and a target.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.extract.tables.titles import begins_title, is_unit_note
from pipeline.nouns import Line
from pipeline.tabular.equations import Kind
from pipeline.tabular.laws import Law
from pipeline.tabular.roles import Role, role_words
from pipeline.tabular.words import STEP, table_words, tokens
from pipeline.vietnamese import fold, is_capitals, squeeze

MOST_HEAD_LINES = 5
MOST_TITLE_LINES = 4
LIKE = 80
"""Likeness (0 to 100) at which a ruined word of a head is recognised."""
HEAD_SHARE = 0.35
"""The part of a line that must be words of heads for the line to belong to a head."""


def head_lines(above: Sequence[Line]) -> list[Line]:
    """The lines just above the first row that are made of words of heads."""
    head: list[Line] = []
    for line in reversed(above[-MOST_HEAD_LINES:]):
        if begins_title(line.text) or _head_share(line.text) < HEAD_SHARE:
            break
        head.insert(0, line)
    return head


def title_lines(above: Sequence[Line], head: int) -> str:
    """The title over the head: from the nearest line in capitals or that begins as titles do."""
    rest = list(above[: len(above) - head][-MOST_TITLE_LINES:])
    for start, line in enumerate(rest):
        if begins_title(line.text) or is_capitals(line.text):
            return squeeze(" ".join(x.text for x in rest[start:]))
    return squeeze(rest[-1].text) if rest and is_unit_note(rest[-1].text) else ""


def column_names(head: str, laws: Sequence[Law], width: int) -> tuple[str, ...]:
    """Names for the numbering, the label and each column of figures; empty where neither head nor figures tell."""
    labels = [name for name in table_words().label_names if _says(head, name)]
    roles = _roles(laws, width) if sum(_display(head, role) is not None for role in Role) >= 2 else {}
    names = [""] * width
    groups = _groups(head, laws)
    wholes = {law.whole for law in laws if law.kind is Kind.SUM}
    for col, role in roles.items():
        name = _display(head, role) or role_words().names[role][0]
        names[col] = STEP.join(filter(None, (groups.get(col) or ("Tổng" if col in wholes else ""), name)))
    return "TT", (labels[0] if labels else ""), *names


def _roles(laws: Sequence[Law], width: int) -> dict[int, Role]:
    """What each column tells, by the ratios, and by the sums that tie other columns to theirs."""
    roles: dict[int, Role] = {}
    for law in laws:
        if law.kind is Kind.RATIO:
            for col, role in zip((law.whole, *law.parts), (Role.RATIO, Role.RESULT, Role.TARGET), strict=True):
                roles.setdefault(col, role)
    for law in laws:
        told = {roles[p] for p in law.parts if p in roles}
        if law.kind is Kind.SUM and len(told) == 1:
            for col in law.columns:
                roles.setdefault(col, next(iter(told)))
    return {col: role for col, role in roles.items() if col < width}


def _groups(head: str, laws: Sequence[Law]) -> dict[int, str]:
    """`Giai đoạn 1` over the first target, result and ratio that stand side by side, `Giai đoạn 2` over the next."""
    triples = sorted(sorted(law.columns) for law in laws if law.kind is Kind.RATIO)
    beside = [t for t in triples if t[2] - t[0] == 2]
    for word in table_words().group_words:
        found = _numbers_after(fold(word), tokens(head).split())
        if len(beside) > 1 and len(found) == len(beside):
            return {col: f"{word} {n}" for t, n in zip(beside, found, strict=True) for col in t}
    return {}


def _numbers_after(phrase: str, words: Sequence[str]) -> list[int]:
    """The numbers that stand after a phrase, ruined or not, each once, rising."""
    width = len(phrase.split())
    spots = [i for i in range(width, len(words)) if words[i].isdecimal() and len(words[i]) <= 4]
    return sorted({int(words[i]) for i in spots if fuzz.ratio(" ".join(words[i - width : i]), phrase) >= LIKE})


def _display(head: str, role: Role) -> str | None:
    """The word of the head that names columns of this role, if it has one."""
    return next((name for name in role_words().names[role] if _says(head, name)), None)


def _says(head: str, phrase: str) -> bool:
    wanted, text = tokens(phrase), tokens(head)
    if len(wanted) < 5:
        return f" {wanted} " in f" {text} "
    return fuzz.partial_ratio(wanted, text) >= LIKE


def _head_share(text: str) -> float:
    """The part of a line's letters that belong to words of heads, ruined or not."""
    words = tokens(text).split()
    known = {w for phrase in role_words().phrases for w in phrase.words.split()}
    known |= {w for name in table_words().label_headers for w in name.split()} | table_words().index_headers
    known |= {w for word in table_words().group_words for w in fold(word).split()} | {"tong", "%", "so"}
    hits = [w for w in words if w in known or any(len(k) > 3 and fuzz.ratio(w, k) >= LIKE for k in known)]
    return sum(map(len, hits)) / max(1, sum(map(len, words)))
