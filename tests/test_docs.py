"""The pages that the program writes are as it would write them now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.store import Store
from pipeline.store.dictionary import INNER, _words, about, meaning, public_tables
from scripts.make_docs import PAGES
from tests.store.conftest import store  # noqa: F401 - a fixture

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_page_is_fresh(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run python -m scripts.make_docs"


def test_every_decision_is_in_the_index_under_its_title() -> None:
    folder = DOCS / "decisions"
    pages = {page.name: page.read_text(encoding="utf-8").splitlines()[0] for page in sorted(folder.glob("0*.md"))}
    listed = re.findall(
        r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {name: f"# {number}. {title}" for number, title, name in listed} == pages


def test_every_column_is_described_and_nothing_else(store: Store) -> None:  # noqa: F811
    tables = public_tables(store.db)
    ours = {*store.db.table_names(), *store.db.view_names()} - {*INNER}
    assert set(tables) == {name for name in ours if not name.startswith("search_text_")}
    for table, columns in tables.items():
        assert about(table)
        assert all(meaning(table, column) for column in columns)
    for table, words in _words().items():
        known = set().union(*tables.values()) if table == "common" else set(tables[table]) | {"_about"}
        assert set(words) <= known, table
