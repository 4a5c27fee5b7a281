"""A name that a person corrects in one letter is read right in the next."""

from __future__ import annotations

from pathlib import Path

from pipeline.batch import ingest
from pipeline.config import BatchConfig, Config, StoreConfig
from pipeline.store import open_store

CONFIG = Config(batch=BatchConfig(jobs=1, worker_memory=0))
LETTER = """LIEN DOAN LAO DONG TINH SON BAC
So: {number}/BC-LDLD
Son Bac, ngay 12 thang 4 nam 2019

BAO CAO
Ket qua hoat dong cong doan

Cong doan xa {place} da phat trien them doan vien va thuc hien tot nhiem vu duoc giao.
Noi nhan: Luu VT.
"""


def stored_text(database: Path, name: str) -> str:
    with open_store(database, StoreConfig()) as store:
        found = store.show(store.find(name))
    return "\n".join(page["text"] for page in found.pages)


def test_a_correction_of_one_letter_helps_the_next(tmp_path: Path) -> None:
    database = tmp_path / "letters.db"
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(LETTER.format(number=5, place="Ban Khoang"), encoding="utf-8")
    second.write_text(LETTER.format(number=6, place="Ban Khoang"), encoding="utf-8")
    ingest([first], database, CONFIG, lambda _: None)
    assert "xã Bản Khoang" not in stored_text(database, "first.txt")
    with open_store(database, StoreConfig()) as store:
        store.correct(store.find("first.txt"), "issuer", "Công đoàn xã Bản Khoang", by="Lan")
    ingest([second], database, CONFIG, lambda _: None)
    assert "xã Bản Khoang" in stored_text(database, "second.txt")


def test_what_was_undone_teaches_nothing(tmp_path: Path) -> None:
    database = tmp_path / "letters.db"
    letter = tmp_path / "first.txt"
    letter.write_text(LETTER.format(number=5, place="Ban Khoang"), encoding="utf-8")
    ingest([letter], database, CONFIG, lambda _: None)
    with open_store(database, StoreConfig()) as store:
        name = store.find("first.txt")
        made = store.correct(name, "issuer", "Công đoàn xã Bản Khoang", by="Lan")
        store.correct(name, "number", "7/BC-LĐLĐ", by="Lan")
        assert [new for _, new in store.corrected_texts(10)] == ["Công đoàn xã Bản Khoang"]
        store.undo(made, by="Lan")
        assert store.corrected_texts(10) == ()
