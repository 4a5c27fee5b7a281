from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.passages.running import paragraphs
from pipeline.nouns import Box, Letter, Line, Word, Zone
from tests.extract.prose import letter_of

LONG = (
    "Ban Chấp hành Hội Nông dân tỉnh yêu cầu các cấp hội tập trung vận động hội viên xây dựng mô hình kinh tế tập thể, "
    "hợp tác xã kiểu mới, góp phần nâng cao thu nhập cho hội viên trên địa bàn toàn tỉnh."
)


def test_lines_and_pages_become_paragraphs() -> None:
    letter = letter_of(LONG, "1. Mục tiêu", LONG, page_lines=3)
    assert len(letter.pages) > 1
    assert [p.text for p in paragraphs(letter)] == [LONG, "1. Mục tiêu", LONG]


def test_marks_and_page_numbers_between_pages_are_passed_over() -> None:
    letter = letter_of(LONG, page_lines=2)
    number = Line((Word("2", "2", Box(1200, 100, 1220, 140), 1.0),), Zone.PAGE_NUMBER)
    stamp = Line((Word("ĐẾN", "ĐẾN", Box(100, 100, 220, 140), 1.0),), Zone.MARK)
    second = letter.pages[1]
    pages = (letter.pages[0], replace(second, lines=(number, stamp, *second.lines)), *letter.pages[2:])
    assert [p.text for p in paragraphs(Letter(letter.scan, pages))] == [LONG]


def test_a_repeated_page_adds_nothing() -> None:
    letter = letter_of(LONG)
    twice = Letter(letter.scan, (*letter.pages, replace(letter.pages[0], number=2, repeats_page=1)))
    assert [p.text for p in paragraphs(twice)] == [LONG]


def test_a_document_number_broken_over_lines_is_one() -> None:
    letter = letter_of(
        "Thực hiện sự chỉ đạo của Ủy ban nhân dân tỉnh tại Quyết định số 88/QĐ- UBND và kế hoạch đã ban hành"
    )
    assert "88/QĐ-UBND" in paragraphs(letter)[0].text


def test_tones_have_one_place() -> None:
    assert paragraphs(letter_of("Uỷ ban hoà giải."))[0].text == "Ủy ban hòa giải."


def test_characters_know_their_ink_across_pages() -> None:
    letter = letter_of(LONG, page_lines=2)
    (paragraph,) = paragraphs(letter)
    last = paragraph.text.index("toàn tỉnh")
    page, box, confidence = paragraph.ink(last, last + 9)
    words = [w for w in letter.pages[-1].words if w.text in {"toàn", "tỉnh."}]
    assert page == len(letter.pages)
    assert box == Box(words[0].box.x0, words[0].box.y0, words[1].box.x1, words[1].box.y1)
    assert confidence == 1.0


@given(st.lists(st.text(alphabet="abđêư12-.;/ ", min_size=1, max_size=40), max_size=8), st.integers(1, 5))
def test_every_word_is_kept_once(texts: list[str], page_lines: int) -> None:
    letter = letter_of(*texts, page_lines=page_lines)
    words = [w for page in letter.pages for w in page.words]
    kept = [piece.word for part in paragraphs(letter) for piece in part.pieces]
    assert kept == words
