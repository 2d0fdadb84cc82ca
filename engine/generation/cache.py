"""The KV cache: a log of every token read, for every layer, that can be cut back exactly.

Sliding layers attend to the last tokens of their log instead of overwriting the oldest, so that
going back to any earlier position is only a matter of counting less. Each layer takes
``2 * kv heads * head_dim * item size`` bytes for each token: 2 KiB for gpt-oss in bfloat16.
"""

from __future__ import annotations

from collections.abc import Sequence

import mlx.core as mx

GROWTH = 256
"""Tokens of room that a log grows by at a time."""


class LinearLog:
    """Keys and values of one layer, float (1, kv heads, tokens, head_dim), oldest first."""

    def __init__(self) -> None:
        """Begin with no tokens and no memory."""
        self.length = 0
        self._keys: mx.array | None = None
        self._values: mx.array | None = None

    def append(
        self, keys: mx.array, values: mx.array, visible: int | None
    ) -> tuple[mx.array, mx.array]:
        """Store keys and values after those already there.

        Returns those of the last ``visible`` tokens before them and their own, or all of them.
        """
        start, end = self.length, self.length + keys.shape[2]
        room = 0 if self._keys is None else self._keys.shape[2]
        if end > room:
            self._grow(keys, values, end)
        assert self._keys is not None  # noqa: S101
        assert self._values is not None  # noqa: S101
        self._keys[..., start:end, :] = keys
        self._values[..., start:end, :] = values
        self.length = end
        first = 0 if visible is None else max(0, start - visible)
        return self._keys[..., first:end, :], self._values[..., first:end, :]

    def _grow(self, keys: mx.array, values: mx.array, needed: int) -> None:
        room = -(-needed // GROWTH) * GROWTH
        self._keys = _with_room(self._keys, keys, self.length, room)
        self._values = _with_room(self._values, values, self.length, room)

    def rewind(self, length: int) -> None:
        """Forget all tokens from ``length`` on; the room they took stays."""
        self.length = length

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

    def __init__(self, layers: int) -> None:
        """Begin with nothing read."""
        self.logs = [LinearLog() for _ in range(layers)]
        self.tokens: list[int] = []
        """The tokens read so far; the logs hold exactly these."""

    def __len__(self) -> int:
        return len(self.tokens)

    def record(self, tokens: Sequence[int]) -> None:
        """Note which tokens were just appended to the logs."""
        self.tokens.extend(tokens)

    def rewind(self, length: int) -> None:
        """Go back to the first ``length`` tokens, exactly as they were.

        Raises:
            ValueError: fewer than that were read.
        """
        if not 0 <= length <= len(self.tokens):
            raise ValueError(f"cannot go back to {length} of {len(self.tokens)} tokens")
        del self.tokens[length:]
        for log in self.logs:
            log.rewind(length)

    def keep_common_prefix(self, prompt: Sequence[int]) -> int:
        """Go back to where a prompt departs from what was read; return how many tokens are left.

        At least the prompt's last token is left to read, since its logits are wanted.
        """
        limit = min(len(self.tokens), len(prompt) - 1)
        common = 0
        while common < limit and self.tokens[common] == prompt[common]:
            common += 1
        self.rewind(common)
        return common

    def arrays(self) -> list[mx.array]:
        """Return the arrays held, to be evaluated together."""
        return [array for log in self.logs for array in log.arrays()]

    @property
    def byte_count(self) -> int:
        """Bytes of memory that the logs take, room for growth included."""
        return sum(int(array.nbytes) for array in self.arrays())

    def check_integrity(self) -> None:
        """Raise AssertionError unless every log holds exactly the tokens read."""
        lengths = {log.length for log in self.logs}
        if lengths != {len(self.tokens)}:
            raise AssertionError(f"logs of {lengths} tokens, but {len(self.tokens)} were read")
        for log in self.logs:
            for array in log.arrays():
                if array.shape[2] < log.length:
                    raise AssertionError(f"room for {array.shape[2]} of {log.length} tokens")
