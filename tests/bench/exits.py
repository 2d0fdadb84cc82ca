"""Starts a program with the bundled model many times and ends it in the middle of its work.

    uv run python -m tests.bench.exits [--starts 50]

Every exit code has to be the expected one, no exit may take long, and nothing may be written to
standard error. Two programs run at a time.
"""

from __future__ import annotations

import argparse
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.engine.ending import EXPECTED, MOMENTS

ROOT = Path(__file__).parents[2]
LIMIT_SECONDS = 2.0
"""The longest that an exit may take where the machine has nothing else to do."""

Case = tuple[str, str]
"""A moment, and a way to end."""


@dataclass(frozen=True, slots=True)
class Exit:
    """How one program ended."""

    moment: str
    ending: str
    code: int
    seconds: float
    """From the moment, or the signal then, until the process was gone."""
    errors: str
    """What it wrote to standard error."""

    @property
    def fault(self) -> str:
        """What is wrong with it; empty if nothing is."""
        where = f"{self.ending} in {self.moment}: "
        if self.code != EXPECTED[self.ending]:
            return f"{where}exit code {self.code}, not {EXPECTED[self.ending]}; {self.errors}"
        if self.errors:
            return where + self.errors
        if self.seconds > allowed_seconds():
            return f"{where}{self.seconds:.2f} s"
        return ""


def allowed_seconds() -> float:
    """Return the longest that an exit may take: more where more runs than there are cores."""
    return LIMIT_SECONDS * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def run(case: Case) -> Exit:
    """Start the program, end it, and say how it went."""
    moment, ending = case
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.engine.ending", moment, ending],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    start = time.perf_counter()
    if ending.startswith("SIG"):
        process.send_signal(signal.Signals[ending])
    try:
        _, errors = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        _, errors = process.communicate()
    return Exit(moment, ending, process.returncode, time.perf_counter() - start, errors.strip())


def run_all(cases: Sequence[Case]) -> list[Exit]:
    """Run several, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, cases))


def some_cases(count: int) -> list[Case]:
    """Return every moment with every ending in turn."""
    every = itertools.cycle((moment, ending) for ending in EXPECTED for moment in MOMENTS)
    return list(itertools.islice(every, count))


def main() -> int:
    """Run them, print how long they took and what went wrong; return 1 if anything did."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--starts", type=int, default=50)
    exits = run_all(some_cases(parser.parse_args().starts))
    for moment in MOMENTS:
        seconds = [each.seconds for each in exits if each.moment == moment]
        if seconds:
            print(f"{moment:12} {len(seconds):3} exits, the slowest {max(seconds):5.2f} s")
    faults = [each.fault for each in exits if each.fault]
    print(f"{len(exits)} starts, {len(faults)} faults", *faults, sep="\n  ")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
