"""The door: which files are letters, what each file is, and the text that it already carries.

`find_scans` walks files and folders, `open_scan` gives a `Scan` or an error that says what to do, `read_text` the
pages of a plain text. In this process only headers of images are parsed, and the objects of a PDF that lead to the
picture of a page; all else of a PDF is asked of poppler's programs, under limits of time, memory and output.
"""

from __future__ import annotations

from pipeline.intake.find import find_scans
from pipeline.intake.open import content, content_hash, open_scan
from pipeline.intake.plain import decode, read_text
from pipeline.intake.sniff import sniff

__all__ = ["content", "content_hash", "decode", "find_scans", "open_scan", "read_text", "sniff"]
