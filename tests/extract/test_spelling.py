"""Words beside the same words elsewhere in a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.spelling import spelt_as

TEXT = [
    "được",
    "sửa",
    "đổi,",
    "bổ",
    "sung;",
    "đã",
    "sửa",
    "đổi,",
    "bổ",
    "sung;",
    "sửa",
    "đổi,",
    "bổ",
    "sung",
    "năm",
    "2019",
]


def test_what_the_text_spells_one_way_is_not_spelt_otherwise_once() -> None:
    tokens, changes = spelt_as(["Được", "sửa", "đôi,", "bô", "sung"], TEXT)
    assert " ".join(tokens) == "Được sửa đổi, bổ sung"
    assert changes[0] == "sửa đôi was read where the text below has sửa đổi"


def test_case_and_marks_around_the_words_stay() -> None:
    assert " ".join(spelt_as(["SỬA", "ĐÔI,", "(Bô", "sung)"], TEXT)[0]) == "SỬA ĐỔI, (Bổ sung)"


@pytest.mark.parametrize("text", ["sửa đổi", "sửa đổi sửa đổi sửa đôi", "bổ sung", ""])
def test_one_other_spelling_or_a_divided_text_changes_nothing(text: str) -> None:
    assert spelt_as(["sửa", "đôi"], text.split()) == (["sửa", "đôi"], ())


def test_marks_that_the_text_lost_all_over_are_kept() -> None:
    assert spelt_as(["thẩm", "quyền"], ["thâm", "quyền"] * 5) == (["thẩm", "quyền"], ())


@given(
    st.lists(st.text(alphabet="aàâbđ .,", max_size=4)), st.lists(st.text(alphabet="aàâbđ .,", max_size=4), max_size=60)
)
def test_words_change_in_their_marks_only(tokens: list[str], text: list[str]) -> None:
    tokens = [token for token in tokens if any(c.isalpha() for c in token) and " " not in token]
    mended, changes = spelt_as(tokens, text)
    assert [len(token) for token in mended] == [len(token) for token in tokens]
    assert changes or mended == tokens
