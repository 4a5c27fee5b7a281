"""What letters have to do with each other: a citation that names another letter, two scans of the same letter."""

from __future__ import annotations

from sqlite_utils import Database

from pipeline.store.alike import link_alike

_SAME_LETTER = """
WITH twins AS (
  SELECT d.id, min(o.id) AS first FROM documents AS d
  JOIN documents AS o ON o.number_key = d.number_key AND o.issued_on = d.issued_on AND o.issuer_key = d.issuer_key
  WHERE d.number_key = :number_key AND (o.sha256 <> d.sha256 OR o.id = d.id) GROUP BY d.id
)
UPDATE documents SET duplicate_of = (SELECT nullif(first, id) FROM twins WHERE twins.id = documents.id)
WHERE number_key = :number_key
"""

# Number and date, read twice on two sheets, agree: that is the letter. Without a date in the citation the number must
# be sure and the only one of its kind, for numbers start again each year.
_CITED = """
UPDATE citations SET cited_document_id = (
  SELECT min(d.id) FROM documents AS d
  WHERE d.number_key = citations.number_key AND d.duplicate_of IS NULL AND d.id <> citations.document_id
    AND (d.issued_on = citations.issued_on OR citations.issued_on IS NULL)
  HAVING count(*) = 1 AND (citations.issued_on IS NOT NULL OR max((
    SELECT f.status <> 'needs_review' FROM fields AS f
    WHERE f.document_id = d.id AND f.name = 'number' AND f.item = 0)))
)
"""


def link(db: Database, document_ids: tuple[str, ...]) -> None:
    """Set `duplicate_of` and `cited_document_id` of all rows that these letters concern, theirs and those of others."""
    for document_id in document_ids:
        row = db.table("documents").get(document_id)
        if row["number_key"]:
            relink(db, row["number_key"])
        link_alike(db, document_id)
        link_citations(db, document_id)


def link_citations(db: Database, document_id: str) -> None:
    """Set `cited_document_id` of all citations of a letter."""
    db.execute(_CITED + "WHERE document_id = ?", [document_id])


def relink(db: Database, number_key: str) -> None:
    """Set the links between all letters of that number, and of all citations that name it."""
    db.execute(_SAME_LETTER, {"number_key": number_key})
    unlike = "number_key = ? AND duplicate_of IS NULL AND (issued_on IS NULL OR issuer_key IS NULL)"
    for row in list(db.table("documents").rows_where(unlike, [number_key], select="id")):
        link_alike(db, row["id"])
    db.execute(_CITED + "WHERE number_key = ?", [number_key])
