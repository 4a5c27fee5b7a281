"""The pages, through Datasette's own client: what they show, who may change what, and what a hostile letter does."""

from __future__ import annotations

import asyncio
import codecs
import dataclasses
import html
import io
import json
import re
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from datasette.app import Datasette  # type: ignore[import-untyped]

from pipeline.config import Config, StoreConfig
from pipeline.errors import DamagedFile
from pipeline.store import Store, open_store, overview
from pipeline.web import Access, decisions, make_app
from pipeline.web.language import all_words
from tests.store.invented import a_page, a_record, a_target

TOKEN = "a token for tests"
PLAN = a_record().letter.scan.sha256[:16]
DOUBTED = a_record("second").letter.scan.sha256[:16]
PAGES = ("/", "/-/review", "/-/review?list=all", "/-/review?list=all&since=2023",
         "/-/search", "/-/search?q=duong", "/-/log", "/-/failures", "/-/export",
         "/-/login", "/-/figures", "/-/figures?year=2023&unit=doan", "/-/matches", "/-/matches?status=same",
         f"/-/letter/{PLAN}", f"/-/letter/{DOUBTED}?q=duong", f"/-/compare/{PLAN}/{DOUBTED}")  # fmt: skip

Steps = Callable[[httpx.AsyncClient], Coroutine[Any, Any, httpx.Response]]


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser, before a server of their own."""

    loop: asyncio.Runner
    datasette: Datasette

    def get(self, path: str, *, logged_in: bool = False) -> httpx.Response:
        async def step(client: httpx.AsyncClient) -> httpx.Response:
            return await client.get(path)

        return self.visit(step, logged_in=logged_in)

    def post(self, path: str, *, logged_in: bool = True, json: bool = True, **fields: str) -> httpx.Response:
        """Send a form that was filled in on a page of ours."""

        async def steps(client: httpx.AsyncClient) -> httpx.Response:
            page = await client.get("/-/login")
            token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
            assert token
            headers = {"Accept": "application/json"} if json else {}
            return await client.post(path, data={"csrftoken": token[1], **fields}, headers=headers)

        return self.visit(steps, logged_in=logged_in)

    def visit(self, what: Steps, *, logged_in: bool = False) -> httpx.Response:
        async def steps() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.datasette.app())
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                if logged_in:
                    client.cookies.set("ds_actor", self.datasette.sign({"a": {"id": "an"}}, "actor"))
                return await what(client)

        return self.loop.run(steps())


def arrive(database: Path) -> Iterator[Visitor]:
    with asyncio.Runner() as loop:
        datasette = make_app(database, Config(), Access(token=TOKEN), cache=database.parent / "cache")
        loop.run(datasette.invoke_startup())
        yield Visitor(loop, datasette)


@pytest.fixture
def visitor(database: Path) -> Iterator[Visitor]:
    yield from arrive(database)


@pytest.fixture(scope="module")
def reader(archive: Path) -> Iterator[Visitor]:
    """Somebody who changes nothing."""
    yield from arrive(archive)


def stored(database: Path) -> Store:
    return open_store(database, StoreConfig())


def test_tables_of_somebody_else_are_shown_too(database: Path) -> None:
    with stored(database) as store:
        store.db.analyze()
        store.db.table("notes").insert({"note": "of an analyst"})
    for visitor in arrive(database):
        assert "of an analyst" in visitor.get("/letters/notes").text
        assert "sqlite_stat1" not in visitor.get("/letters").text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_speaks_both_languages(reader: Visitor, path: str, language: str) -> None:
    response = reader.get(path + ("&" if "?" in path else "?") + f"lang={language}", logged_in=True)
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert all_words()["nav.review"][0 if language == "vi" else 1] in response.text
    assert "default-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("path", [*PAGES, "/letters", "/letters/v_targets", "/letters/register"])
def test_nothing_comes_from_outside(reader: Visitor, path: str) -> None:
    text = reader.get(path).text
    loaded = re.findall(r'<(?:script|link|img|iframe|source)[^>]*?(?:src|href)="([^"]*)"', text)
    assert not [url for url in loaded if url.startswith(("http:", "https:", "//")) and "localhost" not in url]


def test_empty_pages_say_what_to_do(tmp_path: Path) -> None:
    for newcomer in arrive(tmp_path / "letters.db"):
        assert "congvan ingest" in newcomer.get("/-/review").text
        assert "congvan ingest" in newcomer.get("/").text
        assert "Chưa có số liệu nào" in newcomer.get("/-/figures").text
        assert "Chưa có ai sửa" in newcomer.get("/-/log").text


def test_a_filter_that_leaves_nothing_is_dropped_by_a_click(reader: Visitor) -> None:
    assert '<a href="/-/review?list=all">Bỏ mọi điều kiện lọc</a>' in reader.get("/-/review?list=all&issuer=xyz").text
    assert '<a href="/-/figures">Bỏ mọi điều kiện lọc</a>' in reader.get("/-/figures?indicator=xyz").text


def test_the_queue_says_why(reader: Visitor) -> None:
    text = reader.get("/-/review?lang=en").text
    assert "5/QĐ-LĐLĐ" in text
    assert "two readings differ" in text
    assert "47/KH-LĐLĐ" not in text


def test_search_shows_the_hit_and_the_letter_lights_it(reader: Visitor) -> None:
    assert "<mark>đường</mark>" in reader.get("/-/search?q=duong").text
    lit = re.findall(r'class="cv-hit" data-box="([^"]+)"', reader.get(f"/-/letter/{PLAN}?q=duong").text)
    assert lit == ["190,260,270,300"]


def test_a_correction_is_stored_with_its_author(visitor: Visitor, database: Path) -> None:
    answer = visitor.post("/-/decide", document=DOUBTED, field="number", value="6/QĐ-LĐLĐ", seen="5/QĐ-LĐLĐ").json()
    assert (answer["value"], answer["status"], answer["letter_status"]) == ("6/QĐ-LĐLĐ", "confirmed", "accepted")
    with stored(database) as store:
        (logged,) = store.show(DOUBTED).corrections
        assert (logged["by"], logged["old"], logged["new"]) == ("an", "5/QĐ-LĐLĐ", "6/QĐ-LĐLĐ")
    assert visitor.post("/-/undo", document=DOUBTED).json()["value"] == "5/QĐ-LĐLĐ"


def test_the_stamp_of_the_receiver_is_given_with_its_ink(visitor: Visitor) -> None:
    assert 'id="f-incoming_number"' in visitor.get(f"/-/letter/{PLAN}").text
    words = visitor.get(f"/-/words/{PLAN}?ink=1,90,190,285,310", logged_in=True).json()
    assert words == {"ok": True, "text": "Phấn đấu trên đường"}
    ink = "1,90,190,285,310"
    answer = visitor.post("/-/decide", document=PLAN, field="incoming_on", value="16/2/2023", seen="", ink=ink).json()
    assert (answer["shown"], answer["page"], answer["box"]) == ("16/02/2023", 1, "90,190,285,310")
    assert 'data-page="1" data-box="90,190,285,310"' in visitor.get(f"/-/letter/{PLAN}").text
    back = visitor.post("/-/undo", document=PLAN).json()
    assert (back["field"], back["value"], back["box"]) == ("incoming_on", "", "")


@pytest.mark.parametrize("ink", ["1,2,3", "1,9,9,2,2", "nonsense", ""])
def test_a_box_that_is_none_is_refused(visitor: Visitor, database: Path, ink: str) -> None:
    before = database_content(database)
    assert visitor.get(f"/-/words/{PLAN}?ink={ink}").status_code == 400
    if ink:
        told = visitor.post("/-/decide", document=PLAN, field="incoming_number", value="148", ink=ink)
        assert (told.status_code, told.json()["message"]) == (400, "biểu mẫu chưa đủ")
    assert database_content(database) == before


def test_dates_are_shown_and_taken_as_they_are_written_here(visitor: Visitor) -> None:
    assert 'value="14/02/2023"' in visitor.get(f"/-/letter/{PLAN}").text
    answer = visitor.post("/-/decide", document=PLAN, field="issued_on", value="16/2/2023", seen="2023-02-14").json()
    assert (answer["value"], answer["shown"]) == ("2023-02-16", "16/02/2023")
    assert "47/KH-LĐLĐ" in visitor.get("/-/search?q=duong&since=16/02/2023&until=2/2023").text
    assert "47/KH-LĐLĐ" not in visitor.get("/-/search?q=duong&since=17/2/2023").text


def test_a_date_that_is_none_is_told_as_it_was_typed(visitor: Visitor) -> None:
    answer = visitor.post("/-/decide", document=PLAN, field="issued_on", value="31/31/2023", seen="2023-02-14")
    assert answer.status_code == 400
    assert answer.json()["message"] == "'31/31/2023' không phải là ngày"


def test_who_has_lost_the_way_finds_back(reader: Visitor) -> None:
    for path in ("/-/letter/nonsense", f"/-/letter/{'0' * 16}", "/nothing", "/letters/no_table"):
        lost = reader.get(path)
        assert lost.status_code == 404
        assert '<a href="/-/search">Tìm kiếm</a>' in lost.text
        assert '<html lang="vi">' in lost.text
        assert not re.search(r"<h1>[ -~]+</h1>", lost.text), "told in Vietnamese"
    assert reader.get("/letters/no_table.json").json()["status"] == 404


def test_what_a_letter_lacks_is_among_the_reasons(visitor: Visitor, database: Path) -> None:
    with stored(database) as store:
        (name,) = store.save((a_record("lacking", number="77/TB-LĐLĐ", place=""),))
        assert store.show(name).document["doubts"] == 1
    assert "<b>Nơi ban hành</b>: không tìm thấy trên văn bản" in visitor.get("/-/review").text


@pytest.mark.parametrize("path", ["/-/review?list=all&", "/-/review.xlsx?list=all&", "/-/search?q=duong&"])
def test_a_day_that_is_none_is_told(reader: Visitor, path: str) -> None:
    told = reader.get(f"{path}since=32/13/2023")
    assert told.status_code == 400
    assert "không phải là ngày" in told.text


def test_a_figure_that_is_taken_back_is_as_it_was_read(visitor: Visitor) -> None:
    answer = visitor.post("/-/decide", document=PLAN, field="targets.0.value", value="1.215,5", seen="210").json()
    assert (answer["value"], answer["shown"], answer["status"]) == ("1215.5", "1.215,5", "confirmed")
    assert visitor.post("/-/undo", document=PLAN).json()["status"] == "accepted"


def test_what_still_waits_is_named_in_the_language_of_the_page(visitor: Visitor) -> None:
    answer = visitor.post("/-/confirm", document=DOUBTED).json()
    assert answer["message"] == "còn phải xem lại: số, ký hiệu"


def test_a_stale_save_is_refused(visitor: Visitor, database: Path) -> None:
    visitor.post("/-/decide", document=PLAN, field="number", value="1/A", seen="47/KH-LĐLĐ")
    answer = visitor.post("/-/decide", document=PLAN, field="number", value="2/B", seen="47/KH-LĐLĐ")
    assert answer.status_code == 409
    assert "1/A" in answer.json()["message"]


@pytest.mark.parametrize("path", ["/-/decide", "/-/undo", "/-/confirm", "/-/part", "/-/match", "/-/confirm-run"])
def test_strangers_change_nothing(visitor: Visitor, database: Path, path: str) -> None:
    before = database_content(database)
    answer = visitor.post(path, logged_in=False, document=PLAN, field="number", value="1/A", run="1", decision="1")
    assert answer.status_code == 403
    assert database_content(database) == before


def test_a_form_from_another_site_changes_nothing(visitor: Visitor, database: Path) -> None:
    async def forged(client: httpx.AsyncClient) -> httpx.Response:
        return await client.post("/-/decide", data={"document": PLAN, "field": "number", "value": "1/A"})

    before = database_content(database)
    assert visitor.visit(forged, logged_in=True).status_code == 403
    assert database_content(database) == before


def database_content(database: Path) -> list[str]:
    with stored(database) as store:
        return list(store.db.iterdump())


@pytest.mark.parametrize("path", ["/-/decide", "/-/undo", "/-/confirm", "/-/part", "/-/match", "/-/confirm-run"])
def test_reading_an_address_changes_nothing(visitor: Visitor, database: Path, path: str) -> None:
    assert visitor.get(path, logged_in=True).status_code == 405


def test_logging_in_takes_the_token(reader: Visitor) -> None:
    async def log_in(client: httpx.AsyncClient, token: str) -> httpx.Response:
        page = await client.get("/-/login")
        csrf = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
        assert csrf
        form = {"csrftoken": csrf[1], "name": "An", "token": token}
        return await client.post("/-/login", data=form)

    welcome = reader.visit(lambda client: log_in(client, TOKEN))
    assert welcome.status_code == 302
    assert "httponly" in welcome.headers["set-cookie"].lower()
    assert reader.visit(lambda client: log_in(client, "another token")).status_code == 403


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("register", "47/KH-LĐLĐ"), ("targets_of_year?year=2023", "Phát triển mới đoàn viên"),
        ("progress_by_indicator?indicator=", 2023), ("citing?number=12/nq-tlđ", "12/NQ-TLĐ"),
        ("needs_review", "number"),
        ("register_gaps", 41), ("register_doubles", None), ("register_disorder", None),
    ],
)  # fmt: skip
def test_canned_queries_answer(reader: Visitor, query: str, first: object) -> None:
    name, _, rest = query.partition("?")
    rows = reader.get(f"/letters/{name}.json?_shape=array&{rest}").json()
    assert (first is None and rows == []) or first in rows[0].values()


def test_the_register_tells_gaps_doubles_and_disorder(visitor: Visitor, database: Path) -> None:
    with stored(database) as store:
        store.save((a_record("x1", number="51/KH-LĐLĐ", issued_on="2023-01-09"),))
        store.save((a_record("x2", number="51/KH-CĐ", issued_on="2023-03-09"),))
    gaps = visitor.get("/letters/register_gaps.json?_shape=array").json()
    assert [(gap["first_missing"], gap["last_missing"]) for gap in gaps] == [(6, 46), (48, 50)]
    (double,) = visitor.get("/letters/register_doubles.json?_shape=array").json()
    assert double["letters"] == 2
    (late,) = visitor.get("/letters/register_disorder.json?_shape=array").json()
    assert late["number"] == "51/KH-LĐLĐ"


def test_columns_are_described_and_ids_are_links(reader: Visitor) -> None:
    text = reader.get("/letters/v_targets").text
    assert "The figure in base units" in text
    assert f'<a href="/-/letter/{PLAN}">' in text


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM documents", "UPDATE documents SET number = 'x'", "ATTACH DATABASE '/tmp/x.db' AS x", "PRAGMA x=1"],
)
def test_visitors_cannot_write_by_sql(visitor: Visitor, database: Path, sql: str) -> None:
    before = database_content(database)
    assert visitor.get(f"/letters.json?sql={sql}", logged_in=True).status_code == 400
    assert database_content(database) == before


def test_exports_are_what_the_store_gives(reader: Visitor) -> None:
    lines = reader.get("/-/export/letters.jsonl").text.splitlines()
    assert {json.loads(line)["number"] for line in lines} == {"47/KH-LĐLĐ", "5/QĐ-LĐLĐ", "90/BC-LĐLĐ"}
    csv = reader.get("/-/export/targets.csv").content
    assert csv.startswith(codecs.BOM_UTF8 + b"id,document_id"), "Excel takes text without the mark for another encoding"
    assert reader.get("/-/export/sqlite_master.csv").status_code == 400


def test_figures_are_narrowed_down_and_lead_to_their_ink(reader: Visitor) -> None:
    text = reader.get("/-/figures?kind=target&indicator=doan+vien&usable=yes").text
    assert f'href="/-/letter/{PLAN}#f-targets-0-value">≥ 210 đoàn viên</a>' in text
    assert 'id="f-targets-0-value"' in reader.get(f"/-/letter/{PLAN}").text
    assert "210 đoàn viên" not in reader.get("/-/figures?kind=result").text
    assert "210 đoàn viên" not in reader.get("/-/figures?usable=no").text
    assert "210 đoàn viên" not in reader.get("/-/figures?year=1999").text


def test_the_figures_that_are_shown_are_those_that_are_downloaded(reader: Visitor) -> None:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(reader.get("/-/figures.xlsx?kind=result").content)).worksheets
    assert [row[7].value for row in sheet.iter_rows(min_row=2)] == [231]
    lines = reader.get("/-/figures.jsonl?kind=result").text.splitlines()
    assert [json.loads(line)["value"] for line in lines] == [231]
    assert reader.get("/-/figures.csv?kind=result&year=1999").content == b""


def test_results_stand_beside_their_targets(reader: Visitor) -> None:
    text = reader.get("/-/figures?view=progress&year=2023&unit=đoàn viên").text
    assert 'f-targets-0-value">≥ 210 đoàn viên</a>' in text
    assert "110 %" in text
    assert '<svg role="img" aria-label="Kết quả so với chỉ tiêu (đoàn viên)"' in text
    assert "110 %" not in reader.get("/-/figures?view=progress&year=1999").text
    lines = reader.get("/-/figures.jsonl?view=progress&indicator=doan vien").text.splitlines()
    assert {(json.loads(line)["target"], json.loads(line)["result"]) for line in lines} == {(210, 231)}
    (sheet,) = openpyxl.load_workbook(io.BytesIO(reader.get("/-/figures.xlsx?view=progress").content)).worksheets
    assert sheet["H2"].value == pytest.approx(1.1)


@pytest.mark.parametrize(
    ("order", "values"),
    [("year", [210, 231]), ("greatest", [231, 210]), ("latest", [231, 210]), ("nonsense", [210, 231])],
)
def test_figures_are_put_in_order_and_downloaded_so(reader: Visitor, order: str, values: list[int]) -> None:
    text = reader.get(f"/-/figures?unit=đoàn viên&order={order}").text
    shown = [int(value) for value in re.findall(r"-value\">(?:≥ )?(\d+) đoàn viên", text)]
    rows = [json.loads(line) for line in reader.get(f"/-/figures.jsonl?order={order}").text.splitlines()]
    assert [v for n, v in enumerate(shown) if n in (0, len(shown) - 1)] == values
    assert [row["value"] for row in rows] == shown
    assert f"trên {len(shown)};" in text


def test_letters_are_narrowed_down_and_downloaded_as_a_register(reader: Visitor) -> None:
    asked = "list=all&doc_type=Báo+cáo&issuer=lien+doan&since=20/12/2023&until=12/2023"
    text = reader.get(f"/-/review?{asked}").text
    assert "90/BC-LĐLĐ" in text
    assert "47/KH-LĐLĐ" not in text
    (sheet,) = openpyxl.load_workbook(io.BytesIO(reader.get(f"/-/review.xlsx?{asked}").content)).worksheets
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["90/BC-LĐLĐ"]
    assert "90/BC-LĐLĐ" not in reader.get("/-/review?list=all&since=21/12/2023").text


def test_a_search_without_words_is_a_list_of_letters(reader: Visitor) -> None:
    told = reader.get("/-/search?q=&issuer=lien+doan&doc_type=Báo+cáo")
    assert told.status_code == 302
    assert "90/BC-LĐLĐ" in reader.get(told.headers["location"]).text


def test_bars_lead_to_what_they_count(reader: Visitor) -> None:
    (link,) = re.findall(r'<a href="([^"]+)">Phát triển mới đoàn viên \(đoàn viên\)</a>', reader.get("/").text)
    assert "231 đoàn viên" in reader.get(html.unescape(link)).text


def test_the_workbook_has_real_numbers_and_dates(reader: Visitor) -> None:
    response = reader.get("/-/export/register.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    register, figures, progress = book.worksheets
    assert register.freeze_panes == "A2"
    assert register["B2"].is_date
    assert register["A2"].value == "47/KH-LĐLĐ"
    assert {row[7].value for row in figures.iter_rows(min_row=2)} == {210, 231}
    assert progress["H2"].value == pytest.approx(1.1)


def test_the_dashboard_draws_charts_that_can_be_read_as_tables(reader: Visitor) -> None:
    text = reader.get("/?lang=en").text
    assert text.count('<svg role="img" aria-label="') == text.count("<summary>As a table</summary>") >= 4
    assert "110 %" in text
    assert re.search(r">0,\d+</text>", text), "decimals are written with a comma, as everywhere"


HOSTILE = '<script>alert("x")</script>\u202e=HYPERLINK("http://evil.example")'


@pytest.mark.parametrize("path", [p for p in PAGES if "compare" not in p])
def test_a_hostile_letter_is_only_text(visitor: Visitor, database: Path, path: str) -> None:
    evil = dataclasses.replace(
        a_record("hostile", "'; DROP.pdf", subject=HOSTILE, issuer=HOSTILE, signer=HOSTILE, number=HOSTILE),
        targets=(a_target(indicator=HOSTILE, quote=HOSTILE), a_target(kind="result", indicator=HOSTILE, quote=HOSTILE)),
        problems=(HOSTILE,),
    )  # fmt: skip
    with stored(database) as store:
        (name,) = store.save((evil,))
        store.correct(name, "place", HOSTILE, by=HOSTILE)
    for address in (path, f"/-/letter/{name}", f"/-/compare/{name}/{PLAN}", "/-/search?q=alert", "/letters/documents"):
        text = visitor.get(address, logged_in=True).text
        assert "<script>alert" not in text
        assert "javascript:" not in text


@pytest.mark.parametrize(
    "path",
    ["/-/page/../../etc/passwd/1.jpg", "/-/page/%2e%2e%2f%2e%2e/1.jpg", f"/-/page/{'0' * 16}/1.jpg",
     f"/-/page/{PLAN}/99.jpg", f"/-/page/{PLAN}/1.png", "/-/congvan/../queries.toml", "/-/congvan/%2e%2e/queries.toml"],
)  # fmt: skip
def test_no_path_leads_out(reader: Visitor, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code in {302, 400, 404}
    assert answer.headers.get("location", "/").startswith("/")


def test_a_cell_of_a_table_that_goes_on_points_to_its_own_page(visitor: Visitor, database: Path) -> None:
    record = a_record("long table")
    (table,) = record.tables
    cells = (*table.cells[:3], dataclasses.replace(table.cells[3], page=2))
    record = dataclasses.replace(record, tables=(dataclasses.replace(table, cells=cells),))
    with open_store(database, StoreConfig()) as store:
        (name,) = store.save((record,))
    pages = re.findall(r'data-field="tables[.0-9]+"[^>]*data-page="(\d)"', visitor.get(f"/-/letter/{name}").text)
    assert pages == ["1", "1", "1", "2"]


def test_an_image_whose_original_is_gone_says_so(reader: Visitor) -> None:
    response = reader.get(f"/-/page/{PLAN}/1.jpg")
    assert response.status_code == 404
    assert "không đọc được tệp: không có tệp này" in response.text


def test_failed_files_are_read_again_behind_the_page(visitor: Visitor, database: Path, tmp_path: Path) -> None:
    path = tmp_path / "thong-bao.txt"
    path.write_text("THÔNG BÁO\nVề việc nghỉ lễ\n" * 5, encoding="utf-8")
    with stored(database) as store:
        store.fail(path, None, DamagedFile("it was cut off", hint="scan it again", where=str(path)))
    assert "scan it again" in visitor.get("/-/failures?lang=en").text
    assert "quét lại" in visitor.get("/-/failures?lang=vi").text
    answer = visitor.post("/-/retry", json=False)
    assert answer.headers["location"] == "/-/failures"

    async def until_done() -> None:
        while decisions.running():
            await asyncio.sleep(0.05)

    visitor.loop.run(until_done())
    assert "scan it again" not in visitor.get("/-/failures?lang=en").text


def test_strangers_start_nothing(visitor: Visitor) -> None:
    assert visitor.post("/-/retry", logged_in=False, json=False).headers["location"] == "/-/login"
    assert not decisions.running()


def test_what_people_say_of_two_wordings_moves_them(visitor: Visitor, database: Path) -> None:
    assert "Phát triển mới đoàn viên" in visitor.get("/-/matches?status=same").text
    moved = visitor.post("/-/match", json=False, match="1", same="0", back="/-/matches?status=same")
    assert moved.headers["location"] == "/-/matches?status=same"
    assert "Phát triển mới đoàn viên" in visitor.get("/-/matches?status=rejected").text
    assert "110 %" not in visitor.get("/").text
    with stored(database) as store:
        assert [row["decided_by"] for row in store.matches("rejected")] == ["an"]


def test_a_figure_that_was_missed_is_added_and_leads_to_its_ink(visitor: Visitor) -> None:
    figure = {"kind": "result", "indicator": "Giám sát chuyên đề", "value": "1.250,5", "unit": "cuộc"}
    added = visitor.post("/-/add", json=False, document=PLAN, table="targets", **figure)  # type: ignore[arg-type]
    assert added.headers["location"] == f"/-/letter/{PLAN}?figure=1000#f-targets-1000-value"
    text = visitor.get(f"/-/letter/{PLAN}?figure=1000", logged_in=True).text
    assert 'id="f-targets-1000-period_end"' in text
    assert 'id="f-targets-0-period_end"' not in text
    assert "Thêm số liệu" in text
    assert "1.250,5 cuộc" in visitor.get("/-/figures?kind=result").text
    assert visitor.post("/-/undo", document=PLAN).json()["ok"]
    assert "1.250,5 cuộc" not in visitor.get("/-/figures?kind=result").text


def test_what_is_added_must_be_whole(visitor: Visitor) -> None:
    told = visitor.post("/-/add", document=PLAN, table="targets", kind="result", indicator="Giám sát", unit="cuộc")
    assert (told.status_code, told.json()["hint"]) == (400, "hãy ghi rõ cần thêm gì")
    assert visitor.post("/-/add", document=PLAN, table="documents", number="1").status_code == 400
    assert visitor.post("/-/add", logged_in=False, document=PLAN, table="targets").status_code == 403


def test_letters_lead_to_those_they_cite_and_back(visitor: Visitor, database: Path) -> None:
    with stored(database) as store:
        (report,) = [row["id"] for row in store.export("documents") if row["number"] == "90/BC-LĐLĐ"]
        store.add(report, "citations", {"number": "47/KH-LĐLĐ", "issued_on": "14/2/2023"}, by="an")
    assert f'<a href="/-/letter/{PLAN}">47/KH-LĐLĐ →</a>' in visitor.get(f"/-/letter/{report}").text
    assert f'<a href="/-/letter/{report}?page=1">90/BC-LĐLĐ</a>' in visitor.get(f"/-/letter/{PLAN}").text
    assert visitor.post("/-/decide", document=report, field="citations.1000.number", value="48/KH-LĐLĐ").json()["ok"]
    assert f'href="/-/letter/{report}' not in visitor.get(f"/-/letter/{PLAN}").text


def test_periods_are_shown_and_taken_as_they_are_written_here(visitor: Visitor) -> None:
    assert 'value="31/12/2023"' in visitor.get(f"/-/letter/{PLAN}?figure=0").text
    answer = visitor.post("/-/decide", document=PLAN, field="targets.0.period_end", value="6/2024", seen="2023-12-31")
    assert (answer.json()["value"], answer.json()["shown"]) == ("2024-06-30", "30/06/2024")


def test_the_next_letter_is_made_ready_while_this_one_is_looked_at(reader: Visitor) -> None:
    ahead = f'<link rel="prefetch" as="image" href="/-/page/{DOUBTED}/1.jpg">'
    assert ahead in reader.get(f"/-/letter/{PLAN}", logged_in=True).text
    assert "prefetch" not in reader.get(f"/-/letter/{DOUBTED}", logged_in=True).text


def test_a_letter_is_split_joined_and_undone(visitor: Visitor, database: Path) -> None:
    sheets = tuple(a_page(number) for number in (1, 2, 3))
    record = a_record("stack", "chong.pdf", number="61/KH-LĐLĐ")
    whole = dataclasses.replace(record, letter=dataclasses.replace(record.letter, pages=sheets))
    with stored(database) as store:
        (name,) = store.save((whole,))
    answer = visitor.post("/-/part", document=name, page="2", begins="1").json()
    assert answer == {"ok": True, "go": f"{name}-2"}
    text = visitor.get(f"/-/letter/{name}-2?lang=en", logged_in=True).text
    assert '<span id="place">1</span>/2' in text
    assert "Join with the letter before" in text
    assert "A letter begins on page 2" in text
    assert visitor.post("/-/part", document=name, page="2", begins="1").status_code == 409
    moved = visitor.post("/-/part", json=False, document=f"{name}-2", page="2", begins="0")
    assert moved.headers["location"] == f"/-/letter/{name}"
    assert visitor.post("/-/undo", document=name).json()["go"] == f"{name}-2"
    assert visitor.post("/-/undo", document=f"{name}-2").json()["go"] == name
    with stored(database) as store:
        assert [c["undoes"] for c in overview.decisions(store.db, document_id=name)] == [1, 2, None, None]
