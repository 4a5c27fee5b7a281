from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.citations import read_citations
from pipeline.extract.passages.running import paragraphs
from pipeline.nouns import Citation, Letter
from tests.extract.prose import letter_of


def citations_of(letter: Letter) -> tuple[Citation, ...]:
    return read_citations(letter, paragraphs(letter))


def cited(text: str) -> list[Citation]:
    return list(citations_of(letter_of(text)))


@pytest.mark.parametrize(
    ("text", "number", "doc_type", "issued_on", "issuer"),
    [
        (
            "Căn cứ Quyết định số 88/QĐ-SYT ngày 05/3/2021 của Giám đốc Sở Y tế về việc giao chỉ tiêu;",
            "88/QĐ-SYT", "Quyết định", "2021-03-05", "Giám đốc Sở Y tế",
        ),
        (
            "Căn cứ Nghị định số 91/2020/NĐ-CP ngày 14 tháng 8 năm 2020 của Chính phủ quy định chống tin nhắn rác;",
            "91/2020/NĐ-CP", "Nghị định", "2020-08-14", "Chính phủ",
        ),
        ("Căn cứ Luật số 72/2020/QH14;", "72/2020/QH14", "Luật", None, None),
        ("Căn cứ Luật Thư viện số 46/2019/QH14;", "46/2019/QH14", "Luật", None, None),
        ("Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13;", "80/2015/QH13", "Luật", None, None),
        ("Căn cứ Bộ luật Lao động số 45/2019/QH14;", "45/2019/QH14", "Bộ luật", None, None),
        ("Thực hiện Chỉ thị 31-CT/TU của Ban Thường vụ Tỉnh ủy.", "31-CT/TU", "Chỉ thị", None, "Ban Thường vụ Tỉnh ủy"),
        (
            "Theo Quyết định số 417/TTg ngày 12/9/1994 của Thủ tướng Chính phủ, các xã được hỗ trợ.",
            "417/TTg", "Quyết định", "1994-09-12", "Thủ tướng Chính phủ",
        ),
        ("đã nêu tại số 589/SYT-NVY ngày 2/4/2020.", "589/SYT-NVY", "Công văn", "2020-04-02", None),
        (
            "Thông tư số 12/2021/TT-BVHTTDL ngày 5/6/2021 của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch hướng dẫn.",
            "12/2021/TT-BVHTTDL", "Thông tư", "2021-06-05", "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
        ),
        (
            "Công điện số 07/CĐ-TW ngày 08/9/2022 của Ban Chỉ đạo Trung ương về phòng, chống thiên tai, Sở đề nghị:",
            "07/CĐ-TW", "Công điện", "2022-09-08", "Ban Chỉ đạo Trung ương về phòng, chống thiên tai",
        ),
        (
            "Chương trình phối hợp công tác số 19/CTr-HND ngày 2/2/2023 của Hội Nông dân tỉnh.",
            "19/CTr-HND", "Chương trình", "2023-02-02", "Hội Nông dân tỉnh",
        ),
        ("thực hiện Nghị quyết số 19-2016/NQ-CP ngày 28/4/2016.", "19-2016/NQ-CP", "Nghị quyết", "2016-04-28", None),
    ],
)  # fmt: skip
def test_one_citation(text: str, number: str, doc_type: str, issued_on: str | None, issuer: str | None) -> None:
    (found,) = cited(text)
    assert (found.number, found.doc_type, found.issuer) == (number, doc_type, issuer)
    assert found.issued_on == (dt.date.fromisoformat(issued_on) if issued_on else None)
    assert found.quote in text


def test_lists_share_a_symbol_or_have_their_own() -> None:
    found = cited("theo Quyết định số 311, 312-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị và các quy định khác")
    assert [c.number for c in found] == ["311-QĐ/TW", "312-QĐ/TW"]
    assert {c.issued_on for c in found} == {dt.date(2013, 12, 12)}
    found = cited("sửa đổi các Quyết định số: 743/QĐ-SGTVT, 744/QĐ-SGTVT và 801/QĐ-SGTVT.")
    assert [(c.number, c.relation) for c in found] == [
        ("743/QĐ-SGTVT", "amends"),
        ("744/QĐ-SGTVT", "amends"),
        ("801/QĐ-SGTVT", "amends"),
    ]


def test_laws_by_name() -> None:
    text = (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật Ngân sách nhà nước ngày 25/6/2015;"
    )
    found = cited(text)
    assert [c.quote for c in found] == [
        "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
        "Luật Ngân sách nhà nước ngày 25/6/2015",
    ]
    assert {c.number for c in found} == {""}
    assert cited("sửa đổi, bổ sung một số điều của Luật Giáo dục đại học.") == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Căn cứ Nghị quyết số 9/NQ-HĐND ngày 2/7/2021;", "basis"),
        ("Thực hiện Kế hoạch số 9/KH-UBND ngày 2/7/2021, Sở báo cáo.", "implements"),
        ("Quyết định này thay thế Quyết định số 9/QĐ-UBND ngày 2/7/2011.", "replaces"),
        ("Bãi bỏ Quyết định số 9/QĐ-UBND ngày 2/7/2011.", "repeals"),
        ("Trả lời Công văn số 9/UBND-VX ngày 2/7/2011.", "answers"),
        ("Xem thêm Hướng dẫn số 9/HD-BTC ngày 2/7/2011.", "mentions"),
    ],
)
def test_what_a_document_is_cited_for(text: str, relation: str) -> None:
    assert [c.relation for c in cited(text)] == [relation]


@pytest.mark.parametrize(
    "text",
    [
        "hỗ trợ 3 triệu đồng/CĐCS, đạt 11/11 đơn vị, 27/31 vụ.",
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV.",
        "(Kèm theo Quyết định số 45/QĐ-SYT ngày 05 tháng 9 năm 2022)",
        "Đi công tác từ 15/3 đến 20/3 tại 02 huyện.",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cited(text) == []


def test_the_letters_own_number_is_no_citation() -> None:
    letter = letter_of("Thực hiện Kế hoạch số 12/KH-SYT ngày 2/3/2022 và Công văn số 77/SYT-VP.", number="12/KH-SYT")
    assert [c.number for c in citations_of(letter)] == ["77/SYT-VP"]


def test_a_citation_over_two_lines_and_its_ink() -> None:
    text = "Sở Nội vụ báo cáo kết quả thực hiện tại Kế hoạch số 212/KH- UBND ngày 3/4/2023"
    letter = letter_of(text)
    (found,) = citations_of(letter)
    assert found.number == "212/KH-UBND"
    assert found.box is not None
    assert found.box.height > letter.pages[0].lines[0].box.height


def test_doubtful_words_make_a_doubtful_citation() -> None:
    text = "Căn cứ Quyết định số 88/QĐ-SYT ngày 05/3/2021;"
    sure, unsure = (citations_of(letter_of(text, confidence=c))[0].confidence for c in (0.98, 0.45))
    assert sure > 0.9
    assert unsure < 0.6


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Thực hiện Công văn số 451-CV/TỦ ngày 15/9/2021", "451-CV/TU"),
        ("Thực hiện Quyết định số 595/QĐĐ-BHXH ngày 14/4/2017", "595/QĐ-BHXH"),
        ("Thực hiện Quyết định số 45/QD-UBND ngày 14/4/2017", "45/QĐ-UBND"),
        ("Thực hiện Thông báo số 12/TB-ĐLKH ngày 14/4/2017", "12/TB-ĐLKH"),
    ],
)
def test_a_cited_symbol_loses_what_no_code_has(text: str, number: str) -> None:
    assert [found.number for found in citations_of(letter_of(text))] == [number]
