"""What subcommands print: lines in columns, JSON, and one sentence where they fail."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any


class SubcommandError(Exception):
    """A subcommand cannot do its work; the message is one sentence that says why."""


def aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give each row as a line, its cells under those of the others."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def print_lines(*lines: str) -> None:
    """Print lines; what the terminal's encoding does not have becomes question marks."""
    if not lines:
        return
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    text = "\n".join(lines).encode(encoding, "replace").decode(encoding)
    print(text, flush=True)


def print_json(content: Any) -> None:
    """Print JSON, laid out for people too."""
    print_lines(json.dumps(content, ensure_ascii=False, indent=2))


def agrees(question: str) -> bool:
    """Ask on the terminal, and return whether the person wants it.

    Raises:
        SubcommandError: there is no terminal to ask in.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise SubcommandError(f"{question} There is no terminal to ask in; --yes says so.")
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
