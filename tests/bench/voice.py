"""Measures a spoken conversation on a sound server of its own: how well, how fast, how surely.

    uv run python -m tests.bench.voice [--prompts 15] [--turns 4] [--rounds 2] [--exits 50]

flite speaks into a virtual microphone and pocketsphinx listens, in both directions; the bundled
model answers. Takes about five minutes. The figures hold where nothing else runs.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from engine.voice.errors import VoiceError
from harmony_tui.terminal import stderr_in
from tests.bench.figures import Figure, table
from tests.bench.voice_exits import measure_exits
from tests.bench.voice_faults import measure_faults
from tests.bench.voice_program import measure_program
from tests.bench.voice_sound import measure_listening, measure_speaking, measure_stages
from tests.engine.voice.sound_server import SoundServer, what_is_missing


def _measured(part: str, measure: Callable[[], list[Figure]]) -> list[Figure]:
    """Return what a part measures; if it fails, that, and the others are measured all the same."""
    try:
        return measure()
    except (AssertionError, LookupError, OSError, RuntimeError, VoiceError) as error:
        traceback.print_exc(file=sys.stdout)
        return [Figure(f"{part}: failed", math.inf, "", 0, type(error).__name__)]


def main() -> int:
    """Measure all parts and print one table; return 1 if anything is not as it is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--prompts", type=int, default=15, help="sentences in each direction")
    parser.add_argument("--turns", type=int, default=4, help="spoken questions to the program")
    parser.add_argument("--rounds", type=int, default=2, help="how often each fault is made")
    parser.add_argument("--exits", type=int, default=50, help="starts and exits")
    given = parser.parse_args()
    if missing := what_is_missing():
        sys.exit(f"There is no sound server here: {missing}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HARMONY_TUI_HOME"] = str(folder / "home")
        server = SoundServer(folder)
        os.environ.update(server.environment)
        parts: dict[str, Callable[[], list[Figure]]] = {
            "stages": measure_stages,
            "listening": lambda: measure_listening(server, folder, given.prompts),
            "speaking": lambda: measure_speaking(server, given.prompts),
            "program": lambda: asyncio.run(measure_program(server, folder, given.turns)),
            "faults": lambda: measure_faults(server, given.rounds),
            "exits": lambda: measure_exits(folder, given.exits),
        }
        figures = []
        with stderr_in(folder / "native.log"):  # where the libraries of sound complain
            server.start()
            try:
                for part, measure in parts.items():
                    server.ensure()
                    began = time.monotonic()
                    figures += _measured(part, measure)
                    print(f"{part}: {time.monotonic() - began:.0f} s", flush=True)
            finally:
                server.kill()
    print(table(figures))
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
