"""Letters of several bodies: their names, numbers, offices and signers."""

from __future__ import annotations

import pytest

from pipeline.extract.fields import read_fields
from pipeline.nouns import Letter
from tests.extract.letters import BODY, CLOSING_LEFT, CLOSING_RIGHT, LEFT, RIGHT, letter
from tests.layout.letters import page


def values(read: Letter, name: str) -> list[str]:
    return [field.value for field in read_fields(read) if field.name == name]


def joint(*left: str, closing: tuple[tuple[str, str], ...] = ()) -> Letter:
    """A joint plan with these lines over the date, and the two columns of its closing block."""
    return letter(
        page(
            *((text, LEFT) for text in left),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", RIGHT),
            ("Sơn La, ngày 03 tháng 4 năm 2021", RIGHT),
            ("KẾ HOẠCH LIÊN TỊCH", BODY),
            ("Về việc chăm sóc sức khỏe công nhân năm 2021", BODY),
            ("Căn cứ chức năng, nhiệm vụ của hai ngành, hai bên thống nhất như sau:", BODY),
            *((text, CLOSING_LEFT) for text, _ in closing if text),
            *((text, CLOSING_RIGHT) for _, text in closing if text),
        )
    )


@pytest.mark.parametrize(
    ("left", "bodies", "parent"),
    [
        (("SỞ Y TẾ - SỞ TÀI CHÍNH", "Số: 5/KHLT-SYT-STC"), ["Sở Y tế", "Sở Tài chính"], []),
        (("SỞ Y TẾ", "- SỞ TÀI CHÍNH", "Số: 5/KHLT-SYT-STC"), ["Sở Y tế", "Sở Tài chính"], []),
        (("SỞ Y TẾ", "SỞ TÀI CHÍNH", "Số: 5/KHLT-SYT-STC"), ["Sở Y tế", "Sở Tài chính"], []),
        (
            ("UBND TỈNH SƠN LA", "SỞ Y TẾ", "SỞ TÀI CHÍNH", "Số: 5/KHLT-SYT-STC"),
            ["Sở Y tế", "Sở Tài chính"],
            ["Ủy ban nhân dân tỉnh Sơn La"],
        ),
    ],
)
def test_each_body_of_a_joint_letter_is_named(left: tuple[str, ...], bodies: list[str], parent: list[str]) -> None:
    read = joint(*left)
    assert values(read, "joint_issuer") == bodies
    assert values(read, "issuer") == [" - ".join(bodies)]
    assert values(read, "parent_issuer") == parent


@pytest.mark.parametrize(
    "left",
    [
        ("UBND TỈNH SƠN LA", "SỞ Y TẾ", "Số: 5/KH-SYT"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI", "Số: 5/KH-SLĐTBXH"),
        ("VĂN PHÒNG HĐND - UBND", "HUYỆN MỘC CHÂU", "Số: 5/KH-VP"),
        ("UBND TỈNH SƠN LA", "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "Số: 5/KH-HĐTĐKT"),
    ],
)
def test_one_body_is_not_taken_apart(left: tuple[str, ...]) -> None:
    assert values(joint(*left), "joint_issuer") == []


def test_each_body_keeps_its_number() -> None:
    read = joint("SỞ Y TẾ - SỞ TÀI CHÍNH", "Số: 5/KHLT-SYT", "Số: 112/KHLT-STC")
    assert values(read, "number") == ["5/KHLT-SYT", "112/KHLT-STC"]


def test_a_number_in_the_subject_is_none_of_the_letter() -> None:
    read = joint("SỞ Y TẾ", "Số: 5/SYT-NV", "V/v trả lời Công văn", "số: 112/STC-NS về kinh phí")
    assert values(read, "number") == ["5/SYT-NV"]


def test_both_signers_are_read_the_right_column_first() -> None:
    closing = (
        ("GIÁM ĐỐC SỞ Y TẾ", "KT. GIÁM ĐỐC SỞ TÀI CHÍNH"),
        ("", "PHÓ GIÁM ĐỐC"),
        ("Lò Văn Hùng", "Trần Thị Hoa"),
        ("Nơi nhận:", ""),
        ("- Văn phòng Chính phủ;", ""),
    )
    read = joint("SỞ Y TẾ - SỞ TÀI CHÍNH", "Số: 5/KHLT-SYT-STC", closing=closing)
    assert values(read, "signer") == ["Trần Thị Hoa", "Lò Văn Hùng"]
    assert values(read, "signer_title") == ["KT. GIÁM ĐỐC SỞ TÀI CHÍNH PHÓ GIÁM ĐỐC", "GIÁM ĐỐC SỞ Y TẾ"]


def test_those_who_get_a_copy_sign_nothing() -> None:
    closing = (("Nơi nhận:", "GIÁM ĐỐC"), ("- GIÁM ĐỐC SỞ Y TẾ;", ""), ("Lò Văn Hùng", "Trần Thị Hoa"))
    assert values(joint("SỞ Y TẾ", "Số: 5/KH-SYT", closing=closing), "signer") == ["Trần Thị Hoa"]
