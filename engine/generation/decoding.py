"""Decodes one answer, one step ahead of the reader.

Text that repeats what was said before is read several tokens at a time (``speculation``), and what
a constraint leaves no choice about is not sampled (``constraint``); neither changes what a token is
sampled from.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from collections.abc import Generator as Tokens
from typing import NamedTuple

import mlx.core as mx

from engine.config.hyperparameters import Hyperparameters
from engine.events import Origin
from engine.generation.cache import KeyValueCache
from engine.generation.constraint import Constraint, ConstraintError
from engine.generation.headroom import NoRoomError
from engine.generation.logprobs import Logprobs, Meter, measure_logprobs
from engine.generation.sampling import Sampler
from engine.generation.speculation import Drafter
from engine.models.gpt_oss import GptOss

CLEAR_EVERY = 256
"""Tokens after which MLX's buffers that no array uses any more are given back."""


class UnknownTokenError(Exception):
    """A model was to read what is none of its tokens; the message says what to do."""


class NothingAllowedError(ConstraintError):
    """A constraint and the model left no token to sample; the message says what to do."""


def forward(
    model: GptOss, cache: KeyValueCache, tokens: mx.array, wanted: int | None = None
) -> mx.array:
    """Append tokens (1, length) to the cache's logs; return the last ones' states.

    They have the shape (1, wanted, hidden), or without ``wanted`` (1, length, hidden).
    """
    return model.hidden(tokens, cache.logs, cache.logs[0].length, wanted)


def check_tokens(model: GptOss, tokens: Sequence[int]) -> None:
    """See that a model has rows for tokens, before it reads them.

    On the CPU MLX takes any other id for a place in memory, whatever is there.

    Raises:
        UnknownTokenError: for one it has none.
    """
    size = model.config.vocab_size
    if tokens and not (min(tokens) >= 0 and max(tokens) < size):
        unknown = next(token for token in tokens if not 0 <= token < size)
        raise UnknownTokenError(
            f"This model has no token {unknown}; its tokens are 0 to {size - 1:,}. What is to be "
            "read was written for another model: load that one, or begin anew with /new."
        )


def forget(cache: KeyValueCache, error: BaseException) -> None:
    """Let go of all that a cache holds after an error in what was to be computed for it.

    The logs may hold arrays that can never be computed, and whatever is built on them fails. MLX
    does not say which, and may wait forever for one that it is asked for again.
    """
    traceback.clear_frames(error.__traceback__)  # these hold arrays, too
    cache.clear()
    mx.clear_cache()


class _Sampled(NamedTuple):
    """A token that the logs do not hold yet, and that may not be computed yet."""

    place: int
    """Which of the turn's tokens it is, from 0."""
    token: mx.array
    """int32 (1,)."""
    chosen: Hyperparameters
    """What it was sampled by."""
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


class Decoding:
    """One decoding on its way.

    Each way to go on takes the token sampled last, gives it or others in its place, and returns the
    one sampled then. The logs may be ahead of the tokens given; the cache's record never is.
    """

    def __init__(
        self,
        model: GptOss,
        cache: KeyValueCache,
        make_room: Callable[[int], None],
        sampler: Sampler,
        hyperparameters: Callable[[], Hyperparameters],
    ) -> None:
        """Prepare to decode; what else takes part is set before ``run``.

        Args:
            model: gives the logits.
            cache: holds the prompt but its last tokens.
            make_room: sees that so many more tokens can be read, or raises ``NoRoomError``.
            sampler: chooses each token.
            hyperparameters: asked anew at each step.
        """
        self.model = model
        self.cache = cache
        self.make_room = make_room
        self.sampler = sampler
        self.hyperparameters = hyperparameters
        self.constraint: Constraint | None = None
        self.drafter: Drafter | None = None
        self.meter: Meter | None = None
        self.on_values: Callable[[Hyperparameters], None] | None = None
        self.acting: Hyperparameters | None = None
        """What the last token that was given, and not forced, was sampled by."""
        self.first = sampler.next_index

    def run(self, unread: Sequence[int]) -> Tokens[int, None, None]:
        """Give tokens without end, after the last ones of the prompt; see ``Generator.decode``."""
        cleared = self.first
        try:
            states = self._forward(mx.array(list(unread), dtype=mx.int32), wanted=1)[:, -1]
            sampled = self._sample(self.model.logits(states, at_once=True), self.first)
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
        except (GeneratorExit, ConstraintError, NoRoomError, UnknownTokenError):
            self._settle()
            raise
        except BaseException as error:
            forget(self.cache, error)
            raise

    def _settle(self) -> None:
        """Let the logs hold exactly the tokens given."""
        try:
            self.cache.rewind(len(self.cache))
            mx.eval(self.cache.arrays())
        except BaseException as error:
            forget(self.cache, error)
            raise

    def _go_on(self, sampled: _Sampled) -> Tokens[int, None, _Sampled]:
        """Give a token while the one after it is under way.

        It is given before if it is the turn's first, or if nothing is ever under way.
        """
        chosen = self.hyperparameters()
        if gives_before := sampled.place == self.first or self.model.evaluates_rows:
            yield from self._give_sampled(sampled.read(), sampled)
        following = self._step(sampled.token, sampled.place + 1, chosen)
        # After a token that was not free, the next is hardly ever: only its logits are wanted.
        wanted = following.wanted if sampled.mask is None else (following.logits,)
        mx.async_eval(*wanted)  # type: ignore[no-untyped-call]
        if not gives_before:
            yield from self._give_sampled(sampled.read(), sampled)
        return following

    def _speculate(self, drafter: Drafter, sampled: _Sampled) -> Tokens[int, None, _Sampled]:
        """Give a token and as much of what is drafted after it as is then sampled.

        The places of the draft are sampled one by one, from the logits of one reading of it all.
        """
        token = sampled.read()
        draft = drafter.draft(token)
        if not draft and self.model.evaluates_rows:
            return (yield from self._go_on(sampled))
        states = self._forward(mx.array([token, *draft], dtype=mx.int32))
        logits = self.model.logits(states)
        mx.async_eval(logits)  # type: ignore[no-untyped-call]
        yield from self._give_sampled(token, sampled)
        following = self._sample_allowed(logits[:, 0], sampled.place + 1)
        accepted = 0
        try:
            for guess in draft:
                if self._is_forced() or following.read() != guess:
                    break
                accepted += 1
                yield from self._give_sampled(guess, following, "drafted")
                following = self._sample_allowed(logits[:, accepted], following.place + 1)
        finally:
            if draft:
                drafter.learn(len(draft), accepted)
        self.cache.rewind(len(self.cache))
        return following

    def _obey(self, constraint: Constraint, sampled: _Sampled) -> Tokens[int, None, _Sampled]:
        """Give the tokens that leave no choice, read together; return one that is allowed."""
        while forced := constraint.forced():
            check_tokens(self.model, forced)
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

    def _give_sampled(
        self, token: int, sampled: _Sampled, origin: Origin = "sampled"
    ) -> Tokens[int, None, None]:
        """Give a token that was sampled, and tell by what if that is new."""
        if sampled.chosen is not self.acting:
            self.acting = sampled.chosen
            if self.on_values is not None:
                self.on_values(sampled.chosen)
        yield from self._give(token, sampled.logprobs, origin)

    def _give(
        self, token: int, logprobs: Logprobs | None, origin: Origin
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

    def _step(self, token: mx.array, index: int, chosen: Hyperparameters) -> _Sampled:
        """Read a token, int32 (1,); return the turn's token number ``index``, the one after it."""
        logits = self.model.logits(self._forward(token, wanted=1)[:, -1], at_once=True)
        return self._sample(logits, index, chosen=chosen)

    def _sample_allowed(self, logits: mx.array, index: int) -> _Sampled:
        """Sample a place once all tokens before it are known."""
        mask = None if self.constraint is None else self.constraint.mask()
        return self._sample(logits, index, mask)

    def _sample(
        self,
        logits: mx.array,
        index: int,
        mask: mx.array | None = None,
        chosen: Hyperparameters | None = None,
    ) -> _Sampled:
        allowed = logits if mask is None else mx.where(mask, logits, -mx.inf)
        chosen = self.hyperparameters() if chosen is None else chosen
        token = self.sampler.sample(allowed, index, chosen)
        count = self._measured_count()
        logprobs = measure_logprobs(logits, token, count) if count else None
        return _Sampled(index, token, chosen, logits, mask, logprobs)

    def _forward(self, tokens: mx.array, wanted: int | None = None) -> mx.array:
        self.make_room(tokens.size)
        return forward(self.model, self.cache, tokens[None], wanted)
