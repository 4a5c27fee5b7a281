"""The net that marks names: its cut, what it finds that rules do not, and what happens where its library is missing."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Config, models_dir
from pipeline.extract.names import can_be_name, finders, mentions_by_rules, mentions_of, read_entities
from pipeline.extract.names.mentions import KINDS, Mention
from pipeline.extract.names.recogniser import cut, is_installed, mentions_by_net
from pipeline.extract.passages.running import paragraphs
from pipeline.extract.words.phrases import data
from pipeline.reading import understand_letter
from tests.extract.letters import letter
from tests.layout.letters import page

vocab = pytest.importorskip("spacy.vocab", reason="pip install 'congvan[ner]'")
WORDS = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8)
TEXT = (
    "Theo báo cáo của Trung tâm Dự báo khí tượng thủy văn quốc gia, ông Lò Văn Hùng, Quản đốc Phân xưởng Cơ điện, "
    "phối hợp Cục Quản lý đê điều và Phòng, chống thiên tai kiểm tra kè sông Mã và các xã Mường Hung, Chiềng Cang."
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_every_place_in_the_cut_is_that_place_in_the_text(text: str) -> None:
    doc = cut(vocab.Vocab(), text)
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert [char for token in doc for char in token.text] == [char for char in text if char != " "]


def names(text: str) -> set[tuple[str, str]]:
    (mentions,) = mentions_of([text])
    return {(mention.kind, text[mention.start : mention.end]) for mention in mentions}


def test_a_name_keeps_its_place_behind_words_that_the_net_is_not_shown() -> None:
    far = "các đơn vị tổ chức triển khai thực hiện nghiêm túc những nội dung nêu trên, kịp thời báo cáo kết quả về "
    text = f"{far}Sở Giáo dục và Đào tạo tỉnh Sơn La để tổng hợp; {far}ông Lò Văn Hùng"
    assert {("organisation", "Sở Giáo dục và Đào tạo tỉnh Sơn La"), ("person", "Lò Văn Hùng")} <= names(text)


def test_the_net_keeps_the_small_words_of_a_bodys_name() -> None:
    wanted = {
        ("organisation", "Trung tâm Dự báo khí tượng thủy văn quốc gia"),
        ("organisation", "Cục Quản lý đê điều và Phòng, chống thiên tai"),
        ("person", "Lò Văn Hùng"),
    }
    assert wanted <= names(TEXT)
    assert not wanted <= {(mention.kind, TEXT[mention.start : mention.end]) for mention in mentions_by_rules(TEXT)}


@pytest.mark.parametrize(
    ("kind", "name", "can"),
    [
        ("place", "thành phố", False),
        ("place", "Khu công nghiệp", False),
        ("place", "THAY THẾ", False),
        ("place", "phường 6", True),
        ("place", "sông Mã", True),
        ("person", "Lò Văn Hùng", True),
        ("role", "giám đốc", True),
    ],
)
def test_units_without_a_name_are_no_places(kind: str, name: str, *, can: bool) -> None:
    assert can_be_name(name, Mention(kind, 0, len(name))) is can


def test_the_same_text_has_the_same_names_whatever_is_read_with_it() -> None:
    (alone,) = mentions_by_net([TEXT])
    assert [mentions for mentions in mentions_by_net([TEXT, "Sở Y tế báo cáo.", TEXT])][::2] == [alone, alone]


def test_bodies_are_left_to_the_net_and_quoted_programmes_to_the_rules() -> None:
    (mentions,) = mentions_of(
        ["Ủy ban nhân dân xã phát động phong trào “Giỏi việc, vững tay, bền lòng” tại xã Mường Bú."]
    )
    by = {mention.kind: mention.found_by for mention in mentions}
    assert (by["organisation"], by["programme"]) == ("net", "rules")
    assert set(data("entities")["finders"]) == set(KINDS)


@pytest.mark.parametrize("text", ["", "...", "12.345 – 67"])
def test_text_without_words_mentions_nobody(text: str) -> None:
    assert mentions_of([text]) == [()]


def test_the_entity_says_what_found_it() -> None:
    read = read_entities(paragraphs(letter(page("Trung tâm Dự báo khí tượng thủy văn quốc gia báo cáo."))))
    assert [(one.name, one.found_by) for one in read] == [("Trung tâm Dự báo khí tượng thủy văn quốc gia", "net")]


def test_without_the_library_rules_find_names_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    assert not is_installed()
    assert finders() == ("rules",)
    (found,) = read_entities(paragraphs(letter(page("Sở Y tế báo cáo."))))
    assert (found.name, found.found_by) == ("Sở Y tế", "rules")


def test_the_record_says_who_looked_for_names() -> None:
    record = understand_letter(letter(page("Sở Y tế báo cáo.")), (), Config())
    assert record.details == {"names_found_by": ("net", "rules")}


def test_the_model_is_small() -> None:
    assert (models_dir() / "ner.bin").stat().st_size < 15_000_000
