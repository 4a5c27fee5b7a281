"""What a letter says: its register fields, recipients, citations, names, tables, and the figures it sets or reports.

An extractor is a function that takes a `Letter` and gives rows with their ink: `read_fields`, `read_targets`,
`table_targets`, `read_citations`, `read_entities`, `read_recipients` and `read_tables`; `pipeline/reading.py`
calls each. They work on words, boxes and zones, never on pixels. Each lives in a room with what
it needs: `letterhead`, `closing`, `citations`, `names`, `figures` and `tables` stand on `passages` (the text as
paragraphs under headings) and on `words` (what is known of the language, with the TOML files that say it). What a rule
found becomes a field in findings.py, with the certainty that trust.py gives its words.
"""
