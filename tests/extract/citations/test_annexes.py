"""Annexes with their titles, and number and date that they repeat; drafts and certified copies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extract.citations.annexes import letters_annexed, read_annexes
from pipeline.extract.fields import read_fields
from pipeline.nouns import Box, Field, Letter, Mark, MarkKind, Status, Zone
from tests.extract.letters import decision, letter
from tests.layout.letters import page


def annexed(*lines: str, number: str = "45/QĐ-UBND") -> Letter:
    """The decision with an annex of these lines, and the decision's number as the annex has it."""
    of_letter = f"(Kèm theo Quyết định số {number} ngày 03/4/2021 của Ủy ban nhân dân tỉnh)"
    return letter(page(*decision()), page(*lines, of_letter, "1. Xã Mường Bú", number=2))


def first(read: Letter, name: str) -> Field:
    return next(field for field in read_fields(read) if field.name == name)


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("Phụ lục I", "DANH SÁCH CÁC XÃ", "TRỒNG RỪNG NĂM 2021"), "Phụ lục I. DANH SÁCH CÁC XÃ TRỒNG RỪNG NĂM 2021"),
        (("PHỤ LỤC 02", "DIỆN TÍCH GIAO CÁC HUYỆN"), "PHỤ LỤC 02. DIỆN TÍCH GIAO CÁC HUYỆN"),
        (("PHỤ LỤC: DIỆN TÍCH GIAO CÁC HUYỆN",), "PHỤ LỤC. DIỆN TÍCH GIAO CÁC HUYỆN"),
        (("Phụ lục",), "Phụ lục"),
    ],
)
def test_an_annex_has_its_number_and_title(lines: tuple[str, ...], value: str) -> None:
    assert [found.value for found in read_annexes(annexed(*lines))] == [value]


def test_a_sentence_that_names_an_annex_is_none() -> None:
    assert read_annexes(annexed("Phụ lục I kèm theo Quyết định này quy định chi tiết", "Phụ lục này có hiệu lực")) == ()


def test_number_and_date_are_surer_where_the_annex_repeats_them() -> None:
    read = annexed("Phụ lục I", "DANH SÁCH CÁC XÃ")
    assert letters_annexed(read)[0].number == "45/QĐ-UBND"
    number, date = first(read, "number"), first(read, "issued_on")
    assert number.method == "number: state form, as its annex has it"
    assert number.confidence >= 0.99
    assert date.confidence >= 0.99


def test_another_number_in_the_annex_is_a_doubt() -> None:
    number = first(annexed("Phụ lục I", "DANH SÁCH CÁC XÃ", number="46/QĐ-UBND"), "number")
    assert number.value == "45/QĐ-UBND"
    assert number.status is Status.NEEDS_REVIEW
    assert number.reason == "its annex has 46/QĐ-UBND"


def test_an_annex_of_another_letter_says_nothing() -> None:
    number = first(annexed("Phụ lục I", "DANH SÁCH CÁC XÃ", number="12/KH-SYT"), "number")
    assert number.status is Status.ACCEPTED
    assert number.method == "number: state form"


def test_a_draft_says_so() -> None:
    assert first(letter(page(("DỰ THẢO LẦN 2", Zone.BODY), *decision())), "draft").value == "Dự thảo lần 2"
    assert not [f for f in read_fields(letter(page(*decision()))) if f.name == "draft"]


def test_a_certified_copy_says_of_whom_and_when() -> None:
    text = "SAO Y; VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH; 06/4/2021 08:34:29 +07:00"
    mark = Mark(MarkKind.SIGNATURE_OVERPRINT, Box(900, 10, 1500, 30), text, 0.95)
    read = letter(replace(page(*decision()), marks=(mark,)))
    assert first(read, "copy").value == "Sao y"
    assert first(read, "copied_by").value == "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH"
    assert first(read, "copied_on").value == "2021-04-06"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("SAO Y BẢN CHÍNH", "Sao y"),
        ("SAO LỤC", "Sao lục"),
        ("TRÍCH SAO", "Trích sao"),
        ("Sao y bản chính ngày 06/4/2021", "Sao y"),
    ],
)
def test_stamps_and_lines_that_certify(line: str, kind: str) -> None:
    assert first(letter(page(*decision(), (line, Zone.BODY))), "copy").value == kind


def test_a_sentence_about_copies_certifies_nothing() -> None:
    sentence = "Sao y các văn bản gửi kèm và nộp về Sở Tài chính trước ngày 30 tháng 4"
    read = letter(page(*decision()[:11], (sentence, Zone.BODY), *decision()[11:]))
    assert not [f for f in read_fields(read) if f.name == "copy"]
