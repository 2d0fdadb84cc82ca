"""What was said before the token that is to be chosen, part of it perhaps still on the device."""

from __future__ import annotations

from collections.abc import Sequence

import mlx.core as mx

MOST_UNREAD = 16
"""Tokens that may be on their way: the one under way, or as many as are drafted at a time."""


class History:
    """The tokens before the one that is to be chosen; the newest may not be computed yet."""

    def __init__(self, prompt: Sequence[int], earlier: Sequence[int]) -> None:
        """Begin after a prompt.

        Args:
            prompt: all that the model has read, earlier rounds of the turn included.
            earlier: what was sampled in earlier rounds of the turn (before its tool calls).
        """
        self._earlier = list(earlier)
        self._prompt = list(prompt)
        self._sampled: list[int] = []
        self._unread: list[mx.array] = []

    def __len__(self) -> int:
        """Return the number of tokens that the turn has so far."""
        return len(self._earlier) + len(self._sampled) + len(self._unread)

    def append(self, token: mx.array) -> None:
        """Append a token, int32 (1,), that need not be evaluated."""
        self._unread.append(token)
        if len(self._unread) > MOST_UNREAD:
            self._sampled.append(int(self._unread.pop(0).item()))  # type: ignore[arg-type]

    def go_back_to(self, index: int) -> None:
        """Forget what the turn has from a token on.

        Raises:
            ValueError: the turn does not have that many tokens, or they are an earlier round's.
        """
        if not len(self._earlier) <= index <= len(self):
            raise ValueError(f"the turn has {len(self)} tokens, so none can be number {index}")
        surplus = len(self) - index
        kept = max(0, len(self._unread) - surplus)
        surplus -= len(self._unread) - kept
        del self._unread[kept:]
        del self._sampled[len(self._sampled) - surplus :]

    def recent(self, count: int) -> mx.array:
        """Return the last tokens of prompt and answer, int32 (at most ``count``,)."""
        return self._with_unread(self._tail(count - len(self._unread)))[-count:]

    def generated(self) -> mx.array:
        """Return the tokens of the turn that the model chose, int32 (n,)."""
        return self._with_unread(self._earlier + self._sampled)

    def read(self, count: int) -> list[int]:
        """Return the last tokens of prompt and answer; waits for those on their way."""
        self._sampled += [int(token.item()) for token in self._unread]  # type: ignore[arg-type]
        self._unread.clear()
        return self._tail(count)

    def _tail(self, count: int) -> list[int]:
        if count <= 0:
            return []
        missing = count - len(self._sampled)
        return (self._prompt[-missing:] if missing > 0 else []) + self._sampled[-count:]

    def _with_unread(self, known: list[int]) -> mx.array:
        return mx.concatenate([mx.array(known, dtype=mx.int32), *self._unread])
