-- People decide on figures, cells, recipients and whole letters too, and all of it can be taken back.

ALTER TABLE documents ADD COLUMN not_a_letter INTEGER NOT NULL DEFAULT 0;
ALTER TABLE targets ADD COLUMN rejected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE targets ADD COLUMN as_read TEXT;
ALTER TABLE table_cells ADD COLUMN as_read TEXT;
ALTER TABLE recipients ADD COLUMN as_read TEXT;
ALTER TABLE corrections ADD COLUMN anchor TEXT;

CREATE INDEX documents_review ON documents (not_a_letter, status, confidence);
CREATE INDEX corrections_at ON corrections (at);
CREATE INDEX corrections_undoes ON corrections (undoes) WHERE undoes IS NOT NULL;

DROP VIEW v_targets;
DROP VIEW v_progress;

-- A letter that was scanned twice counts once; what a person rejected does not count.
CREATE VIEW v_targets AS
SELECT t.id, t.kind, t.year, d.issuer, t.responsible, t.indicator, t.qualifier, t.comparator, t.value, t.value_max, t.unit,
  t.value_text, t.assigned_by, t.period_start, t.period_end, t.period_text, t.section, t.source, t.status, t.confidence,
  t.quote, d.number, d.issued_on, d.doc_type, d.subject, t.document_id, t.page_no, d.source_name
FROM targets AS t JOIN documents AS d ON d.id = t.document_id
WHERE d.duplicate_of IS NULL AND d.not_a_letter = 0 AND t.rejected = 0;

-- A result answers a target when both measure the same thing in the same unit and year, for the same unit or for the
-- body that reports it, and the result was not issued before the target.
CREATE VIEW v_progress AS
SELECT t.year, t.indicator, t.unit, coalesce(r.responsible, t.responsible, rd.issuer) AS responsible,
  t.comparator, t.value AS target, t.value_max AS target_max, r.value AS result,
  CASE WHEN t.value <> 0 THEN r.value / t.value END AS ratio,
  CASE t.comparator
    WHEN '>' THEN r.value > t.value WHEN '<' THEN r.value < t.value
    WHEN '<=' THEN r.value <= coalesce(t.value_max, t.value)
    WHEN '~' THEN NULL ELSE r.value >= t.value END AS reached,
  td.issuer AS set_by, td.number AS target_number, td.issued_on AS target_issued_on,
  rd.issuer AS reported_by, rd.number AS result_number, rd.issued_on AS result_issued_on,
  min(t.confidence, r.confidence) AS confidence, t.id AS target_id, r.id AS result_id,
  t.document_id AS target_document_id, r.document_id AS result_document_id
FROM targets AS t
JOIN targets AS r ON r.kind = 'result' AND r.indicator_key = t.indicator_key AND r.unit = t.unit AND r.year = t.year
JOIN documents AS td ON td.id = t.document_id
JOIN documents AS rd ON rd.id = r.document_id
WHERE t.kind = 'target' AND t.rejected = 0 AND r.rejected = 0
  AND td.duplicate_of IS NULL AND rd.duplicate_of IS NULL AND td.not_a_letter = 0 AND rd.not_a_letter = 0
  AND coalesce(td.issued_on <= rd.issued_on, td.id = rd.id)
  AND (r.responsible_key = t.responsible_key OR (r.responsible_key = '' AND t.responsible_key = rd.issuer_key)
    OR (t.responsible_key = '' AND r.responsible_key = td.issuer_key));
