"""Wordings of one indicator are told from wordings of two, and people have the last word."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import StoreConfig
from pipeline.errors import UsageError
from pipeline.store import Row, Store, TargetFilter, open_store
from pipeline.store.matching import MAYBE, SAME, likeness, match_all
from tests.store.invented import a_record, a_target

WORDS = st.lists(
    st.sampled_from(["ket", "nap", "doan", "vien", "hoi", "phu", "nu", "lao", "dong"]), min_size=1, max_size=8
)


@pytest.mark.parametrize(
    ("target", "result", "status"),
    [
        ("phat trien moi doan vien", "phat trien doan vien", SAME),
        ("ket nap doan vien", "doan vien ket nap", SAME),
        ("ty le ho ngheo toan tinh", "ty le ho ngheo", SAME),
        ("xay dung nha dai doan ket cho ho ngheo", "xay dung nha dai doan ket", SAME),
        ("tap huan cho can bo cong doan co so", "tap huan cho can bo", MAYBE),
        ("so ho can ngheo da chieu toan huyen", "so ho ngheo da chieu", MAYBE),
        ("ket nap doan vien", "ket nap dang vien", MAYBE),
        ("to chuc lop tap huan cho can bo cong doan co so", "to chuc lop tap huan cho can bo hoi co so", MAYBE),
        ("giai quyet viec lam", "dao tao nghe", None),
        ("hoc sinh bo hoc", "hoc sinh gioi cap tinh dat giai", None),
    ],
)  # fmt: skip
def test_what_says_more_is_the_same_and_what_says_otherwise_is_asked(
    target: str, result: str, status: str | None
) -> None:
    assert likeness(target, result)[1] == status


@given(WORDS, WORDS)
def test_likeness_does_not_depend_on_order_or_side(one: list[str], other: list[str]) -> None:
    forth = likeness(" ".join(one), " ".join(other))
    assert forth == likeness(" ".join(other), " ".join(one)) == likeness(" ".join(reversed(one)), " ".join(other))
    assert 0 <= forth[0] <= 1


@given(WORDS)
def test_a_wording_is_like_itself(words: list[str]) -> None:
    assert likeness(" ".join(words), " ".join(words)) == (1.0, SAME)


def saved(store: Store, name: str, *changes: Row, **fields: str) -> None:
    targets = tuple(a_target(**change) for change in changes)
    record = dataclasses.replace(a_record(name, **fields), targets=targets)  # type: ignore[arg-type]
    store.save((record,))


def later(store: Store, *changes: Row, issued_on: str = "2023-12-20", number: str = "90/BC-LĐLĐ") -> None:
    results = [{"kind": "result", "comparator": "=", "value": 231.0, **change} for change in changes]
    saved(store, f"report {number}", *results, number=number, issued_on=issued_on)


def test_wordings_that_differ_a_little_make_a_pair(store: Store) -> None:
    saved(store, "plan", {"indicator": "phát triển mới đoàn viên"})
    later(store, {"indicator": "phát triển đoàn viên"})
    (row,) = store.progress()
    assert (row["target"], row["result"], row["match_status"]) == (210, 231, SAME)


def test_what_may_be_another_thing_waits_for_a_person(store: Store) -> None:
    saved(store, "plan", {"indicator": "kết nạp đoàn viên"})
    later(store, {"indicator": "kết nạp đảng viên"})
    assert list(store.progress()) == []
    (pair,) = store.matches(MAYBE)
    store.decide_match(pair["id"], "an", same=True)
    assert [row["result_indicator"] for row in store.progress()] == ["kết nạp đảng viên"]
    assert store.matches("confirmed")[0]["decided_by"] == "an"


def test_a_pair_that_was_rejected_stays_so_for_other_letters_and_when_read_again(store: Store) -> None:
    saved(store, "plan", {"indicator": "phát triển mới đoàn viên"})
    later(store, {"indicator": "phát triển đoàn viên"})
    (pair,) = store.matches(SAME)
    store.decide_match(pair["id"], "an", same=False)
    later(store, {"indicator": "phát triển đoàn viên"})
    later(store, {"indicator": "Phát triển đoàn viên"}, number="91/BC-LĐLĐ")
    assert list(store.progress()) == []
    assert [row["status"] for row in store.matches()] == ["rejected"]


def test_a_pair_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(UsageError, match="no pair"):
        store.decide_match(7, "an", same=True)


def test_a_target_of_several_years_is_followed_through_its_period(store: Store) -> None:
    term = {"period_start": "2023-01-01", "period_end": "2025-12-31"}
    saved(store, "plan", {"indicator": "kết nạp đoàn viên", **_dates(term)})
    for year in (2023, 2024, 2026):
        span = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        later(store, {"indicator": "kết nạp đoàn viên", **_dates(span)}, issued_on=f"{year}-12-20", number=f"{year}/BC")
    assert [(row["year"], row["result_year"]) for row in store.progress()] == [(2025, 2023), (2025, 2024)]


def _dates(span: dict[str, str]) -> Row:
    return {name: dt.date.fromisoformat(day) for name, day in span.items()}


def test_a_corrected_indicator_is_matched_anew(store: Store) -> None:
    saved(store, "plan", {"indicator": "đào tạo nghề"})
    later(store, {"indicator": "kết nạp đoàn viên"})
    plan = next(row["document_id"] for row in store.targets(TargetFilter(kind="target")))
    store.correct(plan, "targets.0.indicator", "kết nạp đoàn viên", "an")
    assert len(list(store.progress())) == 1


def test_progress_is_narrowed_by_its_targets(store: Store) -> None:
    saved(store, "plan", {"indicator": "kết nạp đoàn viên"}, {"indicator": "thành lập CĐCS", "unit": "CĐCS"})
    later(store, {"indicator": "kết nạp đoàn viên"}, {"indicator": "thành lập CĐCS", "unit": "CĐCS"})
    assert [row["unit"] for row in store.progress(TargetFilter(unit="CĐCS"))] == ["CĐCS"]


def test_an_older_database_is_matched_when_it_is_opened(tmp_path: Path) -> None:
    with open_store(tmp_path / "letters.db", StoreConfig()) as store:
        saved(store, "plan", {"indicator": "kết nạp đoàn viên"})
        later(store, {"indicator": "kết nạp đoàn viên"})
        store.db.execute("DELETE FROM indicator_matches")
        match_all(store.db)
        assert len(list(store.progress())) == 1


def test_figures_are_summed_up_by_issuer_and_indicator(store: Store) -> None:
    saved(store, "plan", {"indicator": "kết nạp đoàn viên"}, {"indicator": "thành lập CĐCS", "unit": "CĐCS"})
    later(store, {"indicator": "Kết nạp đoàn viên", "value": 120.0}, issued_on="2023-06-20")
    later(store, {"indicator": "kết nạp đoàn viên", "value": 231.0}, number="95/BC-LĐLĐ")
    first, second = store.target_summary()
    assert (first["targets"], first["results"], first["latest_target"], first["latest_result"]) == (1, 2, 210, 231)
    assert (second["unit"], second["results"], second["latest_result"]) == ("CĐCS", 0, None)
    assert next(store.target_summary(TargetFilter(kind="result")))["targets"] == 0
