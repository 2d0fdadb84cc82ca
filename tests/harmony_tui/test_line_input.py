"""Lines to type in: nothing that comes into one acts on the terminal."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

import harmony_tui
from engine.config.settings import Settings
from harmony_tui.commands.palette import PaletteInput
from harmony_tui.commands.table import BY_NAME
from harmony_tui.line_input import LineInput
from tests.harmony_tui.screen import screen_text, scripted_app, shows, submit, until

FINAL = "<|channel|>final<|message|>Yes.<|return|>"
CALL = (
    "<|channel|>commentary to=functions.calculator <|constrain|>json<|message|>"
    '{"expression":"1+1"}<|call|>'
)
OTHERS = "".join(
    chr(code)
    for code in (*range(0x09), 0x0E, 0x1F, 0x7F, 0x9B, 0x9D, 0x202E, 0x2066, 0x2069, 0xD800)
)
ACTING = f"a\x1b[2Jb\x1b]0;title\x07c\td{OTHERS}e"
LEFT = "a[2Jb]0;titlec de"
PLACES = {
    "palette": ("palette", ""),
    "settings": ("settings", ""),
    "sessions": ("sessions", ""),
    "models": ("model", ""),
    "log": ("log", ""),
    "search": ("find", ""),
    "filter": ("trace", "filter"),
}
"""Which command opens each line."""


def check(line: Input, text: str) -> None:
    """Check that a line holds a text, with the cursor at its end, and draws nothing else."""
    assert line.value == text
    assert line.cursor_position == len(text)
    drawn = line.render_line(0).text
    assert drawn.rstrip() == text
    assert not [each for each in drawn if unicodedata.category(each) in ("Cc", "Cf", "Cs")]


async def fill(pilot: Pilot[int], text: str, left: str) -> None:
    """Fill the focused line by a paste, by the key that pastes, and by the program."""
    app, line = pilot.app, pilot.app.focused
    assert isinstance(line, Input)
    line.value = ""
    app.post_message(Paste(text))
    await until(pilot, lambda: line.value)
    check(line, left)
    await pilot.press("home", "delete", "ctrl+u", "ctrl+k")
    await until(pilot, lambda: not line.value)
    app._clipboard = text
    await pilot.press("ctrl+v")
    await until(pilot, lambda: line.value)
    check(line, left)
    line.value = ""
    line.value = text
    await pilot.press("end")
    check(line, left)
    # What is put in the middle leaves the cursor behind it.
    line.value = "()"
    line.cursor_position = 1
    app.post_message(Paste(text))
    await until(pilot, lambda: line.value == f"({left})")
    assert line.cursor_position == 1 + len(left)
    line.value = ""


@pytest.mark.parametrize("place", PLACES)
async def test_what_is_pasted_into_a_line_does_not_reach_the_terminal(place: str) -> None:
    name, argument = PLACES[place]
    async with scripted_app(FINAL) as (app, pilot):
        await submit(pilot, "hello")
        await shows(pilot, "Yes.", "ready")
        app.run_command(BY_NAME[name], argument)
        await until(pilot, lambda: isinstance(app.focused, Input))
        await fill(pilot, ACTING, LEFT)


async def test_titles_and_reasons_are_such_lines() -> None:
    async with scripted_app(FINAL, CALL, settings=Settings(approval="always")) as (app, pilot):
        await submit(pilot, "hello")
        await shows(pilot, "Yes.", "ready")
        await pilot.press("ctrl+o")
        await until(pilot, lambda: screen_text(app).count("hello") > 1)
        await pilot.press("down", "r")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "title")
        await fill(pilot, ACTING, LEFT)
        await pilot.press("escape", "escape")
        await submit(pilot, "and now")
        await shows(pilot, "Allow this call?")
        app.chat_screen.approval._asked_at = 0.0
        app.chat_screen.approval.action_say_why()
        await until(pilot, lambda: isinstance(app.focused, Input))
        await fill(pilot, ACTING, LEFT)


async def test_a_setting_keeps_its_lines() -> None:
    async with scripted_app() as (app, pilot):
        app.run_command(BY_NAME["settings"], "instructions")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "field")
        await fill(pilot, f"one\r\n{ACTING}\rtwo", f"one⏎{LEFT}⏎two")


def test_there_are_no_other_lines() -> None:
    package = Path(harmony_tui.__file__).parent
    made = [path for path in package.rglob("*.py") if re.search(r"\bInput\(", path.read_text())]
    assert made == []
    assert issubclass(PaletteInput, LineInput)
