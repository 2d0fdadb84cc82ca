"""Finds the patch in what a model sent: JSON, a shell command, a fence and prose around it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from engine.tools.apply_patch.folding import fold

PREFERRED_KEYS = ("input", "patch", "diff", "content", "text")
DEEPEST = 4
"""JSON in JSON is taken apart so often."""

BEGIN = re.compile(r"\*\*\*\s*begin patch\b", re.IGNORECASE)
END = re.compile(r"\*\*\*\s*end patch\b", re.IGNORECASE)
FILE = re.compile(r"\*\*\*\s*(add|delete|update)\s+file\s*:\s*(.*)", re.IGNORECASE)
FENCE = re.compile(r"\s*(```+|~~~+)")
HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
CHANGED_FOLDER = re.compile(
    r"(?:^|[;&|'\"\s])cd\s+(?:'([^']+)'|\"([^\"]+)\"|([^\s;&]+))\s*(?:&&|;)\s*apply_?patch"
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The lines of a patch between its first and its last, and what stood around them."""

    lines: list[str] = field(default_factory=list)
    folder: str = ""
    """The folder that a shell command went to first; paths are relative to it."""


def open_envelope(text: str) -> Envelope:
    """Return the lines of a patch without what is around them; there may be none.

    Begin and end may be missing: then it is all from the first file's header on.
    """
    text = _out_of_json(text).replace("\r\n", "\n")
    if "\n" not in text.strip() and "\\n" in text:
        text = _unescaped(text)
    all_lines = [line.removesuffix("\r") for line in text.split("\n")]
    first = _first_line(all_lines)
    if first is None:
        return Envelope()
    before, inside = all_lines[: first + 1], _without_margin(all_lines[first:])
    command = "\n".join(before)
    closing = {match[2] for match in HEREDOC.finditer(command)}
    is_fenced = any(FENCE.match(line) for line in before)
    return Envelope(_between(inside, closing, is_fenced=is_fenced), _changed_folder(command))


def _between(inside: list[str], closing: set[str], *, is_fenced: bool) -> list[str]:
    """Return the lines between those that begin and end patches."""
    # A line that ends a patch with blanks before it is one of a file's if there is one without.
    is_end_plain = any(END.match(line) for line in inside)
    lines: list[str] = []
    is_open = True
    for number, line in enumerate(inside):
        marker = line if is_end_plain else fold(line)
        if BEGIN.search(fold(line)) and (number == 0 or BEGIN.match(line)):
            is_open = True
        elif is_open and END.match(marker):
            is_open = False
        elif is_open:
            lines.append(line)
    while is_open and (closing or is_fenced) and lines:
        last = lines[-1].strip().rstrip("'\")")
        if last and last not in closing and not (is_fenced and FENCE.fullmatch(last)):
            break
        lines.pop()
    return lines


def _without_margin(lines: list[str]) -> list[str]:
    """Return lines without the blanks that stand before all of them."""
    margin = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    if margin and all(line.startswith(margin) or not line.strip() for line in lines):
        return [line.removeprefix(margin) for line in lines]
    return lines


def _first_line(lines: list[str]) -> int | None:
    """Return where a patch begins: at its first line, or at a file's header without one."""
    for pattern in (BEGIN, FILE):
        for number, line in enumerate(lines):
            found = pattern.search(fold(line))
            if found and (pattern is BEGIN or found.start() == 0):
                return number
    return None


def _changed_folder(before: str) -> str:
    found = CHANGED_FOLDER.search(before)
    return next((each for each in found.groups() if each), "") if found else ""


def _out_of_json(text: str) -> str:
    """Return the text that JSON carries: a string, or the likeliest one in an object or array."""
    for _ in range(DEEPEST):
        stripped = text.strip()
        if stripped[:1] not in ('"', "{", "["):
            break
        try:
            # Line breaks in a string are no JSON, but models write them.
            value = json.loads(stripped, strict=False)
        except (ValueError, RecursionError):
            break
        carried = _carried(value)
        if carried is None:
            break
        text = carried
    return text


def _carried(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        named = [value[key] for key in PREFERRED_KEYS if key in value]
        candidates = [*named, *reversed(value.values())]
    elif isinstance(value, list):
        candidates = [*reversed(value)]
    else:
        return None
    texts = [text for text in map(_carried, candidates) if text]
    return next((text for text in texts if "***" in text), texts[0] if texts else None)


def _unescaped(text: str) -> str:
    """Return a text whose line breaks were written as backslash and n."""
    stripped = text.strip().strip('"')
    try:
        return str(json.loads(f'"{stripped}"', strict=False))
    except ValueError:
        return stripped.replace("\\n", "\n").replace("\\t", "\t")
