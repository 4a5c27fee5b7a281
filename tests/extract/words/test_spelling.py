"""Words beside the same words elsewhere in a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.words.spelling import confirmed, mended, spelling_of

TEXT = spelling_of([*["được", "sửa", "đổi,", "bổ", "sung;"] * 2, "sửa", "đổi,", "bổ", "sung", "năm", "2019"])
PART = st.text(alphabet="aàâbđ.,", max_size=4)


def test_marks_that_were_lost_come_back_from_the_text() -> None:
    tokens, doubts = mended(["Được", "sửa", "đôi,", "bô", "sung"], TEXT)
    assert " ".join(tokens) == "Được sửa đổi, bổ sung"
    assert doubts[0] == "sửa đôi was read where the text below has sửa đổi"


def test_case_and_marks_around_the_words_stay() -> None:
    assert " ".join(mended(["SỬA", "ĐÔI,", "(Bô", "sung)"], TEXT)[0]) == "SỬA ĐỔI, (Bổ sung)"


def test_other_marks_raise_a_doubt_and_mend_nothing() -> None:
    tokens, doubts = mended(["sửa", "đỗi"], TEXT)
    assert tokens == ["sửa", "đỗi"]
    assert doubts == ("sửa đỗi was read where the text below has sửa đổi",)


def test_a_tone_on_an_i_that_the_text_has_without_is_doubted() -> None:
    assert mended(["Hội", "thị"], spelling_of(["hội", "thi"] * 3)) == (
        ["Hội", "thị"],
        ("hội thị was read where the text below has hội thi",),
    )


@pytest.mark.parametrize("text", ["sửa đổi", "sửa đổi sửa đổi sửa đôi", "bổ sung", ""])
def test_one_other_spelling_or_a_divided_text_changes_nothing(text: str) -> None:
    assert mended(["sửa", "đôi"], spelling_of(text.split())) == (["sửa", "đôi"], ())


def test_marks_that_the_text_lost_all_over_are_kept() -> None:
    assert mended(["thẩm", "quyền"], spelling_of(["thâm", "quyền"] * 5)) == (["thẩm", "quyền"], ())


def test_words_that_the_text_has_in_the_same_company_are_confirmed() -> None:
    assert confirmed(["Bổ", "sung", "quy", "chế"], TEXT) == [True, True, False, False]
    assert confirmed(["năm", "2019"], TEXT) == [False, False]
    divided = spelling_of(["sửa", "đổi"] * 3 + ["sửa", "đôi"])
    assert confirmed(["sửa", "đổi"], divided) == [False, False]
    assert confirmed([], TEXT) == []


@given(st.lists(PART), st.lists(PART, max_size=60))
def test_words_change_in_their_marks_only(tokens: list[str], text: list[str]) -> None:
    tokens = [token for token in tokens if any(c.isalpha() for c in token)]
    spelling = spelling_of(text)
    told, doubts = mended(tokens, spelling)
    assert [len(token) for token in told] == [len(token) for token in tokens]
    assert doubts or told == tokens
    assert len(confirmed(tokens, spelling)) == len(tokens)
