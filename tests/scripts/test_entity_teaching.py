"""What a recogniser of names is taught from: gold, made-up names, text marked by rules, misreadings."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import models_dir
from pipeline.extract.names.mentions import KINDS, Mention
from scripts.entity_gold import gold_of, read_line
from scripts.entity_variety import Namer, drills, pieces_of, renamed
from scripts.ocr_noise import Noise
from scripts.silver_entities import is_doubtful, mentions_of, rest_of, unknown_of

ROOT = Path(__file__).parent.parent.parent


def test_gold_is_plain_text_with_mentions() -> None:
    read = read_line("Giao [Giám đốc](role) [Sở Y tế](organisation) báo cáo (mẫu 1).")
    assert read.text == "Giao Giám đốc Sở Y tế báo cáo (mẫu 1)."
    assert [(mention.kind, read.text[mention.start : mention.end]) for mention in read.mentions] == [
        ("role", "Giám đốc"),
        ("organisation", "Sở Y tế"),
    ]


@pytest.mark.parametrize(("side", "letters", "names"), [("dev", 40, 300), ("test", 28, 500)])
def test_both_sides_of_the_corpus_are_marked(side: str, letters: int, names: int) -> None:
    gold = gold_of(ROOT / "corpus" / "entities", ROOT / "corpus" / "split.toml", side)
    assert len(gold) >= letters
    assert sum(len(one.mentions) for letter in gold.values() for one in letter) >= names
    assert not [one.text for letter in gold.values() for one in letter if "](" in one.text]


def test_every_mention_of_the_gold_is_in_the_text_of_its_letter() -> None:
    for path in sorted((ROOT / "corpus" / "entities").glob("*.md")):
        assert (ROOT / "corpus" / "letters" / path.name).exists(), path


@given(st.integers(0, 10_000), st.sampled_from(KINDS))
def test_made_up_names_leave_no_slot_open(seed: int, kind: str) -> None:
    name = NAMER.name(kind) if seed else Namer(random.Random(seed)).name(kind)
    assert name.strip() == name
    assert not set("{}") & set(name)


NAMER = Namer(random.Random(7))


def test_every_sentence_with_slots_can_be_filled() -> None:
    for sentence in drills():
        text = "".join(piece.text for piece in NAMER.drill(sentence))
        assert "{" not in text, sentence


def test_names_are_changed_and_the_words_around_them_stay() -> None:
    text = "Bà Lò Thị Hoa, Giám đốc Sở Y tế, ở xã Mường Bú."
    mentions = (
        Mention("person", 3, 13),
        Mention("role", 15, 23),
        Mention("organisation", 24, 31),
        Mention("place", 35, 46),
    )
    pieces = pieces_of(text, mentions, [])
    assert "".join(piece.text for piece in pieces) == text
    changed = renamed(pieces, NAMER, 1.0)
    assert [piece.kind for piece in changed] == [piece.kind for piece in pieces]
    assert [piece.text for piece in changed if not piece.kind] == [piece.text for piece in pieces if not piece.kind]
    assert next(piece.text for piece in changed if piece.kind == "role") == "Giám đốc"


def test_rules_are_not_believed_where_a_name_may_go_on() -> None:
    text = "Theo Cục Quản lý khám chữa bệnh và Sở Y tế, nước trên sông Kỳ Cùng lên nhanh."
    doubtful = {text[m.start : m.end]: is_doubtful(text, m) for m in mentions_of(text)}
    assert doubtful == {"Cục Quản lý": True, "Sở Y tế": False, "sông Kỳ Cùng": False}
    start, end = rest_of(text, mentions_of(text)[0])
    assert text[start:end].startswith("Cục Quản lý khám chữa bệnh")


def test_capitals_that_no_rule_explains_are_passed_over() -> None:
    text = "giống lúa Thiên Ưu được trồng theo Nghị quyết."
    assert [text[start:end] for start, end in unknown_of(text, ())] == ["Thiên", "Ưu"]


def test_misreadings_are_those_of_the_engine_and_repeatable() -> None:
    text = "Căn cứ Quyết định của Ủy ban nhân dân tỉnh về việc phê duyệt dự án"
    table = models_dir() / "channel_vie.tsv"
    once, again = (Noise(table, random.Random(3)).text(text, 0.9) for _ in range(2))
    assert once == again != text
    assert Noise(table, random.Random(3)).text(text, 0.0) == text
