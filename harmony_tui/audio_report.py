"""What ``doctor`` says of sound: devices, and what hears and speaks.

Speech is an extra: nothing here is worse than a warning.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.examination import Finding
from harmony_tui.terminal import stderr_in

if TYPE_CHECKING:
    from engine.config.settings import Settings
    from engine.voice.devices import Devices

Direction = Literal["input", "output"]

ROWS: dict[Direction, tuple[str, str]] = {
    "input": ("microphone", "voice_microphone"),
    "output": ("speaker", "voice_speaker"),
}
"""What a direction of sound is called, and the setting that names its device."""


def examine_audio(settings: Settings) -> list[Finding]:
    """Look for devices, and for the engines of speech that would be used; none is loaded."""
    # Sound libraries tell the terminal of every device that is not there.
    with stderr_in(Path(os.devnull)):
        return [*_examine_devices(settings), *_examine_engines(settings)]


def _examine_devices(settings: Settings) -> Iterator[Finding]:
    from engine.voice.devices import list_devices
    from engine.voice.errors import VoiceError

    try:
        devices = list_devices()
    except VoiceError as error:
        yield _warn("audio", str(error))
        return
    for direction in ROWS:
        yield _examine_device(direction, devices, settings)


def _examine_device(direction: Direction, devices: Devices, settings: Settings) -> Finding:
    from engine.voice.devices import choose
    from engine.voice.errors import VoiceError

    name, setting = ROWS[direction]
    wanted = getattr(settings, setting)
    try:
        used = choose(direction, wanted)
    except VoiceError as error:
        return _warn(name, str(error))
    others = len(devices.inputs if direction == "input" else devices.outputs) - 1
    text = f"“{used.device.name}”" + (f", and {others} more" if others > 0 else "")
    if used.is_wanted:
        return Finding(name, "ok", text)
    return Finding(
        name,
        "warning",
        f"{text}, because “{wanted}” is not there",
        f"Plug it in, or set {setting} to one of: harmony-tui voice check",
    )


def _examine_engines(settings: Settings) -> Iterator[Finding]:
    from engine.voice.engines import name_recognizer, name_synthesizer
    from engine.voice.errors import VoiceError

    choices: tuple[tuple[str, Callable[[str, str | None], str], str], ...] = (
        ("speech recognition", name_recognizer, settings.voice_recognizer),
        ("speech", name_synthesizer, settings.voice_synthesizer),
    )
    for name, find, choice in choices:
        try:
            yield Finding(name, "ok", find(choice, settings.models_folder))
        except VoiceError as error:
            yield _warn(name, str(error))


def _warn(name: str, said: str) -> Finding:
    """Return what an error says: what is wrong, and after that what to do."""
    end = ". " if ". " in said else ": "
    text, _, remedy = said.partition(end)
    return Finding(name, "warning", text.removesuffix("."), remedy[:1].upper() + remedy[1:])
