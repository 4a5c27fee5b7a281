"""The whole of repair with the models that are shipped, on invented text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import RepairConfig
from pipeline.nouns import Box, Line, PageText, Word
from pipeline.repair import LocalLexicon, Mode, repair_lines, repair_pages
from pipeline.vietnamese import strip_marks

CLEAN = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 214/KH-LĐLĐ Tây Sơn, ngày 05 tháng 3 năm 2024",
    "Thực hiện Nghị quyết của Ban Chấp hành Liên đoàn Lao động tỉnh về phát triển đoàn viên,",
    "thành lập công đoàn cơ sở trong các doanh nghiệp có từ 25 lao động trở lên, đạt 97,5% kế hoạch.",
    "Các đơn vị báo cáo kết quả thực hiện trước ngày 15/12/2024 về Văn phòng (qua địa chỉ vanphong@tayson.gov.vn).",
]
RUINED = [
    "Kinh giri: Céc co quan, don vi, doanh nghiép trén dia ban tinh",
    "Thyc hién Ké hoach sé 52/KH-LDLD ngay 14/3/2021 cia Ban Thudng vu vé viéc t6 chirc",
    "phong trao thi dua trong can bd, cdng chtrc, vién chirc, ngudi lao dong nam 2021.",
]
RESTORED = [
    "Kính gửi: Các cơ quan, đơn vị, doanh nghiệp trên địa bàn tỉnh",
    "Thực hiện Kế hoạch số 52/KH-LĐLĐ ngày 14/3/2021 của Ban Thường vụ về việc tổ chức",
    "phong trào thi đua trong cán bộ, công chức, viên chức, người lao động năm 2021.",
]


def page_of(*words: tuple[str, float]) -> PageText:
    line = Line(tuple(Word(t, t, Box(100 * i, 0, 100 * i + 90, 30), c) for i, (t, c) in enumerate(words)))
    return PageText(3, (line,), 2480, 3508, 300)


def test_text_read_without_vietnamese_comes_back() -> None:
    lines, repairs = repair_lines(RUINED)
    assert list(lines) == RESTORED
    assert all(0 < r.score <= 1 and r.raw != r.text and r.reason for r in repairs)
    first = repairs[0]
    assert (first.page, first.line, first.word, first.raw, first.text) == (1, 1, 1, "Kinh", "Kính")


def test_text_without_marks_comes_back() -> None:
    lines, _ = repair_lines([strip_marks(line) for line in CLEAN[:5]])
    assert list(lines) == CLEAN[:5]


def test_clean_text_is_left_alone() -> None:
    lines, repairs = repair_lines(CLEAN)
    assert list(lines) == CLEAN
    assert repairs == ()


def test_foreign_text_is_left_alone() -> None:
    text = ["The committee shall consider the report and take the measures that it deems necessary."]
    assert repair_lines(text) == (tuple(text), ())


@pytest.mark.parametrize("lines", [[], [""], ["", "   "], ["12 34 56"], ["- - -"], ["%"]])
def test_text_without_words_passes_through(lines: list[str]) -> None:
    repaired, repairs = repair_lines(lines)
    assert [line.split() for line in repaired] == [line.split() for line in lines]
    assert repairs == ()


@settings(max_examples=40)
@given(
    st.lists(st.from_regex(r"[0-9]{1,4}([.,/][0-9]{1,3}){0,2}%?", fullmatch=True), min_size=1, max_size=6),
    st.sampled_from(list(Mode)),
)
def test_figures_are_never_changed(figures: list[str], mode: Mode) -> None:
    lines, _ = repair_lines(["dat " + " ".join(figures) + " ké hoach nam"], mode)
    assert lines[0].split()[1:-3] == figures


@settings(max_examples=30)
@given(st.lists(st.text(min_size=0, max_size=30), max_size=4), st.sampled_from(list(Mode)))
def test_any_text_gives_as_many_lines(lines: list[str], mode: Mode) -> None:
    repaired, _ = repair_lines(lines, mode)
    assert len(repaired) == len(lines)


def test_a_slip_of_a_fresh_reading_is_mended_and_logged_with_its_place() -> None:
    page = page_of(
        ("Ủy", 0.96), ("ban", 0.96), ("nhân", 0.96), ("đân", 0.6), ("tỉnh", 0.96), ("ban", 0.96), ("hành", 0.96)
    )
    (mended,), repairs = repair_pages((page,), RepairConfig())
    assert mended.lines[0].text == "Ủy ban nhân dân tỉnh ban hành"
    assert mended.lines[0].raw == page.lines[0].raw
    assert [(r.page, r.line, r.word, r.raw, r.text) for r in repairs] == [(3, 1, 4, "đân", "dân")]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Ban quản lý đự án đầu tư xây dựng", "Ban quản lý dự án đầu tư xây dựng"),
        ("Quyết định phê duyệt bô sung quy hoạch", "Quyết định phê duyệt bổ sung quy hoạch"),
        ("báo cáo Tống số vốn đầu tư", "báo cáo Tổng số vốn đầu tư"),
    ],
)
def test_what_cannot_be_is_mended_however_sure_the_engine_was(read: str, printed: str) -> None:
    (mended,), _ = repair_pages((page_of(*((word, 0.96) for word in read.split())),), RepairConfig())
    assert mended.lines[0].text == printed


@pytest.mark.parametrize("read", ["kết quả học kỳ H năm học", "đồng chí Khổng Thanh Bình chủ trì"])
def test_numerals_and_names_are_not_guessed_at(read: str) -> None:
    (kept,), repairs = repair_pages((page_of(*((word, 0.88) for word in read.split())),), RepairConfig())
    assert kept.lines[0].text == read
    assert repairs == ()


def test_what_was_not_changed_for_want_of_evidence_is_known_as_doubtful() -> None:
    page = page_of(("kết", 0.88), ("quả", 0.88), ("học", 0.88), ("kỳ", 0.88), ("H", 0.88), ("năm", 0.88))
    (kept,), _ = repair_pages((page,), RepairConfig())
    odds = {word.text: word.odds for word in kept.lines[0].words}
    assert (odds["H"] or 0) < 0 < (odds["quả"] or 0)


def test_words_that_ran_together_share_the_ink() -> None:
    page = page_of(("giải", 0.96), ("quyết", 0.96), ("trựctiếp", 0.5), ("với", 0.96), ("công", 0.96), ("dân", 0.96))
    (mended,), _ = repair_pages((page,), RepairConfig())
    words = mended.lines[0].words
    assert [w.text for w in words] == ["giải", "quyết", "trực", "tiếp", "với", "công", "dân"]
    assert words[2].box.x0 == 200
    assert words[2].box.x1 == words[3].box.x0
    assert words[3].box.x1 == 290


@pytest.mark.parametrize("token", ["QISC", "119/2014/NĐ-CP", "BGPB", "12/CBTTHC", "Kpă", "Wiliam"])
def test_what_no_lexicon_knows_is_not_guessed_at_in_fresh_text(token: str) -> None:
    page = page_of(
        ("Công", 0.96), ("ty", 0.96), (token, 0.9), ("thực", 0.96), ("hiện", 0.96), ("theo", 0.96), ("quy", 0.96)
    )
    (mended,), repairs = repair_pages((page,), RepairConfig())
    assert mended.lines[0].words[2].text == token
    assert repairs == ()


def test_repair_can_be_switched_off() -> None:
    page = page_of(("đân", 0.2))
    assert repair_pages((page,), RepairConfig(enabled=False)) == ((page,), ())


def test_what_people_corrected_helps() -> None:
    line = ["UBND xa Ban Khoang bao cao ket qua thuc hien nhiem vu"]
    (without,), _ = repair_lines(line)
    (taught,), _ = repair_lines(line, local=LocalLexicon(("xã Bản Khoang",)))
    assert "xã Bản Khoang" in taught
    assert without.split()[0] == taught.split()[0] == "UBND"


def test_an_unsure_name_stays_as_read_and_is_marked() -> None:
    (line,), repairs = repair_lines(["NOI NHAN: Luu VT. CHU TICH Nguyen Van Hung, Le Thi Thuy o xa Ban Ho huyen Sa Pa"])
    assert "Nguyễn Văn Hung" in line
    marked = [r for r in repairs if "name" in r.reason]
    assert [(r.raw, r.text) for r in marked if r.raw == "Hung,"] == [("Hung,", "Hung,")]


def test_fresh_words_are_joined_only_when_no_letter_changes() -> None:
    broken = page_of(("giải", 0.96), ("quyết", 0.96), ("th", 0.7), ("ành", 0.7), ("công", 0.96), ("việc", 0.96))
    (mended,), _ = repair_pages((broken,), RepairConfig())
    assert "thành" in [word.text for word in mended.lines[0].words]
    noise = page_of(("Báo", 0.96), ("cáo", 0.96), ("điều", 0.96), ("tra", 0.93), ("õ", 0.75), ("dịch", 0.96))
    (kept,), _ = repair_pages((noise,), RepairConfig())
    assert "tra" in [word.text for word in kept.lines[0].words]


def test_a_small_letter_on_a_line_of_capitals_is_a_capital() -> None:
    (line,), _ = repair_lines(["CONG HOA XA HOI CHU NGHiA VIET NAM"])
    assert line == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Các đơn vị đồngý với nội dung;", "Các đơn vị đồng ý với nội dung;"),
        ("Chỉtiêu và Tỷlệ thực hiện", "Chỉ tiêu và Tỷ lệ thực hiện"),
        ("việc quản lý và sử đựng ngân sách địa phương", "việc quản lý và sử dụng ngân sách địa phương"),
        ("STT MãTTHC và tên thủ tục", "STT Mã TTHC và tên thủ tục"),
        ("Về việc công bố danh mục của thành phố vỀ giáo dục", "Về việc công bố danh mục của thành phố về giáo dục"),
        ("theo Quyết định số 12/QĐĐ-UBND", "theo Quyết định số 12/QĐ-UBND"),
        ("người Mơnông ở huyện Đắk Song", "người Mơnông ở huyện Đắk Song"),
    ],
)
def test_words_run_together_letters_given_twice_and_twins(read: str, printed: str) -> None:
    lines, _ = repair_lines([*CLEAN, read])
    assert lines[-1] == printed


def test_a_point_of_a_list_is_put_right_and_logged() -> None:
    lines, repairs = repair_lines(["a) Ban hành kế hoạch;", "b) Tổ chức thực hiện;", "e) Báo cáo.", "d) Kiểm tra."])
    assert lines[2] == "c) Báo cáo."
    assert [(r.line, r.word, r.raw, r.text, r.reason) for r in repairs] == [(3, 1, "e)", "c)", "the points around it")]


@pytest.mark.parametrize(("confidence", "printed"), [(0.5, "–"), (1.0, "—")])
def test_a_long_dash_that_an_engine_read_is_a_short_one(confidence: float, printed: str) -> None:
    page = page_of(("Tỉnh", 0.96), ("ủy", 0.96), ("—", confidence), ("Hội", 0.96), ("đồng", 0.96), ("nhân", 0.96))
    (mended,), _ = repair_pages((page,), RepairConfig())
    assert mended.lines[0].words[2].text == printed
