"""Settings: a file over the defaults, flags over the file, and what is not understood is an error that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import Config, load_config, override
from pipeline.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    path = folder / "congvan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_who_sets_nothing_gets_the_defaults() -> None:
    assert load_config(None) == Config()


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, '[batch]\njobs = 3\nletter_timeout = 60\n[repair]\ntaught = ["Kon Rẫy"]\n'))
    assert (config.batch.jobs, config.batch.letter_timeout, config.repair.taught) == (3, 60, ("Kon Rẫy",))
    assert config.ocr == Config().ocr


def test_a_flag_wins_and_none_leaves_the_value(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, "[batch]\njobs = 3\nreread = true\n"))
    changed = override(config, "batch", jobs=5, reread=None)
    assert (changed.batch.jobs, changed.batch.reread) == (5, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[batches]\njobs = 3\n", "unknown section"),
        ("batch = 3\n", "must be a section"),
        ("[batch]\njob = 3\n", "unknown key batch.job"),
        ("[batch]\njobs = true\n", "batch.jobs must be int"),
        ('[batch]\njobs = "3"\n', "batch.jobs must be int"),
        ("[ocr]\nretry_below = true\n", "ocr.retry_below must be float"),
        ("[batch\n", "not valid TOML"),
    ],
)
def test_what_is_not_understood_is_an_error_that_names_the_file(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError, match=told) as caught:
        load_config(path)
    assert caught.value.where == str(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "congvan.toml")


def test_a_flag_of_the_wrong_type_is_an_error() -> None:
    with pytest.raises(ConfigError, match="unknown key"):
        override(Config(), "batch", threads=2)
