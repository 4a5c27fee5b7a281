"""The scanner simulator: markup says what it means, typesetting keeps every word, scans are made again bit for bit."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pil

from pipeline.nouns import Box
from scripts.make_scans import degrade
from scripts.make_scans.figures import Figure, parse_figure, parse_period
from scripts.make_scans.gold import NUMBER, gold_of, page_text
from scripts.make_scans.markup import MarkupError, parse_inline
from scripts.make_scans.numerals import cell_number, format_number, parse_number
from scripts.make_scans.profiles import PROFILES
from scripts.make_scans.scan import make_digital, make_scan
from scripts.make_scans.source import LetterSource, read_source
from scripts.make_scans.tables import parse_table
from scripts.make_scans.typeset import typeset

_LETTER = """+++
number = "07/KH-UBND"
date = 2021-02-03
place = "Hoà Bình"
issuer = "Ủy ban nhân dân xã Mường Lầm"
doc_type = "Kế hoạch"
subject = "Trồng cây đầu năm"
closing = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
signer = "Bùi Văn Thử"
copies = ["Như trên", "Lưu: VT"]
period = "năm 2021"
urgency = "KHẨN"
footer = "Xóm Đập, xã Mường Lầm"
+++
# I. MỤC TIÊU
Trồng {{ít nhất 1,5 triệu cây|target|trồng cây}}; đã trồng {{70/80 ha|both|trồng rừng}}.
Xem {{Công văn số 12/UBND ngày 05/01/2021 của UBND huyện Mai Sơn|cite}}.
:::table widths=1,3,2 bold=-1
title: Kết quả
means: - | responsible | result; trồng cây; nghìn cây
TT | Xóm | Số cây
===
1 | Xóm Đồi | 1,5
Cộng | < | 1,5
:::
"""


@pytest.fixture
def source(tmp_path: Path) -> LetterSource:
    path = tmp_path / "xa_muonglam_2021_kh.md"
    path.write_text(_LETTER, encoding="utf-8")
    return read_source(path)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("210 đoàn viên", Figure("=", 210, "đoàn viên")),
        ("ít nhất 75%", Figure(">=", 75, "%")),
        ("gần 0,5 tỷ đồng", Figure("~", 500_000_000, "đồng")),
        ("6 - 6,5%", Figure("=", 6, "%", value_max=6.5)),
        ("từ 10-15%", Figure("=", 10, "%", value_max=15)),
        ("1.482/1.350 sáng kiến", Figure("=", 1482, "sáng kiến", goal=1350)),
        ("30 lượt trở lên", Figure(">=", 30, "lượt")),
        ("không quá 04 giờ", Figure("<=", 4, "giờ")),
        ("đạt 1.245,75 ha", Figure("=", 1245.75, "ha")),
        ("58,4 tạ/ha", Figure("=", 58.4, "tạ/ha")),
    ],
)
def test_a_figure_means_what_it_says(text: str, figure: Figure) -> None:
    assert parse_figure(text) == figure


@pytest.mark.parametrize("text", ["nhiều đoàn viên", "", "1.23 đồng"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(MarkupError):
        parse_figure(text)


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_numerals_are_read_back(number: int) -> None:
    assert parse_number(format_number(number)) == number


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("năm 2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        ("quý II/2023", dt.date(2023, 4, 1), dt.date(2023, 6, 30)),
        ("giai đoạn 2021-2025", dt.date(2021, 1, 1), dt.date(2025, 12, 31)),
        ("đến năm 2025", None, dt.date(2025, 12, 31)),
        ("trước ngày 15/3/2023", None, dt.date(2023, 3, 15)),
        ("hằng năm", None, None),
    ],
)
def test_a_period_has_its_days(text: str, start: dt.date | None, end: dt.date) -> None:
    assert parse_period(text) == (start, end)


def test_a_period_of_no_known_form_is_refused() -> None:
    with pytest.raises(MarkupError, match="mùa thu"):
        parse_period("mùa thu")


def test_marks_and_bold_are_taken_out_of_the_text() -> None:
    inline = parse_inline("**Điều 1.** Đạt {{trên 75%|target|cá nhân}}, vậy; hết.")
    assert inline.text == "Điều 1. Đạt trên 75%, vậy; hết."
    assert [t.text for t in inline.tokens if t.bold] == ["Điều", "1."]
    assert [t.text for t in inline.tokens if t.marks] == ["trên", "75%,"]
    assert inline.marks[0].sentence == "Đạt trên 75%, vậy"


@pytest.mark.parametrize("text", ["{{5 cây}}", "{{5 cây|goal|trồng cây}}", "{{5 cây|target|trồng cây|colour=red}}"])
def test_a_span_that_does_not_say_what_it_means_is_refused(text: str) -> None:
    with pytest.raises(MarkupError):
        parse_inline(text)


def test_merged_cells_cover_their_places() -> None:
    table = parse_table(" widths=1,1,1", ["TT | Số | <", "^ | a | b", "===", "1 | 2 | 3"], {}, "")
    assert table.columns == ("TT", "Số › a", "Số › b")
    assert table.cell(1, 0).text == "TT"


@pytest.mark.parametrize(
    ("text", "value"), [("98,5%", 98.5), ("2.350", 2350), ("Tổng", None), ("6-7", None), ("", None)]
)
def test_a_cell_holds_a_number_or_none(text: str, value: float | None) -> None:
    assert cell_number(text) == value


def test_every_word_of_the_source_is_set_once(source: LetterSource) -> None:
    text = " ".join(page_text(sheet) for sheet in typeset(source))
    assert "Trồng ít nhất 1,5 triệu cây; đã trồng 70/80 ha." in " ".join(text.split())
    assert text.count("Xóm Đồi") == 1
    assert "KHẨN" not in text, "a stamp is no text of the letter"
    assert text.endswith("Xóm Đập, xã Mường Lầm"), "the foot of the page comes last, though it is set first"


def test_gold_follows_from_the_source(source: LetterSource) -> None:
    gold = gold_of(source, typeset(source))
    assert gold["number"] == "07/KH-UBND"
    assert gold["place"] == "Hòa Bình"
    assert gold["signed_for"] == "TM. ỦY BAN NHÂN DÂN"
    assert gold["signer_title"] == "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
    rows = [(t["source"], t["kind"], t["comparator"], t["value"], t["unit"], t["responsible"]) for t in gold["targets"]]
    assert rows == [
        ("text", "target", ">=", 1_500_000, "cây", None),
        ("text", "result", "=", 70, "ha", None),
        ("text", "target", "=", 80, "ha", None),
        ("table", "result", "=", 1500, "cây", "Xóm Đồi"),
        ("table", "result", "=", 1500, "cây", "Cộng"),
    ]
    assert gold["targets"][0]["period_end"] == "2021-12-31"
    assert gold["citations"][0] == {
        "number": "12/UBND",
        "doc_type": "Công văn",
        "issuer": "UBND huyện Mai Sơn",
        "issued_on": "2021-01-05",
        "page_no": 1,
        "quote": "Công văn số 12/UBND ngày 05/01/2021 của UBND huyện Mai Sơn",
    }
    assert gold["tables"][0]["cells"][2] == ["Cộng", "", "1,5"]


@pytest.mark.parametrize(
    ("cited", "number"),
    [
        ("Luật Hợp tác xã ngày 20/11/2012", None),
        ("Quyết định số 12-QĐ/HU ngày 5/3/2020", "12-QĐ/HU"),
        ("Nghị định số 30/2020/NĐ-CP", "30/2020/NĐ-CP"),
    ],
)
def test_a_date_is_no_number(cited: str, number: str | None) -> None:
    found = NUMBER.search(cited)
    assert (found and found.group()) == number


def test_an_unknown_key_in_the_head_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(_LETTER.replace("signer =", "signatory ="), encoding="utf-8")
    with pytest.raises(MarkupError, match=r"a\.md.*signatory"):
        read_source(path)


@pytest.mark.parametrize("quality", ["archive", "fax", "stamped"])
def test_a_scan_is_made_again_bit_for_bit(source: LetterSource, tmp_path: Path, quality: str) -> None:
    def made(folder: Path) -> dict[str, bytes]:
        folder.mkdir()
        make_scan(source, PROFILES[quality], folder)
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    first = made(tmp_path / "a")
    assert len(first) == 3
    assert first == made(tmp_path / "b")


def test_a_digital_letter_is_made_again_bit_for_bit(source: LetterSource, tmp_path: Path) -> None:
    assert make_digital(source, tmp_path).read_bytes() == make_digital(source, tmp_path).read_bytes()


def test_words_lie_on_their_ink(source: LetterSource, tmp_path: Path) -> None:
    (scan,) = make_scan(source, PROFILES["lossless"], tmp_path)
    page = json.loads(gzip.decompress((tmp_path / f"{source.name}.words.json.gz").read_bytes()))[0]
    image = np.asarray(Pil.open(scan))
    assert image.shape == (page["height"], page["width"])
    for text, x0, y0, x1, y1, *_ in page["words"]:
        ink = image[y0:y1, x0:x1] < 128
        assert ink.any(), f"no ink under {text}"
    x0, y0 = (min(word[i] for word in page["words"]) for i in (1, 2))
    assert not (image[: y0 - 3, : x0 - 3] < 128).any()


def test_a_number_by_hand_is_told_in_the_gold(source: LetterSource, tmp_path: Path) -> None:
    make_scan(source, PROFILES["handwritten"], tmp_path)
    gold = json.loads((tmp_path / f"{source.name}.json").read_text(encoding="utf-8"))
    assert gold["handwritten_number"] is True
    assert "Số: 07 /KH-UBND" in gold["text"][0]


@pytest.mark.parametrize("quality", sorted(PROFILES))
@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 2, 3), (40, 25, 3)])
def test_no_step_fails_on_a_tiny_page(quality: str, shape: tuple[int, int, int]) -> None:
    rng = np.random.default_rng(5)
    frame = degrade.frame_of(np.full(shape, 200, np.uint8), 300)
    for step in PROFILES[quality].steps:
        frame = step(frame, rng)
    assert frame.image.dtype == np.uint8
    assert min(frame.size) >= 1


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_boxes_follow_a_turned_page(quarter: int) -> None:
    image = np.full((30, 20, 3), 255, np.uint8)
    image[4:6, 10:15] = 0
    frame = degrade.turned((quarter,))(degrade.frame_of(image, 300), np.random.default_rng(0))
    box = degrade.moved_box(frame, Box(10, 4, 15, 6))
    assert (frame.image[box.y0 : box.y1, box.x0 : box.x1] == 0).all()
    assert box.area == 10
    assert np.array_equal(np.rot90(frame.image, -(frame.rotation // 90)), image)


def test_a_fax_is_black_and_white() -> None:
    frame = degrade.frame_of(np.arange(300, dtype=np.uint8).reshape(10, 10, 3), 300)
    assert set(np.unique(degrade.bilevel(128)(frame, np.random.default_rng(0)).image)) <= {0, 255}
