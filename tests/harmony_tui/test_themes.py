"""Choosing a theme with a preview, and taking up the person's own while the program runs."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot

from engine.config import locations
from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.screens.themes import ThemesScreen
from tests.harmony_tui.played import PlayedEngine
from tests.harmony_tui.screen import NARROW, shows, submit, until

OWN = 'primary = "#00aa88"\nbackground = "{background}"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of the person's own themes."""
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    themes = locations.themes_folder()
    themes.mkdir(parents=True)
    return themes


def write(path: Path, text: str, age: int) -> None:
    """Write a file as if some seconds ago, so that it counts as settled and as changed."""
    path.write_text(text)
    then = path.stat().st_mtime - age
    os.utime(path, (then, then))


@asynccontextmanager
async def running(
    theme: str = "harmony-dark", size: tuple[int, int] = (140, 40)
) -> AsyncIterator[tuple[HarmonyApp, Pilot[int]]]:
    app = HarmonyApp(Settings(theme=theme), None, PlayedEngine)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, lambda: app.chat_screen.status.activity.model is not None)
            yield app, pilot
    finally:
        app.engine.close()


def has_ground(app: HarmonyApp, colour: str) -> bool:
    """Return whether a colour is behind the chat; Textual rounds, so it may be off by one."""
    pairs = zip(app.chat_screen.styles.background.rgb, Color.parse(colour).rgb, strict=True)
    return all(abs(one - other) <= 1 for one, other in pairs)


def told(app: HarmonyApp) -> list[str]:
    """Return what was notified of."""
    return [each.message for each in app._notifications]


async def test_moving_shows_a_theme_and_escape_puts_the_one_before_back(folder: Path) -> None:
    async with running() as (app, pilot):
        assert has_ground(app, "#14171d")
        await submit(pilot, "/theme")
        await shows(pilot, "Themes", "midnight", "light", "Quiet dark: slate")
        assert app.screen.query_one("OptionList").highlighted_option.id == "harmony-dark"  # type: ignore[attr-defined]
        await pilot.press("end")
        await until(pilot, lambda: app.theme == "solarized-light")
        await until(pilot, lambda: has_ground(app, "#fdf6e3"))
        await shows(pilot, "Solarized: muted colours on cream.")
        assert app.settings.theme == "harmony-dark"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, ThemesScreen))
        await until(pilot, lambda: has_ground(app, "#14171d"))
        assert (app.theme, app.settings.theme) == ("harmony-dark", "harmony-dark")


async def test_enter_uses_a_theme_and_says_how_to_keep_it(folder: Path) -> None:
    async with running(size=NARROW) as (app, pilot):
        await submit(pilot, "/theme")
        await shows(pilot, "harmony-dark")
        await pilot.press("down", "enter")
        await shows(pilot, "The theme is catppuccin-mocha. To keep it: /keep theme")
        assert (app.theme, app.settings.theme) == ("catppuccin-mocha", "catppuccin-mocha")
        assert not locations.config_file().exists()


async def test_a_theme_can_be_kept_at_once(folder: Path) -> None:
    async with running() as (app, pilot):
        await submit(pilot, "/theme")
        await shows(pilot, "Ctrl+S use and keep")
        await pilot.press("down", "ctrl+s")
        await until(pilot, lambda: locations.config_file().exists())
        assert 'theme = "catppuccin-mocha"' in locations.config_file().read_text()
        assert app.theme == "catppuccin-mocha"


async def test_a_wrong_name_is_answered_with_the_nearest(folder: Path) -> None:
    async with running(size=(200, 40)) as (app, pilot):
        await submit(pilot, "/theme harmony-drak")
        await shows(pilot, "There is no theme harmony-drak. Did you mean harmony-dark?")
        assert app.theme == "harmony-dark"
        assert {"nord", "ember", "harmony-light"} <= set(app.theme_names)


async def test_ones_own_theme_is_taken_up_when_its_file_changes(folder: Path) -> None:
    path = folder / "mine.toml"
    write(path, OWN.format(background="#001122"), 60)
    async with running("mine") as (app, pilot):
        assert has_ground(app, "#001122")
        write(path, OWN.format(background="#220011"), 50)
        await until(pilot, lambda: has_ground(app, "#220011"))
        write(path, 'primray = "#00aa88"\n', 40)
        await until(pilot, lambda: told(app))
        (text,) = told(app)
        assert text.startswith(f"{path} is not a usable theme: there is no key 'primray'; did you")
        assert text.endswith("The theme before stays.")
        assert has_ground(app, "#220011")
        app.look_at_themes()
        assert told(app) == [text]
        write(path, OWN.format(background="#112200"), 30)
        await until(pilot, lambda: has_ground(app, "#112200"))
        path.unlink()
        await pilot.pause(0)
        app.look_at_themes()
        assert "mine" not in app.theme_names
        assert has_ground(app, "#112200")


async def test_new_themes_are_found(folder: Path) -> None:
    async with running("mine") as (app, pilot):
        assert app.theme == "harmony-dark"
        write(folder / "mine.toml", OWN.format(background="#001122"), 60)
        write(folder / "nord.toml", OWN.format(background="#332211"), 60)
        # It was asked for in the settings, and is used as soon as it can be.
        await until(pilot, lambda: app.theme == "mine")
        await submit(pilot, "/theme nord")
        await until(pilot, lambda: has_ground(app, "#332211"))
        (folder / "nord.toml").unlink()
        await until(pilot, lambda: has_ground(app, "#2e3440"))
        await submit(pilot, "/theme")
        await shows(pilot, "Nord: polar night")
        await pilot.press("end", "home")
        await until(pilot, lambda: app.theme == "harmony-contrast")
        await pilot.press("escape")


async def test_a_theme_that_is_deleted_while_it_is_listed_does_no_harm(folder: Path) -> None:
    write(folder / "mine.toml", OWN.format(background="#001122"), 60)
    async with running("mine") as (app, pilot):
        await submit(pilot, "/theme")
        await shows(pilot, str(folder)[:40])
        await pilot.press("home")
        await until(pilot, lambda: app.theme == "harmony-contrast")
        (folder / "mine.toml").unlink()
        app.look_at_themes()
        assert "mine" not in app.available_themes
        await pilot.press("escape")
        await until(pilot, lambda: app.theme == "harmony-dark")
        assert has_ground(app, "#14171d")


async def test_a_file_that_was_just_written_is_waited_for(folder: Path) -> None:
    async with running() as (app, pilot):
        app._is_watching = True
        (folder / "late.toml").write_text("primary =")
        app.look_at_themes()
        assert app._bad == set()
        write(folder / "late.toml", 'primary = "#00aa88"', 5)
        app.look_at_themes()
        assert "late" in app.theme_names
        await pilot.pause()


async def test_a_folder_made_later_is_found_by_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    async with running() as (app, pilot):
        assert not app._is_watching
        locations.themes_folder().mkdir(parents=True)
        write(locations.themes_folder() / "mine.toml", OWN.format(background="#001122"), 60)
        await submit(pilot, "/theme mine")
        await until(pilot, lambda: has_ground(app, "#001122"))
        assert app._is_watching


@pytest.mark.parametrize(("system", "expected"), [("standard", "#000000"), ("256", "#141414")])
async def test_terminals_with_few_colours_get_colours_that_they_have(
    folder: Path, monkeypatch: pytest.MonkeyPatch, system: str, expected: str
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
    app = HarmonyApp(Settings(), None, PlayedEngine)
    app.fit_to_terminal()
    try:
        async with app.run_test(size=(140, 40)) as pilot:
            await until(pilot, lambda: app.chat_screen.status.activity.model is not None)
            assert has_ground(app, expected)
            assert app.theme_variables["background"].lower() == expected
            await submit(pilot, "/theme")
            await shows(pilot, "harmony-dark", "Aa ●")
            await pilot.press("escape")
    finally:
        app.engine.close()


async def test_no_color_asks_for_none_and_what_is_chosen_shows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running("harmony-light") as (app, pilot):
        app.fit_to_terminal()
        app.refresh_css()
        await pilot.press("ctrl+p", "down")
        await until(pilot, lambda: "Answer now (F5)" in reversed_texts(app))
        segments = [each for strip in app.screen._compositor.render_strips() for each in strip]
        styles = [each.style for each in segments if each.style is not None]
        assert styles
        assert not [each for each in styles if each.color or each.bgcolor]


def reversed_texts(app: HarmonyApp) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return [each.text for strip in strips for each in strip if each.style and each.style.reverse]
