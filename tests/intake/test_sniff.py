"""Formats by their first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnknownFormat
from pipeline.intake import sniff
from pipeline.nouns import MediaType


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.4\n", "a.pdf", MediaType.PDF),
        (b"\x00\x00junk before %PDF-1.7", "a.bin", MediaType.PDF),
        (b"\xff\xd8\xff\xe0 %PDF-1.7", "both.pdf", MediaType.JPEG),
        (b"MM\x00*", "a", MediaType.TIFF),
        (b"II+\x00", "big.tif", MediaType.TIFF),
        ("Kính gửi".encode(), "a.txt", MediaType.TEXT),
        ("Kính gửi".encode("utf-16"), "a.txt", MediaType.TEXT),
        (b"K\xddnh g\xf6i", "a.TXT", MediaType.TEXT),
    ],
)
def test_the_format_is_known(head: bytes, name: str, expected: MediaType) -> None:
    assert sniff(head, name) is expected


@pytest.mark.parametrize(
    ("head", "said"),
    [(b"PK\x03\x04", "Office"), (b"{\\rtf1", "RTF"), (b"<html>", "web page"), (b"\x00\x01\x02", "no format")],
)
def test_what_it_is_instead_is_said(head: bytes, said: str) -> None:
    with pytest.raises(UnknownFormat, match=said):
        sniff(head, "a.txt")


@given(st.binary(max_size=100), st.text(max_size=10))
def test_any_bytes_are_known_or_refused_with_advice(head: bytes, name: str) -> None:
    try:
        kind: MediaType | str = sniff(head, name)
    except UnknownFormat as error:
        kind = error.hint
    assert kind
