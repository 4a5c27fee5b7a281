"""Pages that are one picture: it is taken out of the file, and never when anything else can be seen on the page."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf.settings import get_qpdf_limits
from PIL import Image

from pipeline import rasterise
from pipeline.config import Config
from pipeline.intake import open_scan
from pipeline.intake.pictures import embedded_pictures
from pipeline.nouns import EmbeddedPicture
from tests.intake.files import assemble, scan_image, write

CONFIG = Config()
WIDTH, HEIGHT = 496, 702
DRAWN = "q 595 0 0 842 0 0 cm /I Do Q"
MANY = 1_000_000


def jpeg(image: Image.Image | None = None) -> bytes:
    out = io.BytesIO()
    (image or scan_image(WIDTH, HEIGHT)).save(out, "JPEG", quality=80)
    return out.getvalue()


def stream(body: bytes, head: str) -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), head.encode(), body)


def picture(body: bytes, extra: str = "", colours: str = "/DeviceGray") -> bytes:
    head = f"/Subtype /Image /Width {WIDTH} /Height {HEIGHT} /BitsPerComponent 8 /ColorSpace {colours}"
    return stream(body, f"{head} /Filter /DCTDecode {extra}")


def objects(
    drawing: str = DRAWN, *, page: str = "", image: bytes | None = None, others: tuple[bytes, ...] = ()
) -> list[bytes]:
    """Catalogue, tree, page, drawing and picture, numbered from 1; then the others."""
    inside = f"/Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R {page}"
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        f"<< /Type /Page /Parent 2 0 R {inside} >>".encode(),
        stream(drawing.encode(), ""),
        picture(jpeg()) if image is None else image,
        *others,
    ]


def found(folder: Path, data: bytes) -> EmbeddedPicture | None:
    pictures = embedded_pictures(write(folder / "a.pdf", data), 1, MANY)
    return pictures[0] if pictures else None


@pytest.mark.parametrize(
    "drawing",
    [
        DRAWN,
        "595 0 0 842 0 0 cm\r1 g /I Do",
        "% a scanner's name\nq .24 0 0 .24 0 0 cm q 2479.1667 0 0 3508.333 0 0 cm/I Do Q Q",
        DRAWN + " BT 3 Tr /F1 12 Tf 60 700 Td (unseen \\( words\\)) Tj [(and) -20 <41>] TJ ET",
        "/P <</MCID 0>> BDC q 594.5 0 0 841.2 0.3 0.4 cm /I Do Q EMC",
    ],
)
def test_the_one_picture_of_a_page_is_found(tmp_path: Path, drawing: str) -> None:
    data = assemble(objects(drawing))
    embedded = found(tmp_path, data)
    assert embedded is not None
    assert data[embedded.offset : embedded.offset + embedded.length] == jpeg()
    assert (embedded.coding, embedded.width, embedded.height, embedded.turn) == ("jpeg", WIDTH, HEIGHT, 0)
    assert embedded.dpi == pytest.approx(60, abs=0.2)


def test_an_empty_list_of_notes_shows_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, assemble(objects(page="/Annots []"))) is not None


def test_resources_may_be_the_tree_s(tmp_path: Path) -> None:
    bodies = objects(page="/Rotate 180")
    bodies[2] = bodies[2].replace(b"/Resources << /XObject << /I 5 0 R >> >>", b"").replace(b"/Rotate 180", b"")
    bodies[1] = bodies[1].replace(b"/Count", b"/Rotate 180 /Resources << /XObject << /I 5 0 R >> >> /Count")
    embedded = found(tmp_path, assemble(bodies))
    assert embedded is not None
    assert embedded.turn == 180


def test_the_drawing_may_be_in_parts(tmp_path: Path) -> None:
    bodies = objects("q 595 0 0 842 0 0 cm", others=(stream(zlib.compress(b"/I Do Q"), "/Filter [/FlateDecode]"),))
    bodies[2] = bodies[2].replace(b"/Contents 4 0 R", b"/Contents [4 0 R 6 0 R]")
    assert found(tmp_path, assemble(bodies)) is not None


@pytest.mark.parametrize(
    ("drawing", "page"),
    [
        (DRAWN + " BT /F1 12 Tf 60 700 Td (seen) Tj ET", ""),
        (DRAWN + " BT 3 Tr ET q 0 Tr BT (seen) Tj ET Q", ""),
        (DRAWN + " 0 0 100 100 re f", ""),
        (DRAWN + " q 100 0 0 100 0 0 cm /I Do Q", ""),
        ("q 0 0 300 300 re W n 595 0 0 842 0 0 cm /I Do Q", ""),
        ("q 300 0 0 421 0 0 cm /I Do Q", ""),
        ("q 595 0 0 -842 0 842 cm /I Do Q", ""),
        ("q 595 10 -10 842 0 0 cm /I Do Q", ""),
        ("/OC /layer BDC " + DRAWN + " EMC", ""),
        ("/G0 gs " + DRAWN, ""),
        ("Q " + DRAWN, ""),
        (DRAWN, "/Annots [6 0 R]"),
        (DRAWN, "/CropBox [0 421 595 842]"),
        (DRAWN, "/UserUnit 2"),
        (DRAWN, "/Rotate 45"),
        ("", ""),
    ],
)
def test_a_page_that_shows_anything_else_is_drawn(tmp_path: Path, drawing: str, page: str) -> None:
    stamp = b"<< /Subtype /Widget /Rect [10 10 90 90] >>"
    assert found(tmp_path, assemble(objects(drawing, page=page, others=(stamp,)))) is None


@pytest.mark.parametrize(
    "image",
    [
        picture(jpeg(), "/SMask 5 0 R"),
        picture(jpeg(), "/Decode [1 0]"),
        picture(jpeg(), colours="/DeviceCMYK"),
        picture(jpeg(), colours="[/Indexed /DeviceRGB 1 <000000ffffff>]"),
        picture(jpeg()).replace(b"/DCTDecode", b"/JPXDecode"),
        picture(jpeg()).replace(b"/Subtype /Image", b"/Subtype /Form"),
        picture(jpeg()).replace(b"/Height 702", b"/Height 351"),
    ],
)
def test_a_picture_that_is_not_shown_as_it_is_stays(tmp_path: Path, image: bytes) -> None:
    assert found(tmp_path, assemble(objects(image=image))) is None


def test_the_latest_change_of_a_file_counts(tmp_path: Path) -> None:
    """A signed page is the old file with a new page object behind it."""
    old = assemble(objects())
    signed = objects(page="/Annots [6 0 R]")[2]
    update = len(old)
    added = b"3 0 obj\n%s\nendobj\n" % signed
    index = b"xref\n3 1\n%010d 00000 n \ntrailer << /Size 7 /Root 1 0 R /Prev %d >>\n" % (
        update,
        old.rindex(b"xref\n0"),
    )
    assert found(tmp_path, old) is not None
    data = old + added + index + b"startxref\n%d\n%%%%EOF\n" % (update + len(added))
    assert found(tmp_path, data.replace(b"[6 0 R]", b"[4 0 R]")) is None


def packed(bodies: list[bytes]) -> bytes:
    """A file as newer programs write it: plain objects in a stream, and the index in another, its rows by PNG's Up."""
    plain = [n for n, body in enumerate(bodies, start=1) if b"stream\n" not in body]
    out, rows = bytearray(b"%PDF-1.7\n"), {}
    for number in set(range(1, len(bodies) + 1)) - set(plain):
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, bodies[number - 1])
    holder, index = len(bodies) + 1, len(bodies) + 2
    starts = [sum(len(bodies[n - 1]) + 1 for n in plain[:i]) for i in range(len(plain))]
    pairs = b" ".join(b"%d %d" % pair for pair in zip(plain, starts, strict=True)) + b" "
    body = pairs + b"\n".join(bodies[n - 1] for n in plain)
    rows |= {n: (2, holder, i) for i, n in enumerate(plain)} | {
        holder: (1, len(out), 0),
        index: (1, 0, 0),
        0: (0, 0, 0),
    }
    head = f"/Type /ObjStm /N {len(plain)} /First {len(pairs)} /Filter /FlateDecode"
    out += b"%d 0 obj\n%s\nendobj\n" % (holder, stream(zlib.compress(body), head))
    rows[index], start = (1, len(out), 0), len(out)
    above, table = bytes(7), b""
    for number in range(index + 1):
        kind, where, at = rows[number]
        row = bytes([kind]) + where.to_bytes(4) + at.to_bytes(2)
        table += b"\x02" + bytes((a - b) & 255 for a, b in zip(row, above, strict=True))
        above = row
    predictor = "/DecodeParms << /Predictor 12 /Columns 7 >> /Filter /FlateDecode"
    head = f"/Type /XRef /W [1 4 2] /Size {index + 1} /Root 1 0 R {predictor}"
    out += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (index, stream(zlib.compress(table), head), start)
    return bytes(out)


def test_a_file_whose_index_is_a_stream(tmp_path: Path) -> None:
    data = packed(objects())
    embedded = found(tmp_path, data)
    assert embedded is not None
    assert data[embedded.offset : embedded.offset + embedded.length] == jpeg()


@pytest.mark.parametrize("junk", [b"\n", b"sent by a scanner\n"])
def test_a_file_may_begin_behind_its_first_byte(tmp_path: Path, junk: bytes) -> None:
    data = junk + assemble(objects())
    embedded = found(tmp_path, data)
    assert embedded is not None
    assert data[embedded.offset : embedded.offset + embedded.length] == jpeg()


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        (b"stream\n\xff\xd8", b"stream\r\xff\xd8"),  # as HP's scanners write
        (b"/Root 1 0 R", b"/Info 1 0 R /Info 1 0 R /Root 1 0 R"),
    ],
)
def test_harmless_oddities_are_known(tmp_path: Path, usual: bytes, odd: bytes) -> None:
    assert found(tmp_path, assemble(objects()).replace(usual, odd)) is not None


@pytest.mark.parametrize(
    ("drawing", "extra"),
    [
        (DRAWN + " )", ""),
        (DRAWN + " [(unfinished", ""),
        (DRAWN + " 99999999999999999999 w", ""),
        ("595 0 /X 842 0 0 cm /I Do", ""),
        ("Tr " + DRAWN, ""),
        (DRAWN + " BDC", ""),
        (DRAWN.replace("/I", "/#ff"), ""),
        ("x", "/Filter /FlateDecode"),
        (DRAWN, "/Filter /LZWDecode"),
        (DRAWN, "/Filter 7"),
    ],
)
def test_a_broken_drawing_is_left_to_poppler(tmp_path: Path, drawing: str, extra: str) -> None:
    bodies = objects()
    bodies[3] = stream(drawing.encode(), extra)
    assert found(tmp_path, assemble(bodies)) is None


def long_drawing() -> list[bytes]:
    return objects(DRAWN + "\nq Q" * 100_000)


def much_unpacked() -> list[bytes]:
    bodies = objects()
    bodies[3] = stream(zlib.compress(DRAWN.encode() + b"\n" * 10_000_000), "/Filter /FlateDecode")
    return bodies


def unpacked_in_parts() -> list[bytes]:
    part = stream(zlib.compress(DRAWN.encode() + b"\n" * 150_000), "/Filter /FlateDecode")
    bodies = objects(others=(stream(zlib.compress(b"\n" * 150_000), "/Filter /FlateDecode"),))
    return [*bodies[:2], bodies[2].replace(b"4 0 R", b"[4 0 R 6 0 R]"), part, *bodies[4:]]


def many_parts() -> list[bytes]:
    bodies = objects(others=(stream(b" ", ""),))
    return [*bodies[:2], bodies[2].replace(b"4 0 R", b"[4 0 R " + b"6 0 R " * 1000 + b"]"), *bodies[3:]]


def deep() -> list[bytes]:
    return objects(page="/Deep " + "[" * 1000 + "]" * 1000)


@pytest.mark.parametrize(
    "make", [long_drawing, much_unpacked, unpacked_in_parts, many_parts, deep], ids=lambda f: f.__name__
)
def test_what_is_unpacked_and_followed_has_limits(tmp_path: Path, make: Callable[[], list[bytes]]) -> None:
    assert found(tmp_path, assemble(make())) is None


def test_limits_of_the_library_are_set_back(tmp_path: Path) -> None:
    before = get_qpdf_limits()
    found(tmp_path, assemble(objects()))
    found(tmp_path, b"no PDF")
    assert get_qpdf_limits() == before


def locked(data: bytes) -> bytes:
    """Opened without a password; printing is not allowed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="secret", allow=pikepdf.Permissions(print_lowres=False)))
    return out.getvalue()


def without_index(data: bytes) -> bytes:
    return data.replace(b"startxref\n", b"startxref\n9")


def endless(data: bytes) -> bytes:
    return data.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def lying(data: bytes) -> bytes:
    return data.replace(b"/Length ", b"/Length 9")


@pytest.mark.parametrize("broken", [locked, without_index, endless, lying], ids=lambda f: f.__name__)
def test_a_file_out_of_order_is_left_to_poppler(tmp_path: Path, broken: Callable[[bytes], bytes]) -> None:
    assert found(tmp_path, broken(assemble(objects()))) is None


@given(st.data())
def test_no_file_is_broken_enough_to_raise(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from([assemble(objects()), packed(objects())])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    embedded = found(tmp_path_factory.getbasetemp(), bytes(body))
    assert embedded is None or embedded.coding in {"jpeg", "fax"}


def test_a_picture_too_large_is_left_to_poppler(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", assemble(objects()))
    assert embedded_pictures(path, 1, WIDTH * HEIGHT - 1) == ()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_picture_is_what_poppler_draws(tmp_path: Path, turn: int) -> None:
    sheet = scan_image(WIDTH, HEIGHT)
    sheet.paste(0, (40, 30, 200, 60))
    page = f"/Rotate {turn}"
    scan = open_scan(write(tmp_path / "a.pdf", assemble(objects(page=page, image=picture(jpeg(sheet))))), CONFIG.intake)
    assert scan.page_pictures
    taken, drawn = (rasterise.page(s, 1, CONFIG) for s in (scan, replace(scan, page_pictures=())))
    assert taken.dpi == drawn.dpi
    assert taken.image.shape == pytest.approx(drawn.image.shape, abs=1)
    height, width = np.minimum(taken.image.shape, drawn.image.shape)
    differ = np.abs(taken.image[:height, :width].astype(int) - drawn.image[:height, :width])
    assert differ.mean() < 6


def test_a_fine_picture_is_reduced(tmp_path: Path) -> None:
    data = assemble(objects("q 47.6 0 0 67.4 0 0 cm /I Do Q", page="/MediaBox [0 0 47.6 67.4]"))
    (embedded,) = embedded_pictures(write(tmp_path / "a.pdf", data), 1, MANY)
    assert embedded is not None
    assert embedded.dpi == pytest.approx(750, abs=1)
    page = rasterise.page(open_scan(tmp_path / "a.pdf", CONFIG.intake), 1, CONFIG)
    assert page.image.shape == pytest.approx((281, 198), abs=1)


def test_the_bits_of_a_fax(tmp_path: Path) -> None:
    sheet = scan_image(WIDTH, HEIGHT).point(lambda value: 255 * (value > 128)).convert("1")
    out = io.BytesIO()
    turned = sheet.point(lambda value: 255 - value)  # Pillow codes black as white
    turned.save(out, "TIFF", compression="group4", tiffinfo={278: HEIGHT})
    with Image.open(out) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    bits = out.getvalue()[start : start + length]
    head = f"/Subtype /Image /Width {WIDTH} /Height {HEIGHT} /BitsPerComponent 1 /ColorSpace /DeviceGray"
    image = stream(bits, f"{head} /Filter [/CCITTFaxDecode] /DecodeParms [<< /K -1 /Columns {WIDTH} >>]")
    scan = open_scan(write(tmp_path / "a.pdf", assemble(objects(image=image))), CONFIG.intake)
    (embedded,) = scan.page_pictures
    assert embedded is not None
    assert embedded.coding == "fax"
    assert np.array_equal(rasterise.page(scan, 1, CONFIG).image, np.asarray(sheet.convert("L")))


def test_a_broken_picture_is_drawn_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = jpeg()
    cut = whole[: len(whole) // 2] + b"\xff\xd9"
    scan = open_scan(write(tmp_path / "a.pdf", assemble(objects(image=picture(cut)))), CONFIG.intake)
    assert scan.page_pictures
    assert rasterise.page(scan, 1, CONFIG).image.shape == pytest.approx((HEIGHT, WIDTH), abs=1)
