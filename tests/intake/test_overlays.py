"""Stamps over the picture of a page: cut out and laid over it, as poppler draws them on the whole page."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import rasterise
from pipeline.intake import open_scan
from pipeline.nouns import Box, EmbeddedPicture, Scan
from tests.intake.files import assemble, scan_image, write
from tests.intake.test_pictures import CONFIG, HEIGHT, WIDTH, found, jpeg, objects, picture, stream

BOX = "/Rect [300 700 500 800] /F 4 /AP << /N 7 0 R >> /P 3 0 R"
SIGNED = f"<< /Subtype /Widget /FT /Sig {BOX} >>"
LOOK = "1 0 0 RG 6 w 10 10 180 80 re S /Half gs 0 0 1 rg 30 30 140 40 re f"


def look(drawing: str = LOOK, extra: str = "") -> bytes:
    resources = "/Resources << /ExtGState << /Half << /ca 0.5 >> >> >>"
    return stream(drawing.encode(), f"/Subtype /Form /BBox [0 0 200 100] {resources} {extra}")


def signed(note: str = SIGNED, *, page: str = "", form: bytes | None = None) -> bytes:
    """A page of one picture, dark in its upper half, with a note."""
    sheet = scan_image(WIDTH, HEIGHT)
    sheet.paste(70, (0, 0, WIDTH, HEIGHT // 10))
    others = (note.encode(), look() if form is None else form)
    return assemble(objects(page=f"/Annots [6 0 R] {page}", image=picture(jpeg(sheet)), others=others))


def opened(folder: Path, data: bytes) -> tuple[Scan, EmbeddedPicture]:
    scan = open_scan(write(folder / "a.pdf", data), CONFIG.intake)
    (embedded,) = scan.page_pictures
    assert embedded is not None
    return scan, embedded


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_a_stamp_lies_over_the_picture_as_poppler_draws_it(tmp_path: Path, turn: int) -> None:
    scan, embedded = opened(tmp_path, signed(page=f"/Rotate {turn}"))
    assert embedded.overlay is not None
    across, down = WIDTH / 595, HEIGHT / 842
    expected = Box(int(300 * across), int(42 * down), int(500 * across) + 1, int(142 * down) + 1)
    assert embedded.overlay.box == expected
    taken, drawn = (rasterise.page(s, 1, CONFIG).image for s in (scan, replace(scan, page_pictures=(), page_gray=())))
    assert taken.ndim == drawn.ndim == 3
    height, width = np.minimum(taken.shape[:2], drawn.shape[:2])
    differ = np.abs(taken[:height, :width].astype(int) - drawn[:height, :width])
    assert differ.mean() < 6
    for channel in (0, 2):  # the frame is red, what shines through it blue
        assert (taken[..., channel].astype(int) - taken[..., 1] > 60).sum() > 200


def test_a_stamp_in_gray_leaves_the_page_gray(tmp_path: Path) -> None:
    scan, _ = opened(tmp_path, signed(form=look("0.2 g 10 10 180 80 re f")))
    page = rasterise.page(scan, 1, CONFIG).image
    assert page.ndim == 2
    assert abs(int(page[round(92 * HEIGHT / 842), round(400 * WIDTH / 595)]) - 51) <= 2


@pytest.mark.parametrize(
    "note",
    [
        SIGNED.replace("/F 4", "/F 2"),
        SIGNED.replace("/F 4", "/F 36"),
        SIGNED.replace("500 800", "300 700"),
        SIGNED.replace("[300 700 500 800]", "[900 900 950 950]"),
    ],
    ids=["hidden", "not for screens", "without size", "off the page"],
)
def test_what_cannot_be_seen_takes_nothing(tmp_path: Path, note: str) -> None:
    _, embedded = opened(tmp_path, signed(note))
    assert embedded.overlay is None


@pytest.mark.parametrize(
    ("note", "page"),
    [
        (SIGNED.replace("/FT /Sig", "/FT /Tx"), ""),
        (SIGNED.replace("/Widget /FT /Sig", "/Highlight"), ""),
        (SIGNED.replace("/AP << /N 7 0 R >>", ""), ""),
        (SIGNED.replace("/N 7 0 R", "/N << /On 7 0 R >>"), ""),
        (SIGNED.replace("/F 4", "/F 4 /OC 3 0 R"), ""),
        (SIGNED.replace("/F 4", "/F (4)"), ""),
        (SIGNED.replace("/F 4", "/F 99999999999999999999"), ""),
        (SIGNED.replace("[300 700 500 800]", "[0 0 595 842]"), ""),
        (SIGNED.replace("/F 4", "/F 20"), "/Rotate 90"),
    ],
)
def test_a_page_with_another_note_is_drawn(tmp_path: Path, note: str, page: str) -> None:
    assert found(tmp_path, signed(note, page=page)) is None


def test_a_signature_may_be_named_by_its_field(tmp_path: Path) -> None:
    note = SIGNED.replace("/FT /Sig", "/Parent << /FT /Sig >>")
    _, embedded = opened(tmp_path, signed(note))
    assert embedded.overlay is not None


def test_only_the_look_of_a_stamp_is_cut_out(tmp_path: Path) -> None:
    data = signed(SIGNED.replace("/P 3 0 R", "/P 3 0 R /V 5 0 R"))
    _, embedded = opened(tmp_path, data)
    assert embedded.overlay is not None
    with pikepdf.open(io.BytesIO(embedded.overlay.pdf)) as pdf:
        assert len(pdf.pages) == 2
        assert len(embedded.overlay.pdf) < 4000


def test_a_stamp_of_many_bytes_is_left_to_poppler(tmp_path: Path) -> None:
    assert found(tmp_path, signed(form=look(LOOK + "\n" * 1_100_000))) is None


def test_the_page_is_drawn_whole_where_its_stamp_cannot_be(tmp_path: Path) -> None:
    scan, embedded = opened(tmp_path, signed())
    assert embedded.overlay is not None
    broken = replace(embedded, overlay=replace(embedded.overlay, pdf=b"no PDF"))
    whole = rasterise.page(replace(scan, page_pictures=()), 1, CONFIG)
    assert np.array_equal(rasterise.page(replace(scan, page_pictures=(broken,)), 1, CONFIG).image, whole.image)


@given(st.data())
def test_no_stamp_is_broken_enough_to_raise(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    body = bytearray(signed())
    start = body.index(b"/Subtype /Widget")
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(start, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
    embedded = found(tmp_path_factory.getbasetemp(), bytes(body))
    assert embedded is None or embedded.coding == "jpeg"
