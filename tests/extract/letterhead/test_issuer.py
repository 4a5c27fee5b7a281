"""Issuers: lines grouped into bodies, full names, right marks, sentence case."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.extract.letterhead.header import head_of
from pipeline.extract.letterhead.issuer import full_name, read_issuer, split_bodies
from pipeline.extract.words.bodies import in_full, initials, load_bodies
from pipeline.extract.words.casing import sentence_case
from pipeline.extract.words.places import find_place, is_place, part_unit
from pipeline.nouns import Zone
from tests.extract.letters import letter
from tests.layout.letters import line, page


def names(*lines: str, codes: tuple[str, ...] = ()) -> dict[str, str]:
    number = ("Số: 5/QĐ-UBND", Zone.HEADER_LEFT)
    head = head_of(letter(page(*((text, Zone.HEADER_LEFT) for text in lines), number)))
    assert head is not None
    return {f.name: f.value for f in read_issuer(head, codes)}


@pytest.mark.parametrize(
    ("lines", "issuer", "parent"),
    [
        (("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"), "Ủy ban nhân dân tỉnh Sơn La", None),
        (("UỶ BAN NHÂN DÂN", "TINH HOÀ BÌNH"), "Ủy ban nhân dân tỉnh Hòa Bình", None),
        (("UBND HUYỆN CHÂU THÀNH",), "Ủy ban nhân dân huyện Châu Thành", None),
        (("BỘ TÀI CHÍNH",), "Bộ Tài chính", None),
        (
            ("UBND TỈNH SƠN LA", "SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"),
            "Sở Văn hóa, Thể thao và Du lịch",
            "Ủy ban nhân dân tỉnh Sơn La",
        ),
        (
            ("TỔNG LIÊN ĐOÀN", "LAO ĐỘNG VIỆT NAM", "LĐLĐ TỈNH SƠN LA"),
            "Liên đoàn Lao động tỉnh Sơn La",
            "Tổng Liên đoàn Lao động Việt Nam",
        ),
        (("SỞ Y TẾ SƠN LA", "BỆNH VIỆN ĐA", "KHOA TỈNH"), "Bệnh viện Đa khoa tỉnh", "Sở Y tế Sơn La"),
        (("TỈNH ỦY CAO BẰNG", "*"), "Tỉnh ủy Cao Bằng", None),
        (("BAN CHẤP HÀNH", "ĐẢNG BỘ TỈNH SƠN LA"), "Ban Chấp hành Đảng bộ tỉnh Sơn La", None),
        (("TRUNG TÂM BẢO TRỢ XÃ", "HỘI AN GIANG"), "Trung tâm bảo trợ xã hội An Giang", None),
        (("BAN CHỈ ĐẠO", "PHÒNG CHỐNG THIÊN TAI"), "Ban Chỉ đạo phòng chống thiên tai", None),
        (("- ỦY BAN NHÂN DÂN.", "TỈNH SƠN LA"), "Ủy ban nhân dân tỉnh Sơn La", None),
        (("ĐẢNG-BỘ TỈNH SƠN LA",), "Đảng bộ tỉnh Sơn La", None),
        (("CÔNG AN TỈNH GIA I-AI",), "Công an tỉnh Gia Lai", None),
        (("UBND TỈNH BÀ RỊA-VŨNG TÀU",), "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", None),
        (("HỌC VIỆN TÀI CHÍNH", "TP. HÒ CHÍ MINH"), "Học viện Tài chính TP. Hồ Chí Minh", None),
        (
            ("ỦY BAN NHÂN DÂN TỈNH BẾN TRE,", "ỦY BAN NHÂN DÂN", "HUYỆN CHÂU THÀNH"),
            "Ủy ban nhân dân huyện Châu Thành",
            "Ủy ban nhân dân tỉnh Bến Tre",
        ),
        (("CÔNG TY VẬN-TẢI", "HUYỆN MỘC CHÂU"), "Công ty Vận-tải huyện Mộc Châu", None),
    ],
)
def test_lines_become_issuer_and_parent(lines: tuple[str, ...], issuer: str, parent: str | None) -> None:
    found = names(*lines)
    assert found["issuer"] == issuer
    assert found.get("parent_issuer") == parent


def test_ornaments_and_dirt_are_no_names() -> None:
    assert names("„ ỦY BAN NHÂN DÂN", "-----*-----", "TỈNH SƠN LA", "', —")["issuer"] == "Ủy ban nhân dân tỉnh Sơn La"


def test_without_a_name_there_is_no_issuer() -> None:
    assert names("_____", "* * *") == {}


def test_agreement_with_the_symbol_makes_surer() -> None:
    head = head_of(letter(page(("TRƯỜNG ĐẠI HỌC SÔNG LÔ", Zone.HEADER_LEFT), ("Số: 5/KH-ĐHSL", Zone.HEADER_LEFT))))
    assert head is not None
    alone, agreed = (read_issuer(head, codes)[0].certainty for codes in ((), ("KH", "ĐHSL")))
    assert agreed > alone


def test_an_issuer_that_the_symbol_does_not_name_is_doubted() -> None:
    head = head_of(letter(page(("UBND TỈNH SƠN LA", Zone.HEADER_LEFT), ("Số: 5/HD-YT", Zone.HEADER_LEFT))))
    assert head is not None
    assert read_issuer(head, ("HD", "YT"))[0].doubts == ("the symbol HD-YT is of no such body",)
    assert read_issuer(head, ("HD", "UBND"))[0].doubts == ()
    assert read_issuer(head, ())[0].doubts == ()


def test_a_body_that_is_in_the_list_is_given_its_spelling() -> None:
    bodies = load_bodies()
    assert full_name("SỞ TAI CHÍNH", bodies)[0] == "Sở Tài chính"
    assert full_name("SỞ NGOẠI VU", bodies)[0] == "Sở Ngoại vụ"


def test_a_new_issuer_is_one_data_file(tmp_path: Path) -> None:
    listed = (
        'openers = ["cơ quan"]\ncontinuers = []\nunfinished = []\nconnectors = []\njoins = []\n'
        '[short]\n"CQTH" = "Cơ quan Thủy học"\n'
        '[[body]]\nlevel = "central"\nnames = ["Cơ quan Thủy học"]\n'
    )
    path = tmp_path / "issuers.toml"
    path.write_text(listed, encoding="utf-8")
    bodies = load_bodies(path)
    assert full_name(in_full("CQTH", bodies), bodies)[0] == "Cơ quan Thủy học"
    assert len(split_bodies([line("CƠ QUAN A"), line("CƠ QUAN B")], bodies)) == 2


def test_an_unknown_key_in_the_list_is_told(tmp_path: Path) -> None:
    path = tmp_path / "issuers.toml"
    path.write_text("opener = []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="unknown key opener"):
        load_bodies(path)


@pytest.mark.parametrize(
    ("printed", "cased"),
    [
        ("SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH ĐIỆN BIÊN", "Liên đoàn Lao động tỉnh Điện Biên"),
        ("TRƯỜNG THPT NGUYỄN TRÃI", "Trường THPT Nguyễn Trãi"),
        ("ỦY BAN NHÂN DÂN XÃ MƯỜNG CHANH", "Ủy ban nhân dân xã Mường Chanh"),
        ("", ""),
    ],
)
def test_capitals_become_sentence_case(printed: str, cased: str) -> None:
    assert sentence_case(printed) == cased


def test_initials_leave_joining_words_out() -> None:
    assert initials("Sở Giáo dục và Đào tạo") == "SGDĐT"


@pytest.mark.parametrize(
    ("read", "name", "sure"),
    [
        ("Sơn La", "Sơn La", True),
        ("Son La", "Sơn La", True),
        ("Quảng Nøãi", "Quảng Ngãi", False),
        ("hà nội", "Hà Nội", True),
    ],
)
def test_places_get_their_marks_back(read: str, name: str, sure: bool) -> None:  # noqa: FBT001
    place = find_place(read)
    assert place is not None
    assert place.name == name
    assert (place.certainty > 0.95) is sure


def test_what_is_near_no_place_stays_unknown() -> None:
    assert find_place("Xyz Abc") is None
    assert not is_place("Son La")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("TP. Hồ Chí Minh", ("TP. ", "Hồ Chí Minh")),
        ("Thành phô Hồ Chí Minh", ("Thành phố ", "Hồ Chí Minh")),
        ("Tỉnh Gia", ("Tỉnh ", "Gia")),
        ("Sơn La", ("", "Sơn La")),
    ],
)
def test_a_unit_before_a_place_is_parted(text: str, parts: tuple[str, str]) -> None:
    assert part_unit(text) == parts
