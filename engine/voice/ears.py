"""Listening: the microphone, and a recogniser on a thread of its own."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.voice.call_events import (
    CallEvent,
    EngineFailed,
    EngineLoading,
    EngineReady,
    SoundHeard,
    Trouble,
    UtteranceEnded,
    WordsHeard,
)
from engine.voice.endpoint import Endpoint
from engine.voice.errors import VoiceError
from engine.voice.ledger import Ledger

if TYPE_CHECKING:
    from engine.voice.audio_events import AudioEvent
    from engine.voice.blocks import Block
    from engine.voice.microphone import Microphone
    from engine.voice.recognizer import Recognizer


KEPT_BLOCKS = 6
"""So many of the blocks before speech belong to it: some 0.5 s."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Utterance:
    """What a person says from a press of the key to its end."""

    number: int
    ledger: Ledger
    endpoint: Endpoint | None = None
    """Says when the speaker has come to an end, if nothing else does."""
    with_pre_roll: bool = True
    is_discarded: bool = False
    text: str = ""
    kept: list[Block] = field(default_factory=list)
    """The last blocks before anything was said."""


Job = Callable[[], None]


class Ears:
    """Turns what is said into words. No method holds up its caller."""

    def __init__(
        self,
        open_recognizer: Callable[[Callable[[str], None]], Recognizer],
        open_microphone: Callable[
            [Callable[[Block], None], Callable[[AudioEvent], None]], Microphone
        ],
        tell: Callable[[CallEvent], None],
    ) -> None:
        """Begin to load the recogniser.

        Args:
            open_recognizer: loads one, given what is told of its progress.
            open_microphone: makes one, given what takes its blocks and what hears its events.
            tell: hears what happens, on threads of this class.
        """
        self._tell = tell
        self._open_microphone = open_microphone
        self._recognizer: Recognizer | None = None
        self._microphone: Microphone | None = None
        self._current: Utterance | None = None
        """What the person is saying."""
        self._recorded: Utterance | None = None
        """What the microphone's blocks belong to; it ends a little later."""
        self._begun: Utterance | None = None
        """What the recogniser hears; it ends a little later still."""
        self._last_number = 0
        # Opening a device takes a tenth of a second, which neither the screen nor words wait for.
        self._sound = _Line("microphone")
        self._words = _Line("recognizer")
        self._words.put(lambda: self._load(open_recognizer))
        self._sound.put(self._open_early)

    @property
    def is_listening(self) -> bool:
        """Whether an utterance has begun and not ended."""
        return self._current is not None

    # --- what the person does -----------------------------------------------------------------

    def listen(
        self, ledger: Ledger, endpoint: Endpoint | None = None, *, with_pre_roll: bool = True
    ) -> int:
        """Begin an utterance; return its number.

        Args:
            ledger: what it takes is noted there.
            endpoint: ends it, where the person does not.
            with_pre_roll: whether what came a moment before belongs to it.
        """
        self._last_number += 1
        utterance = Utterance(self._last_number, ledger, endpoint, with_pre_roll)
        self._current = utterance
        self._sound.put(lambda: self._record(utterance))
        return utterance.number

    def finish(self) -> None:
        """End the utterance; its final text is told."""
        utterance, self._current = self._current, None
        if utterance is not None:
            self._sound.put(lambda: self._stop(utterance))

    def discard(self) -> None:
        """End the utterance and forget it."""
        utterance, self._current = self._current, None
        if utterance is not None:
            utterance.is_discarded = True
            self._sound.put(lambda: self._stop(utterance))

    def close(self) -> None:
        """Give back the microphone and what the recogniser holds; wait until that is done."""
        self.discard()
        self._sound.close(self._close_microphone)
        self._words.close(self._close_recognizer)

    # --- on the microphone's thread -----------------------------------------------------------

    def _open_early(self) -> None:
        """Have the first press find what came before it."""
        self._open()

    def _open(self) -> Microphone | None:
        try:
            if self._microphone is None:
                self._microphone = self._open_microphone(self._take, self._hear_audio)
            self._microphone.open()
        except VoiceError as error:
            self._tell(Trouble(str(error)))
            return None
        return self._microphone

    def _record(self, utterance: Utterance) -> None:
        if utterance.is_discarded:
            return
        self._recorded = utterance
        # From here, so that the recogniser is done with the utterance before.
        self._words.put(lambda: self._begin(utterance))
        microphone = self._open()
        if microphone is not None:
            microphone.start(with_pre_roll=utterance.with_pre_roll)
        else:
            self._give_up(utterance)

    def _give_up(self, utterance: Utterance) -> None:
        """Have an utterance be over that cannot be heard or understood, or not any more."""
        if self._current is utterance:
            self._current = None
        if not utterance.is_discarded:
            utterance.is_discarded = True
            self._tell(WordsHeard(utterance.number, utterance.text, is_final=True))

    def _stop(self, utterance: Utterance) -> None:
        if self._recorded is utterance:
            if self._microphone is not None:
                self._microphone.stop()  # returns when the last block was taken
            self._recorded = None
        self._words.put(lambda: self._end(utterance))

    def _close_microphone(self) -> None:
        microphone, self._microphone = self._microphone, None
        if microphone is not None:
            microphone.close()

    def _take(self, block: Block) -> None:
        """Take a block of the microphone; on a thread of its own."""
        utterance = self._recorded
        if utterance is None:
            return
        from engine.voice.levels import fraction, level_of

        utterance.ledger.note("first_block")
        if not utterance.is_discarded:
            self._tell(SoundHeard(fraction(level_of(block.samples).rms)))
        self._words.put(lambda: self._feed(utterance, block))

    def _hear_audio(self, event: AudioEvent) -> None:
        from engine.voice.audio_events import Dropped, Xruns, Zeros

        utterance = self._recorded
        match event:
            case Xruns(count=count) if utterance is not None:
                utterance.ledger.xruns += count
            case Dropped(blocks=blocks) if utterance is not None:
                utterance.ledger.dropped_blocks += blocks
        is_passing = not isinstance(event, Zeros)
        if not isinstance(event, Xruns) and (utterance is not None or not is_passing):
            self._tell(Trouble(event.message, is_passing))

    # --- on the recogniser's thread -----------------------------------------------------------

    def _load(self, open_recognizer: Callable[[Callable[[str], None]], Recognizer]) -> None:
        def progress(message: str) -> None:
            self._tell(EngineLoading("recognizer", message))

        try:
            self._recognizer = open_recognizer(progress)
        except VoiceError as error:
            self._tell(EngineFailed("recognizer", str(error)))
        else:
            self._tell(EngineReady("recognizer", self._recognizer.name))

    def _begin(self, utterance: Utterance) -> None:
        if self._recognizer is not None and not utterance.is_discarded:
            self._begun = utterance
            try:
                self._recognizer.start()
            except VoiceError as error:
                self._fail(utterance, error)

    def _feed(self, utterance: Utterance, block: Block) -> None:
        from engine.voice.levels import level_of

        if utterance.is_discarded or self._recognizer is None:
            return
        endpoint = utterance.endpoint
        if endpoint is None:
            self._recognize(self._recognizer, utterance, block)
            return
        level = level_of(block.samples)
        if endpoint.has_spoken:
            pause = self._recognize(self._recognizer, utterance, block)
            self._look_for_end(self._recognizer, utterance, endpoint, level.rms, pause)
            return
        # A silence of any length is nothing to recognise, but a first syllable is.
        endpoint.take(level.rms, None, "")
        utterance.kept = [*utterance.kept[1 - KEPT_BLOCKS :], block]
        if endpoint.has_spoken:
            kept, utterance.kept = utterance.kept, []
            for each in kept:
                self._recognize(self._recognizer, utterance, each)

    def _recognize(
        self, recognizer: Recognizer, utterance: Utterance, block: Block
    ) -> float | None:
        """Have a block be understood; return how likely the speaker is done, if that is known."""
        try:
            heard = recognizer.feed(block.samples)
        except VoiceError as error:
            self._fail(utterance, error)
            return None
        if heard is not None and heard.text != utterance.text:
            utterance.text = heard.text
            if heard.text.strip():
                utterance.ledger.note("first_word")
            self._tell(WordsHeard(utterance.number, heard.text))
        return None if heard is None else heard.pause

    def _fail(self, utterance: Utterance, error: VoiceError) -> None:
        """Have an utterance end with what was understood before the recogniser failed."""
        if not utterance.is_discarded:
            self._tell(Trouble(str(error)))
            self._give_up(utterance)
            self._sound.put(lambda: self._stop(utterance))

    def _look_for_end(
        self,
        recognizer: Recognizer,
        utterance: Utterance,
        endpoint: Endpoint,
        level: float,
        pause: float | None,
    ) -> None:
        if endpoint.take(level, pause, utterance.text):
            utterance.endpoint = None
            self._tell(UtteranceEnded(utterance.number))
        elif not endpoint.has_spoken:  # it was noise
            try:
                recognizer.finish()
                recognizer.start()
            except VoiceError as error:
                self._fail(utterance, error)

    def _end(self, utterance: Utterance) -> None:
        text = ""
        if self._recognizer is not None and self._begun is utterance:
            self._begun = None
            try:
                # Also of what is discarded, so that the next one begins with nothing of it.
                text = self._recognizer.finish().text
            except VoiceError as error:
                if not utterance.is_discarded:
                    self._tell(Trouble(str(error)))
                text = utterance.text
        if not utterance.is_discarded:
            utterance.ledger.note("final_text")
            self._tell(WordsHeard(utterance.number, text, is_final=True))

    def _close_recognizer(self) -> None:
        recognizer, self._recognizer = self._recognizer, None
        if recognizer is not None:
            recognizer.close()


class _Line:
    """A thread that does one thing after the other, for as long as it is needed."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Have something done when all before it is."""
        if not self._is_closed:
            self._jobs.put(job)

    def close(self, last: Job) -> None:
        """Have a last thing done and wait until the thread has ended."""
        if not self._is_closed:
            self._jobs.put(last)
            self._is_closed = True
            self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:
                logger.exception("Something failed on the %s's thread", self._thread.name)
