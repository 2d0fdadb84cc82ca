"""Keys that are let go in terminals that tell of them, and in such as do not."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.conversation.reading import read_session
from engine.voice.bench import word_error_rate
from tests.engine.voice.calling import record
from tests.engine.voice.sound_server import SoundServer
from tests.harmony_tui.voice.desktop import Desktop, Kitty, until, what_is_missing
from tests.harmony_tui.voice.terminal import SETTINGS, environment_of

HELD = ("keydown", "ctrl", "keydown", "space")
LET_GO = ("keyup", "space", "keyup", "ctrl")


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    if missing := what_is_missing():
        pytest.skip(f"not installed: {missing}")
    desktop = Desktop(tmp_path)
    try:
        yield desktop
    finally:
        desktop.close()


@pytest.mark.skipif(what_is_missing("kitty", "flite") != "", reason="needs kitty, flite and Xvfb")
def test_push_to_talk_in_kitty(audio: SoundServer, desktop: Desktop, tmp_path: Path) -> None:
    pytest.importorskip("pocketsphinx")
    code = tmp_path / "exit code"
    program = f"{shlex.quote(sys.executable)} -m harmony_tui; echo $? > {shlex.quote(str(code))}"
    environment = environment_of(tmp_path / "home", f"{SETTINGS}voice_answers = false\n")
    del environment["TERM"]
    kitty = Kitty(desktop, environment, program)
    kitty.shows("Ctrl+Space to speak", "context 0/")
    desktop.focus("kitty")
    # As long as the key is down, it listens.
    desktop.keys(*HELD)
    kitty.shows("listening", "let go to end")
    audio.talk(record("What is the time?", tmp_path)).wait()
    assert "let go to end" in kitty.text
    desktop.keys(*LET_GO)
    kitty.hides("listening")
    # What was understood is sent and answered.
    kitty.hides("understanding")
    kitty.shows("Ctrl+Space to speak", "ready")
    # A tap begins, and another one ends.
    desktop.keys("key", "ctrl+space")
    kitty.shows("listening", "Ctrl+Space ends")
    desktop.keys("key", "ctrl+space")
    kitty.hides("listening")
    desktop.keys("key", "ctrl+q")
    until(code.exists, lambda: kitty.text)
    assert code.read_text().strip() == "0"
    (session,) = map(read_session, (tmp_path / "home").rglob("sessions/*.jsonl"))
    assert word_error_rate("What is the time?", session.path()[0].text) <= 0.5
    assert session.path_turns()[-1].answer is not None


def keys_told(file: Path) -> tuple[str, ...]:
    """Return the command that writes down what is told of keys."""
    return sys.executable, "-m", "tests.harmony_tui.voice.keys_told", str(file)


def lines_of(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


@pytest.mark.skipif(what_is_missing("xterm") != "", reason="needs xterm and Xvfb")
def test_in_xterm_a_held_key_is_pressed_again_and_again(desktop: Desktop, tmp_path: Path) -> None:
    told = tmp_path / "told"
    desktop.open("xterm", "-e", *keys_told(told))
    until(lambda: "ready" in lines_of(told), lambda: str(lines_of(told)))
    desktop.focus("xterm")
    desktop.keys(*HELD)
    until(lambda: lines_of(told).count("pressed ctrl+space") > 2, lambda: str(lines_of(told)))
    desktop.keys(*LET_GO)
    desktop.keys("key", "a")
    until(lambda: "pressed a" in lines_of(told), lambda: str(lines_of(told)))
    # It was asked for what it does not know, and has typed nothing because of that.
    assert set(lines_of(told)) == {"ready", "pressed ctrl+space", "pressed a"}


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_through_tmux(tmp_path: Path) -> None:
    told, socket = tmp_path / "told", tmp_path / "tmux"

    def tmux(*words: str) -> None:
        command = ("tmux", "-S", str(socket), "-f", os.devnull, *words)
        subprocess.run(command, check=True, capture_output=True)

    tmux("new-session", "-d", "-x", "80", "-y", "24", shlex.join(keys_told(told)))
    try:
        until(lambda: "ready" in lines_of(told), lambda: str(lines_of(told)))
        tmux("send-keys", "C-Space")
        # What one that passes on the protocol would send.
        tmux("send-keys", "-l", "\x1b[32;5:1u\x1b[32;5:2u\x1b[32;5:3ub")
        until(lambda: "pressed b" in lines_of(told), lambda: str(lines_of(told)))
        time.sleep(0.1)
    finally:
        tmux("kill-server")
    assert lines_of(told) == [
        "ready",
        "pressed ctrl+space",
        "pressed ctrl+space",
        "repeated ctrl+space",
        "released space",
        "pressed b",
    ]
