"""What is told of a text whose voice fails in its middle, with real sound."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import numpy as np

from engine.voice.call_events import EngineReady, SpeechBegan, SpeechEnded, Trouble
from engine.voice.errors import VoiceError
from engine.voice.ledger import Ledger
from engine.voice.mouth import Mouth, Speech
from engine.voice.speaker import Speaker
from engine.voice.synthesizer import Spoken
from tests.engine.voice.calling import Listener
from tests.engine.voice.sound_server import SoundServer

TEXT = "One two three four five six."
PIECE = 2400


class Hoarse:
    """A synthesiser that gives half a second of each text, and fails."""

    name = "hoarse"

    def speak(self, words: Iterator[str], cancelled: Event) -> Iterator[Spoken]:
        said = len(next(words))
        for piece in range(1, 6):
            yield Spoken(np.full(PIECE, 0.1, np.float32), piece * said // 10)
        raise VoiceError("The voice is gone.")

    def close(self) -> None:
        self.name = ""


def test_a_voice_that_fails_has_not_spoken_to_the_end(audio: SoundServer) -> None:
    listener = Listener()
    mouth = Mouth(lambda progress: Hoarse(), lambda tell: Speaker(None, tell), listener)
    try:
        listener.until(EngineReady)
        speech = Speech(1, Ledger())
        mouth.speak(speech)
        speech.write(TEXT)
        speech.finish()
        listener.until(SpeechBegan, message=1)
        listener.until(Trouble, message="The voice is gone.")
        ended = listener.until(SpeechEnded, message=1)
        assert isinstance(ended, SpeechEnded)
        assert not ended.is_whole
        assert ended.heard < len(TEXT)
        # Silenced while it is still to begin, it is told by the return value alone.
        mouth.speak(Speech(2, Ledger()))
        (ended,) = mouth.silence()
        assert (ended.message, ended.heard, ended.is_whole) == (2, 0, False)
        assert not mouth.is_speaking
    finally:
        mouth.close()
    assert not [
        each for each in listener.told if isinstance(each, SpeechEnded) and each.message == 2
    ]
