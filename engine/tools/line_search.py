"""Finds the lines that a pattern matches.

A regular expression can take forever, and nothing stops one in the program's own process. So this
file also runs as a program of its own, on texts that it is sent, and can be ended. It needs nothing
but the standard library.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

SHOWN = 240
"""Characters of a long line that are shown around a match."""


@dataclass(frozen=True, slots=True)
class Found:
    """A line that matches, its number from 1, and its text, cut if it is long."""

    path: str
    number: int
    text: str


def find_lines(pattern: re.Pattern[str], path: str, text: str) -> Iterator[Found]:
    """Give the lines of a text that a pattern matches."""
    for number, line in enumerate(text.split("\n"), 1):
        if match := pattern.search(line):
            yield Found(path, number, _cut(line.rstrip("\r"), match.start()))


def _cut(line: str, start: int) -> str:
    if len(line) <= SHOWN:
        return line
    first = max(min(start - SHOWN // 3, len(line) - SHOWN), 0)
    before, after = "…" if first else "", "…" if first + SHOWN < len(line) else ""
    return f"{before}{line[first : first + SHOWN]}{after}"


def write_request(pattern: str, *, ignore_case: bool, texts: list[tuple[str, str]]) -> bytes:
    """Return what the program reads: the pattern, then each path and text."""
    parts = [json.dumps([pattern, ignore_case]).encode() + b"\n"]
    for path, text in texts:
        data = text.encode("utf-8", "replace")
        parts += [json.dumps([path, len(data)]).encode() + b"\n", data]
    return b"".join(parts)


def read_reply(reply: bytes) -> list[Found]:
    """Return what the program found; it may have been ended in the middle of a line."""
    whole = reply[: reply.rfind(b"\n") + 1]
    return [Found(*json.loads(line)) for line in whole.splitlines()]


def answer(request: BinaryIO, reply: BinaryIO) -> None:
    """Answer a request; each text's lines are told when it is through."""
    pattern, ignore_case = json.loads(request.readline())
    compiled = re.compile(pattern, re.IGNORECASE if ignore_case else 0)
    for header in iter(request.readline, b""):
        path, size = json.loads(header)
        text = request.read(size).decode()
        for found in find_lines(compiled, path, text):
            reply.write(json.dumps([found.path, found.number, found.text]).encode() + b"\n")
        reply.flush()


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
