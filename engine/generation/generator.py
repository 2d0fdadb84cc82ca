"""One model with what it has read: reads a prompt in chunks, and begins to decode."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from collections.abc import Generator as Tokens

import mlx.core as mx

from engine.config.hyperparameters import Hyperparameters
from engine.generation.cache import KeyValueCache, cache_bytes
from engine.generation.chunks import SMALLEST_CHUNK, ChunkSize
from engine.generation.constraint import Constraint
from engine.generation.decoding import Decoding, check_tokens, forget, forward
from engine.generation.disk_cache import DiskCache
from engine.generation.headroom import RESERVE, Headroom, NoRoomError
from engine.generation.logprobs import Meter
from engine.generation.prefix import PIECE, PrefixCache
from engine.generation.sampling import Sampler
from engine.generation.speculation import Drafter
from engine.models.gpt_oss import GptOss
from engine.models.room import bytes_to_read

LEFT = 64
"""So few tokens of a prompt, such as a question, are read in the step that reads its last one."""

FILES_HELD = 3
"""Times that a file of the disk cache is in memory while it is put back: its bytes, its arrays, and
those of the file before, which are still on their way into the cache."""

Hear = Callable[[int, int], bool]
"""Told how many of how many tokens are read; returns whether to go on."""


class Generator:
    """One model with one cache; all calls come from the thread that owns MLX."""

    def __init__(
        self,
        model: GptOss,
        disk: DiskCache | None = None,
        opening_tokens: Collection[int] = (),
    ) -> None:
        """Take a model; nothing is read yet.

        Args:
            model: a loaded one.
            disk: where to keep what it reads, if on disk.
            opening_tokens: what messages begin with in its format, if there is such a token; the
                places of these can be gone back to, however long the conversation is.
        """
        self.model = model
        self.cache = KeyValueCache(len(model.blocks), opening_tokens=opening_tokens)
        self.prefixes = PrefixCache(self.cache, disk=disk)
        on_cpu = mx.default_device().type == mx.DeviceType.cpu
        self.headroom = Headroom(self.prefixes.give_up) if on_cpu else None
        self.chunk = ChunkSize(model.config, on_cpu=on_cpu)

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

        Raises:
            NoRoomError: there is not enough memory; what was read until then stays, too.
            UnknownTokenError: the model does not have one of the tokens; nothing is read.
        """
        check_tokens(self.model, prompt)
        total = len(prompt) - 1
        try:
            cached = self._fetch(prompt, go_on)
            if not hear(cached, total):
                return None
            while (done := len(self.cache)) < total - min(leave, self.chunk.tokens):
                count = self._fit_chunk(min(self.chunk.tokens, total - done))
                self._read_chunk(prompt[done : done + count])
                if not hear(len(self.cache), total):
                    return None
        except NoRoomError:
            raise
        except BaseException as error:
            forget(self.cache, error)
            raise
        if len(self.cache) == total:
            self.cache.mark_boundary(lasts=False)
        return cached

    def _fetch(self, prompt: Sequence[int], go_on: Callable[[], bool]) -> int:
        """Return how much of a prompt the cache holds, once it has all that was read before."""
        if self.headroom is None:
            return self.prefixes.prepare(prompt, go_on)
        total = len(prompt) - 1
        self.cache.expect(total)
        growth = self._growth(total, self.chunk.tokens)
        if self.cache.tokens == list(prompt[: len(self.cache)]):
            self.headroom.secure(growth)
        else:  # what is read now gives way to it, so it should not be refused later
            self.headroom.secure(growth + self._work(SMALLEST_CHUNK, len(prompt)))
        spare = self.headroom.spare
        if spare() <= growth + FILES_HELD * self._piece():
            return self.prefixes.prepare(prompt, lambda: False, lambda: spare() - growth)
        return self.prefixes.prepare(prompt, go_on, lambda: spare() - growth)

    def save(self, go_on: Callable[[], bool]) -> None:
        """Write what was read to the disk, if there is one and while there is memory for it.

        Args:
            go_on: asked before each piece; what was written until it says no stays written.
        """
        if (headroom := self.headroom) is None:
            self.prefixes.save(go_on)
        else:
            self.prefixes.save(lambda: go_on() and headroom.spare() > self._piece())

    def _piece(self) -> int:
        """Return how many bytes of a file of the disk cache are in memory."""
        return cache_bytes(self.model.config, PIECE, self.model.dtype.size)

    def _growth(self, length: int, together: int) -> int:
        """Return what it takes at most for the cache to hold so many tokens, in bytes."""
        return self.cache.growth(self.model.config, self.model.dtype.size, length, together)

    def _fit_chunk(self, count: int) -> int:
        """Return how many of some next tokens there is memory to read together.

        Raises:
            NoRoomError: not even for a few.
        """
        if self.headroom is None:
            return count
        spare = self.headroom.spare()
        while (needed := self._reading(count)) > spare:
            if count <= SMALLEST_CHUNK:
                self.headroom.secure(needed)
                break
            count = max(SMALLEST_CHUNK, count // 2)
        return count

    def _reading(self, count: int) -> int:
        """Return what it takes at most to read so many tokens next, in bytes."""
        length = len(self.cache) + count
        return self._work(count, length) + self._growth(length, count)

    def _work(self, count: int, visible: int) -> int:
        """Return what it takes at most to compute so many tokens, the cache aside, in bytes."""
        lanes = 1 if self.model.lanes is None else self.model.lanes.count
        return bytes_to_read(self.model.config, count, visible, lanes)

    def make_room(self, count: int) -> None:
        """See that there is memory for so many more tokens of an answer, read together.

        Raises:
            NoRoomError: there is none.
        """
        if self.headroom is None:
            return
        length = len(self.cache) + count
        growth, work = self._growth(length, count), self._work(count, length)
        if growth or work > RESERVE // 2:  # a look takes as long as a part of a small model's step
            self.headroom.secure(growth + work)

    def _read_chunk(self, tokens: Sequence[int]) -> None:
        start = time.perf_counter()
        forward(self.model, self.cache, mx.array([tokens], dtype=mx.int32), wanted=0)
        self.cache.record(tokens)
        mx.eval(self.cache.arrays())
        mx.clear_cache()
        self.chunk.learn(len(tokens), time.perf_counter() - start)

    def decode(
        self,
        unread: Sequence[int],
        sampler: Sampler,
        hyperparameters: Callable[[], Hyperparameters],
        *,
        constraint: Constraint | None = None,
        drafter: Drafter | None = None,
        meter: Meter | None = None,
        on_values: Callable[[Hyperparameters], None] | None = None,
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
            on_values: told what a token was sampled by, before it is given, where the token before
                was sampled by something else.

        Raises:
            NothingAllowedError: at the place where no token may be sampled.
            NoRoomError: where there is no memory for more.
            UnknownTokenError: where the constraint leaves no choice but a token that is none.
        """
        decoding = Decoding(self.model, self.cache, self.make_room, sampler, hyperparameters)
        decoding.constraint, decoding.drafter, decoding.meter = constraint, drafter, meter
        decoding.on_values = on_values
        return decoding.run(unread)
