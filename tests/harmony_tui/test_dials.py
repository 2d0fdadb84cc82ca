"""The dials: what a click does, how values read, and the pane's keys and mouse."""

from __future__ import annotations

import re

import pytest
from textual import events
from textual.pilot import Pilot

from engine.config.editing import read_value
from engine.config.hyperparameters import Hyperparameters
from engine.config.reading import SettingsError
from harmony_tui.app import HarmonyApp
from harmony_tui.panes.dials import DIALS, Dial
from harmony_tui.panes.hyperparameters import BAR_START, DialBoard
from tests.harmony_tui.screen import (
    NARROW,
    WIDE,
    screen_text,
    scripted_app,
    shows,
    submit,
    until,
)

BY_NAME = {dial.name: dial for dial in DIALS}


async def open_dials(app: HarmonyApp, pilot: Pilot[int]) -> DialBoard:
    """Show the pane if it is not, and give it the focus."""
    board = app.chat_screen.dials.dials
    if not board.is_on_screen:
        await pilot.press("f4")
    board.focus()
    await until(pilot, lambda: board.has_focus)
    return board


def test_every_hyperparameter_has_a_dial_and_the_context_limit() -> None:
    names = [dial.name for dial in DIALS]
    assert names.pop(names.index("max_tokens") + 1) == "context_limit"
    assert names == list(Hyperparameters.model_fields)


@pytest.mark.parametrize(
    ("name", "value", "clicks", "turned"),
    [
        ("temperature", 1.0, 1, "1.1"),
        ("temperature", 1.0, -1, "0.9"),
        ("temperature", 0.73, 1, "0.8"),
        ("temperature", 0.73, -1, "0.7"),
        ("temperature", 2.0, 1, "2.0"),
        ("temperature", 0.0, -1, "0.0"),
        ("top_p", 0.05, -1, "0.05"),
        ("top_k", 0, 1, "1"),
        ("top_k", 30, 1, "40"),
        ("top_k", 30, -1, "20"),
        ("top_k", 9999, -1, "160"),
        ("max_tokens", 4096, 1, "8192"),
        ("max_tokens", 1, 1, "64"),
        ("context_limit", 0, 1, "512"),
        ("context_limit", 3000, -1, "2048"),
        ("seed", -1, 1, "0"),
        ("effort", "medium", 1, "high"),
        ("effort", "low", -1, "low"),
    ],
)
def test_turning(name: str, value: float | str, clicks: int, turned: str) -> None:
    assert BY_NAME[name].turned(value, clicks) == turned


@pytest.mark.parametrize("dial", DIALS, ids=lambda dial: dial.name)
def test_all_positions_are_values_that_can_be_set(dial: object) -> None:
    assert hasattr(dial, "positions")
    for position in dial.positions:
        assert read_value(dial.name, str(position)) == position  # type: ignore[attr-defined]
    if dial.positions:
        assert dial.share(dial.positions[0]) == 0  # type: ignore[attr-defined]
        assert dial.share(dial.positions[-1]) == 1  # type: ignore[attr-defined]
        assert dial.at(0) == str(dial.positions[0])  # type: ignore[attr-defined]
        assert dial.at(1) == str(dial.positions[-1])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("temperature", 0.0, "greedy"),
        ("temperature", 0.7, "0.7"),
        ("temperature", 0.725, "0.725"),
        ("top_p", 1.0, "off"),
        ("seed", -1, "random"),
        ("seed", 123456, "123456"),
        ("max_tokens", 131072, "131,072"),
        ("context_limit", 0, "all"),
        ("context_limit", 8192, "8,192"),
        ("effort", "high", "high"),
    ],
)
def test_how_values_read(name: str, value: float | str, shown: str) -> None:
    assert BY_NAME[name].shown(value) == shown


@pytest.mark.parametrize("dial", DIALS, ids=lambda dial: dial.name)
def test_what_a_dial_says_that_it_takes_is_what_can_be_set(dial: Dial) -> None:
    if " to " in dial.takes:
        low, high = re.sub("above|up|,", "", dial.takes).split(" to ")
        assert read_value(dial.name, high) == float(high)
        for outside in (float(low) - 1, float(high) + 1):
            with pytest.raises(SettingsError):
                read_value(dial.name, f"{outside:g}")
    elif dial.takes.endswith(" or more"):
        low = dial.takes.removesuffix(" or more")
        assert read_value(dial.name, low) == int(low)
    elif dial.name == "logit_bias":
        _, example = dial.takes.split(" such as ")
        assert len(Hyperparameters().with_value(dial.name, example).biases) == 2
    else:
        for word in dial.takes.split(" or "):
            assert getattr(Hyperparameters().with_value(dial.name, word), dial.name) == word


@pytest.mark.parametrize("size", [WIDE, NARROW, (60, 20)], ids=str)
async def test_keys_of_the_pane(size: tuple[int, int]) -> None:
    async with scripted_app(size=size) as (app, pilot):
        await open_dials(app, pilot)
        await pilot.press("right", "right", "left")
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 1.1)
        await pilot.press("end")
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 2.0)
        await pilot.press("home")
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 0.0)
        await pilot.press("down", "0", ".", "4", "5", "5", "backspace")
        await shows(pilot, "0.45▏")
        await pilot.press("enter")
        await until(pilot, lambda: app.engine.hyperparameters.top_p == 0.45)
        await shows(pilot, "set here, else off")
        await pilot.press("r")
        await until(pilot, lambda: app.engine.hyperparameters.top_p == 1.0)
        await pilot.press("down", "down", "down", "down", "down", "right")
        await until(pilot, lambda: app.settings.context_limit == 512)
        await shows(pilot, "512", "set here, else all")
        await pilot.press("3", "0", "0", "0", "enter")
        await until(pilot, lambda: app.settings.context_limit == 3000)
        await shows(pilot, "context_limit is 3000, from the next turn on.")
        await pilot.press("r")
        await until(pilot, lambda: app.settings.context_limit == 0)
        await pilot.press("down", "right")
        await until(pilot, lambda: app.engine.hyperparameters.effort == "high")
        await shows(pilot, "from the next turn on")
        await pilot.press("enter")
        await until(pilot, lambda: app.engine.hyperparameters.effort == "low")
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown")
        await shows(pilot, "▸ logit_bias")


async def test_enter_opens_a_field_that_the_next_character_replaces() -> None:
    async with scripted_app() as (app, pilot):
        board = await open_dials(app, pilot)
        await pilot.press("down", "down", "down", "down", "down", "enter")
        await shows(pilot, "4096▏", "1 to 131,072  Enter sets  Esc leaves")
        await pilot.press("7", "7", "enter")
        await until(pilot, lambda: app.engine.hyperparameters.max_tokens == 77)
        await pilot.press("enter", "right", "8", "enter")
        await until(pilot, lambda: app.engine.hyperparameters.max_tokens == 778)
        await pilot.press("enter", "backspace")
        await until(pilot, lambda: board.draft == "")
        await pilot.press("enter", "enter", "end", "ctrl+u", "5", "escape")
        assert board.draft is None
        assert app.engine.hyperparameters.max_tokens == 778
        await pilot.press("backspace")
        await until(pilot, lambda: app.engine.hyperparameters.max_tokens == 4096)


async def test_a_row_further_down_comes_into_view_and_takes_text() -> None:
    async with scripted_app() as (app, pilot):
        board = await open_dials(app, pilot)
        await pilot.press("up")
        await shows(pilot, "▸ logit_bias")
        await pilot.press("5", ":", "-", "1", "enter")
        await until(pilot, lambda: dict(app.engine.hyperparameters.biases) == {5: -1.0})
        await pilot.press("enter")
        board.post_message(events.Paste(", 7:2 \x1b[31mand more"))
        await pilot.pause()
        await pilot.press("enter")
        await shows(pilot, "token", "It takes token ids")
        await pilot.press("ctrl+u", "7", ":", "2", "enter")
        await until(pilot, lambda: dict(app.engine.hyperparameters.biases) == {7: 2.0})
        await pilot.press("right", "down")
        await shows(pilot, "▸ temperature")
        assert dict(app.engine.hyperparameters.biases) == {7: 2.0}


async def test_what_cannot_be_set_is_a_message_and_can_be_mended() -> None:
    async with scripted_app() as (app, pilot):
        await open_dials(app, pilot)
        await pilot.press("9", "9")
        await shows(pilot, "It takes 0 to 2")
        await pilot.press("enter")
        await shows(pilot, "temperature cannot be '99'", "99▏")
        assert app.engine.hyperparameters.temperature == 1.0
        await pilot.press("backspace", "backspace", "1", ".", "5")
        await shows(pilot, "1.5▏", "0 to 2  Enter sets")
        await pilot.press("enter")
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 1.5)
        await pilot.press("9", "escape")
        await until(pilot, lambda: "9▏" not in screen_text(app))


@pytest.mark.parametrize("size", [WIDE, NARROW, (60, 20)], ids=str)
async def test_mouse_on_the_pane(size: tuple[int, int]) -> None:
    async with scripted_app(size=size) as (app, pilot):
        board = await open_dials(app, pilot)
        await pilot.click(DialBoard, offset=(BAR_START, 0))
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 0.0)
        end = BAR_START + board._bar_width - 1
        await pilot.mouse_down(DialBoard, offset=(BAR_START, 3))
        await pilot.hover(DialBoard, offset=(end, 3))
        await until(pilot, lambda: app.engine.hyperparameters.min_p == 0.5)
        # However far the mouse goes, the slider goes no further, and no other row is touched.
        await pilot.hover(DialBoard, offset=(0, 5))
        await until(pilot, lambda: app.engine.hyperparameters.min_p == 0.0)
        await pilot.mouse_up(DialBoard, offset=(0, 5))
        await pilot.hover(DialBoard, offset=(end, 3))
        assert app.engine.hyperparameters == Hyperparameters(temperature=0.0)
        await pilot.click(DialBoard, offset=(3, 4))
        assert board.dial.name == "seed"
        await pilot.click(DialBoard, offset=(BAR_START - 4, 2), times=2)
        await shows(pilot, "▸ top_k", "0▏")


async def test_wheel_turns_the_chosen_row_and_scrolls_elsewhere() -> None:
    async with scripted_app() as (app, pilot):
        await open_dials(app, pilot)
        wheel = pilot._post_mouse_events
        await wheel([events.MouseScrollUp], DialBoard, (BAR_START, 0), button=0)
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 1.1)
        await wheel([events.MouseScrollDown], DialBoard, (BAR_START, 0), button=0)
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 1.0)
        assert app.chat_screen.dials.scroll_offset.y == 0
        await wheel([events.MouseScrollDown], DialBoard, (BAR_START, 2), button=0)
        await until(pilot, lambda: app.chat_screen.dials.scroll_offset.y > 0)
        assert app.engine.hyperparameters == Hyperparameters()


@pytest.mark.parametrize("size", [(120, 36), NARROW, (60, 20)], ids=str)
async def test_where_values_come_from_is_shown(size: tuple[int, int]) -> None:
    async with scripted_app(size=size) as (app, pilot):
        info = app.engine.model
        assert info is not None
        info.defaults["top_k"] = 50
        app.engine.load(None)
        await until(pilot, lambda: app.engine.hyperparameters.top_k == 50)
        await open_dials(app, pilot)
        await pilot.press("down", "down")
        await shows(pilot, "from the model")
        await pilot.press("right")
        await shows(pilot, "set here, else 50")
        await pilot.press("up")
        await shows(pilot, "• top_k")
        await pilot.press("left")
        await shows(pilot, "set here, else off")
        await pilot.press("R")
        await until(pilot, lambda: app.engine.hyperparameters == Hyperparameters(top_k=50))
        await shows(pilot, "Taken back: top_p, top_k.")
        await until(pilot, lambda: "set here" not in screen_text(app))
        assert "•" not in screen_text(app)


async def test_reset_takes_back_all_or_one() -> None:
    async with scripted_app() as (app, pilot):
        for change in ("/set top_k 40", "/set seed 7", "/set effort low", "/reset seed"):
            await submit(pilot, change)
        await shows(pilot, "Taken back: seed.")
        assert app.engine.hyperparameters == Hyperparameters(top_k=40, effort="low")
        await submit(pilot, "/reset seed")
        await shows(pilot, "nothing to take back of 'seed'", "Changed: top_k, effort.")
        await submit(pilot, "/reset")
        await until(pilot, lambda: app.engine.hyperparameters == Hyperparameters())
        await submit(pilot, "/reset")
        await shows(pilot, "No hyperparameter was changed here.")


async def test_a_roomy_pane_tells_what_the_chosen_row_is_for() -> None:
    async with scripted_app(size=(120, 40)) as (app, pilot):
        await open_dials(app, pilot)
        await pilot.press("f10", "down")
        await shows(pilot, "top_p: above 0 up to 1", "Keep the likeliest tokens up to this total.")
        await pilot.press("f10")
        await until(pilot, lambda: "Keep the likeliest" not in screen_text(app))


async def test_models_own_values_are_the_start() -> None:
    async with scripted_app() as (app, pilot):
        app.engine.set_hyperparameter("top_k", "7")
        info = app.engine.model
        assert info is not None
        info.defaults["temperature"] = 0.6
        info.defaults["top_k"] = 50
        app.engine.load(None)
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 0.6)
        assert app.engine.hyperparameters.top_k == 7
        app.engine.reset_hyperparameter("top_k")
        assert app.engine.hyperparameters.top_k == 50
