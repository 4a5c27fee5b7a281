from __future__ import annotations

import pytest

from pipeline.extract.figures.responsible import assigned_by, body_of_headings, subject_of


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Sở Y tế kiểm tra 40 cơ sở", "Sở Y tế"),
        ("Giao mỗi đơn vị khảo sát 10 hộ", "mỗi đơn vị"),
        ("Riêng huyện Mai Sơn phải sơ tán 68 hộ", "huyện Mai Sơn"),
        ("Các cấp công đoàn giới thiệu 50 đoàn viên", "Các cấp công đoàn"),
        ("Sở Nông nghiệp và Phát triển nông thôn trồng 5 ha", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Ban Vận động cứu trợ tỉnh đã tiếp nhận 3 tỷ đồng", "Ban Vận động cứu trợ tỉnh"),
        ("Bệnh viện khám 218 lượt", "Bệnh viện"),
        ("mỗi đoàn thể nhận giúp đỡ 1 ấp", "mỗi đoàn thể"),
        ("Chi cục Thuế yêu cầu các đơn vị thu 5 tỷ đồng", "các đơn vị"),
        ("Để hoàn thành kế hoạch, Chi cục Kiểm lâm tổ chức 3 đợt", "Chi cục Kiểm lâm"),
    ],
)
def test_the_subject_answers(text: str, body: str) -> None:
    found, at = subject_of(text, 0, len(text))
    assert found == body
    assert text[at - 1] == " "


@pytest.mark.parametrize(
    "text",
    [
        "Trồng mới 5 ha",
        "Tỷ lệ hộ nghèo còn 3%",
        "Đào tạo nghề cho 30 lao động",
        "Vụ chiêm xuân gieo cấy 6.850 ha",
        "Văn phòng phẩm khoán cho giáo viên 120.000 đồng",
        "Hội chẩn từ xa 02 buổi",
    ],
)
def test_a_clause_without_a_body(text: str) -> None:
    assert subject_of(text, 0, len(text)) == (None, 0)


def test_headings_name_bodies() -> None:
    assert body_of_headings(["II. NHIỆM VỤ", "2. Sở Giao thông vận tải"]) == "Sở Giao thông vận tải"
    assert body_of_headings(["3. Đối với các trường mầm non:"]) == "các trường mầm non"
    assert body_of_headings(["1. Công tác tuyên truyền"]) is None


def test_who_set_it() -> None:
    assert assigned_by("đạt 100% chỉ tiêu Sở Y tế giao") == "Sở Y tế"
    assert assigned_by("Sở giao cho các trường") is None
