"""Small letters that were read as capitals: `vỀ`, `cơ SỞ giỏi`.

Some letters look the same in both cases but for their size. A word is set in capitals with its neighbours, or
because it is an abbreviation; one that is neither, of such letters alone, was misread.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.repair.tokens import outer
from pipeline.vietnamese import fold, is_syllable

_SAME_SHAPE = frozenset("cosuvxzkpw")
"""Letters whose capital is the small letter made larger."""


def lowered(line: Sequence[str]) -> dict[int, str]:
    """For each word of a line that was misread so, the word in small letters."""
    found: dict[int, str] = {}
    cores = [outer(word)[1] for word in line]
    for at, (word, core) in enumerate(zip(line, cores, strict=True)):
        if core.isascii() or not is_syllable(core):
            continue
        after = cores[at + 1] if at + 1 < len(line) else ""
        inside = at > 0 and _is_small(cores[at - 1]) and (_is_small(after) or not after or after[0].isdigit())
        alike = core.isupper() and len(core) > 1 and _SAME_SHAPE.issuperset(fold(core))
        if _is_mixed(core) or (inside and alike):
            found[at] = word.replace(core, core.lower())
    return found


def _is_mixed(core: str) -> bool:
    """Whether a capital stands behind a small first letter, as nobody writes it."""
    return core[:1].islower() and not core.islower()


def _is_small(core: str) -> bool:
    return len(core) > 1 and core.islower()
