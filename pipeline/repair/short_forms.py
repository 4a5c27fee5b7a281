"""Abbreviations misread in one letter, told by the rest of the letter: `TIHC` where `TTHC` stands twenty times.

No language model knows how an abbreviation goes on, so a letter's own use of it is all the evidence. One that is known
or that the letter has more than once is never changed; nor is one whose letter does not look like what was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from pipeline.repair.lexicon import Lexicon
from pipeline.repair.tokens import outer

_OFTEN = 3
"""Times that a letter must have an abbreviation."""
_SHORTEST = 4
_ALIKE = tuple(map(frozenset, ("TIỊÍÌL", "ĐDPBO", "UƯD", "CGOQĐ", "NMH", "VYU", "EFÉ", "SŞ")))

Place = tuple[int, int]


def misread_short_forms(lines: Sequence[Sequence[str]], lexicon: Lexicon) -> dict[Place, str]:
    """For each line and word of a letter that is a misread abbreviation, the word as it was printed."""
    places = [
        ((n, at), core)
        for n, line in enumerate(lines)
        for at, word in enumerate(line)
        if len(core := outer(word)[1]) >= _SHORTEST and core.isalpha() and core.isupper()
    ]
    counts = Counter(core for _, core in places)
    often = [core for core, count in counts.items() if count >= _OFTEN and _is_known(core, lexicon)]
    found: dict[Place, str] = {}
    for (n, at), core in places:
        if counts[core] == 1 and not _is_known(core, lexicon):
            meant = [known for known in often if _is_slip(core, known)]
            if len(meant) == 1:
                found[n, at] = lines[n][at].replace(core, meant[0])
    return found


def _is_known(core: str, lexicon: Lexicon) -> bool:
    return core in lexicon.known_abbreviations or core.lower() in lexicon.ids


def _is_slip(read: str, printed: str) -> bool:
    """Whether one letter was read as one that looks like it, or as two."""
    edits = list(Levenshtein.editops(printed, read))
    if len(edits) != 1 or edits[0].tag == "delete":
        return False
    if edits[0].tag == "insert":
        return True
    pair = {printed[edits[0].src_pos], read[edits[0].dest_pos]}
    return any(pair <= alike for alike in _ALIKE)
