"""Names of provinces, districts and communes: whether a name is one, and its right spelling when OCR lost its marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.config import models_dir, read_model
from pipeline.extract.words.phrases import data
from pipeline.vietnamese import fold, normal

_ORDER = ("province", "district", "commune")
_NEAR = 86.0
_SHORTEST_FUZZY = 6
_ONE_STROKE = str.maketrans("l1|", "iii")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is spelt, its level, and how sure it is that the text meant it (0 to 1)."""

    name: str
    level: str
    certainty: float


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[str, str]]:
    """Folded name to the spellings it may stand for, each with its level."""
    names: dict[str, dict[str, str]] = {}
    for row in read_model(models_dir() / "places.tsv").splitlines():
        level, name = row.split("\t")
        names.setdefault(fold(name), {})[name] = level
    return names


def is_place(text: str) -> bool:
    """Whether the text, marks included, is the name of a place."""
    return any(name.lower() == normal(text).lower() for name in _names().get(fold(normal(text)), {}))


def find_place(text: str) -> Place | None:
    """The place that the text names; None when no place is near.

    As spelt when that is a place; else the one place, of the highest level that has any, that differs in marks only;
    else a province one slip away.
    """
    plain = normal(text)
    spellings = _names().get(fold(plain), {})
    for name, level in spellings.items():
        if name.lower() == plain.lower():
            return Place(name, level, 1.0)
    for level in _ORDER:
        meant = [name for name, own in spellings.items() if own == level]
        if meant:
            return Place(meant[0], level, 0.97 if len(meant) == 1 else 0.5)
    return _near_province(plain)


def _near_province(plain: str) -> Place | None:
    if len(plain) < _SHORTEST_FUZZY:
        return None
    scored = [
        (fuzz.ratio(_strokes(plain), _strokes(folded)), name)
        for folded, spellings in _names().items()
        for name, level in spellings.items()
        if level == "province"
    ]
    score, name = max(scored)
    return Place(name, "province", 0.9) if score >= _NEAR else None


def _strokes(text: str) -> str:
    """The text without marks, letters that are one stroke taken for one letter."""
    return fold(text).translate(_ONE_STROKE)


def part_unit(text: str) -> tuple[str, str]:
    """The unit before a place's own name, and the name: `Thành phố ` and `Hồ Chí Minh`; no unit where none is printed.

    A unit written out gets its right marks; a short form stays as printed (`TP. `).
    """
    folded = fold(text)
    for unit in data("places")["before"]:
        rest = text[len(unit) :]
        gap = len(rest) - len(rest.lstrip(" ."))
        if folded.startswith(fold(unit)) and rest and (gap or not unit[-1].isalpha()):
            written_out = len(unit) > 3 and unit[-1].isalpha()
            right = text[0] + unit[1:] + " " if written_out else text[: len(unit) + gap]
            return right, rest[gap:]
    return "", text
