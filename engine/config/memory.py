"""What a person allows a model to take of the memory, besides its weights."""

from __future__ import annotations

from typing import NamedTuple


class MemoryLimits(NamedTuple):
    """Choices that act when a model is loaded."""

    context: int | None = None
    """Tokens of KV cache that there has to be room for; None where nobody has said how many."""
    wired: bool = False
    """Whether Metal is to keep the model where it is in the memory."""
    buffers: int | None = None
    """MiB that MLX keeps of freed arrays for new ones; None leaves it to the device's size."""
