"""On which line of a TOML file something stands, for what is wrong there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

Place = tuple[str | int, ...]
"""The keys that lead to a value; a number, from 0, is one of several tables of the same name."""

NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
NAMES = rf"{NAME}(?:\s*\.\s*{NAME})*"
HEADER = re.compile(rf"\s*(\[\[?)\s*({NAMES})\s*\]")
KEY = re.compile(rf"\s*({NAMES})\s*=")
QUOTES = ('"""', "'''")


def read_lines(text: str) -> dict[Place, int]:
    """Return the line, from 1, of everything that a file sets, and of its tables."""
    lines: dict[Place, int] = {}
    for line, place in _places(text):
        # A table need have no header of its own, only keys such as ``keys.quit``.
        for depth in range(1, len(place) + 1):
            lines.setdefault(place[:depth], line)
    return lines


def find_line(lines: Mapping[Place, int], place: Sequence[str | int]) -> int | None:
    """Return the line of what stands at a place, or of the nearest that holds it.

    Args:
        lines: the file's, as ``read_lines`` returns them.
        place: the keys that lead to it.

    Returns:
        None where the file has nothing of it.
    """
    depths = range(len(place), 0, -1)
    return next((lines[each] for n in depths if (each := tuple(place[:n])) in lines), None)


def _places(text: str) -> Iterator[tuple[int, Place]]:
    """Give each line that begins a table or a value, and the place of that."""
    table: Place = ()
    counts: dict[tuple[str, ...], int] = {}
    closing = ""
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if header := HEADER.match(line):
            names = _split(header[2])
            table = names
            if header[1] == "[[":
                counts[names] = counts.get(names, -1) + 1
                table = (*names, counts[names])
            yield number, table
        elif key := KEY.match(line):
            yield number, (*table, *_split(key[1]))
            closing = next((each for each in QUOTES if line.count(each) % 2), "")


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in re.findall(NAME, names))
