"""Sets a letter on sheets of A4 in the layout of Nghị định 30/2020/NĐ-CP, Appendix I; Party and older forms too."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.nouns import Zone
from scripts.make_scans.closing import set_closing
from scripts.make_scans.flow import LEFT, Flow
from scripts.make_scans.lines import Piece, Slot, break_lines
from scripts.make_scans.opening import set_opening
from scripts.make_scans.sheet import Sheet
from scripts.make_scans.source import Break, LetterSource, Paragraph
from scripts.make_scans.tabular import set_table

_SPACINGS = (1.32, 1.24, 1.16)
_INDENT = 34.0
"""First line of a paragraph: 1.2 cm."""


def typeset(source: LetterSource, hand: frozenset[str] = frozenset()) -> tuple[Sheet, ...]:
    """The sheets of a letter; what `hand` names is left to be written by hand into the printed frame.

    Lines are set closer when that saves a sheet, as a typist does who would not send a signature alone on a page.
    """
    spacings = (source.head.spacing,) if source.head.spacing else _SPACINGS
    return min((_typeset(source, hand, spacing) for spacing in spacings), key=len)


def _typeset(source: LetterSource, hand: frozenset[str], spacing: float) -> tuple[Sheet, ...]:
    head = source.head
    flow = Flow(head.font, head.size, spacing, old=head.style == "old", hand=hand)
    set_opening(flow, head)
    tables, marks = 0, 0
    for block in source.blocks:
        if isinstance(block, Paragraph):
            _set_paragraph(flow, block, marks)
            marks += len(block.inline.marks)
        elif isinstance(block, Break):
            _set_break(flow, block, source)
        else:
            set_table(flow, block, tables)
            tables += 1
    return flow.finish()


def _set_break(flow: Flow, block: Break, source: LetterSource) -> None:
    if block.kind == "page":
        flow.turn()
    else:
        set_closing(flow, source.head)


def _set_paragraph(flow: Flow, paragraph: Paragraph, first_mark: int) -> None:
    words = list(_words(flow, paragraph, first_mark))
    centred = paragraph.style.startswith("centre")
    indent = 0.0 if centred else _INDENT
    lines = break_lines(words, flow.width, indent)
    keep = 2 if paragraph.style in {"part", "section", "subsection", "centre"} else 1
    if flow.room < flow.leading * keep:
        flow.turn()
    for i, line in enumerate(lines):
        if flow.room < flow.leading:
            flow.turn()
        flow.y += flow.leading
        align = "centre" if centred else "justify" if i < len(lines) - 1 else "left"
        x0 = LEFT + (indent if i == 0 else 0.0)
        flow.put(line, Slot(x0, LEFT + flow.width, flow.y, 0, Zone.BODY, align))
    flow.y += 5


def _words(flow: Flow, paragraph: Paragraph, first_mark: int) -> Iterator[Piece]:
    strong = paragraph.style in {"part", "section", "subsection", "centre"}
    slanted = paragraph.style in {"basis", "subsection", "centre_italic"}
    for token in paragraph.inline.tokens:
        face = flow.face(bold=strong or token.bold, italic=slanted)
        yield Piece(token.text, face, flow.size, tuple(f"m{first_mark + m}" for m in token.marks))
