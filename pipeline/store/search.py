"""Full text search, with or without Vietnamese marks.

Every page, and the letterhead as page 0, is indexed twice: as it is written and folded. A word typed without marks is
looked up folded (`duong` finds `đường`, `dương`); a word typed with marks as it is written, in either tone placement. A
third column says which letter it is of (year, kind, issuer), so that a filter is one more word to look up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.store.rows import LETTERHEAD, Row, key
from pipeline.vietnamese import fold, nfc, place_tones

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_OPEN, _CLOSE = "\x02", "\x03"
_AROUND = 70
"""Characters shown on either side of the first hit."""
ORDERS = ("best", "newest", "oldest")
MOST_COUNTED = 1_000
_RANKED = 400
"""Pages that are ranked: of words that more pages hold, the pages that came last. FTS5's own ranking (bm25) counts
every page of the archive that holds a word, each time: too slow for `công` among 100,000 letters."""
_FIRST_YEAR, _LAST_YEAR = 1945, 2099


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which letters are searched; None lets all through."""

    issuer: str | None = None
    """Whole words of the issuer's name, with or without marks."""
    doc_type: str | None = None
    since: str | None = None
    """First day of issue, `YYYY-MM-DD`, or its beginning, `YYYY`."""
    until: str | None = None
    """Last day of issue."""
    order: str = "best"
    """One of `ORDERS`."""


ALL_LETTERS = SearchFilter()


@dataclass(frozen=True, slots=True)
class Hit:
    """A letter that was found, and its best page."""

    document_id: str
    page_no: int
    """0 when the letterhead was hit."""
    number: str | None
    issued_on: str | None
    issuer: str | None
    subject: str | None
    source_name: str
    snippet: tuple[tuple[str, bool], ...]
    """Text around the hit: pieces, and whether each is what was looked for."""
    often: float
    """How often the words stand there, for the length of the page, and 1 more where they stand side by side; by this
    hits are ranked. 0 where letters are put in the order of their dates."""


def index(db: Database, document_id: str) -> None:
    """Index the letterhead and all pages of a letter."""
    document = db.table("documents").get(document_id)
    head = " \n".join(str(document[name]) for name in LETTERHEAD if document[name])
    about = _about(document)
    _index_row(db, (document_id, 0), head, about)
    for page in list(
        db.query("SELECT page_no, text FROM pages WHERE document_id = ? AND repeats_page IS NULL", [document_id])
    ):
        _index_row(db, (document_id, page["page_no"]), page["text"], about)


def index_missing(db: Database) -> None:
    """Index the letters that are not in the index, after it was made anew."""
    query = "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM search_rows)"
    for row in list(db.query(query)):
        index(db, row["id"])


def _index_row(db: Database, place: tuple[str, int], text: str, about: str) -> None:
    row = db.table("search_rows").insert(dict(zip(("document_id", "page_no"), place, strict=True)))
    written = place_tones(text)
    db.execute(
        "INSERT INTO search_text (rowid, text, folded, about) VALUES (?, ?, ?, ?)",
        [row.last_pk, written, fold(written), about],
    )


def _about(document: Row) -> str:
    """Words by which filters find a letter: `y2023`, `kkehoach`, and the issuer's own."""
    year = f"y{document['issued_on'][:4]}" if document["issued_on"] else ""
    return f"{year} {_kind_word(document['doc_type'])} {document['issuer_key'] or ''}"


def _kind_word(doc_type: str | None) -> str:
    return "k" + key(doc_type).replace(" ", "") if doc_type else ""


def unindex(db: Database, document_id: str) -> None:
    """Take a letter out of the index."""
    own = "SELECT id FROM search_rows WHERE document_id = ?"
    db.execute(f"DELETE FROM search_text WHERE rowid IN ({own})", [document_id])
    db.table("search_rows").delete_where("document_id = ?", [document_id])


def match_expression(text: str) -> str:
    """What a person typed, as an FTS5 expression: all words, `"a phrase"`, `prefix*`, `-without`.

    Raises:
        UsageError: nothing in it can be looked up.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for phrase, word in _TERM.findall(nfc(text)):
        without = word.startswith("-") and len(word) > 1
        term = _column_term(phrase or word.removeprefix("-"), prefix=word.endswith("*"))
        if term:
            (unwanted if without else wanted).append(term)
    if not wanted:
        raise UsageError("nothing to search for", hint='type a word, "a phrase" or the beginning of a word with *')
    return " NOT ".join([f"({' AND '.join(wanted)})", *unwanted])


def side_by_side(text: str) -> str:
    """What a person typed as one phrase, in the same form; empty when it is one word or says more than words."""
    words = nfc(text).split()
    plain = len(words) > 1 and not any(c in text for c in '"*') and not any(word.startswith("-") for word in words)
    return _column_term(" ".join(words), prefix=False) if plain else ""


def _column_term(term: str, *, prefix: bool) -> str:
    """One word or phrase, looked up in the column it belongs to; empty when there is no letter or digit in it."""
    words = " ".join("".join(c if c.isalnum() else " " for c in term).lower().split())
    if not words:
        return ""
    if fold(words) == words:
        return f'{{folded}} : "{words}"{" *" if prefix else ""}'
    if not prefix:
        return f'{{text}} : "{place_tones(words)}"'
    # The beginning of a syllable does not say where its tone will stand: `đoà` may become `đoàn` or `đòa`.
    return f'{{text}} : ("{words}" * OR "{place_tones(words)}" *)'


_SEARCH = """
WITH found AS MATERIALIZED (
  SELECT rowid AS id FROM search_text WHERE search_text MATCH :match ORDER BY rowid DESC LIMIT :ranked
), whole AS MATERIALIZED (
  SELECT rowid AS id FROM search_text WHERE search_text MATCH :phrase AND rowid >= (SELECT min(id) FROM found)
), hits AS MATERIALIZED (
  SELECT rowid AS id, (rowid IN whole) + (length(highlight(search_text, 0, '', char(2))) - length(text)
    + length(highlight(search_text, 1, '', char(2))) - length(folded)) / (300.0 + length(text)) AS often
  FROM search_text WHERE search_text MATCH :match AND rowid >= (SELECT min(id) FROM found)
), best AS (
  SELECT s.document_id, s.page_no, s.id, max(often) AS often FROM hits JOIN search_rows AS s ON s.id = hits.id
  GROUP BY s.document_id
)
SELECT b.*, d.number, d.issued_on, d.issuer, d.subject, d.source_name
FROM best AS b JOIN documents AS d ON d.id = b.document_id
WHERE (:since IS NULL OR d.issued_on >= :since) AND (:until IS NULL OR substr(d.issued_on, 1, length(:until)) <= :until)
ORDER BY b.often DESC, b.document_id LIMIT :limit OFFSET :offset
"""

_BY_DATE = """
WITH best AS (
  SELECT s.document_id, s.page_no, min(s.id) AS id, 0.0 AS often
  FROM search_text AS t JOIN search_rows AS s ON s.id = t.rowid
  WHERE t.search_text MATCH :match GROUP BY s.document_id
)
SELECT b.*, d.number, d.issued_on, d.issuer, d.subject, d.source_name
FROM best AS b JOIN documents AS d ON d.id = b.document_id
WHERE (:since IS NULL OR d.issued_on >= :since) AND (:until IS NULL OR substr(d.issued_on, 1, length(:until)) <= :until)
ORDER BY d.issued_on IS NULL, d.issued_on {direction}, b.document_id LIMIT :limit OFFSET :offset
"""

_COUNT = """
SELECT count(*) AS n FROM (
  SELECT DISTINCT s.document_id FROM search_text AS t JOIN search_rows AS s ON s.id = t.rowid
  JOIN documents AS d ON d.id = s.document_id WHERE t.search_text MATCH :match
  AND (:since IS NULL OR d.issued_on >= :since) AND (:until IS NULL OR substr(d.issued_on, 1, length(:until)) <= :until)
  LIMIT :most)
"""

_LIT = """
SELECT highlight(search_text, 0, char(2), char(3)) AS text, highlight(search_text, 1, char(2), char(3)) AS folded
FROM search_text WHERE search_text MATCH :match AND rowid = :id"""


def search(db: Database, text: str, where: SearchFilter, *, limit: int, offset: int) -> tuple[Hit, ...]:
    """The letters that hold all the words, best first, with the place of the first hit.

    Raises:
        UsageError: there is nothing to look up in the text.
    """
    match = match_expression(text)
    phrase = side_by_side(text) or match
    values: Row = {**_asked(match, where), "ranked": _RANKED, "limit": limit, "offset": offset, "phrase": phrase}
    if where.order == "best":
        found = db.query(_SEARCH, values)
    else:
        found = db.query(_BY_DATE.format(direction="DESC" if where.order == "newest" else "ASC"), values)
    return tuple(_hit(db, row, phrase if row["often"] >= 1 else match) for row in list(found))


def count(db: Database, text: str, where: SearchFilter) -> int:
    """How many letters `search` finds; counted no further than one more than `MOST_COUNTED`.

    Raises:
        UsageError: there is nothing to look up in the text.
    """
    values = {**_asked(match_expression(text), where), "most": MOST_COUNTED + 1}
    return int(next(db.query(_COUNT, values))["n"])


def _asked(match: str, where: SearchFilter) -> Row:
    narrowed = " AND ".join([f"({match})", *_narrowing(where)])
    return {"match": narrowed, "since": where.since, "until": where.until}


def _narrowing(where: SearchFilter) -> Iterator[str]:
    """What a filter adds to the words that are looked up; days within a year are compared afterwards."""
    if issuer := key(where.issuer):
        yield f'{{about}} : "{issuer}"'
    if where.doc_type:
        yield f'{{about}} : "{_kind_word(where.doc_type)}"'
    if where.since or where.until:
        first, last = _year(where.since, _FIRST_YEAR), _year(where.until, _LAST_YEAR)
        yield "{about} : (" + " OR ".join(f'"y{year}"' for year in range(first, max(first, last) + 1)) + ")"


def _year(day: str | None, default: int) -> int:
    """The year of a day within the years that letters have; the default for None."""
    return min(max(int(day[:4]), _FIRST_YEAR), _LAST_YEAR) if day else default


def _hit(db: Database, row: Row, match: str) -> Hit:
    lit = next(iter(db.query(_LIT, {"match": match, "id": row["id"]})))
    names = ("document_id", "page_no", "number", "issued_on", "issuer", "subject", "source_name", "often")
    return Hit(**{name: row[name] for name in names}, snippet=_snippet(lit["text"], lit["folded"]))


def _snippet(text: str, folded: str) -> tuple[tuple[str, bool], ...]:
    """The text around its first hit. Folding keeps the length, so a hit in the folded text has the same place."""
    plain = text.replace(_OPEN, "").replace(_CLOSE, "")
    spans = sorted({*_spans(text), *_spans(folded)})
    first = spans[0][0] if spans else 0
    start, end = _cut(plain, max(first - _AROUND, 0), min(first + 2 * _AROUND, len(plain)))
    pieces, at = [], start
    for low, high in spans:
        if at <= low and high <= end:
            pieces += [(plain[at:low], False), (plain[low:high], True)]
            at = high
    pieces.append((plain[at:end], False))
    return tuple((" ".join(piece.split("\n")), lit) for piece, lit in pieces if piece)


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch, without the halves of words at its ends."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _spans(marked: str) -> Iterator[tuple[int, int]]:
    """Where the hits lie in the text without the signs around them."""
    at, low = 0, 0
    for char in marked:
        if char == _OPEN:
            low = at
        elif char == _CLOSE:
            yield low, at
        else:
            at += 1


def hits(db: Database, document_id: str, text: str) -> list[Row]:
    """The words of a letter that a search for the text would light, each with its page and box."""
    typed = [phrase or word for phrase, word in _TERM.findall(nfc(text)) if not word.startswith("-")]
    wanted = [_Wanted.of(word) for words in typed for word in words.split()]
    rows = db.query("SELECT page_no, text, x0, y0, x1, y1 FROM words WHERE document_id = ?", [document_id])
    return [row for row in rows if any(word.fits(row["text"]) for word in wanted)]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A word that is looked for, as it is compared."""

    word: str
    marked: bool
    prefix: bool

    @classmethod
    def of(cls, typed: str) -> _Wanted:
        word = key_of_word(typed)
        return cls(word, fold(word) != word, typed.endswith("*"))

    def fits(self, read: str) -> bool:
        have = key_of_word(read)
        have = have if self.marked else fold(have)
        return bool(self.word) and (have.startswith(self.word) if self.prefix else have == self.word)


def key_of_word(word: str) -> str:
    """A word as it is compared: letters and digits only, small, one tone placement."""
    return "".join(c for c in place_tones(word).lower() if c.isalnum())
