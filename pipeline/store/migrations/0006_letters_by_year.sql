-- What each letter sets and reports in each year, and indexes that hold all that charts count: a hundred thousand letters
-- are drawn at once. Filled with the letter (review.refresh); the triggers keep what other letters change of it.

CREATE TABLE letters_by_year (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  year INTEGER NOT NULL,
  targets INTEGER NOT NULL,
  results INTEGER NOT NULL,
  issuer_key TEXT,
  issued_on TEXT,
  counts INTEGER NOT NULL,
  PRIMARY KEY (document_id, year)
) STRICT, WITHOUT ROWID;
INSERT INTO letters_by_year
SELECT t.document_id, t.year, sum(t.kind = 'target'), sum(t.kind = 'result'), d.issuer_key, d.issued_on,
  d.not_a_letter = 0 AND d.duplicate_of IS NULL
FROM targets AS t JOIN documents AS d ON d.id = t.document_id
WHERE t.rejected = 0 AND t.year IS NOT NULL GROUP BY t.document_id, t.year;
CREATE INDEX letters_by_year_year ON letters_by_year (year, counts, issuer_key, issued_on, targets, results);
CREATE INDEX letters_by_year_issuer ON letters_by_year (counts, issuer_key, targets, results);
CREATE INDEX targets_by_year_and_indicator ON targets (year, indicator_key, unit, kind) WHERE rejected = 0;
CREATE INDEX documents_quality ON documents (substr(read_at, 1, 7), status, confidence) WHERE not_a_letter = 0;
CREATE INDEX documents_of_year ON documents (year, status) WHERE not_a_letter = 0 AND duplicate_of IS NULL;

CREATE TRIGGER letters_by_year_counts AFTER UPDATE OF duplicate_of, not_a_letter ON documents
WHEN old.duplicate_of IS NOT new.duplicate_of OR old.not_a_letter <> new.not_a_letter
BEGIN
  UPDATE letters_by_year SET counts = new.not_a_letter = 0 AND new.duplicate_of IS NULL WHERE document_id = new.id;
END;
