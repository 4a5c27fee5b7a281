"""Builds models/places.tsv: the names of Vietnam's provinces, districts and communes, old and new, as plain facts.

Usage: python -m scripts.build_places PROVINCES DISTRICTS COMMUNES NEW OUT

PROVINCES, DISTRICTS and COMMUNES are JSON objects of the units before 1 July 2025 with a `name` each; NEW is a JSON
list of the provinces since then, each with `Name` and its `Wards`. A name that several units bear is kept once, at the
highest level; names that are numbers (`Quận 1`) are left out: they need no list.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline.vietnamese import normal

# Provinces of earlier divisions, on letters of the 1990s and 2000s.
FORMER = (
    "Bắc Thái", "Bình Trị Thiên", "Cửu Long", "Hà Bắc", "Hà Nam Ninh", "Hà Sơn Bình", "Hà Tây", "Hải Hưng", "Hậu Giang",
    "Hoàng Liên Sơn", "Minh Hải", "Nam Hà", "Nghệ Tĩnh", "Nghĩa Bình", "Phú Khánh", "Quảng Nam - Đà Nẵng", "Sông Bé",
    "Thuận Hải", "Vĩnh Phú",
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Write one line a name: level, tab, name."""
    provinces, districts, communes, new, out = map(Path, arguments)
    fresh = json.loads(new.read_text(encoding="utf-8"))
    levels: dict[str, str] = {}
    wards = [ward["Name"] for province in fresh for ward in province["Wards"]]
    for level, names in (
        ("province", [*_names(provinces), *(province["Name"] for province in fresh), *FORMER]),
        ("district", _names(districts)),
        ("commune", [*_names(communes), *wards]),
    ):
        for name in map(normal, names):
            if not any(c.isdigit() for c in name):
                levels.setdefault(name, level)
    lines = sorted(f"{level}\t{name}" for name, level in levels.items())
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} names")


def _names(path: Path) -> list[str]:
    return [unit["name"] for unit in json.loads(path.read_text(encoding="utf-8")).values()]


if __name__ == "__main__":
    main(sys.argv[1:])
