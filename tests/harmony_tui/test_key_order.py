"""Keys that come in one burst, as over a slow line, act in the order in which they were pressed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.config.settings import Settings
from harmony_tui.commands.keymap import remap
from harmony_tui.voice.driver import EventTypeParser
from tests.harmony_tui.screen import answered, scripted_app, until

FINAL = "<|channel|>final<|message|>{}<|return|>"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))


def send_burst(pilot: Pilot[int], data: str) -> None:
    """Have the terminal send all of this at once."""
    driver = pilot.app._driver
    assert driver is not None
    for event in EventTypeParser().feed(data):
        event.set_sender(pilot.app)
        driver.send_message(event)


async def writes(pilot: Pilot[int], data: str, text: str) -> None:
    """Send a burst, and wait until this stands in the prompt box."""
    area = pilot.app.chat_screen.prompt.area  # type: ignore[attr-defined]
    send_burst(pilot, data)
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            await until(pilot, lambda: area.text == text)
    except TimeoutError:
        raise AssertionError(f"{data!r} wrote {area.text!r}, not {text!r}") from None


LONGEST_SECONDS = 20
LEFT, HOME, DELETE = "\x1b[D", "\x1b[H", "\x1b[3~"
BURSTS = [
    ("abd\x7fc", "abc"),
    ("old\x15new words here", "new words here"),
    ("one two\x17three", "one three"),
    (f"abc{LEFT}{LEFT}X", "aXbc"),
    ("world\x01hello ", "hello world"),
    ("one two\x1bbX\x05Y", "one XtwoY"),
    (f"abc{HOME}{DELETE}X", "Xbc"),
    ("ab\x1b[200~one\ntwo\x1b[201~cd", "abone\ntwocd"),
    ("ab\ncd\x1b[AX", "abX\ncd"),
    ("one\x01\x0btwo", "two"),
    ("abc\x1f\x19d", "abcd"),
    ("x\x1bqy", "xy"),
]
"""What is sent, and what stands in the box then."""


async def test_editing_keys_and_letters_keep_their_order() -> None:
    async with scripted_app(FINAL.format("Yes.")) as (app, pilot):
        area = app.chat_screen.prompt.area
        for data, text in BURSTS:
            app.chat_screen.prompt.begin("")
            await pilot.pause()
            await writes(pilot, data, text)
        area.empty()
        send_burst(pilot, "abd\x7fc\r")
        await until(pilot, lambda: app.engine.session is not None)
        await answered(pilot)
        assert app.engine.session is not None
        assert app.engine.session.path()[-2].text == "abc"
        # What moves the focus does so before what comes behind it is typed.
        pane = app.chat_screen.conversation
        pane.transcript.focus()
        await pilot.pause()
        send_burst(pilot, "/word")
        await until(pilot, lambda: pane.search_box.value == "word")
        await writes(pilot, "\x1b\x1b\x1b[Cmore", "more")


async def test_keys_that_were_remapped_keep_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: dict[str, tuple[str, ...]] = {
        "newline": ("ctrl+w",),
        "unfold": ("ctrl+b",),
        "new": ("f6",),
        "palette": ("ctrl+k",),
    }
    try:
        async with scripted_app(settings=Settings(keys=keys)) as (app, pilot):
            await writes(pilot, "one\x17two\x02\x7f", "one\ntw")
            # So does what opens a screen.
            await writes(pilot, "\x0btheme\x1b\x1b[F!", "one\ntw!")
            # A key that is never done with holds up no other for long.
            monkeypatch.setattr("harmony_tui.key_order.PATIENCE_SECONDS", 0.05)
            monkeypatch.setattr(app._key_order, "_follow", lambda *_: None)
            await writes(pilot, "\x7f\x7f?", "one\nt?")
    finally:
        remap({})
