"""The gpt-oss architecture: tokens and a KV cache in, logits out.

Written after OpenAI's reference (gpt_oss/torch/model.py) and its model card (arXiv 2508.10925).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import mlx.core as mx

from engine.models import cpu
from engine.models.attention import Attention, KeyValueLog, Span
from engine.models.configuration import GptOssConfig
from engine.models.experts import Experts
from engine.models.lanes import Lanes
from engine.models.linear import Packed, Panels, Weight
from engine.models.rope import Rope


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The embedding, one row for each token, and the head, which gives each token's logit.

    A checkpoint may hold rows for only some of the tokens: ``rows``, int32 (vocab_size,) each,
    then say which row of the embedding and which of the head stands for each token, and tokens may
    share one. Logits have the full width either way.
    """

    embedding: mx.array | Packed
    head: Weight
    rows: tuple[mx.array, mx.array] | None = None

    def embed(self, tokens: mx.array) -> mx.array:
        """Return (..., hidden) for token ids of shape (...), in the type they are stored in."""
        rows = tokens if self.rows is None else self.rows[0][tokens]
        if isinstance(self.embedding, Packed):
            return self.embedding.rows(rows)
        return self.embedding[rows]

    @property
    def evaluates_rows(self) -> bool:
        """See ``GptOss.evaluates_rows``."""
        return isinstance(self.head, Panels) and self.head.is_shared

    def logits(self, hidden: mx.array, *, at_once: bool = False) -> mx.array:
        """Return (..., vocab_size) for ``hidden`` (..., hidden); see ``GptOss.logits``."""
        if at_once and isinstance(self.head, Panels):
            logits = self.head.multiply_row(hidden)
        else:
            logits = self.head.multiply(hidden)
        if self.rows is None:
            return logits
        return mx.take(logits, self.rows[1], axis=-1)

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        embedding = self.embedding
        embedded = embedding.arrays() if isinstance(embedding, Packed) else [embedding]
        rows = self.rows or ()
        return [*embedded, *self.head.arrays(), *rows]


@dataclass(frozen=True, slots=True)
class Block:
    """One layer: attention, then experts, each added to what came in."""

    attention_norm: mx.array
    attention: Attention
    experts_norm: mx.array
    experts: Experts

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        norms = [self.attention_norm, self.experts_norm]
        return norms + self.attention.arrays() + self.experts.arrays()


class GptOss:
    """A loaded model. It keeps no state between calls; what was read is in the cache's logs."""

    def __init__(
        self,
        config: GptOssConfig,
        vocabulary: Vocabulary,
        blocks: Sequence[Block],
        norm: mx.array,
        *,
        lanes: Lanes | None,
    ) -> None:
        """Take the parts as the checkpoint reader made them, and a CPU's lanes."""
        self.config = config
        self.vocabulary = vocabulary
        self.blocks = tuple(blocks)
        self.norm = norm
        self.lanes = lanes
        self.rope = Rope(config)

    @property
    def dtype(self) -> mx.Dtype:
        """The type of the activations, and so of the KV cache and the logits."""
        return self.norm.dtype

    @property
    def evaluates_rows(self) -> bool:
        """Whether one row of logits is evaluated at once where it may be, which is faster then."""
        return self.vocabulary.evaluates_rows

    def hidden(
        self,
        tokens: mx.array,
        logs: Sequence[KeyValueLog],
        offset: int,
        wanted: int | None = None,
    ) -> mx.array:
        """Return the last layer's normalised output for the last tokens, (1, wanted, hidden).

        Args:
            tokens: int32 (1, length), the tokens that follow those already in the logs.
            logs: one for each layer; keys and values of all tokens are appended to them.
            offset: how many tokens the logs hold.
            wanted: for how many tokens; all if None. In the last layer nothing is computed of the
                others but what the logs keep.
        """
        x = self.vocabulary.embed(tokens).astype(self.dtype)
        length, first = tokens.shape[1], 0
        spans = self._spans(first, length, offset)
        for block, log in zip(self.blocks, logs, strict=True):
            if wanted is not None and block is self.blocks[-1]:
                first = length - wanted
                spans = self._spans(first, length, offset)
            normed = self._normalise(x, block.attention_norm)
            x = x[:, first:] + block.attention(normed, self.rope, spans, offset, log)
            if spans:
                x = x + block.experts(self._normalise(x, block.experts_norm))
        return self._normalise(x, self.norm)

    def _spans(self, first: int, length: int, offset: int) -> list[Span]:
        """Return the tokens from ``first`` on as they are best attended to together."""
        config, largest = self.config, None
        if self.lanes is not None:
            visible, tokens = offset + length, length - first
            largest = cpu.span(tokens, config.num_attention_heads, visible, self.lanes.count)
        return Span.split(first, length, offset, config.sliding_window, largest)

    def logits(self, hidden: mx.array, *, at_once: bool = False) -> mx.array:
        """Return logits (..., vocab_size) for ``hidden`` (..., hidden).

        Args:
            hidden: what ``hidden`` gave.
            at_once: whether they may be evaluated here, ``hidden`` being (1, hidden).
        """
        return self.vocabulary.logits(hidden, at_once=at_once)

    def arrays(self) -> list[mx.array]:
        """Return every array of the model, also those that are no parameters."""
        blocks = [array for block in self.blocks for array in block.arrays()]
        return [*self.vocabulary.arrays(), *blocks, self.norm, self.rope.wavelengths]

    def _normalise(self, x: mx.array, weight: mx.array) -> mx.array:
        return mx.fast.rms_norm(x, weight, self.config.rms_norm_eps)
