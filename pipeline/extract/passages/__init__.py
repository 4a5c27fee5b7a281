"""A letter's text as passages: running paragraphs, the marks that head them, headings above them, clauses in them."""
