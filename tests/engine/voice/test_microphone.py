"""The microphone on a real sound server."""

import threading
import time

import numpy as np
import pytest

from engine.voice import microphone, recorder
from engine.voice.audio_events import Dropped, Zeros
from engine.voice.blocks import BLOCK, BLOCK_SECONDS, RATE
from engine.voice.microphone import Microphone
from tests.engine.voice.sound_server import MICROPHONE
from tests.engine.voice.sounds import find, in_three_tries, joined, melody, until

pytestmark = pytest.mark.xdist_group("audio")


def test_what_is_said_is_recorded_at_any_rate_of_the_device(audio):
    heard = {rate: [] for rate in (24_000, 44_100, 48_000, 16_000)}
    events = []
    microphones = [
        Microphone(None, blocks.append, events.append, rate=rate) for rate, blocks in heard.items()
    ]
    for each in microphones:
        each.open()
    sound, missing = melody(0.6), set(heard)

    def are_recorded():
        events.clear()
        for each, blocks in zip(microphones, heard.values(), strict=True):
            blocks.clear()
            each.start()
        audio.talk(sound).wait()
        loudest = microphones[0].level.peak
        stopped = time.monotonic()
        for each in microphones:
            each.stop()
        assert loudest == pytest.approx(-8.0, abs=1.0)
        missing.difference_update(
            rate for rate, blocks in heard.items() if is_whole(blocks, stopped)
        )
        return not missing

    def is_whole(blocks, stopped):
        assert all(block.samples.shape == (BLOCK,) for block in blocks)
        assert blocks[-1].when + BLOCK_SECONDS > stopped
        apart = np.diff([block.when for block in blocks])
        assert np.median(apart) == pytest.approx(BLOCK_SECONDS, abs=0.01)
        return find(joined(blocks), sound)[0] > 0.95

    assert in_three_tries(are_recorded)
    for each in microphones:
        assert each.device_name == MICROPHONE
        assert each.dropped == 0
        each.close()


def test_the_first_syllable_is_heard_though_the_key_is_late(audio):
    blocks = []
    microphone = Microphone(MICROPHONE, blocks.append, lambda event: None, pre_roll=1.0)
    microphone.open()
    sound = melody(0.8)

    def is_heard():
        blocks.clear()
        talking = audio.talk(sound)
        until(lambda: microphone.level.rms > -30.0)
        time.sleep(0.2)
        pressed = time.monotonic()
        microphone.start()
        talking.wait()
        microphone.stop()
        assert pressed - 1.05 < blocks[0].when < pressed - 0.2
        return find(joined(blocks), sound[: RATE // 2])[0] > 0.95

    assert in_three_tries(is_heard)
    blocks.clear()
    pressed = time.monotonic()
    microphone.start(with_pre_roll=False)
    until(lambda: blocks)
    microphone.close()
    assert blocks[0].when == pytest.approx(pressed, abs=0.05)


def test_a_listener_that_stands_still_loses_sound_and_is_told(audio, monkeypatch):
    monkeypatch.setattr(microphone, "MOST_WAITING", 0.3)
    go_on, blocks, events = threading.Event(), [], []

    def hear(block):
        blocks.append(block)
        go_on.wait()

    recording = Microphone(None, hear, events.append)
    recording.start()
    until(lambda: recording.dropped >= 3)
    done = recording.stop(wait=False)
    assert not done.is_set()
    go_on.set()
    until(done.is_set)
    recording.close()
    assert sum(event.blocks for event in events if isinstance(event, Dropped)) >= 3
    # One is being heard; of the next ones as many as may wait were kept.
    assert 0.3 / BLOCK_SECONDS <= len(blocks) <= 0.3 / BLOCK_SECONDS + 6


def test_zeros_are_explained_once(audio, monkeypatch):
    monkeypatch.setattr(recorder, "ZERO_SECONDS", 0.4)
    events = []
    microphone = Microphone(None, lambda block: None, events.append)
    microphone.start()
    until(lambda: events)
    microphone.stop()
    audio.mute(True)
    microphone.start()
    until(lambda: len(events) > 1)
    time.sleep(0.2)
    microphone.close()
    assert [type(event) for event in events] == [Zeros, Zeros]
    assert MICROPHONE in events[0].message
    assert "Unmute" not in events[0].message
    assert "Unmute" in events[1].message


def test_no_thread_is_left_behind(audio):
    before = threading.active_count()
    blocks = []
    microphone = Microphone(None, blocks.append, lambda event: None)
    for number in range(50):
        microphone.start()
        microphone.stop(wait=number % 2 == 0)
        if number % 10 == 9:
            assert threading.active_count() > before
            microphone.close()
            assert threading.active_count() == before
    assert len(blocks) >= 20  # where stop() waited
    assert microphone.stop().is_set()
    microphone.close()
