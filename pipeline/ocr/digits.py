"""Digits written by hand, stamped or typed on one line, read from a strip of ink by a small net in plain numpy.

The net sees the whole strip, printed letters at its ends included, and answers for each column a digit or nothing
(CTC; Graves et al. 2006), so touching digits need no cutting. `scripts/train_digits.py` makes `models/digits.npz`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.nouns import Image

Floats = NDArray[np.float32]

STRIP_HEIGHT = 48
"""Pixels of a strip, top to bottom."""
SMALL_LETTER = 9
"""Pixels in a strip of a printed letter without stem, as `x`."""
BASELINE = 33
"""Row of a strip on which printed letters stand."""
DIGITS = "0123456789"
_BLANK = len(DIGITS)
_BEAM = 12
_SURELY_NONE = 0.9999
"""Probability of no digit from which a column can only end the digit before it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Digits that may stand on a strip, and the probability that they, and no others, do."""

    text: str
    probability: float


_NOTHING = Reading("", 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class DigitNet:
    """The weights of the net, layer by layer, and how its probabilities are tempered to mean what they say."""

    kernels: tuple[Floats, ...]
    """Output channels x input channels x rows x columns."""
    biases: tuple[Floats, ...]
    pools: tuple[tuple[int, int], ...]
    """Rows and columns that are drawn together after each layer."""
    temperature: float


def load_net(path: Path) -> DigitNet:
    """The net in a file that `scripts/train_digits.py` wrote."""
    with np.load(path) as stored:
        count = sum(name.startswith("kernel") for name in stored.files)
        return DigitNet(
            kernels=tuple(stored[f"kernel{i}"].astype(np.float32) for i in range(count)),
            biases=tuple(stored[f"bias{i}"].astype(np.float32) for i in range(count)),
            pools=tuple((int(rows), int(columns)) for rows, columns in stored["pools"]),
            temperature=float(stored["temperature"]),
        )


def as_ink(strip: Image) -> Floats:
    """A gray strip as ink, 0 bare paper to 1 full ink, whatever the paper's and the pen's brightness."""
    paper, dark = np.percentile(strip, (75, 1)).tolist()
    spread = max(paper - dark, 48.0)
    return np.asarray(np.clip((paper - strip.astype(np.float32)) / spread, 0, 1), dtype=np.float32)


def column_scores(net: DigitNet, strips: Sequence[Floats]) -> list[Floats]:
    """For each strip the log probability of each digit, and of none, at every second column: columns x 11."""
    widths = [strip.shape[1] for strip in strips]
    batch = np.zeros((1, len(strips), STRIP_HEIGHT, max(widths)), np.float32)
    for row, strip in zip(batch[0], strips, strict=True):
        row[:, : strip.shape[1]] = strip
    layers = list(zip(net.kernels, net.biases, net.pools, strict=True))
    for kernel, bias, pool in layers[:-1]:
        batch = _pooled(np.maximum(_convolved(batch, kernel, bias), 0), pool)
    kernel, bias, _ = layers[-1]
    logits = _convolved(batch, kernel, bias)[:, :, 0, :].transpose(1, 2, 0) / net.temperature
    logits -= logits.max(axis=2, keepdims=True)
    scores = logits - np.log(np.exp(logits).sum(axis=2, keepdims=True))
    return [s[: max(width // 2, 1)] for s, width in zip(scores, widths, strict=True)]


def _convolved(batch: Floats, kernel: Floats, bias: Floats) -> Floats:
    """The batch (channels x strips x rows x columns) convolved, in one product of matrices.

    Columns keep their number, rows too unless the kernel is as high as the batch.
    """
    channels, count, height, width = batch.shape
    _, _, rows, columns = kernel.shape
    high = 0 if height == rows else rows // 2
    padded = np.zeros((channels, count, height + 2 * high, width + columns - 1), np.float32)
    padded[:, :, high : high + height, columns // 2 : columns // 2 + width] = batch
    height = padded.shape[2] - rows + 1
    around = np.empty((channels, rows, columns, count, height, width), np.float32)
    for row in range(rows):
        for column in range(columns):
            around[:, row, column] = padded[:, :, row : row + height, column : column + width]
    out = kernel.reshape(len(kernel), -1) @ around.reshape(-1, count * height * width)
    out += bias[:, None]
    return out.reshape(len(kernel), count, height, width)


def _pooled(batch: Floats, pool: tuple[int, int]) -> Floats:
    """The largest of each block of pixels; odd rows and columns at the end fall away."""
    rows, columns = pool
    cut = batch[:, :, : batch.shape[2] // rows * rows, : batch.shape[3] // columns * columns]
    out = cut[:, :, ::rows, ::columns]
    for row, column in product(range(rows), range(columns)):
        out = np.maximum(out, cut[:, :, row::rows, column::columns])
    return out


def likeliest(scores: Floats, beam: int = _BEAM) -> tuple[Reading, ...]:
    """The likeliest digit strings of a strip, best first (prefix beam search; Hannun et al. 2014)."""
    chances = np.exp(scores.astype(np.float64))
    # For each prefix the chance that it ends in a blank column, and in a column of its last digit.
    prefixes: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for column in chances:
        if column[_BLANK] > _SURELY_NONE:
            prefixes = {text: (blank + digit, 0.0) for text, (blank, digit) in prefixes.items()}
            continue
        grown: dict[str, tuple[float, float]] = {}
        for prefix, (blank, digit) in prefixes.items():
            _grow(grown, prefix, (blank, digit), column)
        best = sorted(grown.items(), key=lambda item: -sum(item[1]))[:beam]
        prefixes = dict(best)
    return tuple(Reading(text, min(sum(ends), 1.0)) for text, ends in prefixes.items())


def _grow(grown: dict[str, tuple[float, float]], prefix: str, ends: tuple[float, float], column: object) -> None:
    """Add to `grown` what a prefix becomes with one more column."""
    chance = np.asarray(column)
    blank, digit = ends
    had_blank, had_digit = grown.get(prefix, (0.0, 0.0))
    stays = digit * chance[int(prefix[-1])] if prefix else 0.0
    grown[prefix] = (had_blank + (blank + digit) * float(chance[_BLANK]), had_digit + float(stays))
    for index in np.flatnonzero(chance[:_BLANK] > 1e-3).tolist():
        longer = prefix + DIGITS[index]
        before = blank if prefix and prefix[-1] == DIGITS[index] else blank + digit
        had_blank, had_digit = grown.get(longer, (0.0, 0.0))
        grown[longer] = (had_blank, had_digit + before * float(chance[index]))


def read_digits(net: DigitNet, views: Sequence[Floats], fits: Callable[[str], bool]) -> Reading:
    """The digits on which several views of one strip agree best, among those that `fits` allows.

    The probability is the mean over the views, so that a reading which hangs on one way to cut or scale the strip is
    unsure. It is 0, with an empty text, when a strip without digits is likelier, or nothing that fits was seen.
    """
    total: dict[str, float] = {}
    for scores in column_scores(net, views):
        for reading in likeliest(scores):
            total[reading.text] = total.get(reading.text, 0.0) + reading.probability / len(views)
    fitting = [Reading(text, chance) for text, chance in total.items() if fits(text)]
    best = max(fitting, key=lambda r: r.probability, default=_NOTHING)
    return best if best.probability > total.get("", 0.0) else _NOTHING


def cut_strip(gray: Image, baseline: float, small_letter: float, ends: tuple[int, int]) -> Floats:
    """The ink between two columns of a page, brought to the size the net knows, as a strip.

    Args:
        gray: the page.
        baseline: row on which the printed letters of the line stand.
        small_letter: height in pixels of a printed letter without stem.
        ends: first column, and the one after the last.
    """
    scale = SMALL_LETTER / small_letter
    top = baseline - BASELINE / scale
    width = max(round((ends[1] - ends[0]) * scale), 8)
    matrix = np.array([[1 / scale, 0, ends[0]], [0, 1 / scale, top]], dtype=np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    sigma = 0.4 / scale if scale < 0.7 else 0.0
    rim = math.ceil(4 * sigma) + 2
    left = min(max(ends[0] - rim, 0), gray.shape[1] - 1)
    high = min(max(math.floor(top) - rim, 0), gray.shape[0] - 1)
    low = max(math.ceil(top + STRIP_HEIGHT / scale) + rim, high + 1)
    right = max(math.ceil(ends[0] + width / scale) + rim, left + 1)
    around = gray[high:low, left:right]
    matrix -= [[0, 0, left], [0, 0, high]]
    soft = cv2.GaussianBlur(around, (0, 0), sigma) if sigma else around
    strip = cv2.warpAffine(soft, matrix, (width, STRIP_HEIGHT), flags=flags, borderValue=(255,))
    return as_ink(np.asarray(strip, dtype=np.uint8))
