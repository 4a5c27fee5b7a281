-- A hundred thousand letters answer at once: what lists sort by is stored, what is compared is indexed, and what narrows
-- a search is in the index of words itself.

ALTER TABLE documents ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN year INTEGER;
ALTER TABLE documents ADD COLUMN serial INTEGER;

DROP INDEX documents_review;
CREATE INDEX documents_review ON documents (not_a_letter, status, doubts, confidence DESC, id);
CREATE INDEX documents_with_problems ON documents (id) WHERE problems <> '[]' AND not_a_letter = 0;
CREATE INDEX documents_doc_type ON documents (doc_type);
CREATE INDEX documents_issuer_name ON documents (issuer);

CREATE INDEX documents_register ON documents (issuer_key, doc_type, year, serial, issued_on)
  WHERE duplicate_of IS NULL AND not_a_letter = 0 AND serial IS NOT NULL AND year IS NOT NULL;

DROP INDEX fields_status;
CREATE INDEX fields_status ON fields (status, confidence, name);

DROP INDEX targets_indicator_key;
DROP INDEX targets_year;
CREATE INDEX targets_matching ON targets (indicator_key, unit, year, kind, responsible_key, rejected);
CREATE INDEX targets_year ON targets (year, kind, rejected);
CREATE INDEX targets_of_letter ON targets (document_id, year, kind, rejected);

DROP TABLE search_text;
DELETE FROM search_rows;
CREATE VIRTUAL TABLE search_text USING fts5 (text, folded, about, tokenize = "unicode61 remove_diacritics 0");
