"""A spoken turn in the real application: real sound, real recognition, the bundled model."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from textual.pilot import Pilot

from engine.config.settings import Settings
from engine.conversation.reading import read_session
from engine.voice.bench import word_error_rate
from engine.voice.blocks import BLOCK
from engine.voice.ledger import SPANS
from engine.voice.recognizer import open_recognizer
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from harmony_tui.voice.driver import KeyReleased
from tests.engine.voice.calling import record
from tests.engine.voice.sound_server import SoundServer
from tests.harmony_tui.screen import NARROW, shows, submit, until

pytestmark = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")
pytest.importorskip("pocketsphinx")

QUESTION = "Tell me a joke about computers."
TRIES = 3
"""A busy machine breaks sound off; a person would ask again, too."""
SETTINGS = Settings(
    voice="on",
    voice_recognizer="pocketsphinx",
    voice_synthesizer="flite",
    hyperparameters={"temperature": 0, "effort": "low"},
)


def recognise(samples: np.ndarray) -> str:
    """Return what is said in a recording of the speaker."""
    recognizer = open_recognizer("pocketsphinx")
    try:
        recognizer.start()
        for at in range(0, len(samples) - BLOCK, BLOCK):
            recognizer.feed(samples[at : at + BLOCK])
        return recognizer.finish().text
    finally:
        recognizer.close()


class MisheardError(Exception):
    """The recogniser took the question for another, and so the model answered another."""


async def test_a_question_is_spoken_and_its_answer_heard(
    audio: SoundServer, tmp_path: Path
) -> None:
    for _ in range(TRIES - 1):
        try:
            await converse(audio, tmp_path, check_heard)
        except MisheardError as error:
            print(f"misheard: {error}")
        else:
            return
    await converse(audio, tmp_path, lambda _words: None)


def check_heard(words: str) -> None:
    if word_error_rate(QUESTION, words):
        raise MisheardError(words)


async def converse(audio: SoundServer, tmp_path: Path, check: Callable[[str], None]) -> None:
    """Ask, be answered, interrupt, leave and quit; ``check`` is told what was understood."""
    app = HarmonyApp(SETTINGS, None)
    try:
        async with app.run_test(size=NARROW) as pilot:
            voice, prompt = app.voice, app.chat_screen.prompt
            await until(pilot, lambda: voice.state.phase == "ready" and app.engine.model)
            voice.key.sees_release = True
            with audio.capture() as speaker:
                # Held; the words come while they are said.
                await pilot.press("ctrl+space")
                await shows(pilot, "● listening")
                speaking = audio.talk(record(QUESTION, tmp_path))
                await until(pilot, lambda: prompt.area.text and speaking.poll() is not None)
                await asyncio.sleep(0.3)
                assert voice.is_listening
                app.post_message(KeyReleased("space"))
                # Let go; it is sent, answered, and the answer is spoken to its end.
                await until(pilot, lambda: voice.state.phase == "speaking")
                await shows(pilot, "▶ speaking", "Esc silences")
                await until(pilot, lambda: voice.state.phase == "ready")
                await until(pilot, lambda: not app.engine.is_answering)
                samples = speaker.samples
            session, file = app.engine.session, app.engine.session_file
            assert session is not None
            assert file is not None
            words, answer = session.path()[0], session.path_turns()[-1].answer
            assert answer is not None
            print(f"said {QUESTION!r}, understood {words.text!r}")
            assert word_error_rate(QUESTION, words.text) <= 0.7
            check(words.text)
            heard = recognise(samples)
            print(f"answered {answer.text!r}, heard {heard!r}")
            assert word_error_rate(answer.text, heard) <= 0.6
            await shows(pilot, "text ", "token ", "sound ")
            await until(pilot, lambda: app.engine.session.spoken)  # type: ignore[union-attr]
            # The next answer is interrupted, and how far it was heard stays with it.
            await interrupt_an_answer(pilot, app)
            # Without hands a pause ends what is said, and the answer is left in its middle.
            await submit(pilot, "/voice hands-free")
            await leave_an_answer(pilot, app, audio, record(QUESTION, tmp_path))
            quit_file = await quit_in_an_answer(pilot, app, audio)
    finally:
        app.engine.close()
    kept = read_session(file)
    spoken = kept.spoken[answer.id]
    print({name: spoken.figures.get(name) for name in SPANS})
    assert (spoken.is_whole, spoken.heard) == (True, len(answer.text))
    assert spoken.recognizer.startswith("pocketsphinx")
    assert spoken.voice.startswith("flite")
    assert [*spoken.figures][: len(SPANS)] == [*SPANS]
    assert spoken.figures["release_to_final_text"] < spoken.figures["release_to_first_token"]
    assert spoken.figures["release_to_first_token"] < spoken.figures["release_to_first_sound"]
    check([each.text for each in kept.messages.values() if each.role == "user"][-1])
    assert len(kept.spoken) == 3
    for session in (kept, read_session(quit_file)):
        cut = session.spoken[max(session.spoken)]
        assert not cut.is_whole
        assert 0 < cut.heard < len(session.messages[cut.message].text)


async def interrupt_an_answer(pilot: Pilot[int], app: HarmonyApp) -> None:
    """Ask in writing, and press the key in the middle of the answer."""
    app.chat_screen.prompt.begin("What can you do?")
    await pilot.press("enter")
    await until(pilot, lambda: app.voice.state.phase == "speaking")
    await asyncio.sleep(1.5)
    await pilot.press("ctrl+space")
    await until(pilot, lambda: not app.voice.is_speaking)
    assert app.voice.is_listening
    await shows(pilot, "heard up to “")
    await pilot.press("escape")
    assert not app.voice.is_listening
    await until(pilot, lambda: len(app.engine.session.spoken) == 2)


SILENT_SECONDS = 0.15
"""Some ms on a machine that is not busy with all else."""


async def leave_an_answer(
    pilot: Pilot[int], app: HarmonyApp, audio: SoundServer, said: Path
) -> None:
    """Ask aloud without a key, and go to another conversation in the middle of the answer."""
    voice = app.voice
    await shows(pilot, "● listening", "Esc pauses")
    with audio.capture() as speaker:
        await asyncio.sleep(0.3)
        audio.talk(said)
        await until(pilot, lambda: voice.state.phase == "speaking")
        assert not voice.is_listening  # or it would hear itself
        await until(pilot, speaker.last_sound)
        await asyncio.sleep(0.8)
        left = time.monotonic()
        app.start_conversation()
        await asyncio.sleep(0.3)
    assert speaker.last_sound() - left < SILENT_SECONDS
    await shows(pilot, "● listening")


async def quit_in_an_answer(pilot: Pilot[int], app: HarmonyApp, audio: SoundServer) -> Path:
    """Ask in writing while it listens without a key; quit in the middle of the answer."""
    app.chat_screen.prompt.begin("What can you do?")
    with audio.capture() as speaker:
        await pilot.press("enter")
        await until(pilot, lambda: app.voice.state.phase == "speaking")
        assert not app.voice.is_listening
        await until(pilot, speaker.last_sound)
        await asyncio.sleep(0.8)
        file, left = app.engine.session_file, time.monotonic()
        app.run_command(BY_NAME["quit"])
        await asyncio.sleep(0.3)
    assert speaker.last_sound() - left < SILENT_SECONDS
    assert file is not None
    return file
