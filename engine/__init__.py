"""A headless engine for gpt-oss: models, generation, Harmony, tools and conversations.

``load`` gives a ``Worker`` that runs a model on its own thread, ``Chat`` is a conversation with it,
and ``engine.events`` is all that can be heard of both. ``Chat`` is imported when it is first asked
for, since it brings the vocabulary's library with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.config.hyperparameters import Hyperparameters
from engine.config.memory import MemoryLimits
from engine.worker import Listener, Worker

if TYPE_CHECKING:
    from engine.chat import Chat

__all__ = ["Chat", "Hyperparameters", "MemoryLimits", "Worker", "load"]


def load(
    name: str | None = None,
    listener: Listener = lambda _: None,
    *,
    disk_cache: bool = False,
    unpack: bool = False,
    limits: MemoryLimits | None = None,
) -> Worker:
    """Load a model and return what runs it, to be closed, or used in a ``with`` statement.

    Args:
        name: a model's folder, a downloaded name such as ``openai/gpt-oss-20b``, or None for the
            bundled model.
        listener: hears how far the loading is.
        disk_cache: whether what was read is looked for on disk, and kept there.
        unpack: whether a GPU holds packed weights unpacked, if its memory allows.
        limits: what the model may take of the memory besides its weights.

    Raises:
        CheckpointError: there is no such model, or it cannot be used.
        DeviceError: MLX cannot be used.
    """
    worker = Worker(disk_cache=disk_cache, unpack=unpack)
    try:
        worker.load(name, listener, limits).result()
    except BaseException:
        worker.close()
        raise
    return worker


def __getattr__(name: str) -> Any:
    if name == "Chat":
        from engine.chat import Chat

        return Chat
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
