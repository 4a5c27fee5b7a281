"""Pages of a PDF that are one picture and nothing else: where the picture lies in the file, and which way up it is.

Most scanners write a page as one JPEG or fax image. Taken straight out of the file it costs a fifth of drawing the page
and has the scanner's own pixels. As soon as anything else can be seen on the page (a signature's stamp, a note, a
mask) it is drawn instead.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Literal

from pipeline.intake.pdf_objects import PdfObjects, Stream, Unusual, open_objects, tokens
from pipeline.nouns import EmbeddedPicture

_POINTS = 72  # to the inch
_MOST_DRAWING = 200_000
"""Bytes of drawing on a page; a scan's are the unseen words of another OCR."""
_SLACK = 2.0
"""Points by which the picture's edges may be off the page's."""
_STRETCHED = 0.01
"""How much finer the picture may be in one direction than in the other."""
_DEEPEST = 32
_UNSEEN = 3
"""Text rendering mode of words that are not drawn."""
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_COLOURS = frozenset({"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"})
_LINES = frozenset({"ri", "i", "w", "J", "j", "M", "d", "n"})
_TEXT = frozenset({"BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Ts", "Td", "TD", "Tm", "T*"})
_HARMLESS = _COLOURS | _LINES | _TEXT | {"BMC", "EMC", "MP", "DP"}
"""Operators that draw nothing by themselves."""
_OVERLAYS = ("/SMask", "/Mask", "/ImageMask", "/Decode", "/OC", "/Alternates", "/SMaskInData")
_BROKEN = (
    Unusual,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What reading values of the wrong kind raises; such pages are drawn by poppler, which repairs what it can."""

Matrix = tuple[float, float, float, float, float, float]
"""As PDF writes it: a, b, c, d, e, f."""


def embedded_pictures(path: Path, count: int, most_pixels: int) -> tuple[EmbeddedPicture | None, ...]:
    """For each page the one picture that it shows, or None where the page has to be drawn; empty when none has one.

    Args:
        path: the PDF.
        count: its pages.
        most_pixels: of a picture that is taken out.
    """
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            objects = open_objects(data)
            found = [_picture(objects, page) for page in _pages(objects, count)]
    except _BROKEN:
        return ()
    small = tuple(p if p is not None and p.width * p.height <= most_pixels else None for p in found)
    return small if len(small) == count and any(small) else ()


def _pages(objects: PdfObjects, most: int) -> Iterator[Mapping[str, Any]]:
    """The pages in order, each with what it inherits."""
    root = objects.get(objects.get(objects.trailer["/Root"])["/Pages"])
    left, seen = [(root, 0)], 0
    while left:
        node, depth = left.pop()
        seen += 1
        if depth > _DEEPEST or seen > 3 * most + _DEEPEST:
            raise Unusual("a tree of pages that does not end")
        if "/Kids" not in node:
            yield node
            continue
        kept = {name: node[name] for name in ("/Resources", "/MediaBox", "/CropBox", "/Rotate") if name in node}
        kids = objects.get(node["/Kids"])
        if len(kids) > most:
            raise Unusual("more pages than there are")
        left += [({**kept, **objects.get(kid)}, depth + 1) for kid in reversed(kids)]


def _picture(objects: PdfObjects, page: Mapping[str, Any]) -> EmbeddedPicture | None:
    """The picture that the page shows alone and whole; None when it shows anything else."""
    try:
        if objects.get(page.get("/Annots", [])) or "/UserUnit" in page:
            return None
        name, matrix = _only_drawn(_drawing(objects, page["/Contents"]))
        if not _fills(matrix, _shown(objects, page)):
            return None
        named = objects.get(objects.get(page["/Resources"])["/XObject"])
        image = objects.get(named[name])
        turn = objects.get(page.get("/Rotate", 0)) % 360
        return _embedded(objects, image, matrix, turn)
    except _BROKEN:
        return None


def _drawing(objects: PdfObjects, contents: Any) -> bytes:  # noqa: ANN401
    whole = objects.get(contents)
    streams = [objects.get(part) for part in whole] if isinstance(whole, list) else [whole]
    drawing = b""
    for stream in streams:
        drawing += objects.unpacked(stream) + b"\n"
        if len(drawing) > _MOST_DRAWING:
            raise Unusual("a long drawing")
    return drawing


@dataclass(slots=True)
class _Drawing:
    """What a page's operators have drawn so far, and the state that the next one finds."""

    drawn: list[tuple[str, Matrix]] = field(default_factory=list)
    """Names, and the way from their unit squares to the page."""
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    mode: int = 0
    kept: list[tuple[Matrix, int]] = field(default_factory=list)

    def take(self, operator: str, operands: list[Any]) -> None:
        """Do what an operator says.

        Raises:
            Unusual: it draws something that is no picture.
        """
        match operator:
            case "q":
                self.kept.append((self.matrix, self.mode))
            case "Q":
                self.matrix, self.mode = self.kept.pop()
            case "cm":
                self.matrix = _within(operands, self.matrix)
            case "Tr":
                (self.mode,) = operands
            case "Do":
                self.drawn.append((operands[0], self.matrix))
            case _ if not _draws_nothing(operator, operands, self.mode):
                raise Unusual(f"the operator {operator}")


def _only_drawn(drawing: bytes) -> tuple[str, Matrix]:
    """The name of the one thing that is drawn, and the way from its unit square to the page.

    Raises:
        Unusual: more than that is drawn, or nothing.
    """
    page, operands = _Drawing(), list[Any]()
    for token in tokens(drawing):
        if isinstance(token, str) and not token.startswith("/"):
            page.take(token, operands)
            operands = []
        else:
            operands.append(token)
    if len(page.drawn) != 1:
        raise Unusual(f"{len(page.drawn)} things are drawn")
    return page.drawn[0]


def _draws_nothing(operator: str, operands: list[Any], mode: int) -> bool:
    if operator == "BDC":
        return bool(operands[0] != "/OC")  # optional content may be hidden
    return operator in _HARMLESS or (operator in _SHOWS and mode == _UNSEEN)


def _within(inner: list[Any], outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _shown(objects: PdfObjects, page: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """What is shown of the page: left, bottom, right and top, in points."""
    media = [objects.get(edge) for edge in objects.get(page["/MediaBox"])]
    crop = [objects.get(edge) for edge in objects.get(page.get("/CropBox", media))]
    (x0, x1), (y0, y1) = sorted(media[::2]), sorted(media[1::2])
    (left, right), (bottom, top) = sorted(crop[::2]), sorted(crop[1::2])
    return max(x0, left), max(y0, bottom), min(x1, right), min(y1, top)


def _fills(matrix: Matrix, shown: tuple[float, float, float, float]) -> bool:
    """Whether the unit square becomes, upright, all that is shown of the page."""
    a, b, c, d, e, f = matrix
    edges = (e, f, e + a, f + d)
    upright = a > 0 and d > 0 and b == 0 and c == 0
    return upright and all(abs(edge - wanted) <= _SLACK for edge, wanted in zip(edges, shown, strict=True))


def _embedded(objects: PdfObjects, image: Any, matrix: Matrix, turn: int) -> EmbeddedPicture | None:  # noqa: ANN401
    """Where the picture lies in the file; None when its bytes are not one of the codings that are taken out."""
    if not isinstance(image, Stream) or image.head.get("/Subtype") != "/Image" or turn % 90:
        return None
    head = {key: objects.get(value) for key, value in image.head.items()}
    coding = _coding(objects, head)
    width, height = head["/Width"], head["/Height"]
    stretched = abs((width / matrix[0]) / (height / matrix[3]) - 1) > _STRETCHED
    if coding is None or stretched or any(key in head for key in _OVERLAYS):
        return None
    return EmbeddedPicture(coding, image.offset, image.length, width, height, _POINTS * width / matrix[0], turn)


def _coding(objects: PdfObjects, head: Mapping[str, Any]) -> Literal["jpeg", "fax"] | None:
    """`jpeg` or `fax`, for gray and RGB; None for others."""
    names, parms = (_alone(objects, head.get(key)) for key in ("/Filter", "/DecodeParms"))
    channels = _channels(objects, head["/ColorSpace"])
    if names == "/DCTDecode" and head["/BitsPerComponent"] == 8 and channels in {1, 3} and not parms:
        return "jpeg"
    if names != "/CCITTFaxDecode" or head.get("/BitsPerComponent", 1) != 1 or channels != 1:
        return None
    usual = {"/K": -1, "/Columns": head["/Width"], "/Rows": head["/Height"], "/BlackIs1": "false"}
    unlike = {key for key, value in parms.items() if value != usual.get(key, value)}
    return "fax" if not unlike and parms.get("/K") == -1 and "/EncodedByteAlign" not in parms else None


def _alone(objects: PdfObjects, value: Any) -> Any:  # noqa: ANN401
    """The value, or the only one of a list."""
    if not isinstance(value, list):
        return value
    (single,) = value
    return objects.get(single)


def _channels(objects: PdfObjects, space: Any) -> int:  # noqa: ANN401
    """Channels of a colour space that is gray or RGB in some way; 0 for others."""
    if isinstance(space, str):
        return {"/DeviceGray": 1, "/DeviceRGB": 3}.get(space, 0)
    kind = objects.get(space[0])
    if kind == "/ICCBased":
        return int(objects.get(objects.get(space[1]).head["/N"]))
    return {"/CalGray": 1, "/CalRGB": 3}.get(kind, 0)
