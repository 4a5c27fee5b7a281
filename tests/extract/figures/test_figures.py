from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.figures.figures import Figure, find_figures
from scripts.make_scans.numerals import format_number


def told(figure: Figure) -> tuple[object, ...]:
    return figure.comparator, figure.value, figure.value_max, figure.goal, figure.unit.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phát triển mới 180 hội viên.", ("=", 180, None, None, "hội viên")),
        ("kết nạp ít nhất 05 đảng viên", (">=", 5, None, None, "đảng viên")),
        ("đạt trên 92,5% kế hoạch", (">", 92.5, None, None, "%")),
        ("tỷ lệ dưới 2%", ("<", 2, None, None, "%")),
        ("không quá 03 ngày", ("<=", 3, None, None, "ngày")),
        ("tối đa 12 học sinh", ("<=", 12, None, None, "học sinh")),
        ("gần 0,5 tỷ đồng", ("~", 5e8, None, None, "đồng")),
        ("ước đạt 2.764 tỷ đồng", ("~", 2.764e12, None, None, "đồng")),
        ("70% trở lên", (">=", 70, None, None, "%")),
        ("từ 75% trường tiểu học trở lên", (">=", 75, None, None, "%")),
        ("tiết kiệm từ 10-15% chi thường xuyên", ("=", 10, 15, None, "%")),
        ("tăng 6 - 6,5%", ("=", 6, 6.5, None, "%")),
        ("giúp đỡ 01 - 02 hộ nghèo", ("=", 1, 2, None, "hộ")),
        ("hỗ trợ 3-4 triệu đồng", ("=", 3e6, 4e6, None, "đồng")),
        ("từ 5 tỷ đến 7 tỷ đồng", ("=", 5e9, 7e9, None, "đồng")),
        ("6 tỷ 500 triệu đồng", ("=", 6.5e9, None, None, "đồng")),
        ("quyên góp gần 6 tỷ", ("~", 6e9, None, None, "đồng")),
        ("525 nghìn lượt khách", ("=", 525_000, None, None, "lượt")),
        ("hơn 1,2 triệu con", (">", 1.2e6, None, None, "con")),
        ("1.482/1.350 sáng kiến", ("=", 1482, None, 1350, "sáng kiến")),
        ("64,2/120 tỷ đồng", ("=", 64.2e9, None, 120e9, "đồng")),
        ("11/11 công đoàn", ("=", 11, None, 11, "công đoàn")),
        ("trị giá 1.535.400.000đ", ("=", 1_535_400_000, None, None, "đồng")),
        ("7.200.000đ/người/tháng", ("=", 7_200_000, None, None, "đồng/người/tháng")),
        ("năng suất 58,4 tạ/ha", ("=", 58.4, None, None, "tạ/ha")),
        ("giảm bình quân 4,12%/năm", ("=", 4.12, None, None, "%")),
        ("diện tích 120m2", ("=", 120, None, None, "m2")),
        ("mở 05 (năm) lớp tập huấn", ("=", 5, None, None, "lớp")),
        ("có hai mươi lăm hội viên", ("=", 25, None, None, "hội viên")),
        ("cho 19 đồng chí", ("=", 19, None, None, "đồng chí")),
        ("cao hơn 2% so với năm trước", ("=", 2, None, None, "%")),
        ("vượt 8% kế hoạch", ("=", 8, None, None, "%")),
        ("vượt 1.000 tỷ đồng", (">", 1e12, None, None, "đồng")),
        ("tổng 1,535,400 đồng", ("=", 1_535_400, None, None, "đồng")),
        ("hỗ trợ 3 triệu đồng/CĐCS", ("=", 3e6, None, None, "đồng/CĐCS")),
        ("giảm sinh 0,4%o", ("=", 0.4, None, None, "‰")),
        ("phát hành 1,5 triệu cổ phần", ("=", 1.5e6, None, None, "cổ phần")),
        ("bệnh viện tuyến trên 02 buổi", ("=", 2, None, None, "buổi")),
        ("sĩ số học trực tuyến trên 95%", (">", 95, None, None, "%")),
        ("giảm 0,7 điểm phần trăm", ("=", 0.7, None, None, "điểm %")),
        ("ít nhất gấp 4 lần", (">=", 4, None, None, "lần")),
        ("tài khoản 64 doanh nghiệp", ("=", 64, None, None, "doanh nghiệp")),
        ("thời hạn vay 24 tháng", ("=", 24, None, None, "tháng")),
    ],
)
def test_one_figure(text: str, expected: tuple[object, ...]) -> None:
    assert [told(f) for f in find_figures(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Chào mừng 65 năm Ngày truyền thống (12/8/1959 - 12/8/2024)",
        "theo khoản 2 Điều 14 và Phụ lục 3",
        "nhiệm kỳ 2020 - 2025, khóa XII",
        "học sinh lớp 10 và khối 12",
        "từ 7 giờ 30 đến 11h15 ngày 20/11",
        "trực ban 24/24 giờ",
        "điện thoại 0219.3888.000",
        "06 tháng đầu năm, trong vòng 05 ngày",
        "đợt thi đua 90 ngày",
        "phòng, chống dịch Covid-19",
        "Chương trình “01 triệu sáng kiến”",
        "dọc Quốc lộ 6, giai đoạn 2",
        "hai bên thống nhất bốn nội dung",
        "Cách mạng công nghiệp lần thứ 4.0",
        "Báo cáo trước ngày 15/6 và 30/9",
        "năm 2023, quý 2, tháng 6/2024",
        "Số 19 đường Hoa Ban",
        "trên cả 3 miền",
        "thủ tục mã 1.012276",
        "báo cáo hằng quý, 6 tháng và cả năm",
        "làm §6 km đường",
        "Theo Tờ trình ngày 17 tháng 02 năm 202% của Sở Y tế.",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert find_figures(text) == ()


def test_several_figures_in_one_sentence() -> None:
    text = "Bố trí 12 máy bơm, 30 áo phao và trên 02 tỷ đồng; đạt 94%."
    assert [(*told(f)[:2], f.unit.name) for f in find_figures(text)] == [
        ("=", 12, "máy bơm"),
        ("=", 30, "áo phao"),
        (">", 2e9, "đồng"),
        ("=", 94, "%"),
    ]


def test_a_share_is_told_from_a_day() -> None:
    assert [told(f)[3] for f in find_figures("giao chỉ tiêu đến 11/11 công đoàn")] == [11]
    assert [told(f)[4] for f in find_figures("Đến 30/9 toàn huyện có 15 xã")] == ["xã"]


def test_citations_hold_no_figures() -> None:
    text = "Kế hoạch giao 30 biên chế và 12 hợp đồng"
    assert [f.value for f in find_figures(text, ((0, 26),))] == [12]


def test_what_is_unusual_is_less_certain() -> None:
    certain, foreign, unknown = (
        find_figures(text)[0].certainty for text in ("đạt 12,5 ha", "đạt 12.5 ha", "đạt 12 giàn phơi")
    )
    assert certain > foreign > unknown


def test_a_row_of_bare_numbers_is_no_sentence() -> None:
    (row,), (sentence,) = find_figures("Khoa Cơ khí 66 75,5%"), find_figures("Khoa Cơ khí đạt 75,5%")
    assert row.certainty < 0.8
    assert sentence.certainty == 1.0


@given(st.integers(1, 10**12), st.sampled_from(["hội viên", "đồng", "ha", "lượt", "doanh nghiệp"]))
def test_printed_figures_come_back(number: int, unit: str) -> None:
    found = find_figures(f"kết quả đạt {format_number(number)} {unit} trong kỳ")
    assert [(f.value, f.unit.name) for f in found] == [(number, unit)]


@given(st.text(alphabet="0123456789.,/-–%() đồngtỷriệuhộxãáàquý\nI", max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    for figure in find_figures(text):
        assert 0 <= figure.start <= figure.number_start < figure.number_end <= figure.end <= len(text)
        assert 0 < figure.certainty <= 1
