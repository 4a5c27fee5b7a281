"""What a file is, by its first bytes; its name is only asked when the bytes are plain text."""

from __future__ import annotations

from pathlib import PurePath

from pipeline.errors import UnknownFormat
from pipeline.nouns import MediaType

HEAD = 4096
"""Bytes from the start of a file that are enough to tell what it is."""

_MAGIC: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),  # BigTIFF
    (b"MM\x00+", MediaType.TIFF),
)
_PDF_WITHIN = 1024  # readers accept a header anywhere in the first kilobyte
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an Office document", "print it to PDF, or unpack it, and give the result"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "print it to PDF and give the PDF"),
    (b"{\\rtf", "an RTF document", "print it to PDF and give the PDF"),
    (b"GIF8", "a GIF image", "save it as PNG"),
    (b"BM", "a BMP image", "save it as PNG"),
    (b"AT&TFORM", "a DjVu document", "convert it with: ddjvu -format=pdf"),
    (b"Rar!", "a RAR archive", "unpack it and give the scans in it"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and give the scans in it"),
    (b"RIFF", "a WebP image or a sound or video file", "save the image as PNG"),
)
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_READ = "PDF, TIFF, PNG, JPEG and plain text are read"
_TEXT_NAMES = frozenset({".txt", ".text", ".md", ""})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def sniff(head: bytes, name: str) -> MediaType:
    """The format of a file from its first bytes.

    Args:
        head: the first `HEAD` bytes, or all there are.
        name: the file's name: bytes that look like text are only taken for text in a file that is named so.

    Raises:
        UnknownFormat: it is none of the formats that are read; the message says what it is, when that is known.
    """
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return MediaType.PDF
    _refuse_known(head)
    if not _is_text(head):
        raise UnknownFormat("the first bytes are of no format that is read", hint=_READ)
    if head.lstrip()[:9].lower() in {b"<!doctype", b"<html>"} or head.lstrip()[:5].lower() in {b"<html", b"<?xml"}:
        raise UnknownFormat("it is a web page or XML, not a scan", hint="download the scan itself; " + _READ)
    if PurePath(name).suffix.lower() not in _TEXT_NAMES:
        raise UnknownFormat("it holds plain text under the name of another format", hint="name it .txt to have it read")
    return MediaType.TEXT


def _refuse_known(head: bytes) -> None:
    for magic, kind, hint in _OTHERS:
        if head.startswith(magic):
            raise UnknownFormat(f"it is {kind}, not a scan", hint=hint)
    if head[4:12] in _HEIC:
        raise UnknownFormat("it is a HEIC or AVIF photo, not a scan", hint="save it as JPEG")


def _is_text(head: bytes) -> bool:
    """Whether the bytes may be text of any encoding: no NUL but in UTF-16, hardly a control character."""
    if head.startswith(_UTF16):
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return b"\x00" not in head and controls * 100 <= len(head)
