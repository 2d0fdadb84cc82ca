"""Measures what the screen costs: tokens/s inside the full-screen program against headless.

    uv run python -m tests.bench.screen [--rounds 5] [--model FOLDER]

Both answer the same question greedily with the same engine, in turns; the program runs in a
terminal of its own that this command reads. The rates are those that the sessions' files keep.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engine.conversation.reading import read_session
from tests.bench.pseudo_terminal import (
    LIMIT_SECONDS,
    OURS,
    Program,
    fresh_environment,
    is_ready,
    running,
)

Run = Callable[[Path, dict[str, str], str | None], None]

QUESTION = "Write something long"
LOOK_SECONDS = 0.25
"""The session's file is looked at so often: looking takes the time of what is measured."""
CONFIGURATION = '[hyperparameters]\ntemperature = 0\nmax_tokens = 400\neffort = "high"\n'

HEADLESS = """
import sys
from pathlib import Path
from engine import Chat, Worker
from engine.config import locations
from engine.config.precedence import load_configuration
from engine.conversation.store import Store
worker = Worker()
worker.load(sys.argv[2] or None, lambda event: None).result()
chosen = load_configuration().hyperparameters
chat = Chat(worker, hyperparameters=chosen, store=Store(locations.sessions_folder()))
chat.send(sys.argv[1], lambda event: None)
worker.close()
"""


def answered(home: Path) -> tuple[int, float] | None:
    """Return the tokens sampled and their rate once the session's file says that the turn ended."""
    for path in (home / "data" / "sessions").glob("*.jsonl"):
        for turn in read_session(path).turns.values():
            if figures := turn.statistics:
                return int(figures["sampled_tokens"]), (
                    figures["sampled_tokens"] / figures["decode_seconds"]
                )
    return None


def run_headless(_home: Path, environment: dict[str, str], model: str | None) -> None:
    """Answer the question without a screen."""
    command = [sys.executable, "-c", HEADLESS, QUESTION, model or ""]
    subprocess.run(command, env=environment, check=True)


def run_on_screen(home: Path, environment: dict[str, str], model: str | None) -> None:
    """Answer the question in the full-screen program.

    Raises:
        TimeoutError: there was no answer in time.
    """
    with running(environment, [*OURS, *(["--model", model] if model else [])]) as program:
        program.until(is_ready)
        program.type(QUESTION + "\r")
        limit = time.monotonic() + LIMIT_SECONDS
        while answered(home) is None:
            if time.monotonic() > limit:
                raise TimeoutError("the program did not answer")
            _take_in(program, LOOK_SECONDS)


def _take_in(program: Program, seconds: float) -> None:
    """Read what the program draws, as a terminal has to."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        program.read(left)


def measure(run: Run, model: str | None) -> tuple[int, float]:
    """Return the tokens and the rate of one answer."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "config").mkdir()
        (home / "config" / "config.toml").write_text(CONFIGURATION)
        run(home, fresh_environment(home), model)
        found = answered(home)
    assert found is not None
    return found


def compare(rounds: int, model: str | None = None) -> tuple[list[float], list[float], int]:
    """Return the rates headless and on the screen, in turns, and the tokens of an answer."""
    headless, on_screen = [], []
    for _ in range(rounds):
        tokens, rate = measure(run_headless, model)
        headless.append(rate)
        same, rate = measure(run_on_screen, model)
        on_screen.append(rate)
        assert same == tokens, "the two did not give the same answer"
    return headless, on_screen, tokens


def main() -> None:
    """Measure both in turns and print their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", help="name or folder; without it the bundled model")
    options = parser.parse_args()
    headless, on_screen, tokens = compare(options.rounds, options.model)
    for name, rates in (("headless", headless), ("on the screen", on_screen)):
        print(f"{name:14} best {max(rates):6.1f}   median {statistics.median(rates):6.1f} tokens/s")
    ratio = statistics.median(on_screen) / statistics.median(headless)
    print(f"on the screen / headless: {ratio:.2f} (medians), {tokens} tokens an answer")


if __name__ == "__main__":
    main()
