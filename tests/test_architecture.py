"""The house of docs/walk.md as data: who may import whom, where each library lives, how long a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PIPELINE = Path(__file__).parent.parent / "pipeline"

LAYERS: dict[str, int] = {
    "errors": 0, "nouns": 0, "vietnamese": 0,
    "config": 1, "doctypes": 1, "dates": 1, "legacy_encodings": 1, "sandbox": 1, "tabular": 1, "pixels": 1,
    "intake": 2, "rasterise": 2, "clean": 2, "ocr": 2, "repair": 2, "layout": 2, "extract": 2, "check": 2,
    "store": 3,
    "reading": 4,
    "parting": 5, "searchable": 5,
    "batch": 6, "metrics": 6, "files": 6,
    "web": 7,
    "cli": 8, "doctor": 8, "__init__": 8, "__main__": 8,
}  # fmt: skip
"""Room to layer. A room imports rooms of lower layers; rooms of one layer never import each other."""

ROOMS_OF_EXTRACT: dict[str, int] = {
    "trust": 0, "words": 0,
    "findings": 1, "passages": 1,
    "closing": 2,
    "letterhead": 3,
    "citations": 4,
    "names": 5, "figures": 5,
    "tables": 6,
    "agreement": 7, "targets": 7, "table_targets": 7,
    "fields": 8,
}  # fmt: skip
"""The same inside of `extract`, the largest room."""

DOORS = 8

HOMES: dict[str, set[str]] = {
    "pdf2image": {"rasterise"},
    "cv2": {"pixels", "clean", "layout", "ocr"},
    "pytesseract": {"ocr"},
    "sqlite_utils": {"store"},
    "spacy": {"extract"},
    "thinc": {"extract"},
    "datasette": {"web"},
    "pygal": {"web"},
    "openpyxl": {"store"},
    "ocrmypdf": {"searchable"},
    "pikepdf": {"intake", "searchable"},
    "img2pdf": {"searchable"},
    "click": {"cli", "__main__"},
    "rich": {"cli", "__main__"},
    "fsspec": {"batch"},
    "distributed": {"batch"},
}
"""Library to the rooms that may import it."""

LONGEST_FILE = 400
FILES = sorted(PIPELINE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PIPELINE).with_suffix("").parts[0]


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "pipeline":
                yield from (f"pipeline.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PIPELINE)))
def test_imports_only_lower_layers(path: Path) -> None:
    room = room_of(path)
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] != "pipeline" or len(parts) == 1 or parts[1] not in LAYERS:
            continue
        other = parts[1]
        assert other == room or LAYERS[other] < LAYERS[room] or LAYERS[room] == DOORS, f"{room} imports {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PIPELINE)))
def test_each_library_stays_at_home(path: Path) -> None:
    for name in imports_of(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or room_of(path) in homes, f"{name} is imported outside {homes}"


@pytest.mark.parametrize("path", sorted((PIPELINE / "extract").rglob("*.py")), ids=lambda p: p.stem)
def test_rooms_of_extract_import_only_lower_ones(path: Path) -> None:
    room = path.relative_to(PIPELINE / "extract").with_suffix("").parts[0]
    for name in imports_of(path):
        inner = name.split(".")[2:3] if name.startswith("pipeline.extract.") else []
        for other in inner:
            assert other == room or ROOMS_OF_EXTRACT[other] < ROOMS_OF_EXTRACT[room], f"{room} imports {other}"


def test_every_room_has_a_layer() -> None:
    assert {room_of(path) for path in FILES} <= set(LAYERS)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PIPELINE)))
def test_a_file_holds_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_broad_excepts_live_in_two_places() -> None:
    broad = {
        str(path.relative_to(PIPELINE))
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    }
    assert {path.split("/")[0] for path in broad} <= {"batch", "__main__.py"}
