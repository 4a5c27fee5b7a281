"""The engine's confidence tells lost marks from no marks, and wrong letters from both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import models_dir
from pipeline.errors import ConfigError
from pipeline.repair.confidence import Confidences, broadly, load_confidences, misreading
from pipeline.repair.pieces import ENGINE_STEPS, SURE, TRUST, TYPED, trust_of
from scripts.learn_confidence import count, read_words, table

SURE_OF_IT, IN_DOUBT = trust_of(0.93), trust_of(0.3)


@pytest.fixture(scope="module")
def shipped() -> Confidences:
    return load_confidences(models_dir() / "confidence_eng.tsv")


@pytest.mark.parametrize(
    ("printed", "read", "kind", "broad"),
    [
        ("Trang", "trang", "same", "same"),
        ("bộ", "bo", "j> ^> =", "marks 2"),
        ("bộ", "bô", "j> = =", "marks 1"),
        ("đương", "duong", "= ++> d>", "marks 2"),
        ("tế", "té", "= ^> =", "marks 1"),
        ("lớn", "lon", "s> +> =", "marks 2"),
        ("lớn", "I6n", "letters 2", "letters 2"),
        ("trưởng", "tning", "letters 3", "letters 3"),
    ],
)
def test_a_misreading_is_named_by_what_was_lost(printed: str, read: str, kind: str, broad: str) -> None:
    assert misreading(printed, read) == kind
    assert broadly(kind) == broad


@given(st.text(max_size=8), st.text(max_size=8))
def test_every_two_words_have_a_kind_whatever_their_capitals(printed: str, read: str) -> None:
    assert misreading(printed, read)
    assert misreading(printed, printed) == "same"


def test_a_sure_engine_speaks_for_no_marks_and_against_other_letters(shipped: Confidences) -> None:
    sure = [shipped.gain(printed, "trang", SURE_OF_IT) for printed in ("trang", "trường", "hàng")]
    unsure = [shipped.gain(printed, "trang", IN_DOUBT) for printed in ("trang", "trường", "hàng")]
    assert sure[0] > 0 > sure[1]
    assert sure[0] > sure[2]
    assert unsure[0] < 0 < unsure[1]


def test_a_kind_never_met_is_judged_by_the_broader_one(shipped: Confidences) -> None:
    unmet = Confidences({"marks 2": shipped.gains["marks 2"]})
    assert unmet.gain("bộ", "bo", IN_DOUBT) == shipped.gains["marks 2"][IN_DOUBT - 1]
    assert unmet.gain("bộ", "hộ", IN_DOUBT) == 0.0


@pytest.mark.parametrize("step", [0, trust_of(1.0)])
def test_typed_text_and_text_of_unknown_confidence_tell_nothing(shipped: Confidences, step: int) -> None:
    assert shipped.gain("trang", "trang", step) == 0.0


def test_steps_are_an_engines_own_below_typed() -> None:
    assert trust_of(TYPED) == len(TRUST) == ENGINE_STEPS + 1
    assert SURE <= ENGINE_STEPS == trust_of(0.97)


@pytest.mark.parametrize("text", ["same\t1.0\n", "same\t" + "x\t" * (ENGINE_STEPS - 1) + "1\n"])
def test_a_damaged_table_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "confidence.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="damaged"):
        load_confidences(path)


def test_what_is_learnt_is_what_was_counted(tmp_path: Path) -> None:
    pairs = [
        {"true": "Các bộ, ngành trang bị", "raw": "Cac bo, nganh trang bi", "confidence": [0.5, 0.5, 0.5, 0.96, 0.5]},
        {"true": "một dòng khác hẳn", "raw": "qjz xwv kkk pqr", "confidence": [0.9, 0.9, 0.9, 0.9]},
        {"true": "thừa một từ", "raw": "thua mot tu |", "confidence": [0.9, 0.9, 0.9, 0.9]},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(pair) for pair in pairs), encoding="utf-8")
    words = list(read_words([path]))
    assert ("bộ", "bo", trust_of(0.5)) in words
    assert len(words) == 5
    learnt = table(*count(iter(words)))
    assert learnt["same"][trust_of(0.96) - 1] > 0 > learnt["same"][trust_of(0.5) - 1]
    assert learnt["marks 1"][trust_of(0.96) - 1] < 0 < learnt["marks 1"][trust_of(0.5) - 1]
