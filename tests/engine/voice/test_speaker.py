"""The speaker on a real sound server, heard at its monitor."""

import threading
import time

import numpy as np
import pytest

from engine.voice.blocks import BLOCK
from engine.voice.speaker import Speaker
from tests.engine.voice.sound_server import SPEAKER
from tests.engine.voice.sounds import find, in_three_tries, melody, seconds_of_sound, until

pytestmark = pytest.mark.xdist_group("audio")


def test_what_is_played_is_heard_to_its_end_at_any_rate_of_the_device(audio):
    with audio.capture() as capture:
        for rate in (24_000, 44_100, 48_000, 16_000):
            assert in_three_tries(lambda rate=rate: is_heard(rate, capture))


def is_heard(rate, capture):
    speaker, sound = Speaker(None, lambda event: None, rate=rate), melody(0.4, rate)
    before = len(capture.samples)
    assert speaker.play(sound)
    played = speaker.drain()
    assert played == speaker.played_seconds == pytest.approx(0.4, abs=0.001)
    assert speaker.device_name == SPEAKER
    assert speaker.gaps == 0
    speaker.close()
    time.sleep(0.1)
    heard = capture.samples[before:]
    is_whole = seconds_of_sound(heard) == pytest.approx(0.4, abs=0.02)
    return find(heard, sound)[0] > 0.95 and is_whole


def test_pieces_are_joined_and_who_is_too_early_waits(audio):
    speaker = Speaker(SPEAKER, lambda event: None)
    sound = melody(1.4)

    def are_joined():
        with audio.capture() as capture:
            begin = time.monotonic()
            for at in range(0, len(sound), BLOCK):
                assert speaker.play(sound[at : at + BLOCK])
                assert speaker.queued_seconds <= 1.0
            assert time.monotonic() - begin > 0.3
            assert speaker.drain() == pytest.approx(1.4, abs=0.001)
            assert speaker.queued_seconds == 0.0
            time.sleep(0.1)
        return find(capture.samples, sound)[0] > 0.95

    assert in_three_tries(are_joined)
    with audio.capture() as capture:
        speaker.volume = 0.5
        speaker.play(sound[:9600])
        assert speaker.drain() == pytest.approx(0.4, abs=0.001)
        time.sleep(0.1)
    assert abs(capture.samples).max() == pytest.approx(0.2, abs=0.02)
    speaker.close()


def test_silence_comes_at_once_and_says_how_far_it_was_heard(audio):
    speaker, sound = Speaker(None, lambda event: None), melody(5.0)
    delays, errors = [], []
    went_on = []
    for seconds in (0.3, 0.15, 0.0):
        with audio.capture() as capture:
            speaking = threading.Thread(target=lambda: went_on.append(speaker.play(sound)))
            speaking.start()
            until(lambda: speaker.played_seconds > 0.05)
            time.sleep(seconds)
            pressed = time.monotonic()
            played = speaker.silence()
            speaking.join()
            time.sleep(0.1)
        assert not went_on.pop()
        delays.append(capture.last_sound() - pressed)
        errors.append(abs(seconds_of_sound(capture.samples) - played))
        assert speaker.played_seconds == played
    # The machine may be busy elsewhere once.
    assert min(delays) < 0.05
    assert max(delays) < 0.4
    assert min(errors) < 0.02
    assert max(errors) < 0.1

    cancelled = threading.Event()
    cancelled.set()
    with audio.capture() as capture:
        assert not speaker.play(sound, cancelled)
        time.sleep(0.1)
    assert seconds_of_sound(capture.samples) == 0.0
    speaker.close()


def test_no_thread_is_left_behind(audio):
    before = threading.active_count()
    speaker, sound = Speaker(None, lambda event: None), np.zeros(4800, np.float32)
    for number in range(50):
        assert speaker.play(sound)
        assert speaker.silence() <= 0.2
        if number % 10 == 9:
            assert threading.active_count() > before
            speaker.close()
            assert threading.active_count() == before
    assert speaker.drain() == 0.0
    speaker.close()
