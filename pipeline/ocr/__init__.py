"""Reading pages: the contract of an OCR engine, and the engines by name."""

from __future__ import annotations

from typing import Protocol

from pipeline.nouns import Line, Page


class Engine(Protocol):
    """Reads one page image.

    An engine is handed an upright, cleaned page and answers lines of words with boxes in that page's own pixels, top to
    bottom. It keeps no state between pages and raises `OcrError` (or a kind of it) when it cannot answer.
    """

    def read(self, page: Page) -> tuple[Line, ...]:
        """The lines of the page, top to bottom; none for a page without text."""
        ...
