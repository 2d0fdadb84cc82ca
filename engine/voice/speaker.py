"""A speaker that falls silent at once and knows how far it was heard."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.voice.audio_events import AudioEvent, Xruns
from engine.voice.blocks import RATE, Samples
from engine.voice.connection import Connection
from engine.voice.errors import VoiceError
from engine.voice.playlist import Playlist

MOST_QUEUED = 1.0
"""Seconds of sound that may wait; ``play`` holds up who queues more."""
FIRST_QUEUED = 0.2
"""Sound begins with so many seconds of it; with less the device's buffer would run dry again."""
AFTER_SECONDS = 0.06
"""Silence that follows the last sound, for drivers that say they are quicker than they are."""
POLL_SECONDS = 0.02
LOST_SECONDS = 10.0
"""A speaker that is gone for so long is not waited for any more."""


class Speaker:
    """Plays sound of 24 kHz, one utterance after another.

    An utterance begins with the first ``play`` and ends with ``drain`` or ``silence``. When the
    device disappears meanwhile, what has not been heard is played by the one that takes its place.
    """

    def __init__(
        self, device: str | None, tell: Callable[[AudioEvent], None], *, rate: int | None = None
    ) -> None:
        """Open nothing yet.

        Args:
            device: a name that ``list_devices`` gave, now or long ago; None for the default.
            tell: is told of what happens to the device, on a thread of the speaker or on the one
                that plays.
            rate: the rate to ask the device for first, in Hz; None for 24 kHz.
        """
        self._tell = tell
        self._connection = Connection(
            "output", device, self._fill, opened=self._opened, tell=tell, rate=rate
        )
        self._volume = self._last_volume = 1.0
        self._xruns = self._told_xruns = 0
        self._gaps = 0
        # Guards all below; it is never held while a device is opened.
        self._lock = threading.Lock()
        self._rate: int | None = None
        """Of the stream; None before the first one."""
        self._playlist = Playlist(RATE)
        self._utterance = 0
        self._is_over = True
        self._is_ending = False
        self._total = 0
        """Samples of the utterance; here and below at 24 kHz."""
        self._unheard: deque[Samples] = deque()
        """What may have to be played again."""
        self._forgotten = 0
        """Samples that were heard and are not kept any more."""
        self._final = 0.0
        """How many samples of the last utterance were heard."""

    @property
    def device_name(self) -> str:
        """The device in use, or the last one; empty before the first."""
        return self._connection.device_name

    @property
    def volume(self) -> float:
        """How loud sound is played: 0 is silence, 1 as it is; a change is heard within 0.2 s."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(1.0, max(0.0, volume))

    @property
    def played_seconds(self) -> float:
        """How much of the utterance has been heard; after its end, how much of it was."""
        with self._lock:
            return self._heard(time.monotonic()) / RATE

    @property
    def queued_seconds(self) -> float:
        """How much of the utterance is still to be heard."""
        with self._lock:
            return 0.0 if self._is_over else self._waiting(time.monotonic())

    @property
    def xruns(self) -> int:
        """How often the system ran out of sound since the speaker was made."""
        return self._xruns

    @property
    def gaps(self) -> int:
        """How often an utterance stood still since then, because ``play`` came too late."""
        return self._gaps + self._playlist.gaps

    def play(self, samples: Samples, cancelled: threading.Event | None = None) -> bool:
        """Queue sound, and wait while more than 1 s of it waits.

        Args:
            samples: shape [n], 24 kHz, within -1 and 1; not to be changed afterwards.
            cancelled: if it is set, nothing is queued. Who sets it and then calls ``silence`` can
                be sure that nothing sounds after that.

        Returns:
            Whether the utterance goes on: False if it was cancelled or silenced.

        Raises:
            VoiceError: PortAudio or any speaker is missing, the device cannot be opened, or it has
                been gone for 10 s.
        """
        with self._lock:
            if cancelled is not None and cancelled.is_set():
                return False
            if self._is_over:
                self._begin()
            utterance = self._utterance
            self._total += len(samples)
            self._unheard.append(samples)
            if self._rate is not None:
                self._playlist.add(samples)
            is_enough = self._total >= FIRST_QUEUED * RATE
        if is_enough:
            self._run(utterance)
        return self._wait(utterance, lambda now: self._waiting(now) <= MOST_QUEUED)

    def drain(self) -> float:
        """Wait until all that was queued has been heard, and end the utterance.

        Returns:
            How many seconds were heard; less than were queued if it was silenced meanwhile.

        Raises:
            VoiceError: as ``play``.
        """
        with self._lock:
            utterance = self._utterance
            if self._is_over or not self._total:
                return 0.0
            self._is_ending = True
            self._playlist.end()
        self._run(utterance)
        if self._wait(utterance, self._playlist_is_over):
            time.sleep(AFTER_SECONDS)
            self._end(utterance)
        return self.played_seconds

    def silence(self) -> float:
        """Stop sound within some ms, drop what is queued and end the utterance. From any thread.

        Returns:
            How many seconds of the utterance were heard.
        """
        with self._lock:
            if self._is_over:
                return self._final / RATE
            utterance = self._utterance
        self._end(utterance)
        return self.played_seconds

    def close(self) -> None:
        """Fall silent and give the device back; ``play`` opens it again."""
        self.silence()
        self._connection.close()

    # --- the utterance; the lock is held ------------------------------------------------------

    def _begin(self) -> None:
        self._utterance += 1
        self._is_over = self._is_ending = False
        self._total = self._forgotten = 0
        self._unheard.clear()
        self._last_volume = self._volume
        self._use(Playlist(self._rate or RATE))

    def _use(self, playlist: Playlist) -> None:
        self._gaps += self._playlist.gaps
        self._playlist = playlist

    def _heard(self, now: float) -> float:
        """Return how many samples of the utterance are heard up to a time."""
        return self._final if self._is_over else min(self._total, self._playlist.heard(now))

    def _waiting(self, now: float) -> float:
        return (self._total - self._heard(now)) / RATE

    def _playlist_is_over(self, now: float) -> bool:
        return self._rate is not None and self._playlist.is_over(now)

    def _forget_heard(self) -> None:
        heard = self._heard(self._connection.last_call)
        while self._unheard and self._forgotten + len(self._unheard[0]) <= heard:
            self._forgotten += len(self._unheard.popleft())

    # --- running ------------------------------------------------------------------------------

    def _run(self, utterance: int) -> None:
        """Let sound flow, unless the utterance is over meanwhile."""
        if self._connection.is_running:
            return
        try:
            self._connection.run()
        except VoiceError:
            self._end(utterance)
            raise
        with self._lock:
            if self._is_over:
                self._connection.halt()

    def _end(self, utterance: int) -> None:
        with self._lock:
            if self._is_over or self._utterance != utterance:
                return
            now = time.monotonic()
            self._connection.halt()
            self._final = self._heard(now)
            self._is_over = True
            self._unheard.clear()
            self._use(Playlist(RATE))
        self._connection.return_to_wanted()

    def _wait(self, utterance: int, is_done: Callable[[float], bool]) -> bool:
        """Wait for something that is asked with the lock held; return False at the end instead."""
        while True:
            with self._lock:
                if self._is_over or self._utterance != utterance:
                    return False
                self._forget_heard()
                if is_done(time.monotonic()):
                    return True
            lost = self._connection.lost_since
            if lost is not None and time.monotonic() - lost > LOST_SECONDS:
                self._end(utterance)
                raise VoiceError(
                    f"The speaker “{self.device_name}” has been gone for {LOST_SECONDS:.0f} s. "
                    "Plug it in again or choose another one."
                )
            if self._xruns > self._told_xruns:
                count, self._told_xruns = self._xruns - self._told_xruns, self._xruns
                self._tell(Xruns(count))
            time.sleep(POLL_SECONDS)

    def _opened(self, rate: int) -> None:
        """Queue up for a new stream what was not heard on the one before."""
        with self._lock:
            heard = 0 if self._is_over else int(self._heard(self._connection.last_call))
            playlist = Playlist(rate, heard)
            skip = heard - self._forgotten
            for samples in self._unheard:
                if skip < len(samples):
                    playlist.add(samples[max(0, skip) :])
                skip -= len(samples)
            if self._is_ending and not self._is_over:
                playlist.end()
            self._use(playlist)
            self._rate = rate

    # --- on PortAudio's thread ----------------------------------------------------------------

    def _fill(self, out: NDArray[np.float32], when: float, is_broken: bool) -> None:
        if is_broken:
            self._xruns += 1
        self._playlist.fill(out, when)
        self._set_volume(out)

    def _set_volume(self, out: NDArray[np.float32]) -> None:
        volume, before = self._volume, self._last_volume
        if volume != before:  # a step would click
            out *= np.linspace(before, volume, len(out), dtype=np.float32)[:, None]
            self._last_volume = volume
        elif volume != 1.0:
            out *= np.float32(volume)
