"""Small files made by hand for these tests: PDFs byte by byte, so that any part of them can be wrong."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

A4 = (595, 842)

LETTER = (
    "ỦY BAN NHÂN DÂN TỈNH SÔNG NGỌC",
    "Số: 27/KH-UBND",
    "KẾ HOẠCH",
    "Phát triển phong trào thi đua yêu nước trên địa bàn tỉnh",
    "Thực hiện chỉ đạo của cấp trên, Ủy ban nhân dân tỉnh xây dựng kế hoạch như sau:",
    "Phấn đấu đến hết năm có ít nhất 75% đơn vị đạt danh hiệu tập thể lao động tiên tiến.",
    "Các sở, ban, ngành và địa phương căn cứ kế hoạch này để tổ chức thực hiện.",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on a page, in points from the lower left."""

    image: Image.Image
    x: float
    y: float
    width: float
    height: float
    see_through: bool = False
    coloured: bool = False


def pdf(
    lines: Sequence[str] = (),
    *,
    pages: int = 1,
    size: tuple[float, float] = A4,
    pictures: Sequence[Picture] = (),
    page_extra: str = "",
) -> bytes:
    """A PDF whose pages all show the lines (Helvetica glyphs, their Unicode in a ToUnicode map) and the pictures."""
    codes = {char: 33 + i for i, char in enumerate(sorted(set("".join(lines)) - {" "}))} | {" ": 32}
    objects = [b"", b"", _font(), _stream(_to_unicode(codes))]
    names = []
    for picture in pictures:
        names.append(len(objects) + 1)
        objects += _image(picture, len(objects) + 2)
    drawing = [f"q {p.width} 0 0 {p.height} {p.x} {p.y} cm /I{n} Do Q" for p, n in zip(pictures, names, strict=True)]
    for i, line in enumerate(lines):
        hexed = "".join(f"{codes[c]:02x}" for c in line)
        drawing.append(f"BT /F1 12 Tf 60 {size[1] - 60 - 20 * i} Td <{hexed}> Tj ET")
    objects.append(_stream("\n".join(drawing).encode()))
    content = len(objects)
    images = " ".join(f"/I{n} {n} 0 R" for n in names)
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {content} 0 R {page_extra} "
        f"/Resources << /Font << /F1 3 0 R >> /XObject << {images} >> >> >>"
    )
    kids = " ".join(f"{content + 1 + i} 0 R" for i in range(pages))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode()
    objects += [page.encode()] * pages
    return assemble(objects)


def assemble(objects: Sequence[bytes]) -> bytes:
    """The objects, numbered from 1, as a file with its index; the first is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _font() -> bytes:
    differences = "/Differences [33 " + " ".join(f"/{chr(97 + i % 26)}" for i in range(200)) + "]"
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R /Encoding << {differences} >> >>"
    ).encode()


def _to_unicode(codes: dict[str, int]) -> bytes:
    pairs = [f"<{code:02x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _stream(data: bytes, extra: str = "") -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), extra.encode(), packed)


def _image(picture: Picture, mask_number: int) -> list[bytes]:
    image = picture.image.convert("RGB" if picture.coloured else "L")
    kind = f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /BitsPerComponent 8"
    gray = f"{kind} /ColorSpace /DeviceGray"
    own = f"{kind} /ColorSpace /DeviceRGB" if picture.coloured else gray
    if not picture.see_through:
        return [_stream(image.tobytes(), own)]
    alpha = Image.eval(image.convert("L"), lambda value: 255 - value)
    return [_stream(image.tobytes(), f"{own} /SMask {mask_number} 0 R"), _stream(alpha.tobytes(), gray)]


def scan_image(width: int = 620, height: int = 877) -> Image.Image:
    """Something like a scanned page: gray with dark lines of text."""
    image = Image.new("L", (width, height), 245)
    draw = ImageDraw.Draw(image)
    for y in range(height // 10, height - height // 10, height // 30):
        for x in range(width // 8, width - width // 8, 14):
            draw.rectangle((x, y, x + 9, y + height // 90), fill=20)
    return image


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
