"""The key to speak in terminals: a release ends it where there are any, a tap elsewhere."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.voice.sound_server import SoundServer
from tests.harmony_tui.voice.terminal import OLD_PRESS, PRESS, RELEASE, REPEAT, SETTINGS, Terminal

pytestmark = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")
pytest.importorskip("pocketsphinx")

SPACE, SPACE_AGAIN, SPACE_LET_GO = "\x1b[32;1:1;32u", "\x1b[32;1:2;32u", "\x1b[32;1:3u"


@pytest.fixture
def terminal(audio: SoundServer, tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path / "home", f"{SETTINGS}voice_hold_space = true\n")
    try:
        terminal.shows("Ctrl+Space to speak", "context 0/")
        yield terminal
    finally:
        terminal.kill()


def test_holding_and_tapping(terminal: Terminal) -> None:
    assert b"\x1b[=2;2u\x1b[?u" in terminal.written
    # One that does not know the protocol: a tap begins, repeats are none, a tap ends.
    terminal.press(OLD_PRESS)
    time.sleep(0.15)  # a busy machine adds to that, and after 0.75 s it is another tap
    terminal.press(OLD_PRESS)
    terminal.shows("listening", "Ctrl+Space ends")
    time.sleep(1.0)
    terminal.read()
    assert "listening" in terminal.text
    terminal.press(OLD_PRESS)
    terminal.hides("listening")
    terminal.shows("Ctrl+Space to speak")
    # One that does.
    terminal.press("\x1b[?27u", PRESS, REPEAT)
    terminal.shows("listening", "let go to end")
    time.sleep(0.4)
    terminal.press(REPEAT, RELEASE)
    terminal.hides("listening")
    terminal.shows("Ctrl+Space to speak")
    # A tap latches, and Escape discards.
    terminal.press(PRESS, RELEASE)
    terminal.shows("listening", "Ctrl+Space ends")
    terminal.press("\x1b[27;1:1u", "\x1b[27;1:3u")
    terminal.hides("listening")
    # The focus goes elsewhere, and the release with it.
    terminal.press(PRESS)
    terminal.shows("listening")
    terminal.press("\x1b[O")
    terminal.hides("listening")
    terminal.press("\x1b[I")
    # Space is a key to speak where nothing stands in the prompt box, and writes nothing.
    terminal.press(SPACE, SPACE_AGAIN)
    terminal.shows("listening", "let go to end")
    terminal.press("\x1b[27;1:1u", "\x1b[27;1:3u")
    terminal.hides("listening")
    terminal.press(SPACE_AGAIN, SPACE_AGAIN, SPACE_LET_GO, SPACE)
    terminal.shows("listening")
    time.sleep(0.4)
    terminal.press(SPACE_LET_GO)
    terminal.hides("listening")
    terminal.shows("Ctrl+Space to speak")
    # Among other letters it is a space, and all other keys are what they were.
    terminal.press("\x1b[97;1:1;97u", "\x1b[97;1:2;97u", "\x1b[97;1:3u", "\x1b[98u")
    terminal.press(SPACE, SPACE_LET_GO, "\x1b[99u")
    terminal.shows("aab c")
    assert terminal.end() == 0
