"""The language model: n-grams of syllables in a memory-mapped file, asked by the array.

Order 1 is a plain table. From order 2 on, an n-gram is found by a hash of its word ids: the high bits name a bucket,
24 low bits are its fingerprint there. A foreign n-gram is taken for a known one about once in four million questions,
which costs less than keys of 8 bytes would. Probabilities and back-off weights are natural logarithms in steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.packing import load_arrays, save_arrays
from pipeline.repair.runs import runs

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]

BITS = 16
_PROB_STEP = 0.08
_BACKOFF_STEP = 0.03
_PER_BUCKET = 4
_MIX1 = np.uint64(0x9E3779B97F4A7C15)
_MIX2 = np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class Level:
    """The n-grams of one order: bucket borders, fingerprints in bucket order, scores in steps."""

    offsets: NDArray[np.uint32]
    marks: NDArray[np.uint16]
    """The low 16 bits of the fingerprint."""
    checks: NDArray[np.uint8]
    """Its high 8 bits."""
    prob: NDArray[np.uint8]
    backoff: NDArray[np.uint8] | None
    shift: np.uint64
    log_prob: Scores
    """Log probability of each step."""
    log_backoff: Scores

    def find(self, keys: NDArray[np.uint64]) -> Ids:
        """For each packed n-gram its row, or -1 when it is not in the model."""
        mixed = _mix(keys)
        bucket = (mixed >> self.shift).astype(np.int64)
        start = self.offsets[bucket].astype(np.int64)
        size = self.offsets[bucket + 1] - start
        mark = (mixed & np.uint64(0xFFFF)).astype(np.uint16)
        check = ((mixed >> np.uint64(16)) & np.uint64(0xFF)).astype(np.uint8)
        which, row = runs(start, size)
        alike = np.flatnonzero(self.marks[row] == mark[which])
        which, row = which[alike], row[alike]
        sure = self.checks[row] == check[which]
        rows = np.full(len(keys), -1, np.int64)
        rows[which[sure]] = row[sure]
        return rows


@dataclass(frozen=True, slots=True)
class Ngrams:
    """The model: word ids below `size`, and how likely each is after the words before it."""

    size: int
    order: int
    unigram: Scores
    unigram_backoff: Scores
    levels: tuple[Level, ...]
    """Orders 2, 3, …"""


def load_ngrams(path: Path) -> Ngrams:
    """The model of a file that `pack_levels` wrote.

    Raises:
        ConfigError: the file is missing or damaged.
    """
    arrays, facts = load_arrays(path)
    levels = []
    for order in range(2, facts["order"] + 1):
        offsets = np.asarray(arrays[f"offsets{order}"])
        levels.append(
            Level(
                offsets,
                np.asarray(arrays[f"marks{order}"]),
                np.asarray(arrays[f"checks{order}"]),
                np.asarray(arrays[f"prob{order}"]),
                np.asarray(arrays[f"backoff{order}"]) if f"backoff{order}" in arrays else None,
                np.uint64(facts[f"shift{order}"]),
                np.arange(256, dtype=np.float32) * np.float32(-_PROB_STEP),
                np.arange(256, dtype=np.float32) * np.float32(-_BACKOFF_STEP),
            )
        )
    return Ngrams(
        facts["size"],
        facts["order"],
        np.asarray(arrays["unigram"]),
        np.asarray(arrays["unigram_backoff"]),
        tuple(levels),
    )


def pack_levels(
    path: Path,
    size: int,
    levels: list[tuple[NDArray[np.uint64], NDArray[np.float64], NDArray[np.float64]]],
    facts: dict[str, Any],
) -> None:
    """Write n-grams to a file: for each order the packed keys, probabilities and back-off weights.

    A word of the vocabulary that was never counted gets the least probability.
    """
    keys, prob, backoff = levels[0]
    unigram = np.full(size, np.log(prob.min()), np.float32)
    unigram[keys.astype(np.int64)] = np.log(prob)
    unigram_backoff = np.zeros(size, np.float32)
    unigram_backoff[keys.astype(np.int64)] = np.log(backoff)
    arrays: dict[str, NDArray[Any]] = {"unigram": unigram, "unigram_backoff": unigram_backoff}
    facts = {**facts, "size": size, "order": len(levels)}
    for order, (keys, prob, backoff) in enumerate(levels[1:], start=2):
        bits = max(int(np.ceil(np.log2(max(len(keys), 2) / _PER_BUCKET))), 1)
        mixed = _mix(keys)
        shift = np.uint64(64 - bits)
        by_bucket = np.argsort(mixed, kind="stable")
        buckets = (mixed >> shift).astype(np.int64)
        counts = np.bincount(buckets, minlength=1 << bits)
        arrays[f"offsets{order}"] = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
        arrays[f"marks{order}"] = (mixed & np.uint64(0xFFFF)).astype(np.uint16)[by_bucket]
        arrays[f"checks{order}"] = ((mixed >> np.uint64(16)) & np.uint64(0xFF)).astype(np.uint8)[by_bucket]
        arrays[f"prob{order}"] = _steps(prob, _PROB_STEP)[by_bucket]
        if order < len(levels):
            arrays[f"backoff{order}"] = _steps(np.minimum(backoff, 1.0), _BACKOFF_STEP)[by_bucket]
        facts[f"shift{order}"] = int(shift)
    save_arrays(path, arrays, facts)


def _steps(values: NDArray[np.float64], step: float) -> NDArray[np.uint8]:
    return np.clip(np.rint(-np.log(values) / step), 0, 255).astype(np.uint8)


def _mix(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of the key into every bit of the hash (a finaliser in the manner of splitmix64)."""
    mixed = keys * _MIX1
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX2
    mixed ^= mixed >> np.uint64(32)
    return mixed
