"""Text of the fonts before Unicode comes back whole; text that is Unicode, or foreign, is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.legacy_encodings import decode_legacy

UNICODE = "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"
TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do - Haïnh phuùc"
VPS = "C¶ng hòa xã h¶i chû nghïa Vi\x8ct Nam\nñ¶c lÆp - T¿ do - Hånh phúc"


@pytest.mark.parametrize(("text", "name"), [(TCVN3, "tcvn3"), (VNI, "vni"), (VPS, "vps")])
def test_each_old_encoding_is_recognised_and_converted(text: str, name: str) -> None:
    assert decode_legacy(text) == (UNICODE, name)


def test_bytes_shown_as_windows_1252_are_the_same_bytes() -> None:
    assert decode_legacy(VPS.replace("\x8c", "Œ"))[0] == decode_legacy(VPS)[0]


def test_a_capitals_font_gives_capitals() -> None:
    text, name = decode_legacy("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM\nQuyÕt ®Þnh cña Gi¸m ®èc")  # noqa: RUF001
    assert name == "tcvn3"
    assert text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nQuyết định của Giám đốc"


def test_lines_already_in_unicode_stay_as_they_are() -> None:
    text, name = decode_legacy("Số: 12/QĐ-UBND của tỉnh Tây Sơn\n" + TCVN3)
    assert name == "tcvn3"
    assert text.startswith("Số: 12/QĐ-UBND của tỉnh Tây Sơn\nCộng hòa")


@pytest.mark.parametrize(
    "text",
    [
        UNICODE,
        "",
        "So 12/QD-UBND ngay 5 thang 3",
        "La société générale a été créée à Paris, où les élèves étudièrent le règlement",
        "và à là",
        "Über die Größe der Häuser für Bürger",
        "½ ¼ ¾ ° ± × ÷",
    ],
)
def test_other_text_is_returned_unchanged(text: str) -> None:
    assert decode_legacy(text) == (text, None)


@given(st.text())
def test_any_text_is_accepted_and_lines_are_kept(text: str) -> None:
    decoded, _ = decode_legacy(text)
    assert decoded.count("\n") == text.count("\n")
