"""Reads a prompt in chunks and decodes, one step ahead of the reader."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from collections.abc import Generator as Tokens

import mlx.core as mx

from engine.config.hyperparameters import Hyperparameters
from engine.generation.cache import KeyValueCache
from engine.generation.disk_cache import DiskCache
from engine.generation.prefix import PrefixCache
from engine.generation.sampling import Sampler
from engine.models.gpt_oss import GptOss

CHUNK_SECONDS = 0.2
"""A chunk of the prompt is to take about this long, so that stopping acts within it."""
SMALLEST_CHUNK, LARGEST_CHUNK = 32, 2048
MULTIPLE = 32

CLEAR_EVERY = 256
"""Tokens after which MLX's buffers that no array uses any more are given back."""

Hear = Callable[[int, int], bool]
"""Told how many of how many tokens are read; returns whether to go on."""


class Generator:
    """One model with one cache; all calls come from the thread that owns MLX."""

    def __init__(self, model: GptOss, disk: DiskCache | None = None) -> None:
        """Take a loaded model, and where to keep what it reads, if on disk; nothing is read yet."""
        self.model = model
        self.cache = KeyValueCache(len(model.blocks))
        self.prefixes = PrefixCache(self.cache, disk=disk)
        self._chunk = 256

    def prefill(self, prompt: Sequence[int], hear: Hear) -> int | None:
        """Read all of a prompt but its last token, except for what was read before.

        Args:
            prompt: token ids, at least one.
            hear: called before the first chunk and after each one.

        Returns how many tokens the cache already held, or None if ``hear`` said to stop; what was
        read until then stays in the cache.
        """
        cached = self.prefixes.prepare(prompt)
        total = len(prompt) - 1
        if not hear(cached, total):
            return None
        while (done := len(self.cache)) < total:
            self._read_chunk(prompt[done : min(done + self._chunk, total)])
            if not hear(len(self.cache), total):
                return None
        self.cache.mark_boundary()
        return cached

    def _read_chunk(self, tokens: Sequence[int]) -> None:
        start = time.perf_counter()
        self._forward(mx.array([tokens], dtype=mx.int32))
        self.cache.record(tokens)
        mx.eval(self.cache.arrays())
        mx.clear_cache()
        if len(tokens) == self._chunk:
            self._adapt_chunk(time.perf_counter() - start)

    def _adapt_chunk(self, seconds: float) -> None:
        """Bring the chunk's size towards ``CHUNK_SECONDS``, by a factor of two at most."""
        factor = min(2.0, max(0.5, CHUNK_SECONDS / seconds))
        wanted = round(self._chunk * factor / MULTIPLE) * MULTIPLE
        self._chunk = min(LARGEST_CHUNK, max(SMALLEST_CHUNK, wanted))

    def decode(
        self, last: int, sampler: Sampler, hyperparameters: Callable[[], Hyperparameters]
    ) -> Tokens[int, None, None]:
        """Give sampled tokens without end, each read from the model's answer to the one before.

        The next step is under way while a token is looked at: hyperparameters that change then act
        on the token after it. Close the iterator to stop; the cache then holds exactly the tokens
        up to the last one given.

        Args:
            last: the prompt's last token, which the cache does not hold yet.
            sampler: chooses each token.
            hyperparameters: asked anew at each step.
        """
        index = sampler.next_index
        pending = self._step(mx.array([last], dtype=mx.int32), sampler, index, hyperparameters())
        self.cache.record([last])
        mx.async_eval(pending)  # type: ignore[no-untyped-call]
        given = 0
        try:
            while True:
                index += 1
                following = self._step(pending, sampler, index, hyperparameters())
                mx.async_eval(following)  # type: ignore[no-untyped-call]
                token = int(pending.item())  # type: ignore[arg-type]
                self.cache.record([token])
                yield token
                pending = following
                given += 1
                if given % CLEAR_EVERY == 0:
                    mx.clear_cache()
        finally:
            mx.eval(self.cache.arrays())

    def _step(
        self, token: mx.array, sampler: Sampler, index: int, chosen: Hyperparameters
    ) -> mx.array:
        """Return the turn's token number ``index``, the one after ``token``, both int32 (1,)."""
        hidden = self._forward(token[None])
        return sampler.sample(self.model.logits(hidden[:, -1]), index, chosen)

    def _forward(self, tokens: mx.array) -> mx.array:
        """Append tokens (1, length) to the logs; return the hidden states (1, length, hidden)."""
        logs = self.cache.logs
        return self.model.hidden(tokens, logs, logs[0].length)
