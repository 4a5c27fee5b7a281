"""Whatever OCR makes of a page, the letterhead's readers answer: no text of any kind is an error."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.closing.recipients import read_recipients
from pipeline.extract.fields import read_fields
from pipeline.layout import assign_zones, from_text
from pipeline.nouns import Status, Zone
from tests.extract.letters import decision, letter
from tests.layout.letters import page

PIECES = st.sampled_from([
    "Số:", "Số: 12", "/QĐ-UBND", "ỦY BAN", "TỈNH", "TM.", "KT. CHỦ TỊCH", "Kính gửi:", "- ", "Nơi nhận:", "V/v",
    "ngày 31 tháng 2 năm 2021", "ngày tháng năm", "Hà Nội,", "Độc lập - Tự do - Hạnh phúc", "ĐẾN", "*", "", "MẬT",
    "QUYẾT ĐỊNH", "Trần Văn Bình",
])  # fmt: skip
LINES = st.lists(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=5).map(" ".join), max_size=20)


@given(LINES)
def test_plain_text_of_any_kind_is_read(lines: list[str]) -> None:
    read = letter(from_text("\n".join(lines)))
    read_recipients(read)
    for field in read_fields(read):
        assert 0 <= field.confidence <= 1
        assert (field.status is Status.ACCEPTED) == (not field.reason)
        assert field.status is not Status.ACCEPTED or field.value


@given(st.lists(st.tuples(st.one_of(PIECES, st.text(max_size=12)), st.sampled_from(Zone)), max_size=25))
def test_lines_in_any_zone_are_read(lines: list[tuple[str, Zone]]) -> None:
    text = page(*((line, zone) for line, zone in lines if line.split()))
    for read in (letter(text), letter(assign_zones(text))):
        read_recipients(read)
        assert all(field.page == 1 for field in read_fields(read))


@given(st.integers(0, len(decision()) - 1), st.text(alphabet="abcđeÁẦ019/-:. ", max_size=15))
def test_one_spoilt_line_spoils_no_other_value(at: int, dirt: str) -> None:
    lines = list(decision())
    clean = {field.name: field.value for field in read_fields(letter(page(*lines)))}
    lines[at] = (dirt if dirt.split() else "", lines[at][1])
    spoilt = {field.name: field.value for field in read_fields(letter(page(*lines)))}
    kept = sum(spoilt.get(name) == value for name, value in clean.items())
    assert kept >= len(clean) - 5
