"""The sample letters from recorded words to the database, against their gold: no engine, no pixels.

The floors are what the product promises; a change that loses a field of a letter is named with the letter.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline.config import Config, StoreConfig
from pipeline.intake import find_scans, open_scan
from pipeline.metrics import Report, compare, load_gold
from pipeline.metrics.evaluate import reading_of
from pipeline.ocr.recorded import load_pages
from pipeline.reading import understand
from pipeline.store import open_store

ROOT = Path(__file__).parent.parent
SCANS = ROOT / "corpus" / "scans"
RECORDED = Path(__file__).parent / "letters"
NAMES = sorted(path.name.removesuffix(".json.gz") for path in RECORDED.glob("*.json.gz"))
FLOORS = {
    "number": 0.88,
    "issued_on": 0.97,
    "place": 0.97,
    "issuer": 0.97,
    "doc_type": 0.97,
    "subject": 0.95,
    "targets": 0.9,
    "citations": 0.9,
    "recipients": 0.95,
    "wer": 0.03,
}
"""Over all samples, faxes, photographs and ruined texts among them."""
HEADER = ("number", "issued_on", "place", "issuer", "doc_type", "subject")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    gold = load_gold(SCANS)
    scans = {path.stem: path for path in find_scans([SCANS])}
    found = {}
    with open_store(tmp_path_factory.mktemp("letters") / "letters.db", StoreConfig()) as store:
        for name in NAMES:
            scan = open_scan(scans[name], Config().intake)
            (first, *_) = store.save(understand(scan, load_pages(RECORDED / f"{name}.json.gz"), Config()))
            found[name] = compare(name, reading_of(store.show(first)), gold[name])
    return found


@cache
def _nothing() -> Report:
    return Report()


def total(reports: dict[str, Report]) -> Report:
    return sum(reports.values(), _nothing())


def test_there_are_letters() -> None:
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_nothing_wrong_is_accepted(reports: dict[str, Report], name: str) -> None:
    sure = [miss for miss in reports[name].misses if miss.status == "accepted" and miss.field in HEADER]
    assert not sure


def test_letterheads_are_read(reports: dict[str, Report]) -> None:
    fields = total(reports).fields
    right = {
        name: fields[name].right / (fields[name].right + fields[name].wrong + fields[name].missed) for name in HEADER
    }
    assert {name: share for name, share in right.items() if share < FLOORS[name]} == {}


def test_figures_are_found(reports: dict[str, Report]) -> None:
    assert total(reports).targets.f1 >= FLOORS["targets"]


def test_citations_and_recipients_are_found(reports: dict[str, Report]) -> None:
    whole = total(reports)
    assert whole.citations.f1 >= FLOORS["citations"]
    assert whole.recipients.f1 >= FLOORS["recipients"]


def test_the_text_is_right(reports: dict[str, Report]) -> None:
    assert total(reports).words.rate <= FLOORS["wer"]
