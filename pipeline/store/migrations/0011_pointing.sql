-- A person who gives a value may point to its ink.

ALTER TABLE corrections ADD COLUMN ink TEXT;
ALTER TABLE fields ADD COLUMN read_ink TEXT;
