"""Files that were made to hurt who opens them, small on disk and each in another way."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

_WIDE = 20_000  # pixels of an image that a small PDF holds


def write_hostile(folder: Path, number: int, scan: Path) -> None:
    """Write one hostile file into the folder: another kind for each number, another content for each file.

    Args:
        folder: where to.
        number: chooses the kind; part of the name and of the content.
        scan: a sound PDF, of which some are made.
    """
    name, make = _KINDS[number % len(_KINDS)]
    (folder / f"hostile-{number}-{name}").write_bytes(make(scan.read_bytes()) + b"\n%" + str(number).encode())


def _pdf(tree: bytes, *others: bytes) -> bytes:
    """A PDF of a catalog, a page tree (object 2), and the objects after it, without an index: readers rebuild it."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, *others]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, one) for i, one in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n0\n%%%%EOF" % (len(objects) + 1)


def _page() -> bytes:
    resources = b"/Resources << /XObject << /I 5 0 R >> >>"
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % resources


def _wide_image() -> tuple[bytes, bytes]:
    """The drawing and the image: hundreds of megabytes when they are unpacked."""
    packer = zlib.compressobj()
    rows = b"".join(packer.compress(bytes(_WIDE)) for _ in range(_WIDE)) + packer.flush()
    kind = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray" % (
        _WIDE,
        _WIDE,
    )
    image = b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (kind, len(rows), rows)
    return b"<< /Length 30 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q \nendstream", image


def _png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def _tiff_that_follows_itself() -> bytes:
    tags = [(256, 4, 1, 64), (257, 4, 1, 64), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8), (279, 4, 1, 8)]
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", 8)


def _scribble(_: bytes) -> bytes:
    return b"%PDF-1.7\n" + bytes((i * i * 31 + i) % 251 for i in range(100_000))


def _many_pages(_: bytes) -> bytes:
    return _pdf(b"<< /Type /Pages /Kids [" + b"3 0 R " * 20_000 + b"] /Count 20000 >>", _page())


def _huge_page(_: bytes) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9999999 9999999] >>"
    return _pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page)


_KINDS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("image.pdf", lambda _: _pdf(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _page(), *_wide_image())),
    ("cut.pdf", lambda sound: sound[: len(sound) // 2]),
    ("many.pdf", _many_pages),
    ("noise.pdf", _scribble),
    ("cycle.pdf", lambda _: _pdf(b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>", b"null")),
    ("huge.pdf", _huge_page),
    ("bomb.png", lambda _: _png_header(100_000, 100_000)),
    ("loop.tif", lambda _: _tiff_that_follows_itself()),
    ("page.pdf", lambda _: b"<!doctype html><title>404</title>"),
)
