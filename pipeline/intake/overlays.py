"""What lies over the one picture of a page: stamps, those of digital signatures nearly always.

To draw the whole page for a stamp in its margin takes ten times as long as to decode the picture. So the stamps are cut
out as a PDF of their own, no larger than they are, for poppler to draw and `pipeline/rasterise.py` to lay over the
picture. It has the stamps on white and again on black, which tells how far each pixel of them lets the page through.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import pikepdf

from pipeline.intake.objects import Corners, Matrix, Unusual, corners, integer
from pipeline.nouns import Box, Overlay

_UNSEEN = 1 << 1 | 1 << 5
"""Flags of what is not shown on a screen: hidden, no view."""
_STANDS = 1 << 4
"""Flag of what does not turn with its page."""
_LARGEST = 0.25
"""Share of the page from which on nothing is saved."""
_MOST_BYTES = 1_000_000
_GROUNDS = ("1 g", "0 g")
"""How PDF says white and black."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something stuck on a page: where, and how it looks."""

    place: Corners
    look: pikepdf.Stream


def notes_of(page: pikepdf.Object, turn: int) -> tuple[Note, ...]:
    """What can be seen of the notes on a page.

    Args:
        page: its dictionary.
        turn: by how many degrees it is shown turned.

    Raises:
        Unusual: one is neither a stamp nor a signature, or does not have the one look that they have.
    """
    notes = page.get_raw("/Annots")
    if notes is None:
        return ()
    if not isinstance(notes, pikepdf.Array):
        raise Unusual("notes that are no list")
    return tuple(note for each in notes if (note := _note(each, turn)) is not None)


def _note(note: object, turn: int) -> Note | None:
    """A note as it is shown; None for one that is not."""
    if not isinstance(note, pikepdf.Dictionary):
        raise Unusual("a note that is no dictionary")
    flags = integer(note, "/F", 0)
    if flags & _UNSEEN:
        return None
    if note.get_raw("/Subtype") != "/Stamp" and not _is_signature(note):
        raise Unusual("another kind of note")
    place = corners(note.get_raw("/Rect"))
    if place[0] == place[2] or place[1] == place[3]:
        return None
    looks = note.get_raw("/AP")
    look = looks.get_raw("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if not isinstance(look, pikepdf.Stream) or "/OC" in look or "/OC" in note or (turn and flags & _STANDS):
        raise Unusual("a note of which is not plain how it looks")
    return Note(place, look)


def _is_signature(note: pikepdf.Dictionary) -> bool:
    above = note.get_raw("/Parent")
    kind = note.get_raw("/FT") or (above.get_raw("/FT") if isinstance(above, pikepdf.Dictionary) else None)
    return bool(note.get_raw("/Subtype") == "/Widget" and kind == "/Sig")


def overlay(notes: Sequence[Note], matrix: Matrix, size: tuple[int, int]) -> Overlay | None:
    """The notes as a PDF of two pages, and where they lie on the picture; None where none lies on it.

    Args:
        notes: all that can be seen.
        matrix: the way from the picture's unit square to the page; upright.
        size: width and height of the picture, in pixels.

    Raises:
        Unusual: they take much of the page, or many bytes.
        PikepdfError: what they lead to is broken.
    """
    box = _around(notes, matrix, size)
    if box is None:
        return None
    if box.area > _LARGEST * size[0] * size[1]:
        raise Unusual("notes all over the page")
    across, down, left, bottom = matrix[0] / size[0], matrix[3] / size[1], matrix[4], matrix[5]
    x0, x1 = left + box.x0 * across, left + box.x1 * across
    y0, y1 = bottom + (size[1] - box.y1) * down, bottom + (size[1] - box.y0) * down
    body = _as_pdf(notes, (x0, y0, x1, y1))
    if len(body) > _MOST_BYTES:
        raise Unusual("notes of many bytes")
    return Overlay(body, box)


def _around(notes: Sequence[Note], matrix: Matrix, size: tuple[int, int]) -> Box | None:
    """The whole pixels of the picture that hold all notes."""
    if not notes:
        return None
    across, down, left, bottom = matrix[0] / size[0], matrix[3] / size[1], matrix[4], matrix[5]
    x0 = floor((min(note.place[0] for note in notes) - left) / across)
    x1 = ceil((max(note.place[2] for note in notes) - left) / across)
    y0 = floor(size[1] - (max(note.place[3] for note in notes) - bottom) / down)
    y1 = ceil(size[1] - (min(note.place[1] for note in notes) - bottom) / down)
    x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, size[0]), min(y1, size[1])
    return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _as_pdf(notes: Sequence[Note], shown: Corners) -> bytes:
    """A PDF that shows so much of the page, first white and then black, and the notes on it.

    A note is written anew with its place and its look alone: what else it leads to is the whole file.
    """
    out = pikepdf.Pdf.new()
    looks = [out.copy_foreign(note.look) for note in notes]
    x0, y0, x1, y1 = shown
    for ground in _GROUNDS:
        page = out.add_blank_page(page_size=(x1 - x0, y1 - y0))
        page.obj["/MediaBox"] = pikepdf.Array([x0, y0, x1, y1])
        page.obj["/Contents"] = out.make_stream(f"{ground} {x0} {y0} {x1 - x0} {y1 - y0} re f".encode())
        page.obj["/Annots"] = pikepdf.Array(
            [_written(out, note, look) for note, look in zip(notes, looks, strict=True)]
        )
    body = io.BytesIO()
    out.save(body, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return body.getvalue()


def _written(out: pikepdf.Pdf, note: Note, look: pikepdf.Object) -> pikepdf.Object:
    looks = pikepdf.Dictionary({"/N": look})
    written = {"/Subtype": pikepdf.Name("/Stamp"), "/Rect": pikepdf.Array(note.place), "/F": 4, "/AP": looks}
    return out.make_indirect(pikepdf.Dictionary({"/Type": pikepdf.Name("/Annot"), **written}))
