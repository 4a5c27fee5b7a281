"""From what the engine read in the unfolded image to a page of lines: boxes home, zones, reading order, marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.layout.cells import by_cell
from pipeline.layout.unfold import Unfolded
from pipeline.layout.zones import marks_of, zoned
from pipeline.nouns import Grid, Line, Page, PageText, Word, Zone


def arrange(page: Page, unfolded: Unfolded, lines: tuple[Line, ...], grids: tuple[Grid, ...] = ()) -> PageText:
    """The page's text: lines in reading order with their zones, boxes on the upright page, stamps told apart.

    Args:
        page: the cleaned page the boxes shall lie on.
        unfolded: what `unfold(page)` gave and the engine read.
        lines: the engine's lines, boxes in the unfolded image.
        grids: tables found on the page; their lines get the zone TABLE.
    """
    home = by_cell([part for line in lines if line.words for part in _home(line, unfolded)], grids)
    arranged = zoned(home, grids)
    return PageText(
        number=page.number,
        lines=tuple(arranged),
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        rotation=page.rotation,
        skew=page.skew,
        blank=page.blank,
        judgement=page.judgement,
        steps=page.steps,
        marks=(*page.marks, *marks_of(arranged)),
        grids=grids,
    )


def assign_zones(text: PageText, grids: tuple[Grid, ...] = ()) -> PageText:
    """A page whose lines came from elsewhere (a text layer), with zones and marks, the words of tables cell by cell.

    Args:
        text: the page.
        grids: ruled tables on it, in its own measures.
    """
    lines = by_cell([line for line in text.lines if line.words], grids)
    arranged = zoned(lines, grids or text.grids)
    return replace(text, lines=tuple(arranged), marks=(*text.marks, *marks_of(arranged)), grids=grids or text.grids)


def _home(line: Line, unfolded: Unfolded) -> Iterable[Line]:
    """The line with its boxes on the page; parted where the engine read across two pieces."""
    words: list[Word] = []
    zone: Zone | None = None
    for word in line.words:
        box, own = unfolded.home(word.box)
        if zone is not None and own is not zone:
            yield Line(tuple(words), zone)
            words = []
        words.append(Word(word.raw, word.text, box, word.confidence, word.odds))
        zone = own
    yield Line(tuple(words), zone or line.zone)
