"""Measures how long the program takes to start: import, first paint, ready to answer.

    uv run python -m tests.bench.load [--rounds 5] [--model FOLDER]

The program runs in a terminal of its own that this command reads. Its first start after an
installation also compiles the source to bytecode; later starts find that done.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench.pseudo_terminal import CTRL_Q, OURS, fresh_environment, is_ready, running

LAST_TEXT = "Quit"
"""What stands at the end of the screen's last line."""
IMPORTS = "import {module}, sys; print(sorted({{'mlx.core', 'openai_harmony'}} & set(sys.modules)))"


def time_import(module: str, environment: Mapping[str, str]) -> tuple[float, float, str]:
    """Import a module in a new interpreter.

    Returns the seconds it took, those of them on the processor, and the heavy modules it imported.
    """
    start, before = time.perf_counter(), processor_seconds()
    result = subprocess.run(
        [sys.executable, "-c", IMPORTS.format(module=module)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - start
    return seconds, processor_seconds() - before, result.stdout.strip()


def processor_seconds() -> float:
    """Return the processor time of the finished children so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Start(NamedTuple):
    """How long after its start the program drew frames, drew its text and was ready, in seconds."""

    painted: float
    written: float
    ready: float


def time_start(environment: Mapping[str, str], model: str | None) -> Start:
    """Start the program and leave it once it is ready."""
    command = [*OURS, *(["--model", model] if model else [])]
    start = time.perf_counter()
    with running(environment, command) as program:
        painted = program.until(bool)
        written = program.until(has_text)
        ready = program.until(is_ready)
    return Start(painted - start, written - start, ready - start)


def has_text(lines: list[str]) -> bool:
    """Whether the program's screen shows more than frames."""
    return any(LAST_TEXT in line for line in lines)


def time_paint(
    environment: Mapping[str, str],
    command: Sequence[str] = OURS,
    quit_keys: bytes = CTRL_Q,
    is_painted: Callable[[list[str]], bool] = has_text,
) -> tuple[float, float]:
    """Return the seconds from a program's start until it is painted, and the processor's."""
    start = time.perf_counter()
    with running(environment, command, quit_keys) as program:
        return program.until(is_painted) - start, program.processor_seconds()


def print_seconds(name: str, seconds: list[float]) -> None:
    """Print the best and the median of the rounds."""
    print(f"  {name:24} best {min(seconds):6.2f} s   median {statistics.median(seconds):6.2f} s")


def measure(title: str, rounds: int, model: str | None, *, first_start: bool) -> None:
    """Start the program several times and print how long it took."""
    print(f"{title}:")
    starts, imported, processor = [], [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as home:
            environment = fresh_environment(Path(home), first_start=first_start)
            starts.append(time_start(environment, model))
        with tempfile.TemporaryDirectory() as home:
            environment = fresh_environment(Path(home), first_start=first_start)
            seconds, on_processor, heavy = time_import("harmony_tui.app", environment)
        imported.append(seconds)
        processor.append(on_processor)
    print_seconds("import harmony_tui.app", imported)
    print_seconds("  on the processor", processor)
    print_seconds("start to first paint", [start.painted for start in starts])
    print_seconds("start to its text", [start.written for start in starts])
    print_seconds("start to ready", [start.ready for start in starts])
    print(f"  heavy modules that the import brings along: {heavy}")


def main() -> None:
    """Measure first and later starts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", help="name or folder; without it the bundled model")
    options = parser.parse_args()
    measure("later start", options.rounds, options.model, first_start=False)
    measure("first start, no bytecode yet", 1, options.model, first_start=True)


if __name__ == "__main__":
    main()
