-- A table may go on on the next page: each cell says itself on which page its box lies.

ALTER TABLE table_cells ADD COLUMN page_no INTEGER;
UPDATE table_cells SET page_no = (SELECT t.page_no FROM tables AS t WHERE t.id = table_cells.table_id);
