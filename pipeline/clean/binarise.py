"""Ink apart from paper: a page made smaller, its two brightnesses, its colour, and its ink as a mask."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.nouns import Image

_GRID = 8
"""Pixels of the page that become one pixel of its thumbnail, on each side, at 300 dpi."""


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """A gray page, and itself at half its size: all that looks at it from farther away begins with the half."""

    full: Image
    half: Image

    @classmethod
    def of(cls, gray: Image) -> Sizes:
        """A page whose half is made now."""
        return cls(gray, thumbnail(gray, 2))

    def thumbnail(self, factor: int = _GRID) -> Image:
        """As the function of that name makes it."""
        return thumbnail(self.half, factor // 2) if factor % 2 == 0 else thumbnail(self.full, factor)


def thumbnail(image: Image, factor: int = _GRID) -> Image:
    """The page made smaller by a whole factor, each pixel the mean of those it stands for; never empty."""
    height, width = image.shape[:2]
    size = (max(width // factor, 1), max(height // factor, 1))
    whole = image[: size[1] * factor, : size[0] * factor]  # without the rest OpenCV takes a fifth of the time
    while factor > 2 and factor % 2 == 0 and min(whole.shape[:2]) >= factor:  # halving is by far its fastest way
        factor //= 2
        half = (whole.shape[1] // 2, whole.shape[0] // 2)
        whole = as_image(cv2.resize(whole, half, interpolation=cv2.INTER_AREA))
    return as_image(cv2.resize(whole, size, interpolation=cv2.INTER_AREA))


def as_image(pixels: object) -> Image:
    """An array from OpenCV as the bytes that it holds."""
    return np.asarray(pixels, dtype=np.uint8)


def colour_of(rgb: Image) -> tuple[Image, Image]:
    """The brightest channel of each pixel, and by how much it outshines the darkest: how strongly it is coloured."""
    red, green, blue = cv2.split(rgb)
    bright = as_image(cv2.max(cv2.max(red, green), blue))
    return bright, as_image(cv2.subtract(bright, cv2.min(cv2.min(red, green), blue)))


def paper_of(small: Image) -> Image:
    """The brightness of the bare paper everywhere on a thumbnail: text is thinner than the window and vanishes."""
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9))
    bright = as_image(cv2.morphologyEx(small, cv2.MORPH_CLOSE, window, borderType=cv2.BORDER_REPLICATE))
    smooth = cv2.medianBlur(thumbnail(bright, 2), 7)
    return as_image(cv2.resize(smooth, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_LINEAR))


def threshold(gray: Image, every: int = 4) -> float:
    """The brightness that parts ink from paper best (Otsu 1979), from one row in so many and one column in four."""
    level, _ = cv2.threshold(np.ascontiguousarray(gray[::every, ::4]), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return float(level)


def evened(gray: Image, paper: Image) -> Image:
    """The page with its paper white everywhere: each pixel divided by the brightness of the paper around it."""
    height, width = gray.shape
    ground = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return as_image(cv2.divide(gray, ground, ground, scale=255))


def ink_level(even: Image, every: int = 4) -> float:
    """The brightness below which a pixel of an evened page is ink, from one row in so many."""
    return min(threshold(even, every), 200.0)


def ink_mask(gray: Image, paper: Image) -> Image:
    """255 where the page is clearly darker than the paper around it, else 0; uneven light does not matter."""
    even = evened(gray, paper)
    return darker(even, ink_level(even))


def darker(gray: Image, level: float) -> Image:
    """255 where the image is not brighter than a level, else 0."""
    return as_image(cv2.threshold(gray, level, 255, cv2.THRESH_BINARY_INV)[1])
