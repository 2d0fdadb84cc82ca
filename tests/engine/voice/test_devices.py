import subprocess
import sys

import pytest

from engine.voice import devices, pulse
from engine.voice.devices import choose, list_devices
from engine.voice.errors import VoiceError
from engine.voice.microphone import Microphone
from tests.engine.voice.sound_server import MICROPHONE, SPEAKER

pytestmark = pytest.mark.xdist_group("audio")


def test_devices_are_the_servers_microphones_and_speakers_as_they_come_and_go(audio):
    found = list_devices()
    assert [device.name for device in found.inputs] == [MICROPHONE]
    assert [device.name for device in found.outputs] == [SPEAKER, "Mouth"]
    assert found.inputs[0].is_default
    assert found.outputs[0].is_default
    second = audio.add_source("other", "Yeti")
    assert [device.name for device in list_devices().inputs] == [MICROPHONE, "Yeti"]
    audio.add_source("third", "Yeti")
    assert [device.name for device in list_devices().inputs] == [
        *(MICROPHONE, "Yeti (other)", "Yeti (third)")
    ]
    audio.control("unload-module", second)
    assert choose("input", "yeti").device.place == "third"
    assert choose("input", "mic").device.name == MICROPHONE
    assert choose("input", None).is_wanted
    away = choose("input", "Headset that is not plugged in")
    assert (away.device.name, away.is_wanted) == (MICROPHONE, False)


def test_a_monitor_is_no_microphone(audio):
    audio.remove_source()
    assert list_devices().inputs == ()
    with pytest.raises(VoiceError, match="There is no microphone"):
        Microphone(None, lambda block: None, lambda event: None).start()


def test_no_server_is_no_device_and_no_traceback(audio):
    audio.kill()
    assert list_devices().outputs == ()
    assert pulse.places("input") == ()
    assert pulse.place_of_stream("input") is None
    with pytest.raises(VoiceError, match="There is no speaker"):
        choose("output", None)
    audio.start()
    assert [device.name for device in list_devices().outputs] == [SPEAKER, "Mouth"]


def test_without_pactl_the_server_is_one_device(audio, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [device.name for device in list_devices().inputs] == ["pulse"]


@pytest.mark.parametrize(
    ("missing", "remedy"),
    [
        ("import ctypes.util; ctypes.util.find_library = lambda name: None", "libportaudio2"),
        ("import sys; sys.modules['sounddevice'] = None", "extra voice"),
    ],
)
def test_what_is_missing_is_named_and_nothing_else_needs_it(missing, remedy):
    code = f"""{missing}
import engine.voice.microphone, engine.voice.speaker, engine.voice.devices
from engine.voice.errors import VoiceError
try:
    engine.voice.devices.list_devices()
except VoiceError as error:
    print(error)
try:
    engine.voice.speaker.Speaker(None, print).play(__import__("numpy").zeros(9600, "f4"))
except VoiceError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    assert remedy in first
    assert first == second


def test_sound_is_imported_by_its_first_use():
    code = """import sys, engine.voice.microphone, engine.voice.speaker, engine.voice.devices
print(*({"sounddevice", "soxr", "_sounddevice"} & sys.modules.keys()))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_what_pactl_says_is_read_whatever_names_hold(monkeypatch):
    said = """Source #7
\tState: SUSPENDED
\tName: alsa_input.usb: x = y
\tDescription: Søren's mic: “Ü” = 1
\tMute: yes
\tMonitor of Sink: n/a
\tProperties:
\t\tdevice.description = "another"
\t\tName = "forged"

Source #8
\tName: spk.monitor
\tMonitor of Sink: spk
"""
    monkeypatch.setattr(pulse, "_ask", lambda *words: said)
    first, second = pulse.places("input")
    assert (first.index, first.name) == ("7", "alsa_input.usb: x = y")
    assert first.description == "Søren's mic: “Ü” = 1"
    assert (first.is_suspended, first.is_muted, first.is_monitor) == (True, True, False)
    assert second.is_monitor
    assert devices._full_name(second, is_shared=False) == "spk.monitor"
