from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import ExtractConfig
from pipeline.extract.targets import read_targets
from pipeline.layout import from_text
from pipeline.nouns import Letter, MediaType, Scan, Status, Target
from tests.extract.prose import fields_of, letter_of

PLAN = fields_of(doc_type="Kế hoạch", issued_on="2023-02-14", subject="Phát triển hội viên năm 2023")
REPORT = fields_of(doc_type="Báo cáo", issued_on="2023-07-03", subject="Kết quả công tác 6 tháng đầu năm 2023")

Short = tuple[str, str, float, float | None, str]


def short(row: Target) -> Short:
    return row.kind, row.comparator, row.value, row.value_max, row.unit


def plan(*paragraphs: str) -> list[Target]:
    return list(read_targets(letter_of(*paragraphs), PLAN))


def report(*paragraphs: str) -> list[Target]:
    return list(read_targets(letter_of(*paragraphs), REPORT))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Phát triển mới ít nhất 180 hội viên; mỗi chi hội xây dựng 01 mô hình kinh tế.",
            [("target", ">=", 180, None, "hội viên"), ("target", "=", 1, None, "mô hình")],
        ),
        (
            "Phấn đấu 90% trường mầm non, từ 75% trường tiểu học trở lên đạt chuẩn quốc gia.",
            [("target", "=", 90, None, "%"), ("target", ">=", 75, None, "%")],
        ),
        ("Thành lập chi bộ tại 03 công ty có từ 50 lao động trở lên.", [("target", "=", 3, None, "công ty")]),
        ("Hằng năm tiết kiệm từ 8 - 10% chi thường xuyên.", [("target", "=", 8, 10, "%")]),
        ("Không để quá 2% học sinh bỏ học.", [("target", "<=", 2, None, "%")]),
        (
            "Bố trí 12 máy bơm, 30 áo phao và 02 xuồng.",
            [
                ("target", "=", 12, None, "máy bơm"),
                ("target", "=", 30, None, "áo phao"),
                ("target", "=", 2, None, "xuồng"),
            ],
        ),
        ("Thời gian giải quyết không quá 03 ngày làm việc.", [("target", "<=", 3, None, "ngày")]),
        ("Chào mừng 65 năm Ngày truyền thống (12/8/1959 - 12/8/2024), phát động đợt thi đua 90 ngày.", []),
        ("Căn cứ Nghị quyết số 18/NQ-HĐND về việc giao 1.250 biên chế;", []),
        ("Thẩm tra hồ sơ cho 9/9 đơn vị.", [("target", "=", 9, None, "đơn vị")]),
    ],
)
def test_a_plan_sets_targets(text: str, rows: list[Short]) -> None:
    assert [short(row) for row in plan("II. CHỈ TIÊU", text)] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Đến ngày 30/6/2023 đã cấp 8.412/9.000 giấy chứng nhận, đạt 93,5% kế hoạch.",
            [
                ("result", "=", 8412, None, "giấy chứng nhận"),
                ("target", "=", 9000, None, "giấy chứng nhận"),
                ("result", "=", 93.5, None, "%"),
            ],
        ),
        (
            "Trồng mới 142 ha cam, năng suất bình quân 120 tạ/ha.",
            [("result", "=", 142, None, "ha"), ("result", "=", 120, None, "tạ/ha")],
        ),
        (
            "Vận động quỹ được gần 1,2 tỷ đồng, tăng 15% so với cùng kỳ.",
            [("result", "~", 1.2e9, None, "đồng"), ("result", "=", 15, None, "%")],
        ),
        (
            "Xảy ra 17 vụ cháy, làm bị thương 03 người, thiệt hại khoảng 4,5 tỷ.",
            [("result", "=", 17, None, "vụ"), ("result", "=", 3, None, "người"), ("result", "~", 4.5e9, None, "đồng")],
        ),
        (
            "Giải ngân 64,2/120 tỷ đồng, đạt 53,5%.",
            [
                ("result", "=", 64.2e9, None, "đồng"),
                ("target", "=", 120e9, None, "đồng"),
                ("result", "=", 53.5, None, "%"),
            ],
        ),
        ("Thu nhập bình quân 7.200.000đ/người/tháng.", [("result", "=", 7_200_000, None, "đồng/người/tháng")]),
    ],
)
def test_a_report_tells_results(text: str, rows: list[Short]) -> None:
    assert [short(row) for row in report("I. KẾT QUẢ THỰC HIỆN", text)] == rows


def test_headings_words_and_dates_tell_targets_from_results() -> None:
    rows = report(
        "I. KẾT QUẢ",
        "Thành lập 05 hợp tác xã.",
        "II. PHƯƠNG HƯỚNG 6 THÁNG CUỐI NĂM 2023",
        "Thành lập 07 hợp tác xã; đến nay đã chuẩn bị 02 hồ sơ.",
    )
    assert [(row.kind, row.value) for row in rows] == [("result", 5), ("target", 7), ("result", 2)]
    assert (rows[1].period_start, rows[1].period_end) == (dt.date(2023, 7, 1), dt.date(2023, 12, 31))


def test_a_lead_speaks_for_its_list() -> None:
    rows = report(
        "Trong thời gian tới, Sở yêu cầu các đơn vị thực hiện tốt một số nhiệm vụ sau:", "- Kiểm tra 40 cơ sở."
    )
    assert [row.kind for row in rows] == ["target"]


def test_conditions_are_qualifiers() -> None:
    (row,) = plan("1. Thành lập chi bộ tại 03 công ty có từ 50 lao động trở lên.")
    assert row.qualifier == "có từ 50 lao động trở lên"
    (row,) = plan("100% trẻ em từ đủ 6 tuổi đến trường.")
    assert (row.unit, row.qualifier) == ("%", "từ đủ 6 tuổi")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phát triển mới ít nhất 180 hội viên.", ["phát triển mới hội viên"]),
        ("Tặng Bằng khen cho 05 tập thể và 12 cá nhân.", ["tặng Bằng khen cho tập thể", "tặng Bằng khen cho cá nhân"]),
        ("Bố trí 12 máy bơm, 30 áo phao.", ["bố trí máy bơm", "bố trí áo phao"]),
        ("Hằng năm tiết kiệm từ 8 - 10% chi thường xuyên.", ["tiết kiệm chi thường xuyên"]),
        (
            "Phấn đấu 90% trường mầm non, 75% trường tiểu học đạt chuẩn quốc gia.",
            ["trường mầm non đạt chuẩn quốc gia", "trường tiểu học đạt chuẩn quốc gia"],
        ),
    ],
)
def test_indicators_stand_alone(text: str, expected: list[str]) -> None:
    assert [row.indicator for row in plan(text)] == expected


def test_shares_and_changes_name_what_they_are_of() -> None:
    rows = report("Đã trồng 450/500 ha rừng, đạt 90% kế hoạch, tăng 12% so với cùng kỳ.")
    assert [row.indicator for row in rows] == [
        "trồng rừng",
        "trồng rừng",
        "tỷ lệ hoàn thành trồng rừng",
        "trồng rừng tăng so với cùng kỳ",
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Trong quý II/2023, kiểm tra 40 cơ sở.", "2023-04-01", "2023-06-30"),
        ("Kiểm tra 40 cơ sở trước ngày 30/11/2023.", None, "2023-11-30"),
        ("Đến năm 2025, xây dựng 12 mô hình; hỗ trợ 30 hộ.", None, "2025-12-31"),
        ("Hằng năm mở 04 lớp tập huấn.", None, None),
        ("Kiểm tra 40 cơ sở.", "2023-01-01", "2023-12-31"),
        ("Thực hiện Kế hoạch số 9/KH-UBND ngày 3/3/2021 của Sở, kiểm tra 40 cơ sở.", "2023-01-01", "2023-12-31"),
    ],
)
def test_periods(text: str, first: str | None, last: str | None) -> None:
    for row in plan(text):
        days = tuple(d and dt.date.fromisoformat(d) for d in (first, last))
        assert (row.period_start, row.period_end) == days


def test_sections_owners_and_quotes() -> None:
    (row,) = plan(
        "II. NHIỆM VỤ",
        "2. Y tế dự phòng",
        "Sở Y tế kiểm tra tối thiểu 40 cơ sở theo chỉ tiêu Ủy ban nhân dân tỉnh giao; báo cáo kịp thời.",
    )
    assert row.section == "II. NHIỆM VỤ › 2. Y tế dự phòng"
    assert row.responsible == "Sở Y tế"
    assert row.assigned_by == "Ủy ban nhân dân tỉnh"
    assert row.quote == "Sở Y tế kiểm tra tối thiểu 40 cơ sở theo chỉ tiêu Ủy ban nhân dân tỉnh giao"


def test_a_part_headed_by_a_body_is_its_task() -> None:
    (row,) = plan("3. Sở Giao thông vận tải", "- Chuẩn bị 25 xe tải.")
    assert row.responsible == "Sở Giao thông vận tải"


def test_a_figure_points_at_its_ink() -> None:
    text = "Các cấp hội trong tỉnh tiếp tục đẩy mạnh công tác vận động và phát triển mới ít nhất 180 hội viên."
    letter = letter_of("Mở đầu.", text, page_lines=2)
    (row,) = read_targets(letter, PLAN)
    words = [w for page in letter.pages for w in page.words if w.text in {"ít", "nhất", "180", "hội", "viên."}][-5:]
    assert row.page == 2
    assert row.box is not None
    assert (row.box.y0, row.box.x1) == (words[-1].box.y0, words[-1].box.x1)


def test_confidence_follows_the_words_and_the_threshold_is_a_setting() -> None:
    text = ("II. CHỈ TIÊU", "Phấn đấu phát triển mới ít nhất 180 hội viên.")
    (sure,) = read_targets(letter_of(*text), PLAN)
    (unsure,) = read_targets(letter_of(*text, confidence=0.4), PLAN)
    assert (sure.status, unsure.status) == (Status.ACCEPTED, Status.NEEDS_REVIEW)
    assert sure.confidence > 0.9
    assert unsure.confidence < 0.5
    (strict,) = read_targets(letter_of(*text), PLAN, ExtractConfig(accept_at=1.0))
    assert strict.status is Status.NEEDS_REVIEW


def test_what_contradicts_itself_waits_for_a_person() -> None:
    (row,) = report("I. KẾT QUẢ", "Phấn đấu thành lập 05 hợp tác xã.")
    assert row.status is Status.NEEDS_REVIEW


def test_a_letter_without_fields_or_text() -> None:
    assert read_targets(letter_of(), ()) == ()
    (row,) = read_targets(letter_of("Đã khám bệnh cho 320 người."), ())
    assert (row.kind, row.period_start, row.period_end) == ("result", None, None)


@given(st.lists(st.text(alphabet="aăđ12.,;:%-/() hộxãtriệuđồngtừ trở lên", max_size=80), max_size=5))
def test_any_text_is_read_without_error(texts: list[str]) -> None:
    for row in read_targets(letter_of(*texts), PLAN):
        assert row.kind in {"target", "result"}
        assert row.comparator in {"=", ">=", ">", "<=", "<", "~"}
        assert 0 <= row.confidence <= 1
        assert row.value_max is None or row.value_max > row.value


def test_an_inner_heading_that_says_little_leaves_the_word_to_the_outer_one() -> None:
    rows = report(
        "I. KẾT QUẢ NĂM HỌC",
        "1. Quy mô, mạng lưới",
        "Sáp nhập 02 trường, xóa 05 lớp ghép.",
        "II. PHƯƠNG HƯỚNG",
        "1. Quy mô, mạng lưới",
        "Sáp nhập 03 trường.",
    )
    assert [(row.kind, row.value) for row in rows] == [("result", 2), ("result", 5), ("target", 3)]


@pytest.mark.parametrize("text", ["Dạy thêm cho học sinh lớp 10 môn Toán.", "Vận động quỹ ở 3 cấp."])
def test_names_with_a_number_are_no_figures(text: str) -> None:
    assert plan(text) == []


@pytest.mark.parametrize(
    ("text", "comparator"),
    [("Kẻ vạch phân làn trên 42 tuyến phố.", "="), ("Phấn đấu nâng cấp trên 40 tuyến phố.", ">")],
)
def test_an_odd_number_of_places_is_where_it_is_done(text: str, comparator: str) -> None:
    (row,) = plan(text)
    assert row.comparator == comparator


def test_a_count_up_to_a_day_holds_for_its_paragraph() -> None:
    rows = report("Tính đến ngày 30/6/2023, toàn tỉnh có 40 hợp tác xã. Có 12 hợp tác xã liên kết với doanh nghiệp.")
    assert [str(row.period_end) for row in rows] == ["2023-06-30", "2023-06-30"]


def test_every_year_holds_for_its_clause_only() -> None:
    first, second = plan("Hằng năm tổ chức 02 lớp tập huấn; in 3.000 tờ rơi.")
    assert (first.period_start, first.period_end, first.period_text) == (None, None, "Hằng năm")
    assert str(second.period_end) == "2023-12-31"


def test_lines_of_a_plain_table_are_no_sentences() -> None:
    lines = ["Kết quả như sau:", "1 Xã Tân Mỹ 120 115 96", "2 Xã Bình An 80 90 112", "3 Xã Vạn Mai 100 95 95",
             "Cộng 300 300 100", "Đã khen thưởng 05 tập thể."]  # fmt: skip
    letter = Letter(Scan(Path("a.txt"), "0" * 64, MediaType.TEXT, 1, 1), (from_text("\n".join(lines), 1),))
    rows = read_targets(letter, fields_of(doc_type="Báo cáo", issued_on="2023-12-20"))
    assert [row.value for row in rows] == [5]


def test_what_a_body_has_is_so_even_in_a_plan() -> None:
    rows = plan("Công đoàn ngành có 78 CĐCS trực thuộc. Phấn đấu 90% CĐCS có 05 sáng kiến.")
    assert [row.kind for row in rows] == ["result", "target", "target"]


@pytest.mark.parametrize("text", ["Trước đại hội 15 ngày, CĐCS gửi hồ sơ.", "Sau đại hội 10 ngày, gửi biên bản."])
def test_a_deadline_reckoned_from_an_event_is_no_figure(text: str) -> None:
    assert plan(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Khoán 0,2 lít xăng/km.", "lít/km"),
        ("Hỗ trợ 120.000 đồng/học kỳ.", "đồng/học kỳ"),
        ("Huy động 45 người dân quân tự vệ.", "người"),
        ("Huy động 45 người dân tham gia.", "người"),
        ("Xây 02 trạm y tế.", "trạm"),
    ],
)
def test_units_end_where_the_next_noun_begins(text: str, unit: str) -> None:
    (row,) = plan(text)
    assert row.unit == unit


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("Xã trên 8.000 dân tối đa 04 cán bộ.", 4, "trên 8.000 dân"),
        ("Thôn từ 100 đến 250 hộ có thể bố trí 02 cán bộ.", 2, "từ 100 đến 250 hộ"),
        ("Công đoàn cơ sở dưới 50 đoàn viên không quá 5.000.000 đồng.", 5_000_000, "dưới 50 đoàn viên"),
    ],
)
def test_a_band_of_sizes_tells_for_whom_a_figure_holds(text: str, value: float, qualifier: str) -> None:
    (row,) = plan(text)
    assert (row.value, row.qualifier) == (value, qualifier)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Trên 300 hộ được hỗ trợ 5 tỷ đồng.", [300, 5_000_000_000]),
        ("Trên 75% cá nhân, ít nhất 60% tập thể đạt danh hiệu.", [75, 60]),
        ("Vận động trên 100 hộ có 200 lao động đi học nghề.", [100, 200]),
    ],
)
def test_what_is_counted_is_no_band(text: str, values: list[float]) -> None:
    assert [row.value for row in plan(text)] == values


def test_months_may_be_counted_in_words() -> None:
    (row,) = plan("Sáu tháng cuối năm 2023 kết nạp 12 đảng viên.")
    assert (str(row.period_start), str(row.period_end)) == ("2023-07-01", "2023-12-31")


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Phấn đấu có từ 90% trở lên chi hội hoạt động tốt.", ["chi hội hoạt động tốt"]),
        ("Tỷ lệ hộ dùng nước sạch ≥ 95%.", ["tỷ lệ hộ dùng nước sạch"]),
        ("Số học viên giỏi là 125 em.", ["số học viên giỏi"]),
        ("Có 684 thí sinh dự thi, đông nhất từ trước đến nay.", ["thí sinh dự thi"]),
        ("Gieo cấy 1.120 ha, trong đó lúa lai 250 ha.", ["gieo cấy", "gieo cấy lúa lai"]),
        ("Trồng 40 ha mía, đạt 80% kế hoạch; tăng 5% so với cùng kỳ.",
         ["trồng mía", "tỷ lệ hoàn thành trồng mía", "trồng mía tăng so với cùng kỳ"]),
        ("Quy mô đàn đạt 1.200 con.", ["quy mô đàn"]),
        ("Giao đất cho 325 hộ.", ["giao đất cho hộ"]),
        ("Ban Chỉ đạo 389 huyện đã chỉ đạo các lực lượng kiểm tra, xử lý 125 vụ vi phạm.",
         ["kiểm tra, xử lý vụ vi phạm"]),
        ("Đẩy mạnh phát triển hội viên, phấn đấu kết nạp từ 150 hội viên trở lên.", ["kết nạp hội viên"]),
        ("Thu gom, xử lý 95% rác thải.", ["thu gom, xử lý rác thải"]),
        ("Bệnh viện tỉnh có 350 giường bệnh với 420 cán bộ, viên chức.", ["giường bệnh", "cán bộ, viên chức"]),
        ("Tỷ lệ đô thị hóa đến năm 2025 đạt 35%, đến năm 2030 đạt 45%.",
         ["tỷ lệ đô thị hóa", "tỷ lệ đô thị hóa"]),
    ],
)  # fmt: skip
def test_words_that_stand_alone(text: str, indicators: list[str]) -> None:
    assert [row.indicator for row in report(text)] == indicators


def test_a_noun_that_only_looks_like_a_body_answers_for_nothing() -> None:
    (row,) = report("Số dự án được cấp phép là 12 dự án.")
    assert row.responsible is None


def test_signs_compare() -> None:
    assert [row.comparator for row in report("Tỷ lệ hộ dùng nước sạch ≥ 95%, tỷ lệ hộ nghèo < 2%.")] == [">=", "<"]


def test_what_was_planned_is_a_target_in_a_report_too() -> None:
    rows = report("Đã trồng 40 ha mía (kế hoạch 50 ha).")
    assert [row.kind for row in rows] == ["result", "target"]


def test_the_words_before_a_colon_tell_the_kind_of_all_behind_it() -> None:
    text = "Một số kết quả chính: sản lượng 120 tấn, đạt 102% kế hoạch; năng suất 1,9 tấn/ha."
    rows = read_targets(letter_of(text), ())
    assert {row.kind for row in rows} == {"result"}


def test_what_a_sentence_opens_with_holds_for_those_after_it() -> None:
    rows = report("Năm 2021, toàn xã có 40 hộ nghèo. Trong đó có 12 hộ dân tộc thiểu số.")
    assert {str(row.period_end) for row in rows} == {"2021-12-31"}


def test_a_programme_named_after_its_years_gives_no_period() -> None:
    (row,) = report("Thực hiện Chương trình giảm nghèo bền vững giai đoạn 2021-2025, đã xây 12 căn nhà.")
    assert row.period_text != "giai đoạn 2021-2025"


def test_a_difference_is_no_comparison() -> None:
    rows = report("Thu vượt 5 tỷ đồng so với dự toán; số vụ nhiều hơn 12 vụ so với cùng kỳ.")
    assert [row.comparator for row in rows] == ["=", "="]


def test_the_time_to_come_is_no_time_of_a_result() -> None:
    rows = report("Tỷ lệ đô thị hóa đến năm 2035 đạt 35%, đến năm 2040 đạt 45%.")
    assert [(row.kind, str(row.period_end)) for row in rows] == [("target", "2035-12-31"), ("target", "2040-12-31")]


@pytest.mark.parametrize("text", ["Trồng từ 5 ha đến 7 ha.", "Trồng 5 ha - 7 ha.", "Trồng 5 - 7 ha."])
def test_a_range_may_say_its_unit_twice(text: str) -> None:
    (row,) = plan(text)
    assert (row.value, row.value_max, row.unit) == (5, 7, "ha")


def test_a_long_clause_keeps_the_verb_that_it_begins_with() -> None:
    (row,) = report(
        "Hỗ trợ, tặng quà cho hội viên có hoàn cảnh khó khăn nhân dịp Tết Nguyên đán năm 2023 từ nguồn tài chính do "
        "Hội Nông dân tỉnh cấp, nguồn quỹ của huyện và các đơn vị, doanh nghiệp với tổng số 247 suất quà."
    )
    assert row.indicator == "hỗ trợ, tặng quà cho hội viên có hoàn cảnh khó khăn quà"


def test_a_time_belongs_to_the_deed_that_it_stands_with() -> None:
    rows = plan("Mỗi khoa có ít nhất 01 đề án, chấm thi vào tháng 10; lập 02 tổ, hoàn thành trước ngày 30/6/2023.")
    assert [(row.period_start, row.period_end) for row in rows] == [
        (dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        (None, dt.date(2023, 6, 30)),
    ]
    rows = plan("Dược sĩ đi buồng tại 05 khoa, mỗi tuần ít nhất 03 lần.")
    assert [row.period_text for row in rows] == ["năm 2023", "mỗi tuần"]


def test_what_is_compared_with_and_a_day_of_birth_are_no_time_of_a_figure() -> None:
    (row,) = plan("Giảm 15% số ca mắc so với trung bình giai đoạn 2018 - 2022.")
    assert row.period_end == dt.date(2023, 12, 31)
    (row,) = plan("Thí sinh sinh ngày 21/02/1990 được cộng 02 điểm.")
    assert row.period_end == dt.date(2023, 12, 31)


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        (
            "Lựa chọn 05 cơ sở sơ chế có công suất từ 10 tấn/ngày trở lên tham gia.",
            5,
            "có công suất từ 10 tấn/ngày trở lên",
        ),
        ("Xây dựng 02 mô hình cánh đồng mẫu lớn quy mô từ 30 ha trở lên.", 2, "quy mô từ 30 ha trở lên"),
        ("Phạt 2.000.000 đồng đối với hành vi nộp hồ sơ quá hạn từ 01 đến 30 ngày.", 2e6, "từ 01 đến 30 ngày"),
    ],
)
def test_a_measure_tells_which_of_them_are_meant(text: str, value: float, qualifier: str) -> None:
    (row,) = plan(text)
    assert (row.value, row.qualifier) == (value, qualifier)


def test_a_measure_that_is_itself_what_is_told_is_no_condition() -> None:
    assert [row.value for row in report("Công ty có doanh thu trên 200 tỷ đồng.")] == [2e11]
    assert [row.value for row in report("Tỷ lệ nợ quá hạn dưới 0,5%.")] == [0.5]


def test_the_end_of_a_scale_is_no_target_and_a_difference_to_a_plan_is_a_result() -> None:
    assert [short(row) for row in report("Chỉ số cải cách hành chính đạt 88,4/100 điểm.")] == [
        ("result", "=", 88.4, None, "điểm")
    ]
    rows = report("Giá bán bình quân 1.912 đồng/kg, cao hơn kế hoạch 6,5 đồng/kg.")
    assert [row.kind for row in rows] == ["result", "result"]


@pytest.mark.parametrize(
    "text",
    [
        "Đường dây nóng trả lời trong 30 phút.",
        "Điều động bác sĩ về xã 03 năm thì được giữ hộ khẩu.",
        "Tang vật tạm giữ quá 30 ngày không có người nhận.",
    ],
)
def test_how_long_something_must_have_lasted_is_no_figure(text: str) -> None:
    assert plan(text) == []


def test_a_time_that_is_limited_is_one() -> None:
    assert [short(row) for row in plan("Lực lượng triển khai trong không quá 05 phút.")] == [
        ("target", "<=", 5, None, "phút")
    ]


def test_what_was_planned_is_told_with_its_parts() -> None:
    rows = report("Kế hoạch vốn của huyện là 412 tỷ đồng, bao gồm vốn tỉnh 148 tỷ đồng, vốn huyện 264 tỷ đồng.")
    assert [row.kind for row in rows] == ["target"] * 3
    rows = report("Kế hoạch thu được giao 90 tỷ đồng, đã thu 45 tỷ đồng.")
    assert [row.kind for row in rows] == ["target", "result"]


def test_words_far_behind_a_figure_do_not_tell_its_kind() -> None:
    (row,) = plan("Ghép cải tạo 1.150 ha vườn điều bằng chồi của các cây đầu dòng đã được công nhận.")
    assert row.kind == "target"
