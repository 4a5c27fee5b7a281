"""Signers: power, office and name, with dirt of seal and pen around them."""

from dataclasses import replace

import pytest

from pipeline.extract.closing.signature import read_signature
from pipeline.extract.findings import Finding
from pipeline.extract.words.surnames import known_surname
from pipeline.nouns import Zone
from tests.extract.letters import letter
from tests.layout.letters import page

RIGHT = Zone.CLOSING_RIGHT


def signed(*lines: str) -> dict[str, str]:
    found = read_signature(letter(page("Trang đầu"), page(*((text, RIGHT) for text in lines), number=2)))
    return {finding.name: finding.value for finding in found}


def test_a_deputy_signs_for_the_head() -> None:
    assert signed("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "(Đã ký)", "Lò Văn Hùng") == {
        "signer_title": "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
        "signer": "Lò Văn Hùng",
    }


@pytest.mark.parametrize(
    ("above", "read", "meant"),
    [
        ("KT. CHỦ TỊCH", "HÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("KT. CHỦ TỊCH", "¡iÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("KT. CHỦ TỊCH", "tiïÓ CHỦ TỊCH —", "PHÓ CHỦ TỊCH"),
        ("KT. CHỦ TỊCH", "ri:Ó CHỦ TỊCH-Z2<", "PHÓ CHỦ TỊCH"),
        ("KT. TRƯỞNG PHÒNG", "TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
        ("KT. BỘ TRƯỞNG", "TRƯỞNG BỘ PHẬN", "TRƯỞNG BỘ PHẬN"),
        ("KT. BỘ TRƯỞNG", "THỬ TRUỞNG", "THỨ TRƯỞNG"),
        ("KT. GIÁM ĐỐC", "PHỤ TRÁCH", "PHỤ TRÁCH"),
    ],
)
def test_a_deputy_under_the_seal_is_known_by_the_office_above(above: str, read: str, meant: str) -> None:
    assert signed(above, read, "Lò Văn Hùng")["signer_title"] == f"{above} {meant}"


def test_a_title_whose_deputy_was_not_read_is_doubted() -> None:
    found = read_signature(letter(page(("KT. CHỦ TỊCH", RIGHT), ("Lò Văn Hùng", RIGHT))))
    assert found[0].doubts == ("no deputy's office was read under KT.",)


def test_dirt_before_a_title_may_hide_a_word_of_it() -> None:
    sure, unsure = (
        read_signature(letter(page((text, RIGHT), ("Lò Văn Hùng", RIGHT))))[0] for text in ("CHỦ TỊCH", "_ CHỦ TỊCH")
    )
    assert (sure.known, unsure.known) == (True, False)


def test_dirt_of_seal_and_pen_is_left_out() -> None:
    assert signed("¬ CHỦ TỊCH _", "l", "Ạ", "——", "' Trần Thị Hoa") == {
        "signer_title": "CHỦ TỊCH",
        "signer": "Trần Thị Hoa",
    }


def read_with(confidence: dict[str, float], *lines: str) -> Finding:
    """The signer's title where the engine was less sure of some words than of the rest."""
    leaf = page(*((text, RIGHT) for text in lines))
    seen = [
        replace(line, words=tuple(replace(w, confidence=confidence.get(w.text, w.confidence)) for w in line.words))
        for line in leaf.lines
    ]
    found = read_signature(letter(replace(leaf, lines=tuple(seen))))
    return next(finding for finding in found if finding.name == "signer_title")


@pytest.mark.parametrize("noise", ["VIKSM", "KƯnG", "`X~"])
def test_letters_that_the_engine_made_of_a_seal_are_no_title(noise: str) -> None:
    found = read_with({noise: 0.1}, "KT. CHỦ TỊCH", f"PHÓ CHỦ TỊCH {noise}", noise, "Lò Văn Hùng")
    assert found.value == "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
    assert noise not in found.spot.raw


@pytest.mark.parametrize("word", ["HĐND", "KHÁNH", "61"])
def test_words_and_codes_that_were_read_stay_in_a_title(word: str) -> None:
    assert read_with({word: 0.4}, f"GIÁM ĐỐC {word}", "Lò Văn Hùng").value == f"GIÁM ĐỐC {word}"


def test_a_deputy_under_the_seal_is_taken_for_one_only_where_the_reading_is_poor() -> None:
    above = "KT. TRƯỞNG PHÒNG"
    assert read_with({}, above, "PHÓ PHÒNG", "Lò Văn Hùng").value == f"{above} PHÓ PHÒNG"
    assert read_with({"FT": 0.3}, "KT. CHỦ TỊCH", "FT HỦ TỊCH", "Lò Văn Hùng").value == "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"


def test_what_hides_a_word_of_a_known_office_does_not_make_the_others_doubtful() -> None:
    found = read_with({"“b8": 0.0}, "KT. CHỦ TỊCH", "“b8 CHỦ TỊCH", "Lò Văn Hùng")
    assert found.judged is not None
    assert [word.text for word in found.judged] == ["KT.", "CHỦ", "TỊCH", "CHỦ", "TỊCH"]
    assert "“b8" in found.spot.raw


@pytest.mark.parametrize("name", ["PGS.TS. Lê Thị Hoa", "Thượng tá Lê Thị Hoa", "BS. Lê Thị Hoa", "LÊ THỊ HOA"])
def test_ranks_and_degrees_are_no_part_of_the_name(name: str) -> None:
    assert signed("GIÁM ĐỐC", name)["signer"] == "Lê Thị Hoa"


def test_names_of_the_highlands_have_apostrophes() -> None:
    assert signed("TRƯỞNG BAN", "Điểu K'Brôi")["signer"] == "Điểu K'Brôi"


def test_a_surname_gets_its_marks_back() -> None:
    assert signed("CHỦ TỊCH", "Đỉnh Quang Thắng")["signer"] == "Đinh Quang Thắng"
    assert known_surname("Hà") == "Hà"
    assert known_surname("Xyz") is None


def test_a_syllable_that_no_name_has_is_doubted() -> None:
    found = read_signature(letter(page(("CHỦ TỊCH", RIGHT), ("Trần Hoàng Tuần", RIGHT))))
    name = next(finding for finding in found if finding.name == "signer")
    assert name.doubts == ("Tuần is in no name that is known",)


@pytest.mark.parametrize(
    ("name", "confidence", "doubts"),
    [
        ("Trần Hoàng Thìn", 0.965, ()),
        ("Trần Hoàng Thìn", 0.94, ("Thìn is in no name that is known",)),
        ("Trần Hoàng Thrìn", 0.965, ("Thrìn is in no name that is known",)),
        ("Trần Hoàng Mãi", 0.965, ("Mãi is in no name that is known",)),
    ],
)
def test_a_name_that_the_list_lacks_is_believed_where_no_other_is_like_it(
    name: str, confidence: float, doubts: tuple[str, ...]
) -> None:
    found = read_signature(letter(page(("CHỦ TỊCH", RIGHT), (name, RIGHT), confidence=confidence)))
    assert next(f.doubts for f in found if f.name == "signer") == doubts


def test_two_names_that_differ_in_a_blurred_tone_are_doubted() -> None:
    found = read_signature(letter(page(("CHỦ TỊCH", RIGHT), ("Bùi Gia Tuyến", RIGHT))))
    assert next(finding for finding in found if finding.name == "signer").doubts == ("Tuyến may be Tuyển",)


@pytest.mark.parametrize(
    ("read", "name", "doubt"),
    [
        ("Trần Hoàng Tuần", "Trần Hoàng Tuần", "Tuần may be Tuấn"),
        ("Lê Thị Kim Chỉ", "Lê Thị Kim Chi", "Chi was read Chỉ"),
        ("rần Ngọc Bình", "Trần Ngọc Bình", "of the surname only rần was read"),
        ("ê Thị Hoa", "Lê Thị Hoa", "of the surname only ê was read"),
        ("Lê văn Hùng", "Lê Văn Hùng", "Văn was read văn"),
    ],
)
def test_what_seal_and_scan_took_from_a_name_comes_back_with_a_doubt(read: str, name: str, doubt: str) -> None:
    lines = page(("CHỦ TỊCH", RIGHT), (read, RIGHT), confidence=0.93)
    found = next(f for f in read_signature(letter(lines)) if f.name == "signer")
    assert found.value == name
    assert doubt in found.doubts


def test_a_tone_that_the_engine_is_sure_of_stands() -> None:
    found = read_signature(letter(page(("CHỦ TỊCH", RIGHT), ("Trần Hoàng Tuần", RIGHT), confidence=0.97)))
    assert next(f.value for f in found if f.name == "signer") == "Trần Hoàng Tuần"


def test_one_letter_is_a_surname_of_the_highlands() -> None:
    assert signed("CHỦ TỊCH", "A Blong Thị Mai")["signer"] == "A Blong Thị Mai"
    assert signed("CHỦ TỊCH", "A Trần Thị Hoa")["signer"] == "Trần Thị Hoa"


@pytest.mark.parametrize("line", ["theo quy định", "bình Thị", "Lê văn thị Hoa", "x Hoa"])
def test_what_may_be_any_name_is_none(line: str) -> None:
    assert "signer" not in signed("CHỦ TỊCH", line)


@pytest.mark.parametrize(
    ("read", "name", "doubt"),
    [
        ("1rần Thị Hoa", "Trần Thị Hoa", "of the surname only 1rần was read"),
        ("`... * _=frịnh Thị Hoa", "Trịnh Thị Hoa", "of the surname only frịnh was read"),
        ("ương Thị Hoa", "Thị Hoa", "its surname could not be read: ương"),
        ("_=frinh Thị Hoa", "Trịnh Thị Hoa", "of the surname only frinh was read"),
        ("tám Văn Xin", "Văn Xin", "its surname could not be read: tám"),
        ("*xoø Thị Hoa", "Thị Hoa", "its surname could not be read: xoø"),
        ("ngà7 Trần Thị Hoa", "Trần Thị Hoa", "more may stand before the name"),
    ],
)
def test_what_a_seal_left_of_a_name_is_shown_with_a_doubt(read: str, name: str, doubt: str) -> None:
    found = read_signature(letter(page(("CHỦ TỊCH", RIGHT), (read, RIGHT))))
    signer = next(f for f in found if f.name == "signer")
    assert (signer.value, signer.doubts) == (name, (doubt,))


def test_a_whole_name_goes_before_what_is_left_of_one() -> None:
    assert signed("CHỦ TỊCH", "Lê Thị Hoa", "1rần Văn Minh")["signer"] == "Lê Thị Hoa"


def test_an_office_gets_its_marks_back() -> None:
    assert signed("KT. GIẢM ĐÓC", "PHÓ GIAM ĐỐC", "Trần Thị Hoa")["signer_title"] == "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"


def test_an_office_that_is_nearly_read_is_meant_but_not_known() -> None:
    (title,) = read_signature(letter(page(("GLAM ĐÓC", RIGHT), ("Không đọc được", RIGHT))))
    assert (title.value, title.known) == ("GIÁM ĐỐC", False)
    assert signed("CỤC TRƯỜNG", "Lê Thị Hoa")["signer_title"] == "CỤC TRƯỞNG"
    assert signed("GIÁM ĐỐC BQL", "Lê Thị Hoa")["signer_title"] == "GIÁM ĐỐC BQL"


def test_a_power_gets_its_stop_back_and_a_unit_its_marks() -> None:
    found = signed("TM, BAN:THƯỜNG VỤ LĐLĐ TÍNH", "CHỦ TỊCH", "Trần Thị Hoa")
    assert found["signed_for"] == "TM. BAN THƯỜNG VỤ LĐLĐ TỈNH"
    assert signed("T/M ỦY BAN NHÂN DÂN TỈNH", "CHỦ TỊCH")["signed_for"] == "T/M ỦY BAN NHÂN DÂN TỈNH"


def test_a_line_like_a_name_on_an_earlier_page_goes_behind_a_signature_with_its_office() -> None:
    first, last = page(("Hoàng Thu Hà", RIGHT)), page(("CHỦ TỊCH", RIGHT), ("Lò Văn Hùng", RIGHT), number=2)
    found = {finding.name: finding.value for finding in read_signature(letter(first, last))}
    assert found == {"signer_title": "CHỦ TỊCH", "signer": "Lò Văn Hùng"}
    assert [finding.value for finding in read_signature(letter(first))] == ["Hoàng Thu Hà"]


def test_text_that_is_no_signature_gives_none() -> None:
    assert signed("theo quy định hiện hành./.") == {}
