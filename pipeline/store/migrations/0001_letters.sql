-- Letters, what was read of them, and what people did with it. Names and meanings: ../dictionary.toml.

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  sources TEXT NOT NULL CHECK (json_valid(sources)),
  reader_version TEXT NOT NULL,
  read INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  interrupted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  source_name TEXT NOT NULL,
  source_path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  part INTEGER NOT NULL DEFAULT 1,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  doc_type TEXT,
  number TEXT,
  issued_on TEXT CHECK (issued_on IS NULL OR issued_on IS date(issued_on)),
  place TEXT,
  issuer TEXT,
  parent_issuer TEXT,
  subject TEXT,
  signer TEXT,
  signer_title TEXT,
  signed_for TEXT,
  urgency TEXT,
  secrecy TEXT,
  language TEXT,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  status TEXT NOT NULL CHECK (status IN ('accepted', 'needs_review', 'confirmed')),
  duplicate_of TEXT REFERENCES documents (id) ON DELETE SET NULL,
  read_at TEXT NOT NULL,
  reader_version TEXT NOT NULL,
  run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
  problems TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(problems)),
  details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  number_key TEXT,
  issuer_key TEXT,
  UNIQUE (sha256, part)
) STRICT;
CREATE INDEX documents_issued_on ON documents (issued_on);
CREATE INDEX documents_number_key ON documents (number_key, issued_on);
CREATE INDEX documents_issuer ON documents (issuer_key, issued_on);
CREATE INDEX documents_status ON documents (status, confidence);
CREATE INDEX documents_duplicate_of ON documents (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX documents_source_path ON documents (source_path);
CREATE INDEX documents_run_id ON documents (run_id);

CREATE TABLE pages (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page_no INTEGER NOT NULL CHECK (page_no >= 1),
  text TEXT NOT NULL,
  raw_text TEXT NOT NULL,
  ocr_confidence REAL NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  dpi INTEGER NOT NULL,
  rotation INTEGER NOT NULL,
  skew REAL NOT NULL,
  blank INTEGER NOT NULL,
  repeats_page INTEGER,
  judgement TEXT CHECK (judgement IS NULL OR json_valid(judgement)),
  steps TEXT NOT NULL CHECK (json_valid(steps)),
  PRIMARY KEY (document_id, page_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE lines (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page_no INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  zone TEXT NOT NULL,
  words TEXT NOT NULL CHECK (json_valid(words)),
  PRIMARY KEY (document_id, page_no, line_no)
) STRICT, WITHOUT ROWID;

CREATE VIEW words AS
SELECT l.document_id, l.page_no, l.line_no, w.key + 1 AS word_no,
  w.value ->> 0 AS raw, coalesce(w.value ->> 1, w.value ->> 0) AS text,
  w.value ->> 2 AS x0, w.value ->> 3 AS y0, w.value ->> 4 AS x1, w.value ->> 5 AS y1,
  w.value ->> 6 AS confidence, l.zone
FROM lines AS l, json_each(l.words) AS w;

CREATE TABLE marks (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  confidence REAL NOT NULL,
  x0 INTEGER NOT NULL, y0 INTEGER NOT NULL, x1 INTEGER NOT NULL, y1 INTEGER NOT NULL
) STRICT;
CREATE INDEX marks_document_id ON marks (document_id, page_no);

CREATE TABLE fields (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  item INTEGER NOT NULL DEFAULT 0,
  value TEXT NOT NULL,
  raw TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  status TEXT NOT NULL CHECK (status IN ('accepted', 'needs_review', 'confirmed')),
  page_no INTEGER,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  method TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  read_value TEXT,
  read_confidence REAL,
  read_status TEXT,
  PRIMARY KEY (document_id, name, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX fields_status ON fields (status, name);

CREATE TABLE recipients (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  item INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('to', 'copy')),
  name TEXT NOT NULL,
  page_no INTEGER,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  PRIMARY KEY (document_id, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE citations (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  item INTEGER NOT NULL,
  number TEXT NOT NULL,
  doc_type TEXT,
  issuer TEXT,
  issued_on TEXT CHECK (issued_on IS NULL OR issued_on IS date(issued_on)),
  relation TEXT NOT NULL,
  cited_document_id TEXT REFERENCES documents (id) ON DELETE SET NULL,
  page_no INTEGER NOT NULL,
  quote TEXT NOT NULL,
  confidence REAL NOT NULL,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  number_key TEXT NOT NULL,
  PRIMARY KEY (document_id, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX citations_number_key ON citations (number_key);
CREATE INDEX citations_cited_document_id ON citations (cited_document_id) WHERE cited_document_id IS NOT NULL;

CREATE TABLE targets (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  item INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('text', 'table')),
  kind TEXT NOT NULL CHECK (kind IN ('target', 'result')),
  indicator TEXT NOT NULL,
  qualifier TEXT,
  comparator TEXT NOT NULL CHECK (comparator IN ('=', '>=', '>', '<=', '<', '~')),
  value REAL NOT NULL,
  value_max REAL,
  unit TEXT NOT NULL,
  value_text TEXT NOT NULL,
  responsible TEXT,
  assigned_by TEXT,
  period_start TEXT CHECK (period_start IS NULL OR period_start IS date(period_start)),
  period_end TEXT CHECK (period_end IS NULL OR period_end IS date(period_end)),
  period_text TEXT,
  section TEXT,
  page_no INTEGER NOT NULL,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  quote TEXT NOT NULL,
  confidence REAL NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('accepted', 'needs_review', 'confirmed')),
  year INTEGER,
  indicator_key TEXT NOT NULL,
  responsible_key TEXT NOT NULL,
  UNIQUE (document_id, item)
) STRICT;
CREATE INDEX targets_year ON targets (year, kind);
CREATE INDEX targets_indicator_key ON targets (indicator_key, unit, kind);
CREATE INDEX targets_responsible_key ON targets (responsible_key);
CREATE INDEX targets_status ON targets (status);

CREATE TABLE tables (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  item INTEGER NOT NULL,
  page_no INTEGER NOT NULL,
  title TEXT NOT NULL,
  columns TEXT NOT NULL CHECK (json_valid(columns)),
  header_rows INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  checks_passed INTEGER NOT NULL,
  checks_failed INTEGER NOT NULL,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  UNIQUE (document_id, item)
) STRICT;

CREATE TABLE table_cells (
  table_id TEXT NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
  document_id TEXT NOT NULL,
  row INTEGER NOT NULL,
  col INTEGER NOT NULL,
  text TEXT NOT NULL,
  raw TEXT NOT NULL,
  value REAL,
  corrected_by TEXT,
  confidence REAL NOT NULL,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  PRIMARY KEY (table_id, row, col)
) STRICT, WITHOUT ROWID;
CREATE INDEX table_cells_document_id ON table_cells (document_id);

CREATE TABLE repairs (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page_no INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  word_no INTEGER NOT NULL,
  raw TEXT NOT NULL,
  text TEXT NOT NULL,
  score REAL NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX repairs_document_id ON repairs (document_id, page_no, line_no);

-- No foreign key: what people decided outlives the reading it was decided on.
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL,
  field TEXT NOT NULL,
  old TEXT,
  new TEXT,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  undoes INTEGER REFERENCES corrections (id)
) STRICT;
CREATE INDEX corrections_document_id ON corrections (document_id, field);

CREATE TRIGGER corrections_are_kept BEFORE DELETE ON corrections
BEGIN SELECT RAISE(ABORT, 'corrections are never deleted'); END;
CREATE TRIGGER corrections_stand BEFORE UPDATE ON corrections
BEGIN SELECT RAISE(ABORT, 'corrections are never changed'); END;

CREATE TABLE failures (
  source_path TEXT PRIMARY KEY,
  sha256 TEXT,
  stage TEXT NOT NULL,
  error TEXT NOT NULL,
  message TEXT NOT NULL,
  hint TEXT NOT NULL,
  at TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX failures_sha256 ON failures (sha256);

-- Full text: one row a page, and page 0 for the letterhead. FTS5 folds `ế` to `e` but leaves `đ`, so the folded text is ours.
CREATE TABLE search_rows (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page_no INTEGER NOT NULL,
  UNIQUE (document_id, page_no)
) STRICT;
CREATE VIRTUAL TABLE search_text USING fts5 (text, folded, tokenize = "unicode61 remove_diacritics 0");

-- A letter that was scanned twice counts once.
CREATE VIEW v_targets AS
SELECT t.id, t.kind, t.year, d.issuer, t.responsible, t.indicator, t.qualifier, t.comparator, t.value, t.value_max, t.unit,
  t.value_text, t.assigned_by, t.period_start, t.period_end, t.period_text, t.section, t.source, t.status, t.confidence, t.quote,
  d.number, d.issued_on, d.doc_type, d.subject, t.document_id, t.page_no, d.source_name
FROM targets AS t JOIN documents AS d ON d.id = t.document_id
WHERE d.duplicate_of IS NULL;

-- A result answers a target when both measure the same thing in the same unit and year, for the same unit or for the
-- body that reports it, and the result was not issued before the target.
CREATE VIEW v_progress AS
SELECT t.year, t.indicator, t.unit, coalesce(r.responsible, t.responsible, rd.issuer) AS responsible,
  t.comparator, t.value AS target, t.value_max AS target_max, r.value AS result,
  CASE WHEN t.value <> 0 THEN r.value / t.value END AS ratio,
  CASE t.comparator
    WHEN '>' THEN r.value > t.value WHEN '<' THEN r.value < t.value WHEN '<=' THEN r.value <= coalesce(t.value_max, t.value)
    WHEN '~' THEN NULL ELSE r.value >= t.value END AS reached,
  td.issuer AS set_by, td.number AS target_number, td.issued_on AS target_issued_on,
  rd.issuer AS reported_by, rd.number AS result_number, rd.issued_on AS result_issued_on,
  min(t.confidence, r.confidence) AS confidence, t.id AS target_id, r.id AS result_id,
  t.document_id AS target_document_id, r.document_id AS result_document_id
FROM targets AS t
JOIN targets AS r ON r.kind = 'result' AND r.indicator_key = t.indicator_key AND r.unit = t.unit AND r.year = t.year
JOIN documents AS td ON td.id = t.document_id
JOIN documents AS rd ON rd.id = r.document_id
WHERE t.kind = 'target' AND td.duplicate_of IS NULL AND rd.duplicate_of IS NULL
  AND coalesce(td.issued_on <= rd.issued_on, td.id = rd.id)
  AND (r.responsible_key = t.responsible_key OR (r.responsible_key = '' AND t.responsible_key = rd.issuer_key)
    OR (t.responsible_key = '' AND r.responsible_key = td.issuer_key));
