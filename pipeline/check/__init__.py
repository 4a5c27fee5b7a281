"""What a record says about itself: tables that must add up, dates that must fit, pages that were scanned twice.

`mark_repeats` works on the pages of a file, `check_tables` on tables as they were read, `check_record` on the whole
record once everything has been extracted. Nothing here reads pixels or finds values; a digit is changed only where
arithmetic leaves no other reading, all else is a lower confidence and a problem in words.
"""
