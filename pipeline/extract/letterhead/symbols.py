"""The codes of a number's symbol beside what else the letter says: a code that it vouches for was not misread.

`KH-CĐGD` is a plan (KH), as the title says, of the Công đoàn ngành Giáo dục, whose initials hold CĐGD; `KTTH` in
`UBND-KTTH` stands again in `Lưu: VT, KTTH`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.words.bodies import initials
from pipeline.vietnamese import fold, without_tones

_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Vouched:
    """What vouches for codes."""

    kinds: tuple[str, ...] = ()
    """Abbreviations of the kind that the title names."""
    bodies: tuple[str, ...] = ()
    """Names of the bodies of the letterhead, in full."""
    filed: tuple[str, ...] = ()
    """Units that keep a copy."""
    listed: frozenset[str] = frozenset()
    """Codes that are known from elsewhere: short forms of bodies."""

    def says(self, code: str) -> bool:
        """Whether the letter itself, or a list, has this very code."""
        if code in self.kinds or code in self.listed:
            return True
        if any(holds(code, name) for name in self.bodies):
            return True
        return len(code) >= _SHORTEST and any(code in re.split(r"[^\w&]+", unit) for unit in self.filed)

    def meant(self, code: str) -> str:
        """The code as the letter has it: `TU` for `TƯ` of a Thành ủy, `CĐ` where `CĐĐ` was read; else as it is."""
        if self.says(code) or len(code) < _SHORTEST:
            return code
        if self.says(once := re.sub("Đ+", "Đ", code)) or "ĐĐĐ" in code or self._begins(once, code):
            return once
        starts = (_letters(name)[: len(code)] for name in self.bodies)
        return next((start for start in starts if fold(start) == fold(code)), code)

    def _begins(self, once: str, code: str) -> bool:
        """Whether a body's initials begin as the code does up to its first Đ, and have no second one there."""
        upto = code.find("ĐĐ") + 1
        return upto >= _SHORTEST and any(
            letters[:upto] == once[:upto] and letters[upto : upto + 1] not in {"", "Đ"}
            for letters in map(_letters, self.bodies)
        )


def _letters(name: str) -> str:
    """The initials as codes write them, without tones: `TU` of `Tỉnh ủy`."""
    return without_tones(initials(name))


def holds(code: str, name: str) -> bool:
    """Whether the code's letters stand among the initials of the name in their order."""
    rest = iter(_letters(name))
    return len(code) >= _SHORTEST and all(letter in rest for letter in code.upper())
