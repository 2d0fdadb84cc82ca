"""The dials: what a click does, how values read, and the pane's keys and mouse."""

from __future__ import annotations

import pytest

from engine.config.hyperparameters import Hyperparameters
from harmony_tui.panes.dials import DIALS
from harmony_tui.panes.hyperparameters import BAR_START, DialBoard
from tests.harmony_tui.screen import screen_text, scripted_app, shows, until

BY_NAME = {dial.name: dial for dial in DIALS}


def test_every_hyperparameter_has_a_dial() -> None:
    assert [dial.name for dial in DIALS] == list(Hyperparameters.model_fields)


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
        shown = Hyperparameters().with_value(dial.name, str(position))  # type: ignore[attr-defined]
        assert getattr(shown, dial.name) == position  # type: ignore[attr-defined]
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
        ("effort", "high", "high"),
    ],
)
def test_how_values_read(name: str, value: float | str, shown: str) -> None:
    assert BY_NAME[name].shown(value) == shown


async def test_keys_of_the_pane() -> None:
    async with scripted_app() as (app, pilot):
        board = app.query_one(DialBoard)
        board.focus()
        await pilot.press("right", "right", "left")
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 1.1)
        await pilot.press("down", "0", ".", "4", "5", "5", "backspace")
        await shows(pilot, "0.45▏")
        await pilot.press("enter")
        await until(pilot, lambda: app.engine.hyperparameters.top_p == 0.45)
        await pilot.press("r")
        await until(pilot, lambda: app.engine.hyperparameters.top_p == 1.0)
        await pilot.press("down", "down", "down", "down", "down", "right")
        await until(pilot, lambda: app.engine.hyperparameters.effort == "high")
        await shows(pilot, "from the next turn on")


async def test_a_row_further_down_comes_into_view_and_takes_text() -> None:
    async with scripted_app() as (app, pilot):
        app.query_one(DialBoard).focus()
        await pilot.press("up")
        await shows(pilot, "▸ logit_bias")
        await pilot.press("5", ":", "-", "1", "enter")
        await until(pilot, lambda: dict(app.engine.hyperparameters.biases) == {5: -1.0})
        await pilot.press("right", "down")
        await shows(pilot, "▸ temperature")
        assert dict(app.engine.hyperparameters.biases) == {5: -1.0}


async def test_what_cannot_be_set_is_a_message() -> None:
    async with scripted_app() as (app, pilot):
        app.query_one(DialBoard).focus()
        await pilot.press("9", "9", "enter")
        await shows(pilot, "temperature cannot be '99'")
        assert app.engine.hyperparameters.temperature == 1.0
        await pilot.press("9", "escape")
        await until(pilot, lambda: "9▏" not in screen_text(app))


async def test_mouse_on_the_pane() -> None:
    async with scripted_app() as (app, pilot):
        await pilot.click(DialBoard, offset=(BAR_START, 0))
        await until(pilot, lambda: app.engine.hyperparameters.temperature == 0.0)
        await pilot.click(DialBoard, offset=(3, 4))
        assert app.query_one(DialBoard).dial.name == "seed"


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
