from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.extract.figures.kinds import RESULT, TARGET, Evidence, kind_of

NOTHING = Evidence(
    before="", after="", earlier="", above=(), doc_type=None, issued_on=dt.date(2023, 7, 3), days=(None, None),
    subject="", limited=False, over=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"doc_type": "Kế hoạch"}, TARGET),
        ({"doc_type": "Báo cáo"}, RESULT),
        ({"before": "phấn đấu trồng "}, TARGET),
        ({"before": "đã trồng "}, RESULT),
        ({"before": "phấn đấu trồng ", "doc_type": "Báo cáo"}, TARGET),
        ({"before": "đã trồng ", "doc_type": "Kế hoạch"}, RESULT),
        ({"before": "tăng ", "after": " so với cùng kỳ"}, RESULT),
        ({"above": (("i. kết quả thực hiện", False),), "doc_type": "Kế hoạch"}, RESULT),
        ({"above": (("ii. phương hướng, nhiệm vụ", False),), "doc_type": "Báo cáo"}, TARGET),
        ({"above": (("i. kết quả", False), ("sở đề nghị các đơn vị:", True))}, TARGET),
        ({"days": (dt.date(2023, 1, 1), dt.date(2023, 3, 31))}, RESULT),
        ({"days": (None, dt.date(2025, 12, 31))}, TARGET),
        ({"limited": True}, TARGET),
        ({"over": True}, RESULT),
    ],
)
def test_what_speaks_for_which(change: dict[str, object], kind: str) -> None:
    found, chance = kind_of(replace(NOTHING, **change))  # type: ignore[arg-type]
    assert found == kind
    assert chance > 0.6


def test_agreement_makes_sure_and_contradiction_unsure() -> None:
    plan = replace(NOTHING, doc_type="Kế hoạch", before="phấn đấu ")
    agreed = kind_of(replace(plan, above=(("ii. chỉ tiêu", False),)))[1]
    torn = kind_of(replace(plan, above=(("i. kết quả năm trước", False),)))[1]
    assert agreed > 0.97 > torn


def test_nothing_known_is_a_coin_toss() -> None:
    assert kind_of(NOTHING)[1] == 0.5


@pytest.mark.parametrize("text", ["thực hiện ", "giao thông ", "thiết bị ", "mức độ ", "còn lại "])
def test_a_syllable_inside_a_word_tells_nothing(text: str) -> None:
    assert kind_of(replace(NOTHING, before=text, doc_type="Báo cáo")) == kind_of(replace(NOTHING, doc_type="Báo cáo"))
