"""Starts the program with voice on many times and quits it, in the middle of what it does."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.figures import Figure
from tests.harmony_tui.voice.terminal import OLD_PRESS, Terminal

WANTED_SECONDS = 2.0
MOMENTS = ("loading", "ready", "listening", "speaking")
QUESTION = "What can you do?\r"


def measure_exits(folder: Path, count: int) -> list[Figure]:
    """Start and quit so many times, two at a time; return how long it took and what failed."""
    cases = list(itertools.islice(itertools.cycle(MOMENTS), count))
    homes = [folder / f"exit {number}" for number in range(count)]
    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(_start_and_quit, homes, cases))
    failed = sum(code != 0 for code, _ in ends)
    codes = sorted({str(code) for code, _ in ends})
    slowest = max((seconds for _, seconds in ends), default=0.0)
    what = f"{count} exits with voice on"
    return [
        Figure(f"{what}, failed", failed, "", 0, f"exit codes: {', '.join(codes)}"),
        Figure(f"{what}, the slowest", slowest, "s", WANTED_SECONDS, "two at a time"),
    ]


def _start_and_quit(home: Path, moment: str) -> tuple[int | str, float]:
    """Return the exit code, or what went wrong, and the seconds from the key to the end."""
    terminal = Terminal(home)
    try:
        terminal.shows("Conversation")
        if moment != "loading":
            terminal.shows("Ctrl+Space to speak", "context 0/")
        if moment == "listening":
            terminal.press(OLD_PRESS)
            terminal.shows("listening")
        elif moment == "speaking":
            terminal.press(*QUESTION)
            terminal.shows("speaking")
        began = time.monotonic()
        code = terminal.end()
        return code, time.monotonic() - began
    except AssertionError:  # it waited in vain
        return f"stuck {moment}", 0.0
    finally:
        terminal.kill()
