"""The corpus itself: sources are sound, gold agrees with the text, the kept scans are those of the sources."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.vietnamese import nfc
from scripts.make_scans.gold import gold_of
from scripts.make_scans.numerals import cell_number
from scripts.make_scans.profiles import PROFILES
from scripts.make_scans.source import LetterSource, read_source
from scripts.make_scans.typeset import typeset

_CORPUS = Path(__file__).parents[2] / "corpus"
_NAMES = sorted(path.stem for path in (_CORPUS / "letters").glob("*.md"))
_TOTAL = re.compile(r"(Tổng|Cộng|Tổng cộng|Tổng số)\b")


@cache
def _source(name: str) -> LetterSource:
    return read_source(_CORPUS / "letters" / f"{name}.md")


@cache
def _gold(name: str) -> dict[str, Any]:
    return gold_of(_source(name), typeset(_source(name)))


@pytest.mark.parametrize("name", _NAMES)
def test_gold_agrees_with_the_text(name: str) -> None:
    gold = _gold(name)
    text = " ".join(" ".join(gold["text"]).split())
    for row in [*gold["targets"], *gold["citations"]]:
        assert nfc(row["quote"]) in text or row.get("source") == "table", row
        assert row.get("value_text", "") in text, row
        assert 1 <= row["page_no"] <= gold["pages"]
    assert gold["signer"] in text
    for name_of in ("issuer", "subject", "signer"):
        if name_of in gold:
            assert gold[name_of].split()[-1].lower() in text.lower()


@pytest.mark.parametrize("name", _NAMES)
def test_figures_are_whole(name: str) -> None:
    for row in _gold(name)["targets"]:
        assert row["indicator"].strip()
        assert row["unit"].strip()
        assert row["comparator"] in {"=", ">=", ">", "<=", "<", "~"}
        assert row["value_max"] is None or row["value_max"] > row["value"]
        assert not re.match(r"(nghìn|triệu|tỷ)\b", row["unit"])


@pytest.mark.parametrize("name", _NAMES)
def test_totals_are_the_sums_of_their_columns(name: str) -> None:
    for table in _gold(name)["tables"]:
        *rows, last = table["cells"][table["header_rows"] :]
        if not _TOTAL.match(last[0]):
            continue
        for col, header in enumerate(table["columns"]):
            values = [cell_number(row[col]) for row in rows]
            total = cell_number(last[col])
            if total is None or None in values or "%" in header or "tỷ lệ" in header.lower():
                continue
            assert sum(v for v in values if v is not None) == pytest.approx(total), (table["title"], header)


@pytest.mark.parametrize("name", [name for name in _NAMES if _source(name).head.scan != "none"])
def test_the_kept_gold_is_that_of_the_source(name: str) -> None:
    kept = json.loads((_CORPUS / "scans" / f"{name}.json").read_text(encoding="utf-8"))
    fresh = _gold(name)
    for key in fresh.keys() - {"text", "handwritten_number"}:
        assert kept[key] == fresh[key], f"{key}: make the kept scans again"
    hand_frames = re.compile(r"(?<=\d) (?=/)")
    kept_text, fresh_text = ([hand_frames.sub("", page) for page in gold["text"]] for gold in (kept, fresh))
    assert kept_text == fresh_text


@pytest.mark.parametrize("name", [name for name in _NAMES if _source(name).head.scan in PROFILES])
def test_words_of_the_kept_scan_lie_on_the_page(name: str) -> None:
    packed = (_CORPUS / "scans" / f"{name}.words.json.gz").read_bytes()
    pages = json.loads(gzip.decompress(packed))
    assert len(pages) == _gold(name)["pages"]
    for page in pages:
        for _, x0, y0, x1, y1, *_rest in page["words"]:
            assert 0 <= x0 < x1 <= page["width"]
            assert 0 <= y0 < y1 <= page["height"]


def test_the_corpus_is_as_rich_as_its_card_says() -> None:
    golds = [_gold(name) for name in _NAMES]
    assert len(golds) >= 60
    assert sum(gold["pages"] for gold in golds) >= 200
    assert len({gold["doc_type"] for gold in golds}) >= 30
    assert len({gold["issuer"] for gold in golds}) == len(golds)
    assert sum(len(gold["targets"]) for gold in golds) >= 2000
    assert sum(len(gold["tables"]) for gold in golds) >= 40
    assert {gold["date"][:4] for gold in golds} >= {"1995", "2025"}
    assert {_source(name).head.scan for name in _NAMES} >= {"fax", "rotated", "stamped", "handwritten", "digital"}


def test_the_kept_scans_stay_small() -> None:
    size = sum(path.stat().st_size for path in (_CORPUS / "scans").iterdir())
    assert size < 8_000_000
