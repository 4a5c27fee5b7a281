from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.config import StoreConfig
from pipeline.store import Store, open_store


def noon() -> dt.datetime:
    return dt.datetime(2024, 1, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "letters.db", StoreConfig(), now=noon) as opened:
        yield opened
