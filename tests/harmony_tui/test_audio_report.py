"""Sound is examined without loading an engine; what is missing comes with what to install."""

from __future__ import annotations

import sys

import pytest

from engine.config.settings import Settings
from engine.voice import devices, system_voices
from engine.voice.devices import Device, Devices
from engine.voice.errors import VoiceError
from harmony_tui.audio_report import examine_audio


def rows(**chosen: str) -> dict[str, tuple[str, str, str]]:
    findings = examine_audio(Settings.model_validate(chosen))
    assert all(bool(each.remedy) == (each.state != "ok") for each in findings)
    return {each.name: (each.state, each.text, each.remedy) for each in findings}


def test_without_its_package_sound_is_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    found = rows()
    assert found["audio"] == (
        "warning",
        "Sound needs the package sounddevice",
        "Install harmony-tui with its extra voice.",
    )
    assert {"microphone", "speaker"}.isdisjoint(found)


def test_portaudio_is_named_with_the_package_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Finder:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    state, text, remedy = rows()["audio"]
    assert (state, text) == (
        "warning",
        "Sound needs the library PortAudio, which is not installed",
    )
    assert "sudo apt install libportaudio2" in remedy
    assert "brew install portaudio" in remedy


def test_devices_are_named_and_one_that_is_away_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = tuple(Device(name, at, 1, 48_000.0) for at, name in enumerate(("Built-in", "Yeti")))
    found = {"input": inputs, "output": ()}
    monkeypatch.setattr(devices, "list_devices", lambda: Devices(inputs, ()))
    monkeypatch.setattr(devices, "_list", lambda direction, _: found[direction])
    told = rows(voice_microphone="yeti")
    assert told["microphone"] == ("ok", "“Yeti”, and 1 more", "")
    assert told["speaker"][:2] == ("warning", "There is no speaker")
    state, text, remedy = rows(voice_microphone="Headset")["microphone"]
    assert (state, text) == ("warning", "“Built-in”, and 1 more, because “Headset” is not there")
    assert "voice_microphone" in remedy


def test_what_hears_and_speaks_is_named_or_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_devices() -> Devices:
        raise VoiceError("There is no sound here. Be quiet.")

    monkeypatch.setattr(devices, "list_devices", no_devices)
    monkeypatch.setattr(system_voices.shutil, "which", lambda name: f"/bin/{name}")
    found = rows(voice_recognizer="pocketsphinx", voice_synthesizer="espeak-ng")
    assert found["speech recognition"] == ("ok", "pocketsphinx", "")
    assert found["speech"] == ("ok", "espeak-ng", "")
    monkeypatch.setattr(system_voices.shutil, "which", lambda _name: None)
    monkeypatch.setattr("engine.voice.engines.importlib.util.find_spec", lambda _name: None)
    found = rows(voice_recognizer="pocketsphinx", voice_synthesizer="espeak-ng")
    assert found["speech recognition"][0] == "warning"
    assert "pip install" in found["speech recognition"][2]
    assert found["speech"][:2] == ("warning", "espeak-ng is not on this machine")
    assert "espeak" in found["speech"][2]
