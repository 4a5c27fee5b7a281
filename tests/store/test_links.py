"""Citations find their letters, whichever came first; two scans of one letter know of each other."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from pipeline.nouns import Citation, Record
from pipeline.store import Store
from tests.store.invented import a_record, doubtful


def citing(number: str, issued_on: dt.date | None) -> Record:
    citation = Citation(number, None, None, issued_on, 1, None, f"theo văn bản số {number}", 0.9)
    return dataclasses.replace(a_record("citing", number="90/BC-LĐLĐ"), citations=(citation,))


CITED = a_record("cited", number="12/NQ-TLĐ", issued_on="2022-05-04")


def cited_by(store: Store, record: Record) -> str | None:
    (citation,) = store.show(record.letter.scan.sha256[:16]).citations
    return citation["cited_document_id"]  # type: ignore[no-any-return]


@pytest.mark.parametrize("first", ["citing", "cited"])
def test_a_citation_finds_its_letter_whichever_comes_first(store: Store, first: str) -> None:
    naming = citing("12 / NQ-TLĐ", dt.date(2022, 5, 4))
    for record in (naming, CITED) if first == "citing" else (CITED, naming):
        store.save((record,))
    assert cited_by(store, naming) == CITED.letter.scan.sha256[:16]


def test_the_same_number_of_another_year_is_another_letter(store: Store) -> None:
    naming = citing("12/NQ-TLĐ", dt.date(2021, 5, 4))
    store.save((CITED,))
    store.save((naming,))
    assert cited_by(store, naming) is None


def test_without_a_date_the_only_sure_letter_of_that_number_is_meant(store: Store) -> None:
    naming = citing("12/NQ-TLĐ", None)
    store.save((CITED,))
    store.save((naming,))
    assert cited_by(store, naming) == CITED.letter.scan.sha256[:16]
    store.save((a_record("other year", number="12/NQ-TLĐ", issued_on="2019-01-08"),))
    assert cited_by(store, naming) is None


def test_without_a_date_an_unsure_number_is_not_enough(store: Store) -> None:
    naming = citing("12/NQ-TLĐ", None)
    store.save((doubtful(CITED, "number"),))
    store.save((naming,))
    assert cited_by(store, naming) is None


def test_a_letter_read_again_is_still_the_one_that_is_cited(store: Store) -> None:
    naming = citing("12/NQ-TLĐ", dt.date(2022, 5, 4))
    store.save((naming,))
    store.save((CITED,))
    store.save((CITED,))
    assert cited_by(store, naming) == CITED.letter.scan.sha256[:16]


def test_two_scans_of_one_letter_know_of_each_other_in_either_order(store: Store) -> None:
    one, two = a_record("paper"), a_record("signed copy")
    first, second = sorted(r.letter.scan.sha256[:16] for r in (one, two))
    store.save((one,))
    store.save((two,))
    assert store.show(first).document["duplicate_of"] is None
    assert store.show(second).document["duplicate_of"] == first


def test_a_corrected_number_ends_a_likeness(store: Store) -> None:
    names = sorted(store.save((a_record("paper"),)) + store.save((a_record("signed copy"),)))
    store.correct(names[1], "number", "48/KH-LĐLĐ", by="an")
    assert store.show(names[1]).document["duplicate_of"] is None


def test_the_same_number_of_another_issuer_is_no_likeness(store: Store) -> None:
    names = store.save((a_record("one"),)) + store.save((a_record("two", issuer="Công đoàn ngành Y tế"),))
    assert [store.show(name).document["duplicate_of"] for name in names] == [None, None]


def test_parts_of_one_file_are_no_copies_of_each_other(store: Store) -> None:
    names = store.save((a_record(), a_record(part=2)))
    assert [store.show(name).document["duplicate_of"] for name in names] == [None, None]
