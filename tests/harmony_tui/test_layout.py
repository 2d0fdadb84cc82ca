"""The panes on the real screen: keys, commands, mouse and tabs, and what is remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot

from engine.config import locations
from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.arrangement import CONVERSATION, SIDE_PANES
from harmony_tui.panes.area import PaneArea
from harmony_tui.screens import chat
from tests.harmony_tui.played import PlayedEngine
from tests.harmony_tui.screen import NARROW, screen_text, scripted_app, shows, submit, until

WIDE = (120, 36)


def state_file() -> Path:
    return locations.state_folder() / "arrangement.json"


def shown(app: HarmonyApp) -> list[str]:
    """Return the panes that are on the screen, where they really are."""
    return [name for name, pane in app.chat_screen.area.panes.items() if pane.is_on_screen]


def width(app: HarmonyApp) -> int:
    return app.chat_screen.conversation.outer_size.width


async def drag(pilot: Pilot[int], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag the mouse from one place of the area to another."""
    await pilot.mouse_down(PaneArea, offset=start)
    await pilot.hover(PaneArea, offset=((start[0] + end[0]) // 2, (start[1] + end[1]) // 2))
    await pilot.hover(PaneArea, offset=end)
    await pilot.mouse_up(PaneArea, offset=end)
    await pilot.pause()


async def test_keys_hide_and_show_panes_beside_the_conversation() -> None:
    async with scripted_app(size=WIDE) as (app, pilot):
        assert shown(app) == [CONVERSATION, *SIDE_PANES]
        await pilot.press("f3")
        await until(pilot, lambda: shown(app) == [CONVERSATION, "analysis", "hyperparameters"])
        assert (
            app.chat_screen.side["hyperparameters"].region.y
            == app.chat_screen.side["analysis"].region.bottom
        )
        await pilot.press("f2", "f4")
        await until(pilot, lambda: shown(app) == [CONVERSATION] and width(app) == 120)
        await pilot.press("f3")
        await until(pilot, lambda: shown(app) == [CONVERSATION, "tools"])
        assert app.focused is app.chat_screen.prompt.area


async def test_tokens_stand_beside_the_conversation_once_they_are_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chat, "SAVE_SECONDS", 0.05)
    everything = [CONVERSATION, *SIDE_PANES, "tokens"]
    async with scripted_app("<|channel|>final<|message|>It is.<|return|>", size=WIDE) as (
        app,
        pilot,
    ):
        tokens = app.chat_screen.tokens
        await pilot.press("ctrl+t")
        await until(pilot, lambda: shown(app) == everything and tokens.has_focus_within)
        height = tokens.outer_size.height
        await pilot.press("alt+shift+down")
        assert tokens.outer_size.height == height - 1
        await pilot.press("f10")
        await until(pilot, lambda: shown(app) == ["tokens"])
        await pilot.press("escape")
        await until(pilot, lambda: shown(app) == everything)
        await pilot.press("escape")
        await until(pilot, lambda: app.chat_screen.prompt.area.has_focus)
        await submit(pilot, "Is it?")  # they come in while something else has the focus
        await shows(pilot, "<|message|>", "7 sampled")
        await until(pilot, lambda: json.loads(state_file().read_text())["shown"] == ["tokens"])
    async with scripted_app(size=WIDE) as (app, pilot):
        await until(pilot, lambda: shown(app) == everything)
        await shows(pilot, "Tokens of the last turn", "No tokens yet.")
        assert app.chat_screen.prompt.area.has_focus
        await pilot.press("ctrl+t", "ctrl+t")
        await until(pilot, lambda: shown(app) == [CONVERSATION, *SIDE_PANES])
        assert app.chat_screen.prompt.area.has_focus


@pytest.mark.parametrize("size", [NARROW, (60, 20)])
async def test_tokens_are_a_tab_where_there_is_no_room(size: tuple[int, int]) -> None:
    async with scripted_app(size=size) as (app, pilot):
        await pilot.press("ctrl+t")
        await until(pilot, lambda: shown(app) == ["tokens"])
        await shows(pilot, "F4 Dials  Ctrl+T Tokens ", "Tokens of the last turn")
        await pilot.press("f3")
        await until(pilot, lambda: shown(app) == ["tools"])
        await pilot.press("ctrl+t", "q")
        await until(pilot, lambda: shown(app) == [CONVERSATION])
        await until(pilot, lambda: app.chat_screen.prompt.area.has_focus)
        await shows(pilot, "F4 Dials ─")


async def test_mouse_moves_the_borders() -> None:
    async with scripted_app(size=WIDE) as (app, pilot):
        await until(pilot, lambda: width(app) == 78)
        await drag(pilot, (78, 9), (68, 12))
        assert width(app) == 68
        await drag(pilot, (67, 9), (10, 9))
        assert width(app) == 40
        await drag(pilot, (40, 9), (119, 9))
        assert width(app) == 120 - 32
        analysis = app.chat_screen.side["analysis"]
        height = analysis.outer_size.height
        await drag(pilot, (100, analysis.region.bottom), (100, analysis.region.bottom - 4))
        assert analysis.outer_size.height == height - 4
        assert not app.chat_screen.area.has_class("-dragged")
        assert app.mouse_captured is None
        assert app.focused is app.chat_screen.prompt.area


async def test_clicks_on_a_frame_focus_the_pane_and_give_it_all_the_room() -> None:
    async with scripted_app(size=WIDE) as (app, pilot):
        place = app.chat_screen.side["tools"].region.offset + Offset(5, 0)
        await pilot.click(offset=place)
        await until(pilot, lambda: app.chat_screen.focused_pane == "tools")
        assert app.chat_screen.side["tools"].has_focus_within
        assert shown(app) == [CONVERSATION, *SIDE_PANES]
        await pilot.click(offset=place, times=2)
        await until(pilot, lambda: shown(app) == ["tools"])
        await pilot.click(offset=(30, 0), times=2)
        await until(pilot, lambda: shown(app) == [CONVERSATION, *SIDE_PANES])


async def test_keys_move_the_borders() -> None:
    async with scripted_app(size=WIDE) as (app, pilot):
        await until(pilot, lambda: width(app) == 78)
        await pilot.press("alt+shift+left", "alt+shift+left", "alt+shift+right")
        assert width(app) == 76
        app.chat_screen.dials.focus_content()
        dials = app.chat_screen.dials
        height = dials.outer_size.height
        await pilot.press("alt+shift+up")
        assert dials.outer_size.height == height + 1
        await pilot.press("alt+shift+down", "alt+shift+down")
        assert dials.outer_size.height == height - 1
        await pilot.press("f2", "f3", "alt+shift+down")
        await shows(pilot, "No border here can be moved that way.")


async def test_one_pane_gets_all_the_room_and_gives_it_back() -> None:
    async with scripted_app(size=WIDE) as (app, pilot):
        await pilot.press("f10")
        await until(pilot, lambda: shown(app) == [CONVERSATION] and width(app) == 120)
        await shows(pilot, "F10 puts back")
        await pilot.press("f10")
        await until(pilot, lambda: shown(app) == [CONVERSATION, *SIDE_PANES])
        app.chat_screen.dials.focus_content()
        await submit_from_anywhere(pilot, "/maximise")
        await until(pilot, lambda: shown(app) == [CONVERSATION])
        await pilot.press("f4")
        await until(pilot, lambda: shown(app) == [CONVERSATION, *SIDE_PANES])
        app.chat_screen.dials.focus_content()
        await pilot.press("f10")
        await until(pilot, lambda: shown(app) == ["hyperparameters"])
        await pilot.press("5")
        await shows(pilot, "5▏")
        await pilot.press("escape")
        await until(pilot, lambda: "5▏" not in screen_text(app))
        assert shown(app) == ["hyperparameters"]
        await pilot.press("escape")
        await until(pilot, lambda: shown(app) == [CONVERSATION, *SIDE_PANES])


async def submit_from_anywhere(pilot: Pilot[int], text: str) -> None:
    """Type into the prompt box, wherever the focus is."""
    app = pilot.app
    assert isinstance(app, HarmonyApp)
    app.chat_screen.prompt.area.focus()
    await submit(pilot, text)


async def test_escape_stops_an_answer_before_it_takes_anything_back() -> None:
    async with scripted_app(size=WIDE) as (app, pilot):
        stopped: list[bool] = []
        app.engine.stop = lambda: stopped.append(True)  # type: ignore[method-assign]
        await pilot.press("f10")
        app.engine.is_answering = True
        await pilot.press("escape")
        app.engine.is_answering = False
        assert stopped == [True]
        assert shown(app) == [CONVERSATION]


async def test_layouts_follow_each_other_and_go_by_name() -> None:
    async with scripted_app(size=(200, 50)) as (app, pilot):
        layouts = []
        for _ in range(4):
            await pilot.press("f11")
            layouts.append(app.chat_screen.area.placing.layout)
        assert layouts == ["columns", "below", "chat", "side"]
        await submit(pilot, "/layout below")
        side = app.chat_screen.side
        await until(pilot, lambda: side["analysis"].region.y == side["tools"].region.y > 10)
        assert width(app) == 200
        await submit(pilot, "/layout spiral")
        await shows(pilot, "There is no layout 'spiral'.", "side, columns, below, chat, reset")
        await pilot.pause()  # until nothing moves that the border depends on
        await drag(pilot, (50, app.chat_screen.conversation.region.bottom), (50, 15))
        assert app.chat_screen.conversation.outer_size.height == 15
        await submit(pilot, "/layout reset")
        await until(pilot, lambda: width(app) == 133)


async def test_a_layout_without_room_says_so() -> None:
    async with scripted_app(size=WIDE) as (app, pilot):
        await submit(pilot, "/layout columns")
        await shows(pilot, "no room for columns yet, so this is side")
        await pilot.press("f11")
        assert app.chat_screen.area.placing.layout == "below"
        await pilot.resize_terminal(*NARROW)
        await until(pilot, lambda: shown(app) == [CONVERSATION])
        await pilot.press("f11")
        await shows(pilot, "There is room for one layout only")


@pytest.mark.parametrize("size", [NARROW, (60, 20)])
async def test_panes_are_tabs_where_there_is_no_room(size: tuple[int, int]) -> None:
    async with scripted_app(size=size) as (app, pilot):
        await shows(pilot, " Chat  F2 Analysis  F3 Tools  F4 Dials ")
        assert shown(app) == [CONVERSATION]
        await pilot.press("f3")
        await until(pilot, lambda: shown(app) == ["tools"])
        await shows(pilot, "No calls yet.", "F4 Dials")
        assert app.chat_screen.side["tools"].has_focus_within
        await pilot.press("f4")
        await until(pilot, lambda: shown(app) == ["hyperparameters"])
        await pilot.press("right")
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 1.1)
        await pilot.press("escape")
        await until(pilot, lambda: shown(app) == [CONVERSATION])
        await until(pilot, lambda: app.focused is app.chat_screen.prompt.area)
        tabs = app.chat_screen.area.tabs
        await pilot.click(tabs, offset=(9, 0))
        await until(pilot, lambda: shown(app) == ["analysis"])
        await pilot.click(tabs, offset=(2, 0))
        await until(pilot, lambda: shown(app) == [CONVERSATION])
        await until(pilot, lambda: app.focused is app.chat_screen.prompt.area)
        app.chat_screen.conversation.border_title = "A long title " * 9
        tabs.refresh()
        await shows(pilot, "…Chat  F2 Analysis")


async def test_a_tall_terminal_shows_a_tab_below_the_conversation() -> None:
    async with scripted_app(size=(90, 44)) as (app, pilot):
        await pilot.press("f2")
        await until(pilot, lambda: shown(app) == [CONVERSATION, "analysis"])
        assert app.focused is app.chat_screen.prompt.area
        bottom = app.chat_screen.conversation.region.bottom
        await drag(pilot, (20, bottom), (20, bottom - 5))
        assert app.chat_screen.conversation.region.bottom == bottom - 5
        await pilot.press("f2")
        await until(pilot, lambda: shown(app) == [CONVERSATION])


async def test_a_terminal_that_changes_keeps_proportions_and_the_focus_in_sight() -> None:
    async with scripted_app(size=(200, 50)) as (app, pilot):
        await drag(pilot, (133, 9), (100, 9))
        assert width(app) == 100
        await pilot.resize_terminal(140, 40)
        await until(pilot, lambda: width(app) == 70)
        app.chat_screen.dials.focus_content()
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: shown(app) == [CONVERSATION] and width(app) == 80)
        await pilot.resize_terminal(200, 50)
        await until(pilot, lambda: width(app) == 100)


# --- what is remembered --------------------------------------------------------------------------


async def test_arrangement_is_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "SAVE_SECONDS", 0.05)
    async with scripted_app(size=WIDE) as (app, pilot):
        assert not state_file().exists()
        await pilot.press("f3", "alt+shift+left")
        await until(pilot, state_file().exists)
        await until(pilot, lambda: json.loads(state_file().read_text())["hidden"] == ["tools"])
    async with scripted_app(size=WIDE) as (app, pilot):
        await until(pilot, lambda: shown(app) == [CONVERSATION, "analysis", "hyperparameters"])
        assert width(app) == 76
        await pilot.press("f11")
    # Left before it was written: it is written on leaving.
    assert json.loads(state_file().read_text())["layout"] == "below"


async def test_first_frame_has_the_arrangement() -> None:
    state_file().parent.mkdir(parents=True, exist_ok=True)
    state_file().write_text('{"layout": "chat", "hidden": [], "sizes": {}}')
    first: list[str] = []

    class Watching(PlayedEngine):
        def load(self, name: str | None) -> None:
            first.append(screen_text(app))

    app = HarmonyApp(Settings(), None, Watching)
    try:
        async with app.run_test(size=WIDE) as pilot:
            await until(pilot, lambda: first)
    finally:
        app.engine.close()
    assert "F4 Dials" in first[0]
    assert "temperature" not in first[0]


async def test_a_bad_file_does_no_harm() -> None:
    state_file().parent.mkdir(parents=True, exist_ok=True)
    state_file().write_text("what is this?")
    async with scripted_app(size=WIDE) as (app, _):
        assert shown(app) == [CONVERSATION, *SIDE_PANES]


async def test_nothing_is_written_where_nothing_is_kept() -> None:
    app = HarmonyApp(Settings(), None, PlayedEngine, is_ephemeral=True)
    try:
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("f3", "f11")
            await pilot.pause()
    finally:
        app.engine.close()
    assert not state_file().exists()
