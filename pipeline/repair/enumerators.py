"""Letters that number the points of a list: `a)`, `b)`, `c)`, `d)`, `đ)`, `e)`, `g)` and so on.

A lone letter has no neighbours that a language model knows, and `c` is often read as `e`, `g` as `ø`. The points before
and after it say which one it is (order of Nghị định 30/2020/NĐ-CP, Appendix I: the Vietnamese alphabet).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ORDER = "abcdđeghiklmnopqrstuvxy"
_ALIKE = {"c": frozenset("e€©¢o"), "g": frozenset("øợỡởø")}
"""What an engine reads for a letter that it mistakes."""
_POINT = re.compile(r"(\S)\)")


def misread_points(lines: Sequence[Sequence[str]]) -> dict[int, str]:
    """For each line that begins with a misread point of a list, the letter that was printed."""
    points = [(at, match[1]) for at, line in enumerate(lines) if line and (match := _POINT.fullmatch(line[0]))]
    found: dict[int, str] = {}
    before = ""
    for number, (at, letter) in enumerate(points):
        due = _next(before)
        misread = letter in _ALIKE.get(due, ()) and _goes_on(due, [after for _, after in points[number + 1 :]])
        if misread:
            found[at] = due
        before = due if misread else letter
    return found


def _next(letter: str) -> str:
    place = _ORDER.find(letter) + 1 if letter else 0
    return _ORDER[place] if 0 < place < len(_ORDER) else ""


def _goes_on(letter: str, later: Sequence[str]) -> bool:
    """Whether what follows was read as one of the two letters after that one, or as a new list, or is nothing."""
    after = later[0] if later else "a"
    return after in {"a", "1"} or after in _ORDER[_ORDER.index(letter) + 1 :][:2]
