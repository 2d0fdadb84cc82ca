"""Which microphones and speakers there are, and the one that a remembered name means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.voice import pulse
from engine.voice.errors import VoiceError
from engine.voice.pulse import Direction

if TYPE_CHECKING:
    from engine.voice.portaudio import Library

BRIDGES = ("pulse", "pipewire", "default")
"""What PortAudio calls a sound server on Linux; only the first can be told which device to use."""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or a speaker."""

    name: str
    """What it is called, and what to remember it by."""
    index: int
    """PortAudio's number; it changes when devices come and go."""
    channels: int
    rate: float
    """Its own rate in Hz."""
    place: str | None = None
    """The sound server's source or sink, where PortAudio only knows the server."""
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Devices:
    """All that sound can come from and go to, the default first."""

    inputs: tuple[Device, ...]
    outputs: tuple[Device, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The device to use."""

    device: Device
    is_wanted: bool
    """False where the one that was asked for is not there and the default takes its place."""


def list_devices(*, refresh: bool = False) -> Devices:
    """Return the microphones and speakers that there are now.

    Args:
        refresh: look for new ones even while sound is recorded or played, which is interrupted
            for a moment (some 0.1 s) by it. Otherwise that is done only while none is.

    Raises:
        VoiceError: PortAudio is missing; the message says what to install.
    """
    from engine.voice.portaudio import library

    with library.lock:
        if refresh or not library.owners:
            library.relist()
        return Devices(_list("input", library), _list("output", library))


def choose(direction: Direction, wanted: str | None) -> Choice:
    """Find a device by its name or by the beginning or another part of it, in any case.

    Args:
        direction: ``input`` for a microphone, ``output`` for a speaker.
        wanted: the name; None for the default. A name that none has means the default, too, for
            the device may only be unplugged.

    Raises:
        VoiceError: there is no device at all, or PortAudio is missing.
    """
    from engine.voice.portaudio import library

    with library.lock:
        devices = _list(direction, library)
    if not devices:
        raise VoiceError(
            "There is no microphone. Plug one in or switch it on."
            if direction == "input"
            else "There is no speaker. Plug one in or switch it on."
        )
    if wanted is None:
        return Choice(devices[0], is_wanted=True)
    found = _named(devices, wanted)
    return Choice(found or devices[0], is_wanted=found is not None)


def _named(devices: Sequence[Device], wanted: str) -> Device | None:
    name = wanted.casefold()
    for matches in (str.__eq__, str.startswith, str.__contains__):
        for device in devices:
            if matches(device.name.casefold(), name):
                return device
    return None


def _list(direction: Direction, library: Library) -> tuple[Device, ...]:
    sounddevice = library.sounddevice
    number = sounddevice.default.device[0 if direction == "input" else 1]
    known = [each for each in sounddevice.query_devices() if each[f"max_{direction}_channels"] > 0]
    own = tuple(
        Device(
            name=each["name"],
            index=each["index"],
            channels=each[f"max_{direction}_channels"],
            rate=each["default_samplerate"],
            is_default=each["index"] == number,
        )
        for each in known
    )
    bridge = next((device for device in own if device.name == BRIDGES[0]), None)
    behind = _behind(bridge, direction) if bridge is not None else ()
    if bridge is not None:
        # What the server holds is reached through it; what it does not hold, beside it.
        own = tuple(device for device in own if "(hw:" in device.name)
    return tuple(sorted((*behind, *own), key=lambda device: not device.is_default))


def _behind(bridge: Device, direction: Direction) -> tuple[Device, ...]:
    """Return the devices behind a sound server; the server itself if it cannot be asked."""
    places = pulse.places(direction)
    if places is None:
        return (bridge,)
    real = [place for place in places if direction == "output" or not place.is_monitor]
    default = pulse.default(direction)
    if real and default not in {place.name for place in real}:
        default = real[0].name
    shared = Counter(place.description for place in real)
    return tuple(
        Device(
            name=_full_name(place, is_shared=shared[place.description] > 1),
            index=bridge.index,
            channels=bridge.channels,
            rate=bridge.rate,
            place=place.name,
            is_default=place.name == default,
        )
        for place in real
    )


def _full_name(place: pulse.Place, *, is_shared: bool) -> str:
    return f"{place.description} ({place.name})" if is_shared else place.description
