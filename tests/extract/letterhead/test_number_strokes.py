"""Codes of document numbers, as the engine bends their Đ."""

from __future__ import annotations

import pytest

from pipeline.extract.letterhead.number import _stroked

KNOWN = frozenset({"CĐ", "LĐTBXH", "QĐ", "LĐLĐ", "BĐĐ", "BĐ"})


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("CĐĐ", "CĐ"),
        ("LĐĐĐTBXH", "LĐTBXH"),
        ("QD", "QĐ"),
        ("LDLD", "LĐLĐ"),
        ("LĐĐLĐ", "LĐLĐ"),
        ("BĐĐ", "BĐĐ"),
        ("HĐĐND", "HĐĐND"),
        ("STC", "STC"),
    ],
)
def test_only_a_known_code_takes_the_place_of_what_was_read(read: str, printed: str) -> None:
    assert _stroked(read, KNOWN) == printed
