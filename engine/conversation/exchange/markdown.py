"""A conversation as Markdown: what was said, with reasoning and tool calls folded.

Nothing that was said can end its message, hide what comes after it, or look like another's
heading: raw HTML in it becomes text, code fences that it left open are closed.
"""

from __future__ import annotations

import re

from engine.conversation.exchange.writing import describe, instructions_of, pretty, shown
from engine.conversation.messages import Message, Session

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
BACKTICKS = re.compile("`+")
TAG = re.compile(r"<(?=[A-Za-z/!?])")
HEADINGS = ("You", "Assistant", "System", "Developer")
HEADING = re.compile(r" {0,3}##(?=[ \t]+(?:" + "|".join(HEADINGS) + r")\b)", re.IGNORECASE)
UNDERLINED = re.compile(r"[ \t]*(?:" + "|".join(HEADINGS) + r")\s*", re.IGNORECASE)
UNDERLINE = re.compile(r"^ {0,3}(?=[-=]+\s*$)")
"""The other way to write a heading: a line of these below it."""


def write(session: Session) -> str:
    """Return the path to the active leaf as Markdown."""
    path = session.path()
    parts = [f"# {_escaped(session.title)}", _escaped(describe(session))]
    if instructions := instructions_of(session, path):
        parts.append(_folded("Instructions", instructions))
    speaker = ""
    for message in path:
        heading = _heading(message)
        if heading != speaker:
            parts.append(f"## {heading}")
            speaker = heading
        parts.append(_message(message))
    return "\n\n".join(parts) + "\n"


def _heading(message: Message) -> str:
    """Return who speaks; what a tool answers stands with the call."""
    if message.role in ("assistant", "tool") or not message.is_genuine:
        return "Assistant"
    return "You" if message.role == "user" else message.role.capitalize()


def _message(message: Message) -> str:
    if not message.is_genuine:
        return _folded(f"Irregular output, as {message.role}", message.text)
    if message.role == "tool":
        return _folded(f"Answer of {message.name or 'a tool'}", message.text)
    if message.role == "assistant" and message.recipient is not None:
        arguments, is_json = pretty(message.text)
        return _folded(f"Call of {message.recipient}", arguments, "json" if is_json else "")
    if message.channel == "analysis":
        return _folded("Reasoning", message.text)
    return _flowing(message.text) + ("\n\n*(cut off)*" if message.is_cut else "")


def _folded(summary: str, text: str, language: str = "") -> str:
    text = shown(text)
    fence = "`" * max(3, 1 + max((len(run) for run in BACKTICKS.findall(text)), default=0))
    block = f"{fence}{language}\n{text}\n{fence}"
    return f"<details>\n<summary>{_escaped(summary)}</summary>\n\n{block}\n\n</details>"


def _escaped(text: str) -> str:
    """Return one line of text in which no character means anything to Markdown."""
    line = " ".join(shown(text).split())
    return re.sub(r"([\\`*_\[\]#~|])", r"\\\1", line.replace("&", "&amp;").replace("<", "&lt;"))


def _flowing(text: str) -> str:
    """Return a message's own Markdown without what could reach beyond the message."""
    lines, fence = [], ""
    for line in shown(text).split("\n"):
        found = FENCE.fullmatch(line)
        if fence:
            lines.append(line)
            if found and found[1].startswith(fence) and not found[2].strip():
                fence = ""
        elif found and not (found[1][0] == "`" and "`" in found[2]):
            fence = found[1]
            lines.append(line)
        else:
            is_below = bool(lines) and UNDERLINED.fullmatch(lines[-1])
            safe = UNDERLINE.sub(r"\\", line) if is_below else HEADING.sub(r"\\##", line)
            lines.append(_without_tags(safe))
    if fence:
        lines.append(fence)
    return "\n".join(lines)


def _without_tags(line: str) -> str:
    """Return a line in which HTML is text; code in it stays as it is."""
    runs = [run.span() for run in BACKTICKS.finditer(line)]
    closing: dict[int, int] = {}
    """The next run of as many backticks, by the number of a run."""
    later: dict[int, int] = {}
    for number, (start, end) in reversed(list(enumerate(runs))):
        if end - start in later:
            closing[number] = later[end - start]
        later[end - start] = number
    parts, number, done = [], 0, 0
    while number < len(runs):
        if number in closing:
            start, end = runs[number][0], runs[closing[number]][1]
            parts += [TAG.sub("&lt;", line[done:start]), line[start:end]]
            number, done = closing[number], end
        number += 1
    return "".join([*parts, TAG.sub("&lt;", line[done:])])
