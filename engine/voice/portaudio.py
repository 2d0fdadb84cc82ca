"""The one place that touches PortAudio, by way of sounddevice, which is imported by its first use.

PortAudio reads the list of devices once; only ending and starting it again reads it anew, and that
closes every stream. So the owners of open streams are known here and let go of them first.
"""

from __future__ import annotations

import atexit
import math
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine import environment
from engine.voice import pulse
from engine.voice.blocks import RATE
from engine.voice.devices import Device
from engine.voice.errors import VoiceError

CALLS_PER_SECOND = 50
"""Sound comes and goes 20 ms at a time, so that the end of speech is not waited for long."""
BUFFER_SECONDS = 0.2
"""How long the program may be held up before sound breaks off."""
LONGEST_LATENCY = 2.0
"""What a driver says beyond it is no time that it knows."""
OTHER_RATES = (48_000, 44_100, 16_000)

Callback = Callable[[NDArray[np.float32], float, bool], None]
"""Takes (input) or fills (output) an array [frames, channels]; is told when its first frame was
heard or will sound, in seconds of ``time.monotonic``, and whether sound was lost before it. It runs
on PortAudio's thread: it must return at once, wait for nothing and never raise."""


class Owner(Protocol):
    """Holds a stream, and can do without it for a moment."""

    def release(self) -> None:
        """Close the stream; it is going to be opened again."""

    def close(self) -> None:
        """Close the stream for good."""


@dataclass
class Library:
    """PortAudio as this process has it."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    """Held while streams are opened or devices listed. It is never taken by who holds a lock of
    its own, and no callback takes it."""
    owners: set[Owner] = field(default_factory=set)
    listed_at: float = -math.inf
    """When the list of devices was last read, in seconds of ``time.monotonic``."""
    has_wreck: bool = False
    """Whether a stream must never be touched again, and so PortAudio never be ended."""

    @property
    def sounddevice(self) -> Any:
        """The module sounddevice.

        Raises:
            VoiceError: it or PortAudio is missing; the message says what to install.
        """
        with self.lock, environment.unchanged():
            try:
                import sounddevice  # type: ignore[import-untyped]
            except ImportError as error:
                raise VoiceError(
                    "Sound needs the package sounddevice: install harmony-tui with its extra voice."
                ) from error
            except OSError as error:
                raise VoiceError(
                    "Sound needs the library PortAudio, which is not installed. On Debian and "
                    "Ubuntu: sudo apt install libportaudio2. On Fedora: sudo dnf install "
                    "portaudio. On a Mac: brew install portaudio."
                ) from error
            return sounddevice

    def relist(self) -> None:
        """Read the list of devices anew. Takes some 50 ms, in which no sound comes or goes.

        Raises:
            VoiceError: PortAudio is missing, or does not start.
        """
        with self.lock:
            sounddevice = self.sounddevice
            if self.has_wreck:
                self.listed_at = time.monotonic()
                return
            for owner in tuple(self.owners):
                owner.release()
            try:
                # There is no public way; tests/engine/voice/test_devices.py sees that it works.
                with environment.unchanged():
                    sounddevice._terminate()
                    sounddevice._initialize()
                self.listed_at = time.monotonic()
            except sounddevice.PortAudioError as error:
                with suppress(sounddevice.PortAudioError), environment.unchanged():
                    sounddevice._initialize()
                raise VoiceError(f"The sound system does not start: {_said(error)}.") from error

    def leave_wreck(self) -> None:
        """Let go for good of a stream that failed to start, as ALSA's do if it takes over a second.

        PortAudio has joined the stream's thread by then and would do so again whatever is asked of
        the stream next, also by ending PortAudio: it would cancel and await a thread of anyone who
        got the number since. So the list of devices is not read any more; a sound server's devices
        need no new one.
        """
        self.has_wreck = True
        atexit.unregister(self.sounddevice._exit_handler)


library = Library()


class Stream:
    """One open stream of a device, not started yet."""

    def __init__(
        self,
        direction: pulse.Direction,
        device: Device,
        callback: Callback,
        *,
        rate: int | None = None,
        place: str | None = None,
    ) -> None:
        """Open the device at 24 kHz, or at a rate of its own if it knows no other.

        Args:
            direction: ``input`` or ``output``.
            device: one of the list.
            callback: takes or gives the sound.
            rate: ask for this one first, in Hz.
            place: the sound server's source or sink to use; None: the one it would choose.

        Raises:
            VoiceError: it cannot be opened, or PortAudio is missing.
        """
        self.device = device
        self._is_wreck = False
        self._callback = callback
        self._sounddevice = library.sounddevice
        with library.lock, pulse.chosen(direction, place), environment.unchanged():
            self._stream = self._open(direction, rate)
        self.rate = round(self._stream.samplerate)
        self.latency = float(self._stream.latency)

    @property
    def is_active(self) -> bool:
        """Whether it calls, or would if the device were awake."""
        try:
            return not self._is_wreck and bool(self._stream.active)
        except self._sounddevice.PortAudioError:
            return False

    def start(self) -> None:
        """Let sound flow.

        Raises:
            VoiceError: the device does not take it.
        """
        try:
            self._stream.start()
        except self._sounddevice.PortAudioError as error:
            if sys.platform == "linux":
                self._is_wreck = True
                library.leave_wreck()
            raise VoiceError(_cannot_open(self.device, error)) from error

    def abort(self) -> None:
        """Stop at once; what the device has not played yet is dropped."""
        if not self._is_wreck:
            self._stream.abort()

    def close(self) -> None:
        """Stop at once and give the device back."""
        if not self._is_wreck:
            self._stream.abort()
            self._stream.close()

    # --- opening ------------------------------------------------------------------------------

    def _open(self, direction: pulse.Direction, rate: int | None) -> Any:
        most = self.device.channels
        if direction == "input":
            make, counts = self._sounddevice.InputStream, (1, min(most, 2))
            callback = self._hear
        else:
            make, counts = self._sounddevice.OutputStream, (min(most, 2), 1)
            callback = self._play
        rates = dict.fromkeys((rate or RATE, round(self.device.rate), *OTHER_RATES))
        failed: Exception | None = None
        for hertz in rates:
            for channels in dict.fromkeys(counts):
                try:
                    return make(
                        device=self.device.index,
                        samplerate=hertz,
                        channels=channels,
                        dtype="float32",
                        blocksize=hertz // CALLS_PER_SECOND,
                        latency=BUFFER_SECONDS,
                        callback=callback,
                    )
                except (self._sounddevice.PortAudioError, ValueError) as error:
                    failed = failed or error
        raise VoiceError(_cannot_open(self.device, failed)) from failed

    # --- on PortAudio's thread ----------------------------------------------------------------

    def _hear(self, data: NDArray[np.float32], frames: int, times: Any, status: Any) -> None:
        age = times.currentTime - times.inputBufferAdcTime
        if not 0.0 < age < LONGEST_LATENCY:
            age = frames / self.rate
        self._callback(data, time.monotonic() - age, bool(status.input_overflow))

    def _play(self, data: NDArray[np.float32], frames: int, times: Any, status: Any) -> None:
        del frames
        ahead = times.outputBufferDacTime - times.currentTime
        if not 0.0 <= ahead < LONGEST_LATENCY:
            ahead = self.latency
        self._callback(data, time.monotonic() + ahead, bool(status.output_underflow))


def _cannot_open(device: Device, error: Exception | None) -> str:
    return (
        f"“{device.name}” cannot be opened: {_said(error)}. Another program may hold it; close "
        "that one or choose another device."
    )


def _said(error: Exception | None) -> str:
    """Return PortAudio's own words, without the class that they begin with."""
    said = str(error.args[0]) if error is not None and error.args else "no reason was given"
    return said.rpartition("Stream: ")[2].rstrip(".")
