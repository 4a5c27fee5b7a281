-- People decide on citations and titles of tables too.

ALTER TABLE citations ADD COLUMN as_read TEXT;
ALTER TABLE tables ADD COLUMN as_read TEXT;
