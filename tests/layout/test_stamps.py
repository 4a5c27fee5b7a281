"""The lines of stamps are told from the letter's own, and what a stamp says makes its kind."""

import dataclasses

import pytest

from pipeline.layout import assign_zones
from pipeline.layout.stamps import incoming_stamps, with_stamps
from pipeline.nouns import Box, Line, Mark, MarkKind, Zone
from tests.layout.letters import line, page

LEFT, RIGHT = Zone.HEADER_LEFT, Zone.HEADER_RIGHT
HEADER = (
    ("UBND HUYỆN MƯỜNG ẢNG", LEFT), ("Số: 45/UBND-VX", LEFT), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", RIGHT),
    ("Độc lập - Tự do - Hạnh phúc", RIGHT), ("Mường Ảng, ngày 03 tháng 4 năm 2021", RIGHT),
)  # fmt: skip
STAMP = (line("CÔNG VĂN ĐẾN", y=600), line("Số: 2352", y=640), line("Ngày: 05/4/2021", y=680))
BODY = (line("Ủy ban nhân dân huyện yêu cầu các xã rà soát số liệu", x=400, y=640), line("Số lượng: 12", x=600, y=680))


def test_number_and_day_under_the_heading_belong_to_the_stamp() -> None:
    assert incoming_stamps((*STAMP, *BODY)) == ((0, 1, 2),)


def test_the_stamp_of_arrival_is_no_part_of_the_letter() -> None:
    read = dataclasses.replace(page(*HEADER), lines=(*page(*HEADER).lines, *STAMP, *BODY))
    zoned = assign_zones(read)
    marked = [one.text for one in zoned.lines if one.zone is Zone.MARK]
    assert marked == ["CÔNG VĂN ĐẾN", "Số: 2352", "Ngày: 05/4/2021"]
    assert {mark.kind for mark in zoned.marks} == {MarkKind.INCOMING}
    assert "2352" not in zoned.text


def test_a_stamp_above_the_header_does_not_lend_it_its_number() -> None:
    above = (line("ĐẾN", x=100, y=20), line("Số: 999", x=220, y=30), line("Ngày: 07/4/2021", x=220, y=60))
    zoned = assign_zones(dataclasses.replace(page(), lines=(*above, *page(*HEADER).lines)))
    assert [one.text for one in zoned.lines if one.zone is LEFT] == ["UBND HUYỆN MƯỜNG ẢNG", "Số: 45/UBND-VX"]
    assert [mark.kind for mark in zoned.marks] == [MarkKind.INCOMING] * 3


@pytest.mark.parametrize(
    "lines",
    [
        (line("Số: 2352", y=640), line("Ngày: 05/4/2021", y=680)),
        (line("Công văn đến của các sở được vào sổ", y=600), line("Số: 2352", y=640)),
        tuple(dataclasses.replace(one, zone=Zone.TABLE) for one in STAMP),
    ],
)
def test_without_a_heading_there_is_no_stamp(lines: tuple[Line, ...]) -> None:
    assert incoming_stamps(lines) == ()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (("CÔNG VAN DEN", "Số: 17"), MarkKind.INCOMING),
        (("sẽ 7676", "Ngày. 28/8/2025"), MarkKind.INCOMING),
        (("HỎA", "TỐC"), MarkKind.URGENCY),
        (("HOÁ TỐC",), MarkKind.URGENCY),
        (("TỐI MẬT",), MarkKind.SECRECY),
        (("Đã ký",), MarkKind.NOTE),
    ],
)
def test_what_it_says_makes_the_kind_of_a_stamp(said: tuple[str, ...], kind: MarkKind) -> None:
    seal, stamp = Mark(MarkKind.SEAL, Box(0, 0, 9, 9)), Mark(MarkKind.NOTE, Box(100, 500, 400, 700))
    text = dataclasses.replace(page("Thân văn bản"), marks=(seal, stamp))
    read = with_stamps(text, [(stamp, tuple(line(one, y=500 + 40 * row) for row, one in enumerate(said)))])
    assert read.marks[0] == seal
    assert (read.marks[1].kind, read.marks[1].box, read.marks[1].text) == (kind, stamp.box, "\n".join(said))
    assert read.text == "Thân văn bản"
    assert [one.zone for one in read.lines[1:]] == [Zone.MARK] * len(said)


def test_a_stamp_that_could_not_be_read_stays_a_mark() -> None:
    stamp = Mark(MarkKind.NOTE, Box(100, 500, 400, 700))
    text = dataclasses.replace(page("Thân văn bản"), marks=(stamp,))
    assert with_stamps(text, [(stamp, ())]) == text
