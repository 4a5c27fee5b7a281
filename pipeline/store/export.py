"""What leaves the database: rows in an order that depends on nothing but the letters, so two exports can be compared.

Times and run numbers are left out unless asked for: they differ between two readings of the same letters.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.store.queries import show
from pipeline.store.rows import Row

_WHEN = frozenset({"read_at", "at", "run_id", "decided_at"})
_INNER = frozenset({"number_key", "issuer_key", "indicator_key", "responsible_key", "match_id", "name_key"})

_QUERIES: dict[str, str] = {
    "documents": "SELECT * FROM documents ORDER BY id",
    "pages": "SELECT * FROM pages ORDER BY document_id, page_no",
    "words": "SELECT * FROM words ORDER BY document_id, page_no, line_no, word_no",
    "fields": "SELECT * FROM fields ORDER BY document_id, name, item",
    "recipients": "SELECT * FROM recipients ORDER BY document_id, item",
    "citations": "SELECT * FROM citations ORDER BY document_id, item",
    "entities": "SELECT * FROM entities ORDER BY document_id, item",
    "targets": "SELECT * FROM targets ORDER BY document_id, item",
    "progress": "SELECT * FROM v_progress ORDER BY target_document_id, target_id, result_document_id, result_id",
    "matches": """SELECT target_indicator, result_indicator, unit, likeness, status, decided_by
        FROM indicator_matches ORDER BY target_key, unit, result_key""",
    "tables": "SELECT * FROM tables ORDER BY document_id, item",
    "table_cells": "SELECT * FROM table_cells ORDER BY document_id, table_id, row, col",
    "marks": "SELECT * FROM marks ORDER BY document_id, page_no, rowid",
    "repairs": "SELECT * FROM repairs ORDER BY document_id, page_no, line_no, word_no, rowid",
    "corrections": "SELECT * FROM corrections ORDER BY id",
    "failures": "SELECT * FROM failures ORDER BY source_path",
    "dublin_core": """SELECT id AS "dc:identifier",
          trim(trim(coalesce(doc_type, '') || ' ' || coalesce(number, '')) || coalesce(': ' || subject, ''), ': ')
            AS "dc:title",
          issuer AS "dc:creator", signer AS "dc:contributor", issued_on AS "dc:date", doc_type AS "dc:type",
          media_type AS "dc:format", language AS "dc:language", place AS "dc:coverage", secrecy AS "dc:rights",
          source_name AS "dc:source",
          (SELECT group_concat(number, '; ') FROM (SELECT DISTINCT c.number FROM citations AS c
            WHERE c.document_id = d.id ORDER BY c.item)) AS "dc:relation"
        FROM documents AS d WHERE not_a_letter = 0 ORDER BY id""",
    "archive_records": """SELECT id AS docId, NULL AS arcDocCode, NULL AS maintenance, doc_type AS typeName,
          substr(number, 1, length(number) - length(ltrim(number, '0123456789'))) AS codeNumber,
          ltrim(ltrim(number, '0123456789'), '/- ') AS codeNotation, issued_on AS issuedDate, issuer AS organName,
          subject, CASE language WHEN 'vi' THEN 'Tiếng Việt' ELSE language END AS language, pages AS numberOfPage,
          NULL AS inforSign, NULL AS keyword, secrecy AS mode, NULL AS confidenceLevel, NULL AS autograph,
          NULL AS format, NULL AS process, NULL AS riskRecovery, NULL AS riskRecoveryStatus,
          signer_title AS SignerTitle, signer AS SignerName, urgency AS priority, source_name AS description, sha256
        FROM documents WHERE not_a_letter = 0 ORDER BY id""",
}

EXPORTS = ("letters", *_QUERIES)
"""What can be exported: `letters` is everything of each letter as one nested object, the others are tables.

`dublin_core` has the elements of Dublin Core (ISO 15836). `archive_records` has the fields of a document's record in
electronic archives as programs for Thông tư 02/2019/TT-BNV and 05/2025/TT-BNV use them; columns that the scan cannot
tell (retention, physical state) are there, empty.
"""


def exported(db: Database, what: str, *, times: bool = False) -> Iterator[Row]:
    """The rows of one export, as they come from the file: bounded memory, whatever the number of letters.

    Raises:
        UsageError: there is no export of that name.
    """
    if what == "letters":
        return _letters(db, times=times)
    if what not in _QUERIES:
        raise UsageError(f"nothing called {what!r} to export", hint=f"one of: {', '.join(EXPORTS)}")
    return (_public(row, times=times) for row in db.query(_QUERIES[what]))


def _letters(db: Database, *, times: bool) -> Iterator[Row]:
    for document in db.query("SELECT id FROM documents ORDER BY id"):
        letter = show(db, document["id"])
        yield {
            **_public(letter.document, times=times),
            "pages": [_public(page, times=times) for page in letter.pages],
            "fields": [_public(row, times=times) for row in letter.fields],
            "recipients": list(letter.recipients),
            "citations": [_public(row, times=times) for row in letter.citations],
            "entities": [_public(row, times=times) for row in letter.entities],
            "targets": [_public(row, times=times) for row in letter.targets],
            "tables": list(letter.tables),
            "marks": list(letter.marks),
            "repairs": list(letter.repairs),
            "corrections": [_public(row, times=times) for row in letter.corrections],
        }


def _public(row: Row, *, times: bool) -> Row:
    left_out = _INNER if times else _INNER | _WHEN
    return {name: value for name, value in row.items() if name not in left_out}


def write_csv(rows: Iterable[Row], out: TextIO) -> int:
    """Write rows as CSV with a header and give their number; nothing is written when there are none."""
    writer, count = csv.writer(out, lineterminator="\n"), 0
    for row in rows:
        if not count:
            writer.writerow(row)
        writer.writerow([harmless(_flat(value)) for value in row.values()])
        count += 1
    return count


def write_jsonl(rows: Iterable[Row], out: TextIO) -> int:
    """Write rows as JSON, one a line, and give their number."""
    count = 0
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def _flat(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def harmless(value: object) -> object:
    """The value of a cell, so that no spreadsheet takes text from a letter for a formula."""
    if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
        return "'" + value
    return value
