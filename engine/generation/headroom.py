"""Sees that there is memory before the model computes with it.

MLX's CPU backend takes what ``malloc`` gives it without a look (version 0.32, ``CommonAllocator``):
where that is nothing, the process dies of a null pointer, on a thread of MLX's own, with no error
that could be caught. So what is about to be taken is compared with what is free beforehand. On a
GPU MLX raises, and nobody need look.
"""

from __future__ import annotations

from collections.abc import Callable

import mlx.core as mx

from engine.models.memory import give_back, read_memory

RESERVE = 2**26
"""Bytes that stay free, for what is not reckoned: small steps, and the rest of the program."""


class NoRoomError(MemoryError):
    """There is too little memory to go on; the message says how much, and what to do.

    What was read until then is as it was.
    """


class Headroom:
    """The memory that is left."""

    def __init__(
        self,
        give_up: Callable[[], bool],
        free: Callable[[], int] = lambda: read_memory().free,
    ) -> None:
        """Take what can be done for more.

        Args:
            give_up: lets go of something that is only a convenience; returns whether it did.
            free: says how many bytes this process can still be given.
        """
        self._give_up = give_up
        self._free = free

    def spare(self) -> int:
        """Return how many bytes can be taken."""
        return max(0, self._free() - RESERVE)

    def secure(self, needed: int) -> None:
        """See that so many bytes can be taken, and let go of what can be spared for it.

        Raises:
            NoRoomError: there are not so many.
        """
        if needed == 0 or self._has(needed):
            return
        can_spare = True
        while can_spare:
            mx.clear_cache()
            give_back()
            if self._has(needed):
                return
            can_spare = self._give_up()
        raise NoRoomError(
            f"To go on takes {_mebibytes(needed + RESERVE)} of memory, and only "
            f"{_mebibytes(self._free())} are free. Close other programs, begin a new conversation "
            "with /new, or use a smaller model."
        )

    def _has(self, needed: int) -> bool:
        return self._free() >= needed + RESERVE


def _mebibytes(count: int) -> str:
    return f"{count / 2**20:,.0f} MiB"
