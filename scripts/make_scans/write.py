"""Writes scans and gold to disk, the same bytes for the same content."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

from PIL import Image as Pil

from scripts.make_scans.degrade import Frame

_EPOCH = time.gmtime(946_684_800)
"""What the files say they were made at: 2000-01-01, so that the clock leaves no trace."""


def write_scan(frames: list[Frame], path: Path, jpeg: int) -> list[Path]:
    """Writes the frames in the format of the path's suffix; .jpg and .png take one file a page.

    Returns:
        The files written: `NAME.jpg` for a single page, else `NAME_p01.jpg`, `NAME_p02.jpg` ...
    """
    pages = [_page(frame) for frame in frames]
    dpi = frames[0].dpi
    if path.suffix == ".pdf":
        more: dict[str, Any] = {"creationDate": _EPOCH, "modDate": _EPOCH, "resolution": float(dpi)}
        more |= {} if pages[0].mode == "1" else {"quality": jpeg}
        pages[0].save(path, save_all=True, append_images=pages[1:], **more)
        return [path]
    if path.suffix == ".tif":
        compression = "group4" if pages[0].mode == "1" else "tiff_lzw"
        pages[0].save(path, save_all=True, append_images=pages[1:], compression=compression, dpi=(dpi, dpi))
        return [path]
    paths = [path.with_name(f"{path.stem}_p{i:02d}{path.suffix}") for i in range(1, len(pages) + 1)]
    paths = [path] if len(pages) == 1 else paths
    for page, to in zip(pages, paths, strict=True):
        options: dict[str, Any] = {"quality": jpeg} if path.suffix == ".jpg" else {"optimize": True}
        page.save(to, dpi=(dpi, dpi), **options)
    return paths


def _page(frame: Frame) -> Pil.Image:
    page = Pil.fromarray(frame.image)
    two_levels = page.mode == "L" and len(page.getcolors(256) or ()) <= 2
    return page.convert("1", dither=Pil.Dither.NONE) if two_levels else page


def write_json(value: object, path: Path) -> None:
    """Readable JSON, keys in the order given."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_packed(value: object, path: Path) -> None:
    """JSON in gzip, without a time in its header."""
    packed = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(gzip.compress(packed, 9, mtime=0))
