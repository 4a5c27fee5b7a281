-- People decide on citations and titles of tables too.

ALTER TABLE citations ADD COLUMN as_read TEXT;
ALTER TABLE tables ADD COLUMN as_read TEXT;

-- What the stamp of arrival says is asked about, and a value that every letter has and that was not found counts as a doubt.
UPDATE documents SET doubts = (
  SELECT count(*) FROM fields AS f WHERE f.document_id = documents.id AND f.item = 0 AND f.status = 'needs_review'
    AND f.name IN ('doc_type', 'number', 'issued_on', 'issuer', 'subject', 'place', 'parent_issuer', 'signer',
      'signer_title', 'signed_for', 'urgency', 'secrecy', 'incoming_number', 'incoming_on')
) + 6 - (
  SELECT count(*) FROM fields AS f WHERE f.document_id = documents.id AND f.item = 0
    AND f.name IN ('doc_type', 'number', 'issued_on', 'issuer', 'subject', 'place')
);
