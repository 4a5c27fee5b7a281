"""Candidates follow the learnt table, in small letters and in capitals."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.repair.channel import Channel, cut_onset, load_channel, shape_of, stripped_channel
from pipeline.repair.spelling import Shape

WORDS = list(enumerate(["thực", "thúc", "đại", "dài", "số", "ủy", "ý", "nghiệp", "quý"]))
TABLE = """# space_lost\t0.001
# space_added\t0.001
t\tt\t-0.01
h\th\t-0.01
c\tc\t-0.01
ự\tu\t-0.3
ú\tu\t-0.1
đ\td\t-0.01
d\td\t-0.01
ạ\ta\t-0.2
à\ta\t-0.2
i\ti\t-0.01
Đ\tP\t-1.0
Đ\tD\t-0.5
s\ts\t-0.01
ố\t6\t-0.5
ý\t\u00a5\t-2.0
"""


@pytest.fixture
def channel(tmp_path: Path) -> Channel:
    path = tmp_path / "channel.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return load_channel(path, WORDS, 9.0)


def found(channel: Channel, read: str) -> list[str]:
    return [WORDS[at][1] for at, _ in channel.candidates(read, shape_of(read))]


@pytest.mark.parametrize(
    ("read", "best"), [("thuc", "thúc"), ("dai", "đại"), ("Pai", "đại"), ("s6", "số"), ("\u00a5", "ý")]
)
def test_the_best_candidate_is_what_the_table_says(channel: Channel, read: str, best: str) -> None:
    assert best in found(channel, read)[:2]


def test_scores_fall_and_every_reading_of_the_letters_is_there(channel: Channel) -> None:
    scores = [score for _, score in channel.candidates("thuc", Shape.LOWER)]
    assert scores == sorted(scores, reverse=True)
    assert {"thực", "thúc"} <= set(found(channel, "thuc"))


def test_capitals_borrow_what_small_letters_taught(channel: Channel) -> None:
    assert set(found(channel, "THUC")) >= {"thực", "thúc"}


def test_text_without_marks_has_only_exact_candidates() -> None:
    channel = stripped_channel(WORDS)
    assert found(channel, "dai") == ["đại", "dài"]
    assert found(channel, "UY") == ["ủy"]
    assert found(channel, "thuo") == []


@pytest.mark.parametrize(("word", "parts"), [("nghiệp", ("ngh", "iệp")), ("ủy", ("", "ủy")), ("quý", ("qu", "ý"))])
def test_a_syllable_is_onset_and_rime(word: str, parts: tuple[str, str]) -> None:
    assert cut_onset(word) == parts


@pytest.mark.parametrize(
    ("core", "shape"), [("thuc", Shape.LOWER), ("Pai", Shape.TITLE), ("TONG", Shape.UPPER), ("B6", Shape.TITLE)]
)
def test_shapes(core: str, shape: Shape) -> None:
    assert shape_of(core) == shape


@pytest.mark.parametrize("content", ["a\tb\n", "a\tb\tc\n"])
def test_a_malformed_table_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "channel.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_channel(path, WORDS, 9.0)


def test_where_marks_blur_every_word_of_the_same_letters_is_a_candidate(tmp_path: Path) -> None:
    path = tmp_path / "channel.tsv"
    path.write_text(TABLE.replace("# space_added", "# slip_1\t-5.0\n# slip_2\t-7.5\n# space_added"), encoding="utf-8")
    words = list(enumerate(["thuc", "thực", "thúc", "thục", "đại"]))
    found = dict(load_channel(path, words, 2.0, blurred=True).candidates("thức", Shape.LOWER))
    assert found.keys() == {0, 1, 2, 3}
    assert min(found.values()) >= -7.5
    assert not load_channel(path, words, 2.0).candidates("thức", Shape.LOWER)
