"""Why a letter's values are what they are."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import StoreConfig
from pipeline.nouns import Box, Field, Record, Repair, Status
from pipeline.store import LETTERHEAD, StoredLetter, open_store
from pipeline.store.explain import Explained, explained, sought
from tests.store.invented import a_record, doubtful


def stored(tmp_path: Path, record: Record) -> StoredLetter:
    with open_store(tmp_path / "letters.db", StoreConfig()) as store:
        (name,) = store.save((record,))
        return store.show(name)


def told(tmp_path: Path, record: Record) -> dict[str, Explained]:
    return {one.name: one for one in explained(stored(tmp_path, record))}


def test_a_value_tells_its_ink_its_rule_and_what_was_repaired(tmp_path: Path) -> None:
    subject = Field("subject", "Về việc giữ rừng", "Về việc giữ rùng", 0.93, Status.ACCEPTED, 1, Box(10, 20, 300, 40),
                    "subject: under the title")  # fmt: skip
    record = a_record()
    fields = tuple(subject if field.name == "subject" else field for field in record.fields)
    repairs = (
        Repair(1, 3, 4, "rùng", "rừng", 0.97, "marks"),
        Repair(2, 3, 4, "rùng", "rừng", 0.97, "marks"),
        Repair(1, 9, 1, "cùng", "cũng", 0.9, "marks"),
    )
    one = told(tmp_path, Record(record.letter, fields, repairs=repairs))["subject"]
    assert one.value == "Về việc giữ rừng"
    assert one.read == "Về việc giữ rùng"
    assert one.where == "page 1, x 10 to 300, y 20 to 40"
    assert one.rule == "subject: under the title"
    assert one.repaired == ("rùng to rừng (0.97)",)
    assert one.why == ""


def test_a_doubt_says_why(tmp_path: Path) -> None:
    one = told(tmp_path, doubtful(a_record(), "number"))["number"]
    assert one.status == "needs_review"
    assert one.why == "two readings differ"


def test_what_is_missing_says_where_it_was_looked_for(tmp_path: Path) -> None:
    one = told(tmp_path, a_record())["secrecy"]
    assert one.status == "missing"
    assert one.why.startswith("looked for: a stamp MẬT")


def test_a_persons_word_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path / "letters.db", StoreConfig()) as store:
        (name,) = store.save((a_record(),))
        store.correct(name, "place", "Hòa An", "an")
        rule = next(one.rule for one in explained(store.show(name)) if one.name == "place")
    assert "an said 'Hòa An' on " in rule


def test_values_come_in_the_order_of_the_letter(tmp_path: Path) -> None:
    names = [one.name for one in explained(stored(tmp_path, a_record())) if one.name in sought()]
    assert names == sorted(names, key=list(sought()).index)


def test_every_value_of_a_letterhead_is_looked_for_somewhere() -> None:
    assert set(LETTERHEAD) <= set(sought())
