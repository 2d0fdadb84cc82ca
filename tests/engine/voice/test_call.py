"""A call with real sound: what is said is understood, what is answered is heard, and silenced."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.voice.call import Call, Choice
from engine.voice.call_events import (
    EngineFailed,
    EngineReady,
    SpeechBegan,
    SpeechEnded,
    Trouble,
    UtteranceEnded,
    WordsHeard,
)
from tests.engine.voice.calling import Listener, answer, record
from tests.engine.voice.sound_server import SoundServer

pytestmark = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")
pytest.importorskip("pocketsphinx")

LONG = "One two three four five six seven eight nine ten. " * 4


@pytest.fixture
def call(audio: SoundServer) -> Iterator[tuple[Call, Listener]]:
    listener = Listener()
    call = Call(Choice("pocketsphinx", "flite"), listener)
    try:
        for _ in ("recognizer", "synthesizer"):
            listener.until(EngineReady)
        yield call, listener
    finally:
        call.close()


def test_a_spoken_turn_and_an_interruption(
    call: tuple[Call, Listener], audio: SoundServer, tmp_path: Path
) -> None:
    talk, listener = call
    # What is said comes while it is said, and whole at the end.
    number = talk.listen()
    assert talk.is_listening
    audio.talk(record("what is the time", tmp_path)).wait()
    listener.until(WordsHeard, utterance=number, is_final=False)
    talk.finish()
    said = listener.until(WordsHeard, utterance=number, is_final=True)
    assert isinstance(said, WordsHeard)
    assert {"what", "time"} & set(said.text.split())
    # The answer is heard, and nothing but the answer.
    talk.note_sent()
    for event in answer("**Noon** ", "it is."):
        talk.hear(event)
    listener.until(SpeechBegan, message=1)
    ended = listener.until(SpeechEnded, message=1)
    assert isinstance(ended, SpeechEnded)
    assert (ended.heard, ended.is_whole) == (len("**Noon** it is."), True)
    figures = ended.figures
    assert figures["release_to_final_text"] > 0
    assert figures["release_to_first_sound"] > figures["release_to_first_token"]
    # In the middle of a long one the key is pressed.
    with audio.capture() as speaker:
        for event in answer(*LONG.split(" ")[0:1], LONG[3:]):
            talk.hear(event)
        listener.until(SpeechBegan, message=1)
        time.sleep(2.5)
        pressed = time.monotonic()
        number = talk.listen()
        taken = time.monotonic() - pressed
        ended = listener.until(SpeechEnded, message=1)
        time.sleep(0.4)
        silent = speaker.last_sound() - pressed
    assert isinstance(ended, SpeechEnded)
    print(f"the press took {1000 * taken:.0f} ms, sound ended after {1000 * silent:.0f} ms")
    assert not ended.is_whole
    assert 0 < ended.heard < len(LONG)
    assert LONG[: ended.heard].rsplit(maxsplit=1)[-1] in LONG
    assert silent < 0.15  # some ms on a machine that is not busy with all else
    # What is discarded tells nothing more, and what is answered meanwhile is not spoken.
    for event in answer("Not to be heard."):
        talk.hear(event)
    talk.discard()
    talk.read_aloud("The end.")
    listener.until(SpeechEnded, message=None)
    after = listener.told[listener.told.index(ended) :]
    assert not [each for each in after if isinstance(each, WordsHeard) and each.is_final]
    assert not [each for each in after if isinstance(each, SpeechBegan) and each.message == 1]


def test_without_a_key_a_pause_ends_it(
    call: tuple[Call, Listener], audio: SoundServer, tmp_path: Path
) -> None:
    talk, listener = call
    # A recogniser that dies ends what is being said; the next time another one is there.
    number = talk.listen()
    talk._ears._recognizer._process.kill()  # type: ignore[union-attr]
    listener.until(Trouble)
    listener.until(WordsHeard, utterance=number, is_final=True)
    assert not talk.is_listening
    number = talk.listen(ends_by_itself=True)
    time.sleep(0.5)
    audio.talk(record("what is the time", tmp_path))
    listener.until(UtteranceEnded, utterance=number)
    talk.finish()
    said = listener.until(WordsHeard, utterance=number, is_final=True)
    assert isinstance(said, WordsHeard)
    assert "time" in said.text


def test_an_answer_that_is_stopped_is_silent(call: tuple[Call, Listener]) -> None:
    talk, listener = call
    events = list(answer(LONG, finish="cancelled"))
    for event in events[:-2]:
        talk.hear(event)
    listener.until(SpeechBegan, message=1)
    talk.hear(events[-1])
    ended = listener.until(SpeechEnded, message=1)
    assert isinstance(ended, SpeechEnded)
    assert not ended.is_whole
    assert not talk.is_speaking


def test_engines_that_are_not_there_are_told_of(audio: SoundServer) -> None:
    listener = Listener()
    call = Call(Choice("/no/such/model", "/no/such/voice"), listener)
    try:
        for _ in range(2):
            failed = listener.until(EngineFailed)
            assert isinstance(failed, EngineFailed)
            assert "/no/such" in failed.message
        call.listen()
        call.finish()
        said = listener.until(WordsHeard, is_final=True)
        assert isinstance(said, WordsHeard)
        assert said.text == ""
        call.read_aloud("Nobody speaks.")
    finally:
        call.close()
    assert not call.is_speaking
