"""Pictures of every screen and pane at three sizes; they change only when somebody means it.

The events are played, so that a picture is the same on every machine. After a change that is
meant: ``pytest tests/harmony_tui/test_snapshots.py --snapshot-update``, and look at the pictures.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from engine.config.settings import Settings
from engine.events import Event, TurnEnded
from harmony_tui import status
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.typed import ToModel, read_draft
from tests.harmony_tui import played
from tests.harmony_tui.played import PlayedEngine
from tests.harmony_tui.screen import screen_text, until

Turns = Sequence[Sequence[Event]]

SIZES = [(80, 24), (120, 40), (200, 60)]
ALL = [played.SUM, played.CLOCK, played.DIVISION, played.MARKDOWN]
STATES: dict[str, tuple[Turns, str, tuple[str, ...]]] = {
    "empty": ([], "harmony-dark", ()),
    "conversation": (ALL, "harmony-dark", ()),
    "light": (ALL, "harmony-light", ()),
    "contrast": (ALL, "harmony-contrast", ()),
    "thinking": ([played.SUM, played.THINKING], "harmony-dark", ()),
    "approval": ([played.SUM, played.ASKED], "harmony-dark", ()),
    "completion": ([], "harmony-dark", ("slash", "down", "down")),
    "draft": ([], "harmony-dark", (*"first", "ctrl+j", *"second")),
    "analysis": (ALL, "harmony-dark", ("f2",)),
    "tools": (ALL, "harmony-dark", ("f3",)),
    "dials": ([], "harmony-dark", ("f4",)),
    "manual": ([], "harmony-dark", ("f1", "right")),
    "palette": ([], "harmony-dark", ("ctrl+p",)),
    "block": (ALL, "harmony-dark", ("alt+up", "alt+up")),
    "tour": ([], "harmony-dark", (*"/tour", "enter")),
    "themes": (ALL, "harmony-dark", (*"/theme", "enter")),
    "settings": ([], "harmony-dark", (*"/settings", "enter")),
}


def played_app(turns: Turns, theme: str) -> HarmonyApp:
    """Return the application with an engine that plays turns."""

    class Engine(PlayedEngine):
        pass

    Engine.turns = turns
    return HarmonyApp(Settings(theme=theme), None, Engine)


def before(turns: Turns, keys: Sequence[str]) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Return what brings the application into the state of a picture."""

    async def play(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, HarmonyApp)
        chat = app.chat_screen
        chat.prompt.area.cursor_blink = False
        chat.side["analysis"]._clock = lambda: 0.0  # type: ignore[attr-defined]
        await until(pilot, lambda: chat.status.activity.model is not None)
        for turn in turns:
            app.engine.send("")
            is_over = isinstance(turn[-1], TurnEnded)
            await until(pilot, lambda is_over=is_over: _is_shown(app, is_over=is_over))
        if turns and keys:
            await _settle(pilot)  # a key acts on what is in view
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        if app.screen is chat and isinstance(read_draft(chat.prompt.area.text), ToModel):
            await until(pilot, lambda: chat.prompt.border_subtitle)  # its tokens are counted
        for typed in app.screen.query(Input):
            typed.cursor_blink = False
        await _settle(pilot)

    return play


async def _settle(pilot: Pilot[int]) -> None:
    """Wait until the screen has not changed for a while."""
    app = pilot.app
    assert isinstance(app, HarmonyApp)
    text, same = "", 0
    while same < 4:
        await pilot.pause(0.1)
        same = same + 1 if screen_text(app) == text else 0
        text = screen_text(app)


def _is_shown(app: HarmonyApp, *, is_over: bool) -> bool:
    activity = app.chat_screen.status.activity
    return activity.context_used > 0 and activity.is_busy is not is_over


@pytest.fixture(autouse=True)
def _home_without_sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep out of the palette what other tests have left."""
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("state", STATES)
def test_picture(
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
    state: str,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr(status, "SPINNER", "⠿")
    turns, theme, keys = STATES[state]
    app = played_app(turns, theme)
    try:
        assert snap_compare(app, terminal_size=size, run_before=before(turns, keys))
    finally:
        app.engine.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", ["harmony-dark", "harmony-light"])
def test_picture_of_tokens(
    snap_compare: Callable[..., bool], theme: str, size: tuple[int, int]
) -> None:
    app = played_app([], theme)
    app.engine.read_tokens = lambda: played.TOKENS  # type: ignore[method-assign]
    keys = ("ctrl+t", *("down",) * 13, "right")
    try:
        assert snap_compare(app, terminal_size=size, run_before=before([], keys))
    finally:
        app.engine.close()


def test_picture_of_too_small_a_terminal(snap_compare: Callable[..., bool]) -> None:
    app = played_app([], "harmony-dark")
    try:
        assert snap_compare(app, terminal_size=(20, 5))
    finally:
        app.engine.close()
