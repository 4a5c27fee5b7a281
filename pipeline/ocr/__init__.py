"""Reading pages: the contract of an OCR engine, and the engines by name.

An engine reads one image; `frames` reads what is filled into the printed frames by hand; `recorded` keeps words on disk
so that everything after reading can be run again without an engine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pipeline.config import OcrConfig
from pipeline.errors import ConfigError
from pipeline.nouns import Line, Page
from pipeline.ocr.frames import fill_frames
from pipeline.ocr.tesseract import Tesseract

__all__ = ["ENGINES", "Engine", "fill_frames", "make_engine"]


class Engine(Protocol):
    """Reads one page image.

    An engine is handed an upright, cleaned page and answers lines of words with boxes in that page's own pixels, top to
    bottom. It keeps no state between pages and raises `OcrError` (or a kind of it) when it cannot answer.
    """

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        """The lines, top to bottom; of `allowed` characters only when given; none for a page without text."""
        ...


ENGINES: dict[str, Callable[[OcrConfig], Engine]] = {"tesseract": Tesseract}


def make_engine(config: OcrConfig) -> Engine:
    """The engine that the settings name.

    Raises:
        ConfigError: there is no engine of that name.
    """
    if config.engine not in ENGINES:
        raise ConfigError(f"unknown OCR engine {config.engine!r}", hint=f"known: {', '.join(sorted(ENGINES))}")
    return ENGINES[config.engine](config)
