"""The walk names files that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PIPELINE = ROOT / "pipeline"


def test_every_file_of_the_walk_is_there() -> None:
    walk = (ROOT / "docs" / "walk.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.py)`", walk))
    assert len(named) > 20
    missing = {
        name for name in named if not any((base / name).is_file() for base in (ROOT, PIPELINE, PIPELINE / "nouns"))
    }
    assert not missing
