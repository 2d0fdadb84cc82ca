"""Killing a program at a random moment of a conversation, and seeing what of it is left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from engine.conversation.reading import read_session
from engine.conversation.store import Store
from tests.engine.conversation.played import SETTING

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Remains:
    """What a kill left."""

    acknowledged: int
    """Messages that were said to be safe."""
    lost: int
    """How many of them are not in the file."""
    missing_seconds: float
    """For how long text was shown that is not in the file."""
    was_torn: bool
    was_mid_answer: bool


def kill_one(folder: Path, seed: int) -> Remains:
    """Run the program, kill it, read the file, and go on with it."""
    chance = random.Random(seed)
    command = [sys.executable, "-m", "tests.engine.conversation.streaming", str(folder), str(seed)]
    told = folder / f"told-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    with (
        told.open("wb") as output,
        subprocess.Popen(command, stdout=output, cwd=ROOT, env={**os.environ}) as program,
    ):
        while told.stat().st_size == 0:
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.6))
        program.send_signal(signal.SIGKILL)
    # What was shown last may be cut by the kill itself.
    first, *lines = told.read_text().rpartition("\n")[0].splitlines()
    path = Path(first)
    said = [line.removeprefix("said ") for line in lines if line.startswith("said ")]
    started = sum(line.startswith("started ") for line in lines)
    raw = path.read_bytes()
    session = read_session(path) if raw else None
    kept = {m.text for m in session.messages.values()} if session else set()
    lost = sum(text not in kept for text in said)
    if session is not None:
        assert session.damaged == 0
        assert sum(call.is_started for call in session.calls.values()) >= started
    shown = [line.split() for line in lines if line.startswith("shown ")]
    tokens = {word for text in kept if text.startswith("a") for word in text.split()}
    missing = [float(at) for _, turn, token, at in shown if f"a{turn}.{token}" not in tokens]
    with Store.open(path) if raw else Store(folder) as store:
        store.begin_turn("once more", SETTING)
    assert read_session(store.path).path()[-1].text == "once more"
    return Remains(
        len(said),
        lost,
        missing[-1] - missing[0] if missing else 0.0,
        was_torn=bool(raw) and not raw.endswith(b"\n"),
        was_mid_answer=bool(session and session.path() and session.path()[-1].is_cut),
    )
