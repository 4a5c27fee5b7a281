"""How fast a large archive answers: search, lists, canned queries, one letter; and how much memory an export takes.

    python -m scripts.bench.query --letters 100000 --database /tmp/large.db

Letters are generated (ten figures each) straight into the tables, then each question is asked again and again with
other words; printed are the median and the 95th percentile in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import time
import tomllib
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import httpx

from pipeline.config import Config, StoreConfig
from pipeline.store import (
    ListFilter,
    Row,
    SearchFilter,
    Store,
    TargetFilter,
    dashboard,
    open_store,
    overview,
    write_csv,
)
from pipeline.store.asking import teach
from pipeline.store.rows import key, number_key
from pipeline.vietnamese import fold
from pipeline.web import Access, make_app

VOCABULARY = """
công đoàn viên lao động kế hoạch thi đua năm tỉnh huyện xã phường đơn vị báo cáo kết quả chỉ tiêu phát triển mới cơ sở
tổ chức thực hiện nhiệm vụ quản lý nhà nước xây dựng nông thôn giáo dục y tế văn hóa thể thao môi trường đất đai ngân
sách đầu tư dự án giải ngân hộ nghèo việc làm đào tạo nghề bảo hiểm xã hội an toàn giao thông trật tự phòng chống thiên
tai dịch bệnh cải cách hành chính chuyển đổi số đường trường trạm cầu cống thủy lợi rừng biển đảo
"""
SYLLABLES = VOCABULARY.split()
BODIES = [f"Liên đoàn Lao động tỉnh {a} {b}" for a in ("Hương", "Sông", "Núi", "Đồng") for b in ("Giang", "Bắc", "Nam")]
KINDS = (("Kế hoạch", "KH"), ("Báo cáo", "BC"), ("Quyết định", "QĐ"), ("Công văn", "CV"), ("Chỉ thị", "CT"))
UNITS = ("đoàn viên", "%", "đồng", "cuộc", "hộ")
QUERIES = Path(__file__).parent.parent.parent / "pipeline" / "web" / "queries.toml"
FACET = "SELECT {0}, count(*) FROM documents GROUP BY {0} ORDER BY 2 DESC LIMIT 30"
DERIVED = (
    """INSERT INTO letters_by_year
      SELECT t.document_id, t.year, sum(t.kind = 'target'), sum(t.kind = 'result'), d.issuer_key, d.issued_on, 1
      FROM targets AS t JOIN documents AS d ON d.id = t.document_id GROUP BY t.document_id, t.year""",
    """INSERT INTO indicator_matches
        (target_indicator, result_indicator, unit, likeness, status, target_key, result_key)
      SELECT min(indicator), min(indicator), unit, 1.0, 'same', indicator_key, indicator_key
      FROM targets GROUP BY indicator_key, unit""",
)
"""What storing a letter fills beside its own rows."""
CHUNK = 2_000
REPEATS = 20
RUNNER = asyncio.Runner()
Question = Callable[[], object]


def generate(store: Store, letters: int, dice: random.Random) -> None:
    """Fill an empty database with letters of one page and ten figures each."""
    indicators = [words(dice, 5) for _ in range(400)]
    for start in range(0, letters, CHUNK):
        batch = [_letter(n, dice, indicators) for n in range(start, min(start + CHUNK, letters))]
        with store.db.atomic():
            for table in ("documents", "pages", "fields", "targets", "search_rows"):
                store.db.table(table).insert_all([row for letter in batch for row in letter[table]])
            store.db.conn.executemany(
                "INSERT INTO search_text (rowid, text, folded, about) VALUES (:id, :text, :folded, :about)",
                [row for letter in batch for row in letter["search_text"]],
            )
    with store.db.atomic():
        for derived in DERIVED:
            store.db.execute(derived)
    store.db.analyze()


def words(dice: random.Random, count: int) -> str:
    """Invented words; the first syllables are far more frequent than the last, as in a language."""
    return " ".join(SYLLABLES[int(len(SYLLABLES) * dice.random() ** 2)] for _ in range(count))


def _letter(n: int, dice: random.Random, indicators: list[str]) -> dict[str, list[Row]]:
    name = f"{n:016x}"
    kind, code = dice.choice(KINDS)
    year, body = dice.randint(2005, 2024), dice.choice(BODIES)
    day, number = f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}", f"{dice.randint(1, 900)}/{code}-LĐLĐ"
    subject, text = words(dice, 9), words(dice, 130) + f" mật{n % 5000}"
    status = "needs_review" if n % 20 == 0 else "accepted"
    head = {"doc_type": kind, "number": number, "issued_on": day, "issuer": body, "subject": subject, "place": "Hà Nội"}
    head_text = " ".join(head.values())
    return {
        "documents": [{
            "id": name, "source_name": f"{n}.pdf", "source_path": f"/scans/{n}.pdf", "sha256": name * 4, "part": 1,
            "media_type": "application/pdf", "size": 1, "pages": 1, **head, "language": "vi", "confidence": 0.9,
            "status": status, "doubts": int(n % 20 == 0),
            "year": year, "serial": int(number.partition("/")[0]),
            "read_at": "2024-01-01T00:00:00+00:00", "reader_version": "bench",
            "number_key": number_key(number), "issuer_key": key(body),
        }],
        "pages": [{
            "document_id": name, "page_no": 1, "text": text, "raw_text": text, "ocr_confidence": 0.9, "width": 2480,
            "height": 3508, "dpi": 300, "rotation": 0, "skew": 0.0, "blank": 0, "steps": "[]",
        }],
        "fields": [{
            "document_id": name, "name": column, "item": 0, "value": value, "raw": value, "confidence": 0.9,
            "status": status if column == "number" else "accepted", "page_no": 1, "method": "bench",
        } for column, value in head.items()],
        "targets": [_figure(name, item, year, dice, indicators) for item in range(10)],
        "search_rows": [{"id": 2 * n + page + 1, "document_id": name, "page_no": page} for page in (0, 1)],
        "search_text": [
            {"id": 2 * n + page + 1, "text": shown, "folded": fold(shown), "about": f"y{year} k{key(kind)} {key(body)}"}
            for page, shown in enumerate((head_text, text))
        ],
    }  # fmt: skip


def _figure(name: str, item: int, year: int, dice: random.Random, indicators: list[str]) -> Row:
    indicator, who = dice.choice(indicators), f"Huyện {dice.randint(1, 600)}"
    return {
        "id": f"{name}.{item}", "document_id": name, "item": item, "source": "text",
        "kind": "result" if item % 2 else "target", "indicator": indicator, "comparator": ">=",
        "value": float(dice.randint(1, 5000)), "unit": dice.choice(UNITS), "value_text": "số", "responsible": who,
        "page_no": 1, "quote": indicator, "confidence": 0.9, "status": "accepted", "year": year,
        "indicator_key": key(indicator), "responsible_key": key(who),
    }  # fmt: skip


def questions(store: Store, dice: random.Random, letters: int) -> Iterator[tuple[str, Question]]:
    """Each question by name, asked with other words each time."""

    def two() -> str:
        return fold(words(dice, 2))

    narrow = SearchFilter(issuer="song bac", since="2020")
    yield "search, a rare word", lambda: store.search(f"mat{dice.randrange(5000)}")
    yield "search, two words of many letters", lambda: store.search(two())
    yield "search, a phrase", lambda: store.search(f'"{two()}"')
    yield "search, one issuer and years", lambda: store.search(two(), narrow)
    yield "search, the beginning of a word", lambda: store.search(f"mat{dice.randrange(9)}*")
    yield "the queue", lambda: overview.letters(store.db, ListFilter())
    yield "the queue, page 20", lambda: overview.letters(store.db, ListFilter(offset=1000))
    yield "counts of all lists", lambda: overview.counts(store.db)
    yield "one letter", lambda: store.show(f"{dice.randrange(letters):016x}")
    yield "figures of an indicator and year", lambda: list(store.targets(TargetFilter(year=2020, indicator=two())))
    yield "dashboard of a year", lambda: dashboard.dashboard(store.db, dice.randint(2005, 2024))
    yield "dashboard of all years", lambda: dashboard.dashboard(store.db, None)
    for column in ("status", "doc_type", "issuer"):
        yield f"facet {column}", partial(answer, store, FACET.format(column))
    for name, query in tomllib.loads(QUERIES.read_text(encoding="utf-8")).items():
        yield f"canned: {name}", partial(answer, store, query["sql"])


def pages(database: Path, dice: random.Random, letters: int) -> Iterator[tuple[str, Question]]:
    """Whole pages by name, from the request to the last byte, as a browser on this machine gets them."""
    server = make_app(database, Config(), Access())
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=server.app()), base_url="http://localhost")

    def get(path: str) -> None:
        answer = RUNNER.run(client.get(path))
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")

    yield "page: one letter", lambda: get(f"/-/letter/{dice.randrange(letters):016x}")
    yield "page: search", lambda: get(f"/-/search?q={quote(fold(words(dice, 2)))}")
    yield "page: queue", lambda: get("/-/review")
    yield "page: figures", lambda: get("/-/figures")
    yield "page: figures of an indicator", lambda: get(f"/-/figures?indicator={quote(fold(words(dice, 2)))}")
    yield "page: figures, greatest first", lambda: get("/-/figures?order=greatest")
    yield "page: results beside targets", lambda: get(f"/-/figures?view=progress&year={dice.randint(2005, 2024)}")
    yield "page: search, newest first", lambda: get(f"/-/search?order=newest&q={quote(fold(words(dice, 2)))}")
    yield "page: all letters", lambda: get("/-/review?list=all")
    yield "page: pairs of wordings", lambda: get("/-/matches?status=same")
    yield "page: log", lambda: get("/-/log")
    yield "page: dashboard of all years", lambda: get("/")


def answer(store: Store, sql: str) -> list[Row]:
    """The rows of a query that asks for some of the usual parameters."""
    values = {"issuer": "bac", "year": "2020", "indicator": "doan vien", "number": "12/KH-LĐLĐ"}
    return list(store.db.query(sql, values))


def milliseconds(question: Question) -> list[float]:
    """How long each of the repeats took."""
    took = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        question()
        took.append(1000 * (time.perf_counter() - start))
    return sorted(took)


def memory_of_export(store: Store, figures: int) -> float:
    """Megabytes of Python memory at the peak of writing the first figures of the database as CSV."""
    tracemalloc.start()
    with Path(os.devnull).open("w", encoding="utf-8") as out:
        count = write_csv(islice(store.export("targets"), figures), out)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"export of {count:,} figures: at most {peak:.1f} MB of memory")
    return peak


def main() -> None:
    """Generate when needed, then ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=100_000)
    parser.add_argument("--database", type=Path, required=True)
    options = parser.parse_args()
    dice = random.Random(7)
    with open_store(options.database, StoreConfig()) as store:
        teach(store.db.conn)
        if not store.db.table("documents").count:
            generate(store, options.letters, dice)
        letters = store.db.table("documents").count
        print(f"{letters:,} letters, {store.db.table('targets').count:,} figures")
        with RUNNER:
            for name, question in (*questions(store, dice, letters), *pages(options.database, dice, letters)):
                took = milliseconds(question)
                print(f"{name:<40}{statistics.median(took):>9.1f}{took[int(0.95 * REPEATS) - 1]:>9.1f} ms", flush=True)
        for figures in (10_000, 100_000, store.db.table("targets").count):
            memory_of_export(store, figures)


if __name__ == "__main__":
    main()
