"""What a letter says: its register fields, recipients, citations, names, tables, and the figures it sets or reports.

An extractor is a function that takes a `Letter` and gives rows with their ink (`read_fields`, `read_citations`,
`read_entities`, `read_recipients`, `read_tables`, `read_targets`); `pipeline/reading.py` calls each. They work on
words, boxes and zones, never on pixels. The Vietnamese words that they go by are the TOML files of this folder.
"""
