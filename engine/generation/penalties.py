"""Changes logits by what was said before: bias, repetition, frequency and presence, and DRY.

In this order, as llama.cpp and text-generation-webui apply them, each to the result of the one
before. The newest tokens may still be on their way on the device; all but DRY work on them there,
so that the next step can be built before they are known.

Control tokens are exempt from everything but the bias: they are the format, not the text, and a
model that is kept from ending a message goes on without end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import mlx.core as mx
import numpy as np

from engine.config.hyperparameters import Hyperparameters
from engine.generation.history import History
from engine.generation.segment import Tokens

LONGEST_MATCH = 50
"""DRY looks at no longer repeats, as text-generation-webui does: its powers would overflow."""


class Exemptions:
    """The tokens that penalties spare, made ready once for a whole answer."""

    def __init__(
        self, control_tokens: Collection[int] = (), breakers: Collection[int] = ()
    ) -> None:
        """Take them.

        Args:
            control_tokens: take part in no penalty.
            breakers: tokens that DRY matches no repeat across, besides the control tokens.
        """
        self.breakers = frozenset(control_tokens) | frozenset(breakers)
        self.spared = mx.array(sorted(control_tokens), dtype=mx.int32)[None]
        """The control tokens, int32 (1, n)."""


def penalize(
    logits: mx.array, history: History, chosen: Hyperparameters, exempt: Exemptions
) -> mx.array:
    """Return float32 logits (1, vocab_size) with everything applied that is switched on.

    Args:
        logits: float32 (1, vocab_size), as the model gives them.
        history: what was said before.
        chosen: what is switched on.
        exempt: what is spared.
    """
    biased = add_biases(logits, chosen.biases)
    scores = biased
    if chosen.repetition_penalty != 1:
        recent = history.recent(chosen.repetition_window)
        scores = penalize_repetition(scores, recent, chosen.repetition_penalty)
    if chosen.frequency_penalty or chosen.presence_penalty:
        scores = penalize_counts(
            scores, *history.generated(), chosen.frequency_penalty, chosen.presence_penalty
        )
    if chosen.dry_multiplier:
        said = history.read(chosen.dry_window)
        lengths = measure_continuations(said, exempt.breakers)
        scores = penalize_continuations(scores, lengths, chosen)
    if scores is biased or not exempt.spared.size:
        return scores
    unchanged = mx.take_along_axis(biased, exempt.spared, -1)
    return mx.put_along_axis(scores, exempt.spared, unchanged, -1)


def add_biases(logits: mx.array, biases: Mapping[int, float]) -> mx.array:
    """Add to the logits (1, vocab_size) of the tokens named, and to no other.

    A token that the vocabulary does not have is passed over. Source: OpenAI's API reference,
    ``logit_bias``.
    """
    known = {token: bias for token, bias in biases.items() if token < logits.shape[-1]}
    return _add(logits, known)


def penalize_repetition(logits: mx.array, recent: mx.array, penalty: float) -> mx.array:
    """Divide positive logits (1, vocab_size) of ``recent`` tokens, int32 (n,), by the penalty.

    Negative ones are multiplied by it, so that both fall; a token falls once, however often it is
    there. Source: Keskar et al., arXiv 1909.05858, with the sign as in transformers.
    """
    tokens = recent[None]
    before = mx.take_along_axis(logits, tokens, axis=-1)
    after = mx.where(before < 0, before * penalty, before / penalty)
    return mx.put_along_axis(logits, tokens, after, axis=-1)


def penalize_counts(
    logits: mx.array, generated: mx.array, counts: mx.array, frequency: float, presence: float
) -> mx.array:
    """Subtract from logits (1, vocab_size) for the tokens that were generated, int32 (n,).

    They were as often as ``counts``, float32 (n,), says; of a token that stands there several
    times, its counts are added up. A token loses ``presence`` once and ``frequency`` for each time
    that it was generated. Source: OpenAI's API reference; counted over the answer alone, as vLLM
    does.
    """
    tokens = generated[None]
    present = mx.take_along_axis(logits, tokens, axis=-1) - presence
    logits = mx.put_along_axis(logits, tokens, present, axis=-1)
    return logits.at[:, generated].subtract((frequency * counts).astype(logits.dtype))


def measure_continuations(said: Tokens, breakers: Collection[int]) -> dict[int, int]:
    """Return the tokens that would carry a repeat on, and how long that repeat is already.

    A token is one if it followed, earlier in ``said``, the same tokens that now stand at the
    end; its length is how many of them are the same, up to ``LONGEST_MATCH``, counted back to a
    breaker. Source: DRY, text-generation-webui, pull request 5677.
    """
    if not len(said) or int(said[-1]) in breakers:
        return {}
    ends = np.flatnonzero(said[:-1] == said[-1])
    lengths = np.zeros(len(said), dtype=np.int64)
    lengths[ends] = 1
    matching = ends
    for length in range(1, _unbroken_length(said, breakers)):
        matching = matching[matching >= length]
        matching = matching[said[matching - length] == said[-1 - length]]
        lengths[matching] = length + 1
    # Of a token that follows several repeats, the longest comes last and stays.
    ends = ends[np.argsort(lengths[ends], kind="stable")]
    found = dict(zip(said[ends + 1].tolist(), lengths[ends].tolist(), strict=True))
    return {token: length for token, length in found.items() if token not in breakers}


def _unbroken_length(said: Tokens, breakers: Collection[int]) -> int:
    """Return how many of the last tokens, up to ``LONGEST_MATCH``, come after any breaker."""
    last = said[-LONGEST_MATCH:][::-1].tolist()
    return next((length for length, token in enumerate(last) if token in breakers), len(last))


def penalize_continuations(
    logits: mx.array, lengths: Mapping[int, int], chosen: Hyperparameters
) -> mx.array:
    """Subtract from logits (1, vocab_size) of tokens that would carry a long repeat on.

    What is subtracted is ``multiplier * base ** (length - allowed_length)``, from a length of
    ``allowed_length`` on. Source: as ``measure_continuations``.
    """
    allowed = chosen.dry_allowed_length
    penalties = {
        token: -chosen.dry_multiplier * chosen.dry_base ** (length - allowed)
        for token, length in lengths.items()
        if length >= allowed
    }
    return _add(logits, penalties)


def _add(logits: mx.array, changes: Mapping[int, float]) -> mx.array:
    if not changes:
        return logits
    tokens = mx.array(list(changes), dtype=mx.int32)
    return logits.at[:, tokens].add(mx.array(list(changes.values()), dtype=logits.dtype))
