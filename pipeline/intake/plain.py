"""Plain text of any encoding that Vietnamese was ever typed in, as pages."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.errors import DamagedFile, NothingToRead, NotReadable, TooManyPages
from pipeline.legacy_encodings import decode_legacy
from pipeline.nouns import MediaType, Scan
from pipeline.vietnamese import is_syllable, nfc

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MARKED_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f\W\d_][^\W\d_]*")
_SURE = 0.8  # share of words with marks that must be Vietnamese syllables for an encoding to be believed


def read_text(scan: Scan) -> tuple[str, ...]:
    """The pages of a plain text, parted at form feeds: Unicode, NFC, one kind of line end.

    Raises:
        NotReadable: the file is gone or no longer readable.
        DamagedFile: it is in no encoding that is known.
        NothingToRead: it holds nothing but white space.
        ValueError: the scan is not plain text.
    """
    if scan.media_type is not MediaType.TEXT:
        raise ValueError(f"{scan.name} is {scan.media_type}, not plain text")
    return read_pages(scan.path)


def read_pages(path: Path, max_pages: int | None = None) -> tuple[str, ...]:
    """As `read_text`, for a path; with a limit on pages.

    Raises:
        TooManyPages: there are more than `max_pages`.
    """
    try:
        data = path.read_bytes()
    except OSError as e:
        raise NotReadable(f"the file cannot be read: {e.strerror}", hint="check the path", where=str(path)) from e
    text = decode(data, str(path)).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise NothingToRead("the file holds nothing but white space", hint="leave it out", where=str(path))
    pages = tuple(text.removesuffix("\f").split("\f"))
    if max_pages is not None and len(pages) > max_pages:
        hint = "split it, or raise intake.max_pages in congvan.toml"
        raise TooManyPages(f"{len(pages):,} pages; the limit is {max_pages:,}", hint=hint, where=str(path))
    return pages


def decode(data: bytes, where: str = "") -> str:
    """Bytes as NFC text: Unicode of any form, else the single-byte encoding that makes the words Vietnamese.

    Raises:
        DamagedFile: the bytes fit none of them.
    """
    text = _unicode(data)
    if text is None:
        text = _single_byte(data, where)
    return nfc(decode_legacy(text)[0])


def _unicode(data: bytes) -> str | None:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _single_byte(data: bytes, where: str) -> str:
    """Windows-1258, or the bytes as characters when they are of an old font (`decode_legacy` then knows it)."""
    western = data.decode("latin-1")
    if decode_legacy(western)[1] is not None:
        return western
    try:
        text = nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    marked = _MARKED_WORD.findall(text)
    if not marked or sum(map(is_syllable, marked)) < _SURE * len(marked):
        hint = "save it as UTF-8 and give it again"
        raise DamagedFile("the text is in no encoding that is known", hint=hint, where=where)
    return text
