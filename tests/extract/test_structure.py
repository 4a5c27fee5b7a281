from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.passages.clauses import clauses
from pipeline.extract.passages.context import placed
from pipeline.extract.passages.markers import marker_of
from pipeline.extract.passages.running import paragraphs
from tests.extract.prose import letter_of


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Phần thứ nhất. KẾT QUẢ", 0),
        ("Chương II", 1),
        ("Mục 1", 2),
        ("Điều 3. Kinh phí", 3),
        ("IV. TỔ CHỨC", 4),
        ("II. ĐẶC ĐIỂM TÌNH HÌNH", 4),
        ("III. Ưu điểm", 4),
        ("2. Về y tế", 5),
        ("2.1. Khám bệnh", 6),
        ("2.1.3. Tuyến xã", 7),
        ("a) Khám", 8),
        ("- Khám", 9),
        ("+ Khám", 10),
    ],
)
def test_marks(text: str, level: int) -> None:
    marker = marker_of(text)
    assert marker is not None
    assert marker.level == level


@pytest.mark.parametrize("text", ["1.535 người", "12/3 xã", "V/v mở lớp", "15% số hộ", "Vận động", ""])
def test_what_is_no_mark(text: str) -> None:
    assert marker_of(text) is None


def test_sections_leads_and_items() -> None:
    letter = letter_of(
        "I. MỤC TIÊU",
        "1. Phấn đấu đến năm 2025:",
        "- 90% hộ dân có nước sạch;",
        "- 80% hộ có điện.",
        "2. Giáo dục",
        "Xây dựng 03 trường.",
        "II. TỔ CHỨC",
        "Các đơn vị thực hiện.",
    )
    above = {p.paragraph.text: [h.text for h in p.above] for p in placed(paragraphs(letter))}
    assert above["- 80% hộ có điện."] == ["I. MỤC TIÊU", "1. Phấn đấu đến năm 2025:"]
    assert above["Xây dựng 03 trường."] == ["I. MỤC TIÊU", "2. Giáo dục"]
    assert above["Các đơn vị thực hiện."] == ["II. TỔ CHỨC"]


def test_the_title_of_the_letter_is_no_section() -> None:
    letter = letter_of("KẾ HOẠCH", "Các đơn vị thực hiện.")
    assert [p.section for p in placed(paragraphs(letter))] == [None, None]


def test_a_heading_may_run_into_its_paragraph() -> None:
    letter = letter_of("2. Sở Y tế: Kiểm tra 40 cơ sở.")
    (place,) = placed(paragraphs(letter))
    assert place.section == "2. Sở Y tế"


def test_clauses_end_at_stops_and_semicolons() -> None:
    text = "Kết nạp 1.250 hội viên; mở 05 lớp. TP. Vinh có 3,5 ha. Hết."
    assert [c.text(text) for c in clauses(text)] == ["Kết nạp 1.250 hội viên", "mở 05 lớp", "TP. Vinh có 3,5 ha", "Hết"]


@given(st.text(alphabet="Aab1.;, ”", max_size=60))
def test_clauses_lie_in_order_inside_the_text(text: str) -> None:
    found = clauses(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(c.text(text) for c in found)
