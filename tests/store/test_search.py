"""Words are found with and without marks, and shown where they stand."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.nouns import Letter
from pipeline.store import SearchFilter, Store
from pipeline.store.search import count, match_expression
from tests.store.invented import a_page, a_record, a_scan


def found(store: Store, text: str) -> list[str]:
    return [hit.document_id for hit in store.search(text)]


@pytest.fixture
def name(store: Store) -> str:
    (name,) = store.save((a_record(),))
    return name


@pytest.mark.parametrize(
    "text",
    ["duong", "đường", "ĐƯỜNG", "hòa giải", "hoà giải", "hoa giai", '"phan dau phat trien"', "đoà*", "47/KH-LĐLĐ",
     "phat dong thi dua", "tran hung", "đường -hà"],
)  # fmt: skip
def test_finds(store: Store, name: str, text: str) -> None:
    assert found(store, text) == [name]


@pytest.mark.parametrize("text", ["dường", "dương", '"triển phát"', "đoà", "đường -duong", "48/KH-LĐLĐ"])
def test_does_not_find(store: Store, name: str, text: str) -> None:
    assert found(store, text) == []


def test_a_hit_is_shown_as_it_is_written(store: Store, name: str) -> None:
    (hit,) = store.search("duong")
    assert hit.page_no == 1
    assert [piece for piece, lit in hit.snippet if lit] == ["đường"]
    assert "trên đường Trần Hưng Đạo" in "".join(piece for piece, _ in hit.snippet)


def test_the_letterhead_is_found_although_the_page_says_otherwise(store: Store, name: str) -> None:
    store.correct(name, "number", "99/KH-LĐLĐ", by="an")
    (hit,) = store.search("99/KH-LĐLĐ")
    assert hit.page_no == 0


def test_filters_narrow(store: Store, name: str) -> None:
    assert store.search("duong", SearchFilter(issuer="liên đoàn", since="2023", until="2023-02"))
    assert store.search("duong", SearchFilter(doc_type="Kế hoạch"))
    assert not store.search("duong", SearchFilter(issuer="sở y tế"))
    assert not store.search("duong", SearchFilter(since="2023-02-15"))
    assert not store.search("duong", SearchFilter(until="2022"))
    assert not store.search("duong", SearchFilter(doc_type="Báo cáo"))


def test_words_side_by_side_come_first_and_are_lit_as_one(store: Store) -> None:
    texts = {
        "apart": "Ban tổ chức và nhân dân ủy quyền cho dân, nhân danh ban ủy",
        "together": "kính gửi Ủy ban nhân dân",
    }
    for name, text in texts.items():
        record = a_record(name, issuer="Văn phòng", subject="Về việc họp", number=f"{len(name)}/TB-VP")
        store.save((dataclasses.replace(record, letter=dataclasses.replace(record.letter, pages=(a_page(1, text),))),))
    hits = store.search("uy ban nhan dan")
    assert len(hits) == 2
    assert [piece for piece, lit in hits[0].snippet if lit] == ["Ủy ban nhân dân"]
    assert hits[0].often > 1 > hits[1].often > 0
    assert count(store.db, "uy ban nhan dan", SearchFilter()) == 2


@pytest.mark.parametrize(
    ("order", "dates"), [("newest", ["2023", "2022", "2021"]), ("oldest", ["2021", "2022", "2023"])]
)
def test_hits_are_put_in_the_order_of_their_dates(store: Store, order: str, dates: list[str]) -> None:
    for year in ("2022", "2021", "2023"):
        store.save((a_record(year, number=f"{year}/KH-LĐLĐ", issued_on=f"{year}-05-06"),))
    hits = store.search("duong", SearchFilter(order=order))
    assert [str(hit.issued_on)[:4] for hit in hits] == dates
    assert [hit.issued_on for hit in store.search("duong", SearchFilter(order=order, since="2022-05-07"))] == [
        "2023-05-06"
    ]
    assert count(store.db, "duong", SearchFilter(since="2022-05-07")) == 1


def test_hits_come_in_pages_of_letters(store: Store) -> None:
    for number in range(5):
        store.save((a_record(str(number), number=f"{number}/A"),))
    firsts = store.search("duong", limit=3)
    rest = store.search("duong", limit=3, offset=3)
    assert len({hit.document_id for hit in (*firsts, *rest)}) == 5


def test_a_page_scanned_twice_is_found_once(store: Store) -> None:
    record = a_record()
    again = dataclasses.replace(a_page(2), repeats_page=1)
    store.save((dataclasses.replace(record, letter=Letter(a_scan(), (a_page(), again))),))
    rows = store.db.query("SELECT page_no FROM search_rows ORDER BY page_no")
    assert [row["page_no"] for row in rows] == [0, 1]


@pytest.mark.parametrize("text", ["", "  ", '""', "-", "***", "/"])
def test_nothing_to_look_up_is_said_so(text: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        match_expression(text)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_no_syntax_error(typed: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE search_text USING fts5 (text, folded)")
    try:
        match = match_expression(typed)
    except UsageError:
        return
    finally:
        db.commit()
    db.execute("SELECT * FROM search_text WHERE search_text MATCH ?", [match]).fetchall()
    db.close()
