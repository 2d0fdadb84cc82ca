"""Pictures of every screen and pane at three sizes; they change only when somebody means it.

The events are played, so that a picture is the same on every machine. One run of the application
walks through all of them at one size. After a change that is meant: ``pytest
tests/harmony_tui/test_snapshots.py -n 0 --snapshot-update``, and look at the pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from engine.config import locations
from engine.config.settings import Settings
from engine.events import Event, TurnEnded
from harmony_tui import status
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from harmony_tui.commands.typed import ToModel, read_draft
from harmony_tui.screens import microphone, models
from tests.harmony_tui import played, staged
from tests.harmony_tui.pictures import Pictures, settle
from tests.harmony_tui.played import PlayedEngine
from tests.harmony_tui.screen import shows, until

SIZES = [(80, 24), (120, 40), (200, 60)]
NARROW = (60, 20)
UNUSED: dict[str, tuple[str, ...]] = {
    "empty": (),
    "completion": ("slash", "down", "down"),
    "draft": (*"first", "ctrl+j", *"second"),
    "dials": ("f4",),
    "manual": ("f1", "right"),
    "palette": ("ctrl+p",),
    "settings": (*"/settings", "enter"),
    "tour": (*"/tour", "enter"),
}
"""What is pressed for each picture before anything was said."""
SAID: dict[str, tuple[str, ...]] = {
    "conversation": (),
    "analysis": ("f2",),
    "tools": ("f3",),
    "block": ("alt+up", "alt+up"),
    "themes": (*"/theme", "enter"),
    "tokens": ("ctrl+t", *("down",) * 13, "right"),
}
"""And when some turns are over."""
SMALL: dict[str, tuple[str, ...]] = {
    "small": (),
    "small_palette": ("ctrl+p",),
    "small_manual": ("f1",),
    "small_settings": (*"/settings", "enter"),
    "small_tokens": ("ctrl+t", *("down",) * 13),
}
"""And in the smallest terminal that is to be of use."""
PANE_KEYS = {"f2": "analysis", "f3": "tools", "f4": "hyperparameters", "ctrl+t": "tokens"}
"""What is shown, with the focus in it; where it is shown already, its key would hide it."""
LOGGED = """\
2026-11-27 10:15:00,120 4711 harmony_tui.app INFO: The program begins.
2026-11-27 10:15:02,511 4711 engine.tools.own WARNING: tools.py, line 7: weather has no docstring.
2026-11-27 10:16:40,002 4711 harmony_tui.chat_thread ERROR: A turn failed
Traceback (most recent call last):
  File "engine/chat.py", line 212, in send
    raise ChatError("The model was unloaded.")
engine.chat.ChatError: The model was unloaded.
libmetal: a message of native code
"""


class Walk:
    """Leads one run of the application from picture to picture."""

    def __init__(self, pilot: Pilot[int], pictures: Pictures) -> None:
        assert isinstance(pilot.app, HarmonyApp)
        self.app, self.pilot, self.pictures = pilot.app, pilot, pictures
        self.chat = self.app.chat_screen

    async def visit(self, name: str, keys: Sequence[str]) -> None:
        """Press keys, take the picture and go back to where no key was pressed."""
        panes = {key: self.chat.side[PANE_KEYS[key]] for key in keys if key in PANE_KEYS}
        opened = [key for key, pane in panes.items() if not pane.is_on_screen]
        for key in (each for each in keys if each not in panes or each in opened):
            await self.pilot.press(key)
            await self.pilot.pause()
        for pane in panes.values():
            pane.focus_content()
        typed = self.chat.prompt.area.text
        if self.app.screen is self.chat and isinstance(read_draft(typed), ToModel):
            await until(self.pilot, lambda: self.chat.prompt.border_subtitle)  # it is counted
        await self.pictures.take(self.pilot, name)
        await self.leave(opened)

    async def open(self, name: str, command: str, argument: str = "", shown: str = "") -> None:
        """Run a command, take the picture of its screen when it shows something, and go back."""
        self.app.run_command(BY_NAME[command], argument)
        await until(self.pilot, lambda: self.app.screen is not self.chat)
        await shows(self.pilot, shown)
        await self.pictures.take(self.pilot, name)
        await self.leave()

    async def leave(self, keys: Sequence[str] = ()) -> None:
        """Go back to the prompt box, and leave it empty."""
        while self.app.screen is not self.chat:
            await self.pilot.press("escape")
        await self.pilot.press(*keys, "escape")
        self.chat.prompt.area.text = ""
        self.chat.prompt.area.focus()
        self.chat.conversation.transcript.follow()
        self.chat.status.end_flash()
        await settle(self.pilot)

    async def play(self, *turns: Sequence[Event]) -> None:
        """Have turns answered."""
        engine = self.app.engine
        assert isinstance(engine, PlayedEngine)
        for turn in turns:
            engine.turns, engine._turn = [turn], 0
            engine.send("")
            is_over = isinstance(turn[-1], TurnEnded)
            await until(self.pilot, partial(self._is_shown, engine, is_over=is_over))
            engine.is_answering = False

    def _is_shown(self, engine: PlayedEngine, *, is_over: bool) -> bool:
        activity = self.chat.status.activity
        return engine.is_heard and activity.context_used > 0 and activity.is_busy is not is_over


@pytest.fixture(autouse=True)
def _home_without_sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep out what other tests have left, and whatever is another path each time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HARMONY_TUI_HOME", "home")
    locations.log_file().parent.mkdir(parents=True)
    locations.log_file().write_text(LOGGED, encoding="utf-8")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_pictures(
    snapshot: SnapshotAssertion,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    staged.stop_clocks(monkeypatch)
    monkeypatch.setattr(status, "SPINNER", "⠿")
    monkeypatch.setattr(models, "find_models", staged.find_models)
    monkeypatch.setattr(microphone.MicrophoneScreen, "_begin", staged.hear)
    pictures = Pictures(snapshot, tmp_path)
    app = HarmonyApp(Settings(theme="harmony-dark"), None, PlayedEngine)
    app.engine.read_tokens = lambda: played.TOKENS  # type: ignore[method-assign]
    try:
        async with app.run_test(size=size) as pilot:
            walk = Walk(pilot, pictures)
            walk.chat.prompt.area.cursor_blink = False
            await until(pilot, lambda: walk.chat.status.activity.model is not None)
            for name, keys in UNUSED.items():
                await walk.visit(name, keys)
            await walk.play(played.SUM, played.CLOCK, played.DIVISION, played.MARKDOWN)
            await settle(pilot)  # a key acts on what is in view
            for name, keys in SAID.items():
                await walk.visit(name, keys)
            for name in ("light", "contrast"):
                app.theme = f"harmony-{name}"
                await pictures.take(pilot, name)
            app.theme = "harmony-dark"
            await walk.open("log", "log", shown="native code")
            await walk.open("call", "trace", "open", shown="division by zero")
            await walk.open("models", "model", shown="not finished")
            await walk.open("microphone", "mic", shown="It hears you well.")
            staged.compare_played(app)
            await shows(pilot, "Answers differ from word")
            await pictures.take(pilot, "compare")
            await walk.leave()
            staged.tell_sandbox(app)
            await pictures.take(pilot, "sandbox")
            if size == SIZES[0]:
                await pilot.resize_terminal(*NARROW)
                for name, keys in SMALL.items():
                    await walk.visit(name, keys)
                await pilot.resize_terminal(*size)
            walk.chat.start_conversation()
            await walk.play(played.SUM, played.THINKING)
            await pictures.take(pilot, "thinking")
            walk.chat.start_conversation()
            await walk.play(played.SUM, played.ASKED)
            await pictures.take(pilot, "approval")
            if size == SIZES[0]:
                await pilot.resize_terminal(*NARROW)
                await pictures.take(pilot, "small_approval")
                await pilot.resize_terminal(20, 5)
                await pictures.take(pilot, "too_small")
    finally:
        app.engine.close()
    pictures.check()
