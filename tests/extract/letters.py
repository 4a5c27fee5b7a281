"""Invented letters for the extractors: pages of lines with their zones."""

from __future__ import annotations

from pathlib import Path

from pipeline.nouns import Letter, MediaType, PageText, Scan, Zone
from tests.layout.letters import page

LEFT, RIGHT, BODY = Zone.HEADER_LEFT, Zone.HEADER_RIGHT, Zone.BODY
CLOSING_LEFT, CLOSING_RIGHT = Zone.CLOSING_LEFT, Zone.CLOSING_RIGHT


def letter(*pages: PageText) -> Letter:
    return Letter(Scan(Path("letter.pdf"), "0" * 64, MediaType.PDF, 1000, max(len(pages), 1)), pages)


def decision() -> tuple[tuple[str, Zone], ...]:
    """A decision of a people's committee, line by line."""
    return (
        ("ỦY BAN NHÂN DÂN", LEFT),
        ("TỈNH SƠN LA", LEFT),
        ("Số: 45/QĐ-UBND", LEFT),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", RIGHT),
        ("Độc lập - Tự do - Hạnh phúc", RIGHT),
        ("Sơn La, ngày 03 tháng 4 năm 2021", RIGHT),
        ("QUYẾT ĐỊNH", BODY),
        ("Về việc phê duyệt kế hoạch trồng rừng", BODY),
        ("phòng hộ năm 2021", BODY),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA", BODY),
        ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", BODY),
        ("Nơi nhận:", CLOSING_LEFT),
        ("- Như Điều 3;", CLOSING_LEFT),
        ("- Sở Tài chính,", CLOSING_LEFT),
        ("Kho bạc tỉnh (để t/h);", CLOSING_LEFT),
        ("- Lưu: VT, KT.", CLOSING_LEFT),
        ("TM. ỦY BAN NHÂN DÂN", CLOSING_RIGHT),
        ("KT. CHỦ TỊCH", CLOSING_RIGHT),
        ("PHÓ CHỦ TỊCH", CLOSING_RIGHT),
        ("Trần Văn Bình", CLOSING_RIGHT),
    )


def decision_letter() -> Letter:
    return letter(page(*decision()))
