"""Pages as they were read, as compressed JSON: what follows the engine can run again, fast and without an engine."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from pipeline.errors import DamagedFile
from pipeline.nouns import Box, Grid, GridCell, Line, Mark, MarkKind, PageText, Word, Zone

_FORMAT = 1


def save_pages(path: Path, pages: tuple[PageText, ...]) -> None:
    """Write the pages' words, boxes, zones, marks and grids, compressed; the judgement of pixels is left out.

    The same pages give the same bytes.
    """
    data = {"format": _FORMAT, "pages": [_page_to_json(page) for page in pages]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def load_pages(path: Path) -> tuple[PageText, ...]:
    """The pages that `save_pages` wrote.

    Raises:
        DamagedFile: the file is no such recording.
    """
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        if data["format"] != _FORMAT:
            raise DamagedFile(f"a recording of format {data['format']}, not {_FORMAT}", where=str(path))
        return tuple(_page_from_json(page) for page in data["pages"])
    except (OSError, EOFError, ValueError, KeyError, TypeError) as e:
        raise DamagedFile("not a recording of pages", hint="record it again", where=str(path)) from e


def _page_to_json(page: PageText) -> dict[str, Any]:
    return {
        "number": page.number,
        "size": [page.width, page.height, page.dpi, page.rotation],
        "skew": page.skew,
        "blank": page.blank,
        "steps": list(page.steps),
        "lines": [[line.zone.value, [_word_to_json(word) for word in line.words]] for line in page.lines],
        "marks": [[mark.kind.value, _corners(mark.box), mark.text, mark.confidence] for mark in page.marks],
        "grids": [
            [
                _corners(grid.box),
                grid.rows,
                grid.cols,
                [[c.row, c.col, c.row_end, c.col_end, *_corners(c.box)] for c in grid.cells],
            ]
            for grid in page.grids
        ],
    }


def _word_to_json(word: Word) -> list[str | float | int]:
    return [word.raw, word.text, *_corners(word.box), round(word.confidence, 4)]


def _corners(box: Box) -> list[int]:
    return [box.x0, box.y0, box.x1, box.y1]


def _page_from_json(data: dict[str, Any]) -> PageText:
    width, height, dpi, rotation = data["size"]
    return PageText(
        number=data["number"],
        lines=tuple(Line(tuple(_word_from_json(w) for w in words), Zone(zone)) for zone, words in data["lines"]),
        width=width,
        height=height,
        dpi=dpi,
        rotation=rotation,
        skew=data["skew"],
        blank=data["blank"],
        steps=tuple(data["steps"]),
        marks=tuple(Mark(MarkKind(kind), Box(*box), text, sure) for kind, box, text, sure in data["marks"]),
        grids=tuple(
            Grid(
                Box(*around),
                tuple(GridCell(r, c, r_end, c_end, Box(*box)) for r, c, r_end, c_end, *box in cells),
                rows,
                cols,
            )
            for around, rows, cols, cells in data["grids"]
        ),
    )


def _word_from_json(data: list[Any]) -> Word:
    raw, text, x0, y0, x1, y1, confidence = data
    return Word(raw, text, Box(x0, y0, x1, y1), float(confidence))
