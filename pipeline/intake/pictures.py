"""Pages of a PDF that are one picture and nothing else: where the picture lies in the file, and which way up it is.

Most scanners write a page as one JPEG or fax image. Taken straight out of the file it costs a fifth of drawing the page
and has the scanner's own pixels. Stamps over it are cut out, to be drawn alone (`overlays.py`). As soon as anything
else can be seen on the page (a line of text, a drawing, a mask) it is drawn whole. A home of pikepdf, which follows the
objects of the file; poppler gets what is broken.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Literal

import pikepdf
from pikepdf.settings import set_qpdf_limits

from pipeline.intake.objects import Matrix, Unusual, corners, integer, numbers
from pipeline.intake.overlays import notes_of, overlay
from pipeline.nouns import EmbeddedPicture

_POINTS = 72  # to the inch
_MOST_DRAWING = 200_000
"""Bytes of drawing on a page, packed and unpacked; a scan's are the unseen words of another OCR."""
_MOST_PARTS = 100
"""Streams that a page's drawing may be cut into."""
_MOST_UNPACKED = 2_000_000
"""Bytes of any one stream that is unpacked; lists of objects and drawings of scans are far smaller."""
_DEEPEST = 50
"""Arrays and dictionaries in one another."""
_MOST_WARNINGS = 100
_MOST_HELD = 20_000_000
"""Bytes of all that is cut out of a file and kept until its pages are drawn."""
_HEAD = 8192
"""Bytes within which the dictionary of a picture ends."""
_SLACK = 2.0
"""Points by which the picture's edges may be off the page's."""
_STRETCHED = 0.01
"""How much finer the picture may be in one direction than in the other."""
_UNSEEN = 3
"""Text rendering mode of words that are not drawn."""
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_COLOURS = frozenset({"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"})
_LINES = frozenset({"ri", "i", "w", "J", "j", "M", "d", "n"})
_TEXT = frozenset({"BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Ts", "Td", "TD", "Tm", "T*"})
_HARMLESS = _COLOURS | _LINES | _TEXT | {"BMC", "EMC", "MP", "DP"}
"""Operators that draw nothing by themselves."""
_OVERLAYS = ("/SMask", "/Mask", "/ImageMask", "/Decode", "/OC", "/Alternates", "/SMaskInData")
_SPACES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/CalGray": 1, "/CalRGB": 3}
"""Channels."""
_NO_DAMAGE = ("duplicated key", "stream keyword followed by carriage return only")
"""In warnings of qpdf about what signing programs and scanners (HP's) write, and all readers read alike."""
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_END = re.compile(rb"[\x00\t\n\f\r ]*endstream")
_LOCK = threading.Lock()


_BROKEN = (Unusual, pikepdf.PikepdfError, ValueError)
"""Of a page; the last is raised by names that are in no encoding, and by numbers of more than 64 bits."""


def embedded_pictures(path: Path, count: int, most_pixels: int) -> tuple[EmbeddedPicture | None, ...]:
    """For each page the one picture that it shows, or None where the page has to be drawn; empty when none has one.

    A file in which qpdf finds any damage has none: poppler repairs what it can.

    Args:
        path: the PDF.
        count: its pages.
        most_pixels: of a picture that is taken out.
    """
    try:
        with path.open("rb") as file, _limits(), _open(file) as pdf:
            if pdf.is_encrypted or len(pdf.pages) != count:
                return ()
            places = {name: entry.offset for name, entry in pdf.get_xref_table().items() if entry.offset is not None}
            found = [_picture(page, _Places(file, places)) for page in pdf.pages]
            if not all(any(known in warning for known in _NO_DAMAGE) for warning in pdf.get_warnings()):
                return ()
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, OSError):
        return ()
    small = tuple(_within_limits(found, most_pixels))
    return small if any(small) else ()


def _within_limits(found: Iterable[EmbeddedPicture | None], most_pixels: int) -> Iterator[EmbeddedPicture | None]:
    """The pictures that are not too large, as long as what was cut out for them is not."""
    held = 0
    for picture in found:
        held += len(picture.overlay.pdf) if picture is not None and picture.overlay is not None else 0
        fits = picture is not None and picture.width * picture.height <= most_pixels and held <= _MOST_HELD
        yield picture if fits else None


def _open(file: BinaryIO) -> pikepdf.Pdf:
    """The file as it is; only objects that are asked for are looked at."""
    return pikepdf.open(file, attempt_recovery=False, inherit_page_attributes=False)


@contextmanager
def _limits() -> Iterator[None]:
    """What qpdf may unpack and nest meanwhile; its limits are of the whole process, so one file is read at a time."""
    with _LOCK:
        before: dict[str, Any] = set_qpdf_limits(
            doc_max_warnings=_MOST_WARNINGS,
            flate_max_memory=_MOST_UNPACKED,
            png_max_memory=_MOST_UNPACKED,
            tiff_max_memory=_MOST_UNPACKED,
            run_length_max_memory=_MOST_UNPACKED,
            max_stream_filters=1,
            parser_max_nesting=_DEEPEST,
        )
        try:
            yield
        finally:
            set_qpdf_limits(**before)


def _picture(page: pikepdf.Page, places: _Places) -> EmbeddedPicture | None:
    """The picture that the page shows alone and whole; None when it shows anything else."""
    try:
        turn, resources = page.rotation, page.get_resources()
        if resources is None or turn % 90 or "/UserUnit" in page.obj:
            return None
        notes = notes_of(page.obj, turn)
        if "/XObject" not in resources or not _is_short(page.obj.get_raw("/Contents")):
            return None  # without a picture, as typed pages are, whose drawing is long
        name, matrix = _only_drawn(pikepdf.parse_content_stream(page))
        image = resources.get_raw(pikepdf.NamePath.XObject(str(name)))
        if not isinstance(image, pikepdf.Stream) or not _fills(matrix, _shown(page)):
            return None
        picture = _embedded(image, matrix, turn, places)
        if picture is None:
            return None
        return replace(picture, overlay=overlay(notes, matrix, (picture.width, picture.height)))
    except _BROKEN:
        return None


def _is_short(contents: pikepdf.Object | None) -> bool:
    """Whether the drawing is a few bytes, not packed or by deflate alone; it is measured before it is parsed."""
    parts: list[Any] = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    left = _MOST_DRAWING if len(parts) <= _MOST_PARTS else 0
    for part in parts:
        if not isinstance(part, pikepdf.Stream):
            return False
        coding = _alone(part.get_raw("/Filter"))
        if coding is not None and coding != "/FlateDecode":
            return False
        if integer(part, "/Length", left) >= left:
            return False
        left -= len(part.read_bytes())
    return bool(parts) and left > 0


@dataclass(slots=True)
class _Drawing:
    """What a page's operators have drawn so far, and the state that the next one finds."""

    drawn: list[tuple[pikepdf.Name, Matrix]] = field(default_factory=list)
    """Names, and the way from their unit squares to the page."""
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    mode: float = 0
    kept: list[tuple[Matrix, float]] = field(default_factory=list)

    def take(self, operator: str, operands: list[Any]) -> None:
        """Do what an operator says.

        Raises:
            Unusual: it draws something that is no picture, or its operands are others than it takes.
        """
        match operator, operands:
            case "q", _:
                self.kept.append((self.matrix, self.mode))
            case "Q", _ if self.kept:
                self.matrix, self.mode = self.kept.pop()
            case "cm", [_, _, _, _, _, _]:
                self.matrix = _within(numbers(operands), self.matrix)
            case "Tr", [_]:
                (self.mode,) = numbers(operands)
            case "Do", [pikepdf.Name() as name]:
                self.drawn.append((name, self.matrix))
            case _ if not _draws_nothing(operator, operands, self.mode):
                raise Unusual(f"the operator {operator}")


def _only_drawn(drawing: Iterable[Any]) -> tuple[pikepdf.Name, Matrix]:
    """The name of the one thing that is drawn, and the way from its unit square to the page.

    Raises:
        Unusual: more than that is drawn, or nothing.
    """
    page = _Drawing()
    for instruction in drawing:
        page.take(str(instruction.operator), list(instruction.operands))
    if len(page.drawn) != 1:
        raise Unusual(f"{len(page.drawn)} things are drawn")
    return page.drawn[0]


def _draws_nothing(operator: str, operands: list[Any], mode: float) -> bool:
    if operator == "BDC":
        return len(operands) == 2 and bool(operands[0] != "/OC")  # optional content may be hidden
    return operator in _HARMLESS or (operator in _SHOWS and mode == _UNSEEN)


def _within(inner: list[float], outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _shown(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """What is shown of the page: left, bottom, right and top, in points."""
    media, crop = corners(page.mediabox), corners(page.cropbox)
    return max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])


def _fills(matrix: Matrix, shown: tuple[float, float, float, float]) -> bool:
    """Whether the unit square becomes, upright, all that is shown of the page."""
    a, b, c, d, e, f = matrix
    edges = (e, f, e + a, f + d)
    upright = a > 0 and d > 0 and b == 0 and c == 0
    return upright and all(abs(edge - wanted) <= _SLACK for edge, wanted in zip(edges, shown, strict=True))


def _embedded(image: pikepdf.Stream, matrix: Matrix, turn: int, places: _Places) -> EmbeddedPicture | None:
    """Where the picture lies in the file; None when its bytes are not one of the codings that are taken out."""
    width, height = integer(image, "/Width", 0), integer(image, "/Height", 0)
    if image.get_raw("/Subtype") != "/Image" or min(width, height) < 1 or any(key in image for key in _OVERLAYS):
        return None
    coding = _coding(image, width, height)
    across, down = width * matrix[3], height * matrix[0]
    if coding is None or not abs(across - down) <= _STRETCHED * down:
        return None
    offset, length = places.of(image)
    return EmbeddedPicture(coding, offset, length, width, height, _POINTS * width / matrix[0], turn)


def _coding(image: pikepdf.Stream, width: int, height: int) -> Literal["jpeg", "fax"] | None:
    """`jpeg` or `fax`, for gray and RGB; None for others."""
    coding, told = _alone(image.get_raw("/Filter")), _alone(image.get_raw("/DecodeParms"))
    bits, channels = integer(image, "/BitsPerComponent", 1), _channels(image.get_raw("/ColorSpace"))
    if coding == "/DCTDecode" and bits == 8 and channels in {1, 3} and not told:
        return "jpeg"
    if coding != "/CCITTFaxDecode" or bits != 1 or channels != 1 or not isinstance(told, pikepdf.Dictionary):
        return None
    whole = integer(told, "/Columns", 1728) == width and integer(told, "/Rows", height) == height
    black = "/BlackIs1" in told and told.get_bool("/BlackIs1") is not False
    plain = integer(told, "/K", 0) == -1 and not black and "/EncodedByteAlign" not in told
    return "fax" if whole and plain else None


def _alone(value: pikepdf.Object | None) -> Any:  # noqa: ANN401 - whatever the file holds
    """The value, or the only one of a list."""
    if not isinstance(value, pikepdf.Array):
        return value
    if len(value) != 1:
        raise Unusual("several of what one is wanted of")
    return value[0]


def _channels(space: pikepdf.Object | None) -> int:
    """Channels of a colour space that is gray or RGB in some way; 0 for others."""
    kind, *rest = space if isinstance(space, pikepdf.Array) and 1 <= len(space) <= 2 else (space,)
    if kind == "/ICCBased" and rest and isinstance(rest[0], pikepdf.Stream):
        return integer(rest[0], "/N", 0)
    return next((channels for name, channels in _SPACES.items() if kind == name), 0)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the objects of a file lie in it, as its index has them."""

    file: BinaryIO
    offsets: Mapping[tuple[int, int], int]
    """By number and generation."""

    def of(self, stream: pikepdf.Stream) -> tuple[int, int]:
        """Where the bytes of a stream start, as they are packed in the file, and how many they are.

        Raises:
            Unusual: they do not lie there.
        """
        length, offset = stream.get_int("/Length", 0), self.offsets.get(stream.objgen)
        start = _STREAM.search(self._at(offset, _HEAD)) if offset is not None else None
        if offset is None or start is None or length < 1:
            raise Unusual("a stream without a place")
        if not _END.match(self._at(offset + start.end() + length, 64)):
            raise Unusual("a stream that does not end where it says")
        return offset + start.end(), length

    def _at(self, offset: int, count: int) -> bytes:
        self.file.seek(offset)
        return self.file.read(count)
