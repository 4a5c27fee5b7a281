"""Plain text in every encoding that Vietnamese was typed in."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import IntakeConfig
from pipeline.errors import CongvanError, DamagedFile, TooManyPages
from pipeline.intake import open_scan, read_text
from pipeline.intake.plain import decode, read_pages
from tests.intake.files import pdf, write

TEXT = "Ủy ban nhân dân tỉnh đã ban hành kế hoạch phát triển kinh tế, xã hội của địa phương.\nĐường lối đổi mới."
TCVN3 = (
    b"\xf1y ban nh\xa9n d\xa9n t\xd8nh \xae\xb7 ban h\xb5nh k\xd5 ho\xb9ch ph\xb8t tri\xd3n kinh t\xd5, x\xb7 h\xe9i"
)


def windows_1258(text: str) -> bytes:
    """As Windows does: the letter with its hat or horn, then the tone."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(c for c in parts if c in tones)
        out.append(unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + tone)
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        unicodedata.normalize("NFD", TEXT).encode(),
        windows_1258(TEXT),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16", "utf-16 be", "utf-32", "decomposed", "windows-1258"],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data) == TEXT


def test_bytes_of_an_old_font_become_unicode() -> None:
    assert decode(TCVN3).endswith("y ban nhân dân tỉnh đã ban hành kế hoạch phát triển kinh tế, xã hội")


def test_the_old_font_is_known_in_text_that_was_saved_as_unicode() -> None:
    assert "kế hoạch phát triển" in decode(TCVN3.decode("latin-1").encode())


def test_bytes_in_no_known_encoding_are_refused() -> None:
    with pytest.raises(DamagedFile, match="no encoding"):
        decode("Café à la crème, über größer naïve façade".encode("latin-1"))


def test_line_ends_and_form_feeds(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"m\xe1\xbb\x99t\r\nhai\x0cba\rb\xe1\xbb\x91n\x0c")
    assert read_text(open_scan(path, IntakeConfig())) == ("một\nhai", "ba\nbốn")


def test_pages_are_limited(tmp_path: Path) -> None:
    with pytest.raises(TooManyPages):
        read_pages(write(tmp_path / "a.txt", b"a\fb\fc"), max_pages=2)


def test_only_plain_text_is_read_as_text(tmp_path: Path) -> None:
    scan = open_scan(write(tmp_path / "a.pdf", pdf()), IntakeConfig())
    with pytest.raises(ValueError, match="not plain text"):
        read_text(scan)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except CongvanError:
        return
    assert text == unicodedata.normalize("NFC", text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=50))
def test_unicode_text_comes_through_but_for_its_normal_form(text: str) -> None:
    assert decode(text.encode()) == decode(decode(text.encode()).encode())
