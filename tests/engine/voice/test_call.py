"""A call with real sound: what is said is understood, what is answered is heard, and silenced."""

from __future__ import annotations

import queue
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.events import (
    Event,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    TurnEnded,
    TurnStarted,
)
from engine.voice.call import Call, Choice
from engine.voice.call_events import (
    CallEvent,
    EngineFailed,
    EngineReady,
    SpeechBegan,
    SpeechEnded,
    UtteranceEnded,
    WordsHeard,
)
from tests.engine.voice.sound_server import SoundServer

pytestmark = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")
pytest.importorskip("pocketsphinx")

PATIENCE_SECONDS = 90
LONG = "One two three four five six seven eight nine ten. " * 4


class Listener:
    """What a call has told, in order."""

    def __init__(self) -> None:
        self.told: list[CallEvent] = []
        self._queue: queue.SimpleQueue[CallEvent] = queue.SimpleQueue()

    def __call__(self, event: CallEvent) -> None:
        self._queue.put(event)

    def until(self, kind: type[CallEvent], **fields: object) -> CallEvent:
        """Wait for an event of a kind with these fields."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                event = self._queue.get(timeout=1)
            except queue.Empty:
                continue
            self.told.append(event)
            is_it = isinstance(event, kind)
            if is_it and all(getattr(event, name) == value for name, value in fields.items()):
                return event
        raise AssertionError(f"waited in vain for {kind}, after {self.told[-9:]}")


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


def record(text: str, folder: Path) -> Path:
    file = folder / "said.wav"
    subprocess.run(["flite", "-voice", "rms", "-t", text, "-o", str(file)], check=True)
    return file


def answer(*deltas: str, finish: str = "stop") -> Iterator[Event]:
    """Give the events of a turn: reasoning, and an answer in pieces."""
    yield TurnStarted("")
    yield MessageOpened(0, "assistant", "analysis", None, None)
    yield TextDelta(0, "analysis", "Nobody is to hear this.")
    yield MessageClosed(0, "assistant", "analysis", None, None, "", (), "end")
    yield MessageOpened(1, "assistant", "final", None, None)
    for delta in deltas:
        yield TextDelta(1, "final", delta)
    yield MessageClosed(1, "assistant", "final", None, None, "".join(deltas), (), "return")
    yield TurnEnded("stop" if finish == "stop" else "cancelled", Statistics())


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
    assert silent < 0.3  # some ms on a machine that is not busy with all else
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
