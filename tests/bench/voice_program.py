"""Measures the program while it listens, understands, answers and speaks."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from textual.pilot import Pilot

from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.voice.driver import KeyReleased
from tests.bench.figures import Figure, quantile
from tests.engine.voice.calling import record
from tests.engine.voice.sound_server import SoundServer
from tests.harmony_tui.screen import NARROW, until

QUESTIONS = ("Tell me a joke about computers.", "What can you do?")
TICK_SECONDS = 0.005
SETTINGS = Settings(
    voice="on",
    voice_recognizer="pocketsphinx",
    voice_synthesizer="flite",
    hyperparameters={"temperature": 0, "effort": "low"},
)
WANTED = {
    "release_to_final_text": 0.5,
    "release_to_first_token": 2.0,
    "release_to_first_sound": 3.0,
    "final_to_first_sound": 0.5,
}
"""Seconds; the names are those of ``engine.voice.ledger``."""
PHASES = {"listening": "recording", "transcribing": "recognising", "speaking": "speaking"}


class Watch:
    """How late the screen's loop is in each phase, and how much of a core the program takes."""

    def __init__(self, app: HarmonyApp) -> None:
        self._app = app
        self.late: dict[str, list[float]] = defaultdict(list)
        self._wall: dict[str, float] = defaultdict(float)
        self._cpu: dict[str, float] = defaultdict(float)

    async def run(self) -> None:
        """Watch until it is cancelled."""
        while True:
            phase = self._app.voice.state.phase
            wall, cpu = time.perf_counter(), time.process_time()
            await asyncio.sleep(TICK_SECONDS)
            taken = time.perf_counter() - wall
            self.late[phase].append(1000 * (taken - TICK_SECONDS))
            self._wall[phase] += taken
            self._cpu[phase] += time.process_time() - cpu

    def share(self, phase: str) -> float:
        """Return how much of a core was taken in a phase, in percent."""
        return 100 * self._cpu[phase] / max(0.001, self._wall[phase])


async def measure_program(server: SoundServer, folder: Path, turns: int) -> list[Figure]:
    """Ask aloud and hear the answers in the program; return what its session and its loop say."""
    app = HarmonyApp(SETTINGS, None)
    try:
        async with app.run_test(size=NARROW) as pilot:
            await until(pilot, lambda: app.voice.state.phase == "ready" and app.engine.model)
            app.voice.key.sees_release = True
            watch = Watch(app)
            watching = asyncio.create_task(watch.run())
            for number in range(turns):
                question = QUESTIONS[number % len(QUESTIONS)]
                said = await asyncio.to_thread(record, question, folder)
                await _ask(pilot, app, server, said)
                await until(pilot, lambda n=number: len(app.engine.session.spoken) > n)
            watching.cancel()
            spoken = list(app.engine.session.spoken.values())
    finally:
        app.engine.close()
    figures = []
    for name, wanted in WANTED.items():
        seconds = [each.figures[name] for each in spoken if name in each.figures]
        label = f"program: {name.replace('_', ' ')}"
        note = f"median of {len(seconds)}, {max(seconds):.2f} at most"
        figures.append(Figure(label, median(seconds), "s", wanted, note))
    broken = sum(each.figures["xruns"] + each.figures["dropped_blocks"] for each in spoken)
    figures.append(Figure("program: xruns and lost blocks", broken, "", 0))
    for phase, label in PHASES.items():
        late = watch.late[phase]
        if late:
            note = f"{max(late):.0f} at most; {watch.share(phase):.0f} % of a core"
            figures.append(
                Figure(f"stalls while {label}, p99", quantile(late, 0.99), "ms", 33, note)
            )
    return figures


async def _ask(pilot: Pilot[int], app: HarmonyApp, server: SoundServer, said: Path) -> None:
    """Hold the key, speak, let go, and hear the answer to its end."""
    voice = app.voice
    await pilot.press("ctrl+space")
    await asyncio.sleep(0.2)
    speaking = await asyncio.to_thread(server.talk, said)
    await until(pilot, lambda: speaking.poll() is not None)
    await asyncio.sleep(0.3)
    app.post_message(KeyReleased("space"))
    await until(pilot, lambda: voice.state.phase == "speaking")
    await until(pilot, lambda: voice.state.phase == "ready" and not app.engine.is_answering)
