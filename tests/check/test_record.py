from __future__ import annotations

import datetime as dt

import pytest

from pipeline.check.record import check_record
from pipeline.check.repeats import mark_repeats
from pipeline.check.tables import check_tables
from pipeline.nouns import Status
from tests.check.cells import Value, cited_on, field_of, page_of, record_of, stamp, table_of, target_of

TEXT = [
    "Thực hiện chương trình công tác năm, các phòng chuyên môn đã rà soát hồ sơ tồn đọng",
    "và báo cáo kết quả với lãnh đạo Sở trước kỳ họp giao ban; tổng số hồ sơ là 412,",
    "trong đó hồ sơ đúng hạn 398, hồ sơ quá hạn 14; so với cùng kỳ giảm 3 hồ sơ quá hạn.",
]


def other_reading(lines: list[str]) -> list[str]:
    return [line.replace("phòng", "phòn").replace("rà soát", "ra soát") for line in lines]


def test_a_page_scanned_twice_is_seen_through_reading_errors() -> None:
    pages = mark_repeats([page_of(TEXT, 1), page_of(["Kính gửi: các đơn vị"], 2), page_of(other_reading(TEXT), 3)])
    assert [page.repeats_page for page in pages] == [None, None, 1]


def test_a_form_filled_in_again_is_no_repeat() -> None:
    again = [
        line.replace("412", "987").replace("398", "655").replace("14;", "332;").replace(" 3 ", " 71 ") for line in TEXT
    ]
    assert [page.repeats_page for page in mark_repeats([page_of(TEXT, 1), page_of(again, 2)])] == [None, None]


def test_short_pages_are_alike_by_nature() -> None:
    assert mark_repeats([page_of(["Nơi nhận:"], 1), page_of(["Nơi nhận:"], 2)])[1].repeats_page is None


def test_figures_of_a_repeated_page_are_not_counted() -> None:
    pages = mark_repeats([page_of(TEXT, 1), page_of(other_reading(TEXT), 2)])
    checked = check_record(
        record_of(
            pages, targets=(target_of(412.0, 1), target_of(412.0, 2)), citations=(cited_on(dt.date(2020, 1, 1), 2),)
        )
    )
    assert [t.page for t in checked.targets] == [1]
    assert checked.citations == ()
    assert checked.problems == ("page 2 is another scan of page 1",)


@pytest.mark.parametrize(
    ("number", "issued", "mark", "cited", "said"),
    [
        ("12/QĐ-SYT", "2021-03-25", "CÔNG VĂN ĐẾN Số 52 Ngày 21/3/2021", None, "a stamp on it says 2021-03-21"),
        ("12/QĐ-SYT", "2021-03-25", "ĐẾN 21/3/21", None, "a stamp on it says 2021-03-21"),
        ("30/2020/NĐ-CP", "2021-03-05", "", None, "the number is of 2020, the date of 2021"),
        ("12/QĐ-SYT", "2021-03-25", "", dt.date(2022, 1, 4), "names a document of 2022-01-04"),
        ("12/QĐ-SYT", "1921-03-25", "", None, "lies before 1945-09-02"),
    ],
)
def test_a_date_that_something_contradicts_needs_review(
    number: str, issued: str, mark: str, cited: dt.date | None, said: str
) -> None:
    fields = (field_of("number", number), field_of("issued_on", issued))
    record = record_of(
        [page_of(TEXT, marks=[stamp(mark)])], fields=fields, citations=(cited_on(cited),) if cited else ()
    )
    checked = check_record(record)
    field = checked.field("issued_on")
    assert field is not None
    assert (field.status, field.value) == (Status.NEEDS_REVIEW, issued)
    assert said in field.reason
    assert any(said in problem for problem in checked.problems)


def test_a_date_that_nothing_contradicts_stays_accepted() -> None:
    fields = (field_of("number", "30/2020/NĐ-CP"), field_of("issued_on", "2020-03-05"))
    page = page_of(TEXT, marks=[stamp("ĐẾN Số 7 Ngày 09/3/2020")])
    record = record_of([page], fields=fields, citations=(cited_on(dt.date(2019, 1, 1)),))
    assert check_record(record) == record


ROWS: list[list[Value]] = [
    ["Xã A", 1204.0, 903.0, 2107.0],
    ["Xã B", 877.0, 1315.0, 2192.0],
    ["Xã C", 640.0, 712.0, 1352.0],
    ["Xã D", 958.0, 481.0, 1439.0],
    ["Tổng cộng", 3679.0, 3411.0, 7090.0],
]


HEADERS = ("Đơn vị", "Số cây trồng mới", "Số cây chăm sóc", "Tổng số cây")


def test_a_figure_of_the_text_one_digit_from_a_total_is_doubted() -> None:
    record = record_of(
        [page_of(TEXT)],
        targets=(target_of(3879.0), target_of(7090.0), target_of(55.0)),
        tables=(table_of(ROWS, HEADERS),),
    )
    checked = check_record(record)
    assert [t.status for t in checked.targets] == [Status.NEEDS_REVIEW, Status.ACCEPTED, Status.ACCEPTED]
    assert checked.problems == ("the text says 3879, a table's total 3679",)


@pytest.mark.parametrize(
    ("indicator", "unit", "doubted"),
    [
        ("cây trồng mới", "cây", True),
        ("hộ thoát nghèo", "hộ", False),
        ("cây trồng mới", "%", False),
    ],
)
def test_only_a_total_of_the_same_thing_contradicts_the_text(indicator: str, unit: str, doubted: bool) -> None:  # noqa: FBT001
    said = target_of(3879.0, indicator=indicator, unit=unit)
    checked = check_record(record_of([page_of(TEXT)], targets=(said,), tables=(table_of(ROWS, HEADERS),)))
    assert bool(checked.problems) is doubted


def test_mended_digits_join_the_repair_log_with_their_word() -> None:
    rows = [list(row) for row in ROWS]
    rows[1][2] = 1815.0
    tables = check_tables((table_of(rows),))
    lines = [" ".join(str(int(v)) if isinstance(v, float) else str(v) for v in row) for row in rows]
    checked = check_record(record_of([page_of(["Biểu số 1", *lines])], tables=tables))
    assert [(r.line, r.word, r.raw, r.text, r.reason) for r in checked.repairs] == [
        (2, 3, "1815", "1315", "arithmetic")
    ]


def test_what_arithmetic_leaves_open_is_told() -> None:
    table = table_of([["Xã A", 31.0], ["Xã B", 47.0], ["Xã C", 22.0], ["Tổng", 120.0]])
    checked = check_record(record_of([page_of(TEXT)], tables=check_tables((table,))))
    assert checked.problems[0] == "table 1 on page 1: 1 of 1 sums and ratios fail"
    assert "table 1 on page 1, row 4, column 2: 120 may be 100" in checked.problems


def test_checking_twice_changes_nothing() -> None:
    pages = mark_repeats([page_of(TEXT, 1), page_of(other_reading(TEXT), 2)])
    rows = [list(row) for row in ROWS]
    rows[1][2] = 1815.0
    fields = (field_of("number", "30/2020/NĐ-CP"), field_of("issued_on", "2021-03-05"))
    once = check_record(
        record_of(pages, fields=fields, tables=check_tables((table_of(rows),)), targets=(target_of(3879.0),))
    )
    assert check_record(once) == once
