"""Letters of our own invention, as the reading would hand them to the store."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from pathlib import Path

from pipeline.nouns import (
    Box,
    Cell,
    Citation,
    Field,
    Letter,
    Line,
    Mark,
    MarkKind,
    MediaType,
    PageText,
    Recipient,
    Record,
    Repair,
    Scan,
    Status,
    Table,
    Target,
    Word,
    Zone,
)

VALUES = {
    "doc_type": "Kế hoạch",
    "number": "47/KH-LĐLĐ",
    "issued_on": "2023-02-14",
    "place": "Hương Giang",
    "issuer": "Liên đoàn Lao động tỉnh Hương Giang",
    "subject": "Phát động thi đua năm 2023",
    "signer": "Trần Văn Mẫu",
}
TEXT = "Phấn đấu phát triển mới 210 đoàn viên\ntrên đường Trần Hưng Đạo; hoà giải tại cơ sở"


def a_line(text: str, top: int, zone: Zone = Zone.BODY) -> Line:
    words = tuple(
        Word(raw=w.replace("đ", "d"), text=w, box=Box(100 + 90 * i, top, 180 + 90 * i, top + 40), confidence=0.91)
        for i, w in enumerate(text.split())
    )
    return Line(words, zone)


def a_page(number: int = 1, text: str = TEXT) -> PageText:
    lines = tuple(a_line(line, 200 + 60 * i) for i, line in enumerate(text.splitlines()))
    seal = Mark(MarkKind.SEAL, Box(900, 900, 1100, 1100))
    return PageText(number, lines, width=2480, height=3508, dpi=300, marks=(seal,), steps=("deskew",))


def a_scan(content: str = "first", name: str = "ke-hoach.pdf") -> Scan:
    digest = hashlib.sha256(content.encode()).hexdigest()
    return Scan(Path("scans") / name, digest, MediaType.PDF, size=1234, page_count=1)


def a_field(name: str, value: str, status: Status = Status.ACCEPTED, confidence: float = 0.95) -> Field:
    reason = "two readings differ" if status is Status.NEEDS_REVIEW else ""
    return Field(name, value, value, confidence, status, 1, Box(10, 20, 110, 60), "letterhead", reason)


def a_target(**changes: object) -> Target:
    target = Target(
        kind="target", source="text", indicator="Phát triển mới đoàn viên", comparator=">=", value=210.0,
        unit="đoàn viên", value_text="210 đoàn viên", page=1, box=Box(100, 200, 700, 240),
        quote="Phấn đấu phát triển mới 210 đoàn viên",
        confidence=0.9, status=Status.ACCEPTED, period_end=dt.date(2023, 12, 31),
    )  # fmt: skip
    return dataclasses.replace(target, **changes)  # type: ignore[arg-type]


def a_record(content: str = "first", name: str = "ke-hoach.pdf", part: int = 1, **values: str) -> Record:
    """A letter; keyword arguments change fields, an empty one leaves the field out."""
    fields = tuple(a_field(name, value) for name, value in (VALUES | values).items() if value)
    cells = (
        Cell(0, 0, "Đơn vị", "Don vi", None, 0.9, Box(1, 2, 3, 4)),
        Cell(0, 1, "Chỉ tiêu", "Chi tieu", None, 0.9),
        Cell(1, 0, "Huyện Bình Sơn", "Huyen Binh Son", None, 0.9),
        Cell(1, 1, "12", "l2", 12.0, 0.8, corrected_by="arithmetic"),
    )
    return Record(
        letter=Letter(a_scan(content, name), (a_page(),), part),
        fields=fields,
        recipients=(Recipient("to", "Công đoàn cơ sở", 1, Box(1, 1, 9, 9)), Recipient("copy", "Lưu: VT")),
        citations=(
            Citation("12/NQ-TLĐ", "Nghị quyết", None, dt.date(2022, 5, 4), 1, None, "Nghị quyết số 12/NQ-TLĐ", 0.9),
        ),
        targets=(a_target(),),
        tables=(Table(1, "Biểu tổng hợp", ("Đơn vị", "Chỉ tiêu"), 1, 2, cells, checks_passed=3),),
        repairs=(Repair(1, 1, 6, "doan", "đoàn", 0.97, "lexicon"),),
    )


def doubtful(record: Record, name: str, confidence: float = 0.4) -> Record:
    """The same letter with one field that needs review."""
    fields = tuple(
        a_field(f.name, f.value, Status.NEEDS_REVIEW, confidence) if f.name == name else f for f in record.fields
    )
    return dataclasses.replace(record, fields=fields)
