"""What a column of figures tells by its header: what was asked, what was reached, a share of fulfilment, a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.tabular.words import STEP, plain, tokens, word_lists

LIKE = 84
"""Likeness (0 to 100) of a ruined header to the phrase that it was."""
LONG = 6
"""Letters of a phrase that may be recognised by likeness."""
_LEANINGS = {"target_titles": 1.0, "result_titles": -1.0, "weak_target_titles": 0.25, "weak_result_titles": -0.25}
_BRACKETS = re.compile(r"\([^)]*\)?")


class Role(StrEnum):
    """What a column of figures tells."""

    TARGET = "target"
    RESULT = "result"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: str
    role: Role | None
    """None: a share of a whole or a change."""
    weak: bool = False
    """Whether it is a share of fulfilment only when the header says no more: `Tỷ lệ`, not `Tỷ lệ hộ nghèo`."""


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The word lists of words.toml that tell roles, folded but for `names`."""

    phrases: tuple[_Phrase, ...]
    """The longest first."""
    names: dict[Role, tuple[str, ...]]
    silent: re.Pattern[str]
    """Words that only contain one of the phrases: `giao thông`, `kinh phí thực hiện`."""
    fillers: frozenset[str]
    """Words of headers that say nothing beside a role."""
    kinds: dict[str, tuple[str, ...]]
    """The phrases of titles by what they say, folded."""
    speaking: re.Pattern[str]
    """Words that tell the kind and say something of what is counted, too: `Hiện có`."""
    before: frozenset[str]
    """Words of headers over figures of a year before: `Cùng kỳ`."""


@lru_cache(maxsize=1)
def role_words() -> RoleWords:
    """The word lists that come with the program."""
    data = word_lists()
    names = {Role(role): tuple(phrases) for role, phrases in data["roles"].items()}
    weak = set(map(tokens, data["weak_ratio"]["phrases"]))
    phrases = [_Phrase(tokens(p), None) for p in data["changes"]["phrases"]]
    phrases += [_Phrase(tokens(p), role, tokens(p) in weak) for role, told in names.items() for p in told]
    silent = sorted((tokens(p) for p in data["silent"]["phrases"]), key=len, reverse=True)
    return RoleWords(
        phrases=tuple(sorted(phrases, key=lambda p: (-len(p.words), p.words))),
        names=names,
        silent=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, silent))})(?!\w)"),
        fillers=frozenset(tokens(word) for word in data["fillers"]["words"]),
        kinds={name: tuple(map(plain, phrases)) for name, phrases in data["kinds"].items()},
        speaking=re.compile(rf"(?<!\w)(?:{'|'.join(map(tokens, data['speaking']['phrases']))})(?!\w)"),
        before=frozenset(tokens(p) for p in data["before"]["phrases"]),
    )


def role_of(path: str) -> Role | None:
    """What a column tells by its header path: `Giai đoạn 1 › Chỉ tiêu` is a target.

    The lowest level that has a known word decides; there the longest phrase. A unit in brackets is none: `CĐCS xếp
    loại tốt (%)` is measured in per cent and is not a share of anything asked.
    """
    found = _phrase_of(path)
    return found.role if found else None


def is_change(path: str) -> bool:
    """Whether a column holds shares of a whole or changes, which were neither asked nor reached: `Tỷ trọng (%)`."""
    found = _phrase_of(path)
    return found is not None and found.role is None


def is_of_year_before(path: str) -> bool:
    """Whether a column holds figures of the year before that of the table: `Thực hiện cùng kỳ`."""
    return any(f" {phrase} " in f" {tokens(path)} " for phrase in role_words().before)


def without_roles(header: str) -> str:
    """The header if it says more than target, result or share; else nothing: of `Kết quả thực hiện` nothing is left."""
    words = tokens(_BRACKETS.sub(" ", header))
    glued = words.replace(" ", "")
    if role_words().speaking.search(words):
        return header
    if any(glued == phrase.words.replace(" ", "") for phrase in role_words().phrases if phrase.role):
        return ""
    rest = {word for word in _rest(words).split() if not word.isdigit()} - role_words().fillers
    found = _phrase_in(words)
    ruined = found is not None and f" {found.words} " not in f" {words} "
    return header if rest and not ruined else ""


def leaning_of_title(title: str) -> float:
    """How a title says what the figures of its table are: 1 asked, -1 reached, less where it says less, 0 nothing."""
    known, words = role_words().kinds, f" {_masked(tokens(title))} "
    for name, leaning in _LEANINGS.items():
        if any(f" {phrase} " in words for phrase in known[name]):
            return leaning
    return 0.0


def _phrase_of(path: str) -> _Phrase | None:
    """The phrase that decides over a header path."""
    for level in reversed(path.split(STEP)):
        words = tokens(_BRACKETS.sub(" ", level)) or tokens(level)
        found = _phrase_in(words)
        if found is not None:
            return found
    return None


def _phrase_in(words: str) -> _Phrase | None:
    """The longest phrase at an edge of the words; else the one that they are with spaces lost or a letter misread."""
    masked = _masked(words)
    share = next((p for p in role_words().phrases if p.weak and f"{masked} ".startswith(f"{p.words} ")), None)
    if share is not None and _decides(share, masked):
        return share
    exact = next((phrase for phrase in role_words().phrases if _decides(phrase, masked)), None)
    if exact is not None or masked != words:
        return exact
    glued = words.replace(" ", "")
    score, best = max(_likenesses(glued, percent="%" in words), key=lambda pair: pair[0])
    return best if score >= LIKE else None


def _likenesses(glued: str, *, percent: bool) -> Iterator[tuple[float, _Phrase]]:
    for phrase in role_words().phrases:
        if len(phrase.words) >= LONG and ("%" in phrase.words) == percent:
            yield fuzz.ratio(glued, phrase.words.replace(" ", "")), phrase


def _masked(words: str) -> str:
    return role_words().silent.sub(lambda found: "¤" * len(found.group()), words)


def _decides(phrase: _Phrase, words: str) -> bool:
    """Whether a phrase tells what a header is of: it opens or closes it, and is not only part of a name."""
    if f" {phrase.words} " not in f" {words} ":
        return False
    if phrase.weak:
        return all(word in role_words().fillers or word.isdigit() for word in _rest(words).split())
    known = role_words().fillers
    before, _, after = f" {words} ".partition(f" {phrase.words} ")
    return any(all(word in known or word.isdigit() for word in side.split()) for side in (before, after))


def _rest(words: str) -> str:
    """The words without those of roles."""
    words = _masked(words)
    for phrase in role_words().phrases:
        words = " ".join(f" {words} ".replace(f" {phrase.words} ", " ").split())
    return words
