"""The regular expressions of a JSON schema, and the fault in them that llguidance passes over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.generation.loosening import MAPS

VALUES = ("const", "default", "enum", "examples")
"""Keywords that hold JSON of any kind, in which no word is a keyword."""


def is_open(pattern: str) -> bool:
    """Return whether an expression ends in a backslash that has nothing to escape.

    llguidance takes it for nothing, or for what it puts around the expression itself.
    """
    return (len(pattern) - len(pattern.rstrip("\\"))) % 2 == 1


def patterns(schema: Any) -> Iterator[str]:
    """Give the regular expressions of a JSON schema, parsed; twice what stands there twice.

    Raises:
        RecursionError: it is nested too deeply.
    """
    if isinstance(schema, list | tuple):
        for each in schema:
            yield from patterns(each)
    if not isinstance(schema, Mapping):
        return
    if isinstance(pattern := schema.get("pattern"), str):
        yield pattern
    for keyword, value in schema.items():
        if keyword in MAPS and isinstance(value, Mapping):
            if keyword == "patternProperties":
                yield from value
            yield from patterns([*value.values()])
        elif keyword not in VALUES:
            yield from patterns(value)
