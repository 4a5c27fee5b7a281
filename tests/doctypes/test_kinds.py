"""Kinds of letter are data: a new one is a file, a wrong file is told."""

from pathlib import Path

import pytest

from pipeline.doctypes import CONG_VAN, by_symbol, by_title, load
from pipeline.errors import ConfigError

PERMIT = """
name = "Giấy phép"
abbreviations = ["GP"]
titles = ["Giấy phép"]
has_title = true
"""

OF_THE_DECREE = {
    "NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ", "CĐ",
    "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB",
}  # fmt: skip


def test_every_abbreviation_of_the_decree_names_a_kind() -> None:
    assert {short for kind in load() for short in kind.abbreviations} >= OF_THE_DECREE


def test_only_the_letter_proper_has_no_title() -> None:
    assert [kind.name for kind in load() if not kind.has_title] == [CONG_VAN]


def test_names_are_used_once() -> None:
    names = [kind.name for kind in load()]
    assert len(names) == len(set(names))


def test_a_new_kind_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "giay_phep.toml").write_text(PERMIT, encoding="utf-8")
    kinds = load(tmp_path)
    match = by_title("GIẤY PHÉP", kinds)
    assert match is not None
    assert match.kind.name == "Giấy phép"
    assert [kind.name for kind in by_symbol("GP", kinds)] == ["Giấy phép"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("abbreviations", "abbreviation"), "unknown key abbreviation"),
        (("has_title = true", ""), "missing: has_title"),
        (("has_title = true", 'has_title = "yes"'), "has_title true or false"),
        (('["GP"]', '"GP"'), "abbreviations must be a list"),
        (("name =", "name"), "not valid TOML"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    (tmp_path / "giay_phep.toml").write_text(PERMIT.replace(*change), encoding="utf-8")
    with pytest.raises(ConfigError, match=told):
        load(tmp_path)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("QUYẾT ĐỊNH", "Quyết định"),
        ("QUYÉT  ĐỊNH:", "Quyết định"),
        ("CHÍ THỊ", "Chỉ thị"),
        ("THÔNG CÁO", "Thông cáo"),
        ("THÔNG BÁO", "Thông báo"),
        ("THÔNG TƯ LIÊN TỊCH", "Thông tư liên tịch"),
        ("BÁO CÁO KẾT QUẢ CÔNG TÁC", "Báo cáo"),
        ("TO TRINH", "Tờ trình"),
        (": QUYẾT ĐỊNH `", "Quyết định"),
        ("QUYẾÉTĐỊNH _", "Quyết định"),
        ("_ | KẾHOẠCH", "Kế hoạch"),
    ],
)
def test_titles_are_known_however_ocr_bent_them(line: str, kind: str) -> None:
    match = by_title(line, load())
    assert match is not None
    assert match.kind.name == kind


@pytest.mark.parametrize("line", ["BÁO CÁO nhanh", ": BÁO CÁO nhanh"])
def test_a_title_ends_where_it_stands_in_the_line(line: str) -> None:
    match = by_title(line, load())
    assert match is not None
    assert line[match.end :] == " nhanh"


@pytest.mark.parametrize("line", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỈNH SƠN LA", "", "Kính gửi: Sở Y tế"])
def test_other_lines_are_no_titles(line: str) -> None:
    assert by_title(line, load()) is None


@pytest.mark.parametrize(
    ("symbol", "names"),
    [
        ("KH", ["Kế hoạch"]),
        ("UBND", []),
        ("CT", ["Chỉ thị", "Chương trình"]),
        ("QĐ", ["Quyết định", "Quy định"]),
        ("QD", ["Quyết định", "Quy định"]),
    ],
)
def test_symbols_name_kinds_official_ones_first(symbol: str, names: list[str]) -> None:
    assert [kind.name for kind in by_symbol(symbol, load())] == names
