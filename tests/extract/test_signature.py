"""Signers: power, office and name, with dirt of seal and pen around them."""

import pytest

from pipeline.extract.signature import known_surname, read_signature
from pipeline.nouns import Zone
from tests.extract.letters import letter
from tests.layout.letters import page

RIGHT = Zone.CLOSING_RIGHT


def signed(*lines: str) -> dict[str, str]:
    found = read_signature(letter(page("Trang đầu"), page(*((text, RIGHT) for text in lines), number=2)))
    return {finding.name: finding.value for finding in found}


def test_a_deputy_signs_for_the_head() -> None:
    assert signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "(Đã ký)", "Lò Văn Hùng") == {
        "signer_title": "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
        "signer": "Lò Văn Hùng",
    }


def test_dirt_of_seal_and_pen_is_left_out() -> None:
    assert signed("¬ CHỦ TỊCH _", "l", "Ạ", "——", "' Trần Thị Hoa") == {
        "signer_title": "CHỦ TỊCH",
        "signer": "Trần Thị Hoa",
    }


@pytest.mark.parametrize("name", ["PGS.TS. Lê Thị Hoa", "Thượng tá Lê Thị Hoa", "BS. Lê Thị Hoa", "LÊ THỊ HOA"])
def test_ranks_and_degrees_are_no_part_of_the_name(name: str) -> None:
    assert signed("GIÁM ĐỐC", name)["signer"] == "Lê Thị Hoa"


def test_a_surname_gets_its_marks_back() -> None:
    assert signed("CHỦ TỊCH", "Đỉnh Quang Thắng")["signer"] == "Đinh Quang Thắng"
    assert known_surname("Hà") == "Hà"
    assert known_surname("Xyz") is None


def test_a_syllable_that_no_name_has_is_doubted() -> None:
    found = read_signature(letter(page(("CHỦ TỊCH", RIGHT), ("Trần Hoàng Tuần", RIGHT))))
    name = next(finding for finding in found if finding.name == "signer")
    assert name.doubts == ("Tuần is in no name that is known",)


def test_two_names_that_differ_in_a_blurred_tone_are_doubted() -> None:
    found = read_signature(letter(page(("CHỦ TỊCH", RIGHT), ("Bùi Gia Tuyến", RIGHT))))
    assert next(finding for finding in found if finding.name == "signer").doubts == ("Tuyến may be Tuyển",)


def test_an_office_gets_its_marks_back() -> None:
    assert signed("KT. GIẢM ĐÓC", "PHÓ GIAM ĐỐC", "Trần Thị Hoa")["signer_title"] == "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"


def test_text_that_is_no_signature_gives_none() -> None:
    assert signed("theo quy định hiện hành./.") == {}
