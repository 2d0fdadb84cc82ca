"""The word vectors: what they say of words, and which tokens have one."""

from __future__ import annotations

import numpy as np
import pytest

from engine.harmony.encoding import load_encoding
from engine.models.demo.word_vectors import DIMENSIONS, load_word_vectors
from engine.models.demo.word_vectors.rebuild import choose_words, spread


def likeness(first: str, second: str) -> float:
    """Return the cosine between the vectors of two words."""
    known, encode = load_word_vectors(), load_encoding().encode
    a, b = (
        known.vectors[known.of_token[encode(f" {word}")[0]]].astype(float)
        for word in (first, second)
    )
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_words_of_like_meaning_lie_near_each_other():
    for near, word, far in (
        ("verse", "poem", "tractor"),
        ("begin", "start", "lemon"),
        ("pears", "apples", "president"),
    ):
        assert likeness(near, word) > 0.5 > likeness(far, word)


@pytest.mark.parametrize("text", ["table", " table", "Table", " Table"])
def test_a_word_has_one_vector_however_it_is_written(text: str):
    known = load_word_vectors()
    (token,) = load_encoding().encode(text)
    (plain,) = load_encoding().encode(" table")
    assert known.of_token[token] == known.of_token[plain] > 0


@pytest.mark.parametrize("text", ["7", "386", " seven", "+", ".", "<|end|>", " a"])
def test_numbers_and_marks_have_none(text: str):
    tokens = load_encoding().encode(text, allowed_special="all")
    known = load_word_vectors()
    assert not known.of_token[tokens].any()
    assert not known.vectors[0].any()


def test_the_vectors_fill_their_bytes_and_have_one_length():
    known = load_word_vectors()
    assert np.abs(known.vectors).max() == 127
    lengths = np.linalg.norm(known.vectors[1:] * known.scale, axis=1)
    assert np.allclose(lengths, DIMENSIONS**0.5, rtol=0.02)


def test_spreading_removes_what_all_vectors_share():
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(500, DIMENSIONS)) + 30 * rng.normal(size=DIMENSIONS)
    vectors += np.outer(rng.normal(size=500), rng.normal(size=DIMENSIONS)) * 10
    made = spread(vectors.astype(np.float32))
    assert np.allclose(np.linalg.norm(made, axis=1), DIMENSIONS**0.5, rtol=1e-4)
    assert np.abs(made.mean(0)).max() < 0.2
    assert np.linalg.svd(made, compute_uv=False)[0] < 1.6 * np.linalg.svd(made)[1][20]


def test_only_words_that_are_one_token_are_kept():
    assert choose_words(["the", "monday", "a", "it's", "qzxvbnm"]) == ["the", "monday"]
