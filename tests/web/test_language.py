"""Every word is there in both languages, and reasons are translated where they are known."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline.web
from pipeline.store import EXPORTS
from pipeline.store.added import ADDABLE
from pipeline.store.decidable import FIELDS
from pipeline.store.row_values import COLUMNS
from pipeline.web.language import LANGUAGES, all_words, chosen, speaker
from pipeline.web.naming import named
from pipeline.web.reasons import in_words

ERRORS = Path(__file__).parent.parent.parent / "docs" / "errors.md"
TEMPLATES = Path(pipeline.web.__file__).parent / "templates"


@pytest.mark.parametrize("key", all_words())
def test_both_languages_have_the_same_values_to_put_in(key: str) -> None:
    vi, en = all_words()[key]
    assert vi
    assert en
    assert set(re.findall(r"{\w+}", vi)) == set(re.findall(r"{\w+}", en))


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda p: p.name)
def test_templates_say_nothing_that_has_no_words(template: Path) -> None:
    said = re.findall(r'say\("([a-z_.]+)"[),]', template.read_text(encoding="utf-8"))
    assert not [key for key in said if key not in all_words()]


def test_every_export_has_a_name_for_people() -> None:
    assert {f"tables.{name}" for name in EXPORTS if name != "letters"} == {
        k for k in all_words() if k.startswith("tables.")
    }


def test_a_language_is_asked_for_or_remembered() -> None:
    assert chosen(None, None) == LANGUAGES[0] == "vi"
    assert chosen("en", "vi") == "en"
    assert chosen("klingon", "en") == "en"
    assert speaker("en")("nav.review") == "Review"


NAMED = (*FIELDS, *(f"{table}.0.{column}" for table, columns in COLUMNS.items() for column in columns),
         "letter", "begins.3", "recipients.0",
         *(f"added.{table}.0" for table in ADDABLE), "targets.1001.value",
          "tables.0.1.2")  # fmt: skip


@pytest.mark.parametrize("field", NAMED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_decided_on_has_a_name(field: str, language: str) -> None:
    assert named(field, speaker(language)) != field


@pytest.mark.parametrize(
    ("reason", "vietnamese"),
    [
        ("it was read with low confidence", "chữ đọc không rõ"),
        ("the digits before /KH-LĐLĐ could not be read", "không đọc được chữ số đứng trước /KH-LĐLĐ"),
        ("no title was found; the symbol KH names the kind", "không thấy tên loại; ký hiệu KH cho biết loại văn bản"),
        ("it was read with low confidence; something new", "chữ đọc không rõ; something new"),
        ("the day and month could not be read", "không đọc được ngày và tháng"),
        ("table 2 on page 4: 1 of 9 sums and ratios fail", "bảng 2 ở trang 4: 1 trên 9 phép cộng, tỷ lệ không khớp"),
        ("Thế may be Thể; Hiển may be Hiến", "Thế có thể là Thể; Hiển có thể là Hiến"),
        ("Chinh was read Chỉnh", "chữ “Chỉnh” được sửa thành “Chinh”"),
        ("still to be looked at: number, issued_on", "còn phải xem lại: số, ký hiệu, ngày ban hành"),
        ("the date 2023-02-05 lies before 2022-12-31", "ngày 05/02/2023 trước 31/12/2022"),
        ("", ""),
    ],
)
def test_reasons_are_told_in_vietnamese(reason: str, vietnamese: str) -> None:
    assert in_words(reason, "vi") == vietnamese
    assert in_words(reason, "en") == reason


ROOMS = ("extract", "check")
SENTENCE = re.compile(r"(?!\w+: |, )\S+( \S+){2,}")
"""Three words or more; not the name of a rule (`kind: symbol only`), nor what is added to one."""
ENGLISH = re.compile(r"\b(the|that|is|was|were|has|may|could|and|are|of)\b")


def said_by(tree: ast.Module) -> Iterator[str]:
    """Every sentence in the code that no error says and no docstring; values as 7."""
    silent = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Expr) for part in ast.walk(node)
              if not any(isinstance(inner, ast.Yield) for inner in ast.walk(node))}  # fmt: skip
    parts = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    for node in ast.walk(tree):
        if id(node) in silent | parts:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(v.value) if isinstance(v, ast.Constant) else "7" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if SENTENCE.fullmatch(text) and ENGLISH.search(text) and "\\" not in text:
            yield text


def reasons() -> list[str]:
    paths = [path for room in ROOMS for path in (TEMPLATES.parent.parent / room).rglob("*.py")]
    return sorted({said for path in paths for said in said_by(ast.parse(path.read_text(encoding="utf-8")))})


def test_reasons_are_found_in_the_code() -> None:
    assert "there is no such date in the calendar" in reasons()
    assert "7, row 7, column 7: 7 may be 7" in reasons()


UNSHOWN = {"Bug", "ConfigError", "UsageError"}
"""Errors of the command line alone; and faults, which are told as they are."""


def failures_told() -> list[str]:
    """What errors that pages may show say and advise, as the page of all errors lists them; values as 7."""
    rows = re.findall(r"^\| (.+?) \| (.*?) \| (\w+), \d+ \|$", ERRORS.read_text(encoding="utf-8"), re.MULTILINE)
    told = {text for *texts, kind in rows if kind not in UNSHOWN for text in texts}
    return sorted(text.replace("'…'", "7").replace("…", "7") for text in told if re.search(r"[a-z]{3}", text))


def test_failures_are_found() -> None:
    assert "the PDF is locked with a password" in failures_told()


@pytest.mark.parametrize("told", failures_told())
def test_every_failure_has_vietnamese_words(told: str) -> None:
    assert in_words(told, "vi") != told, "add it to pipeline/web/reasons.toml"


@pytest.mark.parametrize("reason", reasons())
def test_every_reason_has_vietnamese_words(reason: str) -> None:
    assert in_words(reason, "vi") != reason, "add it to pipeline/web/reasons.toml"
