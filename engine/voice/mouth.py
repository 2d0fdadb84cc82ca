"""Speaking: a synthesiser on a thread of its own, and the speaker."""

from __future__ import annotations

import logging
import math
import queue
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from engine.voice.call_events import (
    CallEvent,
    EngineFailed,
    EngineLoading,
    EngineReady,
    SpeechBegan,
    SpeechEnded,
    Trouble,
)
from engine.voice.errors import VoiceError
from engine.voice.ledger import Ledger
from engine.voice.spoken_text import SpokenText

if TYPE_CHECKING:
    from engine.voice.audio_events import AudioEvent
    from engine.voice.speaker import Speaker
    from engine.voice.synthesizer import Synthesizer

RATE = 24_000
AFTER_SECONDS = 0.06
"""The speaker waits so long after the last sound."""

logger = logging.getLogger(__name__)


class Speech:
    """A text that is spoken while it is written."""

    def __init__(self, message: int | None, ledger: Ledger) -> None:
        """Begin with nothing.

        Args:
            message: the number that events give it, if it is a message of the running turn.
            ledger: what it takes is noted there.
        """
        self.message = message
        self.ledger = ledger
        self.cancelled = threading.Event()
        self._text = SpokenText()
        self._words: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._length = 0
        self._spans: list[tuple[float, int]] = []
        """After so many seconds of sound so many of the given characters are over."""
        self._seconds = 0.0

    def write(self, text: str) -> None:
        """Take more of the text."""
        self._length += len(text)
        self.ledger.note("last_text")
        if words := self._text.feed(text):
            self._words.put(words)

    def finish(self) -> None:
        """Take it that the text is complete."""
        if words := self._text.finish():
            self._words.put(words)
        self._words.put(None)

    def cancel(self) -> None:
        """Have nothing more be made of it."""
        self.cancelled.set()
        self._words.put(None)

    def words(self) -> Iterator[str]:
        """Give what can be spoken as it becomes known; it waits for what is not written yet."""
        while (words := self._words.get()) is not None and not self.cancelled.is_set():
            yield words

    def note_sound(self, samples: int, characters: int) -> None:
        """Note that more sound was made, and how much of the words is over with it."""
        self._seconds += samples / RATE
        self._spans.append((self._seconds, characters))

    @property
    def has_sounded(self) -> bool:
        """Whether any sound was made of it."""
        return bool(self._spans)

    def heard(self, seconds: float) -> int:
        """Return how many characters of the text are over after so many seconds of its sound."""
        if not self.cancelled.is_set():
            return self._length
        place = bisect_right(self._spans, seconds, key=lambda span: span[0])
        end, characters = self._spans[place - 1] if place else (0.0, 0)
        if place < len(self._spans):
            # Within a stretch of sound words come at about the same pace.
            next_end, next_characters = self._spans[place]
            share = (seconds - end) / (next_end - end) if next_end > end else 0.0
            characters += int(max(0.0, share) * (next_characters - characters))
        return min(self._length, self._text.source_offset(characters))


class Mouth:
    """Speaks one text after the other. ``silence`` takes effect at once; nothing else waits."""

    def __init__(
        self,
        open_synthesizer: Callable[[Callable[[str], None]], Synthesizer],
        open_speaker: Callable[[Callable[[AudioEvent], None]], Speaker],
        tell: Callable[[CallEvent], None],
    ) -> None:
        """Begin to load the synthesiser.

        Args:
            open_synthesizer: loads one, given what is told of its progress.
            open_speaker: makes one, given what hears its events.
            tell: hears what happens, on the thread of this class.
        """
        self._tell = tell
        self._open_synthesizer = open_synthesizer
        self._open_speaker = open_speaker
        self._synthesizer: Synthesizer | None = None
        self._speaker: Speaker | None = None
        self._volume = 1.0
        self._spoken: Speech | None = None
        self._waiting: queue.SimpleQueue[Speech | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._unfinished: list[Speech] = []
        """What is spoken or waits to be; guarded by the lock."""
        self.silent_since = -math.inf
        """When the last text ended, in seconds of ``time.monotonic``."""
        self._thread = threading.Thread(target=self._work, name="synthesizer", daemon=True)
        self._thread.start()

    @property
    def name(self) -> str:
        """What speaks; empty while nothing does."""
        return "" if self._synthesizer is None else self._synthesizer.name

    @property
    def is_speaking(self) -> bool:
        """Whether something is spoken or waits to be."""
        with self._lock:
            return bool(self._unfinished)

    @property
    def volume(self) -> float:
        """How loud, 0 to 1; it acts at once."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = volume
        if self._speaker is not None:
            self._speaker.volume = volume

    def speak(self, speech: Speech) -> None:
        """Speak a text when those before it are over; it may still be being written."""
        with self._lock:
            self._unfinished.append(speech)
        self._waiting.put(speech)

    def silence(self) -> tuple[SpeechEnded, ...]:
        """Stop all sound at once and drop what waits.

        Returns:
            How far each text was heard, which is not told besides.
        """
        with self._lock:
            unfinished = tuple(self._unfinished)
        for speech in unfinished:
            speech.cancel()
        heard = 0.0
        if unfinished and self._speaker is not None:
            heard = self._speaker.silence()
        return tuple(ended for each in unfinished if (ended := self._end(each, heard)) is not None)

    def close(self) -> None:
        """Fall silent and give back the speaker and what the synthesiser holds; wait for that."""
        self.silence()
        self._waiting.put(None)
        self._thread.join()

    # --- on the synthesiser's thread ----------------------------------------------------------

    def _work(self) -> None:
        try:
            self._load()
            while (speech := self._waiting.get()) is not None:
                try:
                    self._speak(speech)
                except VoiceError as error:
                    speech.cancel()
                    self._tell(Trouble(str(error)))
                except Exception:
                    logger.exception("Speech failed")
                    speech.cancel()
                    self._tell(Trouble("Speech failed; the log says more: /log."))
                finally:
                    self._tell_end(speech)
        finally:
            if self._speaker is not None:
                self._speaker.close()
            if self._synthesizer is not None:
                self._synthesizer.close()

    def _load(self) -> None:
        def progress(message: str) -> None:
            self._tell(EngineLoading("synthesizer", message))

        try:
            self._synthesizer = self._open_synthesizer(progress)
        except VoiceError as error:
            self._tell(EngineFailed("synthesizer", str(error)))
        else:
            self._tell(EngineReady("synthesizer", self._synthesizer.name))

    def _speak(self, speech: Speech) -> None:
        if self._synthesizer is None or speech.cancelled.is_set():
            return
        if self._speaker is None:
            self._speaker = self._open_speaker(self._hear_audio)
            self._speaker.volume = self._volume
        self._spoken = speech
        speaker = self._speaker
        for spoken in self._synthesizer.speak(speech.words(), speech.cancelled):
            is_first = not speech.has_sounded
            speech.note_sound(len(spoken.samples), spoken.characters)
            if not speaker.play(spoken.samples, speech.cancelled):
                return
            if is_first and not speech.cancelled.is_set():
                self._tell(SpeechBegan(speech.message))
            self._note_first_sound(speech, speaker.played_seconds)
        if not speech.cancelled.is_set() and speech.has_sounded:
            self._note_first_sound(speech, speaker.drain() + AFTER_SECONDS)

    @staticmethod
    def _note_first_sound(speech: Speech, played: float) -> None:
        if played > 0:
            speech.ledger.note("first_sound", time.monotonic() - played)

    def _tell_end(self, speech: Speech) -> None:
        """Make room for the next text; tell how far this one was heard if nobody was told yet."""
        self._spoken = None
        heard = 0.0
        if self._speaker is not None and speech.has_sounded:
            heard = self._speaker.silence()  # it goes on to the next one as if nothing had failed
        ended = self._end(speech, heard)
        if ended is not None and self._synthesizer is not None:
            self._tell(ended)

    def _end(self, speech: Speech, seconds: float) -> SpeechEnded | None:
        """Take it that a text is over, of which so much was heard; None if that was known."""
        with self._lock:
            if speech not in self._unfinished:
                return None
            self._unfinished.remove(speech)
            self.silent_since = time.monotonic()
        if speech.has_sounded:
            speech.ledger.note("last_sound")
        is_whole = not speech.cancelled.is_set()
        return SpeechEnded(speech.message, speech.heard(seconds), is_whole, speech.ledger.figures())

    def _hear_audio(self, event: AudioEvent) -> None:
        from engine.voice.audio_events import Xruns

        spoken = self._spoken
        if not isinstance(event, Xruns):
            self._tell(Trouble(event.message, is_passing=True))
        elif spoken is not None:
            spoken.ledger.xruns += event.count
