from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.check.tables import check_tables
from pipeline.extract.tables import read_tables
from pipeline.extract.tables.rereading import figure_cells, with_figures
from pipeline.nouns import Box, Grid, GridCell, Line, PageText, Table, Word, Zone
from tests.extract.letters import letter

WIDE, HIGH, LEFT, TOP = 300, 80, 200, 600


def words_in(text: str, x: int, y: int, confidence: float = 0.95, step: int = 60) -> list[Word]:
    return [
        Word(word, word, Box(x + step * i, y, x + step * i + step - 20, y + 30), confidence)
        for i, word in enumerate(text.split())
    ]


def ruled_page(rows: Sequence[Sequence[str]], number: int = 1, top: int = TOP, above: str = "") -> PageText:
    """A page with a ruled table; `<` joins a cell with its left neighbour, `^` with the one above."""
    cells, lines = [], []
    if above:
        lines.append(Line(tuple(words_in(above, LEFT + 200, top - 60))))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            right = next((k for k in range(c + 1, len(row)) if row[k] != "<"), len(row))
            down = next((k for k in range(r + 1, len(rows)) if rows[k][c] != "^"), len(rows))
            box = Box(LEFT + WIDE * c, top + HIGH * r, LEFT + WIDE * right, top + HIGH * down)
            cells.append(GridCell(r, c, down, right, box))
            if text:
                lines.append(Line(tuple(words_in(text, box.x0 + 10, box.y0 + 20)), Zone.TABLE))
    cols = len(rows[0])
    around = Box(LEFT, top, LEFT + WIDE * cols, top + HIGH * len(rows))
    grid = Grid(around, tuple(cells), len(rows), cols)
    return PageText(number, tuple(lines), 2480, 3508, 300, grids=(grid,))


def plain_page(text: str) -> PageText:
    box = Box(0, 0, 0, 0)
    lines = [Line(tuple(Word(w, w, box, 0.9) for w in row.split())) for row in text.strip().splitlines()]
    return PageText(1, tuple(lines), 0, 0, 0)


def grid_of(table: Table) -> list[list[str]]:
    rows = [["" for _ in table.columns] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


HEAD = [["TT", "Đơn vị", "Hội viên", "<", "<"], ["^", "^", "Chỉ tiêu", "Kết quả", "Tỷ lệ %"]]
BODY = [["1", "Huyện A", "1.200", "900", "75"], ["2", "Huyện B", "800", "880", "110"]]
WHOLE = [["Tổng cộng", "<", "2.000", "1.780", "89"]]


def test_a_ruled_table_with_merged_headers() -> None:
    (table,) = read_tables(letter(ruled_page([*HEAD, *BODY, *WHOLE], above="BIỂU TỔNG HỢP HỘI VIÊN")))
    assert table.columns == ("TT", "Đơn vị", "Hội viên › Chỉ tiêu", "Hội viên › Kết quả", "Hội viên › Tỷ lệ %")
    assert (table.header_rows, table.rows, table.title) == (2, 5, "BIỂU TỔNG HỢP HỘI VIÊN")
    assert [c.value for c in table.cells if c.row == 2] == [1.0, None, 1200.0, 900.0, 75.0]
    assert grid_of(table)[4] == ["Tổng cộng", "", "2.000", "1.780", "89"]


def test_a_row_that_numbers_the_columns_is_head_and_no_name() -> None:
    page = ruled_page([[*HEAD[0][:2], "Kế hoạch", "Thực hiện", "%"], ["A", "B", "1", "2", "3=2/1"], *BODY])
    (table,) = read_tables(letter(page))
    assert (table.header_rows, table.columns[2:]) == (2, ("Kế hoạch", "Thực hiện", "%"))


def test_a_table_goes_on_overleaf_with_its_head_repeated() -> None:
    first, second = ruled_page([*HEAD, *BODY]), ruled_page([*HEAD, ["3", "Huyện C", "10", "5", "50"]], 2)
    (table,) = read_tables(letter(first, second))
    assert (table.page, table.rows) == (1, 5)
    assert grid_of(table)[4] == ["3", "Huyện C", "10", "5", "50"]
    assert {c.page for c in table.cells if c.row == 4} == {2}


def test_a_total_alone_overleaf_joins_its_table() -> None:
    (table,) = read_tables(letter(ruled_page([*HEAD, *BODY]), ruled_page(WHOLE, 2)))
    assert grid_of(table)[4] == ["Tổng cộng", "", "2.000", "1.780", "89"]


def test_another_table_overleaf_stays_apart() -> None:
    other = ruled_page([["Họ và tên", "Chức vụ"], ["Lê A", "Phó"], ["Vũ B", "Trưởng"]], 2)
    assert len(read_tables(letter(ruled_page([*HEAD, *BODY]), other))) == 2


def test_pages_that_repeat_another_give_no_table() -> None:
    page = ruled_page([*HEAD, *BODY])
    again = PageText(2, page.lines, 2480, 3508, 300, grids=page.grids, repeats_page=1)
    assert len(read_tables(letter(page, again))) == 1


def test_strokes_and_specks_beside_figures_are_left_out() -> None:
    (table,) = read_tables(letter(ruled_page([*HEAD, ["1", "— Huyện A .", "|1.200", "900.", "75 '"], BODY[1]])))
    assert grid_of(table)[2] == ["1", "Huyện A", "1.200", "900", "75"]
    assert next(c.raw for c in table.cells if (c.row, c.col) == (2, 3)) == "900."


def test_a_ruined_header_over_the_numbering_is_known() -> None:
    page = ruled_page([["#l", "Đơn vị", "Số hộ"], ["1", "Xã A", "70"], ["2", "Xã B", "81"]])
    lines = [
        Line(tuple(Word(w.raw, w.text, w.box, 0.3) for w in x.words), x.zone) if x.text == "#l" else x
        for x in page.lines
    ]
    (table,) = read_tables(letter(PageText(1, tuple(lines), 2480, 3508, 300, grids=page.grids)))
    assert table.columns[0] == "TT"
    assert next(c.raw for c in table.cells if (c.row, c.col) == (0, 0)) == "#l"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (["1", "", "3", "4", "5"], ["1", "2", "3", "4", "5"]),
        (["", "2", "3", "4", "5"], ["1", "2", "3", "4", "5"]),
        (["1", "2", "3", "4", "S"], ["1", "2", "3", "4", "5"]),
        (["1", "", "", "4", "5"], ["1", "", "", "4", "5"]),
        (["1", "2", "3", "4", ""], ["1", "2", "3", "4", ""]),
    ],
)
def test_the_number_of_a_row_that_its_neighbours_leave(read: Sequence[str], printed: Sequence[str]) -> None:
    rows = [[number, f"Xã {name}", "70"] for number, name in zip(read, "ABCDE", strict=True)]
    (table,) = read_tables(letter(ruled_page([["TT", "Đơn vị", "Số hộ"], *rows])))
    assert [row[0] for row in grid_of(table)[1:]] == list(printed)
    assert all(cell.raw == read[cell.row - 1] for cell in table.cells if cell.col == 0 and cell.row)


def test_a_title_behind_the_line_that_says_what_it_is_attached_to() -> None:
    page = ruled_page([["TT", "Nội dung", "Năm 2021"], ["1", "Sửa mương", "900"], ["2", "Làm đường", "800"]])
    title = words_in("Đơn vị tính: triệu đồng", LEFT + 300, TOP - 60)
    attached = words_in("(Kèm theo Đề án số 07/ĐA-UBND của huyện)", LEFT + 5, TOP - 120)
    name = words_in("NHU CẦU VỐN THEO NĂM", LEFT + 250, TOP - 180)
    lines = (*(Line(tuple(words)) for words in (name, attached, title)), *page.lines)
    (table,) = read_tables(letter(PageText(1, lines, 2480, 3508, 300, grids=page.grids)))
    assert table.title == "NHU CẦU VỐN THEO NĂM Đơn vị tính: triệu đồng"


ALIGNED = [
    ("1", "Thôn Bản Mới", "176", "52", "8"),
    ("2", "Thôn Nà Pheo", "154", "47", "6"),
    ("3", "Thôn Trung", "189", "66", "19"),
]


def test_a_table_without_rules_by_its_white() -> None:
    lines = [
        Line(
            tuple(
                w
                for x, t in zip(
                    (200, 300, 900, 1300, 1700), ("TT", "Thôn", "Số hộ", "Hộ nghèo", "Nhà tạm"), strict=True
                )
                for w in words_in(t, x, 500)
            )
        )
    ]
    for r, row in enumerate(ALIGNED):
        at = zip((200, 300, 920, 1320, 1720), row, strict=True)
        lines.append(Line(tuple(w for x, t in at for w in words_in(t, x, 580 + 60 * r))))
    (table,) = read_tables(letter(PageText(1, tuple(lines), 2480, 3508, 300)))
    assert table.columns == ("TT", "Thôn", "Số hộ", "Hộ nghèo", "Nhà tạm")
    assert [tuple(row) for row in grid_of(table)[1:]] == ALIGNED


def test_prose_is_no_table() -> None:
    text = "Năm 2020 toàn xã có 312 hộ nghèo chiếm 27 phần trăm giảm 54 hộ"
    lines = [Line(tuple(words_in(text, 200, 300 + 50 * r, step=100))) for r in range(6)]
    assert read_tables(letter(PageText(1, tuple(lines), 2480, 3508, 300))) == ()


PLAIN = """
Các đơn vị chủ động thực hiện và báo cáo.
BIEU TONG HOP KET QUA
A CHI TIEU GIAI DOAN 1 GIAI DOAN 2 TONG
TT TEN DON VI Chi tieu | Ket qua | Ty le % | Chi tieu | Ket qua Ty le %
1 Huyen Son Duong 300 120 150 125 180 90 50
2 | Huyen Yen Binh 210 90 81 90 120 132 110
3 Thanh pho 175 75 60 30 100 47 47
4 | Huyen Bac Me 260 130 143 110 130 39 30
5 Don vi phoi hop 0 0 17 4
Tong 945 415 451 109 530 312 59
"""


def test_plain_text_is_laid_out_by_its_arithmetic() -> None:
    (table,) = check_tables(read_tables(letter(plain_page(PLAIN))))
    assert table.rows == 6
    assert table.title == "BIEU TONG HOP KET QUA"
    assert table.columns[2:5] == ("Tổng › Chỉ tiêu", "Giai đoạn 1 › Chỉ tiêu", "Giai đoạn 1 › Kết quả")
    rows = grid_of(table)
    assert rows[2] == ["3", "Thanh pho", "175", "75", "60", "80", "100", "47", "47"]
    assert rows[4] == ["5", "Don vi phoi hop", "0", "0", "17", "", "", "4", ""]
    assert rows[5] == ["", "Tong", "945", "415", "451", "109", "530", "312", "59"]
    assert [(c.raw, c.text) for c in table.cells if c.corrected_by] == [("30", "80")]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Luật số 10 ngày 12 tháng 5 năm 2015;\nCăn cứ Nghị định số 7;\nXét đề nghị của Trưởng phòng.",
        "1. Tổ chức 04 lớp.\n2. Mở 12 hội nghị.\n3. Tặng 20 suất quà.",
        "",
    ],
)
def test_plain_prose_is_no_table(text: str) -> None:
    assert read_tables(letter(plain_page(text))) == ()


def test_figures_read_again_agree_or_are_disputed() -> None:
    page = ruled_page([*HEAD, *BODY, ["3", "Huyện C", "S0", "5", "10"], *WHOLE])
    boxes = figure_cells(page)
    at = {(c.row, c.col): c.box for c in page.grids[0].cells}
    assert at[4, 2] in boxes
    assert at[2, 0] not in boxes
    read = {
        at[4, 2]: Word("50", "50", at[4, 2], 0.9),
        at[2, 3]: Word("900", "900", at[2, 3], 0.9),
        at[3, 3]: Word("890", "890", at[3, 3], 0.5),
    }
    (table,) = read_tables(letter(with_figures(page, read)))
    cells = {(c.row, c.col): c for c in table.cells}
    assert cells[4, 2].value == 50.0
    assert cells[2, 3].confidence > 0.97
    assert (cells[3, 3].value, cells[3, 3].confidence) == (880.0, 0.6)


def test_a_dash_fills_an_empty_cell_and_no_other() -> None:
    page = ruled_page([["TT", "Đơn vị", "Số lớp"], ["1", "Xã A", "9"], ["2", "Xã B", ""], ["3", "Xã C", "7"]])
    at = {(c.row, c.col): c.box for c in page.grids[0].cells}
    read = {at[place]: Word("-", "-", at[place], 0.9) for place in ((1, 2), (2, 2))}
    (table,) = read_tables(letter(with_figures(page, read)))
    assert [c.text for c in table.cells if c.col == 2] == ["Số lớp", "9", "-", "7"]


def test_a_separator_lost_in_one_reading_is_taken_from_the_other() -> None:
    page = ruled_page([["TT", "Đơn vị", "Tỷ lệ %"], ["1", "Xã A", "904"], ["2", "Xã B", "88"], ["3", "Xã C", "75"]])
    box = next(c.box for c in page.grids[0].cells if (c.row, c.col) == (1, 2))
    (table,) = read_tables(letter(with_figures(page, {box: Word("90,4", "90,4", box, 0.9)})))
    cell = next(c for c in table.cells if (c.row, c.col) == (1, 2))
    assert (cell.text, cell.value, cell.confidence) == ("90,4", 90.4, 0.6)
