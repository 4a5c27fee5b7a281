"""Two scans of one letter are known by their text where number, date or issuer could not be read; others are not."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from pipeline.config import StoreConfig
from pipeline.nouns import Record
from pipeline.store import Store, open_store
from pipeline.store.alike import is_same_text
from pipeline.vietnamese import fold
from tests.store.invented import a_page, a_record

LONG = "\n".join(
    f"{n}. Đơn vị thứ {n} phát triển mới {n * 17 + 3} đoàn viên, thành lập {n + 2} tổ công đoàn, tổ chức {n * 3} buổi "
    f"tuyên truyền về {topic} cho người lao động tại cơ sở"
    for n, topic in enumerate(("an toàn giao thông", "phòng cháy", "dân số", "tiền lương", "bảo hiểm xã hội"), start=1)
)
BADLY = LONG.replace("đoàn viên", "doàn viẽn").replace("tuyên truyền", "tuyén truyên").replace("cơ sở", "cơ sò")
APPOINTED = "Điều 1. Bổ nhiệm ông {} giữ chức vụ Phó Trưởng phòng, hưởng phụ cấp theo quy định.\n" + LONG


def reading(content: str, text: str, **values: str) -> Record:
    record = a_record(content, "scan.pdf", 1, **values)
    return replace(record, letter=replace(record.letter, pages=(a_page(text=text),)))


def duplicates(store: Store) -> dict[str, str | None]:
    return {row["id"]: row["duplicate_of"] for row in store.db["documents"].rows}


def name_of(record: Record) -> str:
    return record.letter.scan.sha256[:16]


@pytest.mark.parametrize("missing", ["number", "issued_on", "issuer"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_scan_that_lacks_something_is_the_duplicate(store: Store, missing: str, order: tuple[int, int]) -> None:
    whole, poor = reading("whole", LONG), reading("poor", BADLY, **{missing: ""})
    for i in order:
        store.save(((whole, poor)[i],))
    assert duplicates(store) == {name_of(whole): None, name_of(poor): name_of(whole)}


def test_the_order_of_reading_does_not_matter(tmp_path: Path) -> None:
    best, *poor = reading("a", LONG), reading("b", BADLY, number=""), reading("c", LONG, number="", issued_on="")
    for number, order in enumerate(permutations((best, *poor))):
        with open_store(tmp_path / f"{number}.db", StoreConfig()) as store:
            for record in order:
                store.save((record,))
            assert duplicates(store) == {name_of(best): None, **{name_of(record): name_of(best) for record in poor}}


def test_two_that_both_lack_the_number_leave_one(store: Store) -> None:
    one, two = reading("one", LONG, number=""), reading("two", BADLY, number="")
    store.save((one,))
    store.save((two,))
    first, second = sorted(map(name_of, (one, two)))
    assert duplicates(store) == {first: None, second: first}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (LONG, {"number": "", "issued_on": "2023-05-01"}),
        (LONG, {"number": "48/KH-LĐLĐ", "issuer": ""}),
        (LONG.replace("71 đoàn viên", "95 đoàn viên").replace("20 đoàn viên", "44 đoàn viên"), {"number": ""}),
        ("Kính gửi các đơn vị", {"number": ""}),
    ],
)
def test_what_speaks_against_it_keeps_letters_apart(store: Store, text: str, values: dict[str, str]) -> None:
    store.save((reading("one", LONG),))
    store.save((reading("two", text, **values),))
    assert set(duplicates(store).values()) == {None}


def test_decisions_to_one_pattern_are_not_one_letter() -> None:
    one, other = (fold(APPOINTED.format(name)) for name in ("Nguyễn Văn Thử", "Lò Thị Nghiệm"))
    assert not is_same_text(one, other)
    assert is_same_text(one, fold(APPOINTED.format("Nguyên Vàn Thừ")))


def test_a_number_that_a_person_gives_ends_a_likeness(store: Store) -> None:
    whole, poor = reading("whole", LONG), reading("poor", BADLY, number="")
    store.save((whole,))
    store.save((poor,))
    store.correct(name_of(poor), "number", "48/KH-LĐLĐ", by="an")
    assert set(duplicates(store).values()) == {None}
