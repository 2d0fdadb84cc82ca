"""What one layer remembers: the keys and values of successive tokens, in one row."""

from __future__ import annotations

import mlx.core as mx

from engine.generation.segment import Stretch

GROWTH = 256
"""Tokens of room that a log grows by at a time."""

SPARE = 4
"""A log that is cut back to less than its room divided by this gives the rest of it back."""

LINEAR_TOKENS = 16_384
"""Tokens up to which sliding layers keep everything."""


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
        if end > self.room:
            self._grow(keys, values, end)
        assert self._keys is not None  # noqa: S101
        assert self._values is not None  # noqa: S101
        self._keys[..., start:end, :] = keys
        self._values[..., start:end, :] = values
        self.length = self.first + end
        seen = 0 if visible is None else max(0, start - visible)
        return self._keys[..., seen:end, :], self._values[..., seen:end, :]

    @property
    def room(self) -> int:
        """How many tokens there is memory for."""
        return 0 if self._keys is None else self._keys.shape[2]

    def room_for(self, held: int, visible: int | None) -> int:
        """Return what the room is once so many tokens are held, of which ``visible`` are seen."""
        if held <= self.room:
            return self.room
        expected = self.expected - self.first
        if visible is not None:
            expected = min(expected, self.budget)
        return -(-max(held, expected) // GROWTH) * GROWTH

    def _grow(self, keys: mx.array, values: mx.array, needed: int) -> None:
        room = self.room_for(needed, self.visible)
        self._keys = _with_room(self._keys, keys, self.held, room)
        self._values = _with_room(self._values, values, self.held, room)

    def holds_window(self, position: int) -> bool:
        """Whether all that a token at a position attends to is held."""
        return self.visible is None or self.first <= max(0, position - self.visible)

    def rewind(self, length: int) -> None:
        """Forget all tokens from ``length`` on, and most of the room they took if it is a lot."""
        self.length = length
        if self.held * SPARE < self.room > GROWTH:
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
    if old is None:
        return blank
    longer = mx.concatenate([old[..., :kept, :], blank], axis=2)
    mx.eval(longer)  # before the next one is made longer, so that only one is there twice
    return longer
