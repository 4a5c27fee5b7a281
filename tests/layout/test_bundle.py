from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout import part_letters
from pipeline.layout.bundle import printed_number
from pipeline.layout.letterhead import opens_letter
from pipeline.nouns import PageText, Zone
from tests.layout.letters import page

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
DATED = "Gia Phú, ngày 12 tháng 4 năm 2019"
TEXT = "Thực hiện chương trình công tác, các đơn vị báo cáo kết quả như sau:"


def head(number: str, at: int, *, date: str = DATED, issuer: str = "ỦY BAN NHÂN DÂN", motto: str = STATE) -> PageText:
    return page(
        (issuer, Zone.HEADER_LEFT),
        ("HUYỆN AN THỊNH", Zone.HEADER_LEFT),
        (number, Zone.HEADER_LEFT),
        (motto, Zone.HEADER_RIGHT),
        (date, Zone.HEADER_RIGHT),
        TEXT,
        number=at,
    )


def more(printed: int | None, at: int, *, signed: bool = False) -> PageText:
    """A page without a letterhead, its number at its head."""
    top = ((str(printed), Zone.PAGE_NUMBER),) if printed else ()
    end = (("Nơi nhận:", Zone.CLOSING_LEFT), ("CHỦ TỊCH", Zone.CLOSING_RIGHT)) if signed else ()
    return page(*top, TEXT, *end, number=at)


def blank(at: int) -> PageText:
    return replace(page(number=at), blank=True)


def again(original: PageText, at: int) -> PageText:
    return replace(original, number=at, repeats_page=original.number)


def parted(*pages: PageText) -> list[list[int]]:
    return [[p.number for p in letter] for letter in part_letters(pages)]


def test_a_bundle_with_a_page_scanned_three_times_and_two_swapped() -> None:
    first = head("Số: 41/KH-UBND", 1)
    assert parted(
        first, again(first, 2), more(2, 3, signed=True), again(first, 4),
        head("Số: 52/BC-UBND", 5), more(3, 6, signed=True), more(2, 7),
        head("Số 15-CT/TU", 8, motto="ĐẢNG CỘNG SẢN VIỆT NAM"),
    ) == [[1, 2, 4, 3], [5, 7, 6], [8]]  # fmt: skip


def test_one_letter_stays_whole() -> None:
    assert parted(head("Số: 7/QĐ-UBND", 1)) == [[1]]
    annexed = (head("Số: 7/QĐ-UBND", 1), more(2, 2, signed=True), more(None, 3), more(2, 4), more(3, 5))
    assert parted(*annexed) == [[1, 2, 3, 4, 5]]


def test_letters_of_one_page() -> None:
    assert parted(*(head(f"Số: {n}/UBND-VP", n) for n in (1, 2, 3))) == [[1], [2], [3]]


def test_what_comes_before_the_first_letterhead_is_of_the_first_letter() -> None:
    assert parted(more(None, 1), head("Số: 7/QĐ-UBND", 2)) == [[1, 2]]
    assert parted(more(2, 1, signed=True), head("Số: 7/QĐ-UBND", 2)) == [[2, 1]]


def test_a_letter_without_a_letterhead_ends_where_the_next_begins() -> None:
    assert parted(more(None, 1, signed=True), head("Số: 7/QĐ-UBND", 2)) == [[1], [2]]


@pytest.mark.parametrize(
    ("number", "date", "issuer"),
    [
        ("Số: ……/BC-UBND", "………, ngày … tháng … năm 20…", "ỦY BAN NHÂN DÂN"),
        ("Số: .../...-...", "Địa danh, ngày .. tháng .. năm ....", "TÊN CƠ QUAN"),
        ("Số: /BC-UBND", "An Thịnh, ngày … tháng 11 năm 2019", "ỦY BAN NHÂN DÂN"),
        ("Số: /BC-UBND", "An Thịnh, ngày tháng năm 2019", "ỦY BAN NHÂN DÂN"),
        ("Số: 12", DATED, "ỦY BAN NHÂN DÂN"),
        ("Số: 3/SY-UBND", DATED, "ỦY BAN NHÂN DÂN"),
        ("Số: 3/QĐ-UBND", DATED, "Mẫu số 02"),
        ("Số: 3/QĐ-UBND", "An Thịnh, ngày 3 tháng 4", "ỦY BAN NHÂN DÂN"),
    ],
)
def test_a_form_in_an_annex_is_no_letter(number: str, date: str, issuer: str) -> None:
    form = head(number, 3, date=date, issuer=issuer)
    assert not opens_letter(form)
    assert parted(head("Số: 7/QĐ-UBND", 1), more(2, 2, signed=True), form) == [[1, 2, 3]]


@pytest.mark.parametrize(
    ("number", "date"),
    [
        ("Số: /KH-UBND", "Gia Phú, ngày 12 tháng 4 năm 2019"),
        ("S6: 318 /QD-UBND", "Gia Phú, ngày tháng năm 2019"),
        ("Số: /UBND-NC", "Gia Phú, ngày tháng 02 năm 2021"),
        ("Số: 30/2020/NĐ-CP", DATED),
        ("Số 36-HD/VPTW", "Hà Nội, ngày 03 tháng 4 năm 2018"),
    ],
)
def test_digits_that_a_hand_wrote_may_be_lost(number: str, date: str) -> None:
    assert opens_letter(head(number, 1, date=date))


def test_a_letter_without_a_motto_needs_number_and_day() -> None:
    union = {"issuer": "BCH ĐOÀN TỈNH QUẢNG TRUNG", "motto": "ĐOÀN TNCS HỒ CHÍ MINH"}
    assert opens_letter(head("Số: 18-HD/TĐTN", 1, **union))
    assert not opens_letter(head("Số: /HD-TĐTN", 1, **union))


def test_a_regulation_in_an_annex_has_a_head_without_a_number() -> None:
    annex = page(("ỦY BAN NHÂN DÂN", Zone.HEADER_LEFT), (STATE, Zone.HEADER_RIGHT), "QUY CHẾ", number=2)
    assert parted(head("Số: 7/QĐ-UBND", 1), annex) == [[1, 2]]


def test_a_page_swapped_with_the_letterhead_behind_it() -> None:
    two = (head("Số: 7/QĐ-UBND", 1), more(2, 2, signed=True))
    assert parted(*two, more(2, 3, signed=True), head("Số: 8/QĐ-UBND", 4)) == [[1, 2], [4, 3]]
    assert parted(*two, more(2, 3), head("Số: 8/QĐ-UBND", 4), more(3, 5, signed=True)) == [[1, 2], [4, 3, 5]]


def test_an_annex_counted_anew_stays_before_the_next_letter() -> None:
    annex = (more(1, 3), more(2, 4))
    whole = (head("Số: 7/QĐ-UBND", 1), more(2, 2, signed=True), *annex, head("Số: 8/QĐ-UBND", 5))
    assert parted(*whole) == [[1, 2, 3, 4], [5]]


@pytest.mark.parametrize("printed", [(3, None, 2), (3, 3, 2), (4, 3), (3, None), (1, 2)])
def test_doubtful_numbers_change_nothing(printed: Sequence[int | None]) -> None:
    pages = (head("Số: 7/QĐ-UBND", 1), *(more(n, at) for at, n in enumerate(printed, start=2)))
    assert parted(*pages) == [[p.number for p in pages]]


def test_blank_backs_go_with_their_pages() -> None:
    assert parted(
        head("Số: 7/QĐ-UBND", 1), blank(2), more(3, 3), blank(4), more(2, 5), blank(6), head("Số: 8/QĐ-UBND", 7)
    ) == [[1, 2, 5, 6, 3, 4], [7]]


def test_a_page_with_two_numbers_has_none() -> None:
    assert printed_number(page(("- 4 -", Zone.PAGE_NUMBER), TEXT)) == 4
    assert printed_number(page(("4", Zone.PAGE_NUMBER), TEXT, ("7", Zone.PAGE_NUMBER))) is None
    assert printed_number(page(TEXT)) is None


_ANY = st.one_of(
    st.builds(head, st.sampled_from(["Số: 7/QĐ-UBND", "Số: …/BC-UBND", "Số 15-CT/TU"]), st.just(1)),
    st.builds(more, st.one_of(st.none(), st.integers(1, 6)), st.just(1), signed=st.booleans()),
    st.just(blank(1)),
)


@given(st.lists(st.tuples(_ANY, st.one_of(st.none(), st.integers(1, 12))), min_size=1, max_size=12))
def test_no_page_is_lost_or_doubled(drawn: list[tuple[PageText, int | None]]) -> None:
    pages = tuple(
        replace(p, number=at, repeats_page=first if first and first < at else None)
        for at, (p, first) in enumerate(drawn, start=1)
    )
    letters = part_letters(pages)
    assert sorted(p.number for letter in letters for p in letter) == [p.number for p in pages]
    assert all(letters)
    assert part_letters(pages) == letters
