"""The head of a letter, one rule a file: number, date, issuer, kind, subject, stamps; `fields.py` asks them all."""
