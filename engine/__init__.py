"""A headless engine for gpt-oss: models, generation, Harmony, tools and conversations.

``Worker`` loads a model and runs it on its own thread, ``Chat`` is a conversation with it, and
``engine.events`` is all that can be heard of both. ``Chat`` is imported when it is first asked for,
since it brings the vocabulary's library with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.config.hyperparameters import Hyperparameters
from engine.worker import Worker

if TYPE_CHECKING:
    from engine.chat import Chat

__all__ = ["Chat", "Hyperparameters", "Worker"]


def __getattr__(name: str) -> Any:
    if name == "Chat":
        from engine.chat import Chat

        return Chat
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
