-- The smallest hashes of what a letter says: letters that share many of them are worth comparing.

CREATE TABLE sketches (
  value INTEGER NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  PRIMARY KEY (value, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketches_document_id ON sketches (document_id);
