"""How long sound takes to come back when devices go, sleep or move, or the server dies."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import closing

from engine.voice.audio_events import DeviceBack, DeviceLost, DeviceMoved
from tests.bench.figures import Figure
from tests.engine.voice.sound_server import MICROPHONE, SoundServer
from tests.engine.voice.test_device_faults import Recording, Speaking

WANTED_SECONDS = 2.0
PATIENCE_SECONDS = 10.0
AWAY_SECONDS = 0.3


def measure_faults(server: SoundServer, rounds: int) -> list[Figure]:
    """Make each fault so many times; return the slowest recovery of each."""
    faults: dict[str, Callable[[SoundServer], float]] = {
        "microphone unplugged and back": _unplug,
        "microphone asleep and awake": _sleep,
        "microphone gone, another stands in": _stand_in,
        "server restarted, recording": _restart_recording,
        "speaker asleep and awake": _sleep_speaking,
        "speaker gone, another stands in": _move_speaker,
        "server restarted, speaking": _restart_speaking,
    }
    figures = []
    for name, fault in faults.items():
        seconds = []
        for _ in range(rounds):
            server.ensure()
            try:
                seconds.append(fault(server))
            except AssertionError:  # it waited in vain
                seconds.append(math.inf)
        note = f"the slowest of {rounds}"
        figures.append(Figure(name, max(seconds), "s", WANTED_SECONDS, note))
    server.ensure()
    return figures


def _unplug(server: SoundServer) -> float:
    with closing(Recording(server)) as recording:
        server.remove_source()
        recording.listener.wait_for(DeviceLost, PATIENCE_SECONDS)
        time.sleep(AWAY_SECONDS)
        began = time.monotonic()
        server.restore_source()
        recording.listener.wait_for(DeviceBack, PATIENCE_SECONDS)
        return time.monotonic() - began


def _sleep(server: SoundServer) -> float:
    with closing(Recording(server)) as recording:
        server.suspend()
        recording.listener.wait_for(DeviceLost, PATIENCE_SECONDS)
        time.sleep(AWAY_SECONDS)
        began = time.monotonic()
        server.suspend(False)
        recording.listener.wait_for(DeviceBack, PATIENCE_SECONDS)
        return time.monotonic() - began


def _stand_in(server: SoundServer) -> float:
    server.add_source("yeti", "Yeti")
    with closing(Recording(server, MICROPHONE)) as recording:
        server.change("set-default-source", "yeti")
        began = time.monotonic()
        server.remove_source()
        recording.listener.wait_for(DeviceMoved, PATIENCE_SECONDS)
        return time.monotonic() - began


def _restart_recording(server: SoundServer) -> float:
    with closing(Recording(server)) as recording:
        server.kill()
        recording.listener.wait_for(DeviceLost, PATIENCE_SECONDS)
        server.start()
        began = time.monotonic()
        recording.listener.wait_for(DeviceBack, PATIENCE_SECONDS)
        return time.monotonic() - began


def _sleep_speaking(server: SoundServer) -> float:
    with closing(Speaking(server)) as speaking:
        server.suspend_speaker()
        speaking.listener.wait_for(DeviceLost, PATIENCE_SECONDS)
        time.sleep(AWAY_SECONDS)
        began = time.monotonic()
        server.suspend_speaker(False)
        speaking.listener.wait_for(DeviceBack, PATIENCE_SECONDS)
        return time.monotonic() - began


def _move_speaker(server: SoundServer) -> float:
    with closing(Speaking(server)) as speaking:
        began = time.monotonic()
        server.remove_speaker()
        speaking.listener.wait_for(DeviceMoved, PATIENCE_SECONDS)
        return time.monotonic() - began


def _restart_speaking(server: SoundServer) -> float:
    with closing(Speaking(server)) as speaking:
        server.kill()
        speaking.listener.wait_for(DeviceLost, PATIENCE_SECONDS)
        server.start()
        began = time.monotonic()
        speaking.listener.wait_for(DeviceBack, PATIENCE_SECONDS)
        return time.monotonic() - began
