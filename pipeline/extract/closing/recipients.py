"""Whom a letter goes to: the addressees after Kính gửi, and the list under Nơi nhận."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.passages.lines import as_block, with_text
from pipeline.extract.words.bodies import load_bodies
from pipeline.extract.words.phrases import any_of, data
from pipeline.nouns import Letter, Line, PageText, Recipient, Word, Zone, union
from pipeline.vietnamese import fold, normal

_ADDRESSED = re.compile(r"^[\W_]*k[il1]nh g[a-z]{2,3}\b[\s:;.,]*")
_RECEIVED = re.compile(r"^[\W_]*n[o0][il1t] nh[a-z]{2}\b\W*")
_BULLET = re.compile(r"^\s*(?:[-–—+•~*·¬_.]\s?){1,2}(?=\w)")
_FOR_REPORT = re.compile(r"\(((?:để\s)?)b\s?[/\u2044]\s?[c€©¢e(]?\)")
"""`(b/c)`, to report to; its c is small and bent."""
_MANY = frozenset({"cac"})
_WORDS = {part: any_of(map(fold, phrases)) for part, phrases in data("opening")["recipients"].items()}
_NOBODY = re.compile(rf"^[\W_]*(?:{_WORDS['nobody']})\b")
_FILE = re.compile(r"luu|\w?uu\s?[:;]")
"""`Lưu: VT`, whose first letter may be bent or lost."""
_SPECK = re.compile(r"(?<=[^\W\d_]{2})['`](?=[A-ZĐÀ-Ỹ])")
"""A speck between two words; names of the highlands have one letter before their apostrophe."""
_ALIGNED = 3
"""Addressees under each other begin at the same column, give or take so many line heights."""
_LONGEST = 24
"""Lines that a list of recipients can take."""
_TEXT_STARTS = re.compile(rf"^\W*(?:{_WORDS['ends']})\b")


def read_recipients(letter: Letter) -> tuple[Recipient, ...]:
    """Addressees (role `to`) and those who get a copy (role `copy`), as printed; `Như trên` and `Lưu` name nobody."""
    addressed = next((found for page in letter.pages[:3] if (found := _addressees(page))), ())
    copied = next((found for page in letter.pages if (found := _copies(page))), ())
    return (*addressed, *copied)


def _addressees(page: PageText) -> tuple[Recipient, ...]:
    lines = [line for line in with_text(page.lines) if line.zone is Zone.BODY]
    start = next((i for i, line in enumerate(lines) if _ADDRESSED.search(fold(line.text))), None)
    if start is None:
        return ()
    label = _ADDRESSED.search(fold(lines[start].text))
    first = _after(lines[start], label.end() if label else 0)
    block = list(as_block(lines[start : start + _LONGEST]))[1:]
    listed = (first is not None and _BULLET.match(first.text)) or any(_BULLET.match(line.text) for line in block[:2])
    items = _listed([first, *block] if first else block) if listed else _plain(first, block)
    return tuple(_recipient("to", page, words) for words in items if _names_somebody(words))


def _after(line: Line, start: int) -> Line | None:
    words = line.words_between(start, len(line.text))
    return Line(words, line.zone) if words and start < len(line.text) else None


def _listed(lines: Iterable[Line]) -> list[list[Word]]:
    """The items of a list with dashes; a line without one goes on with the item before it, until that one has ended."""
    items: list[list[Word]] = []
    for line in lines:
        if items and _ends(items[-1]) and _TEXT_STARTS.search(fold(_BULLET.sub("", line.text))):
            break
        if _BULLET.match(line.text):
            items.append(list(line.words))
        elif items and not _ends(items[-1]) and not _TEXT_STARTS.search(fold(line.text)):
            items[-1].extend(line.words)
        elif items:
            break
    return items


def _ends(words: list[Word]) -> bool:
    return " ".join(word.text for word in words).rstrip(" ~_-|'").endswith((".", ";", ":"))


def _plain(first: Line | None, block: list[Line]) -> list[list[Word]]:
    """Addressees without dashes: one a line, a line in lower case goes on with the one before; the body ends them."""
    if first is None:
        return [list(block[0].words)] if block else []
    items = [list(first.words)]
    for line in block:
        new = line.text[:1].isupper()
        apart = new and line.box.x0 < first.box.x0 - _ALIGNED * line.box.height
        if apart or _TEXT_STARTS.search(fold(line.text)):
            break
        if new:
            items.append(list(line.words))
        else:
            items[-1].extend(line.words)
    return items


def _copies(page: PageText) -> tuple[Recipient, ...]:
    return tuple(_recipient("copy", page, words) for words in _received(page) if _names_somebody(words))


def filing_line(page: PageText) -> list[Word]:
    """The words of the last item under Nơi nhận, which says where the letter is filed; none where there is none."""
    return next((words for words in _received(page) if _is_filing(words)), [])


def opens_receivers(text: str) -> bool:
    """Whether a line begins the list of those who get a copy."""
    return _RECEIVED.search(fold(text)) is not None


def _is_filing(words: list[Word]) -> bool:
    return _FILE.match(fold(_text(words))) is not None


def _received(page: PageText) -> list[list[Word]]:
    """The items under Nơi nhận, up to that of the file."""
    lines = list(with_text(line for line in page.lines if line.zone is Zone.CLOSING_LEFT))
    start = next((i for i, line in enumerate(lines) if opens_receivers(line.text)), None)
    if start is None:
        return []
    items: list[list[Word]] = []
    for line in lines[start + 1 :]:
        if _BULLET.match(line.text) or not items or _ends(items[-1]):
            items.append(list(line.words))
        else:
            items[-1].extend(line.words)
        if _is_filing(items[-1]):
            break
    return items


def _text(words: list[Word]) -> str:
    text = _SPECK.sub(" ", normal(" ".join(word.text for word in words)))
    text = _FOR_REPORT.sub(r"(\1b/c)", _BULLET.sub("", text).strip(" ;.,:-_|*"))
    return _with_marks(text)


def _with_marks(name: str) -> str:
    """The name with the marks of what it opens with, where that is two words or more: `Chi cục` for `Chỉ cục`."""
    words = name.split()
    at = 1 if words and fold(words[0]) in _MANY else 0
    start = " ".join(words[at : at + 2])
    right = load_bodies().spelt.get(fold(start), start)
    if right.lower() == start.lower():
        return name
    return " ".join((*words[:at], right[:1].upper() + right[1:] if start[:1].isupper() else right, *words[at + 2 :]))


def _names_somebody(words: list[Word]) -> bool:
    text = _text(words)
    return sum(c.isalpha() for c in text) >= 2 and not _NOBODY.search(fold(text)) and not _is_filing(words)


def _recipient(role: str, page: PageText, words: list[Word]) -> Recipient:
    return Recipient(role, _text(words), page.number, union([word.box for word in words if word.box.area]))
