"""What the way of one letter hands on: settings reach all who decide by them."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import Config, ExtractConfig
from pipeline.layout import from_text
from pipeline.nouns import MediaType, Record, Scan, Status
from pipeline.reading import understand

REPORT = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HƯƠNG GIANG
Số: 47/BC-LĐLĐ
Hương Giang, ngày 14 tháng 12 năm 2023
BÁO CÁO
Kết quả phát triển đoàn viên năm 2023
I. KẾT QUẢ
Trong năm 2023 đã kết nạp được 836 đoàn viên.
Biểu tổng hợp kết quả kết nạp đoàn viên năm 2023
TT Đơn vị Chỉ tiêu Kết quả Tỷ lệ %
1 Phòng A 250 245 98
2 Phòng B 120 150 125
3 Phòng C 310 217 70
4 Phòng D 175 161 92
5 Phòng E 90 63 70
Cộng 945 836 88"""


def understood(config: Config) -> Record:
    scan = Scan(Path("scans/bao-cao.txt"), "a1" * 32, MediaType.TEXT, 10, 1)
    (record,) = understand(scan, (from_text(REPORT, 1, 1.0),), config)
    return record


def test_from_which_confidence_nobody_looks_is_one_setting_for_all_figures() -> None:
    for accept_at, status in ((0.01, Status.ACCEPTED), (1.01, Status.NEEDS_REVIEW)):
        record = understood(Config(extract=ExtractConfig(accept_at=accept_at)))
        assert {(target.source, target.status) for target in record.targets} == {("text", status), ("table", status)}
