"""A small net that marks names in running text: the home of spaCy (extra `ner`).

The net is ours, trained by `scripts.train_ner`: `models/ner.cfg` says what it is made of, `models/ner.bin` are its
weights, `models/ner.md` is its card. It is given a paragraph cut into words and signs here, not by spaCy, so that every
mention keeps its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import compress
from typing import TYPE_CHECKING

from pipeline.config import models_dir
from pipeline.extract.names.mentions import KINDS, Mention

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Span = tuple[int, int]
_WORD = re.compile(r"\w+(?:[/\-.&’'‐]\w+)*|[^\w\s]")
"""A word with the numbers and signs that hang together with it, or a single sign."""
NOT_KEPT = ("vocab", "tokenizer")
"""Parts of a pipeline that are not in the file: the words of the texts it was taught with, and a cut we do not use."""
_BEFORE, _AFTER = 5, 10
"""How many words around one with a capital the net is shown. It sees four words to each side of the one it judges, and
a name may begin and go on in small letters; of a letter's words a third stand farther off."""
_LABELS = {kind.upper(): kind for kind in KINDS}


def is_installed() -> bool:
    """Whether the library that the net needs is there: `pip install 'congvan[ner]'`."""
    return find_spec("spacy") is not None


def mentions_by_net(texts: Sequence[str]) -> Iterator[tuple[Mention, ...]]:
    """For each paragraph the names that the net finds in it, apart from each other and in order.

    Raises:
        ModuleNotFoundError: spaCy is not installed; ask `is_installed` first.
    """
    net = _net()
    shown = [_near_capitals(text, _words(text)) for text in texts]
    docs = net.pipe(_doc(net.vocab, text, spans) for text, spans in zip(texts, shown, strict=True))
    for doc, spans in zip(docs, shown, strict=True):
        yield tuple(Mention(_LABELS[ent.label_], spans[ent.start][0], spans[ent.end - 1][1], "net") for ent in doc.ents)


def _words(text: str) -> list[Span]:
    return [match.span() for match in _WORD.finditer(text)]


def _near_capitals(text: str, words: list[Span]) -> list[Span]:
    near = bytearray(len(words))
    for at, (start, _) in enumerate(words):
        if text[start].isupper():
            first, end = max(0, at - _BEFORE), min(len(words), at + _AFTER + 1)
            near[first:end] = b"\1" * (end - first)
    return list(compress(words, near))


def cut(vocab: Vocab, text: str) -> Doc:
    """The paragraph as the net takes it; every place in it keeps its number of characters from the start.

    Args:
        vocab: the net's.
        text: words with single spaces between them, none before the first and after the last.
    """
    return _doc(vocab, text, _words(text))


def _doc(vocab: Vocab, text: str, spans: list[Span]) -> Doc:
    from spacy.tokens import Doc  # noqa: PLC0415 - an extra, loaded where names are looked for

    words = [text[start:end] for start, end in spans]
    return Doc(vocab, words, [text[end : end + 1] == " " for _, end in spans])


@lru_cache(maxsize=1)
def _net() -> Language:
    from spacy import util  # noqa: PLC0415 - an extra, and half a second to load
    from thinc.api import use_ops  # noqa: PLC0415 - comes with it

    with use_ops("numpy", use_blis=False):  # NumPy multiplies matrices twice as fast as what spaCy brings along
        net = util.load_model_from_config(util.load_config(models_dir() / "ner.cfg"))
    return net.from_bytes((models_dir() / "ner.bin").read_bytes(), exclude=NOT_KEPT)
