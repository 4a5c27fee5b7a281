"""The pages in a real Chromium: two scans are read, reviewed by keyboard, found, counted and exported.

Skipped where Chromium is missing: apt-get install chromium. Screenshots are kept in artefacts/screenshots.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.config import StoreConfig
from pipeline.store import open_store

sync_api = pytest.importorskip("playwright.sync_api", reason="pip install 'congvan[dev]'")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install 'congvan[dev]'")

ROOT = Path(__file__).parent.parent.parent
SCANS = [ROOT / "corpus" / "scans" / name for name in ("ldld_ninhbinh_2004_cv.pdf", "duk_laocai_2021_cv.pdf")]
SHOTS = ROOT / "artefacts" / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TOKEN = "a token for tests"

STACK = """SỞ NỘI VỤ
Số: 31/TB-SNV
Hương Giang, ngày 05 tháng 6 năm 1999
THÔNG BÁO
Về lịch tiếp công dân
Phòng tiếp dân làm việc vào các ngày thứ hai và thứ năm.
\fBáo cáo số liệu tiếp công dân
Đã tiếp 45 lượt công dân trong quý II.
"""

DOUBTED = """SỞ NỘI VỤ
Số: 77/TB-SNV
Hương Giang, ngày 45 tháng 13 năm 1999
THÔNG BÁO
Về lịch nghỉ lễ
Các phòng nghỉ lễ hai ngày và làm bù vào thứ bảy.
"""
"""There is no such day in any calendar, so this letter always waits for a person."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
    pytest.mark.skipif(not all(scan.exists() for scan in SCANS), reason="the corpus is not here"),
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "letters.db"
    texts = {"chong.txt": STACK, "lich.txt": DOUBTED}
    for name, text in texts.items():
        path.with_name(name).write_text(text, encoding="utf-8")
    letters = map(str, (*SCANS, *(path.with_name(name) for name in texts)))
    command = [sys.executable, "-m", "pipeline", "ingest", *letters, "--db", str(path), "--jobs", "1"]
    told = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert told.returncode == 0, told.stderr
    return path


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pipeline", "serve", "--db", str(database), "--port", str(port)]
    environment = os.environ | {"CONGVAN_TOKEN": TOKEN, "XDG_CACHE_HOME": str(database.parent)}
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE) as server:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(1200):  # two minutes: a busy machine takes its time to start a server
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page of somebody who has logged in; whatever the console complains of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True, base_url=address)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"/-/login?token={TOKEN}")
    opened.fill("input[name=name]", "An")
    follow(opened, "main button")
    yield opened
    context.close()
    expected = ("409 (Conflict)", "net::ERR_FAILED")  # a refused save is no fault, nor is a server that a test stopped
    assert [told for told in complaints if not any(words in told for words in expected)] == []


def follow(page: Any, link: str) -> None:
    """Click, and wait until the next page stands and its script has run: the script moves the focus."""
    with page.expect_navigation():
        page.click(link)


def open_letter(page: Any) -> str:
    """Open the first letter of all and give its id."""
    page.goto("/-/review?list=all")
    follow(page, ".cv-list tbody a")
    return str(page.get_attribute(".cv-letter", "data-document"))


def number_of(database: Path, letter: str) -> tuple[str, str, int]:
    with open_store(database, StoreConfig(), read_only=True) as store:
        found = store.show(letter)
        field = next(f for f in found.fields if f["name"] == "number")
        return field["value"], field["status"], len(found.corrections)


def shoot(page: Any, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")


def test_a_number_is_corrected_and_taken_back_by_keyboard(page: Any, database: Path) -> None:
    letter = open_letter(page)
    before = number_of(database, letter)
    page.focus("#f-number")
    page.keyboard.press("Control+a")
    page.keyboard.type("123/CV-LĐLĐ")
    page.keyboard.press("Enter")
    page.wait_for_selector("form:has(#f-number)[data-status=confirmed]")
    shoot(page, "corrected")
    assert number_of(database, letter) == ("123/CV-LĐLĐ", "confirmed", before[2] + 1)
    page.focus("#f-number")
    page.keyboard.type("4")
    page.keyboard.press("Escape")
    assert page.input_value("#f-number") == "123/CV-LĐLĐ"
    page.reload()
    assert page.input_value("#f-number") == "123/CV-LĐLĐ"
    page.keyboard.press("F4")
    page.wait_for_function("value => document.getElementById('f-number').value === value", arg=before[0])
    assert number_of(database, letter) == (before[0], before[1], before[2] + 2)


def test_enter_leads_from_doubt_to_doubt_and_then_to_the_next_letter(page: Any, database: Path) -> None:
    page.goto("/-/review")
    follow(page, "text=77/TB-SNV")
    letter = str(page.get_attribute(".cv-letter", "data-document"))
    page.wait_for_selector("#f-issued_on:focus")
    while page.is_visible("#ahead"):
        left = page.inner_text("#left")
        page.keyboard.press("Enter")
        page.wait_for_function("left => document.getElementById('left').textContent !== left", arg=left)
    assert "không còn gì cần xem" in page.inner_text("#message")
    shoot(page, "done")
    page.wait_for_selector("#following:focus")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert letter not in page.url
    with open_store(database, StoreConfig(), read_only=True) as store:
        assert store.show(letter).document["doubts"] == 0


def test_what_the_engine_read_is_taken_over_by_a_click_and_left_by_escape(page: Any) -> None:
    page.goto("/-/review?list=all")
    follow(page, "text=182/LĐLĐ-TĐ")
    page.focus("#f-issuer")
    before, read = page.input_value("#f-issuer"), page.locator("form:has(#f-issuer) .cv-take")
    read.click()
    page.wait_for_selector("#f-issuer:focus")
    assert page.input_value("#f-issuer") == read.inner_text() != before
    page.keyboard.press("Escape")
    assert page.input_value("#f-issuer") == before


def test_a_value_that_was_not_found_is_given_by_pointing_at_its_ink(page: Any, database: Path) -> None:
    page.goto("/-/review?list=all")
    follow(page, "text=182/LĐLĐ-TĐ")  # a letter that was sent bears no stamp of arrival
    letter = str(page.get_attribute(".cv-letter", "data-document"))
    page.focus("#f-number")
    ink = page.locator(".cv-sheet:not([hidden]) .cv-ink").bounding_box()
    page.focus("#f-incoming_number")
    page.keyboard.press("F6")
    assert page.get_attribute("#point", "aria-pressed") == "true"
    page.mouse.move(ink["x"] - 2, ink["y"] - 2)
    page.mouse.down()
    page.mouse.move(ink["x"] + ink["width"] + 2, ink["y"] + ink["height"] + 2, steps=3)
    page.mouse.up()
    page.wait_for_function("() => document.getElementById('f-incoming_number').value !== ''")
    read = page.input_value("#f-incoming_number")
    assert page.locator("#f-incoming_number").evaluate("input => input === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_selector("form:has(#f-incoming_number)[data-status=confirmed]")
    with open_store(database, StoreConfig(), read_only=True) as store:
        (row,) = [field for field in store.show(letter).fields if field["name"] == "incoming_number"]
    assert (row["value"], row["method"], row["page_no"]) == (read, "person", 1)
    x0, y0, x1, y1 = map(int, page.get_attribute("#f-number", "data-box").split(","))
    assert row["x0"] <= x0 < x1 <= row["x1"]
    assert row["y0"] <= y0 < y1 <= row["y1"]
    page.keyboard.press("F4")
    page.wait_for_function("() => document.getElementById('f-incoming_number').value === ''")
    assert page.get_attribute("#f-incoming_number", "data-box") == ""


def test_what_was_typed_outlives_a_reload(page: Any, database: Path) -> None:
    letter = open_letter(page)
    before = number_of(database, letter)
    page.focus("#f-signer_title")
    page.keyboard.press("Control+a")
    page.keyboard.type("CHÁNH VĂN PHÒNG")
    page.reload()
    page.wait_for_selector("#f-signer_title:focus")
    assert page.input_value("#f-signer_title") == "CHÁNH VĂN PHÒNG"
    assert "chưa lưu" in page.inner_text("#message")
    page.keyboard.press("Escape")
    page.reload()
    assert page.input_value("#f-signer_title") != "CHÁNH VĂN PHÒNG"
    assert number_of(database, letter) == before


def test_a_figure_is_added_corrected_and_thrown_out_by_keyboard(page: Any, database: Path) -> None:
    page.goto("/-/review?list=all")
    follow(page, "text=182/LĐLĐ-TĐ")
    letter = str(page.get_attribute(".cv-letter", "data-document"))
    form = page.locator(".cv-add", has=page.locator("input[name=indicator]"))
    form.locator("summary").click()
    for name, text in {"indicator": "Giám sát chuyên đề", "value": "12", "unit": "cuộc"}.items():
        form.locator(f"input[name={name}]").fill(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("#f-targets-1000-value:focus")
    page.select_option("#f-targets-1000-kind", "result")
    page.focus("#f-targets-1000-kind")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('message').textContent.includes('result')")
    page.focus("#f-targets-1000-value")
    page.keyboard.press("Control+Delete")
    page.wait_for_selector(".cv-figure.cv-rejected:has(#f-targets-1000-value)")
    with open_store(database, StoreConfig(), read_only=True) as store:
        (row,) = [figure for figure in store.show(letter).targets if figure["item"] == 1000]
    assert (row["kind"], row["value"], row["rejected"]) == ("result", 12, 1)


def test_a_server_that_is_gone_loses_nothing(page: Any) -> None:
    page.route("**/-/decide", lambda route: route.abort())  # before the page is there: it takes hold a little later
    open_letter(page)
    page.focus("#f-place")
    page.keyboard.type(" và nơi khác")
    typed = page.input_value("#f-place")
    page.keyboard.press("Enter")
    page.wait_for_selector("#message.cv-alert")
    assert "Không liên lạc được" in page.inner_text("#message")
    assert page.input_value("#f-place") == typed
    page.keyboard.press("Escape")


def test_a_link_to_a_figure_leads_to_its_ink(page: Any) -> None:
    page.goto("/-/review?list=all")
    address = page.get_attribute(".cv-list tbody a:has-text('182/LĐLĐ-TĐ')", "href")
    page.goto(f"{address}#f-targets-2-value")
    page.wait_for_selector("#f-targets-2-value:focus")
    page.wait_for_selector(".cv-sheet:not([hidden]) .cv-ink:visible")
    crop, value = page.locator("#crop").bounding_box(), page.locator("#f-targets-2-value").bounding_box()
    assert crop["y"] + crop["height"] <= value["y"]
    assert value["y"] + value["height"] <= page.locator(".cv-foot").bounding_box()["y"]


def test_a_letter_is_split_by_keyboard_and_that_is_taken_back(page: Any, database: Path) -> None:
    page.goto("/-/review?list=all")
    follow(page, "text=31/TB-SNV")
    letter = str(page.get_attribute(".cv-letter", "data-document"))
    assert page.is_disabled("#split")
    page.keyboard.press("PageDown")
    assert page.inner_text("#place") == "2"
    with page.expect_navigation():
        page.keyboard.press("F2")
    assert page.get_attribute(".cv-letter", "data-document") == f"{letter}-2"
    assert page.inner_text("#place") == "1"
    shoot(page, "split")
    with page.expect_navigation():
        page.keyboard.press("F4")
    assert page.get_attribute(".cv-letter", "data-document") == letter
    with open_store(database, StoreConfig(), read_only=True) as store:
        assert [row["page_no"] for row in store.show(letter).pages] == [1, 2]


def test_the_ink_of_the_active_value_is_lit_where_it_stands(page: Any) -> None:
    open_letter(page)
    page.focus("#f-number")
    page.wait_for_function("() => document.querySelector('.cv-sheet:not([hidden]) img').complete")
    ink = page.locator(".cv-sheet:not([hidden]) .cv-ink").bounding_box()
    sheet = page.locator(".cv-sheet:not([hidden])").bounding_box()
    x0, y0, x1, _ = map(int, page.get_attribute("#f-number", "data-box").split(","))
    width = int(page.get_attribute(".cv-sheet:not([hidden])", "data-width"))
    assert ink["x"] - sheet["x"] == pytest.approx(x0 * sheet["width"] / width, abs=2)
    assert ink["width"] == pytest.approx((x1 - x0) * sheet["width"] / width, abs=2)
    assert ink["y"] - sheet["y"] == pytest.approx(y0 * sheet["width"] / width, abs=2)
    assert page.is_visible("#crop")
    shoot(page, "letter")


def test_a_word_that_is_still_being_composed_is_not_sent(page: Any, database: Path) -> None:
    letter = open_letter(page)
    before = number_of(database, letter)
    page.focus("#f-number")
    page.evaluate(
        """document.getElementById('f-number').dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))"""
    )
    page.wait_for_timeout(300)
    assert number_of(database, letter) == before


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(page: Any, database: Path) -> None:
    letter = open_letter(page)
    with open_store(database, StoreConfig()) as store:
        store.correct(letter, "signer", "Người Khác", by="binh")
    page.focus("#f-signer")
    page.keyboard.press("Control+a")
    page.keyboard.type("Tôi")
    with page.expect_response("**/-/decide") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 409
    page.wait_for_selector("#message.cv-alert")
    assert "Người Khác" in page.inner_text("#message")
    with open_store(database, StoreConfig()) as store:
        assert store.current(letter, "signer") == "Người Khác"


def test_a_hit_is_found_without_marks_and_lit(page: Any) -> None:
    page.goto("/-/search")
    page.wait_for_selector("input[name=q]:focus")
    page.keyboard.type("lien doan lao dong")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector(".cv-hits mark")
    shoot(page, "search")
    follow(page, ".cv-hits a")
    assert page.locator(".cv-sheet:not([hidden]) .cv-hit").count() >= 2
    shoot(page, "hit")


def test_a_canned_query_answers_and_links_to_letters(page: Any) -> None:
    page.goto("/letters/register")
    follow(page, "td a[href^='/-/letter/']")
    assert page.locator(".cv-letter").count() == 1


def test_the_workbook_is_downloaded_and_opens(page: Any, tmp_path: Path) -> None:
    page.goto("/-/export")
    with page.expect_download() as download:
        page.click("a[href$='.xlsx']")
    download.value.save_as(tmp_path / "register.xlsx")
    register = openpyxl.load_workbook(tmp_path / "register.xlsx").worksheets[0]
    assert register.max_row == 5


def test_the_dashboard_shows_its_charts(page: Any) -> None:
    page.goto("/")
    assert page.locator(".cv-panel svg[role=img]").count() >= 2
    shoot(page, "dashboard")


def test_english_is_one_click_away_and_stays(page: Any) -> None:
    page.goto("/-/review")
    follow(page, "a[hreflang=en]")
    page.goto("/-/log")
    assert page.inner_text("h1") == "Corrections"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/-/review?list=all",
        "/-/search?q=lao+dong",
        "letter",
        "/-/figures",
        "/-/matches",
        "/-/export",
        "/-/figures?view=progress",
    ],
)
def test_everybody_can_use_it(page: Any, path: str) -> None:
    """axe-core finds no serious or critical fault, and at 200 % zoom (640 x 360) nothing runs off sideways."""
    if path == "letter":
        open_letter(page)
    else:
        page.goto(path)
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
    grave = [v for v in found["violations"] if v["impact"] in {"serious", "critical"}]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in grave] == []
    page.set_viewport_size({"width": 640, "height": 360})
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
