"""A microphone that loses no syllable: recording begins a moment before the key is pressed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.voice import pulse
from engine.voice.audio_events import AudioEvent, Dropped, Xruns, Zeros, explain_zeros
from engine.voice.blocks import BLOCK_SECONDS, RATE, Block, Samples
from engine.voice.connection import Connection
from engine.voice.levels import SILENCE, Level
from engine.voice.recorder import Recorder
from engine.voice.resampling import Resampler

MOST_WAITING = 30.0
"""Seconds of sound that may wait for a listener that is slow; what comes then is dropped."""
TAIL_SECONDS = 0.3
"""The longest wait for what was said before ``stop`` and has not come from the device yet."""
REPORT_SECONDS = 1.0
"""Losses within it are told of together."""


@dataclass(frozen=True, slots=True)
class _Sound:
    samples: Samples
    when: float
    seconds: float


@dataclass(frozen=True, slots=True)
class _Opened:
    rate: int
    resampler: Resampler


@dataclass(frozen=True, slots=True)
class _Start:
    since: float


@dataclass(frozen=True, slots=True)
class _Stop:
    at: float
    done: threading.Event


@dataclass(frozen=True, slots=True)
class _Late:
    """Sound that a recording still waits for does not come any more."""


_Item: TypeAlias = _Sound | _Opened | _Start | _Stop | _Late | None


class Microphone:
    """Gives what is said as blocks of 80 ms at 24 kHz, whatever the device has.

    From ``open``, or the first ``start``, to ``close`` the device is open. While it does not record
    the last moment is kept in memory, and overwritten. Calls come from one thread at a time.
    """

    def __init__(
        self,
        device: str | None,
        hear: Callable[[Block], None],
        tell: Callable[[AudioEvent], None],
        pre_roll: float = 0.3,
        *,
        rate: int | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            device: a name that ``list_devices`` gave, now or long ago; None for the default.
            hear: takes the blocks, on a thread of the microphone. It may take its time: up to 30 s
                of sound wait for it. It must not raise.
            tell: is told of what happens to the device, on threads of the microphone.
            pre_roll: how many seconds before ``start`` are recorded, 0 for none.
            rate: the rate to ask the device for first, in Hz; None for 24 kHz.
        """
        self._tell = tell
        self._pre_roll = pre_roll
        self._recorder = Recorder(hear, pre_roll)
        self._items: SimpleQueue[_Item] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._connection = Connection(
            "input", device, self._take, opened=self._opened, tell=tell, rate=rate
        )
        self._rate = RATE
        self._is_recording = False
        self._given_seconds = 0.0
        self._taken_seconds = 0.0
        self._xruns = 0
        self._dropped_seconds = 0.0
        self._told_xruns = 0
        self._told_dropped = 0
        self._next_report = 0.0
        self._are_zeros_told = False

    @property
    def device_name(self) -> str:
        """The device in use, or the last one; empty before the first."""
        return self._connection.device_name

    @property
    def is_recording(self) -> bool:
        """Whether blocks are given."""
        return self._is_recording

    @property
    def level(self) -> Level:
        """How loud it is now; silence while the device is not open."""
        return SILENCE if self._thread is None else self._recorder.level

    @property
    def xruns(self) -> int:
        """How often the system lost sound since the microphone was made."""
        return self._xruns

    @property
    def dropped(self) -> int:
        """How many blocks of sound were dropped since the microphone was made."""
        return round(self._dropped_seconds / BLOCK_SECONDS)

    def open(self) -> None:
        """Open the device, so that ``start`` finds what came before it. Takes some 0.1 s.

        Raises:
            VoiceError: PortAudio or any microphone is missing, or it cannot be opened.
        """
        if self._thread is None:
            self._connection.run()
            self._thread = threading.Thread(target=self._work, name="microphone", daemon=True)
            self._thread.start()

    def start(self, *, with_pre_roll: bool = True) -> None:
        """Record from now on, and a moment before. At once if the device is open, else as ``open``.

        Args:
            with_pre_roll: False leaves out what came before, such as the program's own voice.

        Raises:
            VoiceError: as ``open``.
        """
        pressed = time.monotonic()
        self.open()
        self._is_recording = True
        self._connection.watch(closely=True)
        self._items.put(_Start(pressed - self._pre_roll if with_pre_roll else pressed))

    def stop(self, *, wait: bool = True) -> threading.Event:
        """Record what was said up to now and no more.

        Args:
            wait: until ``hear`` has had the last block, some 60 ms with a listener that is quick.

        Returns:
            An event that is set when ``hear`` has had the last block.
        """
        done = threading.Event()
        self._is_recording = False
        if self._thread is None:
            done.set()
            return done
        self._items.put(_Stop(time.monotonic(), done))
        self._connection.watch(closely=False)
        self._connection.return_to_wanted()
        if wait and self._thread is not threading.current_thread():
            done.wait()
        return done

    def close(self) -> None:
        """Stop recording, give the device back and end all threads; ``open`` may follow."""
        self._is_recording = False
        self._connection.close()
        thread, self._thread = self._thread, None
        if thread is not None:
            self._items.put(None)
            if thread is not threading.current_thread():
                thread.join()

    # --- on PortAudio's thread, and on the one that opens the device --------------------------

    def _take(self, data: NDArray[np.float32], when: float, is_broken: bool) -> None:
        if is_broken:
            self._xruns += 1
        seconds = len(data) / self._rate
        if self._given_seconds - self._taken_seconds > MOST_WAITING:
            self._dropped_seconds += seconds
            return
        self._given_seconds += seconds
        self._items.put(_Sound(data[:, 0].copy(), when, seconds))

    def _opened(self, rate: int) -> None:
        resampler = Resampler(rate, RATE)
        self._rate = rate
        self._items.put(_Opened(rate, resampler))

    # --- the thread ---------------------------------------------------------------------------

    def _work(self) -> None:
        stopping: _Stop | None = None
        while (item := self._next(stopping)) is not None:
            match item:
                case _Sound(samples, when, seconds):
                    self._taken_seconds += seconds
                    self._recorder.take(samples, when)
                    self._report_zeros()
                case _Opened(rate, resampler):
                    self._recorder.opened(rate, resampler)
                case _Start(since):
                    self._finish(stopping)
                    stopping = None
                    self._are_zeros_told = False
                    self._recorder.start(since)
                case _Stop():
                    self._finish(stopping)
                    stopping = item
                case _Late():
                    self._finish(stopping)
                    stopping = None
            if stopping is not None and self._recorder.end >= stopping.at:
                self._finish(stopping)
                stopping = None
            self._report_losses()
        self._recorder.stop()
        self._finish(stopping)

    def _next(self, stopping: _Stop | None) -> _Item:
        """Wait for what comes next; while a recording ends, no longer than sound may be late."""
        if stopping is None:
            return self._items.get()
        try:
            return self._items.get(timeout=max(0.0, stopping.at + TAIL_SECONDS - time.monotonic()))
        except Empty:
            return _Late()

    def _finish(self, stopping: _Stop | None) -> None:
        if stopping is not None:
            self._recorder.stop()
            stopping.done.set()

    def _report_zeros(self) -> None:
        if self._are_zeros_told or not (self.is_recording and self._recorder.is_all_zeros):
            return
        self._are_zeros_told = True
        place = pulse.place_of_stream("input")
        self._tell(
            Zeros(
                explain_zeros(
                    self.device_name,
                    is_muted=place is not None and place.is_muted,
                    terminal=os.environ.get("TERM_PROGRAM", ""),
                )
            )
        )

    def _report_losses(self) -> None:
        if time.monotonic() < self._next_report:
            return
        if self._xruns > self._told_xruns:
            count, self._told_xruns = self._xruns - self._told_xruns, self._xruns
            self._tell(Xruns(count))
            self._next_report = time.monotonic() + REPORT_SECONDS
        if self.dropped > self._told_dropped:
            blocks, self._told_dropped = self.dropped - self._told_dropped, self.dropped
            self._tell(Dropped(blocks))
            self._next_report = time.monotonic() + REPORT_SECONDS
