"""Two scans of one letter recognised by their text, where one was read too badly for number, date and issuer to agree.

A wrong likeness would hide a letter's figures, so it is claimed only where nothing speaks against it: no number, date
or issuer that differs, the same figures, and no words exchanged for quite other ones, as names are in letters that are
written to one pattern.
"""

from __future__ import annotations

import re
import zlib

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from sqlite_utils import Database

from pipeline.store.rows import Row
from pipeline.vietnamese import fold

_SKETCH = 24
"""Hashes kept of a letter (bottom-k sketch; Broder 1997)."""
_IN_COMMON = 6
_FEWEST_WORDS = 60
_FEWEST_FIGURES = 8
"""Numbers of a letter; letters with fewer are alike by nature."""
_SAME_TEXT = 90.0
_SAME_FIGURES = 95.0
_OTHER_WORDS = 55.0
"""Likeness (0 to 100) under which words were not misread but are others."""
_COMPARED = 2000
"""Words from the beginning that are compared; of longer letters only the figures are compared to the end."""
_KNOWN_BY = ("number_key", "issued_on", "issuer_key")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]+")

_RIVALS = """
SELECT d.id, d.sha256, d.number_key, d.issued_on, d.issuer_key FROM documents AS d WHERE d.id IN (
  SELECT o.document_id FROM sketches AS s JOIN sketches AS o ON o.value = s.value
  WHERE s.document_id = :id AND o.document_id <> :id GROUP BY o.document_id HAVING count(*) >= :common
) AND d.sha256 <> :sha256 ORDER BY d.id
"""


def sketch(db: Database, document_id: str) -> None:
    """Keep the sketch of a letter's text, in place of an older one; short letters have none."""
    db.table("sketches").delete_where("document_id = ?", [document_id])
    words = _WORD.findall(_text(db, document_id))
    if len(words) >= _FEWEST_WORDS:
        triples = {zlib.crc32(" ".join(words[i : i + 3]).encode()) for i in range(len(words) - 2)}
        rows = ({"value": value, "document_id": document_id} for value in sorted(triples)[:_SKETCH])
        db.table("sketches").insert_all(rows)


def link_alike(db: Database, document_id: str) -> None:
    """Set `duplicate_of` where this letter and another have one text, and one of them lacks what it is known by.

    Of two letters the one that lacks something is the duplicate, else the one of the later id; whichever came first.
    """
    own = _identity(db.table("documents").get(document_id))
    wanted = {"id": document_id, "common": _IN_COMMON, "sha256": own["sha256"]}
    for other in [_identity(row) for row in list(db.query(_RIVALS, wanted))]:
        if _contradict(own, other) or (_is_known(own) and _is_known(other)):
            continue
        if is_same_text(_text(db, document_id), _text(db, other["id"])):
            first, second = sorted((own, other), key=_standing)
            _keep_best(db, second["id"], first)


def _keep_best(db: Database, duplicate: str, first: Row) -> None:
    documents = db.table("documents")
    before = documents.get(duplicate)["duplicate_of"]
    if before is None or _standing(first) < _standing(_identity(documents.get(before))):
        documents.update(duplicate, {"duplicate_of": first["id"]})


def is_same_text(one: str, other: str) -> bool:
    """Whether two folded texts are two readings of one letter: the same words, give or take letters, and figures."""
    figures = [_NUMBER.findall(text) for text in (one, other)]
    if min(map(len, figures)) < _FEWEST_FIGURES or fuzz.ratio(*map(" ".join, figures)) < _SAME_FIGURES:
        return False
    words, others = one.split()[:_COMPARED], other.split()[:_COMPARED]
    if fuzz.ratio(" ".join(words), " ".join(others)) < _SAME_TEXT:
        return False
    return not any(
        _are_other_words(words[step.src_start : step.src_end], others[step.dest_start : step.dest_end])
        for step in Levenshtein.opcodes(words, others)
        if step.tag == "replace"
    )


def _are_other_words(one: list[str], other: list[str]) -> bool:
    """Whether a run of words was not misread but is another one."""
    return len(one) > 1 and fuzz.ratio(" ".join(one), " ".join(other)) < _OTHER_WORDS


def _text(db: Database, document_id: str) -> str:
    """What the letter says, folded, in the order of reading."""
    query = "SELECT text FROM pages WHERE document_id = ? AND repeats_page IS NULL ORDER BY position"
    return fold("\n".join(row["text"] for row in db.query(query, [document_id])))


def _identity(row: Row) -> Row:
    return {name: row[name] for name in ("id", "sha256", *_KNOWN_BY)}


def _is_known(row: Row) -> bool:
    return all(row[name] for name in _KNOWN_BY)


def _standing(row: Row) -> tuple[bool, str]:
    return not _is_known(row), row["id"]


def _contradict(one: Row, other: Row) -> bool:
    return any(one[name] and other[name] and one[name] != other[name] for name in _KNOWN_BY)
