"""Measures the program in a real terminal, with the bundled model: starting, typing, resting."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.figures import Figure, quantile
from tests.bench.load import processor_seconds, time_start
from tests.bench.pseudo_terminal import (
    LIMIT_SECONDS,
    OURS,
    Program,
    fresh_environment,
    is_ready,
    running,
)
from tests.bench.screen import compare

ENDLESS = """
[hyperparameters]
temperature = 1
max_tokens = 100000
loop_detection = "off"
logit_bias = "200002:-100, 200007:-100, 200012:-100"
"""
"""Settings with which an answer does not end: <|return|>, <|end|> and <|call|> are ruled out."""
ASKING = 'approval = "always"\n'
FIRST_LETTER = 0x100
"""Latin letters with marks, which stand nowhere else on the screen, begin here; there are 336."""
SETTLE_SECONDS = 5.0


@contextmanager
def ready_program(settings: str) -> Iterator[Program]:
    """Run the program with settings until its model is loaded."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "config").mkdir()
        (home / "config" / "config.toml").write_text(settings)
        with running(fresh_environment(home)) as program:
            program.until(is_ready)
            yield program


def measure_start(rounds: int) -> list[Figure]:
    """Measure the first paint, and what is answered without a screen.

    Of the frames the very first start knows that of the prompt box alone.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = fresh_environment(Path(home))
        time_start(environment, None)  # which may have to compile what was changed
        later = [time_start(environment, None) for _ in range(rounds)]
    first = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as home:
            first.append(time_start(fresh_environment(Path(home)), None))
    figures = [
        _milliseconds("first paint: frames", (start.painted for start in later), 350),
        _milliseconds("  with its text", (start.written for start in later), None),
        _milliseconds("  of the very first start", (start.painted for start in first), 350),
        _milliseconds("  with its text", (start.written for start in first), None),
    ]
    return figures + [_measure_answer(option, rounds) for option in ("--help", "--version")]


def _milliseconds(
    what: str, seconds: Iterable[float], wanted: float | None, note: str = ""
) -> Figure:
    return Figure(what, statistics.median(seconds) * 1000, "ms", wanted, note)


def _measure_answer(option: str, rounds: int) -> Figure:
    environment = fresh_environment(Path("/nonexistent"))
    told = _run(option, environment, "-X", "importtime")
    imports = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    is_light = "textual" not in imports
    seconds, before = [], processor_seconds()
    for _ in range(2 * rounds):
        start = time.perf_counter()
        _run(option, environment)
        seconds.append(time.perf_counter() - start)
    processor = (processor_seconds() - before) / len(seconds) * 1000
    note = f"{processor:.0f} ms CPU; textual is {'not ' if is_light else ''}imported"
    milliseconds = statistics.median(seconds) * 1000
    return Figure(option, milliseconds if is_light else float("inf"), "ms", 80, note)


def _run(
    option: str, environment: dict[str, str], *python: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *python, *OURS[1:], option]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)


def measure_echo(keys: int) -> list[Figure]:
    """Measure how long a key takes to be seen while an answer comes as fast as it can.

    Raises:
        TimeoutError: a key was never seen.
    """
    dice = random.Random(0)
    waits = []
    with ready_program(ENDLESS) as program:
        program.type("Write something long\r")
        program.until(lambda lines: not is_ready(lines))
        program.idle(SETTLE_SECONDS)
        for number in range(keys):
            program.idle(dice.uniform(0.05, 0.15))
            waits.append(_time_echo(program, chr(FIRST_LETTER + number)) * 1000)
        program.idle(0.5)
        assert not is_ready(program.lines), "the answer ended while keys were pressed"
    median = f"median {statistics.median(waits):.0f} ms, worst {max(waits):.0f} ms"
    return [Figure("key echo while generating, p99", quantile(waits, 0.99), "ms", 50, median)]


def _time_echo(program: Program, letter: str) -> float:
    start, wanted, drawn = time.perf_counter(), letter.encode(), b""
    program.type(letter)
    while wanted not in drawn:
        if time.perf_counter() - start > LIMIT_SECONDS:
            raise TimeoutError(f"{letter} was typed and is not on the screen")
        drawn += program.read(1.0)
    return time.perf_counter() - start


def measure_slowdown(rounds: int) -> list[Figure]:
    """Measure by how much the screen slows generation."""
    headless, on_screen, _ = compare(rounds)
    alone, shown = statistics.median(headless), statistics.median(on_screen)
    note = f"{shown:.0f} tokens/s, headless {alone:.0f}"
    return [Figure("generation slowed by the screen", (1 - shown / alone) * 100, "%", 5, note)]


def measure_rest(seconds: float) -> list[Figure]:
    """Measure what the program takes while nothing is asked of it, and while something moves."""
    with ready_program(ASKING) as program:
        idle = _load(program, seconds)
        # A call that waits for leave keeps the spinner turning and the engine idle.
        program.type("What time is it?\r")
        program.until(lambda lines: any("allow " in line for line in lines[-3:]))
        busy = _load(program, seconds)
    return [Figure("idle", idle, "% CPU", 1), Figure("with activity shown", busy, "% CPU", 3)]


def _load(program: Program, seconds: float) -> float:
    program.idle(SETTLE_SECONDS)
    start, processor = time.perf_counter(), program.processor_seconds()
    program.idle(seconds)
    spent = program.processor_seconds() - processor
    return spent / (time.perf_counter() - start) * 100
