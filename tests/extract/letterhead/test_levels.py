"""The level of a body, from its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.extract.letterhead.issuer import full_name
from pipeline.extract.letterhead.levels import level_of
from pipeline.extract.words.bodies import LEVELS, in_full, load_bodies


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Bộ Y tế", "central"),
        ("Tổng Liên đoàn Lao động Việt Nam", "central"),
        ("Ủy ban nhân dân tỉnh Sơn La", "province"),
        ("Ủy ban nhân dân thành phố Hà Nội", "province"),
        ("Sở Y tế", "province"),
        ("Bộ Chỉ huy Quân sự tỉnh Gia Lai", "province"),
        ("Đảng ủy Khối các cơ quan tỉnh", "province"),
        ("Ủy ban nhân dân thành phố Tuy Hòa", "district"),
        ("Công an huyện Ứng Hòa", "district"),
        ("Phòng Giáo dục và Đào tạo", "district"),
        ("Ủy ban nhân dân xã Mường Bú", "commune"),
        ("Trường Đại học Sông Lô", "unit"),
        ("Bệnh viện Đa khoa tỉnh Sơn La", "unit"),
        ("Hội xã hội học", None),
        ("Ban Chỉ đạo phòng chống thiên tai", None),
    ],
)
def test_the_name_tells_the_level(name: str, level: str | None) -> None:
    assert level_of(name, load_bodies()) == level


@pytest.mark.parametrize("printed", ["UBND TỈNH HÒA BÌNH", "Uỷ ban nhân dân tỉnh Hoà Bình", "UBND tỉnh Hòa Bình"])
def test_one_body_has_one_name(printed: str) -> None:
    assert full_name(in_full(printed, load_bodies()), load_bodies())[0] == "Ủy ban nhân dân tỉnh Hòa Bình"


def test_a_new_body_is_one_entry_of_data(tmp_path: Path) -> None:
    known = (Path(__file__).parents[3] / "models" / "issuers.toml").read_text(encoding="utf-8")
    path = tmp_path / "issuers.toml"
    path.write_text(f'{known}\n[[body]]\nlevel = "central"\nnames = ["Cục Vũ trụ"]\n', encoding="utf-8")
    bodies = load_bodies(path)
    assert full_name("CỤC VỦ TRỤ", bodies)[0] == "Cục Vũ trụ"
    assert level_of("Cục Vũ trụ", bodies) == "central"


def test_a_level_that_is_none_is_an_error(tmp_path: Path) -> None:
    known = (Path(__file__).parents[3] / "models" / "issuers.toml").read_text(encoding="utf-8")
    path = tmp_path / "issuers.toml"
    path.write_text(known.replace("[units]", '[units]\nplanet = ["trái đất"]'), encoding="utf-8")
    with pytest.raises(ConfigError, match="planet"):
        load_bodies(path)
    assert "planet" not in LEVELS
