"""A device that is opened again whenever it is lost.

A lost device shows itself in four ways: the stream ends (the server died), the stream goes on and
just calls no more (the device sleeps, or hangs), the server moved it silently to another device, or
another part of this program had the list of devices read anew. One thread watches for all four.
"""

from __future__ import annotations

import atexit
import math
import threading
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.voice import devices, pulse
from engine.voice.audio_events import AudioEvent, DeviceBack, DeviceLost, DeviceMoved
from engine.voice.errors import VoiceError
from engine.voice.portaudio import BUFFER_SECONDS, CALLS_PER_SECOND, Callback, Stream, library

TICK_SECONDS = 0.1
STALL_SECONDS = 0.9
"""Calls come every 20 ms; a machine that is busy is hardly as late as this."""
LOOK_SECONDS = 0.5
IDLE_LOOK_SECONDS = 3.0
"""How often the sound server is asked where the stream is, and while nobody minds."""
PATIENCE_SECONDS = 1.5
"""How long a stream that opened may take to call before another try."""
TRIES_OF_A_LIST = 4
"""A device that opens and does not call may be another one by now."""
PAUSE_SECONDS = 0.25
"""Between two tries to open a device."""
NOUN = {"input": "microphone", "output": "speaker"}


class Connection:
    """The way to a device; sound goes through a callback, which any number of streams may call."""

    def __init__(
        self,
        direction: pulse.Direction,
        wanted: str | None,
        callback: Callback,
        *,
        opened: Callable[[int], None],
        tell: Callable[[AudioEvent], None],
        rate: int | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            direction: ``input`` or ``output``.
            wanted: the device's name, None for the default.
            callback: takes or gives the sound, see ``portaudio.Callback``.
            opened: is told the rate in Hz of each stream before its first call.
            tell: is told of what happens to the device, on a thread of this class.
            rate: the rate to ask the device for first.
        """
        self.lost_since: float | None = None
        """When sound stopped, in seconds of ``time.monotonic``; None while it flows."""
        self._direction = direction
        self._wanted = wanted
        self._callback = callback
        self._opened = opened
        self._tell = tell
        self._rate = rate
        # Held for moments only, so that silence() never waits for a device that is being opened.
        self._lock = threading.Lock()
        self._stream: Stream | None = None
        self._is_substitute = False
        self._right_name = ""
        """What the device that was asked for is called in full."""
        self._is_to_return = False
        self._place: str | None = None
        self._place_index: str | None = None
        self._look_seconds = LOOK_SECONDS
        self._device_name = ""
        self._news: AudioEvent | None = None
        self._running = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._calls = 0
        self._last_call = 0.0
        self._next_look = 0.0
        # What a dying stream hands over must not mix with what the next one does.
        self._generation = 0

    @property
    def device_name(self) -> str:
        """The device in use, or the last one that was; empty before the first."""
        return self._device_name

    @property
    def is_running(self) -> bool:
        """Whether sound flows, or is to flow as soon as the device is there."""
        return self._running.is_set()

    @property
    def last_call(self) -> float:
        """When the device last took or gave sound, in seconds of ``time.monotonic``."""
        return self._last_call

    def run(self) -> None:
        """Let sound flow, and keep it flowing. Opens the device if it is not open.

        Raises:
            VoiceError: PortAudio or any device is missing, or the device cannot be opened.
        """
        with library.lock:
            if self._stream is None:
                if not library.owners - {self}:
                    library.relist()
                    self._open()
                else:
                    self._open_beside_others()
            self._start(resume=True)
        self._tell_news()
        if self._thread is None:
            self._closing.clear()
            self._thread = threading.Thread(
                target=self._watch, name=f"{NOUN[self._direction]} watch", daemon=True
            )
            self._thread.start()
            # A thread of PortAudio that calls into an interpreter that is gone crashes it.
            atexit.register(self.close)

    def halt(self) -> None:
        """Stop sound at once; what the device has not played is dropped. It stays open."""
        with self._lock:
            self._running.clear()
            if self._stream is not None:
                self._stream.abort()

    def close(self) -> None:
        """Stop sound, give the device back and end the thread. ``run`` may be called again."""
        self.halt()
        thread, self._thread = self._thread, None
        if thread is not None:
            atexit.unregister(self.close)
            self._closing.set()
            self._running.set()
            if thread is not threading.current_thread():
                thread.join()
            self._running.clear()
        with library.lock:
            library.owners.discard(self)
            self.release()

    def release(self) -> None:
        """Close the stream; while sound is to flow, the thread opens another."""
        with self._lock:
            stream, self._stream = self._stream, None
            self._generation += 1
        if stream is not None:
            stream.close()

    def watch(self, *, closely: bool) -> None:
        """Say whether a stream that is moved to another device must be noticed at once."""
        self._look_seconds = LOOK_SECONDS if closely else IDLE_LOOK_SECONDS
        if closely:
            self._next_look = 0.0

    def return_to_wanted(self) -> None:
        """If another device stands in, see soon whether the right one is back."""
        if not self._is_substitute:
            return
        if self._running.is_set():
            self._is_to_return = True
        else:
            self.release()

    # --- opening ------------------------------------------------------------------------------

    def _open_beside_others(self) -> None:
        """Open without interrupting other streams, unless only a new list of devices helps."""
        try:
            self._open()
        except VoiceError:
            library.relist()
            self._open()

    def _open(self) -> None:
        """Open the device that is there; the lock of the library is held."""
        choice = devices.choose(self._direction, self._wanted)
        device = choice.device
        follows = self._wanted is None and device.place == pulse.default(self._direction)
        generation = self._generation

        def call(data: NDArray[np.float32], when: float, is_broken: bool) -> None:
            if generation == self._generation:
                self._last_call = time.monotonic()
                self._calls += 1
                self._callback(data, when, is_broken)

        stream = Stream(
            self._direction,
            device,
            call,
            rate=self._rate,
            place=None if follows else device.place,
        )
        try:
            self._opened(stream.rate)
        except VoiceError:
            stream.close()
            raise
        was_substitute, self._is_substitute = self._is_substitute, not choice.is_wanted
        with self._lock:
            self._stream = stream
        self._place, self._device_name = device.place, device.name
        self._place_index = None
        if choice.is_wanted:
            self._right_name = device.name
        library.owners.add(self)
        self._is_to_return = False
        noun = NOUN[self._direction]
        if self._is_substitute and not was_substitute:
            missing = f"The {noun} “{self._wanted}” is not there"
            self._news = DeviceMoved(f"{missing}; “{device.name}” is used instead.")
        elif was_substitute and not self._is_substitute:
            self._news = DeviceMoved(f"The {noun} “{device.name}” is there again, and is used.")

    def _tell_news(self) -> None:
        """Tell what opening found out; no lock is held meanwhile."""
        news, self._news = self._news, None
        if news is not None:
            self._tell(news)

    def _start(self, *, resume: bool = False) -> None:
        """Start the open stream if sound is wanted; one that cannot start is left to the thread."""
        with self._lock:
            if resume:
                self._running.set()
            elif not self._running.is_set():
                return
            self._calls = 0
            self._last_call = time.monotonic()
            self._next_look = self._last_call + LOOK_SECONDS
            stream = self._stream
            if stream is None:
                return
            try:
                stream.start()
            except VoiceError:
                self._stream = None
                self._generation += 1
            else:
                return
        stream.close()

    # --- the thread ---------------------------------------------------------------------------

    def _watch(self) -> None:
        while not self._closing.is_set():
            self._running.wait()
            if self._closing.wait(TICK_SECONDS):
                return
            if self._running.is_set() and (fault := self._fault()) is not None:
                self._recover(fault)

    def _fault(self) -> str | None:
        """Return why sound does not flow as it should; empty if the stream was taken away."""
        with self._lock:
            stream = self._stream
            # Asked under the lock: a stream that is halted is not active, and that is no fault.
            if not self._running.is_set():
                return None
            if stream is None or self._is_to_return:
                return ""
            is_active = stream.is_active
        noun = NOUN[self._direction]
        if not is_active:
            return f"The {noun} “{self.device_name}” is gone."
        if time.monotonic() - self._last_call > STALL_SECONDS:
            return self._stalled()
        if self._place is not None and time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + self._look_seconds
            return self._moved()
        return None

    def _stalled(self) -> str:
        noun = NOUN[self._direction]
        place = next(
            (each for each in pulse.places(self._direction) or () if each.name == self._place), None
        )
        if place is not None and place.is_suspended:
            return f"The sound system has put the {noun} “{self.device_name}” to sleep."
        verb = "sends" if self._direction == "input" else "takes"
        return f"The {noun} “{self.device_name}” {verb} no more sound."

    def _moved(self) -> str | None:
        index = pulse.index_of_stream(self._direction)
        if index is None or index == self._place_index:
            return None
        place = pulse.place_at(self._direction, index)
        if place is None:
            return None
        self._place_index = index
        if place.name == self._place:
            return None
        if place.is_monitor:
            return (
                f"The microphone “{self.device_name}” is gone, and the sound system records what "
                "the speaker plays in its place."
            )
        before, self._device_name, self._place = self.device_name, place.description, place.name
        self._is_substitute = self._wanted is not None and place.description != self._right_name
        way = "comes from" if self._direction == "input" else "goes to"
        self._tell(DeviceMoved(f"Sound {way} “{place.description}” now, no more “{before}”."))
        return None

    def _recover(self, fault: str) -> None:
        """Open the device again, and again, until sound flows or is not wanted any more."""
        before = self.device_name
        self.lost_since = self._last_call
        is_told = False
        # A list that was read after the fault shows what there is; to read it again would close
        # the streams of others, and theirs to read it again this one's.
        is_listed = not fault and not self._is_to_return
        newer_than = -math.inf if is_listed else time.monotonic()
        tries = 0
        while self._running.is_set() and not self._closing.is_set():
            if fault and not is_told:
                is_told = True
                self._tell(DeviceLost(f"{fault} Looking for it…"))
            tries += 1
            is_open = self._reopen(newer_than)
            if is_open and self._flows():
                break
            if not is_open or tries % TRIES_OF_A_LIST == 0:
                newer_than = time.monotonic()
            fault = fault or f"The {NOUN[self._direction]} “{before}” is gone."
            self._closing.wait(PAUSE_SECONDS)
        else:
            self.lost_since = None
            return
        seconds = max(0.0, time.monotonic() - self.lost_since)
        self.lost_since = None
        if not is_told:
            return
        noun, after = NOUN[self._direction], self.device_name
        news = "is back" if after == before else f"“{before}” is gone; “{after}” is used"
        where = f"The {noun} “{after}” {news}" if after == before else f"The {noun} {news}"
        kept = "what was said before is kept" if self._direction == "input" else "speech goes on"
        self._tell(DeviceBack(f"{where} after {seconds:.1f} s; {kept}.", seconds))

    def _reopen(self, newer_than: float) -> bool:
        """Open the device that is there now, by a list read after a time; return if it is open."""
        try:
            with library.lock:
                self.release()
                if library.listed_at < newer_than:
                    library.relist()
                if not self._running.is_set() or self._closing.is_set():
                    return False
                self._open()
                self._start()
        except VoiceError:
            return False
        self._tell_news()
        return True

    def _flows(self) -> bool:
        """Wait until so much sound has come or gone that the device must be awake."""
        # A device that sleeps still takes what its buffer holds.
        held = BUFFER_SECONDS if self._direction == "output" else 0.0
        needed = 2 + math.ceil(2.0 * held * CALLS_PER_SECOND)
        until = time.monotonic() + PATIENCE_SECONDS
        while self._running.is_set() and not self._closing.wait(0.02):
            with self._lock:
                if self._stream is None or not self._stream.is_active:
                    return False
            if self._calls >= needed:
                return True
            if time.monotonic() > until:
                return False
        return False
