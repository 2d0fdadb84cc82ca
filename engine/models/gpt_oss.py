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
from engine.models.linear import Packed, Weight
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

    def logits(self, hidden: mx.array) -> mx.array:
        """Return (..., vocab_size) for ``hidden`` (..., hidden)."""
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
        on_cpu: bool,
    ) -> None:
        """Take the parts as the checkpoint reader made them, and where they compute."""
        self.config = config
        self.vocabulary = vocabulary
        self.blocks = tuple(blocks)
        self.norm = norm
        self.on_cpu = on_cpu
        self.rope = Rope(config)

    @property
    def dtype(self) -> mx.Dtype:
        """The type of the activations, and so of the KV cache and the logits."""
        return self.norm.dtype

    def hidden(self, tokens: mx.array, logs: Sequence[KeyValueLog], offset: int) -> mx.array:
        """Return the last layer's normalised output, (1, length, hidden).

        Args:
            tokens: int32 (1, length), the tokens that follow those already in the logs.
            logs: one for each layer; keys and values are appended to them.
            offset: how many tokens the logs hold.
        """
        x = self.vocabulary.embed(tokens).astype(self.dtype)
        length, heads = tokens.shape[1], self.config.num_attention_heads
        largest = cpu.span(heads, offset + length) if self.on_cpu else None
        spans = Span.split(length, offset, self.config.sliding_window, largest)
        for block, log in zip(self.blocks, logs, strict=True):
            normed = self._normalise(x, block.attention_norm)
            x = x + block.attention(normed, self.rope, spans, offset, log)
            x = x + block.experts(self._normalise(x, block.experts_norm))
        return self._normalise(x, self.norm)

    def logits(self, hidden: mx.array) -> mx.array:
        """Return logits (..., vocab_size) for ``hidden`` (..., hidden)."""
        return self.vocabulary.logits(hidden)

    def arrays(self) -> list[mx.array]:
        """Return every array of the model, also those that are no parameters."""
        blocks = [array for block in self.blocks for array in block.arrays()]
        return [*self.vocabulary.arrays(), *blocks, self.norm, self.rope.wavelengths]

    def _normalise(self, x: mx.array, weight: mx.array) -> mx.array:
        return mx.fast.rms_norm(x, weight, self.config.rms_norm_eps)
