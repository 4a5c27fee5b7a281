"""Gold: what a person says a scan holds, as `NAME.json` beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.errors import NothingToRead


def load_gold(folder: Path) -> dict[str, dict[str, Any]]:
    """The gold of a folder by the scan's name without suffix; page texts that lie in files of their own are joined in.

    Raises:
        NothingToRead: no gold is there.
    """
    gold = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
        if not path.name.endswith(".words.json") and not path.name.startswith(".")
    }
    if not gold:
        raise NothingToRead(
            "no gold (NAME.json) was found", hint="name the folder with scans and gold", where=str(folder)
        )
    for path in sorted(folder.glob("*_p[0-9][0-9].txt")):
        name, page = path.stem.rsplit("_p", 1)
        if name in gold:
            gold[name].setdefault("page_texts", {})[int(page)] = path.read_text(encoding="utf-8")
    return gold
