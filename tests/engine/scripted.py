"""A scripted model: it samples given tokens, to force outputs that a real model gives rarely.

Everything around it is real: the worker and its thread, the generator, the KV cache, the sampler.
"""

from __future__ import annotations

from collections.abc import Generator as Tokens
from collections.abc import Sequence
from typing import Any

import mlx.core as mx

from engine.events import ModelInfo
from engine.generation.generator import Generator
from engine.harmony.encoding import STOP_TOKENS, VOCABULARY_SIZE, load_encoding
from engine.models.attention import KeyValueLog
from engine.models.configuration import GptOssConfig
from engine.worker import Worker


class ScriptedModel:
    """Gives the tokens of one reply after another; a reply ends with a stop token."""

    def __init__(self, replies: Sequence[str], context_length: int) -> None:
        """Take replies as text with control tokens spelled out."""
        self.config = GptOssConfig(
            model_type="gpt_oss",
            num_hidden_layers=1,
            num_key_value_heads=1,
            head_dim=2,
            max_position_embeddings=context_length,
            layer_types=("full_attention",),
        )
        self.dtype = mx.float32
        self.lanes = None
        self.evaluates_rows = False
        self.blocks = ("the only layer",)
        encode = load_encoding().encode
        self._tokens = [
            token for reply in replies for token in _padded(encode(reply, allowed_special="all"))
        ]

    def hidden(
        self,
        tokens: mx.array,
        logs: Sequence[KeyValueLog],
        offset: int,
        wanted: int | None = None,
    ) -> mx.array:
        """Return zeros, (1, wanted, 1), and log a key and value for each token."""
        assert offset == logs[0].length  # type: ignore[attr-defined]
        length = tokens.shape[1]
        blank = mx.zeros((1, 1, length, 2))
        logs[0].append(blank, blank, None)
        return mx.zeros((1, length if wanted is None else wanted, 1))

    def logits(self, hidden: mx.array, *, at_once: bool = False) -> mx.array:
        """Return logits, (1, vocab_size), that leave no choice."""
        token = self._tokens.pop(0) if self._tokens else 0
        return mx.where(mx.arange(VOCABULARY_SIZE) == token, 0.0, -1e9)[None]


class _StepByStep(Generator):
    """Says what the script says: it goes on by a token at each step and keeps to no rules."""

    def decode(self, *args: Any, **options: Any) -> Tokens[int, None, None]:
        """Decode without a drafter and without a constraint."""
        return super().decode(*args, **(options | {"drafter": None, "constraint": None}))


def _padded(tokens: list[int]) -> list[int]:
    """Add the token of the step that is under way when a stop token is read, unless it is first."""
    return [*tokens, 0] if tokens[-1] in STOP_TOKENS and len(tokens) > 1 else tokens


def scripted_worker(*replies: str, context_length: int = 131_072) -> Worker:
    """Return a worker that has a scripted model loaded."""
    worker = Worker()

    def place() -> None:
        worker._generator = _StepByStep(ScriptedModel(replies, context_length))  # type: ignore[arg-type]
        worker._model = ModelInfo("scripted", "", 0, "none", context_length, "CPU", 0.0)

    worker._submit(place).result()
    return worker
