-- Pages that lie out of order in their file keep the number they have there; this says in which order they are read.

ALTER TABLE pages ADD COLUMN position INTEGER;
UPDATE pages SET position = (
  SELECT count(*) FROM pages AS p WHERE p.document_id = pages.document_id AND p.page_no <= pages.page_no
);
