"""The screen comes back from whatever the terminal was lent to."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import harmony_tui
from engine.config import locations
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from harmony_tui.lending import run_in_terminal
from tests.harmony_tui.screen import answered, scripted_app, shows, submit

ANSWER = "<|channel|>final<|message|>Fine.<|return|>"


class Terminal:
    """Is left and taken as Textual does it, which does not come back from an exception."""

    def __init__(self) -> None:
        self.said: list[str] = []

    @contextmanager
    def suspend(self) -> Iterator[None]:
        self.said.append("left")
        yield
        self.said.append("back")


def test_the_screen_comes_back_from_a_program_that_is_none() -> None:
    terminal = Terminal()
    with pytest.raises(FileNotFoundError):
        run_in_terminal(["no-such-program"], terminal.suspend)
    assert terminal.said == ["left", "back"]


def test_the_interrupt_key_is_for_the_other_program() -> None:
    before = signal.getsignal(signal.SIGINT)
    code = f"import os, signal; os.kill({os.getpid()}, 2); os.kill(os.getpid(), signal.SIGINT)"
    assert run_in_terminal([sys.executable, "-c", code], Terminal().suspend) == -signal.SIGINT
    assert signal.getsignal(signal.SIGINT) is before


async def test_a_missing_editor_is_told_on_the_screen_wherever_it_is_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "nonexistent-ed")
    terminal = Terminal()
    monkeypatch.setattr(HarmonyApp, "suspend", lambda _: terminal.suspend())
    locations.permissions_file().parent.mkdir(parents=True, exist_ok=True)
    locations.permissions_file().write_text("")
    async with scripted_app(ANSWER) as (app, pilot):
        await submit(pilot, "Hello")
        await answered(pilot)
        await pilot.press("alt+up")
        for name, argument in (("editor", ""), ("block", "open"), ("approve", "rules")):
            terminal.said.clear()
            app.chat_screen.status.end_flash()
            app.run_command(BY_NAME[name], argument)
            await shows(pilot, "nonexistent-ed cannot be run: No such file or directory.")
            assert terminal.said == ["left", "back"], name


def test_the_terminal_is_lent_in_one_place() -> None:
    files = Path(harmony_tui.__file__).parent.rglob("*.py")
    assert [each.name for each in files if "suspend()" in each.read_text("utf-8")] == ["lending.py"]
