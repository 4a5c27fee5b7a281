"""How sure a reading is: each word weighed against its rivals, its neighbours held fast."""

from __future__ import annotations

import numpy as np

from pipeline.repair.decode import NONE, extend
from pipeline.repair.ngrams import Ids, Ngrams, Scores

REACH = 3
"""Words before and after that the n-grams of order 4 can see."""


def window_scores(windows: Ids, model: Ngrams) -> Scores:
    """For each row of 7 word ids (3 before, the word, 3 after; NONE for nothing): the log probability of the last 4."""
    count = len(windows)
    words = np.full((count, 3), NONE, np.int64)
    backoff = np.zeros((count, 3), np.float32)
    total = np.zeros(count, np.float32)
    for at in range(windows.shape[1]):
        here = np.flatnonzero(windows[:, at] >= 0)
        grown_words, grown_backoff, gain = extend(words[here], backoff[here], windows[here, at], model)
        words[here], backoff[here] = grown_words, grown_backoff
        if at >= REACH:
            total[here] += gain
    return total


def rival_scores(path: Ids, position: Ids, rival: Ids, model: Ngrams) -> Scores:
    """What the language model gives each rival word id in its position of the path, neighbours as they are."""
    padded = np.concatenate([np.full(REACH, NONE), path, np.full(REACH, NONE)])
    windows = padded[position[:, None] + np.arange(2 * REACH + 1)]
    windows[:, REACH] = rival
    return window_scores(windows, model)
