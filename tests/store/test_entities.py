"""Whom and what letters speak of, stored and counted over all letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.__main__ import run
from pipeline.config import StoreConfig
from pipeline.nouns import Box, Entity
from pipeline.store import open_store
from tests.store.invented import a_record

SCHOOL = Entity("organisation", "Trường Đại học Sông Lô", 2, 1, Box(1, 2, 30, 40), 0.93)
PERSON = Entity("person", "Lò Văn Hùng", 1, 2, None, 0.9, "net")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "letters.db"
    with open_store(path, StoreConfig()) as store:
        store.save((replace(a_record(), entities=(SCHOOL, PERSON)),))
        again = replace(SCHOOL, name="TRƯỜNG ĐẠI HỌC SÔNG LÔ", mentions=1)
        store.save((replace(a_record("second", "bao-cao.pdf", number="9/BC-LĐLĐ"), entities=(again,)),))
    return path


def test_each_name_keeps_its_ink(database: Path) -> None:
    with open_store(database, StoreConfig()) as store:
        school, person = store.show(store.find("ke-hoach.pdf")).entities
    assert (school["kind"], school["name"], school["mentions"]) == ("organisation", "Trường Đại học Sông Lô", 2)
    assert (school["page_no"], school["x0"], school["y1"]) == (1, 1, 40)
    assert person["x0"] is None
    assert (school["found_by"], person["found_by"]) == ("rules", "net")


def test_the_view_counts_letters_whatever_the_case(database: Path) -> None:
    with open_store(database, StoreConfig()) as store:
        rows = {row["name_key"]: row for row in store.db.query("SELECT * FROM v_entities")}
    assert (rows["truong dai hoc song lo"]["letters"], rows["truong dai hoc song lo"]["mentions"]) == (2, 3)
    assert rows["lo van hung"]["kind"] == "person"


def test_show_and_export_tell_them(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "ke-hoach.pdf", "--db", str(database)]) == 0
    assert "Trường Đại học Sông Lô" in capsys.readouterr().out
    assert run(["export", "entities", "--db", str(database)]) == 0
    assert capsys.readouterr().out.count("organisation") == 2
