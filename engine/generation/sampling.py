"""Chooses the next token from logits, by the definitions of each method.

In this order, as Hugging Face transformers applies them: temperature, top_k (Fan et al., arXiv
1805.04833), top_p (Holtzman et al., arXiv 1904.09751), min_p (Nguyen et al., arXiv 2407.01082).
"""

from __future__ import annotations

import mlx.core as mx

from engine.config.hyperparameters import Hyperparameters

EXCLUDED = float("-inf")


class Sampler:
    """Samples one turn's tokens; its random numbers depend on the seed alone."""

    def __init__(self, seed: int) -> None:
        """Begin the random numbers of a seed, 0 to 2**63 - 1."""
        self._key = mx.random.key(seed)

    def sample(self, logits: mx.array, hyperparameters: Hyperparameters) -> mx.array:
        """Return a token, int32 (1,), for float logits (1, vocab_size); nothing is evaluated."""
        if hyperparameters.temperature == 0:
            return mx.argmax(logits, axis=-1).astype(mx.int32)
        self._key, key = mx.random.split(self._key)
        scores = restrict(logits.astype(mx.float32), hyperparameters)
        return mx.random.categorical(scores, key=key).astype(mx.int32)


def restrict(logits: mx.array, hyperparameters: Hyperparameters) -> mx.array:
    """Return tempered logits, float32 (1, vocab_size), with -inf for tokens that are excluded."""
    scores = logits / hyperparameters.temperature
    if 0 < hyperparameters.top_k < scores.shape[-1]:
        scores = keep_top_k(scores, hyperparameters.top_k)
    if hyperparameters.top_p < 1:
        scores = keep_top_p(scores, hyperparameters.top_p)
    if hyperparameters.min_p > 0:
        scores = keep_min_p(scores, hyperparameters.min_p)
    return scores


def keep_top_k(scores: mx.array, count: int) -> mx.array:
    """Keep the ``count`` highest of (1, n) scores; of equal ones any."""
    chosen = mx.argpartition(-scores, kth=count - 1, axis=-1)[..., :count]
    kept = mx.full(scores.shape, EXCLUDED, dtype=scores.dtype)
    return mx.put_along_axis(kept, chosen, mx.take_along_axis(scores, chosen, axis=-1), axis=-1)


def keep_top_p(scores: mx.array, share: float) -> mx.array:
    """Keep the fewest of (1, n) scores whose probabilities add up to at least ``share``."""
    order = mx.argsort(-scores, axis=-1)
    ranked = mx.take_along_axis(scores, order, axis=-1)
    probabilities = mx.softmax(ranked, axis=-1, precise=True)
    before = mx.cumsum(probabilities, axis=-1) - probabilities
    # The likeliest always stays, however its probability is rounded.
    kept = (before < share) | (mx.arange(scores.shape[-1]) == 0)
    ranked = mx.where(kept, ranked, EXCLUDED)
    return mx.put_along_axis(scores, order, ranked, axis=-1)


def keep_min_p(scores: mx.array, share: float) -> mx.array:
    """Keep the (1, n) scores whose probability is at least ``share`` of the highest one."""
    threshold = mx.max(scores, axis=-1, keepdims=True) + mx.log(mx.array(share))
    return mx.where(scores >= threshold, scores, EXCLUDED)
