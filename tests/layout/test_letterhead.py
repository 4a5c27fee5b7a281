"""Tables at the top of a page that are the letterhead between rims and stamps."""

import pytest

from pipeline.layout.letterhead import covers_letterhead
from pipeline.nouns import Box, Grid, Line, PageText, Word, Zone

TOP = Grid(Box(30, 30, 970, 350), (), 3, 4)


def page(*lines: tuple[str, int, Zone]) -> PageText:
    told = [Line((Word(text, text, Box(100, y, 900, y + 20), 0.9),), zone) for text, y, zone in lines]
    return PageText(1, tuple(told), 1000, 1400, 120)


MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("grid", "text", "y", "covers"),
    [
        (TOP, f"UBND TỈNH SƠN LA {MOTTO}", 60, True),
        (TOP, "CỘNG HOÀ XA HÔI CHỦ NGHIA VIỆT NAM", 60, True),
        (TOP, "ĐẢNG CỘNG SẢN VIỆT NAM", 60, True),
        (TOP, "STT Tên đơn vị Số lượng Ghi chú", 60, False),
        (TOP, MOTTO, 500, False),
        (Grid(Box(30, 30, 970, 1300), (), 9, 2), MOTTO, 60, False),
    ],
)
def test_a_grid_over_the_motto_is_no_table(grid: Grid, text: str, y: int, *, covers: bool) -> None:
    assert covers_letterhead(grid, page((text, y, Zone.TABLE))) is covers


def test_a_motto_beside_a_table_is_none_of_its_lines() -> None:
    assert not covers_letterhead(TOP, page((MOTTO, 60, Zone.HEADER_RIGHT)))
