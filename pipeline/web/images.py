"""Pages as the letter shows them: made from the original when somebody looks, kept in a bounded folder."""

from __future__ import annotations

import asyncio
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]
from PIL import Image as Pillow

from pipeline.clean import clean
from pipeline.config import Config
from pipeline.errors import CongvanError, DamagedFile, NotReadable
from pipeline.intake import open_scan
from pipeline.nouns import Image
from pipeline.rasterise import page as rasterise
from pipeline.store import Row, Store
from pipeline.web.reasons import in_words
from pipeline.web.site import ask, language_of, our_site

_AT_ONCE = asyncio.Semaphore(2)
"""Pages rendered at the same time; each takes a core and tens of megabytes."""
_QUALITY = 80
_MOVED = "where scans were moved to is found by: congvan verify FOLDER --update"
_SPREAD = "spread flat"
"""The step of cleaning that bends the page itself; its inverse is not stored, so it is done again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page and how it was set upright when it was read."""

    path: Path
    sha256: str
    number: int
    width: int
    height: int
    rotation: int
    skew: float
    steps: str


async def show(datasette: Datasette, request: Request) -> Response:
    """The image of one page of a letter in the database, upright as it was read."""
    document_id, number = request.url_vars["id"], int(request.url_vars["number"])
    wanted = await ask(datasette, lambda store: _wanted(store, document_id, number))
    if wanted is None:
        return Response.text("no such page", status=404)
    site = our_site(datasette)
    try:
        async with _AT_ONCE:
            body = await asyncio.to_thread(image_of, wanted, site.cache, site.config)
    except CongvanError as error:
        language = language_of(request)
        hint = _MOVED if isinstance(error, NotReadable) else error.hint
        return Response.text("\n".join(in_words(told, language) for told in (error.message, hint)), status=404)
    return Response(body, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})


def _wanted(store: Store, document_id: str, number: int) -> Wanted | None:
    query = """SELECT d.source_path, d.sha256, p.page_no, p.width, p.height, p.rotation, p.skew, p.steps
        FROM pages AS p JOIN documents AS d ON d.id = p.document_id WHERE p.document_id = ? AND p.page_no = ?"""
    row: Row | None = next(iter(store.db.query(query, [document_id, number])), None)
    if row is None:
        return None
    return Wanted(Path(row["source_path"]), row["sha256"], row["page_no"], row["width"], row["height"],
                  row["rotation"], row["skew"], row["steps"])  # fmt: skip


def cache_folder() -> Path:
    """Where page images are kept: the user's cache, for letters are nobody else's business."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "congvan" / "pages"


def image_of(wanted: Wanted, cache: Path, config: Config) -> bytes:
    """The page as JPEG, from the cache or made from the original.

    Raises:
        CongvanError: the original is gone, has changed, or cannot be rendered.
    """
    key = hashlib.sha256(repr((wanted.sha256, wanted)).encode()).hexdigest()
    kept = cache / f"{key[:40]}.jpg"
    try:
        body = kept.read_bytes()
        kept.touch()
        return body
    except OSError:
        pass  # not made yet, or evicted just now
    picture = _upright(wanted, config).resize((wanted.width, wanted.height))
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = cache / f"{key[:40]}.{os.getpid()}.part"
    picture.save(unfinished, format="JPEG", quality=_QUALITY)
    unfinished.replace(kept)
    body = kept.read_bytes()
    evict(cache, config.web.cache_bytes)
    return body


def _upright(wanted: Wanted, config: Config) -> Pillow.Image:
    """The page turned and levelled as it was when its boxes were measured."""
    scan = open_scan(wanted.path, config.intake)
    if scan.sha256 != wanted.sha256:
        hint = "`congvan verify` lists such files; `congvan ingest` reads the new content as a letter of its own"
        raise DamagedFile("the original has changed since it was read", hint=hint, where=str(wanted.path))
    page = rasterise(scan, wanted.number, config)
    if _SPREAD in wanted.steps:
        return Pillow.fromarray(clean(page, config.clean).image)
    return set_upright(page.image, wanted.rotation, wanted.skew)


def set_upright(image: Image, rotation: int, skew: float) -> Pillow.Image:
    """The picture turned clockwise by a quarter or more, then by a few degrees about its middle, in its own colours."""
    picture = Pillow.fromarray(image).rotate(-rotation, expand=True)
    return picture.rotate(-skew, Pillow.Resampling.BILINEAR, fillcolor="white") if skew else picture


def evict(cache: Path, limit: int) -> None:
    """Remove the images that nobody has looked at for longest, until the folder is within `limit` bytes."""
    kept = []
    for path in cache.glob("*.jpg"):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue  # another request evicted it
        kept.append((found.st_mtime, found.st_size, path))
    total = sum(size for _, size, _ in kept)
    for _, size, path in sorted(kept):
        if total <= limit:
            return
        path.unlink(missing_ok=True)
        total -= size
