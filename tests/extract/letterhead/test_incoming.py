"""The receiving office's stamp, a signature's time, a reader's note: never the letter's own number and date."""

import dataclasses

import pytest

from pipeline.extract.fields import read_fields
from pipeline.layout import assign_zones
from pipeline.nouns import Field, Line, Status
from tests.extract.letters import decision, letter
from tests.layout.letters import line, page


def fields_with(*extra: Line) -> dict[str, Field]:
    """The fields of a decision of 3 April 2021 that bears these lines too."""
    read = page(*decision())
    zoned = assign_zones(dataclasses.replace(read, lines=(*extra, *read.lines)))
    return {field.name: field for field in read_fields(letter(zoned))}


def stamp(number: str, day: str, confidence: float = 0.96) -> tuple[Line, ...]:
    lines = ("CÔNG VĂN ĐẾN", number, day)
    return tuple(line(text, x=60, y=1500 + 40 * row, confidence=confidence) for row, text in enumerate(lines))


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("Số: 2352", "Ngày: 05/4/2021"),
        ("Số 2352", "Ngày 5/4/21"),
        ("Số đến: 2352", "ngày 05 tháng 4 năm 2021"),
        ("Số: 2352", "Ngày: 05 / 4 / 2021"),
    ],
)
def test_the_stamp_of_arrival_has_fields_of_its_own(number: str, day: str) -> None:
    fields = fields_with(*stamp(number, day))
    assert (fields["number"].value, fields["issued_on"].value) == ("45/QĐ-UBND", "2021-04-03")
    assert (fields["incoming_number"].value, fields["incoming_on"].value) == ("2352", "2021-04-05")
    assert fields["incoming_number"].status is fields["incoming_on"].status is Status.ACCEPTED
    assert fields["incoming_number"].raw == "2352"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("Ngày: 02/4/2021", "the letter is dated 2021-04-03, but a stamp on it says 2021-04-02"),
        ("Ngày: 05/4/2027", "it would have come 2193 days late"),
    ],
)
def test_a_letter_does_not_arrive_before_it_is_issued_nor_years_later(day: str, why: str) -> None:
    arrived = fields_with(*stamp("Số: 2352", day))["incoming_on"]
    assert arrived.status is Status.NEEDS_REVIEW
    assert arrived.reason == why


def test_digits_that_were_hardly_read_go_to_a_person() -> None:
    assert fields_with(*stamp("Số: 2352", "Ngày: 05/4/2021", 0.5))["incoming_number"].status is Status.NEEDS_REVIEW


@pytest.mark.parametrize("number", ["Số: 12/TB-VP", "Số:", "Số: 1234567"])
def test_what_is_no_plain_number_is_no_incoming_number(number: str) -> None:
    assert "incoming_number" not in fields_with(*stamp(number, "Ngày: 05/4/2021"))


@pytest.mark.parametrize(
    "note",
    [
        ("Ký bởi: Ủy ban nhân dân tỉnh Sơn La", "Thời gian ký: 09/04/2021 15:20:11 +07:00"),
        ("SAO Y; Văn phòng; 12/04/2021 08:10:05 +07:00",),
        ("Chuyển: P. Kế hoạch, hạn ngày 20/4/2021", "Số vào sổ: 777"),
    ],
)
def test_signatures_and_notes_are_neither_number_nor_date(note: tuple[str, ...]) -> None:
    fields = fields_with(*(line(text, x=700, y=10 + 30 * row) for row, text in enumerate(note)))
    assert (fields["number"].value, fields["issued_on"].value) == ("45/QĐ-UBND", "2021-04-03")
    assert "incoming_number" not in fields
    assert "incoming_on" not in fields
