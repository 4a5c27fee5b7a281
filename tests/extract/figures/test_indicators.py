"""Where an indicator begins and ends, and what it takes from elsewhere in its sentence (docs/targets.md)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.figures.indicator_parts import masked, unmasked
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
        # the rate of what was said, and what it was seen by
        (
            "Kết quả khảo sát cho thấy người bệnh hài lòng với việc tiếp đón, chăm sóc, với tỷ lệ 88%.",
            ["người bệnh hài lòng với việc tiếp đón, chăm sóc"],
        ),
        ("Số liệu cho thấy 12 xã chưa có trạm bơm.", ["xã chưa có trạm bơm"]),
        # the title of what is cited
        (
            "Sở thẩm định 02 thủ tục tại Quyết định số 72/2024/QĐ-UBND ngày 30/12/2024 quy định quản lý chợ, bến, bãi.",
            ["thẩm định thủ tục"],
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # items marked within a sentence
        (
            "Các chỉ tiêu chủ yếu: (1) Kết nạp 80 đảng viên; (2) Tỷ lệ hộ nghèo còn dưới 2%.",
            ["kết nạp đảng viên", "tỷ lệ hộ nghèo"],
        ),
        (
            "a) Số hóa 100% văn bản; b) tối thiểu 80% hồ sơ nộp trực tuyến; c) giảm 10% chi phí tuân thủ.",
            ["số hóa văn bản", "hồ sơ nộp trực tuyến", "giảm chi phí tuân thủ"],
        ),
        # an item of a list without a verb
        ("Cấp 110 con bò cái sinh sản; 90 con dê và 180 con heo.", ["cấp bò cái sinh sản", "cấp dê", "cấp heo"]),
        # compounds whose parts look like verbs or links
        ("Chuyển giao 03 quy trình kỹ thuật.", ["chuyển giao quy trình kỹ thuật"]),
        ("Hỗ trợ 62 hộ dân di cư tự do.", ["hỗ trợ hộ dân di cư tự do"]),
        ("Tỷ lệ hàng giá trị gia tăng đạt 12%.", ["tỷ lệ hàng giá trị gia tăng"]),
        # a change needs no per cent, and is of what has the same unit
        (
            "Tai nạn giao thông làm chết 96 người, tăng 14 người.",
            ["tai nạn giao thông làm chết người", "tai nạn giao thông làm chết người tăng"],
        ),
        # what only measures the one before
        (
            "Xây dựng 02 hồ trữ nước ngọt, tổng dung tích 1,6 triệu m3.",
            ["xây dựng hồ trữ nước ngọt", "xây dựng hồ trữ nước ngọt tổng dung tích"],
        ),
        ("Hỗ trợ 214 hộ sập nhà, mức 60 triệu đồng/hộ.", ["hỗ trợ hộ sập nhà", "hỗ trợ hộ sập nhà mức"]),
        # a sum and its sources
        (
            "Tổng kinh phí 5 tỷ đồng, trong đó ngân sách tỉnh 3 tỷ đồng, tài trợ 2 tỷ đồng.",
            ["tổng kinh phí", "kinh phí ngân sách tỉnh", "kinh phí tài trợ"],
        ),
        (
            "Tổng kinh phí 5 tỷ đồng, trong đó chi thường xuyên 3 tỷ đồng.",
            ["tổng kinh phí", "chi thường xuyên"],
        ),
        # what a list says once for all
        (
            "Mức hỗ trợ trồng lại 7 triệu đồng/ha, thâm canh 3 triệu đồng/ha.",
            ["mức hỗ trợ trồng lại", "mức hỗ trợ thâm canh"],
        ),
        (
            "Huy động trẻ nhà trẻ đạt 30%, trẻ mẫu giáo đạt 92%.",
            ["huy động trẻ nhà trẻ", "huy động trẻ mẫu giáo"],
        ),
        # from one value to another
        ("Tỷ lệ hộ nghèo giảm từ 4,8% xuống còn 3,1%.", ["tỷ lệ hộ nghèo", "tỷ lệ hộ nghèo"]),
        # words before a colon, when nothing stands behind it
        ("Bầu Ban Thanh tra nhân dân: 05 người.", ["bầu Ban Thanh tra nhân dân"]),
        ("Kinh phí thực hiện: 385 triệu đồng từ nguồn sự nghiệp.", ["kinh phí thực hiện từ nguồn sự nghiệp"]),
        # a clause turns to something else
        ("Xóa 11 điểm trường lẻ, nhưng giữ lại 38 điểm ở vùng sâu.", ["xóa điểm trường lẻ", "giữ lại điểm ở vùng sâu"]),
        # a subject with its verb begins a part
        ("Khảo sát 300 người dân, mức độ hài lòng đạt 96%.", ["khảo sát người dân", "mức độ hài lòng"]),
        # nouns that only count what was named
        ("Kiểm tra đột xuất tối thiểu 30 cuộc.", ["kiểm tra đột xuất"]),
        ("Tổ chức 30 cuộc.", ["tổ chức cuộc"]),
        # a verb alone takes the object before it
        ("Trồng mới 40 ha cam, trồng lại 12 ha.", ["trồng mới cam", "trồng lại cam"]),
        # a share of the whole, and one of a noun of its own
        (
            "Kiểm tra 40 cơ sở, trong đó 30% không báo trước.",
            ["kiểm tra cơ sở", "kiểm tra cơ sở không báo trước"],
        ),
        # an age that names whom is counted
        ("Huy động trẻ 5 tuổi ra lớp 99,8%.", ["huy động trẻ 5 tuổi ra lớp"]),
        # the time that a rate is per
        ("Hội chẩn từ xa 02 buổi một tháng.", ["hội chẩn từ xa"]),
        (
            "Cắt giảm 30% thời gian giải quyết đối với 42 thủ tục hành chính.",
            [
                "cắt giảm thời gian giải quyết",
                "cắt giảm thời gian giải quyết đối với thủ tục hành chính",
            ],
        ),
    ],
)
def test_indicators_of_lists_sums_and_changes(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_conditions_are_no_words_of_an_indicator() -> None:
    rows = plan(
        "Chi như sau: tổ dưới 50 hội viên chi không quá 5 triệu đồng; từ 50 đến 200 hội viên không quá 9 triệu đồng."
    )
    assert all("¤" not in row.indicator and row.indicator for row in rows)
    assert [row.value for row in rows if row.unit == "đồng"] == [5e6, 9e6]
