"""Which filters a page gets, from what was judged of it. The limits were chosen by `scripts/bench/cleaning.py`."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.nouns import Judgement

_BLANK_INK = 0.0012
"""Share of ink below which a page without a letter is blank: less than one line of text."""
_BLACK_INK = 0.6
"""Share of ink above which a page without a letter is the scanner's lid."""
_DUST_INK = 0.0006
_DUST = 0.05
"""Share of ink, and share of specks in it, of a bare sheet with its dust; `PHỤ LỤC` alone has none."""
_NOISY = 0.006
"""Share of specks from which taking them out helps; on cleaner pages it eats Vietnamese marks."""
_DUSTY = 0.0003
"""The same for black and white pages, where a speck is as black as a letter."""
_SHADED = 0.08
_LEVEL_WITHIN = 0.15
"""Degrees of skew that the engine does not mind; turning a page by less only blurs it."""
_FAINT = 0.45
"""Contrast below which ink and paper are drawn apart."""
_LETTER = (17.0, 24.0)
"""Pixels of a small letter: below the first the page is enlarged, to the second."""
_LETTER_OF_STAIRS = 22.0
"""The same for black and white pages from 300 dpi on: making them smaller turns their stairs into gray."""
_ENLARGE_AT_MOST = 3.0
_FINEST = 400
"""Dots per inch of paper to which a page is enlarged at most."""
_SHRINK_FROM = 34.0
"""Pixels of a small letter from which a page is made smaller: the engine gains nothing and takes longer."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The filters of a page, by name and in order, the skew taken out after them, and the factor of scaling."""

    filters: tuple[str, ...]
    skew: float = 0.0
    scale: float = 1.0


def is_blank(judged: Judgement) -> bool:
    """Whether there is nothing to read: no letters, or so little ink, and so scattered, that it can only be dust."""
    no_letters = judged.text_height == 0 and not _BLANK_INK <= judged.ink <= _BLACK_INK
    return no_letters or (judged.ink < _DUST_INK and judged.noise > _DUST)


def plan(judged: Judgement) -> Plan:
    """What this page needs, and nothing else."""
    filters = ["clear_edges"]
    if judged.shading > _SHADED:
        filters.append("divide_paper")
    if judged.bilevel:
        filters += ["despeckle"] if judged.noise > _DUSTY else []
        softened = _lean(judged) != 0 or judged.text_height > _LETTER_OF_STAIRS
        filters += [] if softened else ["close_strokes"]
    elif judged.noise > _NOISY:
        filters += ["outliers", "despeckle"]
    if judged.contrast < _FAINT:
        filters.append("stretch")
    return Plan(tuple(filters), _lean(judged), _scale(judged))


def other_plans(judged: Judgement) -> tuple[Plan, ...]:
    """What may help a page that was read badly after its first plan, the most promising first."""
    first = plan(judged)
    thorough = ("clear_edges", "divide_paper", "median", "despeckle", "stretch")
    gentle = ("clear_edges", "divide_paper", "stretch")
    bare: tuple[str, ...] = ()
    order = (thorough, gentle, bare) if judged.noise > _NOISY / 4 else (gentle, thorough, bare)
    return tuple(Plan(filters, first.skew, first.scale) for filters in order if filters != first.filters)


def _lean(judged: Judgement) -> float:
    return judged.skew if abs(judged.skew) > _LEVEL_WITHIN else 0.0


def _scale(judged: Judgement) -> float:
    height = judged.text_height
    if judged.bilevel and height > _LETTER_OF_STAIRS:
        return _LETTER_OF_STAIRS / height
    if 0 < height < _LETTER[0]:
        return max(min(_LETTER[1] / height, _ENLARGE_AT_MOST, _FINEST / judged.dpi), 1.0)
    if height > _SHRINK_FROM:
        return _LETTER[1] / height
    return 1.0
