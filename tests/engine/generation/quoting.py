"""A model that quotes: a real one, read and cached as ever, with a liking for the next of a text.

Random weights repeat nothing of a prompt, so there would be nothing to speculate on. Here each
place of the prompt and the answer has a token whose logit is raised. How far decides how often the
model says something else.
"""

from __future__ import annotations

from collections.abc import Sequence

import mlx.core as mx

from engine.models.attention import KeyValueLog
from engine.models.gpt_oss import GptOss


class QuotingModel:
    """Serves as a model; its states are the model's, and in a last column the position."""

    def __init__(self, model: GptOss, text: Sequence[int], bonus: float) -> None:
        """Take a model and the whole text, the prompt's part included.

        Args:
            model: reads everything and gives the logits.
            text: the token at each position, as the model would like it; 0 after its end.
            bonus: what is added to the logit of that token.
        """
        self.model = model
        self.config = model.config
        self.blocks = model.blocks
        self.dtype = model.dtype
        self.lanes = model.lanes
        self.evaluates_rows = model.evaluates_rows
        self.readings: list[int] = []
        """How many tokens were read at each call."""
        self._text = mx.array(list(text), dtype=mx.int32)
        self._bonus = bonus

    def hidden(
        self,
        tokens: mx.array,
        logs: Sequence[KeyValueLog],
        offset: int,
        wanted: int | None = None,
    ) -> mx.array:
        """Return states (1, wanted, hidden + 1) for tokens (1, length)."""
        self.readings.append(tokens.shape[1])
        states = self.model.hidden(tokens, logs, offset, wanted)
        end = offset + tokens.shape[1]
        positions = mx.arange(end - states.shape[1], end, dtype=mx.float32)[None, :, None]
        return mx.concatenate([states, positions], axis=-1)

    def logits(self, hidden: mx.array, *, at_once: bool = False) -> mx.array:
        """Return logits (..., vocab_size) for states (..., hidden + 1)."""
        logits = self.model.logits(hidden[..., :-1], at_once=at_once)
        following = hidden[..., -1:].astype(mx.int32) + 1
        known = following < self._text.size
        liked = mx.where(known, self._text[mx.minimum(following, self._text.size - 1)], 0)
        raised = mx.take_along_axis(logits, liked, axis=-1) + mx.where(known, self._bonus, 0.0)
        return mx.put_along_axis(logits, liked, raised, axis=-1)
