"""The real engine on a page set here, and an engine that fails in every way a program can."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pipeline.config import OcrConfig
from pipeline.errors import ConfigError, MissingDependency, OcrCrash, OcrTimeout
from pipeline.nouns import Page
from pipeline.ocr import make_engine
from pipeline.ocr.tesseract import fuller_languages, installed_languages

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")


def page(*lines: str) -> Page:
    sheet = Pillow.new("L", (1600, 200 + 90 * len(lines)), 255)
    pen = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        pen.text((100, 100 + 90 * number), line, font=ImageFont.truetype(str(FONT), 54), fill=0)
    return Page(3, np.asarray(sheet), 300)


def test_reads_words_with_their_ink() -> None:
    lines = make_engine(OcrConfig()).read(page("Kính gửi: Ủy ban nhân dân", "huyện Đồng Rừng"))
    assert [line.text for line in lines] == ["Kính gửi: Ủy ban nhân dân", "huyện Đồng Rừng"]
    word = lines[1].words[0]
    assert 90 <= word.box.x0 <= 110
    assert 190 <= word.box.y0 <= 215
    assert word.box.y1 <= 270
    assert all(w.confidence > 0.5 for line in lines for w in line.words)


def test_pages_of_any_size_follow_each_other() -> None:
    engine = make_engine(OcrConfig())
    texts = [("Kính gửi: Ủy ban nhân dân", "huyện Đồng Rừng"), ("Nơi nhận:",), ("Căn cứ", "quy định", "hiện hành")]
    assert [tuple(line.text for line in engine.read(page(*lines))) for lines in texts] == texts


def test_a_page_without_ink_has_no_lines() -> None:
    assert make_engine(OcrConfig()).read(Page(1, np.full((400, 400), 255, np.uint8), 300)) == ()


def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("kill -SEGV $$", OcrCrash),
        ("echo out of memory >&2; exit 137", OcrCrash),
        ("echo \"Failed loading language 'vie'\" >&2; exit 1", MissingDependency),
        ('echo "no table" > "$2.tsv"', OcrCrash),
        ('printf "\\377\\376\\377" > "$2.tsv"', OcrCrash),
        (": nothing is written", OcrCrash),
    ],
    ids=["killed", "memory", "language", "garbage", "bytes", "silence"],
)
def test_each_failure_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, error: type[Exception]
) -> None:
    fake(tmp_path, monkeypatch, script)
    with pytest.raises(error) as caught:
        make_engine(OcrConfig()).read(page("chữ"))
    assert caught.value.hint  # type: ignore[attr-defined]


def test_one_of_two_languages_that_is_missing_is_told() -> None:
    with pytest.raises(MissingDependency, match=r"vie\+tlh"):
        make_engine(OcrConfig(languages="vie+tlh")).read(page("chữ"))


def test_a_hung_engine_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, "exec sleep 60")
    with pytest.raises(OcrTimeout, match="page 3"):
        make_engine(OcrConfig(timeout=0.5)).read(page("chữ"))


def test_languages_and_scripts_are_known_as_the_engine_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, monkeypatch, 'printf "List of available languages (2):\\nvie\\nscript/Vietnamese\\n"')
    installed_languages.cache_clear()
    assert installed_languages() == {"vie", "script/Vietnamese"}
    installed_languages.cache_clear()
    fake(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(OcrCrash):
        installed_languages()
    installed_languages.cache_clear()


@pytest.mark.parametrize(
    ("languages", "installed", "fuller"),
    [
        ("vie", {"vie", "script/Vietnamese"}, "vie+script/Vietnamese"),
        ("vie+eng", {"vie", "eng", "Vietnamese"}, "vie+eng+Vietnamese"),
        ("vie", {"vie", "eng"}, None),
        ("vie+Vietnamese", {"vie", "Vietnamese"}, None),
        ("eng", {"eng", "Vietnamese"}, None),
    ],
)
def test_the_model_of_the_script_is_added_where_it_is_new(
    languages: str, installed: set[str], fuller: str | None
) -> None:
    assert fuller_languages(languages, installed) == fuller


def test_a_missing_engine_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingDependency) as caught:
        make_engine(OcrConfig()).read(page("chữ"))
    assert "apt-get install tesseract-ocr" in caught.value.hint


def test_an_unknown_engine_names_the_known() -> None:
    with pytest.raises(ConfigError) as caught:
        make_engine(OcrConfig(engine="abacus"))
    assert "tesseract" in caught.value.hint
