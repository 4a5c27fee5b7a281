"""Stamps that cleaning lifted off are read by themselves, and their words lie where the stamp was."""

import numpy as np

from pipeline.nouns import Box, Line, Mark, MarkKind, Page, Word, Zone
from pipeline.ocr.stamps import read_lifted


class Recorder:
    """An engine that keeps what it was shown and reads one legible word and one scrap."""

    def __init__(self) -> None:
        self.seen: list[Page] = []

    def read(self, page: Page) -> tuple[Line, ...]:
        self.seen.append(page)
        words = (Word("ĐẾN", "ĐẾN", Box(20, 30, 60, 50), 0.9), Word("|", "|", Box(0, 0, 4, 90), 0.1))
        return (Line(words), Line(words[1:]))


def page_with(kind: MarkKind, *, ink: int) -> Page:
    lifted = np.full((400, 300), 255, np.uint8)
    lifted[120:140, 80:160] = ink
    image = np.full((400, 300), 255, np.uint8)
    return Page(3, image, 200, marks=(Mark(kind, Box(50, 100, 250, 200)),), lifted=lifted)


def test_words_of_a_lifted_stamp_lie_where_it_was() -> None:
    engine = Recorder()
    lines = read_lifted(page_with(MarkKind.NOTE, ink=40), engine)
    assert [line.text for line in lines] == ["ĐẾN"]
    assert lines[0].zone is Zone.MARK
    assert lines[0].box == Box(58, 118, 98, 138)
    assert (engine.seen[0].number, engine.seen[0].dpi) == (3, 200)


def test_seals_and_empty_stamps_are_not_read() -> None:
    engine = Recorder()
    assert read_lifted(page_with(MarkKind.SEAL, ink=40), engine) == ()
    assert read_lifted(page_with(MarkKind.NOTE, ink=255), engine) == ()
    assert read_lifted(Page(1, np.zeros((9, 9), np.uint8), 300), engine) == ()
    assert engine.seen == []
