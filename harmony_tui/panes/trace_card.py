"""What the card of a tool call says, as the Markdown that a transcript shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from harmony_tui.panes.tool_call import Presented, fenced, present, show_seconds, visible
from harmony_tui.panes.trace_calls import CallState, ToolCall

MARKS: Final[dict[CallState, str]] = {
    "asked": "?",
    "running": "⠿",
    "done": "✓",
    "failed": "✗",
    "declined": "–",
}
MOST_LINES: Final = 30
"""Lines of arguments and of output that a card shows; the call opened in full has them all."""
LIVE_LINES: Final = 10
"""Lines of what a call writes that its card shows while it runs, the last ones."""
THE_PERSON: Final = "you"
"""What events call whoever was asked."""
LONGEST_LINE: Final = 2000
"""Characters of one of these."""
BRIEF_LINES: Final = 3
"""An output of so many lines stands right below arguments that are no code."""
PLAIN_PATH: Final = re.compile(r"[\w/.\- ]+")
"""Paths that a link can be made of, without a character that means something in Markdown."""


def summarise_call(call: ToolCall, seconds: float = 0.0) -> str:
    """Return the line that a card has at its top, and that stands for it when it is folded.

    ``seconds`` is how long a call that is not over has run.
    """
    parts: list[str] = []
    if call.state != "done":
        parts.append(call.state)
    if call.state in ("done", "failed") or seconds:
        parts.append(show_seconds(seconds or call.seconds))
    if call.tokens:
        parts.append(f"{call.tokens:,} {'token' if call.tokens == 1 else 'tokens'}")
    return f"{MARKS[call.state]} {call.name}  {' · '.join(parts)}"


def describe_call(call: ToolCall) -> str:
    """Return what a card says below its top line, no longer than can be looked over."""
    arguments = present(call.recipient, call.arguments)
    shown = arguments._replace(text=_beginning(arguments.text))
    return _assemble(call, shown, _live(call) if not call.is_over else _beginning(call.output))


def describe_in_full(call: ToolCall) -> str:
    """Return all that a call was given and gave; while it runs, the end of what it has written."""
    live = call.live
    written = live.dropped + len(live) if live.dropped else 0
    output = call.output if call.is_over else _with_count(live.read(), written)
    return _assemble(call, present(call.recipient, call.arguments), visible(output))


def tell_circumstances(call: ToolCall) -> str:
    """Return where a call runs and who allowed it, or what it would do while it waits."""
    parts = [call.place]
    if call.state == "asked" and call.effects:
        parts.append(call.effects)
    elif call.allowed_by:
        parts.append(f"allowed{' by' if call.allowed_by == THE_PERSON else ':'} {call.allowed_by}")
    return visible(" · ".join(part for part in (*parts, call.remark) if part))


def read_output(call: ToolCall) -> str:
    """Return what a call has given so far, safe to be copied and written."""
    return visible(call.output if call.is_over else call.live.read())


def _assemble(call: ToolCall, arguments: Presented, output: str) -> str:
    output = output.strip("\n")
    if not arguments.language and output.count("\n") < BRIEF_LINES:
        text = "\n".join(part for part in (arguments.text, _answer(output)) if part)
        blocks = [fenced(text)]
    else:
        blocks = [fenced(arguments.text, arguments.language), fenced(output, "output")]
    blocks += [_figure(path) for path in call.figures]
    return "\n\n".join(block for block in blocks if block)


def _answer(output: str) -> str:
    return "→ " + output.replace("\n", "\n  ") if output else ""


def _figure(path: str) -> str:
    """Return a link to a picture; a path that could mean something in Markdown is no link."""
    if PLAIN_PATH.fullmatch(path):
        return f"▣ [{Path(path).name}](<{path}>)"
    return fenced(visible(path), "figure")


def _live(call: ToolCall) -> str:
    """Return the last lines of what a call has written, at a cost that has a bound."""
    text = call.live.read()[-LIVE_LINES * LONGEST_LINE :]
    lines = visible(text).rstrip("\n").split("\n")
    shown = "\n".join(line[-LONGEST_LINE:] for line in lines[-LIVE_LINES:])
    written = len(call.live) + call.live.dropped
    return _with_count(shown, written if len(lines) > LIVE_LINES or written > len(text) else 0)


def _with_count(text: str, written: int) -> str:
    return f"… {written:,} characters so far\n{text}" if written else text


def _beginning(text: str) -> str:
    """Return the first lines, and how many more there are."""
    lines = visible(text[: MOST_LINES * LONGEST_LINE]).rstrip("\n").split("\n")
    shown = [
        line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"
        for line in lines[:MOST_LINES]
    ]
    if len(text) > MOST_LINES * LONGEST_LINE:
        shown.append(f"… {len(text):,} characters in all; Enter opens them")
    elif more := len(lines) - len(shown):
        shown.append(f"… {more:,} more {'line' if more == 1 else 'lines'}; Enter opens them")
    return "\n".join(shown)
