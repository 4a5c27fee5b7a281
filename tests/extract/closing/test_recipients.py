"""Addressees and copies."""

from pipeline.extract.closing.recipients import read_recipients
from pipeline.nouns import Zone
from tests.extract.letters import decision_letter, letter
from tests.layout.letters import page

LEFT = Zone.CLOSING_LEFT


def named(*lines: tuple[str, Zone] | str) -> list[tuple[str, str]]:
    return [(found.role, found.name) for found in read_recipients(letter(page(*lines)))]


def test_one_addressee_stands_on_the_line() -> None:
    assert named("Kính gửi: Sở Tài chính.", "", "Thực hiện Công văn số 5") == [("to", "Sở Tài chính")]


def test_an_addressee_may_take_two_lines() -> None:
    assert named("Kính gửi: Ủy ban nhân dân các huyện,", "thành phố trong tỉnh", "", "Ngày 03/4/2021") == [
        ("to", "Ủy ban nhân dân các huyện, thành phố trong tỉnh")
    ]


def test_a_list_has_one_addressee_a_dash() -> None:
    lines = (
        "Kính gửi:",
        "- Các sở, ban, ngành;",
        "- Ủy ban nhân dân các huyện,",
        "thành phố;",
        "- Công an tỉnh.",
        "Ngày 03/4/2021",
    )
    assert named(*lines) == [
        ("to", "Các sở, ban, ngành"),
        ("to", "Ủy ban nhân dân các huyện, thành phố"),
        ("to", "Công an tỉnh"),
    ]


def test_the_list_may_begin_beside_kinh_gui() -> None:
    assert named("Kính gửi: - Sở Y tế;", "- Sở Nội vụ.", "Thực hiện Công văn số 5") == [
        ("to", "Sở Y tế"),
        ("to", "Sở Nội vụ"),
    ]


def test_copies_leave_out_who_is_no_one() -> None:
    assert named(
        ("Nơi nhận:", LEFT), ("- Như trên;", LEFT), ("- Sở Y tế (để b/c);", LEFT), ("- Lưu: VT, KT.", LEFT)
    ) == [("copy", "Sở Y tế (để b/c)")]


def test_a_copy_may_take_two_lines() -> None:
    found = read_recipients(decision_letter())
    assert [(one.role, one.name) for one in found] == [("copy", "Sở Tài chính, Kho bạc tỉnh (để t/h)")]
    assert found[0].box is not None


def test_a_letter_without_either_has_none() -> None:
    assert named("Nội dung công tác") == []


def test_small_print_in_brackets_and_marks_of_bodies_come_back() -> None:
    found = named(
        ("Nơt nhận:", LEFT),
        ("- Sở Y tế (b/€);", LEFT),
        ("- UBND tỉnh (để b\u2044c);", LEFT),
        ("- Các Chỉ cục Thuế;", LEFT),
        ("- Chỉ thị viên;", LEFT),
        ("- Lưu: VT.", LEFT),
    )
    assert [name for _, name in found] == ["Sở Y tế (b/c)", "UBND tỉnh (để b/c)", "Các Chi cục Thuế", "Chỉ thị viên"]


def test_a_basis_with_a_dash_is_nobody() -> None:
    lines = (
        "Kính gửi:",
        "- Sở Y tế;",
        "- Sở Tài chính.",
        "- Căn cứ Quyết định số 5/QĐ-UBND ngày 2/3/2021;",
        "- Căn cứ Luật",
    )
    assert named(*lines) == [("to", "Sở Y tế"), ("to", "Sở Tài chính")]


def test_the_line_of_the_file_is_nobody_however_its_label_was_bent() -> None:
    lines = (("Nơi nhận:", LEFT), ("- Như Điều 3;", LEFT), ("- Sở Nội vụ;", LEFT), ("- bưu: VT, TC.", LEFT))
    assert named(*lines) == [("copy", "Sở Nội vụ")]


def test_a_speck_between_words_is_no_apostrophe() -> None:
    assert named("Kính gửi: Sở'Y tế Sơn La.", "", "Thực hiện Công văn số 5") == [("to", "Sở Y tế Sơn La")]
    assert named("Kính gửi: Ông Điểu K'Brôi.", "", "Thực hiện Công văn số 5") == [("to", "Ông Điểu K'Brôi")]
