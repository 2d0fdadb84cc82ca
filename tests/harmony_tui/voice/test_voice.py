"""What is shown and said about speech where there is no sound, and by the command line."""

from __future__ import annotations

import argparse
import json
import time

import pytest
from textual.content import Content

from engine.config.settings import Settings
from engine.events import AnswerSpoken
from harmony_tui import voice_commands
from harmony_tui.panes.said import say_heard
from harmony_tui.prompt.area import PromptArea
from harmony_tui.prompt.dictation import Dictation
from harmony_tui.voice.line import VoiceLine
from harmony_tui.voice.state import VoiceState
from tests.engine.voice.sound_server import SoundServer
from tests.harmony_tui.screen import (
    NARROW,
    answered,
    screen_text,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)

REPLY = "<|channel|>final<|message|>It is five and no more.<|return|>"
NO_SOUND = Settings(voice="on", voice_recognizer="/no/such/model", voice_synthesizer="/no/voice")


async def test_without_engines_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    async with scripted_app(REPLY, size=NARROW, settings=NO_SOUND) as (app, pilot):
        await until(pilot, lambda: len(app.voice.state.problems) == 2)
        await shows(pilot, "! /no/such/model")
        await pilot.press("ctrl+space")
        assert not app.voice.is_listening
        # All else goes on.
        await submit(pilot, "2 + 3?")
        await answered(pilot)
        await shows(pilot, "It is five and no more.")
        await pilot.press("f7")
        assert not app.voice.is_speaking
        # How far an answer was heard stands below it.
        app.chat_screen.hear(AnswerSpoken(0, 10, False))
        await shows(pilot, "heard up to “It is five”")
        await submit(pilot, "/voice off")
        await until(pilot, lambda: "/no/such/model is" not in screen_text(app).splitlines()[-6])
        assert not app.voice.line.display
        await pilot.press("ctrl+space")
        await shows(pilot, "Voice is off. /voice on switches it on.")


async def test_words_that_are_heard_stand_among_those_that_are_typed() -> None:
    async with scripted_app(size=NARROW) as (app, pilot):
        area: PromptArea = app.chat_screen.prompt.area
        await type_text(pilot, "Please:")
        heard = app.chat_screen.prompt.dictate()
        for words in ("what", "what is", "what  is the time"):
            heard.show(words)
        assert area.text == "Please: what is the time"
        await type_text(pilot, "?")
        assert area.text == "Please: what is the time?"
        heard.show("what is the tide")
        assert area.text == "Please: what is the tide?"
        heard.end()
        # Two at once, and one that is discarded.
        again = Dictation(area)
        again.show("now")
        assert area.text == "Please: what is the tide? now"
        again.discard()
        assert area.text == "Please: what is the tide?"
        # What the person has rewritten is left alone.
        third = Dictation(area)
        third.show("and then")
        area.text = "Something else"
        third.show("and")
        assert "Something else" in area.text


def test_say_how_far_an_answer_was_heard() -> None:
    assert say_heard("Now one two three four five.", 22) == "heard up to “one two three four”"
    assert say_heard("One", 0) == "not heard"


def test_the_line_says_what_goes_on() -> None:
    state = VoiceState("ready", recognizer="ears", synthesizer="mouth")
    line = VoiceLine(state, lambda: "Ctrl+Space")

    def shown(room: int = 60) -> tuple[str, str]:
        right: Content = line._right(room)
        return line._left().plain, right.plain

    assert shown() == ("○ Ctrl+Space to speak", "ears · mouth")
    state.figures = {"release_to_final_text": 0.1, "release_to_first_token": 0.25}
    assert shown()[1] == "text 0.10 s · token 0.25 s"
    assert shown(15)[1] == "text 0.10 s"
    state.enter("listening")
    state.is_held = True
    for level in (0.0, 0.5, 1.0):
        state.note_level(level)
    assert "▁▁▁▁▁▁▅█" in shown()[0]
    assert shown()[1] == "let go to end · Esc discards"
    state.note_trouble("The microphone is gone.")
    assert shown()[1] == "The microphone is gone."
    state.notice_until = time.monotonic()
    state.enter("speaking")
    assert shown() == ("▶ speaking", "Ctrl+Space interrupts · Esc silences")


# --- the command line ----------------------------------------------------------------------------


def test_check_without_devices(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setattr(voice_commands, "_settings", lambda: NO_SOUND)
    assert voice_commands.check(argparse.Namespace(json=True)) == 1
    findings = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert not findings["sound"]["is_good"]
    assert "/no/such/model" in findings["recognition"]["text"]
    assert "/no/voice" in findings["speech"]["text"]


def test_check_and_bench_with_sound(
    audio: SoundServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pocketsphinx")
    settings = Settings(voice_recognizer="pocketsphinx", voice_synthesizer="flite")
    monkeypatch.setattr(voice_commands, "_settings", lambda: settings)
    voice_commands.check(argparse.Namespace(json=True))
    findings = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert "“VirtualMic” is used" in findings["microphones"]["text"]
    assert findings["recognition"]["text"].startswith("pocketsphinx")
    given = argparse.Namespace(recognizer=None, synthesizer=None, json=True)
    voice_commands.bench(given)
    stages = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert [*stages] == ["resampling", "recognition", "synthesis"]
    assert all(each["mean"] > 0 for each in stages.values())
    assert "of the words wrong" in stages["recognition"]["notes"][1]
