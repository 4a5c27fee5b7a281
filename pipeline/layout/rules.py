"""Rules on a page: long thin runs of ink, which letters are not, and which of them touch each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.runs import Runs, runs_of
from pipeline.nouns import Image
from pipeline.pixels import as_gray

WORKING_DPI = 150
"""Rules are looked for at this resolution: a hairline is still one pixel, and the search costs a quarter."""
SHORTEST_RUN = 0.18
"""Inches of unbroken ink that make a piece of a rule; the stem of a capital is 0.14."""
GAP = 0.16
"""Inches that a rule may be broken."""
SHORTEST_RULE = 0.28
"""Inches of a whole rule: a low row of a table."""
THICKEST = 0.05
"""Inches across a rule; anything thicker is a bar, a photograph or a blot."""
SMALLEST = (0.8, 0.2)
"""Inches across and down of the smallest table."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The rules of one direction: where there is rule, as a mask, and its pieces as x, y, width, height."""

    mask: Image
    pieces: NDArray[np.int32]
    seeds: NDArray[np.int32]
    """A pixel of each piece, as x, y."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """The pieces of rules that touch each other, level ones and upright ones, as x, y, width, height."""

    rows: NDArray[np.int32]
    cols: NDArray[np.int32]


def working_ink(image: Image, scale: float) -> Image:
    """Ink as 255, so many times smaller; the darkest of pixels that fall together counts, or hairlines vanish."""
    gray = as_gray(image)
    if scale > 1.2:
        gray = _darkest(gray, scale)
    paper = cv2.blur(gray, (41, 41))
    return np.asarray(cv2.threshold(cv2.subtract(paper, gray), 24, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _darkest(gray: Image, scale: float) -> Image:
    """The image smaller, each pixel the darkest of those around its place: of rows first, of columns turned to rows."""
    reach = max(2, round(scale))
    for _ in ("down", "across"):
        rows = len(gray)
        size = max(1, round(rows / scale))
        at = (np.arange(size) * (rows / size)).astype(np.intp)
        darkest = np.take(gray, np.maximum(at - reach // 2, 0), axis=0)
        for step in range(1 - reach // 2, reach - reach // 2):
            np.minimum(darkest, np.take(gray, np.clip(at + step, 0, rows - 1), axis=0), out=darkest)
        gray = np.asarray(cv2.transpose(darkest), dtype=np.uint8)
    return gray


def rules_in(ink: Image, dpi: float, *, upright: bool) -> Rules:
    """The rules of one direction, their small gaps closed.

    Args:
        ink: not 0 where ink is.
        dpi: its resolution.
        upright: whether rules down the page are looked for, or across it.
    """
    runs = runs_of(ink, upright=upright).of_length(_px(SHORTEST_RUN, dpi))
    mask = np.zeros_like(ink)
    found = list(_pieces(runs, dpi)) if runs.any() else []
    for outline, _ in found:
        cv2.drawContours(mask, [outline], -1, 255, cv2.FILLED)
    boxes = np.array([box for _, box in found], dtype=np.int32).reshape(-1, 4)
    return Rules(mask, boxes, np.array([outline[0, 0] for outline, _ in found], dtype=np.int32).reshape(-1, 2))


def _px(inches: float, dpi: float) -> int:
    return max(3, round(inches * dpi))


def _pieces(runs: Runs, dpi: float) -> Iterator[tuple[NDArray[np.int32], tuple[int, int, int, int]]]:
    """The outline of each piece of a rule, and its box; what is too short, too thick or too slanted is none."""
    whole = cv2.dilate(runs.bridged(_px(GAP, dpi)).mask(), np.ones((1, 3) if runs.upright else (3, 1), np.uint8))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        x, y, width, height = cv2.boundingRect(outline)
        length, across = (height, width) if runs.upright else (width, height)
        if length < SHORTEST_RULE * dpi or across > 0.1 * length + 8:
            continue
        if cv2.contourArea(outline) / length <= THICKEST * dpi + 2:
            yield np.asarray(outline, dtype=np.int32), (x, y, width, height)


def regions(across: Rules, down: Rules, dpi: float) -> Iterator[Region]:
    """The rules that touch each other, large enough for a table; a frame around a table is a region of its own."""
    reach = max(3, round(0.03 * dpi)) | 1
    joined = cv2.dilate(cv2.bitwise_or(across.mask, down.mask), np.ones((reach, reach), np.uint8))
    _, labels = cv2.connectedComponentsWithAlgorithm(joined, 8, cv2.CV_32S, cv2.CCL_BBDT)
    owners = [labels[rules.seeds[:, 1], rules.seeds[:, 0]] for rules in (across, down)]
    for label in np.unique(np.concatenate(owners)):
        rows, cols = across.pieces[owners[0] == label], down.pieces[owners[1] == label]
        width, height = _extent(np.concatenate((rows, cols)), reach, (joined.shape[1], joined.shape[0]))
        if width >= SMALLEST[0] * dpi and height >= SMALLEST[1] * dpi:
            yield Region(rows, cols)


def _extent(boxes: NDArray[np.int32], reach: int, size: tuple[int, int]) -> tuple[int, int]:
    """Width and height of what the boxes, and what lies around them, take of a page of that size."""
    start = np.maximum(boxes[:, :2].min(axis=0) - reach // 2, 0)
    end = np.minimum((boxes[:, :2] + boxes[:, 2:]).max(axis=0) + reach // 2, size)
    width, height = (end - start).tolist()
    return width, height
