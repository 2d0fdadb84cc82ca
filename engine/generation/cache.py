"""The live KV cache: a log of every token read, for every layer, that can be cut back exactly.

Sliding layers attend to the last tokens of their log instead of overwriting the oldest, so that
going back is only a matter of counting less. From ``LINEAR_TOKENS`` tokens on, their logs drop the
older half whenever they are full; at places in it where a message begins or a prompt ended, a
snapshot of the window is kept: at up to ``SNAPSHOTS`` of them, spread over all that was dropped.

A token takes ``2 * kv heads * head_dim * item size`` bytes in each layer: 2 KiB for gpt-oss in
bfloat16, so 48 KiB in the 24 layers of the 20b model and 24 KiB past the budget. A snapshot of its
sliding layers takes 3 MiB, and so all of them 96 MiB at most; float32, on the CPU, is twice that.

Keys and values are kept in the type they were computed in. In 8 bits, in groups of 32, the full
layers' would take 13.5 KiB of their 24 for a token of the 20b model, and 12.75 in groups of 64. But
answers change. Over 2,700 tokens of dialogues the bundled model's likeliest token stayed the same
for 99.74 % of them, and a logit moved by up to 2.6 where another expert was chosen; over 1,024
tokens of a random model of eight layers, whose experts are nearly tied, 52 % (43 % in groups of
64) and up to 5.3. And MLX's attention with sinks takes no packed keys, so that they would all have
to be unpacked for every token.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

import mlx.core as mx

from engine.generation.linear_log import LINEAR_TOKENS, LinearLog
from engine.generation.segment import Segment, Stretch, as_tokens
from engine.generation.snapshots import SNAPSHOTS, Snapshots
from engine.models.configuration import GptOssConfig
from engine.models.room import CacheRoom, CacheRooms

LEAST_TOKENS = 4096
"""Tokens of a conversation that a model has to have room for, where nobody says how many."""


def cache_bytes(
    config: GptOssConfig, tokens: int, item_bytes: int, linear_tokens: int = LINEAR_TOKENS
) -> int:
    """Return the most bytes that the logs of some tokens take, snapshots and spare room aside.

    Args:
        config: the model's sizes.
        tokens: how many are read; with 1 this is what a token takes.
        item_bytes: the size of a number, 2 for bfloat16.
        linear_tokens: the cache's budget for sliding layers.
    """
    held = {True: min(tokens, linear_tokens), False: tokens}
    each = 2 * config.num_key_value_heads * config.head_dim * item_bytes
    return each * sum(held[config.is_sliding(n)] for n in range(config.num_hidden_layers))


def cache_room(asked: int | None) -> CacheRooms:
    """Return what says how much memory a model's KV cache has to have room for.

    Args:
        asked: the tokens that prompt and answer may have together; None where nobody said so.
    """

    def room(config: GptOssConfig, item_bytes: int) -> CacheRoom:
        tokens = min(asked or LEAST_TOKENS, config.max_position_embeddings)
        return CacheRoom(tokens, cache_bytes(config, tokens, item_bytes), asked is not None)

    return room


class KeyValueCache:
    """What a model has read: the tokens, and every layer's log of them."""

    def __init__(
        self,
        layers: int,
        linear_tokens: int = LINEAR_TOKENS,
        opening_tokens: Collection[int] = (),
    ) -> None:
        """Begin with nothing read.

        Args:
            layers: how many the model has.
            linear_tokens: up to how many tokens sliding layers keep all (but never fewer than
                twice their window; a chunk that is being read comes on top). At least half as many
                of the last tokens can always be gone back to.
            opening_tokens: the tokens that a message begins with, if there are such.
        """
        self.logs = [LinearLog() for _ in range(layers)]
        self.tokens: list[int] = []
        """The tokens read so far; full layers hold exactly these, sliding ones the last of them."""
        self.linear_tokens = linear_tokens
        self.opening_tokens = frozenset(opening_tokens)
        self.boundaries: list[int] = []
        """The positions that were marked, ascending."""
        self.openings: list[int] = []
        """The positions of opening tokens, ascending."""
        self.snapshots = Snapshots()
        """For the windows that the sliding logs have dropped."""
        self._is_passing = False
        """Whether the last boundary may be given up for the next one."""

    def __len__(self) -> int:
        return len(self.tokens)

    def expect(self, length: int) -> None:
        """Let logs that grow get room for so many tokens at once, instead of being copied often."""
        for log in self.logs:
            log.expected, log.budget = length, self.linear_tokens

    def record(self, tokens: Sequence[int]) -> None:
        """Note which tokens were just appended to the logs; full sliding logs drop their oldest."""
        if self.opening_tokens:
            known = self.openings[-1] if self.openings else -1
            self.openings += [
                place
                for place, token in enumerate(tokens, len(self))
                if token in self.opening_tokens and place > known
            ]
        self.tokens.extend(tokens)
        self._rotate()

    def mark_boundary(self, *, lasts: bool = True) -> None:
        """Note that a prompt ends here, which is worth going back to.

        Args:
            lasts: whether an answer follows. Otherwise, as after a draft, the position is given up
                for the next one that is marked in the same message, as far as there is a token that
                messages begin with.
        """
        if self.boundaries[-1:] != [len(self)]:
            if self._is_passing and not self._has_begun(self.boundaries[-1]):
                self.snapshots.windows.pop(self.boundaries.pop(), None)
            self.boundaries.append(len(self))
            self._is_passing = bool(self.opening_tokens)
        self._is_passing = self._is_passing and not lasts

    def _has_begun(self, position: int) -> bool:
        """Whether a message begins at a position or after it."""
        return bool(self.openings) and self.openings[-1] >= position

    def reachable(self, length: int) -> int:
        """Return the latest position at or before ``length`` that can be gone back to.

        It is ``length`` itself where all sliding logs hold the window before it, else the last
        position with a snapshot, else 0.
        """
        if length in self.snapshots.windows or all(log.holds_window(length) for log in self.logs):
            return length
        return self.snapshots.before(length)

    def rewind(self, length: int) -> int:
        """Go back to the first ``length`` tokens, or as ``reachable`` says; return how many.

        What is then held is exactly what was when they had been read.

        Raises:
            ValueError: fewer than that were read.
        """
        if not 0 <= length <= len(self):
            raise ValueError(f"cannot go back to {length} of {len(self)} tokens")
        reached = self.reachable(length)
        for log in self.logs:
            if log.holds_window(reached):
                log.rewind(reached)
            elif reached in self.snapshots.windows:
                log.replace(self.snapshots.windows[reached][log])
            else:
                log.clear()
        del self.tokens[reached:]
        del self.openings[bisect_right(self.openings, reached) :]
        if self.boundaries and self.boundaries[-1] > reached:
            del self.boundaries[bisect_right(self.boundaries, reached) :]
            self._is_passing = False
        self.snapshots.forget_after(reached)
        return reached

    def clear(self) -> None:
        """Forget everything, also what could not be computed."""
        for log in self.logs:
            log.clear()
        self.tokens.clear()
        self.openings.clear()
        self.boundaries.clear()
        self._is_passing = False
        self.snapshots = Snapshots()

    def copy(self, start: int, end: int) -> Segment:
        """Return the tokens ``start`` to ``end`` in memory of their own.

        Where ``end`` is not reachable, the segment is a part: it has nothing of sliding layers.
        """
        layers = tuple(self._cut(log, start, end) for log in self.logs)
        segment = Segment(start, as_tokens(self.tokens[:end]), layers)
        # Evaluated at once, so that it does not keep the logs' arrays alive.
        mx.eval(segment.arrays())
        return segment

    def _cut(self, log: LinearLog, start: int, end: int) -> Stretch:
        if log.holds_window(end):
            return log.copy(start, end)
        if end in self.snapshots.windows:
            return self.snapshots.windows[end][log].part(start, end)
        empty = log.copy(log.length, log.length)
        return Stretch(end, log.visible, empty.keys, empty.values)

    def extend(self, segment: Segment, end: int) -> None:
        """Put back tokens up to ``end``, as far as ``segment.reach`` says, without reading them.

        After a part nothing can be read before another segment has followed; ``rewind`` ends that.
        The last one may still be on its way, while the next is read from the disk.
        """
        mx.eval(self.arrays())
        for log, layer in zip(self.logs, segment.layers, strict=True):
            log.restore(layer, end)
        self.record(segment.path[len(self) : end].tolist())
        mx.async_eval(self.arrays())  # type: ignore[no-untyped-call]

    def _rotate(self) -> None:
        """Let sliding logs that are over the budget drop all but the last half of it."""
        sliding = [log for log in self.logs if log.visible is not None]
        if not sliding or sliding[0].held <= self.linear_tokens:
            return
        budget = max(self.linear_tokens, *(2 * (log.visible or 0) for log in sliding))
        if sliding[0].held <= budget:
            return
        first = len(self) - budget // 2
        self.snapshots.take(self._losing_windows(sliding, first), sliding)
        for log in sliding:
            log.replace(log.copy(first, log.length))
            mx.eval(log.arrays())  # one after the other, so that only one is there twice

    def _losing_windows(self, sliding: Sequence[LinearLog], first: int) -> list[int]:
        """Return the positions to go back to whose windows go when logs begin at ``first``."""
        widest = max(log.visible or 0 for log in sliding)
        oldest = max((log.first + (log.visible or 0) for log in sliding if log.first), default=1)
        ends = [
            end
            for positions in (self.openings, self.boundaries)
            for end in positions[bisect_left(positions, oldest) :]
            if end < first + widest
        ]
        return sorted({*ends} - {0})

    def arrays(self) -> list[mx.array]:
        """Return the arrays held, to be evaluated together."""
        return [array for log in self.logs for array in log.arrays()] + self.snapshots.arrays()

    def growth(self, config: GptOssConfig, item_bytes: int, length: int, together: int) -> int:
        """Return the bytes that it takes at most to hold more tokens, while it grows; 0 for none.

        Args:
            config: the model's sizes.
            item_bytes: the size of a number, 2 for bfloat16.
            length: how many tokens there are to be.
            together: how many of them are read at a time.
        """
        each = config.num_key_value_heads * config.head_dim * item_bytes
        added, moved, snapshots = 0, 0, 0
        for number, log in enumerate(self.logs):
            held, visible = length - log.first, None
            if config.is_sliding(number):
                visible = config.sliding_window - 1
                budget = max(self.linear_tokens, 2 * visible)
                if held > budget:  # it drops half of them, by a copy
                    held = min(held, max(budget, log.held) + together)
                    moved = max(moved, 3 * each * held)
                    snapshots += 2 * each * visible * SNAPSHOTS
            if (room := log.room_for(held, visible)) > log.room:
                added += 2 * each * (room - log.room)
                moved = max(moved, each * room)
        return added + moved + snapshots

    @property
    def byte_count(self) -> int:
        """Bytes of memory that logs and snapshots take, room for growth included."""
        return sum(int(array.nbytes) for array in self.arrays())

    def measure(self, start: int, end: int) -> int:
        """Return the bytes that a copy of the tokens ``start`` to ``end`` would take."""
        return sum(
            int(array.nbytes) // array.shape[2] * max(0, end - max(start, log.first))
            for log in self.logs
            for array in log.arrays()
        )

    def check_integrity(self) -> None:
        """Raise AssertionError unless every log holds exactly the tokens it has to."""
        lengths = {log.length for log in self.logs}
        if lengths != {len(self)}:
            raise AssertionError(f"logs of {lengths} tokens, but {len(self)} were read")
        for log in self.logs:
            if not log.holds_window(len(self)) or (log.visible is None and log.first):
                raise AssertionError(f"a log begins at {log.first} and sees {log.visible}")
            for array in log.arrays():
                if array.shape[2] < log.held:
                    raise AssertionError(f"room for {array.shape[2]} of {log.held} tokens")
        if len({log.first for log in self.logs if log.visible is not None}) > 1:
            raise AssertionError("sliding logs begin at different positions")
        if not set(self.snapshots.windows) <= {*self.boundaries, *self.openings}:
            raise AssertionError("a snapshot of no position that is worth one")
        if max([0, *self.boundaries, *self.openings]) > len(self):
            raise AssertionError("a position of no token")
        self.snapshots.check_integrity()
