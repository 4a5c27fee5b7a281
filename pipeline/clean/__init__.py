"""Pages made readable: each is judged first, then gets only what it needs.

`clean` answers an upright gray page at its true resolution, with its coloured stamps lifted off into `marks`, what was
seen in `judgement` and what was done in `steps`. `alternatives` are the next best cleanings of a page that was read
badly. Nothing in this room reads text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from pipeline.clean.plan import other_plans, plan
from pipeline.clean.prepare import UNCERTAIN, carry_out, examine
from pipeline.config import CleanConfig
from pipeline.nouns import Page
from pipeline.pixels import as_gray

_TURNS = (180, 90, 270)
"""Degrees clockwise by which a page that may stand any way up is turned, the likeliest mishap first."""
_SMALLEST_PAGE = 32
"""Pixels of the shorter side below which an image is no page: it is handed on as blank."""


def clean(page: Page, config: CleanConfig) -> Page:
    """The page made readable: upright, level, gray, without coloured stamps, filtered as far as it needs it."""
    if min(page.image.shape[:2]) < _SMALLEST_PAGE:
        return dataclasses.replace(page, image=as_gray(page.image), blank=True)
    if not config.enabled:
        return dataclasses.replace(page, image=as_gray(page.image))
    ready, judged = examine(page)
    return ready if ready.blank else carry_out(ready, judged, plan(judged))


def alternatives(page: Page, config: CleanConfig) -> Iterator[Page]:
    """The same raw page cleaned in other ways, the most promising first; for a page that was read badly.

    Where its lines did not say which way up it stands, it is turned first.
    """
    if not config.enabled or min(page.image.shape[:2]) < _SMALLEST_PAGE:
        return
    ready, judged = examine(page)
    for turn in _TURNS if UNCERTAIN in ready.steps and not ready.blank else ():
        other, seen = examine(page, turn)
        yield carry_out(other, seen, plan(seen))
    for todo in other_plans(judged) if not ready.blank else ():
        yield carry_out(ready, judged, todo)
