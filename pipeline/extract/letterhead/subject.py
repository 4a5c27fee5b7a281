"""What kind of letter it is and what it is about: the title and the lines under it, or the V/v of a công văn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.doctypes import CONG_VAN, DocType, TitleMatch, by_symbol, by_title
from pipeline.extract.closing.people import language_syllables
from pipeline.extract.findings import Finding, Spot, spot
from pipeline.extract.letterhead.header import Head, about_start, is_about
from pipeline.extract.passages.lines import as_block, with_text
from pipeline.extract.words.bodies import load_bodies, opens_body
from pipeline.extract.words.phrases import any_of, data
from pipeline.extract.words.spelling import bare, confirmed, mended, spelling_of
from pipeline.nouns import Line, Word
from pipeline.vietnamese import fold, is_capitals, normal

_SEARCHED = 14
"""Lines of the body among which a title is looked for."""
_LONGEST = 12
"""Lines that a subject can take."""
_WORDS = {part: any_of(map(fold, phrases)) for part, phrases in data("opening")["body"].items()}
_BODY_STARTS = re.compile(
    rf"^\W{{0,3}}(?:(?:{_WORDS['starts']})\b|i\.\s|1\.\s|(?:{_WORDS['acts']})\b.*\b(?:{_WORDS['names_document']})\b)"
)
_AUTHORITY = re.compile(rf"^\W*(?:{_WORDS['authorities']})\b")
_OPENING = re.compile(r"^\W*v[ea] ?viec\s")
_SET_OPENING = re.compile(r"\W*(?:v\s?[/il1|.]\s?v|vv|viv|v[ea] ?viec)\W*")
_STRAY = frozenset("bcdfghklmnpqrstvwxz")
"""Letters that are no word alone: what a pen or a rule left of one."""
_SPECK = re.compile(r"(?<=[^\W\d_A-ZĐ]{3})\.(?=\s[a-zà-ỹđ\d])|(?<=\d)\.(?=\s[-–]\s)")
"""A stop within a sentence, after a whole word or before a dash, is a speck."""
_GLUING_SPECK = re.compile(r"(?<=[^\W\d_A-ZĐ]{3})\.(?=[a-zà-ỹđ]{2})|(?<=\d)\.(?=[-–]\s)")
"""A stop between two words that leaves them no space."""
_CLEAR = 0.955
"""Confidence from which the engine has read a word clearly."""
_JOINERS = frozenset("-–—/&+")
_BY_WHOM = re.compile(r"^\W*cua\b")


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the body: its line's place among the body's lines, and the kind it names."""

    at: int
    match: TitleMatch


def find_title(head: Head, kinds: tuple[DocType, ...]) -> Title | None:
    """The line that names the kind of letter, in capitals, before the body begins; None for a công văn."""
    for at, line in enumerate(head.body[:_SEARCHED]):
        match = by_title(line.text, kinds) if is_capitals(line.text) else None
        if match is not None:
            return Title(at, match)
        if _BODY_STARTS.search(fold(line.text)) and len(line.words) > 4:
            return None
    return None


def read_kind(
    head: Head, title: Title | None, codes: tuple[str, ...], kinds: tuple[DocType, ...]
) -> tuple[Finding, ...]:
    """The kind of letter, by title, by the number's symbol, and by whether both agree.

    Args:
        head: the head of the letter.
        title: what `find_title` found.
        codes: the parts of the number's symbol; empty when there is none.
        kinds: all kinds of letter.
    """
    named = by_symbol(codes[0], kinds) if codes else ()
    if title is not None:
        return (_by_title(head, title, named),)
    about = [line for line in head.under_number if is_about(line.text)]
    if about and not named:
        return (Finding("doc_type", CONG_VAN, spot(head.page, about[:1]), 0.985, "kind: V/v and no title", known=True),)
    if named:
        doubt = f"no title was found; the symbol {codes[0]} names the kind"
        place = spot(head.page, head.number)
        return (Finding("doc_type", named[0].name, place, 0.75, "kind: symbol only", (doubt,)),)
    addressed = [line for line in head.body[:_SEARCHED] if fold(line.text).lstrip(" -.").startswith("kinh gui")]
    if addressed or about:
        place = spot(head.page, (addressed or about)[:1])
        return (Finding("doc_type", CONG_VAN, place, 0.9 if codes else 0.8, "kind: addressed, no title"),)
    return ()


def _by_title(head: Head, title: Title, named: tuple[DocType, ...]) -> Finding:
    line = head.body[title.at]
    kind = title.match.kind
    place = Spot(head.page.number, line.words_between(0, title.match.end))
    certainty, rule = 0.95 * title.match.likeness, "kind: title"
    doubts: tuple[str, ...] = ()
    if kind in named:
        certainty, rule = 0.995, "kind: title and symbol"
    elif named:
        certainty, doubts = 0.7, (f"the title says {kind.name}, the symbol of the number {named[0].name}",)
    return Finding("doc_type", kind.name, place, certainty, rule, doubts, known=True)


def read_subject(head: Head, title: Title | None) -> tuple[Finding, ...]:
    """What the letter is about, on one line, as printed."""
    if title is None:
        return _of_letter(head)
    return _under_title(head, title)


def _of_letter(head: Head) -> tuple[Finding, ...]:
    """The V/v under the number; where it was read into the body, the V/v before Kính gửi."""
    lines = list(with_text(head.under_number))
    start = next((i for i, line in enumerate(lines) if is_about(line.text)), None)
    if start is None:
        before = list(with_text(head.body[:_SEARCHED]))
        at = next((i for i, line in enumerate(before) if is_about(line.text)), None)
        lines = [] if at is None else _until_body(before[at:])
        certainty, rule = 0.9, "subject: V/v in the body"
    else:
        lines = lines[start:]
        certainty, rule = 0.99, "subject: V/v under the number"
    block = list(as_block(lines))[:_LONGEST]
    return (_finding(head, block, certainty, rule),) if block else ()


def _under_title(head: Head, title: Title) -> tuple[Finding, ...]:
    line = head.body[title.at]
    rest = line.text[title.match.end :].strip(" .:-")
    following = list(with_text(head.body[title.at + 1 : title.at + 1 + _LONGEST + 4]))
    about = next((i for i, other in enumerate(following[:4]) if is_about(other.text)), None)
    if about:
        following = following[about:]
    lines = _until_body([line, *following])[1:]
    block = list(as_block(lines)) if about else list(as_block([line, *lines]))[1 : _LONGEST + 1]
    if len(rest) > 3 and not _BY_WHOM.search(fold(rest)) and about is None:
        return (_finding(head, block, 0.93, "subject: title line and under it", (line, title.match.end)),)
    if not block:
        return ()
    return (_finding(head, block, 0.985 if is_about(block[0].text) else 0.975, "subject: under the title"),)


def _until_body(lines: list[Line]) -> list[Line]:
    """The lines before the body begins: before Kính gửi, Căn cứ, or the authority in capitals that decides."""
    for i, line in enumerate(lines[1:], start=1):
        folded = fold(line.text)
        goes_on = line.text[:1].islower()
        if (_BODY_STARTS.search(folded) and not goes_on) or (is_capitals(line.text) and _is_authority(line)):
            return lines[:i]
    return lines


def _is_authority(line: Line) -> bool:
    folded = fold(line.text)
    return _AUTHORITY.search(folded) is not None or (opens_body(line.text, load_bodies()) and len(line.words) > 2)


def _finding(
    head: Head, lines: list[Line], certainty: float, rule: str, first: tuple[Line, int] | None = None
) -> Finding:
    words = [word for line in lines for word in line.words]
    text = " ".join(line.text for line in lines)
    if first is not None:
        line, start = first
        words = [*line.words_between(start, len(line.text)), *words]
        text = f"{line.text[start:].strip(' .:-')} {text}"
    spot = Spot(head.page.number, tuple(words))
    spelling = spelling_of(_below(spot.words, head.text))
    tokens, doubts = mended(_without_scraps(text.split()), spelling)
    words_said = _after_opening(spot.words)
    sure = confirmed([word.text for word in words_said], spelling)
    unsure = tuple(word for word, is_sure in zip(words_said, sure, strict=True) if not is_sure)
    doubts = (*doubts, *_overruled(words_said))
    return Finding("subject", _as_printed(" ".join(tokens)), spot, certainty, rule, doubts, unsure)


def _overruled(words: tuple[Word, ...]) -> list[str]:
    """What to doubt: words that were put right though the engine read others clearly; misprints are to stay."""
    clear = [word for word in words if word.confidence >= _CLEAR and word.text.lower() != word.raw.lower()]
    return [f"{w.text} was read {w.raw}" for w in clear if bare(w.raw) in language_syllables()]


def _below(words: tuple[Word, ...], text: tuple[Line, ...]) -> list[str]:
    """The letter's other words."""
    own = {id(word) for word in words}
    return [word.text for line in text for word in line.words if id(word) not in own]


def _without_scraps(tokens: list[str]) -> list[str]:
    """The tokens that belong to the text; a small letter alone before it is what was left of a rule."""
    said = [token for token in tokens if _says(token)]
    first = next((at for at, token in enumerate(said) if not (len(token) == 1 and token.islower())), 0)
    return said[first:]


def _after_opening(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words after V/v or Về việc, which are put right whatever was read."""
    for count in (1, 2):
        start = " ".join(word.text for word in words[:count])
        if _SET_OPENING.fullmatch(fold(start)) and len(words) > count:
            return words[count:]
    return words


def _says(token: str) -> bool:
    """Whether a token belongs to the text: letters, figures, and the dashes between them; no dirt."""
    stray = token.strip(".,:;'").lower() in _STRAY and token.islower()
    return (any(c.isalnum() for c in token) and not stray) or token in _JOINERS


def _as_printed(text: str) -> str:
    """The subject with its set opening, V/v or Về việc, put right."""
    about = about_start(text)
    if about:
        text = f"V/v {text[about:]}"
    elif opening := _OPENING.match(fold(text)):
        text = f"Về việc {text[opening.end() :]}"
    return _SPECK.sub("", _GLUING_SPECK.sub(" ", normal(text))).strip(" .;:,-_|*")
