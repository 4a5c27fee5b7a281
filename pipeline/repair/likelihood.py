"""How likely words are one after the other: n-grams of order 4 with back-off, asked for many places at once.

What the model knows of the words before a place is its context: the last three of them, and the back-off weights of
the last one, two and three together.
"""

from __future__ import annotations

import numpy as np

from pipeline.repair.ngrams import BITS, Ids, Ngrams, Scores

NONE = -1
"""No word: before the first and after the last."""
REACH = 3
"""Words before and after that n-grams of order 4 can see."""


def extend(words: Ids, backoff: Scores, word: Ids, model: Ngrams) -> tuple[Ids, Scores, Scores]:
    """The contexts (n x 3 words, n x 3 back-off weights) after one more word each, and that word's log probability."""
    rows = _rows(words, word, model)
    longer = np.concatenate([words[:, 1:], word[:, None]], axis=1)
    return longer, _after(rows, word, model), _gain(rows, word, backoff, model)


def along(words: Ids, model: Ngrams) -> tuple[Ids, Scores, Scores]:
    """Of running text: the context after each word (words, back-off weights), and each word's log probability.

    Texts that know nothing of one another may follow one another, `REACH` times NONE between them.
    """
    padded = np.concatenate([np.full(REACH, NONE, np.int64), words])
    contexts = np.lib.stride_tricks.sliding_window_view(padded, REACH)
    rows = _rows(contexts[:-1], words, model)
    after = np.where((words >= 0)[:, None], _after(rows, words, model), np.float32(0))
    before = np.concatenate([np.zeros((1, REACH), np.float32), after[:-1]])
    gain = np.where(words >= 0, _gain(rows, words, before, model), np.float32(0))
    return contexts[1:], after, gain


def _rows(words: Ids, word: Ids, model: Ngrams) -> Ids:
    """For each word and the three before it the rows of their n-grams of order 2, 3 and 4, -1 for one never seen.

    A longer one is looked for only where the shorter one was seen, as it was counted.
    """
    rows = np.full((len(word), len(model.levels)), -1, np.int64)
    seen = np.flatnonzero(word >= 0)
    packed = word[seen].astype(np.uint64)
    for number, level in enumerate(model.levels):
        older = words[seen, REACH - 1 - number]
        known = older >= 0
        seen = seen[known]
        packed = packed[known] | (older[known].astype(np.uint64) << np.uint64(BITS * (number + 1)))
        found = level.find(packed)
        hit = found >= 0
        seen, packed = seen[hit], packed[hit]
        if not len(seen):
            break
        rows[seen, number] = found[hit]
    return rows


def _after(rows: Ids, word: Ids, model: Ngrams) -> Scores:
    """The back-off weights of the contexts that end in each word."""
    after = np.zeros((len(word), REACH), np.float32)
    after[:, 0] = model.unigram_backoff[word]
    for number, level in enumerate(model.levels[:-1]):
        seen = np.flatnonzero(rows[:, number] >= 0)
        if level.backoff is not None:
            after[seen, number + 1] = level.log_backoff[level.backoff[rows[seen, number]]]
    return after


def _gain(rows: Ids, word: Ids, backoff: Scores, model: Ngrams) -> Scores:
    """The log probability of each word: of its longest n-gram that was seen, and the weights of contexts given up."""
    gain: Scores = model.unigram[word] + backoff.sum(axis=1)
    for number, level in enumerate(model.levels):
        seen = np.flatnonzero(rows[:, number] >= 0)
        gain[seen] = level.log_prob[level.prob[rows[seen, number]]] + backoff[seen, number + 1 :].sum(axis=1)
    return gain
