"""A letter is parted where a person says so, everything of it found anew, and all of it can be taken back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.config import Config, StoreConfig
from pipeline.errors import StaleValue, UsageError
from pipeline.layout import from_text
from pipeline.nouns import MediaType, PageText, Record, Scan
from pipeline.parting import as_decided, part, take_back
from pipeline.reading import understand, understand_letter
from pipeline.store import Boundary, Row, Store, open_store

PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HƯƠNG GIANG
Số: 47/KH-LĐLĐ
Hương Giang, ngày 14 tháng 02 năm 2023
KẾ HOẠCH
Phát động thi đua năm 2023
Phấn đấu phát triển mới 210 đoàn viên trong năm 2023."""
MORE = "2. Tổ chức thực hiện\nCác công đoàn cơ sở căn cứ kế hoạch này để thực hiện."
ORDER = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HƯƠNG GIANG
Số: 52/QĐ-LĐLĐ
Hương Giang, ngày 20 tháng 3 năm 2023
QUYẾT ĐỊNH
Về việc khen thưởng tập thể
Điều 1. Tặng bằng khen cho 15 tập thể có thành tích."""
SCAN = Scan(Path("scans/chong.pdf"), "a1" * 32, MediaType.PDF, 10, 3)
NAME = SCAN.sha256[:16]


def pages() -> tuple[PageText, ...]:
    return tuple(from_text(text, number, 1.0) for number, text in enumerate((PLAN, MORE, ORDER), start=1))


def as_one() -> Record:
    """The whole file as one letter, as a reader does that overlooks where the second begins."""
    (first, *_) = understand(SCAN, pages()[:1], Config())
    return understand_letter(dataclasses.replace(first.letter, pages=pages()), (), Config())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "letters.db", StoreConfig()) as opened:
        opened.save((as_one(),))
        yield opened


def stand(store: Store) -> dict[str, tuple[str, list[int]]]:
    """Number and pages of each letter."""
    found: dict[str, tuple[str, list[int]]] = {}
    for row in store.db.query("SELECT id, number FROM documents ORDER BY id"):
        found[row["id"]] = (row["number"], [page["page_no"] for page in store.show(row["id"]).pages])
    return found


def rows(store: Store) -> list[Row]:
    tables = ("documents", "fields", "targets", "pages", "lines", "recipients", "citations")
    return [row for table in tables for row in store.db.query(f"SELECT * FROM {table}")]


def test_the_second_letter_gets_its_own_values(store: Store) -> None:
    assert part(store, NAME, Boundary(3, begins=True), "an", Config()) == f"{NAME}-2"
    assert stand(store) == {NAME: ("47/KH-LĐLĐ", [1, 2]), f"{NAME}-2": ("52/QĐ-LĐLĐ", [3])}
    assert {t["page_no"] for t in store.show(f"{NAME}-2").targets} <= {3}
    assert [hit.document_id for hit in store.search("khen thưởng")] == [f"{NAME}-2"]


def test_taking_it_back_brings_everything_back(store: Store) -> None:
    before = rows(store)
    part(store, NAME, Boundary(3, begins=True), "an", Config())
    assert rows(store) != before
    assert take_back(store, 1, "an", Config()) == NAME
    assert rows(store) == before
    assert [(c["field"], c["new"], c["undoes"]) for c in store.show(NAME).corrections][:1] == [("begins.3", "1", None)]
    with pytest.raises(UsageError, match="cannot be undone"):
        take_back(store, 1, "an", Config())


def test_letters_are_joined_and_parted_again_under_the_same_name(store: Store) -> None:
    part(store, NAME, Boundary(2, begins=True), "an", Config())
    part(store, f"{NAME}-2", Boundary(3, begins=True), "an", Config())
    assert stand(store)[f"{NAME}-3"] == ("52/QĐ-LĐLĐ", [3])
    store.correct(f"{NAME}-3", "signer", "Trần Văn Mẫu", by="an")
    assert part(store, f"{NAME}-3", Boundary(3, begins=False), "an", Config()) == f"{NAME}-2"
    assert stand(store)[f"{NAME}-2"][1] == [2, 3]
    part(store, f"{NAME}-2", Boundary(3, begins=True), "an", Config())
    assert store.show(f"{NAME}-3").document["signer"] == "Trần Văn Mẫu"


def test_what_people_decided_stays_with_the_letter(store: Store) -> None:
    store.correct(NAME, "subject", "Kế hoạch thi đua", by="an")
    part(store, NAME, Boundary(3, begins=True), "an", Config())
    assert store.show(NAME).document["subject"] == "Kế hoạch thi đua"
    assert store.show(f"{NAME}-2").document["subject"] != "Kế hoạch thi đua"


@pytest.mark.parametrize(
    ("name", "boundary", "refused"),
    [
        (NAME, Boundary(1, begins=False), UsageError), (NAME, Boundary(1, begins=True), StaleValue),
        (NAME, Boundary(9, begins=True), StaleValue), (NAME, Boundary(2, begins=False), StaleValue),
        ("0" * 16, Boundary(2, begins=True), UsageError),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(store: Store, name: str, boundary: Boundary, refused: type[Exception]) -> None:
    before = list(store.db.iterdump())
    with pytest.raises(refused):
        part(store, name, boundary, "an", Config())
    assert list(store.db.iterdump()) == before


def test_a_new_reading_is_parted_as_decided(store: Store) -> None:
    part(store, NAME, Boundary(3, begins=True), "an", Config())
    store.save(as_decided((as_one(),), store.boundaries(SCAN.sha256), Config()))
    assert stand(store) == {NAME: ("47/KH-LĐLĐ", [1, 2]), f"{NAME}-2": ("52/QĐ-LĐLĐ", [3])}


def test_a_reader_that_finds_more_letters_changes_no_names(store: Store) -> None:
    part(store, NAME, Boundary(3, begins=True), "an", Config())
    store.correct(f"{NAME}-2", "signer", "Trần Văn Mẫu", by="an")
    again = as_decided((as_one(),), (Boundary(2, begins=True), Boundary(3, begins=True)), Config())
    store.save(again)
    assert store.show(f"{NAME}-2").document["signer"] == "Trần Văn Mẫu"
    assert stand(store)[f"{NAME}-3"][1] == [2]
