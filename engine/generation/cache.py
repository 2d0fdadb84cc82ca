"""The live KV cache: a log of every token read, for every layer, that can be cut back exactly.

Sliding layers attend to the last tokens of their log instead of overwriting the oldest, so that
going back is only a matter of counting less. From ``LINEAR_TOKENS`` tokens on, their logs drop the
older half whenever they are full; at message boundaries in it, a snapshot of the window is kept.

A token takes ``2 * kv heads * head_dim * item size`` bytes in each layer: 2 KiB for gpt-oss in
bfloat16, so 48 KiB in the 24 layers of the 20b model and 24 KiB past the budget; a snapshot of its
sliding layers takes 3 MiB.

Keys and values are kept in the type they were computed in. In 8 bits, in groups of 32, the full
layers' would take 13.5 KiB of their 24 for a token of the 20b model, and 12.75 in groups of 64. But
answers change. Over 2,700 tokens of dialogues the bundled model's likeliest token stayed the same
for 99.74 % of them, and a logit moved by up to 2.6 where another expert was chosen; over 1,024
tokens of a random model of eight layers, whose experts are nearly tied, 52 % (43 % in groups of
64) and up to 5.3. And MLX's attention with sinks takes no packed keys, so that they would all have
to be unpacked for every token.
"""

from __future__ import annotations

from collections.abc import Sequence

import mlx.core as mx

from engine.generation.segment import Segment, Stretch, as_tokens
from engine.models.configuration import GptOssConfig
from engine.models.room import CacheRoom, CacheRooms

GROWTH = 256
"""Tokens of room that a log grows by at a time."""

SPARE = 4
"""A log that is cut back to less than its room divided by this gives the rest of it back."""

LINEAR_TOKENS = 16_384
"""Tokens up to which sliding layers keep everything."""

LEAST_TOKENS = 4096
"""Tokens of a conversation that a model has to have room for, where nobody says how many."""

BOUNDARIES = 32
"""How many of the last message boundaries are remembered, and so the most snapshots there are."""


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


class LinearLog:
    """Keys and values of one layer, float (1, kv heads, tokens, head_dim), oldest first."""

    def __init__(self) -> None:
        """Begin with no tokens and no memory."""
        self.first = 0
        """The position of the oldest token held."""
        self.length = 0
        """The position after the newest."""
        self.visible: int | None = None
        """How many earlier tokens the layer attends to, None for all, as its last append said."""
        self.expected = 0
        """Tokens that there is to be room for in all, the next time that it grows."""
        self.budget = LINEAR_TOKENS
        """Tokens that are held at most where only the last are attended to."""
        self._keys: mx.array | None = None
        self._values: mx.array | None = None

    @property
    def held(self) -> int:
        """How many tokens are held."""
        return self.length - self.first

    def append(
        self, keys: mx.array, values: mx.array, visible: int | None
    ) -> tuple[mx.array, mx.array]:
        """Store keys and values after those already there.

        Returns those of the last ``visible`` tokens before them and their own, or all of them.
        """
        self.visible = visible
        start, end = self.held, self.held + keys.shape[2]
        room = 0 if self._keys is None else self._keys.shape[2]
        if end > room:
            self._grow(keys, values, end)
        assert self._keys is not None  # noqa: S101
        assert self._values is not None  # noqa: S101
        self._keys[..., start:end, :] = keys
        self._values[..., start:end, :] = values
        self.length = self.first + end
        seen = 0 if visible is None else max(0, start - visible)
        return self._keys[..., seen:end, :], self._values[..., seen:end, :]

    def _grow(self, keys: mx.array, values: mx.array, needed: int) -> None:
        expected = self.expected - self.first
        if self.visible is not None:
            expected = min(expected, self.budget)
        room = -(-max(needed, expected) // GROWTH) * GROWTH
        self._keys = _with_room(self._keys, keys, self.held, room)
        self._values = _with_room(self._values, values, self.held, room)

    def holds_window(self, position: int) -> bool:
        """Whether all that a token at a position attends to is held."""
        return self.visible is None or self.first <= max(0, position - self.visible)

    def rewind(self, length: int) -> None:
        """Forget all tokens from ``length`` on, and most of the room they took if it is a lot."""
        self.length = length
        room = 0 if self._keys is None else self._keys.shape[2]
        if self.held * SPARE < room > GROWTH:
            self.replace(self.copy(self.first, length))

    def copy(self, start: int, end: int) -> Stretch:
        """Return what is held of the tokens ``start`` to ``end``, in memory of its own."""
        assert self._keys is not None  # noqa: S101
        assert self._values is not None  # noqa: S101
        return Stretch(self.first, self.visible, self._keys, self._values).part(start, end)

    def replace(self, stretch: Stretch) -> None:
        """Hold a stretch and nothing else."""
        self.first = self.length = stretch.start
        self.visible = stretch.visible
        self._keys = self._values = None
        if stretch.end > stretch.start:
            self.append(stretch.keys, stretch.values, stretch.visible)

    def restore(self, stretch: Stretch, end: int) -> None:
        """Put back the tokens up to ``end``; where older ones are missing, hold only them."""
        if stretch.start > self.length:
            self.replace(stretch.part(stretch.start, end))
        else:
            missing = stretch.part(self.length, end)
            self.append(missing.keys, missing.values, missing.visible)

    def clear(self) -> None:
        """Forget everything."""
        self.first = self.length = 0
        self._keys = self._values = None

    def arrays(self) -> list[mx.array]:
        """Return the arrays held."""
        return [a for a in (self._keys, self._values) if a is not None]


def _with_room(old: mx.array | None, like: mx.array, kept: int, room: int) -> mx.array:
    """Return room for so many tokens, of the shape of ``like``, that begins with the old ones."""
    batch, heads, _, size = like.shape
    blank = mx.zeros((batch, heads, room - kept, size), dtype=like.dtype)
    return blank if old is None else mx.concatenate([old[..., :kept, :], blank], axis=2)


class KeyValueCache:
    """What a model has read: the tokens, and every layer's log of them."""

    def __init__(self, layers: int, linear_tokens: int = LINEAR_TOKENS) -> None:
        """Begin with nothing read.

        Args:
            layers: how many the model has.
            linear_tokens: up to how many tokens sliding layers keep all (but never fewer than
                twice their window; a chunk that is being read comes on top). At least half as many
                of the last tokens can always be gone back to.
        """
        self.logs = [LinearLog() for _ in range(layers)]
        self.tokens: list[int] = []
        """The tokens read so far; full layers hold exactly these, sliding ones the last of them."""
        self.linear_tokens = linear_tokens
        self.boundaries: list[int] = []
        """The last positions that were marked, ascending."""
        self._snapshots: dict[int, dict[LinearLog, Stretch]] = {}
        """For boundaries whose windows the sliding logs have dropped: these windows."""

    def __len__(self) -> int:
        return len(self.tokens)

    def expect(self, length: int) -> None:
        """Let logs that grow get room for so many tokens at once, instead of being copied often."""
        for log in self.logs:
            log.expected, log.budget = length, self.linear_tokens

    def record(self, tokens: Sequence[int]) -> None:
        """Note which tokens were just appended to the logs; full sliding logs drop their oldest."""
        self.tokens.extend(tokens)
        self._rotate()

    def mark_boundary(self) -> None:
        """Note that a message ends here: going back to this position stays possible the longest."""
        if self.boundaries[-1:] != [len(self)]:
            self.boundaries.append(len(self))
        for forgotten in self.boundaries[:-BOUNDARIES]:
            self._snapshots.pop(forgotten, None)
        del self.boundaries[:-BOUNDARIES]

    def reachable(self, length: int) -> int:
        """Return the latest position at or before ``length`` that can be gone back to.

        It is ``length`` itself where all sliding logs hold the window before it, else the last
        boundary with a snapshot, else 0.
        """
        if length in self._snapshots or all(log.holds_window(length) for log in self.logs):
            return length
        return max((b for b in self._snapshots if b < length), default=0)

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
            elif reached in self._snapshots:
                log.replace(self._snapshots[reached][log])
            else:
                log.clear()
        del self.tokens[reached:]
        self.boundaries = [b for b in self.boundaries if b <= reached]
        self._snapshots = {b: s for b, s in self._snapshots.items() if b <= reached}
        return reached

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
        if end in self._snapshots:
            return self._snapshots[end][log].part(start, end)
        empty = log.copy(log.length, log.length)
        return Stretch(end, log.visible, empty.keys, empty.values)

    def extend(self, segment: Segment, end: int) -> None:
        """Put back tokens up to ``end``, as far as ``segment.reach`` says, without reading them.

        After a part nothing can be read before another segment has followed; ``rewind`` ends that.
        """
        for log, layer in zip(self.logs, segment.layers, strict=True):
            log.restore(layer, end)
        self.record(segment.path[len(self) : end].tolist())
        mx.eval(self.arrays())

    def _rotate(self) -> None:
        """Let sliding logs that are over the budget drop all but the last half of it."""
        sliding = [log for log in self.logs if log.visible is not None]
        if not sliding or sliding[0].held <= self.linear_tokens:
            return
        budget = max(self.linear_tokens, *(2 * (log.visible or 0) for log in sliding))
        if sliding[0].held <= budget:
            return
        first = len(self) - budget // 2
        self._take_snapshots(sliding, first)
        for log in sliding:
            log.replace(log.copy(first, log.length))
        mx.eval(self.arrays())

    def _take_snapshots(self, sliding: Sequence[LinearLog], first: int) -> None:
        """Keep the windows of those boundaries that lose them when logs begin at ``first``."""
        for end in self.boundaries:
            starts = {log: max(0, end - (log.visible or 0)) for log in sliding}
            lost = any(first > start for start in starts.values())
            if lost and all(log.holds_window(end) for log in sliding):
                self._snapshots[end] = {log: log.copy(starts[log], end) for log in sliding}

    def arrays(self) -> list[mx.array]:
        """Return the arrays held, to be evaluated together."""
        windows = [w for snapshot in self._snapshots.values() for w in snapshot.values()]
        kept = [array for window in windows for array in (window.keys, window.values)]
        return [array for log in self.logs for array in log.arrays()] + kept

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
        if not set(self._snapshots) <= set(self.boundaries) <= set(range(len(self) + 1)):
            raise AssertionError("a snapshot of no boundary, or a boundary of no token")
        for end, snapshot in self._snapshots.items():
            if any(
                window.end != end or not window.holds_window(end) for window in snapshot.values()
            ):
                raise AssertionError(f"the snapshot of {end} is not that of its window")
