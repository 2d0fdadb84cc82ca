"""Devices that go away, fall asleep, are moved or come back, on a real sound server."""

import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from engine.voice import speaker as speaker_module
from engine.voice.audio_events import DeviceBack, DeviceLost, DeviceMoved, Xruns
from engine.voice.blocks import RATE
from engine.voice.devices import list_devices
from engine.voice.errors import VoiceError
from engine.voice.microphone import Microphone
from engine.voice.speaker import Speaker
from harmony_tui.terminal import stderr_in
from tests.engine.voice.sound_server import MICROPHONE, SPEAKER
from tests.engine.voice.sounds import find, joined, melody, seconds_of_sound, until

pytestmark = pytest.mark.xdist_group("audio")

SOON = 4.0
"""Seconds; a machine that is not busy is back within 2."""


class Listener:
    """Remembers what it is told of devices; what a busy machine loses is no matter here."""

    def __init__(self):
        self.events = []

    def tell(self, event):
        if not isinstance(event, Xruns):
            self.events.append(event)

    def wait_for(self, kind, seconds=SOON):
        """Return the first event of a kind."""
        until(lambda: self._of(kind), seconds)
        return self._of(kind)[0]

    def _of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


class Recording:
    """A microphone that records a person who speaks without end."""

    def __init__(self, audio, device=None):
        self.audio, self.blocks, self.listener = audio, [], Listener()
        self.sound = melody(20.0)
        self.microphone = Microphone(device, self.blocks.append, self.listener.tell)
        self.microphone.start()
        self.talking = audio.talk(self.sound)
        until(lambda: self.microphone.level.rms > -30.0)
        time.sleep(0.3)

    def close(self):
        self.microphone.close()
        self.talking.terminate()
        self.talking.wait()

    def end(self):
        """Return what was recorded before and after the device was lost."""
        time.sleep(0.3)
        self.microphone.stop()
        when = np.array([block.when for block in self.blocks])
        gap = int(np.argmax(np.diff(when))) + 1
        return joined(self.blocks[:gap]), joined(self.blocks[gap:])


@pytest.fixture
def recording(audio):
    recording = Recording(audio)
    yield recording
    recording.close()


def test_a_microphone_that_is_unplugged_is_found_again(audio, recording):
    audio.remove_source()
    lost = recording.listener.wait_for(DeviceLost)
    assert MICROPHONE in lost.message
    time.sleep(0.3)
    audio.restore_source()
    back = recording.listener.wait_for(DeviceBack)
    assert "is kept" in back.message
    before, after = recording.end()
    # Loud before and after: nothing of it is what the speaker played meanwhile.
    assert loudness(before[-RATE:]) > 0.05
    assert loudness(after[RATE // 10 :]) > 0.05
    assert [type(event) for event in recording.listener.events] == [DeviceLost, DeviceBack]


def test_a_microphone_that_sleeps_is_noticed_and_wakes(audio, recording):
    audio.suspend()
    lost = recording.listener.wait_for(DeviceLost)
    assert "sleep" in lost.message
    time.sleep(0.3)
    audio.suspend(False)
    recording.listener.wait_for(DeviceBack)
    before, after = recording.end()
    assert len(before) > 0.3 * RATE
    assert is_found(recording.sound[: RATE // 2], before, least=1)
    assert loudness(after[RATE // 10 :]) > 0.05


def test_another_microphone_stands_in_until_the_right_one_is_back(audio, request):
    audio.add_source("yeti", "Yeti")
    recording = Recording(audio, MICROPHONE)
    request.addfinalizer(recording.close)
    audio.change("set-default-source", "yeti")
    audio.remove_source()
    moved = recording.listener.wait_for(DeviceMoved)
    assert "“Yeti”" in moved.message
    assert recording.microphone.device_name == "Yeti"
    recording.listener.events.clear()
    audio.restore_source()
    recording.microphone.stop()
    back = recording.listener.wait_for(DeviceMoved)
    # The server moves the stream back, or the microphone does.
    assert f"“{MICROPHONE}”" in back.message
    assert recording.microphone.device_name == MICROPHONE
    recording.end()
    assert loudness(joined(recording.blocks)[-RATE:]) > 0.05


def test_a_microphone_that_is_not_there_is_replaced_and_said_to_be(audio):
    listener, blocks = Listener(), []
    microphone = Microphone("Headset", blocks.append, listener.tell)
    microphone.start()
    until(lambda: blocks)
    microphone.close()
    (moved,) = listener.events
    assert "“Headset” is not there" in moved.message
    assert MICROPHONE in moved.message


class Speaking:
    """A speaker in the midst of a long utterance."""

    def __init__(self, audio):
        self.listener, self.sound = Listener(), melody(1.8)
        self.speaker = Speaker(None, self.listener.tell)
        self.played = []
        self._thread = threading.Thread(target=self._speak)
        self._thread.start()
        until(lambda: self.speaker.played_seconds > 0.4)

    def _speak(self):
        self.speaker.play(self.sound)
        self.played.append(self.speaker.drain())

    def end(self):
        self._thread.join(10.0)
        assert not self._thread.is_alive()

    def close(self):
        self.speaker.close()
        self._thread.join()


@pytest.fixture
def speaking(audio):
    speaking = Speaking(audio)
    yield speaking
    speaking.close()


def loudness(samples):
    return float(np.sqrt(np.mean(samples**2)))


def is_found(sound, recorded, *, pieces=4, least=3):
    """Return whether a sound is there, all but what a busy machine broke of it."""
    found = [find(recorded, piece)[0] > 0.9 for piece in np.array_split(sound, pieces)]
    return sum(found) >= least


def rest_is_heard(sound, captured):
    return is_found(sound[-round(0.8 * RATE) :], captured)


def test_speech_goes_on_when_a_speaker_wakes(audio, request):
    with audio.capture() as capture:
        speaking = Speaking(audio)
        request.addfinalizer(speaking.close)
        audio.suspend_speaker()
        lost = speaking.listener.wait_for(DeviceLost)
        assert "sleep" in lost.message
        time.sleep(0.3)
        audio.suspend_speaker(False)
        speaking.listener.wait_for(DeviceBack)
        speaking.end()
        time.sleep(0.1)
    assert speaking.played == [pytest.approx(1.8, abs=0.001)]
    assert rest_is_heard(speaking.sound, capture.samples)
    # Of what was in the device's buffer, 0.2 s, a part may sound twice, or break off.
    assert 1.6 < seconds_of_sound(capture.samples) < 2.4


def test_speech_goes_on_from_another_speaker(audio, speaking):
    audio.remove_speaker()
    moved = speaking.listener.wait_for(DeviceMoved)
    assert "“Mouth”" in moved.message
    assert SPEAKER in moved.message
    speaking.end()
    assert speaking.played == [pytest.approx(1.8, abs=0.001)]


def test_a_speaker_that_stays_away_is_given_up_and_silence_works_meanwhile(
    audio, request, monkeypatch
):
    monkeypatch.setattr(speaker_module, "LOST_SECONDS", 1.0)
    speaker = Speaker(None, lambda event: None)
    request.addfinalizer(speaker.close)
    sound, errors = melody(4.0), []

    def speak():
        try:
            speaker.play(sound)
        except VoiceError as error:
            errors.append(str(error))

    speaking = threading.Thread(target=speak)
    speaking.start()
    until(lambda: speaker.played_seconds > 0.3)
    audio.kill()
    speaking.join(10.0)
    assert len(errors) == 1
    assert "Plug it in" in errors[0]
    begin = time.monotonic()
    assert speaker.silence() > 0.2
    assert time.monotonic() - begin < 0.5
    with pytest.raises(VoiceError):
        speaker.play(sound)
    monkeypatch.setattr(speaker_module, "LOST_SECONDS", 20.0)  # it is found again within 2 s
    audio.start()
    assert speaker.play(sound[:9600])
    assert speaker.drain() == pytest.approx(0.4, abs=0.001)


def test_a_new_list_of_devices_interrupts_and_ends_nothing(audio, recording):
    for _ in range(3):
        list_devices(refresh=True)
        recording.blocks.clear()
        until(lambda: len(recording.blocks) > 3)
    clients = audio.control("list", "short", "source-outputs").count("protocol-native")
    recording.end()
    assert clients == 3  # two keepers and the microphone
    assert recording.listener.events == []


def test_both_survive_the_server_and_nothing_native_is_on_the_screen(
    audio, request, capfd, tmp_path
):
    with stderr_in(tmp_path / "native.log"):
        recording, speaking = Recording(audio), Speaking(audio)
        request.addfinalizer(recording.close)
        request.addfinalizer(speaking.close)
        audio.kill()
        recording.listener.wait_for(DeviceLost)
        speaking.listener.wait_for(DeviceLost)
        recording.talking.wait()
        audio.start()
        recording.talking = audio.talk(recording.sound)
        with audio.capture() as capture:
            recording.listener.wait_for(DeviceBack)
            speaking.listener.wait_for(DeviceBack)
            speaking.end()
        until(lambda: recording.microphone.level.rms > -30.0)
        before, after = recording.end()
        recording.close()
        speaking.close()
    assert capfd.readouterr().err == ""
    assert is_found(recording.sound[: RATE // 2], before, least=1)
    assert loudness(after[-RATE // 4 :]) > 0.05
    assert speaking.played == [pytest.approx(1.8, abs=0.001)]
    assert rest_is_heard(speaking.sound, capture.samples)


def test_a_stream_that_cannot_start_is_left_alone_and_another_one_works(audio):
    code = f"""
import os, signal, threading, time
import numpy as np
from engine.voice.devices import choose, list_devices
from engine.voice.errors import VoiceError
from engine.voice.portaudio import Stream, library
from engine.voice.speaker import Speaker

list_devices()
for _ in range(2):  # it may start late and not fail
    stream = Stream("input", choose("input", None).device, lambda data, when, is_broken: None)
    os.kill({audio.pid}, signal.SIGSTOP)
    threading.Timer(1.3, os.kill, ({audio.pid}, signal.SIGCONT)).start()
    try:
        stream.start()
    except VoiceError as error:
        assert "cannot be opened" in str(error)
        assert library.has_wreck
        assert not stream.is_active
    stream.abort()
    stream.close()
speaker = Speaker(None, print)
speaker.play(np.zeros(4800, np.float32))
assert abs(speaker.drain() - 0.2) < 0.001
speaker.close()
print([device.name for device in list_devices().outputs])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert SPEAKER in done.stdout
