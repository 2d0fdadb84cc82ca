"""A spoken conversation: what the person says becomes words, and what the model answers is spoken.

Half-duplex: the microphone records only while nothing is spoken, so that the program never hears
itself. Only the final channel is spoken, never the reasoning, calls of tools or their results.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from engine.events import (
    Event,
    MessageClosed,
    MessageOpened,
    TextDelta,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from engine.voice.call_events import CallEvent, SpeechEnded
from engine.voice.ears import Ears
from engine.voice.endpoint import Endpoint
from engine.voice.ledger import Ledger
from engine.voice.mouth import Mouth, Speech

if TYPE_CHECKING:
    from engine.voice.audio_events import AudioEvent
    from engine.voice.blocks import Block
    from engine.voice.microphone import Microphone
    from engine.voice.recognizer import Recognizer
    from engine.voice.speaker import Speaker
    from engine.voice.synthesizer import Synthesizer


PRE_ROLL_SECONDS = 0.3
"""What is said so shortly before the key is pressed belongs to it, unless the program said it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which engines and devices a call uses; see ``open_recognizer`` and ``open_synthesizer``."""

    recognizer: str = "auto"
    synthesizer: str = "auto"
    voice: str | None = None
    rate: float = 1.0
    microphone: str | None = None
    speaker: str | None = None
    models: str | None = None
    """The folder of models that the settings name."""


class Call:
    """Ears and mouth of a conversation. No method holds up its caller but ``close``."""

    def __init__(self, choice: Choice, tell: Callable[[CallEvent], None]) -> None:
        """Begin to load the engines.

        Args:
            choice: which engines and devices are used.
            tell: hears what happens, on threads of the call; it must return at once.
        """
        self.speaks_answers = True
        """Whether answers are spoken as they are written."""
        self._tell = tell
        self._ledger = Ledger()
        """Of what the person says now or said last."""
        self._asked: Ledger | None = None
        """Of what was sent, until its turn begins."""
        self._turn: Ledger = Ledger()
        self._speech: Speech | None = None
        """What is made of the message that is being written."""
        self._is_muted = False
        """Whether the rest of the running turn is not spoken."""
        self._endpoint = Endpoint()
        """Of the last utterance that was to end by itself."""
        self._ears = Ears(
            partial(_open_recognizer, choice), partial(_open_microphone, choice), tell
        )
        self._mouth = Mouth(
            partial(_open_synthesizer, choice), partial(_open_speaker, choice), tell
        )

    @property
    def is_listening(self) -> bool:
        """Whether an utterance has begun and not ended."""
        return self._ears.is_listening

    @property
    def is_speaking(self) -> bool:
        """Whether something is spoken or waits to be."""
        return self._mouth.is_speaking

    @property
    def volume(self) -> float:
        """How loud answers are, 0 to 1; it acts at once."""
        return self._mouth.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._mouth.volume = volume

    @property
    def figures(self) -> dict[str, float]:
        """Where the time went so far, of what the person said last."""
        return self._ledger.figures()

    # --- what the person does -----------------------------------------------------------------

    def listen(self, *, ends_by_itself: bool = False) -> int:
        """Fall silent and begin to listen; return the number of the utterance.

        Args:
            ends_by_itself: whether ``UtteranceEnded`` is told when the speaker is done.
        """
        self._ledger = Ledger()
        self._ledger.note("pressed")
        self.silence()
        endpoint = None
        if ends_by_itself:  # it knows the room from the last time
            endpoint = self._endpoint = Endpoint(self._endpoint.noise)
        silent = time.monotonic() - self._mouth.silent_since
        return self._ears.listen(self._ledger, endpoint, with_pre_roll=silent > PRE_ROLL_SECONDS)

    def finish(self) -> None:
        """End the utterance; ``WordsHeard`` tells all of it."""
        self._ledger.note("released")
        self._ears.finish()

    def discard(self) -> None:
        """End the utterance and forget it."""
        self._ears.discard()

    def silence(self) -> bool:
        """Stop speaking at once, for the rest of the running turn; return whether it spoke."""
        ended = self.fall_silent()
        for each in ended:
            self._tell(each)
        return bool(ended)

    def fall_silent(self) -> tuple[SpeechEnded, ...]:
        """Stop speaking as ``silence`` does, and return what would be told of it."""
        self._is_muted = True
        self._speech = None
        return self._mouth.silence()

    def note_sent(self) -> None:
        """Take it that the utterance was sent as it ended: the next turn answers it."""
        self._asked = self._ledger

    def read_aloud(self, text: str) -> None:
        """Speak a text in place of what is spoken now."""
        self.silence()
        speech = Speech(None, Ledger())
        self._mouth.speak(speech)
        speech.write(text)
        speech.finish()

    def close(self) -> None:
        """Stop it all and give back devices and engines; waits for what they are doing."""
        self.silence()
        self._ears.close()
        self._mouth.close()

    # --- what the model does ------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """Take what happens in a turn; called on the thread of the conversation."""
        match event:
            case TurnStarted() | TurnContinued():
                self._begin_turn()
            case MessageOpened():
                self._turn.note("first_token")
            case TextDelta(channel="final", message=message, text=text):
                self._write(message, text)
            case TextDelta():
                self._turn.note("first_token")
            case MessageClosed(message=message) if self._is_open(message):
                self._finish_speech()
            case TurnEnded(finish=finish):
                if finish == "cancelled":
                    self.silence()
                else:
                    self._finish_speech()

    def _begin_turn(self) -> None:
        self.silence()
        self._turn, self._asked = self._asked or Ledger(), None
        self._is_muted = not self.speaks_answers

    def _is_open(self, message: int) -> bool:
        speech = self._speech
        return speech is not None and speech.message == message

    def _write(self, message: int, text: str) -> None:
        self._turn.note("first_token")
        if self._is_muted:
            return
        if self.is_listening:
            self._is_muted = True
            return
        speech = self._speech
        if speech is None or speech.message != message:
            self._finish_speech()
            self._turn.note("first_final")
            speech = self._speech = Speech(message, self._turn)
            self._mouth.speak(speech)
        speech.write(text)

    def _finish_speech(self) -> None:
        speech, self._speech = self._speech, None
        if speech is not None:
            speech.finish()


def _open_recognizer(choice: Choice, progress: Callable[[str], None]) -> Recognizer:
    from engine.voice.recognizer import open_recognizer

    return open_recognizer(choice.recognizer, progress, models=choice.models)


def _open_synthesizer(choice: Choice, progress: Callable[[str], None]) -> Synthesizer:
    from engine.voice.synthesizer import open_synthesizer

    return open_synthesizer(
        choice.synthesizer, choice.voice, choice.rate, progress, models=choice.models
    )


def _open_microphone(
    choice: Choice, hear: Callable[[Block], None], tell: Callable[[AudioEvent], None]
) -> Microphone:
    from engine.voice.microphone import Microphone

    return Microphone(choice.microphone, hear, tell, PRE_ROLL_SECONDS)


def _open_speaker(choice: Choice, tell: Callable[[AudioEvent], None]) -> Speaker:
    from engine.voice.speaker import Speaker

    return Speaker(choice.speaker, tell)
