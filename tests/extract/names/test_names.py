"""Whom and what a letter speaks of; scored per kind on invented paragraphs."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from pipeline.extract.names import mentions_by_rules, named, read_entities
from pipeline.extract.passages.running import paragraphs
from tests.extract.letters import letter
from tests.extract.prose import letter_of
from tests.layout.letters import page

# Paragraph, and what it speaks of by kind.
SAMPLES: tuple[tuple[str, dict[str, list[str]]], ...] = (
    (
        "Giao Sở Y tế chủ trì, phối hợp với UBND huyện Mộc Châu và Trường Đại học Sông Lô tổ chức tập huấn.",
        {"organisation": ["Sở Y tế", "Ủy ban nhân dân huyện Mộc Châu", "Trường Đại học Sông Lô"]},
    ),
    (
        "Đồng chí Lò Văn Hùng, Giám đốc Sở Tài chính, và bà Hoa trao 12 suất quà tại xã Mường Bú, tỉnh Sơn La.",
        {
            "person": ["Lò Văn Hùng"],
            "place": ["xã Mường Bú", "tỉnh Sơn La"],
            "role": ["Giám đốc Sở Tài chính"],
            "organisation": ["Sở Tài chính"],
        },
    ),
    (
        "Hưởng ứng phong trào “Xanh - Sạch - Đẹp” do Liên đoàn Lao động tỉnh phát động, các trường trồng cây.",
        {"programme": ["Phong trào Xanh - Sạch - Đẹp"], "organisation": ["Liên đoàn Lao động tỉnh"]},
    ),
    (
        "Chủ tịch UBND tỉnh yêu cầu thủ trưởng các sở, ban, ngành nghiêm túc thực hiện Công văn này.",
        {"role": ["Chủ tịch Ủy ban nhân dân tỉnh"], "organisation": ["Ủy ban nhân dân tỉnh"]},
    ),
    (
        "Ban Tuyên giáo Tỉnh ủy và Hội đồng Thi đua - Khen thưởng huyện tổng hợp kết quả ở đường Nguyễn Trãi.",
        {"organisation": ["Ban Tuyên giáo Tỉnh ủy", "Hội đồng Thi đua - Khen thưởng huyện"]},
    ),
    (
        "Theo Bộ Y tế (Cục Quản lý khám chữa bệnh), bão đổ bộ vào Quảng Ninh, Hải Phòng và thành phố Hòa Bình.",
        {"organisation": ["Bộ Y tế"], "place": ["Quảng Ninh", "Hải Phòng", "thành phố Hòa Bình"]},
    ),
    (
        "Nguồn vốn Chương trình mục tiêu quốc gia xây dựng nông thôn mới của huyện Đà Bắc là 12 tỷ đồng.",
        {"programme": ["Chương trình mục tiêu quốc gia xây dựng nông thôn mới"], "place": ["huyện Đà Bắc"]},
    ),
    ("Bố trí kinh phí hỗ trợ hộ nghèo, bảo đảm đúng đối tượng, đúng chế độ; Hội nghị kết thúc lúc 17 giờ.", {}),
    (
        "Ông Vàng A Páo và anh Trần Bình, Bí thư Đoàn xã, được tặng thưởng vì đã cứu người ở bản Pá Hốc.",
        {"person": ["Vàng A Páo", "Trần Bình"], "role": ["Bí thư Đoàn xã"], "organisation": ["Đoàn xã"]},
    ),
)
KINDS = ("organisation", "person", "place", "role", "programme")


def found(text: str) -> Counter[tuple[str, str]]:
    return Counter((mention.kind, name.text) for mention, name in named(text, mentions_by_rules(text)))


@pytest.mark.parametrize("kind", KINDS)
def test_most_names_of_each_kind_are_found_and_few_that_are_none(kind: str) -> None:
    wanted = Counter((kind, name) for _, given in SAMPLES for name in given.get(kind, []))
    got = Counter(key for text, _ in SAMPLES for key in found(text).elements() if key[0] == kind)
    right = (wanted & got).total()
    assert right / wanted.total() >= 0.8, wanted - got
    assert right / got.total() >= 0.8, got - wanted


def test_a_name_is_counted_once_with_the_ink_of_its_first_mention() -> None:
    read = letter(page("Sở Y tế báo cáo.", "", "Đề nghị Sở Y tế và Sở Tài chính trả lời."))
    first, second = read_entities(paragraphs(read))
    assert (first.name, first.mentions, first.page) == ("Sở Y tế", 2, 1)
    assert first.box is not None
    assert first.box.y0 == 100
    assert second.name == "Sở Tài chính"


def test_a_street_bears_a_name_and_is_nobody() -> None:
    assert not [kind for kind, _ in found("Trụ sở tại đường Nguyễn Văn Linh") if kind == "person"]


def test_an_honour_that_opens_a_sentence_is_no_surname() -> None:
    assert ("person", "Lò Văn Hùng") in found("Ông Lò Văn Hùng báo cáo kết quả.")


def test_an_office_inside_a_body_is_part_of_its_name() -> None:
    assert set(found("Thực hiện Kết luận của Ban Bí thư về công tác cán bộ.")) == {("organisation", "Ban Bí thư")}


def test_mentions_stand_apart_and_in_order() -> None:
    text = "Giao Giám đốc Sở Y tế và bà Lò Thị Hoa kiểm tra tại xã Mường Bú, tỉnh Sơn La."
    mentions = mentions_by_rules(text)
    assert [(m.kind, text[m.start : m.end]) for m in mentions] == [
        ("role", "Giám đốc"),
        ("organisation", "Sở Y tế"),
        ("person", "Lò Thị Hoa"),
        ("place", "xã Mường Bú"),
        ("place", "tỉnh Sơn La"),
    ]
    assert all(before.end <= after.start for before, after in pairwise(mentions))


@pytest.mark.parametrize("text", ["", "-----", "12.345 … 67"])
def test_text_without_words_has_no_names(text: str) -> None:
    assert mentions_by_rules(text) == ()


def test_text_without_names_has_none() -> None:
    assert read_entities(paragraphs(letter_of("các đơn vị nghiêm túc thực hiện."))) == ()
