"""A tool call as the screen knows it: who is called, with what, how far it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from harmony_tui.transcript.characters import make_safe

CallState = Literal["asked", "running", "done", "failed", "declined"]

LONGEST_SUMMARY = 60


@dataclass(slots=True)
class ToolCall:
    """One call of a turn."""

    name: str
    arguments: str
    state: CallState = "asked"
    output: str = ""
    seconds: float = 0.0


def tool_name(recipient: str) -> str:
    """Return the name of a tool without its namespace."""
    return visible(recipient).rsplit(".", 1)[-1]


def visible(text: str) -> str:
    """Return a tool's or the model's text, safe and without tabs, for a part of the screen."""
    return make_safe(text).expandtabs(4)


def lay_out(arguments: str) -> str:
    """Return JSON arguments as lines of ``name: value``; what is no JSON object stays as it is."""
    try:
        values = json.loads(arguments or "{}")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        return visible(arguments)
    return "\n".join(visible(f"{name}: {_plain(value)}") for name, value in values.items())


def summarise(arguments: str) -> str:
    """Return JSON arguments on one line, without the furniture of JSON where it says nothing."""
    try:
        values = json.loads(arguments or "{}")
    except ValueError:
        values = arguments
    if isinstance(values, dict) and len(values) == 1:
        values = next(iter(values.values()))
    elif isinstance(values, dict):
        values = ", ".join(f"{name}: {_plain(value)}" for name, value in values.items())
    return on_one_line(_plain(values))


def on_one_line(text: str) -> str:
    """Return the beginning of a text as one short line."""
    line = " ".join(visible(text).split())
    return line if len(line) <= LONGEST_SUMMARY else line[: LONGEST_SUMMARY - 1] + "…"


def show_seconds(seconds: float) -> str:
    """Return a short time as people read it."""
    if seconds < 0.001:
        return "<1 ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 0.1 else f"{seconds:.1f} s"


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
