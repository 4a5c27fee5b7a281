"""Where an indicator begins and ends, and what it takes from elsewhere in its sentence (docs/targets.md)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.indicator_parts import masked, unmasked
from pipeline.extract.targets import read_targets
from pipeline.nouns import Target
from tests.extract.prose import fields_of, letter_of


def plan(*paragraphs: str) -> list[Target]:
    return list(read_targets(letter_of(*paragraphs), fields_of(doc_type="Kế hoạch", issued_on="2023-02-14")))


def named(text: str) -> list[str]:
    return [row.indicator for row in plan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a preposition joins a figure to the one before
        (
            "Toàn tỉnh có 315 hợp tác xã đang hoạt động với 40.000 thành viên.",
            ["hợp tác xã đang hoạt động", "hợp tác xã đang hoạt động với thành viên"],
        ),
        ("Mở 06 lớp tập huấn cho 320 lượt cán bộ.", ["mở lớp tập huấn", "tập huấn cho cán bộ"]),
        (
            "Sơ tán 52 hộ với 210 nhân khẩu tại xã Vạn Mai.",
            ["sơ tán hộ tại xã Vạn Mai", "sơ tán nhân khẩu tại xã Vạn Mai"],
        ),
        # what only measures the one before
        (
            "Trao 70 suất quà cho hộ nghèo, mỗi suất 500 nghìn đồng.",
            ["trao quà cho hộ nghèo", "trao quà cho hộ nghèo mỗi suất"],
        ),
        (
            "Nạo vét 20 công trình thủy lợi, khối lượng 12.000 m3.",
            ["nạo vét công trình thủy lợi", "nạo vét công trình thủy lợi khối lượng"],
        ),
        # a part told by an attribute
        (
            "Vận động Quỹ khuyến học 12 tỷ đồng, trong đó cấp tỉnh 4 tỷ đồng.",
            ["vận động Quỹ khuyến học", "vận động Quỹ khuyến học cấp tỉnh"],
        ),
        # words before a colon
        (
            "Mức thu mỗi tháng: loại A 20.000 đồng, loại B 15.000 đồng.",
            ["mức thu mỗi tháng loại A", "mức thu mỗi tháng loại B"],
        ),
        ("Kinh phí: Trích từ quỹ công đoàn 45 triệu đồng.", ["trích từ quỹ công đoàn"]),
        # alike parts share what is said of the last
        ("Tôn vinh 30 tập thể và 90 cá nhân tiêu biểu.", ["tôn vinh tập thể tiêu biểu", "tôn vinh cá nhân tiêu biểu"]),
        # left out: a verb that only leads another, and with whom it is done
        ("Chỉ đạo kiểm tra an toàn 25 hồ chứa.", ["kiểm tra an toàn hồ chứa"]),
        ("Phối hợp với Công ty Điện lực vận động 800 hộ tiết kiệm điện.", ["vận động hộ tiết kiệm điện"]),
        # kept: verbs that share their object, pairs of nouns, short forms
        ("Hỗ trợ xây mới, sửa chữa 40 căn nhà tình nghĩa.", ["hỗ trợ xây mới, sửa chữa nhà tình nghĩa"]),
        ("Có 900 đề tài, sáng kiến được công nhận.", ["đề tài, sáng kiến được công nhận"]),
        (
            "Vận động 500 người tham gia bảo hiểm xã hội (BHXH) tự nguyện.",
            ["vận động người tham gia bảo hiểm xã hội (BHXH) tự nguyện"],
        ),
        # words that only look like others
        ("Ký mới 15 bản thỏa ước lao động tập thể.", ["ký mới bản thỏa ước lao động tập thể"]),
        ("Xây dựng 02 xã (Tân Mỹ, Bình An) đạt chuẩn nông thôn mới.", ["xây dựng xã đạt chuẩn nông thôn mới"]),
    ],
)  # fmt: skip
def test_indicators_are_put_together_by_rule(text: str, expected: list[str]) -> None:
    found = [set(name.replace(",", "").split()) for name in named(text)]
    wanted = [set(name.replace(",", "").split()) for name in expected]
    assert len(found) == len(wanted)
    for have, want in zip(found, wanted, strict=True):
        assert len(have & want) >= 0.9 * max(len(have), len(want)), (named(text), expected)


def test_the_body_that_answers_is_no_part_of_it() -> None:
    (row,) = plan("Mỗi chi bộ giúp đỡ ít nhất 02 hộ thoát nghèo.")
    assert (row.responsible, row.indicator) == ("Mỗi chi bộ", "giúp đỡ hộ thoát nghèo")


@given(st.text(alphabet="aăâđêơư ,;:()BHXHn12\n", max_size=60))
def test_masking_keeps_every_place(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert len(masked(masked(text))) == len(text)


@pytest.mark.parametrize("text", ["thi đua, khen thưởng", "bảo hiểm xã hội (BHXH)", "ký thỏa ước"])
def test_what_was_masked_comes_back(text: str) -> None:
    assert unmasked(masked(text)) == text
