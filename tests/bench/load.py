"""Measures how long the program takes to start: import, first paint, ready to answer.

    uv run python -m tests.bench.load [--rounds 5] [--model FOLDER]

The program runs in a terminal of its own that this command reads. Its first start after an
installation also compiles the source to bytecode; later starts find that done.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import pty
import resource
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte

COLUMNS, ROWS = 120, 40
LIMIT_SECONDS = 120
READY = "ready"
"""The word at the end of the status line once the model is loaded."""

IMPORTS = "import {module}, sys; print(sorted({{'mlx.core', 'openai_harmony'}} & set(sys.modules)))"


def fresh_environment(home: Path, *, first_start: bool) -> dict[str, str]:
    """Return the environment of a person who has not used the program before."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {
        **kept,
        "HARMONY_TUI_HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    if first_start:
        environment["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")
    return environment


def time_import(module: str, environment: dict[str, str]) -> tuple[float, float, str]:
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


@contextlib.contextmanager
def program(environment: dict[str, str], model: str | None) -> Iterator[int]:
    """Run the program in a terminal of its own; give the file descriptor of its other side."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    command = [sys.executable, "-m", "harmony_tui", *(["--model", model] if model else [])]
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        close_fds=True,
    )
    os.close(theirs)
    try:
        yield ours
    finally:
        with contextlib.suppress(OSError):
            os.write(ours, b"\x11")  # Ctrl+Q
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        os.close(ours)


def time_start(environment: dict[str, str], model: str | None) -> tuple[float, float]:
    """Return the seconds from the start to the first paint, and to ready."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    start = time.perf_counter()
    with program(environment, model) as terminal:
        painted = wait_for(terminal, stream, lambda: bool("".join(screen.display).strip()))
        ready = wait_for(terminal, stream, lambda: is_ready(screen))
    return painted - start, ready - start


def is_ready(screen: pyte.Screen) -> bool:
    """Whether the status line says so."""
    return any(line.rstrip().endswith(READY) for line in screen.display[-3:])


def wait_for(terminal: int, stream: pyte.ByteStream, happened: Callable[[], bool]) -> float:
    """Read the terminal until something is on the screen; return when that was.

    Raises:
        TimeoutError: it took too long.
    """
    limit = time.perf_counter() + LIMIT_SECONDS
    while not happened():
        left = limit - time.perf_counter()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            raise TimeoutError("the program did not get that far:\n" + "\n".join(display(stream)))
        stream.feed(os.read(terminal, 65536))
    return time.perf_counter()


def display(stream: pyte.ByteStream) -> list[str]:
    """Return the lines of the screen that are not empty."""
    screen = stream.listener
    assert isinstance(screen, pyte.Screen)
    return [line.rstrip() for line in screen.display if line.strip()]


def print_seconds(name: str, seconds: list[float]) -> None:
    """Print the best and the median of the rounds."""
    print(f"  {name:24} best {min(seconds):6.2f} s   median {statistics.median(seconds):6.2f} s")


def measure(title: str, rounds: int, model: str | None, *, first_start: bool) -> None:
    """Start the program several times and print how long it took."""
    print(f"{title}:")
    painted, ready, imported, processor = [], [], [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as home:
            environment = fresh_environment(Path(home), first_start=first_start)
            first, second = time_start(environment, model)
        with tempfile.TemporaryDirectory() as home:
            environment = fresh_environment(Path(home), first_start=first_start)
            seconds, on_processor, heavy = time_import("harmony_tui.app", environment)
        painted.append(first)
        ready.append(second)
        imported.append(seconds)
        processor.append(on_processor)
    print_seconds("import harmony_tui.app", imported)
    print_seconds("  on the processor", processor)
    print_seconds("start to first paint", painted)
    print_seconds("start to ready", ready)
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
