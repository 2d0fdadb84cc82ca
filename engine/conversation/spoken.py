"""How far an answer was heard that was spoken, as a session keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from engine.values import value


@value
class SpokenAnswer:
    """That a message was spoken: what was heard of it, and where the time went."""

    message: int
    heard: int
    """Characters of its text."""
    is_whole: bool
    """Whether it was spoken to its end."""
    voice: str = ""
    """What spoke it."""
    recognizer: str = ""
    """What had understood the words that it answers; empty where they were typed."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """Seconds and counts, by the names of ``engine.voice.ledger``."""


def spoken_line(spoken: SpokenAnswer) -> dict[str, Any]:
    """Return the line of a session's file that says so; readers that do not know it skip it."""
    return {
        "kind": "spoken",
        "optional": True,
        "message": spoken.message,
        "heard": spoken.heard,
        "whole": spoken.is_whole,
        "voice": spoken.voice,
        "recognizer": spoken.recognizer,
        "figures": dict(spoken.figures),
    }


def told_figures(values: Mapping[str, Any]) -> dict[str, float]:
    """Return the figures of a line; what is no number is none."""
    return {
        name: float(value)
        for name, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
