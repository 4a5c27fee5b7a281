-- Which wording of a result speaks of what which wording of a target asks: decided once, for all letters and years.

CREATE TABLE indicator_matches (
  id INTEGER PRIMARY KEY,
  target_indicator TEXT NOT NULL,
  result_indicator TEXT NOT NULL,
  unit TEXT NOT NULL,
  likeness REAL NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('same', 'maybe', 'confirmed', 'rejected')),
  decided_by TEXT,
  decided_at TEXT,
  target_key TEXT NOT NULL,
  result_key TEXT NOT NULL,
  UNIQUE (target_key, unit, result_key)
) STRICT;
CREATE INDEX indicator_matches_status ON indicator_matches (status, unit);
CREATE INDEX targets_owner ON targets (unit, responsible_key, kind);
CREATE INDEX documents_issuer_year ON documents (issuer_key, year);

DROP VIEW v_progress;

-- A result answers a target when both measure the same thing in the same unit, within the target's period, for the same
-- unit or for the body that reports it, and the result was not issued before the target.
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
  t.document_id AS target_document_id, r.document_id AS result_document_id,
  r.year AS result_year, r.indicator AS result_indicator, m.likeness, m.status AS match_status, m.id AS match_id
FROM targets AS t
JOIN indicator_matches AS m ON m.target_key = t.indicator_key AND m.unit = t.unit AND m.status IN ('same', 'confirmed')
JOIN documents AS td ON td.id = t.document_id
JOIN targets AS r ON r.indicator_key = m.result_key AND r.unit = t.unit AND r.kind = 'result'
  AND r.year BETWEEN coalesce(CAST(substr(t.period_start, 1, 4) AS INTEGER), td.year, t.year) AND t.year
JOIN documents AS rd ON rd.id = r.document_id
WHERE t.kind = 'target' AND t.rejected = 0 AND r.rejected = 0
  AND td.duplicate_of IS NULL AND rd.duplicate_of IS NULL AND td.not_a_letter = 0 AND rd.not_a_letter = 0
  AND coalesce(td.issued_on <= rd.issued_on, td.id = rd.id)
  AND ((r.responsible_key = t.responsible_key AND (t.responsible_key <> '' OR rd.issuer_key = td.issuer_key))
    OR (r.responsible_key = '' AND t.responsible_key = rd.issuer_key)
    OR (t.responsible_key = '' AND r.responsible_key = td.issuer_key));
