"""What people corrected is right the next time, where it belongs and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import RepairConfig, load_config
from pipeline.errors import ConfigError
from pipeline.nouns import Box, Line, PageText, Word
from pipeline.repair import LocalLexicon, lessons, repair_pages
from pipeline.repair.models import lexicon


def read(*words: tuple[str, float]) -> PageText:
    placed = (Word(text, text, Box(i * 100, 0, i * 100 + 90, 40), sure) for i, (text, sure) in enumerate(words))
    return PageText(1, (Line(tuple(placed)),), 2480, 3508, 300)


def sentence(*name: tuple[str, float]) -> PageText:
    before = [(word, 0.96) for word in ("Giao", "đồng", "chí")]
    after = [(word, 0.96) for word in ("chủ", "trì,", "phối", "hợp", "thực", "hiện")]
    return read(*before, *name, *after)


def repaired(page: PageText, *taught: str) -> str:
    (mended,), _ = repair_pages((page,), RepairConfig(taught=taught))
    return " ".join(word.text for word in mended.lines[0].words)


@pytest.mark.parametrize(
    ("name", "taught"),
    [
        ((("Giàng", 0.9), ("A", 0.9), ("Sú", 0.6)), "Giàng A Sử"),
        ((("Giảng", 0.6), ("A", 0.9), ("Sử", 0.9)), "Giàng A Sử"),
        ((("Nậm", 0.9), ("Khún", 0.7)), "Nậm Khùn"),
    ],
)
def test_a_name_that_was_corrected_is_right_the_next_time(name: tuple[tuple[str, float], ...], taught: str) -> None:
    assert taught not in repaired(sentence(*name))
    assert taught in repaired(sentence(*name), taught)


@pytest.mark.parametrize("taught", ["Giàng A Sử", "Nậm Nhùn", "Hội đồng Chì"])
def test_what_was_taught_changes_no_other_words(taught: str) -> None:
    page = sentence(("Lò", 0.9), ("Văn", 0.95), ("Sú", 0.6))
    assert repaired(page, taught) == repaired(page)


@pytest.mark.parametrize(
    ("old", "new", "taught"),
    [
        ("Nguyễn Vân Tuần", "Nguyễn Văn Tuấn", ["Nguyễn Văn Tuấn"]),
        ("xã Bản Khoan, huyện Sa Pa", "xã Bản Khoang, huyện Sa Pa", ["Bản Khoang huyện"]),
        ("", "Lò Thị Mỷ", ["Lò Thị Mỷ"]),
        ("12 đoàn viên", "21 đoàn viên", []),
        ("12/KH-LDLD", "12/KH-LĐLĐ", []),
    ],
)
def test_only_the_words_that_were_put_right_teach_and_their_neighbours(old: str, new: str, taught: list[str]) -> None:
    assert list(lessons(old, new)) == taught


def test_a_word_that_nobody_counted_has_no_neighbours() -> None:
    evidence = LocalLexicon(("xã Zyxw Bản",)).evidence(lexicon())
    assert all(-1 not in pair for pair in evidence.pairs)


def test_names_can_be_taught_in_the_settings(tmp_path: Path) -> None:
    settings = tmp_path / "congvan.toml"
    settings.write_text('[repair]\ntaught = ["Nậm Nhùn", "Giàng A Sử"]\n', encoding="utf-8")
    assert load_config(settings).repair.taught == ("Nậm Nhùn", "Giàng A Sử")


@pytest.mark.parametrize("value", ['"Nậm Nhùn"', "[1, 2]", "true"])
def test_what_is_taught_must_be_a_list_of_texts(value: str, tmp_path: Path) -> None:
    settings = tmp_path / "congvan.toml"
    settings.write_text(f"[repair]\ntaught = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"repair\.taught must be a list of texts"):
        load_config(settings)
