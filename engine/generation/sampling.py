"""Chooses the next token from logits: what was said before, the cuts, and one draw.

The order is that of transformers and of text-generation-webui: logit bias, repetition, frequency
and presence penalties, DRY (``penalties``); temperature, top_k, top_p, min_p, XTC (``cuts``).
At temperature 0 the best token after the penalties is taken.

Random numbers have no state. Those of a turn's token are made from the seed and the token's place
in the turn alone, so the same seed gives the same answer on any turn, whether the prompt was
cached or read, and whether the token was drafted or not. The draw takes the highest of logits with
Gumbel noise: of all ways to draw, the one that a last bit of difference in the logits, as between
reading a token alone or in a batch, changes least.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import blake2b
from typing import Literal

import mlx.core as mx

from engine.config.hyperparameters import HyperparameterError, Hyperparameters
from engine.generation.cuts import restrict
from engine.generation.history import History
from engine.generation.penalties import Exemptions, penalize

Purpose = Literal["token", "xtc"]


class Sampler:
    """Samples one turn's tokens, or those of one of its rounds between tool calls."""

    def __init__(
        self,
        seed: int,
        prompt: Sequence[int] = (),
        earlier: Sequence[int] = (),
        control_tokens: Collection[int] = (),
        breakers: Collection[int] = (),
    ) -> None:
        """Begin after a prompt.

        Args:
            seed: 0 to 2**63 - 1; one for the whole turn.
            prompt: what the model has read: penalties look back on it.
            earlier: what the turn has sampled before this prompt's end (in earlier rounds).
            control_tokens: exempt from penalties and from XTC.
            breakers: tokens that DRY matches no repeat across, besides the control tokens.

        Raises:
            HyperparameterError: the seed is out of range.
        """
        if not 0 <= seed < 2**63:
            raise HyperparameterError(f"The seed {seed} is not in 0 to 2**63 - 1.")
        self._seed = seed
        self._history = History(prompt, earlier)
        self._control_tokens = frozenset(control_tokens)
        self._exempt = Exemptions(control_tokens, breakers)

    @property
    def next_index(self) -> int:
        """How many tokens the turn has, which is the place of the next one."""
        return len(self._history)

    def sample(self, logits: mx.array, index: int, chosen: Hyperparameters) -> mx.array:
        """Return the turn's token at a place, int32 (1,), for float logits (1, vocab_size).

        Nothing is evaluated, except that DRY waits for the tokens before.

        Args:
            logits: the model's answer to the token before.
            index: the token's place in the turn, from 0; at most ``next_index``. What was sampled
                from there on before is forgotten.
            chosen: how to sample.

        Raises:
            ValueError: no such place.
        """
        self._history.go_back_to(index)
        scores = penalize(logits.astype(mx.float32), self._history, chosen, self._exempt)
        token = self._choose(scores, index, chosen).astype(mx.int32)
        self._history.append(token)
        return token

    def append(self, token: int, index: int) -> None:
        """Take note of a token that the turn has at a place without sampling: no other was allowed.

        What was sampled from that place on before is forgotten.

        Raises:
            ValueError: no such place.
        """
        self._history.go_back_to(index)
        self._history.append(mx.array([token], dtype=mx.int32))

    def _choose(self, scores: mx.array, index: int, chosen: Hyperparameters) -> mx.array:
        if chosen.temperature == 0:
            return mx.argmax(scores, axis=-1)
        draw = None
        if chosen.xtc_probability:
            draw = mx.random.uniform(shape=(1, 1), key=make_key(self._seed, index, "xtc"))
        weights = restrict(scores, chosen, draw, self._control_tokens)
        token: mx.array = mx.random.categorical(weights, key=make_key(self._seed, index, "token"))
        return token


def make_key(seed: int, index: int, purpose: Purpose) -> mx.array:
    """Return MLX's random key, uint32 (2,), for one use at one place of a turn with a seed."""
    material = seed.to_bytes(8, "little") + index.to_bytes(8, "little")
    digest = blake2b(material, digest_size=8, person=purpose.encode()).digest()
    key: mx.array = mx.random.key(int.from_bytes(digest, "little"))
    return key
