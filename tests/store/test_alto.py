"""ALTO holds every word with its box, and what the engine read where that was something else."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree as Xml

from hypothesis import given
from hypothesis import strategies as st

from pipeline.__main__ import run
from pipeline.config import StoreConfig
from pipeline.nouns import Box, Line, PageText, Word, Zone
from pipeline.store import Store, open_store
from pipeline.store.alto import NAMESPACE, write_alto
from pipeline.store.recall import pages_of
from tests.store.invented import TEXT, a_line, a_page, a_record


def written(page: PageText, source: str = "ke-hoach.pdf") -> Xml.Element:
    out = io.BytesIO()
    write_alto(page, source, "1.0", out)
    return Xml.fromstring(out.getvalue().decode())


def strings(root: Xml.Element) -> list[Xml.Element]:
    return root.findall(f".//{{{NAMESPACE}}}String")


def test_every_word_has_its_box_and_its_raw_reading() -> None:
    words = strings(written(a_page()))
    assert [word.get("CONTENT") for word in words] == TEXT.split()
    first = a_page().words[0].box
    assert [words[0].get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT", "WC")] == [
        str(first.x0), str(first.y0), str(first.width), str(first.height), "0.910",
    ]  # fmt: skip
    changed = {word.get("CONTENT"): word[0].text for word in words if len(word)}
    assert changed == {w.text: w.raw for w in a_page().words if w.raw != w.text}


def test_zones_are_blocks_with_a_tag() -> None:
    lines = (a_line("SỞ NỘI VỤ", 100, Zone.HEADER_LEFT), a_line("Kính gửi", 300), a_line("các đơn vị", 360))
    root = written(PageText(3, lines, 2480, 3508, 300))
    blocks = root.findall(f".//{{{NAMESPACE}}}TextBlock")
    assert [block.get("TAGREFS") for block in blocks] == ["zone_header_left", "zone_body"]
    assert len(blocks[1].findall(f"{{{NAMESPACE}}}TextLine")) == 2
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.iter(f"{{{NAMESPACE}}}LayoutTag")}
    assert labels == {"zone_header_left": "header_left", "zone_body": "body"}


@given(st.text(min_size=1, max_size=12), st.text(max_size=12))
def test_whatever_was_read_can_be_written(text: str, raw: str) -> None:
    word = Word(raw, text, Box(1, 2, 3, 4), 0.5)
    (string,) = strings(written(PageText(1, (Line((word,)),), 100, 100, 300), raw))
    kept = "".join(c for c in text if c.isprintable())
    assert kept in "".join(c for c in str(string.get("CONTENT")) if c.isprintable())


def test_what_is_stored_comes_back_as_it_was_read(store: Store) -> None:
    (name,) = store.save((a_record(),))
    assert pages_of(store.db, name) == a_record().letter.pages


def test_pages_are_written_one_file_each(tmp_path: Path) -> None:
    database, folder = tmp_path / "letters.db", tmp_path / "alto"
    with open_store(database, StoreConfig()) as store:
        (name,) = store.save((a_record(),))
        store.save((a_record("second", number="9/BC-LĐLĐ"),))
    asked = ["export", "--format", "alto", "-o", str(folder), "--db", str(database)]
    assert run([*asked, "--letter", name]) == 0
    assert [path.name for path in folder.iterdir()] == [f"{name}_0001.xml"]
    assert run(asked) == 0
    assert len(list(folder.iterdir())) == 2
    assert run([*asked, "--letter", "nothing"]) == 2
    assert run(["export", "--format", "alto", "--db", str(database)]) == 2
