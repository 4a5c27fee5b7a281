"""The whole letterhead of invented letters: values, ink, doubts."""

import dataclasses

import pytest

from pipeline.config import ExtractConfig
from pipeline.extract.fields import read_fields
from pipeline.layout import assign_zones, from_text
from pipeline.nouns import Field, Letter, Status, Zone
from pipeline.store import REQUIRED
from tests.extract.letters import decision, decision_letter, letter
from tests.layout.letters import page


def by_name(read: Letter) -> dict[str, Field]:
    return {field.name: field for field in read_fields(read)}


def test_a_clean_decision_is_read_whole() -> None:
    fields = by_name(decision_letter())
    assert {name: field.value for name, field in fields.items()} == {
        "number": "45/QĐ-UBND",
        "number_serial": "45",
        "number_symbol": "QĐ-UBND",
        "issued_on": "2021-04-03",
        "place": "Sơn La",
        "issuer": "Ủy ban nhân dân tỉnh Sơn La",
        "issuer_level": "province",
        "doc_type": "Quyết định",
        "subject": "Về việc phê duyệt kế hoạch trồng rừng phòng hộ năm 2021",
        "signed_for": "TM. ỦY BAN NHÂN DÂN",
        "signer_title": "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "signer": "Trần Văn Bình",
        "filed_under": "VT, KT",
        "language": "vi",
    }
    assert all(fields[name].status is Status.ACCEPTED for name in REQUIRED)


def test_every_value_points_at_its_ink() -> None:
    read = decision_letter()
    words = {word.box: word for word in read.pages[0].words}
    for field in read_fields(read):
        assert field.box is not None
        assert field.page == 1
        inside = [word for box, word in words.items() if field.box.overlap(box) == box.area]
        assert set(field.raw.split()) <= {word.raw for word in inside}


def test_a_party_directive_has_its_own_form() -> None:
    fields = by_name(
        letter(
            page(
                ("TỈNH ỦY CAO BẰNG", Zone.HEADER_LEFT),
                ("*", Zone.HEADER_LEFT),
                ("Số 42-CT/TU", Zone.HEADER_LEFT),
                ("ĐẢNG CỘNG SẢN VIỆT NAM", Zone.HEADER_RIGHT),
                ("Cao Bằng, ngày 21 tháng 8 năm 2019", Zone.HEADER_RIGHT),
                "CHỈ THỊ",
                "về tăng cường công tác giảm nghèo",
                "",
                "Trong thời gian qua",
                ("T/M BAN THƯỜNG VỤ", Zone.CLOSING_RIGHT),
                ("PHÓ BÍ THƯ", Zone.CLOSING_RIGHT),
                ("Nông Văn Tuấn", Zone.CLOSING_RIGHT),
            )
        )
    )
    assert fields["number"].value == "42-CT/TU"
    assert fields["issuer"].value == "Tỉnh ủy Cao Bằng"
    assert fields["doc_type"].value == "Chỉ thị"
    assert fields["signed_for"].value == "T/M BAN THƯỜNG VỤ"
    assert fields["signer_title"].value == "PHÓ BÍ THƯ"
    assert fields["signer"].value == "Nông Văn Tuấn"


def test_weakly_read_digits_go_to_a_person() -> None:
    read = decision_letter()
    lines = list(read.pages[0].lines)
    weak = tuple(dataclasses.replace(w, confidence=0.6) if "45" in w.text else w for w in lines[2].words)
    lines[2] = dataclasses.replace(lines[2], words=weak)
    field = by_name(letter(dataclasses.replace(read.pages[0], lines=tuple(lines))))["number"]
    assert field.value == "45/QĐ-UBND"
    assert field.status is Status.NEEDS_REVIEW
    assert field.reason


def test_an_unread_day_gives_no_date_but_shows_where_it_stands() -> None:
    lines = [(text.replace("ngày 03", "ngày ®/"), zone) for text, zone in decision()]
    field = by_name(letter(page(*lines)))["issued_on"]
    assert field.value == ""
    assert field.status is Status.NEEDS_REVIEW
    assert "day" in field.reason
    assert field.box is not None


def test_the_threshold_is_a_setting() -> None:
    strict = read_fields(decision_letter(), ExtractConfig(accept_at=0.9999))
    assert {field.status for field in strict} == {Status.NEEDS_REVIEW}
    assert all(field.reason for field in strict)


def test_a_date_in_a_sentence_is_not_the_letters_own() -> None:
    lines = [(text, zone) for text, zone in decision() if not text.startswith("Sơn La, ngày")]
    assert "issued_on" not in by_name(letter(page(*lines)))


def test_a_stamp_with_another_number_is_not_the_letters_own() -> None:
    stamped = page(("ĐẾN Số: 999", Zone.MARK), ("Ngày: 05/5/2021", Zone.MARK), *decision())
    fields = by_name(letter(stamped))
    assert fields["number"].value == "45/QĐ-UBND"
    assert fields["issued_on"].value == "2021-04-03"


def test_a_signature_of_the_same_day_confirms_the_date() -> None:
    weak = [(text, zone) for text, zone in decision()]
    plain = by_name(letter(page(*weak, confidence=0.89)))["issued_on"]
    signed = assign_zones(page(("Thời gian ký: 03/04/2021 08:15:30", Zone.HEADER_RIGHT), *weak, confidence=0.89))
    confirmed = by_name(letter(signed))["issued_on"]
    assert plain.value == confirmed.value == "2021-04-03"
    assert confirmed.confidence > plain.confidence


def test_the_letter_may_start_on_its_second_page() -> None:
    cover = page("PHIẾU LUÂN CHUYỂN NỘI BỘ")
    second = dataclasses.replace(page(*decision()), number=2)
    fields = by_name(letter(cover, second))
    assert fields["number"].value == "45/QĐ-UBND"
    assert fields["number"].page == 2


def test_no_pages_give_no_fields() -> None:
    assert read_fields(letter()) == ()


@pytest.mark.parametrize(
    ("stamp", "name", "value"), [("HOẢ TỐC", "urgency", "Hỏa tốc"), ("TỐI MẬT", "secrecy", "Tối mật")]
)
def test_stamps_of_urgency_and_secrecy(stamp: str, name: str, value: str) -> None:
    text = "\n".join([text for text, _ in decision()[:3]] + [stamp] + [text for text, _ in decision()[3:]])
    assert by_name(letter(from_text(text)))[name].value == value


def test_plain_text_goes_the_same_way() -> None:
    text = (
        "SỞ Y TẾ SƠN LA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 45/SYT-NV Sơn La, ngày 03 tháng 4 năm 2021\n"
        "V/v khám sức khỏe\nKính gửi: Các bệnh viện\nSở Y tế đề nghị các bệnh viện báo cáo trước ngày 15/4/2021./."
    )
    fields = by_name(letter(from_text(text)))
    assert fields["number"].value == "45/SYT-NV"
    assert fields["issuer"].value == "Sở Y tế Sơn La"
    assert fields["doc_type"].value == "Công văn"
    assert fields["subject"].value == "V/v khám sức khỏe"
    assert fields["number"].box is None
