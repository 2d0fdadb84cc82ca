"""Measures what the screen costs a person, and says whether that is what is wanted.

    uv run python -m tests.bench.terminal [--quick] [--only paint,echo] [--peer [FOLDER]]

The parts: paint (first paint, --help, --version), session (opening 2,000 messages, widgets),
stream (an answer of 8,000 tokens below them, of each kind), changes (resize, another theme), echo
(keys while an answer comes), slowdown (of generation by the screen), rest (idle, and with activity
shown). Times of the wall are those of a machine that has nothing else to do; what is called CPU
hardly depends on that. The command's exit code is 1 where something is not as it is wanted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.figures import Figure, table
from tests.bench.live_program import measure_echo, measure_rest, measure_slowdown, measure_start
from tests.bench.peer_screen import measure_peer
from tests.bench.whole_app import (
    measure_changes,
    measure_session,
    measure_streaming,
    session_of,
)

MESSAGES = 2000
TOKENS = 8000


def parts(path: Path, *, is_quick: bool) -> dict[str, Callable[[], list[Figure]]]:
    """Return what can be measured, by name.

    Args:
        path: a session of 2,000 messages.
        is_quick: whether a rough figure is enough.
    """
    rounds = 2 if is_quick else 9
    return {
        "paint": lambda: measure_start(rounds),
        "session": lambda: asyncio.run(measure_session(path, MESSAGES)),
        "stream": lambda: asyncio.run(measure_streaming(path, TOKENS)),
        "changes": lambda: asyncio.run(measure_changes(path, MESSAGES)),
        "echo": lambda: measure_echo(40 if is_quick else 300),
        "slowdown": lambda: measure_slowdown(1 if is_quick else 5),
        "rest": lambda: measure_rest(3 if is_quick else 20),
    }


def main() -> int:
    """Measure what the command line asks for, print a table and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds, rougher figures")
    parser.add_argument("--only", metavar="PARTS", help="measure these parts, with commas between")
    parser.add_argument(
        "--peer",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="FOLDER",
        help="compare with elia-chat, in a virtual environment that is made there if it is not "
        "there yet, or for this time; without --only nothing but this is measured",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        known = parts(session_of(MESSAGES, Path(folder)), is_quick=options.quick)
        wanted = options.only.split(",") if options.only else [] if options.peer else [*known]
        if unknown := set(wanted) - set(known):
            parser.error(f"there is no {', '.join(sorted(unknown))}; parts: {', '.join(known)}")
        figures = []
        for name in wanted:
            print(f"{name} ...", file=sys.stderr, flush=True)
            figures += known[name]()
    if options.peer is not None:
        print("peer ...", file=sys.stderr, flush=True)
        place = options.peer.absolute() if options.peer != Path() else None
        figures += measure_peer(2 if options.quick else 5, MESSAGES, place)
    print(table(figures))
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
