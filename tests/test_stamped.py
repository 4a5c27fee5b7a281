"""Stamped letters of our own, from pixels to fields: what others stamped on them is never their number or date."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.nouns import Record, Status
from pipeline.reading import read_scan
from scripts.make_scans.degrade import gray
from scripts.make_scans.profiles import PROFILES, Profile
from scripts.make_scans.scan import make_scan
from scripts.make_scans.source import read_source

LETTERS = Path(__file__).parent.parent / "corpus" / "letters"
STAMPED = PROFILES["stamped"]
COPIED = dataclasses.replace(STAMPED, name="copied", steps=(gray(), *STAMPED.steps))
"""The stamped letter from a copier without colour."""


def read(name: str, profile: Profile, folder: Path) -> tuple[Record, dict[str, str]]:
    (path,) = make_scan(read_source(LETTERS / f"{name}.md"), profile, folder)
    (record,) = read_scan(path, Config())
    return record, json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("profile", [STAMPED, COPIED, PROFILES["certified"]], ids=lambda profile: profile.name)
def test_stamps_and_overprints_are_neither_number_nor_date(profile: Profile, tmp_path: Path) -> None:
    record, gold = read("byt_2005_cv", profile, tmp_path)
    values = {field.name: field.value for field in record.fields}
    assert (values["number"], values["issued_on"]) == (gold["number"], gold["date"])
    for field in record.fields:
        if field.name in {"incoming_number", "incoming_on"} and field.status is Status.ACCEPTED:
            assert field.value == gold[field.name]
    if profile.incoming:
        assert gold["incoming_number"] not in record.letter.text.split()


@pytest.mark.slow
def test_the_day_of_arrival_is_read_off_the_stamp(tmp_path: Path) -> None:
    record, gold = read("bql_vungang_2016_bc", STAMPED, tmp_path)
    arrived = record.field("incoming_on")
    assert arrived is not None
    assert arrived.value == gold["incoming_on"]
    assert arrived.page == 1
