-- Whom and what the letters speak of, each name once for a letter.

CREATE TABLE entities (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  item INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('organisation', 'person', 'place', 'role', 'programme')),
  name TEXT NOT NULL,
  mentions INTEGER NOT NULL CHECK (mentions >= 1),
  page_no INTEGER,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  name_key TEXT NOT NULL,
  PRIMARY KEY (document_id, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX entities_name ON entities (kind, name_key);

-- Whom and what is spoken of, over all letters.
CREATE VIEW v_entities AS
SELECT e.kind, min(e.name) AS name, count(*) AS letters, sum(e.mentions) AS mentions, e.name_key
FROM entities AS e JOIN documents AS d ON d.id = e.document_id
WHERE d.not_a_letter = 0 AND d.duplicate_of IS NULL
GROUP BY e.kind, e.name_key;
