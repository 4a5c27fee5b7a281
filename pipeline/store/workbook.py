"""The register of letters and the figures as a workbook for spreadsheets. The only home of openpyxl."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from sqlite_utils import Database

from pipeline.store.export import harmless
from pipeline.store.queries import STAMPED_VALUES
from pipeline.store.rows import Row, iso_date

_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook may hold."""

_REGISTER = {
    "Số, ký hiệu": ("number", 18), "Ngày ban hành": ("issued_on", 14), "Loại văn bản": ("doc_type", 16),
    "Cơ quan ban hành": ("issuer", 38), "Trích yếu": ("subject", 70), "Nơi ban hành": ("place", 16),
    "Số đến": ("incoming_number", 12), "Ngày đến": ("incoming_on", 14),
    "Người ký": ("signer", 24), "Chức vụ": ("signer_title", 24), "Độ khẩn": ("urgency", 12), "Độ mật": ("secrecy", 12),
    "Số trang": ("pages", 9), "Trạng thái": ("status", 14), "Độ tin cậy": ("confidence", 11),
    "Tệp": ("source_name", 30), "Mã": ("id", 19),
}  # fmt: skip
_FIGURES = {
    "Năm": ("year", 8), "Loại": ("kind", 10), "Cơ quan ban hành": ("issuer", 38),
    "Đơn vị thực hiện": ("responsible", 30), "Chỉ tiêu": ("indicator", 50), "Phạm vi": ("qualifier", 24),
    "So sánh": ("comparator", 8), "Giá trị": ("value", 16), "Đến": ("value_max", 16), "Đơn vị tính": ("unit", 14),
    "Thời hạn": ("period_end", 12), "Trạng thái": ("status", 14), "Độ tin cậy": ("confidence", 11),
    "Số, ký hiệu": ("number", 18), "Ngày ban hành": ("issued_on", 14), "Trang": ("page_no", 7),
    "Trích dẫn": ("quote", 80), "Mã": ("document_id", 19),
}  # fmt: skip
_PROGRESS = {
    "Năm": ("year", 8), "Chỉ tiêu": ("indicator", 50), "Đơn vị thực hiện": ("responsible", 30),
    "Đơn vị tính": ("unit", 14), "So sánh": ("comparator", 8), "Giao": ("target", 16), "Đạt": ("result", 16),
    "Tỷ lệ": ("ratio", 10), "Cơ quan giao": ("set_by", 38), "Văn bản giao": ("target_number", 18),
    "Cơ quan báo cáo": ("reported_by", 38), "Văn bản báo cáo": ("result_number", 18),
}  # fmt: skip
_SHEETS = (
    (
        "Sổ đăng ký văn bản",
        _REGISTER,
        f"SELECT d.*, {STAMPED_VALUES} FROM documents AS d WHERE not_a_letter = 0 ORDER BY issued_on, number_key, id",
    ),
    ("Chỉ tiêu và kết quả", _FIGURES, "SELECT * FROM v_targets ORDER BY year, issued_on, document_id, id"),
    ("Tiến độ", _PROGRESS, "SELECT * FROM v_progress ORDER BY year, target_id, result_id"),
)
_DATES = frozenset({"issued_on", "incoming_on", "period_end"})
_STATUS = {"accepted": "máy đọc", "needs_review": "cần xem lại", "confirmed": "đã xác nhận"}
_KINDS = {"target": "chỉ tiêu", "result": "kết quả"}


def write_workbook(db: Database, out: BinaryIO) -> None:
    """Write register, figures and progress as sheets of an XLSX file: real numbers and dates, headers that stay."""
    book = Workbook(write_only=True)
    for title, columns, query in _SHEETS:
        _write_sheet(book.create_sheet(title), columns, db.query(query))
    book.save(out)


def write_letters(rows: Iterable[Row], out: BinaryIO) -> None:
    """Write some letters, rows with the columns of `documents`, as the register: the one sheet of an XLSX file."""
    _write_one(0, rows, out)


def write_figures(rows: Iterable[Row], out: BinaryIO) -> None:
    """Write some targets and results, rows as of `v_targets`, as the one sheet of an XLSX file."""
    _write_one(1, rows, out)


def write_progress(rows: Iterable[Row], out: BinaryIO) -> None:
    """Write some results beside their targets, rows of `v_progress`, as the one sheet of an XLSX file."""
    _write_one(2, rows, out)


def _write_one(sheet: int, rows: Iterable[Row], out: BinaryIO) -> None:
    title, columns, _ = _SHEETS[sheet]
    book = Workbook(write_only=True)
    _write_sheet(book.create_sheet(title), columns, rows)
    book.save(out)


def _write_sheet(sheet: WriteOnlyWorksheet, columns: dict[str, tuple[str, int]], rows: Iterable[Row]) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"  # type: ignore[attr-defined]
    for number, (_, width) in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width  # type: ignore[attr-defined]
    sheet.append([_bold(sheet, heading) for heading in columns])
    for row in rows:
        sheet.append(list(_cells(sheet, row, columns)))


def _bold(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cells(sheet: WriteOnlyWorksheet, row: Row, columns: dict[str, tuple[str, int]]) -> Iterator[object]:
    for name, _ in columns.values():
        value = row[name]
        if name in _DATES and (day := iso_date(value)):
            cell = WriteOnlyCell(sheet, dt.datetime.fromisoformat(day))
            cell.number_format = "dd/mm/yyyy"
            yield cell
        elif name in {"status", "kind"}:
            yield {**_STATUS, **_KINDS}.get(value, value)
        elif isinstance(value, str):
            yield harmless(ILLEGAL_CHARACTERS_RE.sub(" ", value)[: _LONGEST_CELL - 1])
        else:
            yield value
