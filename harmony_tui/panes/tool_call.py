"""Tool calls as text: whom the model calls, with what, for how long."""

from __future__ import annotations

import json
import re
from typing import Final, NamedTuple

from harmony_tui.transcript.characters import make_safe

LONGEST_SUMMARY: Final = 60
FUNCTIONS: Final = "functions."
"""The namespace that goes without saying."""
PATCH_BEGINS: Final = "*** Begin Patch"


class Presented(NamedTuple):
    """The arguments of a call for reading, and the language that they are written in, if any."""

    text: str
    language: str = ""


def tool_name(recipient: str) -> str:
    """Return a tool's name, with its namespace unless that is ``functions``, on one line."""
    return " ".join(visible(recipient).removeprefix(FUNCTIONS).split())


def present(recipient: str, arguments: str) -> Presented:
    """Return a call's arguments for reading: code and patches as such, JSON laid out."""
    if recipient.partition(".")[0] == "python":
        return Presented(visible(arguments), "python")
    if PATCH_BEGINS in arguments and (text := _only_text(arguments)):
        return Presented(visible(text), "diff")
    return Presented(lay_out(arguments))


def _only_text(arguments: str) -> str:
    """Return the value of JSON arguments that are one text, or what is no JSON; else nothing."""
    try:
        values = json.loads(arguments)
    except (ValueError, RecursionError):
        return arguments
    texts = list(values.values()) if isinstance(values, dict) else [values]
    return texts[0] if len(texts) == 1 and isinstance(texts[0], str) else ""


def visible(text: str) -> str:
    """Return a tool's or the model's text, safe and without tabs, for a part of the screen."""
    return make_safe(text).expandtabs(4)


def lay_out(arguments: str) -> str:
    """Return JSON arguments as lines of ``name: value``; what is no JSON object stays as it is."""
    try:
        values = json.loads(arguments or "{}")
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        return visible(arguments)
    return "\n".join(_line(name, value) for name, value in values.items())


def _line(name: str, value: object) -> str:
    """Return a value after its name; one of several lines stands below it, indented.

    So no value and no name can look like another argument.
    """
    text = _plain(value)
    if len(text) > LONGEST_SUMMARY and not isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False, indent=2)
    text, name = visible(text), visible(name).replace("\n", "⏎")
    if "\n" not in text:
        return f"{name}: {text}"
    return "\n".join([f"{name}:", *(f"  {line}" for line in text.split("\n"))])


def fenced(text: str, language: str = "", mark: str = "~") -> str:
    """Return a text as a block of code in Markdown, whatever is in it; nothing for no text.

    Args:
        text: what stands in it; it is not made safe here.
        language: what it is written in, a word.
        mark: what the fence is made of, a tilde or a backtick.
    """
    longest = max(map(len, re.findall(f"{mark}+", text)), default=0)
    fence = mark * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}" if text else ""


def summarise(arguments: str) -> str:
    """Return JSON arguments on one line, without the furniture of JSON where it says nothing."""
    try:
        values = json.loads(arguments or "{}")
    except (ValueError, RecursionError):
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
