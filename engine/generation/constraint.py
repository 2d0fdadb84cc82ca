"""What may come next: the interface between decoding and whatever knows the rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import mlx.core as mx


class ConstraintError(Exception):
    """What may be sampled next cannot be told; what was read is as it was."""


class Constraint(Protocol):
    """Follows the tokens of a turn and says, at each place, which of all may be sampled.

    It is called on the thread that owns MLX. ``accept`` is told every token of the turn in order,
    sampled and forced alike.
    """

    def mask(self) -> mx.array | None:
        """Return what may come next, bool (1, vocab_size), or None where anything may.

        At least one entry is true.
        """

    def forced(self) -> Sequence[int]:
        """Return the tokens that are the only ones possible next, in order; often none."""

    def accept(self, token: int) -> None:
        """Go on by one token, which was allowed."""
