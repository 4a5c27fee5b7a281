"""Where a letter is filed, who drafted it, how many copies went out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.letterhead.filing import Filing, parse_filing, read_filing
from tests.extract.letters import CLOSING_LEFT, decision, letter
from tests.layout.letters import page


@pytest.mark.parametrize(
    ("line", "units", "drafter", "copies"),
    [
        ("- Lưu: VT, KTTH. PL.(300)", ("VT", "KTTH"), "PL", 300),
        ("Lưu: VT, TH (3b).PL", ("VT", "TH"), "PL", 3),
        ("- Lưu: VT, KTTHlmc574", ("VT", "KTTH"), "lmc", None),
        ("- Lưu: VT, KTN (Tr. 40b).", ("VT", "KTN"), "Tr", 40),
        ("- Lưu VP, P7 (02b)", ("VP", "P7"), None, 2),
        ("- Lưu: VT.A.300b", ("VT",), "A", 300),
        ("- Lưu: VT, NC (02). Hạnh", ("VT", "NC"), "Hạnh", 2),
        ("- Lưu: VT, VP (KSETHC).", ("VT", "VP"), None, None),
        ("- Lưu Văn phòng Huyện ủy.", ("Văn phòng Huyện ủy",), None, None),
    ],
)
def test_the_line_falls_into_its_parts(line: str, units: tuple[str, ...], drafter: str | None, copies: int) -> None:
    assert parse_filing(line) == Filing(units, drafter, copies)


def test_a_letter_tells_its_file() -> None:
    lines = tuple(line for line in decision() if "Lưu" not in line[0])
    found = {f.name: f.value for f in read_filing(letter(page(*lines, ("- Lưu: VT, KT. Bh (25b).", CLOSING_LEFT))))}
    assert found == {"filed_under": "VT, KT", "drafter": "Bh", "copies": "25"}


def test_a_letter_without_the_line_tells_nothing() -> None:
    assert read_filing(letter(page(("Nơi nhận:", CLOSING_LEFT), ("- Như trên.", CLOSING_LEFT)))) == ()


@given(st.text(max_size=60))
def test_any_text_is_parsed(text: str) -> None:
    filing = parse_filing(text)
    assert filing.copies is None or 0 <= filing.copies <= 9999
    assert all(filing.units)
