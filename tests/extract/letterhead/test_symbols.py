"""What else in a letter vouches for the codes of its number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.letterhead.symbols import Vouched
from pipeline.vietnamese import fold

PLAN = Vouched(
    kinds=("KH",),
    bodies=("Công đoàn ngành Giáo dục tỉnh Sơn La", "Liên đoàn Lao động tỉnh Sơn La"),
    filed=("VT, CSPL",),
    listed=frozenset({"UBND"}),
)


@pytest.mark.parametrize("code", ["KH", "CĐGD", "CĐNGD", "LĐLĐ", "CSPL", "VT", "UBND"])
def test_title_bodies_file_and_list_vouch(code: str) -> None:
    assert PLAN.says(code)


@pytest.mark.parametrize("code", ["KT", "CDGD", "GDCĐ", "C", "CSP", "TB"])
def test_nobody_vouches_for_what_differs_by_a_letter(code: str) -> None:
    assert not PLAN.says(code)


def test_the_initials_settle_a_mark() -> None:
    city = Vouched(kinds=("KL",), bodies=("Thành ủy Hạ Long",))
    assert city.meant("TƯ") == "TU"
    assert city.meant("TW") == "TW"
    assert Vouched(bodies=("Trung ương Hội Nông dân Việt Nam",)).meant("TƯ") == "TƯ"


def test_a_stroke_read_twice_counts_once() -> None:
    assert PLAN.meant("CĐĐGD") == "CĐGD"
    assert PLAN.meant("LĐLĐĐ") == "LĐLĐ"
    assert PLAN.meant("ĐĐKH") == "ĐĐKH"
    assert PLAN.meant("CĐĐĐDM") == "CĐDM"


def test_a_body_with_one_d_there_has_no_two() -> None:
    textiles = Vouched(bodies=("Công đoàn ngành Sợi - Nhuộm", "Tổng Liên đoàn Lao động Việt Nam"))
    assert textiles.meant("CĐĐDM") == "CĐDM"
    assert textiles.meant("QLĐĐ") == "QLĐĐ"
    assert Vouched(bodies=("Công đoàn Điện lực Gia Lai",)).meant("CĐĐKT") == "CĐĐKT"
    assert Vouched(bodies=("Văn phòng Đăng ký đất đai",)).meant("ĐKĐĐ") == "ĐKĐĐ"
    assert Vouched(bodies=("Công đoàn",)).meant("CĐĐDM") == "CĐĐDM"


@given(st.text(alphabet="ABCDUTSưƯĐ", max_size=8))
def test_what_is_meant_differs_in_marks_and_doubled_strokes_only(code: str) -> None:
    assert re.sub("d+", "d", fold(PLAN.meant(code))) == re.sub("d+", "d", fold(code))
