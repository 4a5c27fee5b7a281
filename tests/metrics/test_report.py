from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import NothingToRead
from pipeline.metrics import Reading, Report, compare, load_gold, render
from pipeline.metrics.compare import Counts, Row, same_value
from pipeline.metrics.text import cer, token_f1, wer


def row(value: str, status: str = "accepted", confidence: float = 0.97) -> dict[str, Any]:
    return {"value": value, "status": status, "confidence": confidence}


FIGURE: dict[str, Any] = {"kind": "target", "comparator": ">=", "value": 210.0, "value_max": None, "unit": "đoàn viên"}


@pytest.mark.parametrize(
    ("name", "read", "truth", "right"),
    [
        ("number", "512/KH-LĐLĐ", "512 / KH-LĐLĐ", True),
        ("number", "512/KH-LDLĐ", "512/KH-LĐLĐ", False),
        ("number", "512/kh-lđlđ", "512/KH-LĐLĐ", False),
        ("issuer", "Uỷ ban nhân dân tỉnh Hoà An", "Ủy ban nhân dân tỉnh Hòa An", True),
        ("issuer", "Ủy ban nhân dân tỉnh Hoa An", "Ủy ban nhân dân tỉnh Hòa An", False),
        ("subject", "Về việc  tổ chức hội nghị", "V/v tổ chức hội nghị", True),
        ("subject", "năm học 2024 – 2025", "năm học 2024-2025", True),
        ("subject", "tổ chức hội nghị tỉnh", "tổ chức hội nghị", False),
        ("place", None, "Hòa An", False),
    ],
)
def test_a_value_is_right_when_every_letter_is(name: str, read: str | None, truth: str, right: object) -> None:
    assert same_value(name, read, truth) is right


def test_handwritten_numbers_are_counted_apart() -> None:
    gold = {"number": "12/KH-SNV", "place": "Hòa An", "handwritten_number": True}
    report = compare("a", Reading({"number": row("17/KH-SNV"), "place": row("Hòa An")}), gold)
    assert report.handwritten == {"number": Counts(0, 1, 0)}
    assert report.fields == {"place": Counts(1, 0, 0)}


def test_trust_counts_what_was_accepted() -> None:
    fields = {"number": row("1/A"), "place": row("Hòa An", "needs_review"), "issuer": row("Sở X")}
    report = compare("a", Reading(fields), {"number": "2/A", "place": "Hòa An", "issuer": "Sở X"})
    assert report.accepted == Counts(right=1, wrong=1, missed=1)
    assert report.accepted.precision == 0.5


def test_confidence_stands_beside_what_was_right() -> None:
    fields = {"number": row("1/A", confidence=0.6), "place": row("Hòa An", confidence=0.64), "issuer": row("Sở X")}
    report = compare("a", Reading(fields), {"number": "2/A", "place": "Hòa An", "issuer": "Sở X"})
    shown = [line.split() for line in render(report + report).splitlines()]
    assert ["0.50", "to", "0.70", "4", "0.620", "0.500"] in shown
    assert ["0.95", "to", "0.98", "2", "0.970", "1.000"] in shown


def test_a_title_may_be_judged_with_the_power_before_it() -> None:
    fields = {"signed_for": row("TM. ỦY BAN NHÂN DÂN"), "signer_title": row("CHỦ TỊCH")}
    whole = {"signer_title": "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"}
    assert compare("a", Reading(fields), whole).fields["signer_title"] == Counts(right=1)
    apart = whole | {"signed_for": "TM. ỦY BAN NHÂN DÂN"}
    assert compare("a", Reading(fields), apart).fields["signer_title"] == Counts(wrong=1)


def test_a_letter_that_was_not_read_missed_everything() -> None:
    report = compare("a", None, {"number": "2/A", "targets": [FIGURE]})
    assert report.not_read == ("a",)
    assert report.fields["number"] == Counts(0, 0, 1)
    assert report.targets == Counts(0, 0, 1)


def test_an_empty_value_is_missed_and_not_wrong() -> None:
    report = compare("a", Reading({"number": row("", "needs_review")}), {"number": "2/A"})
    assert report.fields["number"] == Counts(0, 0, 1)


def test_figures_pair_one_to_one_by_meaning() -> None:
    gold = [{**FIGURE, "indicator": "phát triển đoàn viên"}, {**FIGURE, "indicator": "bồi dưỡng đoàn viên"}]
    read: list[Row] = [
        {**FIGURE, "indicator": "bồi dưỡng đoàn viên"},
        {**FIGURE, "value": 211.0, "indicator": "phát triển"},
    ]
    report = compare("a", Reading({}, targets=read), {"targets": gold})
    assert report.targets == Counts(1, 1, 1)
    assert report.indicators == (1.0,)


def test_text_is_compared_page_by_page() -> None:
    report = compare("a", Reading({}, pages={1: "một hai", 2: "bốn"}), {"text": ["một hai ba", "bốn"]})
    assert (report.words.edits, report.words.length) == (1, 4)


def test_rates() -> None:
    assert cer("hoà", "hòa").rate == 0
    assert wer("một  hai\nba", "một hai ba").rate == 0
    assert wer("x", "").rate == 1
    assert token_f1("a b", "b a") == 1
    assert token_f1("a", "b") == 0
    assert token_f1("Trồng ngô, lúa", "trồng ngô lúa") == 1
    assert token_f1("ngo", "ngô") == 0


def test_reports_add_up_and_print() -> None:
    one = compare("a", Reading({"place": row("Hòa An")}), {"place": "Hòa An"})
    both = one + compare("b", None, {"place": "Hòa An", "targets": []})
    assert both.letters == 2
    shown = render(both, misses=True)
    assert "1/2" in shown
    assert "b place [none]: None, gold 'Hòa An'" in shown
    assert render(Report())


def test_gold_lies_beside_the_scans(tmp_path: Path) -> None:
    (tmp_path / "thu.json").write_text(json.dumps({"place": "Hòa An"}), encoding="utf-8")
    (tmp_path / "thu_p01.txt").write_text("trang một", encoding="utf-8")
    (tmp_path / ".made.json").write_text("{}", encoding="utf-8")
    assert load_gold(tmp_path) == {"thu": {"place": "Hòa An", "page_texts": {1: "trang một"}}}


def test_a_folder_without_gold_is_told(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead):
        load_gold(tmp_path)
