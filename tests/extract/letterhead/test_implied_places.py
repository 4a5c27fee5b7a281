"""Bodies whose letterhead leaves their place out."""

from __future__ import annotations

import pytest

from pipeline.extract.fields import read_fields
from pipeline.nouns import Field, Status, Zone
from tests.extract.letters import letter
from tests.layout.letters import page

LEFT, RIGHT = Zone.HEADER_LEFT, Zone.HEADER_RIGHT


def issuer(body: str, dated: str, *text: str, parent: str | None = None) -> Field:
    above = ((parent, LEFT),) if parent else ()
    lines = (
        *above,
        (body, LEFT),
        ("Số: 15/KH-UBND", LEFT),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", RIGHT),
        (f"{dated}, ngày 05 tháng 3 năm 2019", RIGHT),
        "KẾ HOẠCH",
        "Trồng cây đầu xuân",
        "",
        *text,
    )
    return next(field for field in read_fields(letter(page(*lines))) if field.name == "issuer")


@pytest.mark.parametrize("body", ["UBND TỈNH", "ỦY BAN NHÂN DÂN TỈNH"])
def test_a_body_that_the_text_names_in_full_is_completed(body: str) -> None:
    field = issuer(body, "Sơn La", "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh Sơn La về trồng rừng.")
    assert (field.value, field.status) == ("Ủy ban nhân dân tỉnh Sơn La", Status.ACCEPTED)


def test_a_place_that_only_the_date_and_the_text_name_is_looked_at_by_a_person() -> None:
    field = issuer("UBND TỈNH", "Sơn La", "Các trường trên địa bàn tỉnh Sơn La tổ chức trồng cây.")
    assert (field.value, field.status) == ("Ủy ban nhân dân tỉnh Sơn La", Status.NEEDS_REVIEW)
    assert "Sơn La stands elsewhere in the letter" in field.reason


@pytest.mark.parametrize(
    "text",
    ["Học tập tỉnh Hà Nam, tỉnh Lai Châu và tỉnh Hòa Bình.", "Các đơn vị tổ chức trồng cây.", "theo tỉnh Hà Nam"],
)
def test_a_letter_that_does_not_tell_leaves_the_body_as_printed(text: str) -> None:
    assert issuer("UBND TỈNH", "Mộc Châu", text).value == "Ủy ban nhân dân tỉnh"


def test_a_body_with_its_place_stays() -> None:
    field = issuer("UBND TỈNH SƠN LA", "Sơn La", "Học tập tỉnh Hà Nam, tỉnh Hà Nam, tỉnh Hà Nam.")
    assert field.value == "Ủy ban nhân dân tỉnh Sơn La"


def test_a_hospital_is_no_such_body() -> None:
    field = issuer("BỆNH VIỆN ĐA KHOA TỈNH", "Sơn La", "Bệnh viện Đa khoa tỉnh Sơn La, tỉnh Sơn La.")
    assert field.value == "Bệnh viện Đa khoa tỉnh"
