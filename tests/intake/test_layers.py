"""Which text layers are trusted, and where their words stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from pipeline.config import IntakeConfig
from pipeline.intake import open_scan
from pipeline.nouns import PageText
from tests.intake.files import LETTER, Picture, pdf, scan_image, write

CONFIG = IntakeConfig()


def layers(tmp_path: Path, data: bytes) -> tuple[PageText | None, ...]:
    return open_scan(write(tmp_path / "a.pdf", data), CONFIG).text_layers


def strokes(width: int, height: int) -> Image.Image:
    """Handwriting: thin dark strokes on white."""
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for x in range(4, width - 12, 14):
        draw.ellipse((x, 4, x + 10, height - 4), outline=10, width=2)
    return image


def test_typed_vietnamese_is_used_as_it_is(tmp_path: Path) -> None:
    (page,) = layers(tmp_path, pdf(LETTER))
    assert page is not None
    assert [line.text for line in page.lines] == list(LETTER)
    assert (page.number, page.dpi, page.width, page.height) == (1, 300, 2479, 3508)
    assert page.steps == ("text layer",)


def test_words_stand_where_their_ink_is(tmp_path: Path) -> None:
    (page,) = layers(tmp_path, pdf(LETTER))
    assert page is not None
    first = page.lines[0].words[0].box
    assert first.x0 == pytest.approx(60 / 72 * 300, abs=2)
    assert first.y0 < 60 / 72 * 300 < first.y1 + 10


def test_words_far_apart_on_one_line_are_of_two_columns(tmp_path: Path) -> None:
    (page,) = layers(tmp_path, pdf([*LETTER, "bên trái" + " " * 20 + "bên phải"]))
    assert page is not None
    assert [line.text for line in page.lines[-2:]] == ["bên trái", "bên phải"]


def test_each_page_is_judged_on_its_own(tmp_path: Path) -> None:
    one, two = layers(tmp_path, pdf(LETTER, pages=2))
    assert one is not None
    assert two is not None
    assert two.number == 2


@pytest.mark.parametrize(
    ("reason", "data"),
    [
        ("words of a signature on a scan", pdf(LETTER, pictures=[Picture(scan_image(), 0, 0, 595, 842)])),
        ("hardly any words", pdf(LETTER[:1])),
        ("no marks: an old OCR", pdf(["UY BAN NHAN DAN TINH SONG NGOC KE HOACH PHAT TRIEN"] * 5)),
        ("no syllables: a ruined OCR", pdf(["UV naN NUAN oAN cQNG HoA xA ngr QUYETEINH tbuqc dja"] * 5)),
        ("the number is a picture", pdf(LETTER, pictures=[Picture(strokes(60, 24), 300, 740, 40, 16)])),
        ("turned by a quarter", pdf(LETTER, page_extra="/Rotate 90")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_layer_that_does_not_tell_the_ink_is_not_used(tmp_path: Path, reason: str, data: bytes) -> None:
    assert layers(tmp_path, data) == (), reason


def test_a_seal_below_the_text_does_not_spoil_the_layer(tmp_path: Path) -> None:
    seal = Picture(strokes(80, 80), 380, 300, 80, 80)
    assert layers(tmp_path, pdf(LETTER * 3, pictures=[seal]))[0] is not None


def test_an_overlay_that_lets_the_page_through_makes_no_scan(tmp_path: Path) -> None:
    clear = Picture(Image.new("L", (200, 280), 255), 0, 0, 595, 842, see_through=True)
    assert layers(tmp_path, pdf(LETTER, pictures=[clear]))[0] is not None


def test_rules_and_frames_are_no_unread_ink(tmp_path: Path) -> None:
    rule = Picture(Image.new("L", (8, 8), 0), 60, 700, 200, 1)
    assert layers(tmp_path, pdf(LETTER, pictures=[rule]))[0] is not None


def test_a_layer_in_an_old_font_becomes_unicode(tmp_path: Path) -> None:
    old = "tØnh ®· ban hµnh kÕ ho¹ch ph¸t triÓn kinh tÕ, x· héi cña ®Þa ph\u00ad¬ng"  # noqa: RUF001
    (page,) = layers(tmp_path, pdf([old] * 4))
    assert page is not None
    assert "kế hoạch phát triển kinh tế, xã hội của địa phương" in page.text
    assert page.steps == ("text layer", "tcvn3")
    assert page.words[3].raw == "hµnh"
