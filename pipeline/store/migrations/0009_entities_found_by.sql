-- Names in running text are found by rules and by a net; letters of older readers have those of rules only.

ALTER TABLE entities ADD COLUMN found_by TEXT NOT NULL DEFAULT 'rules' CHECK (found_by IN ('rules', 'net'));
