"""A look at a page's pixels before anything is done to them: figures only, no decision."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.clean.binarise import Sizes, as_image, colour_of, darker, evened, ink_level, paper_of
from pipeline.nouns import MM_PER_INCH, Image, Judgement
from pipeline.pixels import percentiles, runs_of_pieces

_ROWS = 4
"""One row in so many tells how much ink there is, and how dark."""
_BAND = 2.0
"""Inches of lines that stand for all of the page where its pieces of ink are counted: those with most strokes."""
_SPECK_AREA = 9.0
"""Pixels of the largest speck at 300 dpi: 0.25 mm across; the dot of an `i` at 10 points has 16."""
_LETTER_MM = (0.9, 5.0)
"""Heights between which a component can be a letter."""
_SHARED = 0.4
"""Share of the commonest height's weight that makes a lower one common: headings are all capitals."""
_FOOT = 0.6
"""Share of a common height's weight that the heights just below it have which are still of the same letters."""
_BLACK, _WHITE = 16, 239
"""Gray levels up to which a pixel is wholly ink, and from which it is wholly paper."""
_COLOUR_CHROMA = 48
"""Brightest minus darkest channel of a strongly coloured pixel, of 255."""


@dataclass(frozen=True, slots=True)
class _Components:
    """Connected pieces of a mask: their heights, widths and areas in pixels."""

    heights: NDArray[np.int64]
    widths: NDArray[np.int64]
    areas: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AsScanned:
    """What must be looked at before a page is turned, levelled and made gray."""

    bilevel: bool
    colour: float
    skew: float


def judge(page: Sizes, dpi: int, scanned: AsScanned) -> Judgement:
    """What the pixels of an upright gray page tell, beside what its scan told."""
    paper = paper_of(page.thumbnail())
    rows = page.full[::_ROWS]
    even = evened(rows, paper)
    level = ink_level(even, every=1)
    mask = darker(even, level)
    ink_pixels = cv2.countNonZero(mask)
    ink_share = ink_pixels / mask.size
    band = darker(evened(*_busiest_band(page.full, paper, mask, dpi)), level)
    black = _components(band)
    blackness = cv2.sumElems(cv2.bitwise_and(rows, mask))[0] / ink_pixels if ink_pixels else 255.0
    low, usual, high = percentiles(paper, (5, 50, 95))
    return Judgement(
        dpi=dpi,
        text_height=_letter_height(black, dpi),
        noise=_speck_share(black, band, dpi),
        contrast=max(usual - blackness, 0.0) / 255 if ink_share > 0 else 0.0,
        shading=(high - low) / 255,
        skew=scanned.skew,
        ink=ink_share,
        bilevel=scanned.bilevel,
        colour=scanned.colour,
    )


def colour_share(image: Image) -> float:
    """Share of the page's pixels that are strongly coloured; 0 for a gray page."""
    if image.ndim == 2:
        return 0.0
    size = max(image.shape[1] // 4, 1), max(image.shape[0] // 4, 1)
    _, chroma = colour_of(as_image(cv2.resize(image, size, interpolation=cv2.INTER_NEAREST)))
    return float(np.count_nonzero(chroma > _COLOUR_CHROMA)) / chroma.size


def _busiest_band(gray: Image, paper: Image, mask: Image, dpi: int) -> tuple[Image, Image]:
    """The rows of the page that stand for all of it, those between its lines left out, and the paper behind them.

    Args:
        gray: the page.
        paper: its brightness, as a thumbnail.
        mask: the ink of one row in every `_ROWS`.
        dpi: of the page.
    """
    begun = cv2.bitwise_and(mask[:, 1:], cv2.bitwise_not(mask[:, :-1]))  # strokes: a dark rim is much ink and no letter
    strokes = cv2.reduce(begun, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel().astype(np.int64)
    near = np.convolve(strokes, (1, 1, 1), mode="same") if len(strokes) > 2 else strokes
    rows = np.flatnonzero(near) if near.any() else np.arange(len(strokes))
    first, end = _busiest(strokes[rows], max(round(_BAND * dpi / _ROWS), 2))
    rows = rows[first:end]
    whole = (rows[:, None] * _ROWS + np.arange(_ROWS)).ravel()
    return gray[whole[whole < len(gray)]], paper[rows * len(paper) // len(mask)]


def _busiest(strokes: NDArray[np.int64], length: int) -> tuple[int, int]:
    """The first and the last row (exclusive) of the stretch with most strokes, cut where there are fewest.

    Args:
        strokes: of each row.
        length: rows of the stretch, or up to a quarter more.
    """
    if len(strokes) <= length:
        return 0, len(strokes)
    total = np.concatenate(([0], np.cumsum(strokes)))
    inside = total[length:] - total[:-length]
    best = np.flatnonzero(inside == inside.max())
    start = int(best[len(best) // 2])
    first, end, reach = max(start - length // 8, 0), start + length, length // 8
    return first + int(strokes[first : start + 1].argmin()), end + int(
        np.append(strokes, 0)[end : end + reach + 1].argmin()
    )


def _components(mask: Image) -> _Components:
    found = runs_of_pieces(mask).figures[1:].astype(np.int64)
    return _Components(found[:, cv2.CC_STAT_HEIGHT], found[:, cv2.CC_STAT_WIDTH], found[:, cv2.CC_STAT_AREA])


def _speck_share(black: _Components, band: Image, dpi: int) -> float:
    """Share of the ink that is dust on paper or pinholes in strokes; these are counted in a quarter of the band."""
    eighth = band.shape[1] // 8
    band = band[:, 3 * eighth : 5 * eighth]
    largest = max(_SPECK_AREA * (dpi / 300) ** 2, 1.0)
    ink, ink_of_band = int(black.areas.sum()), cv2.countNonZero(band)
    if not ink or not ink_of_band:
        return 0.0
    areas = _components(as_image(cv2.bitwise_not(band))).areas
    dust = int(black.areas[black.areas <= largest].sum())
    holes = int(areas[areas <= largest].sum())
    return min(dust / ink + holes / ink_of_band, 1.0)


def _letter_height(black: _Components, dpi: int) -> float:
    """The height of letters without stems: the lowest that very many pieces share; 0 when there are no letters.

    Pieces count by their widths: marks are as many as letters, but narrow.
    """
    low, high = (mm / MM_PER_INCH * dpi for mm in _LETTER_MM)
    heights, widths = black.heights, black.widths
    letters = (heights >= max(low, 4)) & (heights <= high) & (widths <= 6 * heights) & (widths * 5 >= heights)
    if np.count_nonzero(letters) < 8:
        return 0.0
    votes = np.bincount(heights[letters], weights=widths[letters], minlength=int(high) + 3)
    smooth = np.convolve(votes, (0.25, 0.5, 0.25), mode="same")
    lowest = int(np.flatnonzero(smooth >= _SHARED * smooth.max())[0])
    falls = np.flatnonzero(np.diff(smooth[lowest:], append=-1.0) < 0)
    peak = smooth[lowest + int(falls[0])]
    return float(lowest + np.flatnonzero(smooth[lowest:] >= _FOOT * peak)[0])


def is_bilevel(gray: Image) -> bool:
    """Whether there is only black and white, as a fax sends it; drawn anew by a viewer, its edges alone are gray."""
    few = np.ascontiguousarray(gray[::4, ::4])
    counts = cv2.calcHist([few], [0], None, [256], [0, 256])
    return bool(counts[_BLACK + 1 : _WHITE].sum() < counts[: _BLACK + 1].sum())
