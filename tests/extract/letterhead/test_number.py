"""Numbers and symbols: both orders, lost strokes, digits that are never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.doctypes import DocType, load
from pipeline.extract.findings import Finding
from pipeline.extract.letterhead.header import head_of
from pipeline.extract.letterhead.number import parse_number, read_number
from pipeline.nouns import Letter, MediaType, Scan, Zone
from tests.extract.letters import letter
from tests.layout.letters import page

KNOWN = frozenset({"QĐ", "KH", "UBND", "LĐLĐ", "ĐHSL"})


def kind(name: str) -> DocType:
    return next(k for k in load() if k.name == name)


def read(line: str, title: str | None = None) -> dict[str, Finding]:
    head = head_of(letter(page((line, Zone.HEADER_LEFT), ("Sơn La, ngày 3 tháng 4 năm 2021", Zone.HEADER_RIGHT))))
    assert head is not None
    return {f.name: f for f in read_number(head, kind(title) if title else None, KNOWN)}


@pytest.mark.parametrize(
    ("text", "whole", "serial", "year", "codes"),
    [
        ("512/KH-LĐLĐ", "512/KH-LĐLĐ", "512", "", ("KH", "LĐLĐ")),
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP", "30", "2020", ("NĐ", "CP")),
        ("23-CT/TU", "23-CT/TU", "23", "", ("CT", "TU")),
        (" 157/ TB-GD-ĐT", "157/TB-GD-ĐT", "157", "", ("TB", "GD", "ĐT")),
        ("574 /UBND–KTTH.", "574/UBND-KTTH", "574", "", ("UBND", "KTTH")),
        ("12a/QÐ-SYT", "12a/QĐ-SYT", "12a", "", ("QĐ", "SYT")),
        ("119 \u2044QĐ-UBND", "119/QĐ-UBND", "119", "", ("QĐ", "UBND")),
    ],
)
def test_numbers_fall_into_their_parts(text: str, whole: str, serial: str, year: str, codes: tuple[str, ...]) -> None:
    number = parse_number(text)
    assert number is not None
    assert (number.whole, number.serial, number.year, number.codes) == (whole, serial, year, codes)


@pytest.mark.parametrize("text", ["", "12", "/QĐ-UBND", "12/", "QĐ-UBND", "2021/2022"])
def test_other_text_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(
    st.integers(1, 99999),
    st.sampled_from(["QĐ-UBND", "LĐLĐ-TG", "KH-ĐHSL"]),
    st.sampled_from(["Số: {}/{}", "Só:{} /{}", "Số {}/ {}"]),
)
def test_digits_come_back_as_they_were_read(serial: int, symbol: str, form: str) -> None:
    found = read(form.format(serial, symbol))
    assert found["number"].value == f"{serial}/{symbol}"
    assert found["number_serial"].value == str(serial)


def test_a_lost_stroke_is_put_back_where_only_one_code_is_meant() -> None:
    assert read("Số: 45/QD-UBND")["number"].value == "45/QĐ-UBND"
    assert read("Số: 45/KH-LDLD")["number"].value == "45/KH-LĐLĐ"
    assert read("Số: 45/DA-UBND")["number"].value == "45/DA-UBND"


def test_the_title_settles_a_bent_kind() -> None:
    assert read("Số: 45/QĐĐ-UBND", "Quyết định")["number"].value == "45/QĐ-UBND"
    assert read("Số: 45/QĐĐ-UBND")["number"].value == "45/QĐ-UBND"


def test_unread_digits_leave_the_number_empty_and_say_so() -> None:
    found = read("Số: ®ẩ /QĐ-UBND")
    assert found["number"].value == ""
    assert found["number"].doubts
    assert found["number_symbol"].value == "QĐ-UBND"


def test_a_lost_slash_is_put_back_and_doubted() -> None:
    found = read("Số: 119QĐ-UBND")["number"]
    assert found.value == "119/QĐ-UBND"
    assert found.doubts


def test_a_department_is_no_number() -> None:
    head = head_of(letter(page(("SỞ Y TẾ", Zone.HEADER_LEFT), ("Số: 5/SYT-NV", Zone.HEADER_LEFT))))
    assert head is not None
    assert [one.text for one in head.bodies] == ["SỞ Y TẾ"]


def test_a_letter_without_text_has_no_head() -> None:
    assert head_of(Letter(Scan(letter().scan.path, "0" * 64, MediaType.PDF, 1, 1), ())) is None
