"""A look at a page's pixels before anything is done to them: figures only, no decision."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.clean.binarise import colour_of, ink_mask, paper_of
from pipeline.nouns import MM_PER_INCH, Image, Judgement
from pipeline.pixels import pieces

_BANDS = 3
"""Bands of the page, those with most ink, that stand for all of it where single pixels are counted."""
_SPECK_AREA = 9.0
"""Pixels of the largest speck at 300 dpi: 0.25 mm across; the dot of an `i` at 10 points has 16."""
_LETTER_MM = (0.9, 5.0)
"""Heights between which a component can be a letter."""
_SHARED = 0.6
"""Share of the commonest height's votes that makes another common: headings are all capitals."""
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


def judge(gray: Image, dpi: int, scanned: AsScanned) -> Judgement:
    """What the pixels of an upright gray page tell, beside what its scan told."""
    paper = paper_of(gray)
    mask = ink_mask(gray, paper)
    ink_pixels = cv2.countNonZero(mask)
    ink_share = ink_pixels / mask.size
    black = _components(_busiest_bands(mask, dpi, _BANDS))
    ink_level = cv2.sumElems(cv2.bitwise_and(gray, mask))[0] / ink_pixels if ink_pixels else 255.0
    low, high = np.percentile(paper, (5, 95))
    return Judgement(
        dpi=dpi,
        text_height=_letter_height(black, dpi),
        noise=_speck_share(black, _busiest_bands(mask, dpi, 1), dpi),
        contrast=max(float(np.median(paper)) - ink_level, 0.0) / 255 if ink_share > 0 else 0.0,
        shading=float(high - low) / 255,
        skew=scanned.skew,
        ink=ink_share,
        bilevel=scanned.bilevel,
        colour=scanned.colour,
    )


def colour_share(image: Image) -> float:
    """Share of the page's pixels that are strongly coloured; 0 for a gray page."""
    if image.ndim == 2:
        return 0.0
    _, chroma = colour_of(np.ascontiguousarray(image[::4, ::4]))
    return float(np.count_nonzero(chroma > _COLOUR_CHROMA)) / chroma.size


def _busiest_bands(mask: Image, dpi: int, count: int) -> Image:
    """The horizontal bands with most ink, one below the other: an inch each."""
    step = max(dpi, 16)
    starts = range(0, mask.shape[0], step)
    ink = [int(np.count_nonzero(mask[y : y + step])) for y in starts]
    best = sorted(sorted(range(len(ink)), key=lambda i: -ink[i])[:count])
    return np.vstack([mask[i * step : (i + 1) * step] for i in best])


def _components(mask: object) -> _Components:
    _, stats = pieces(np.asarray(mask, dtype=np.uint8))
    found = stats[1:].astype(np.int64)
    return _Components(found[:, cv2.CC_STAT_HEIGHT], found[:, cv2.CC_STAT_WIDTH], found[:, cv2.CC_STAT_AREA])


def _speck_share(black: _Components, band: Image, dpi: int) -> float:
    """Share of the ink that is dust on paper or pinholes in strokes; these are counted in one band of the mask."""
    largest = max(_SPECK_AREA * (dpi / 300) ** 2, 1.0)
    ink, ink_of_band = int(black.areas.sum()), cv2.countNonZero(band)
    if not ink or not ink_of_band:
        return 0.0
    white = _components(cv2.bitwise_not(band))
    dust = int(black.areas[black.areas <= largest].sum())
    holes = int(white.areas[white.areas <= largest].sum())
    return min(dust / ink + holes / ink_of_band, 1.0)


def _letter_height(black: _Components, dpi: int) -> float:
    """The height of letters without stems: the lowest that very many pieces share; 0 when there are no letters."""
    low, high = (mm / MM_PER_INCH * dpi for mm in _LETTER_MM)
    heights, widths = black.heights, black.widths
    letters = (heights >= max(low, 4)) & (heights <= high) & (widths <= 6 * heights) & (widths * 5 >= heights)
    if np.count_nonzero(letters) < 8:
        return 0.0
    votes = np.bincount(heights[letters], minlength=int(high) + 3).astype(np.float64)
    smooth = np.convolve(votes, (0.25, 0.5, 0.25), mode="same")
    return float(np.flatnonzero(smooth >= _SHARED * smooth.max())[0])


def is_bilevel(gray: Image) -> bool:
    """Whether there is only black and white, as a fax sends it; drawn anew by a viewer, its edges alone are gray."""
    few = gray[::4, ::4]
    black = np.count_nonzero(few <= _BLACK)
    return bool(np.count_nonzero((few > _BLACK) & (few < _WHITE)) < black)
