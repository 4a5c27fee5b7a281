"""Files that hold several letters, from pixels and from words to records: whose pages, in which order, counted once."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from pipeline.config import Config, StoreConfig
from pipeline.intake import open_scan
from pipeline.layout import from_text
from pipeline.nouns import MediaType, PageText, Record, Scan
from pipeline.rasterise import pages as rasterise
from pipeline.reading import read_scan, understand
from pipeline.store import open_store

SCANS = Path(__file__).parent.parent / "corpus" / "scans"
PLAN = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN AN THỊNH Độc lập - Tự do - Hạnh phúc
Số: {number}/KH-UBND An Thịnh, ngày 12 tháng 4 năm 2019
KẾ HOẠCH
Trồng cây phân tán năm 2019
Các xã, thị trấn tổ chức trồng cây trên các tuyến đường, kênh mương, khuôn viên trụ sở và trường học.
Phấn đấu trồng mới {trees} cây phân tán."""
REST = """2
Các phòng, ban, đơn vị theo chức năng đôn đốc, kiểm tra, kịp thời tháo gỡ khó khăn cho cơ sở trong quá trình thực hiện.
Phấn đấu tỷ lệ cây sống đạt {share}% trở lên, bảo đảm an toàn lao động cho người tham gia.
Nơi nhận:
- Các xã, thị trấn;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Thử"""


def typed(*texts: str) -> tuple[Record, ...]:
    scan = Scan(Path("bundle.pdf"), "ab" * 32, MediaType.PDF, 1, len(texts))
    pages = tuple(_with_ink(from_text(text, number)) for number, text in enumerate(texts, start=1))
    return understand(scan, pages, Config())


def _with_ink(page: PageText) -> PageText:
    return replace(page, width=1654, height=2339, dpi=200)


def values(record: Record) -> list[float]:
    return [target.value for target in record.targets]


def numbers(record: Record) -> list[int]:
    return [page.number for page in record.letter.pages]


def test_figures_of_a_bundle_are_counted_once_and_with_their_letter() -> None:
    one, one_more = PLAN.format(number=41, trees="12.500"), REST.format(share=85)
    two, two_more = PLAN.format(number=52, trees="7.300"), REST.format(share=90)
    first, second = typed(one, one, one_more, two_more, two, one)
    assert (numbers(first), numbers(second)) == ([1, 2, 6, 3], [5, 4])
    assert (values(first), values(second)) == ([12500, 85], [7300, 90])
    assert [f.value for r in (first, second) if (f := r.field("number"))] == ["41/KH-UBND", "52/KH-UBND"]
    assert first.problems[:2] == ("page 2 is another scan of page 1", "page 6 is another scan of page 1")
    assert any("out of order" in problem and "5, 4" in problem for problem in second.problems)
    assert {repair.page for repair in second.repairs} <= {4, 5}


def test_parts_are_kept_under_names_of_their_own(tmp_path: Path) -> None:
    records = typed(PLAN.format(number=41, trees="12.500"), PLAN.format(number=52, trees="7.300"))
    with open_store(tmp_path / "letters.db", StoreConfig()) as store:
        assert store.save(records) == ("ab" * 8, "ab" * 8 + "-2")
        assert [page["page_no"] for page in store.show("ab" * 8 + "-2").pages] == [2]


def test_pages_out_of_order_are_kept_in_the_order_of_reading(tmp_path: Path) -> None:
    records = typed(REST.format(share=85), PLAN.format(number=41, trees="12.500"))
    with open_store(tmp_path / "letters.db", StoreConfig()) as store:
        (name,) = store.save(records)
        assert [(page["page_no"], page["position"]) for page in store.show(name).pages] == [(2, 1), (1, 2)]


def sheets(name: str) -> list[Pillow.Image]:
    scan = open_scan(SCANS / f"{name}.pdf", Config().intake)
    return [Pillow.fromarray(page.image).convert("L") for page in rasterise(scan, Config())]


def scanned_again(sheet: Pillow.Image, shift: int) -> Pillow.Image:
    """The sheet as it comes out of another pass: a little aside, with other noise."""
    moved = np.roll(np.asarray(sheet, dtype=np.int16), (shift, -shift), axis=(0, 1))
    noise = np.random.default_rng(shift).normal(0, 6, moved.shape)
    return Pillow.fromarray(np.clip(moved + noise, 0, 255).astype(np.uint8))


@pytest.mark.slow
def test_a_stack_of_three_letters_as_it_comes_off_the_scanner(tmp_path: Path) -> None:
    names = ("ubnd_soctrang_2019_ct", "stc_quangnam_2013_ttr", "mttq_tayninh_2019_kh")
    (one,), (two, two_more), (three,) = map(sheets, names)
    upside_down = scanned_again(one, 9).transpose(Pillow.Transpose.ROTATE_180)
    stack = [one, upside_down, scanned_again(one, 5), two_more, two, three]
    bundle = tmp_path / "stack.pdf"
    stack[0].save(bundle, save_all=True, append_images=stack[1:], resolution=300, quality=80)

    records = read_scan(bundle, Config())

    assert [numbers(record) for record in records] == [[1, 2, 3], [5, 4], [6]]
    assert [page.rotation for page in records[0].letter.pages] == [0, 180, 0]
    assert [page.repeats_page for page in records[0].letter.pages] == [None, 1, 1]
    for name, record in zip(names, records, strict=True):
        gold = json.loads((SCANS / f"{name}.json").read_text(encoding="utf-8"))
        found = record.field("number")
        assert found is not None
        assert found.value == gold["number"]
        meant, read = Counter(t["value"] for t in gold["targets"]), Counter(values(record))
        assert meant
        assert all(read[value] <= count for value, count in meant.items())
        assert sum((read & meant).values()) >= 0.7 * sum(meant.values())
