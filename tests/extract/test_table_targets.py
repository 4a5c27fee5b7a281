from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from pipeline.extract.passages.running import paragraphs
from pipeline.extract.table_targets import table_targets
from pipeline.extract.tables import read_tables
from pipeline.extract.tables.units import TableUnit, money_of, noun_of_title, parse_unit, unit_of
from pipeline.nouns import Field, Status, Target
from tests.extract.letters import letter
from tests.extract.tables.test_tables import ruled_page

REPORT = (("doc_type", "Báo cáo"), ("subject", "Kết quả công tác năm 2019"), ("issued_on", "2019-12-20"))


def field(name: str, value: str) -> Field:
    return Field(name, value, value, 1.0, Status.ACCEPTED, 1, None, "test")


def targets(
    rows: Sequence[Sequence[str]], above: str = "", fields: Sequence[tuple[str, str]] = REPORT
) -> tuple[Target, ...]:
    page = ruled_page(rows, above=above)
    read = letter(page)
    return table_targets(read, paragraphs(read), read_tables(read), [field(*pair) for pair in fields])


def short(found: Sequence[Target]) -> list[tuple[str, str, float, str, str | None]]:
    return [(t.kind, t.indicator, t.value, t.unit, t.responsible) for t in found]


def test_units_in_rows_and_groups_over_columns() -> None:
    found = targets(
        [
            ["TT", "Đơn vị", "Hội viên", "<", "<"],
            ["^", "^", "Chỉ tiêu", "Kết quả", "Tỷ lệ %"],
            ["1", "Huyện A", "1.200", "900", "75"],
            ["Tổng cộng", "<", "1.200", "900", "75"],
        ]
    )
    assert short(found) == [
        ("target", "hội viên", 1200.0, "hội viên", "Huyện A"),
        ("result", "hội viên", 900.0, "hội viên", "Huyện A"),
        ("result", "tỷ lệ hoàn thành hội viên", 75.0, "%", "Huyện A"),
        ("target", "hội viên", 1200.0, "hội viên", "Tổng cộng"),
        ("result", "hội viên", 900.0, "hội viên", "Tổng cộng"),
        ("result", "tỷ lệ hoàn thành hội viên", 75.0, "%", "Tổng cộng"),
    ]
    assert {(t.period_start, t.period_end) for t in found} == {(dt.date(2019, 1, 1), dt.date(2019, 12, 31))}
    assert found[0].quote == "1 Huyện A 1.200 900 75"
    assert found[0].box is not None


def test_indicators_in_rows_with_a_column_of_units() -> None:
    found = targets(
        [
            ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2019", "Thực hiện 2018"],
            ["1", "Trồng rừng", "ha", "350", "312,5"],
            ["2", "Thu ngân sách", "triệu đồng", "1.250", "1.100"],
        ]
    )
    assert short(found)[:2] == [
        ("target", "trồng rừng", 350.0, "ha", None),
        ("result", "trồng rừng", 312.5, "ha", None),
    ]
    assert (found[2].value, found[2].unit) == (1.25e9, "đồng")
    assert found[1].period_end == dt.date(2018, 12, 31)


def test_the_title_tells_kind_and_unit_where_headers_do_not() -> None:
    rows = [["TT", "Đơn vị", "Kinh phí"], ["1", "Xã A", "120"], ["2", "Xã B", "85,5"]]
    found = targets(rows, above="BIỂU PHÂN BỔ KINH PHÍ (ĐVT: triệu đồng)")
    assert [(t.kind, t.value, t.unit) for t in found] == [("target", 1.2e8, "đồng"), ("target", 8.55e7, "đồng")]
    assert all(t.confidence < 0.9 and t.status is Status.NEEDS_REVIEW for t in found)


def test_figures_whose_kind_nothing_tells_are_hardly_trusted() -> None:
    rows = [["TT", "Đơn vị", "Số hộ"], ["1", "Xã A", "120"], ["2", "Xã B", "85"]]
    found = targets(rows, fields=(("doc_type", "Giấy mời"),))
    assert all(t.confidence < 0.55 and t.status is Status.NEEDS_REVIEW for t in found)


def test_shares_of_a_whole_and_changes_have_the_indicator_of_what_they_are_of() -> None:
    rows = [["TT", "Đơn vị", "Số hộ vay", "Tỷ trọng (%)"], ["1", "Xã A", "120", "60"], ["2", "Xã B", "80", "40"]]
    assert short(targets(rows))[:2] == [
        ("result", "hộ vay", 120.0, "hộ", "Xã A"),
        ("result", "tỷ trọng hộ vay", 60.0, "%", "Xã A"),
    ]


def test_a_share_of_something_else_than_a_target_is_no_fulfilment() -> None:
    rows = [["TT", "Xã", "Tổng số hộ", "Số hộ nghèo", "Tỷ lệ (%)"], ["1", "Ea Na", "200", "10", "5,0"]]
    assert [t.indicator for t in targets([*rows, ["2", "Ea Bông", "300", "30", "10,0"]])][:3] == [
        "tổng số hộ",
        "hộ nghèo",
        "tỷ lệ hộ nghèo",
    ]


def test_things_in_the_rows_belong_to_what_is_counted() -> None:
    rows = [["TT", "Hợp phần", "Nguồn vốn (triệu đồng)", "<"], ["^", "^", "Ngân sách tỉnh", "Vốn vay"]]
    found = targets(
        [*rows, ["1", "Cải tạo vườn tạp", "450", "120"], ["2", "Chăn nuôi", "300", "80"]],
        above="BẢNG 1. KINH PHÍ THEO HỢP PHẦN",
        fields=(("doc_type", "Đề án"), ("issued_on", "2019-12-20")),
    )
    assert short(found)[:2] == [
        ("target", "kinh phí cải tạo vườn tạp ngân sách tỉnh", 4.5e8, "đồng", None),
        ("target", "kinh phí cải tạo vườn tạp vốn vay", 1.2e8, "đồng", None),
    ]


def test_a_part_told_by_an_attribute_has_its_whole_and_a_label_may_tell_the_unit() -> None:
    rows = [["TT", "Nội dung", "Kế hoạch", "Thực hiện"], ["1", "Kết nạp hội viên (người)", "40", "35"]]
    found = targets([*rows, ["", "Trong đó: nữ", "20", "18"], ["2", "Trồng rừng (ha)", "350", "312,5"]])
    assert [(t.indicator, t.value, t.unit) for t in found[1::2]] == [
        ("kết nạp hội viên", 35.0, "người"),
        ("kết nạp hội viên nữ", 18.0, "người"),
        ("trồng rừng", 312.5, "ha"),
    ]


def test_cells_with_signs_ranges_goals_and_units() -> None:
    rows = [
        ["TT", "Nội dung", "Chỉ tiêu"],
        ["1", "Hộ dùng nước sạch", "≥ 95%"],
        ["2", "Mô hình mới", "03 - 05 mô hình"],
    ]
    found = targets([*rows, ["3", "Xã có chợ", "45/52 xã"], ["4", "Tập huấn", "trên 120 người"]])
    assert [(t.kind, t.comparator, t.value, t.value_max, t.unit) for t in found] == [
        ("target", ">=", 95.0, None, "%"),
        ("target", "=", 3.0, 5.0, "mô hình"),
        ("result", "=", 45.0, None, "xã"),
        ("target", "=", 52.0, None, "xã"),
        ("target", ">", 120.0, None, "người"),
    ]


@pytest.mark.parametrize(("year", "kind"), [("2018", "result"), ("2021", "target")])
def test_figures_of_a_time_that_is_over_were_reached(year: str, kind: str) -> None:
    rows = [["TT", "Xã", f"Số hộ nghèo năm {year}"], ["1", "Ea Na", "200"], ["2", "Ea Bông", "150"]]
    found = targets(rows, fields=(("doc_type", "Đề án"), ("issued_on", "2020-03-02")))
    assert {t.kind for t in found} == {kind}
    assert {str(t.period_end) for t in found} == {f"{year}-12-31"}


def test_results_of_the_same_time_a_year_ago() -> None:
    rows = [["TT", "Xã", "Thu ngân sách (triệu đồng)", "<"], ["^", "^", "Thực hiện", "Cùng kỳ"]]
    found = targets([*rows, ["1", "Ea Na", "200", "180"], ["2", "Ea Bông", "150", "140"]])
    assert [(t.kind, t.value, str(t.period_end)) for t in found[:2]] == [
        ("result", 2e8, "2019-12-31"),
        ("result", 1.8e8, "2018-12-31"),
    ]


def test_a_table_of_words_has_no_figures() -> None:
    assert targets([["Thời gian", "Nội dung"], ["Quý I", "Tập huấn"], ["Quý II", "Kiểm tra"]]) == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("triệu đồng", TableUnit("đồng", 1e6)),
        ("1.000 đồng", TableUnit("đồng", 1e3)),
        ("%", TableUnit("%")),
        ("ha", TableUnit("ha")),
        ("ĐVT: người", TableUnit("người")),
        ("xyz", None),
    ],
)
def test_units_printed_alone(text: str, unit: TableUnit | None) -> None:
    assert parse_unit(text) == unit


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("Gạo hỗ trợ (kg) › Dịp Tết", "kg"),
        ("Số hộ", "hộ"),
        ("Đoàn viên phát triển mới", "đoàn viên"),
        ("Thành tiền", "đồng"),
        ("Xếp loại khá (%)", "%"),
    ],
)
def test_units_of_headers(path: str, unit: str) -> None:
    found = unit_of(path) or money_of(path)
    assert found is not None
    assert found.name == unit


def test_the_noun_that_a_title_counts_is_no_body() -> None:
    assert noun_of_title("TỔNG HỢP các đơn vị cập nhật sáng kiến dự thi") == TableUnit("sáng kiến")
    assert noun_of_title("Kèm theo đề xuất") is None


def test_the_genre_and_number_of_a_title_are_no_indicator() -> None:
    rows = [["TT", "Đơn vị", "Chỉ tiêu", "Kết quả"], ["1", "Xã A", "120", "90"], ["2", "Xã B", "85", "86"]]
    found = targets(rows, above="BIỂU TỔNG HỢP sáng kiến dự thi năm 2019")
    assert {(t.indicator, t.unit) for t in found} == {("sáng kiến dự thi", "sáng kiến")}


def test_rows_that_are_years_tell_the_period() -> None:
    found = targets(
        [
            ["TT", "Năm", "Cấp tỉnh", "<"],
            ["^", "^", "Tập thể", "Cánhân"],
            ["1", "2018", "36", "58"],
            ["2", "2019", "41", "63"],
        ]
    )
    assert [(t.indicator, t.value, t.unit, t.responsible, str(t.period_end)) for t in found] == [
        ("cấp tỉnh tập thể", 36, "tập thể", None, "2018-12-31"),
        ("cấp tỉnh cá nhân", 58, "cá nhân", None, "2018-12-31"),
        ("cấp tỉnh tập thể", 41, "tập thể", None, "2019-12-31"),
        ("cấp tỉnh cá nhân", 63, "cá nhân", None, "2019-12-31"),
    ]


def test_a_header_that_only_names_the_unit_takes_its_piece_of_the_title() -> None:
    found = targets(
        [
            ["TT", "Đơn vị", "Đoàn viên", "<", "CĐCS"],
            ["^", "^", "Chỉ tiêu", "Tỷlệ%", "Kết quả"],
            ["1", "Huyện A", "1.200", "75", "4"],
            ["2", "Huyện B", "900", "80", "3"],
        ],
        above="Bảng 1. Kết quả phát triển đoàn viên, thành lập công đoàn cơ sở",
    )
    assert [t.indicator for t in found[:3]] == [
        "phát triển đoàn viên",
        "tỷ lệ hoàn thành phát triển đoàn viên",
        "thành lập công đoàn cơ sở",
    ]


def test_a_phased_plan_asks() -> None:
    found = targets(
        [
            ["TT", "Nội dung", "Phân kỳ thực hiện (triệu đồng)", "<"],
            ["^", "^", "Năm 2020", "Năm 2021"],
            ["1", "Bồi dưỡng nghề", "150", "200"],
            ["2", "Hạ tầng", "300", "400"],
        ]
    )
    assert {t.kind for t in found} == {"target"}
    assert [t.indicator for t in found] == ["bồi dưỡng nghề", "bồi dưỡng nghề", "hạ tầng", "hạ tầng"]


def test_brackets_that_alone_tell_rows_apart_stay_and_totals_have_a_word() -> None:
    rows = [["TT", "Hình thức", "Số đề nghị"], ["1", "Bằng khen (tập thể)", "6"], ["2", "Bằng khen (cá nhân)", "14"]]
    found = targets([*rows, ["", "Cộng", "20"]], fields=(("doc_type", "Biên bản"), ("issued_on", "2023-05-09")))
    assert len({t.indicator for t in found}) == 3
    assert "bằng khen cá nhân" in found[1].indicator
    assert found[2].indicator.startswith("tổng cộng")


def test_the_title_gives_its_word_for_the_money_and_sources_are_told_by_it() -> None:
    found = targets(
        [
            ["TT", "Hợp phần", "Nguồn vốn (triệu đồng)", "<", "Tổng số (triệu đồng)"],
            ["^", "^", "Ngân sách huyện", "Vốn vay", "^"],
            ["1", "Nạo vét mương", "300", "120", "420"],
        ],
        above="Bảng 2. Nhu cầu kinh phí sửa chữa theo hợp phần:",
    )
    assert [(t.indicator, t.value) for t in found] == [
        ("nhu cầu kinh phí nạo vét mương ngân sách huyện", 3e8),
        ("nhu cầu kinh phí nạo vét mương vốn vay", 1.2e8),
        ("nhu cầu kinh phí nạo vét mương tổng số", 4.2e8),
    ]


def test_amounts_under_a_change_are_their_own() -> None:
    found = targets(
        [
            ["TT", "Lĩnh vực", "Đã giao (triệu đồng)", "Điều chỉnh (triệu đồng)", "<"],
            ["^", "^", "^", "Giảm", "Tăng"],
            ["1", "Giao thông", "900", "120", "300"],
        ],
        above="Biểu 1. Cơ cấu vốn theo ngành:",
    )
    assert [t.indicator for t in found] == [
        "vốn giao thông đã giao",
        "vốn giao thông điều chỉnh giảm",
        "vốn giao thông điều chỉnh tăng",
    ]


def test_what_each_body_is_to_do_and_who_leads_it_is_not_what_is_measured() -> None:
    found = targets(
        [
            ["TT", "Đơn vị", "Công việc được giao", "Phụ trách", "Huy động (người)", "Bao cát (bao)"],
            ["1", "Phân xưởng Mỏ", "Khơi rãnh; che kho", "Chủ tịch", "22", "300"],
            ["2", "Phòng Vật tư", "Trực kho; kiểm hàng", "Phó Chủ tịch", "9", "40"],
        ],
    )
    assert [(t.indicator, t.responsible) for t in found[:2]] == [
        ("huy động người", "Phân xưởng Mỏ"),
        ("bao cát", "Phân xưởng Mỏ"),
    ]


def test_a_noun_that_only_looks_like_one_of_the_title_is_not_it() -> None:
    found = targets(
        [["TT", "Xã", "Số hộ (hộ)"], ["1", "Xã Tân An", "62"], ["2", "Xã Phú Hòa", "71"]],
        above="Bảng 1. Giao khoán và hỗ trợ vùng đệm:",
    )
    assert [t.indicator for t in found] == ["hộ", "hộ"]


def test_headers_in_capitals_and_numbered_titles_read_as_words() -> None:
    rows = [["TT", "ĐƠN VỊ", "SĨ SỐ HỌC VIÊN", "SỐ PHIẾU"], ["1", "Khoa Luật", "45", "16"], ["2", "Khoa Y", "60", "31"]]
    assert targets(rows)[0].indicator == "sĩ số học viên"
    rows = [["TT", "Đơn vị", "Chỉ tiêu", "Kết quả"], ["1", "Xã A", "120", "90"], ["2", "Xã B", "85", "86"]]
    assert targets(rows, above="2.3. Sáng kiến dự thi:")[0].indicator == "sáng kiến dự thi"
