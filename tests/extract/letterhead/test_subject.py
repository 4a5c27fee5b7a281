"""Kind and subject: by title, by V/v, by both the title and the symbol."""

from dataclasses import replace

import pytest

from pipeline.doctypes import load
from pipeline.extract.letterhead.header import head_of
from pipeline.extract.letterhead.subject import find_title, read_kind, read_subject
from pipeline.nouns import Zone
from tests.extract.letters import letter
from tests.layout.letters import page

LEFT = Zone.HEADER_LEFT
Entry = tuple[str, Zone] | str


def understood(*lines: Entry, codes: tuple[str, ...] = ()) -> tuple[str | None, str | None, float]:
    """Kind, subject, and how certain the kind is."""
    head = head_of(letter(page(("SỞ Y TẾ", LEFT), ("Số: 5/SYT", LEFT), *lines)))
    assert head is not None
    title = find_title(head, load())
    kind, subject = read_kind(head, title, codes, load()), read_subject(head, title)
    return (
        kind[0].value if kind else None,
        subject[0].value if subject else None,
        kind[0].certainty if kind else 0.0,
    )


def test_the_subject_under_the_number_is_a_letters() -> None:
    kind, subject, _ = understood(
        ("V/v đề nghị bổ sung", LEFT),
        ("trang thiết bị", LEFT),
        "Kính gửi: Sở Tài chính",
        "Thực hiện Công văn số 5 ngày 2/3/2021",
    )
    assert (kind, subject) == ("Công văn", "V/v đề nghị bổ sung trang thiết bị")


@pytest.mark.parametrize("opening", ["V/v", "V.v", "Vlv", "VIV", "V/v:"])
def test_v_v_is_known_however_ocr_bent_it(opening: str) -> None:
    kind, subject, _ = understood((f"{opening} kiểm tra", LEFT), "Kính gửi: Sở Tài chính")
    assert (kind, subject) == ("Công văn", "V/v kiểm tra")


def test_the_subject_under_the_title_ends_at_the_authority() -> None:
    kind, subject, _ = understood(
        "QUYẾT ĐỊNH",
        "Về việc phê duyệt kế hoạch",
        "trồng rừng năm 2021",
        "GIÁM ĐỐC SỞ Y TẾ",
        "Căn cứ Luật số 5",
        codes=("QĐ", "SYT"),
    )
    assert (kind, subject) == ("Quyết định", "Về việc phê duyệt kế hoạch trồng rừng năm 2021")


def test_the_subject_under_the_title_ends_at_a_gap() -> None:
    _, subject, _ = understood(
        "BÁO CÁO", "Kết quả công tác quý I", "và nhiệm vụ quý II", "", "Trong quý I vừa qua, ngành y tế đã"
    )
    assert subject == "Kết quả công tác quý I và nhiệm vụ quý II"


def test_a_title_that_goes_on_begins_the_subject() -> None:
    kind, subject, _ = understood("BÁO CÁO KẾT QUẢ", "công tác y tế năm 2020", "", "Trong năm vừa qua")
    assert (kind, subject) == ("Báo cáo", "KẾT QUẢ công tác y tế năm 2020")


def test_whose_decision_it_is_is_no_subject() -> None:
    _, subject, _ = understood("QUYẾT ĐỊNH CỦA GIÁM ĐỐC SỞ Y TẾ", "V/v thành lập tổ công tác", "", "Căn cứ Luật số 5")
    assert subject == "V/v thành lập tổ công tác"


def test_dirt_and_a_bent_opening_are_put_right() -> None:
    _, subject, _ = understood("KẾ HOẠCH", "Vềviệc ' tổ chức hội nghị |", "", "Căn cứ")
    assert subject == "Về việc tổ chức hội nghị"


def test_title_and_symbol_that_agree_are_surer_than_one() -> None:
    alone, agreed, against = (
        understood("KẾ HOẠCH", "Tổ chức hội nghị", codes=codes)[2] for codes in ((), ("KH",), ("BC",))
    )
    assert against < alone < agreed


def test_a_symbol_alone_is_doubted() -> None:
    kind, _, certainty = understood("Kính gửi: Sở Tài chính", codes=("GM",))
    assert kind == "Giấy mời"
    assert certainty < 0.9


def test_text_that_names_nothing_has_no_kind() -> None:
    assert understood("nội dung công tác")[:2] == (None, None)


def test_a_speck_within_a_sentence_is_no_stop() -> None:
    _, subject, _ = understood("GIẤY MỜI", "Dự hội nghị tổng. kết năm 2017 tại TP. Sơn La, v.v.", "", "Căn cứ")
    assert subject == "Dự hội nghị tổng kết năm 2017 tại TP. Sơn La, v.v"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Tổng kết giai đoạn. 2018 - 2023", "Tổng kết giai đoạn 2018 - 2023"),
        ("Chuyển đổi số 2022.- 2025", "Chuyển đổi số 2022 - 2025"),
        ("Dự hội nghị người lao động.và tổng kết", "Dự hội nghị người lao động và tổng kết"),
        ("Mua 1.250 cây giống cho Q. 3 TP. Sơn La", "Mua 1.250 cây giống cho Q. 3 TP. Sơn La"),
    ],
)
def test_specks_between_words_are_no_stops(printed: str, meant: str) -> None:
    assert understood("KẾ HOẠCH", printed, "", "Căn cứ Luật số 5")[1] == meant


def test_a_line_in_small_letters_goes_on_with_the_title() -> None:
    _, subject, _ = understood(
        "CHƯƠNG TRÌNH HÀNH ĐỘNG", "thực hiện Nghị quyết của Tỉnh ủy về trồng rừng", "", "Thực hiện Nghị quyết số 5"
    )
    assert subject == "thực hiện Nghị quyết của Tỉnh ủy về trồng rừng"


def test_words_that_the_text_below_spells_otherwise_are_doubted() -> None:
    below = ("Nợ bảo hiểm xã hội là 5 tỷ đồng, nợ bảo hiểm y tế là", "2 tỷ đồng, bảo hiểm thất nghiệp là 1 tỷ đồng.")
    for subject, doubts in (("hiếm", ("bảo hiếm was read where the text below has bảo hiểm",)), ("hiểm", ())):
        lines = (("Số: 5/KH-SYT", LEFT), "KẾ HOẠCH", f"Thu hồi nợ bảo {subject}", "")
        head = head_of(letter(page(*lines), page(*below, number=2)))
        assert head is not None
        (found,) = read_subject(head, find_title(head, load()))
        assert (found.value, found.doubts) == (f"Thu hồi nợ bảo {subject}", doubts)


def test_a_letter_left_of_a_rule_is_no_part_of_the_subject() -> None:
    _, subject, _ = understood("QUYẾT ĐỊNH", "ị Công bố danh mục thủ tục hành chính", "", "Căn cứ Luật số 5")
    assert subject == "Công bố danh mục thủ tục hành chính"


def test_a_title_whose_words_were_glued_is_one() -> None:
    assert understood("QUYÉTĐỊNH", "Về việc thành lập tổ công tác", "", "Căn cứ Luật số 5")[:2] == (
        "Quyết định",
        "Về việc thành lập tổ công tác",
    )


@pytest.mark.parametrize(
    ("read", "confidence", "doubts"),
    [("bản", 0.968, ("bàn was read bản",)), ("bản", 0.8, ()), ("bxn", 0.968, ())],
)
def test_a_word_put_right_that_was_read_clearly_is_doubted(
    read: str, confidence: float, doubts: tuple[str, ...]
) -> None:
    told = page(("Số: 5/KH-SYT", LEFT), "KẾ HOẠCH", "Trồng cây trên địa bàn", confidence=confidence)
    lines = tuple(
        replace(line, words=tuple(replace(w, raw=read) if w.text == "bàn" else w for w in line.words))
        for line in told.lines
    )
    head = head_of(letter(replace(told, lines=lines)))
    assert head is not None
    (found,) = read_subject(head, find_title(head, load()))
    assert (found.value, found.doubts) == ("Trồng cây trên địa bàn", doubts)
