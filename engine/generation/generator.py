"""Reads a prompt in chunks and decodes, one step ahead of the reader.

Text that repeats what was said before is read several tokens at a time (``speculation``), and what
a constraint leaves no choice about is not sampled (``constraint``); neither changes what a token is
sampled from.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from collections.abc import Generator as Tokens
from typing import NamedTuple

import mlx.core as mx

from engine.config.hyperparameters import Hyperparameters
from engine.events import Origin
from engine.generation.cache import KeyValueCache
from engine.generation.constraint import Constraint
from engine.generation.disk_cache import DiskCache
from engine.generation.logprobs import Logprobs, Meter, measure_logprobs
from engine.generation.prefix import PrefixCache
from engine.generation.sampling import Sampler
from engine.generation.speculation import Drafter
from engine.models.gpt_oss import GptOss

CHUNK_SECONDS = 0.2
"""A chunk of the prompt is to take about this long, so that stopping acts within it."""
SMALLEST_CHUNK, LARGEST_CHUNK = 32, 2048
MULTIPLE = 32

LEFT = 64
"""So few tokens of a prompt, such as a question, are read in the step that reads its last one."""

CLEAR_EVERY = 256
"""Tokens after which MLX's buffers that no array uses any more are given back."""

Hear = Callable[[int, int], bool]
"""Told how many of how many tokens are read; returns whether to go on."""


class NothingAllowedError(Exception):
    """A constraint and the model left no token to sample; the message says what to do."""


class Generator:
    """One model with one cache; all calls come from the thread that owns MLX."""

    def __init__(self, model: GptOss, disk: DiskCache | None = None) -> None:
        """Take a loaded model, and where to keep what it reads, if on disk; nothing is read yet."""
        self.model = model
        self.cache = KeyValueCache(len(model.blocks))
        self.prefixes = PrefixCache(self.cache, disk=disk)
        self._chunk = 256

    def prefill(
        self,
        prompt: Sequence[int],
        hear: Hear,
        *,
        leave: int = 0,
        go_on: Callable[[], bool] = lambda: True,
    ) -> int | None:
        """Read all of a prompt but its last token, except for what was read before.

        Args:
            prompt: token ids, at least one.
            hear: called before the first chunk and after each one.
            leave: how many tokens before the last may be left to ``decode``, if no more are unread.
            go_on: asked while what was read before is fetched from the disk.

        Returns how many tokens the cache already held, or None if ``hear`` said to stop; what was
        read until then stays in the cache.
        """
        cached = self.prefixes.prepare(prompt, go_on)
        total = len(prompt) - 1
        if not hear(cached, total):
            return None
        while (done := len(self.cache)) < total - min(leave, self._chunk):
            self._read_chunk(prompt[done : min(done + self._chunk, total)])
            if not hear(len(self.cache), total):
                return None
        if len(self.cache) == total:
            self.cache.mark_boundary()
        return cached

    def _read_chunk(self, tokens: Sequence[int]) -> None:
        start = time.perf_counter()
        forward(self.model, self.cache, mx.array([tokens], dtype=mx.int32), wanted=0)
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
        self,
        unread: Sequence[int],
        sampler: Sampler,
        hyperparameters: Callable[[], Hyperparameters],
        *,
        constraint: Constraint | None = None,
        drafter: Drafter | None = None,
        meter: Meter | None = None,
    ) -> Tokens[int, None, None]:
        """Give sampled tokens without end, each read from the model's answer to the one before.

        The next step is under way while a token is looked at: hyperparameters that change then act
        on the token after it. Close the iterator to stop; the cache then holds exactly the tokens
        up to the last one given.

        Args:
            unread: the prompt's last tokens, at least one, which the cache does not hold yet.
            sampler: chooses each token.
            hyperparameters: asked anew at each step.
            constraint: says what may be sampled, and is told every token once it was given.
            drafter: guesses tokens, so that several are read at once; it knows the whole prompt
                and is told every token. The tokens given are the same with it and
                without it, but for logits that tie to the last bits of a float.
            meter: is told, if it wants, how likely each token was to the model itself.

        Raises:
            NothingAllowedError: at the place where no token may be sampled.
        """
        decoding = _Decoding(self.model, self.cache, sampler, hyperparameters)
        decoding.constraint, decoding.drafter, decoding.meter = constraint, drafter, meter
        return decoding.run(unread)


def forward(
    model: GptOss, cache: KeyValueCache, tokens: mx.array, wanted: int | None = None
) -> mx.array:
    """Append tokens (1, length) to the cache's logs; return the last ones' states.

    They have the shape (1, wanted, hidden), or without ``wanted`` (1, length, hidden).
    """
    return model.hidden(tokens, cache.logs, cache.logs[0].length, wanted)


class _Sampled(NamedTuple):
    """A token that the logs do not hold yet, and that may not be computed yet."""

    place: int
    """Which of the turn's tokens it is, from 0."""
    token: mx.array
    """int32 (1,)."""
    logits: mx.array
    """What it was sampled from, float (1, vocab_size)."""
    mask: mx.array | None
    """What was allowed there, bool (1, vocab_size), where not everything was."""
    logprobs: Logprobs | None
    """How likely the token is, if anyone wants to know."""

    @property
    def wanted(self) -> tuple[mx.array, ...]:
        """What is to be computed while the token before is looked at."""
        return (self.token, *(self.logprobs or ()))

    def read(self) -> int:
        """Return the token; waits for it.

        Raises:
            NothingAllowedError: no token was allowed, or none of those was possible.
        """
        token = int(self.token.item())  # type: ignore[arg-type]
        # Of logits that are all -inf, any token may come out.
        if self.mask is not None and not self.mask[0, token].item():
            raise NothingAllowedError(
                "The rules of the answer allow no token here that the model can give. "
                "Loosen the schema or the grammar, or go without."
            )
        return token


class _Decoding:
    """One decoding on its way.

    Each way to go on takes the token sampled last, gives it or others in its place, and returns the
    one sampled then. The logs may be ahead of the tokens given; the cache's record never is.
    """

    def __init__(
        self,
        model: GptOss,
        cache: KeyValueCache,
        sampler: Sampler,
        hyperparameters: Callable[[], Hyperparameters],
    ) -> None:
        self.model = model
        self.cache = cache
        self.sampler = sampler
        self.hyperparameters = hyperparameters
        self.constraint: Constraint | None = None
        self.drafter: Drafter | None = None
        self.meter: Meter | None = None
        self.first = sampler.next_index

    def run(self, unread: Sequence[int]) -> Tokens[int, None, None]:
        cleared = self.first
        try:
            sampled = self._step(mx.array(list(unread), dtype=mx.int32), self.first)
            self.cache.record(unread[:-1])
            self.cache.mark_boundary()
            self.cache.record(unread[-1:])
            mx.async_eval(*sampled.wanted)  # type: ignore[no-untyped-call]
            while True:
                if self.constraint is not None:
                    sampled = yield from self._obey(self.constraint, sampled)
                if self.drafter is not None and self.drafter.expects:
                    sampled = yield from self._speculate(self.drafter, sampled)
                else:
                    sampled = yield from self._go_on(sampled)
                if sampled.place - cleared >= CLEAR_EVERY:
                    cleared = sampled.place
                    mx.clear_cache()
        finally:
            self.cache.rewind(len(self.cache))
            mx.eval(self.cache.arrays())

    def _go_on(self, sampled: _Sampled) -> Tokens[int, None, _Sampled]:
        """Give a token while the one after it is under way."""
        following = self._step(sampled.token, sampled.place + 1)
        # After a token that was not free, the next is hardly ever: only its logits are wanted.
        wanted = following.wanted if sampled.mask is None else (following.logits,)
        # The turn's first token does not wait for the second: on the CPU MLX queues few steps.
        if started := sampled.place > self.first:
            mx.async_eval(*wanted)  # type: ignore[no-untyped-call]
        yield from self._give(sampled.read(), sampled.logprobs)
        if not started:
            mx.async_eval(*wanted)  # type: ignore[no-untyped-call]
        return following

    def _speculate(self, drafter: Drafter, sampled: _Sampled) -> Tokens[int, None, _Sampled]:
        """Give a token and as much of what is drafted after it as is then sampled.

        The places of the draft are sampled one by one, from the logits of one reading of it all.
        """
        token = sampled.read()
        draft = drafter.draft(token)
        states = self._forward(mx.array([token, *draft], dtype=mx.int32))
        logits = self.model.logits(states)
        mx.async_eval(logits)  # type: ignore[no-untyped-call]
        yield from self._give(token, sampled.logprobs)
        following = self._sample_allowed(logits[:, 0], sampled.place + 1)
        accepted = 0
        try:
            for guess in draft:
                if self._is_forced() or following.read() != guess:
                    break
                accepted += 1
                yield from self._give(guess, following.logprobs, "drafted")
                following = self._sample_allowed(logits[:, accepted], following.place + 1)
        finally:
            if draft:
                drafter.learn(len(draft), accepted)
        self.cache.rewind(len(self.cache))
        return following

    def _obey(self, constraint: Constraint, sampled: _Sampled) -> Tokens[int, None, _Sampled]:
        """Give the tokens that leave no choice, read together; return one that is allowed."""
        while forced := constraint.forced():
            for index, token in enumerate(forced, sampled.place):
                self.sampler.append(token, index)
            wanted = None if self._measured_count() else 1
            states = self._forward(mx.array(list(forced), dtype=mx.int32), wanted)
            measured = self._measure_forced(forced, sampled.logits, states)
            sampled = self._sample(self.model.logits(states[:, -1]), sampled.place + len(forced))
            mx.async_eval(*sampled.wanted)  # type: ignore[no-untyped-call]
            for token, logprobs in zip(forced, measured, strict=True):
                yield from self._give(token, logprobs, "forced")
        if sampled.mask is not None or (mask := constraint.mask()) is None:
            return sampled
        return self._sample(sampled.logits, sampled.place, mask)

    def _is_forced(self) -> bool:
        """Whether the next token leaves no choice."""
        return self.constraint is not None and bool(self.constraint.forced())

    def _measure_forced(
        self, forced: Sequence[int], logits: mx.array, states: mx.array
    ) -> list[Logprobs | None]:
        """Return how likely each of some tokens was where it stands, if anyone wants to know.

        ``logits`` are those before the first of them, ``states`` what came of reading them.
        """
        if not (count := self._measured_count()):
            return [None] * len(forced)
        measured: list[Logprobs | None] = []
        for place, token in enumerate(forced):
            row = self.model.logits(states[:, place - 1]) if place else logits
            measured.append(measure_logprobs(row, mx.array([token]), count))
        return measured

    def _measured_count(self) -> int:
        return 0 if self.meter is None else self.meter.count()

    def _give(
        self, token: int, logprobs: Logprobs | None, origin: Origin = "sampled"
    ) -> Tokens[int, None, None]:
        """Give a token that the logs hold, and tell it to all who follow the turn."""
        self.cache.record([token])
        if self.meter is not None and logprobs is not None:
            self.meter.hear(logprobs.read(origin))
        if self.drafter is not None:
            self.drafter.add(token)
        yield token
        if self.constraint is not None:
            self.constraint.accept(token)

    def _step(self, tokens: mx.array, index: int) -> _Sampled:
        """Read tokens, int32 (n,); return the turn's token number ``index``, the one after them."""
        return self._sample(self.model.logits(self._forward(tokens, wanted=1)[:, -1]), index)

    def _sample_allowed(self, logits: mx.array, index: int) -> _Sampled:
        """Sample a place once all tokens before it are known."""
        mask = None if self.constraint is None else self.constraint.mask()
        return self._sample(logits, index, mask)

    def _sample(self, logits: mx.array, index: int, mask: mx.array | None = None) -> _Sampled:
        allowed = logits if mask is None else mx.where(mask, logits, -mx.inf)
        token = self.sampler.sample(allowed, index, self.hyperparameters())
        count = self._measured_count()
        logprobs = measure_logprobs(logits, token, count) if count else None
        return _Sampled(index, token, logits, mask, logprobs)

    def _forward(self, tokens: mx.array, wanted: int | None = None) -> mx.array:
        return forward(self.model, self.cache, tokens[None], wanted)
