"""What subcommands print: lines in columns, JSON, and one sentence where they fail."""

from __future__ import annotations

import argparse
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


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option that every subcommand has."""
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def tell(content: Any, *lines: str, as_json: bool) -> None:
    """Print what was done: as JSON for a program, or else as lines for a person."""
    if as_json:
        print_json(content)
    else:
        print_lines(*lines)


def agrees(question: str) -> bool:
    """Ask on the terminal, by standard error, and return whether the person wants it.

    Raises:
        SubcommandError: there is no terminal to ask in.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise SubcommandError(f"{question} There is no terminal to ask in; --yes says so.")
    try:
        print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
        return input().strip().lower() in ("y", "yes")
    except EOFError:
        return False
