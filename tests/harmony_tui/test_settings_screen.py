"""/settings, /profile and /keep on the screen, with real files below them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from engine.config import locations
from engine.config.precedence import load_configuration
from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.screens.settings import SettingsScreen
from tests.harmony_tui.played import PlayedEngine
from tests.harmony_tui.screen import (
    NARROW,
    answered,
    says,
    screen_text,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)

ANSWER = "<|channel|>final<|message|>Fine.<|return|>"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    (tmp_path / "config" / "profiles").mkdir(parents=True)
    return tmp_path / "config"


def write(home: Path, **profiles: str) -> None:
    for name, text in profiles.items():
        (home / "profiles" / f"{name}.toml").write_text(text)


def listed(screen: SettingsScreen) -> list[str]:
    return [str(option.id) for option in screen._rows.options]


async def look_for(pilot: Pilot[int], words: str) -> None:
    """Search the list of settings for other words."""
    await pilot.press("ctrl+u")
    await type_text(pilot, words)
    screen = pilot.app.screen
    assert isinstance(screen, SettingsScreen)
    await until(pilot, lambda: len(listed(screen)) < 5)


async def test_settings_are_listed_searched_and_changed_in_place(home: Path) -> None:
    settings = Settings(theme="harmony-light", hyperparameters={"temperature": 0.25})
    async with scripted_app(settings=settings, size=NARROW) as (app, pilot):
        await submit(pilot, "/settings")
        await shows(pilot, "Settings", "identity", "Who the model is")
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        assert listed(screen) == [value.name for value in app.engine.configuration.listing()]
        # A number is typed where it stands; one that is not allowed is not taken.
        await type_text(pilot, "temperature")
        await until(pilot, lambda: listed(screen) == ["temperature"])
        await shows(
            pilot, "temperature              0.25", "from 0 to 2 and acts from the next token on."
        )
        await pilot.press("enter", "ctrl+u", "3")
        await shows(pilot, "temperature cannot be '3': it takes a number from 0 to 2.")
        await pilot.press("enter")
        assert app.engine.hyperparameters.temperature == 0.25
        await pilot.press("backspace", "1", ".", "5", "enter")
        await shows(pilot, "temperature is 1.5, from the next token on.", "set here")
        assert app.engine.hyperparameters.temperature == 1.5
        assert app.chat_screen.dials.dials.hyperparameters.temperature == 1.5
        await pilot.press("ctrl+r")
        await shows(pilot, "temperature is 0.25, from the next token on.")
        await pilot.press("ctrl+r")
        await shows(pilot, "was not changed here")
        # A word is chosen from those there are.
        await look_for(pilot, "approval")
        await pilot.press("enter")
        await shows(pilot, "│  always ", "│▸ ask ", "│  auto ", "Esc leave it as it was")
        await pilot.press("down", "enter")
        await shows(pilot, "approval is auto, at once.")
        assert app.engine.approval == "auto"
        await pilot.press("enter", "up", "escape")
        await until(pilot, lambda: "Ctrl+R reset" in screen_text(app))
        assert app.engine.approval == "auto"
        await look_for(pilot, "theme")
        await pilot.press("enter", "home", "enter")
        await until(pilot, lambda: app.theme == app.theme_names[0])
        assert app.engine.configuration["theme"].origin == "set here"
        # What acts later says so, and what is no single value.
        await look_for(pilot, "disk_cache")
        await pilot.press("enter", "down", "enter")
        await shows(pilot, "disk_cache is off; it acts at the next start, once it is kept.")
        await pilot.press("ctrl+s")
        await shows(pilot, "disk_cache is off in")
        await look_for(pilot, "Names of commands")
        await pilot.press("enter")
        await shows(pilot, "keys is no single value. Edit it in a file")
        # What something else has changed is shown too.
        await look_for(pilot, "top_k")
        app.engine.set_hyperparameter("top_k", "40")
        await shows(pilot, "top_k                    40")
    assert "disk_cache = false" in locations.config_file().read_text()


def paste(app: HarmonyApp, text: str) -> None:
    assert app.focused is not None
    app.focused.post_message(Paste(text))


async def test_texts_and_what_a_conversation_begins_with(home: Path, tmp_path: Path) -> None:
    (tmp_path / "tutor.toml").write_text('greeting = "What shall we learn?"\n')
    async with scripted_app(ANSWER) as (app, pilot):
        await submit(pilot, "/settings instructions")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        await pilot.press("enter")
        await type_text(pilot, "Be brief.")
        await pilot.press("ctrl+j", "T", "w", "o")
        await shows(pilot, "Be brief.⏎Two", "⏎ ends a line.")
        await pilot.press("enter")
        await shows(pilot, "instructions is Be brief.")
        assert app.engine.instructions == "Be brief.\nTwo"
        await look_for(pilot, "prompt_config")
        await pilot.press("enter")
        paste(app, str(tmp_path / "none.toml"))
        await pilot.press("enter")
        await shows(pilot, "There is no prompt configuration")
        assert app.engine.configuration["prompt_config"].value is None
        await pilot.press("ctrl+u")
        paste(app, str(tmp_path / "tutor.toml"))
        await pilot.press("enter")
        await shows(pilot, "prompt_config is /")
        assert app.engine.greeting == "What shall we learn?"
        await pilot.press("escape")
        await shows(pilot, "What shall we learn?")
        await submit(pilot, "/set instructions One word.")
        await submit(pilot, "Hello")
        await answered(pilot)
        chat = app.engine._chat
        assert chat is not None
        assert chat.instructions == "One word."
        await submit(pilot, "/reset prompt_config")
        await shows(pilot, "prompt_config is nothing, at once.")
        await submit(pilot, "/set read_ahead")
        await shows(pilot, "read_ahead is on. It takes on or off")
        await submit(pilot, "/set read_ahead maybe")
        await shows(pilot, "read_ahead cannot be 'maybe': it takes on or off.")
        await submit(pilot, "/set read_ahead=off")
        await until(pilot, lambda: not app.settings.read_ahead)


async def test_the_list_is_walked_by_keys_and_closed_by_escape(home: Path) -> None:
    async with scripted_app() as (app, pilot):
        await submit(pilot, "/settings xtc")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        await until(pilot, lambda: listed(screen) == ["xtc_probability", "xtc_threshold"])
        await shows(pilot, "How often XTC drops")
        await pilot.press("down", "down")
        await shows(pilot, "XTC drops all at least so likely")
        await pilot.press("up")
        await shows(pilot, "How often XTC drops")
        screen._search.value = "no such thing"
        await shows(pilot, "No setting has these words.")
        await pilot.press("enter", "ctrl+s")
        assert app.screen is screen
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat_screen)


async def test_a_value_is_kept_and_nothing_else_of_the_file_changes(home: Path) -> None:
    path = locations.config_file()
    path.write_text("# mine\nmodel = 'demo' # small\n")
    async with scripted_app() as (app, pilot):
        await submit(pilot, "/set top_k 40")
        await until(pilot, lambda: app.engine.hyperparameters.top_k == 40)
        assert app.engine.configuration["top_k"].origin == "set here"
        await submit(pilot, "/settings top_k")
        await shows(pilot, "set here")
        await pilot.press("ctrl+s")
        await shows(pilot, "top_k is 40 in")
        await pilot.press("escape")
        await submit(pilot, "/theme harmony-light")
        await submit(pilot, "/keep theme")
        await until(pilot, lambda: "theme" in path.read_text())
    assert path.read_text() == (
        "# mine\nmodel = 'demo' # small\ntheme = \"harmony-light\"\n\n"
        "[hyperparameters]\ntop_k = 40\n"
    )


async def test_what_was_kept_is_what_is_gone_back_to(home: Path) -> None:
    async with scripted_app() as (app, pilot):
        await submit(pilot, "/set temperature 0.7")
        await submit(pilot, "/keep temperature")
        await submit(pilot, "/reset temperature")
        await shows(pilot, "Taken back: temperature.")
        value = app.engine.configuration["temperature"]
        assert (value.value, value.came_from) == (0.7, "config.toml")
        # So it is from the screen of settings, also of what was kept before.
        await submit(pilot, "/set temperature 1.1")
        await submit(pilot, "/settings temperature")
        await shows(pilot, "set here")
        await pilot.press("ctrl+s", "ctrl+r")
        await until(pilot, lambda: app.engine.configuration["temperature"].origin == "settings")
        assert app.engine.hyperparameters.temperature == 1.1
    assert load_configuration()["temperature"].value == 1.1


async def test_a_broken_file_is_not_written_to(home: Path) -> None:
    path = locations.config_file()
    async with scripted_app(size=(200, 40)) as (_, pilot):
        path.write_text("theme = ")
        await submit(pilot, "/keep top_p")
        await says(pilot, "was left as it is: Invalid value")
    assert path.read_text() == "theme = "


async def test_profiles_are_listed_with_a_tick_at_the_one_in_use(home: Path) -> None:
    write(home, base="", tutor="")
    async with scripted_app(settings=Settings(profile="tutor")) as (_, pilot):
        await submit(pilot, "/profile")
        await shows(pilot, "Profiles: base, tutor ✓. To use one: /profile NAME")


async def test_a_profile_acts_at_once(home: Path) -> None:
    write(
        home,
        tutor='theme = "harmony-light"\napproval = "always"\ninstructions = "Teach."\n'
        'identity = "You are a tutor."\n[hyperparameters]\ntemperature = 0.5\n',
    )
    async with scripted_app(ANSWER) as (app, pilot):
        await submit(pilot, "/set temperature 1.5")
        await submit(pilot, "/set top_k 5")
        await submit(pilot, "/profile tutor")
        await shows(pilot, "The profile is tutor.")
        values = app.engine.hyperparameters
        assert (values.temperature, values.top_k) == (0.5, 5)
        assert app.chat_screen.dials.dials.hyperparameters == values
        assert (app.theme, app.engine.approval) == ("harmony-light", "always")
        await submit(pilot, "Hello")
        await answered(pilot)
        chat = app.engine._chat
        assert chat is not None
        assert chat.instructions == "Teach."
        await submit(pilot, "/profile none")
        await shows(pilot, "No profile is used.")
        assert app.engine.hyperparameters.temperature == 1.0
        assert app.theme == "harmony-dark"


async def test_a_profile_that_is_broken_changes_nothing(home: Path) -> None:
    write(home, broken="temprature = 1\n[hyperparameters]\ntop_k = 9\n")
    async with scripted_app(size=(300, 40)) as (app, pilot):
        before = app.engine.configuration
        await submit(pilot, "/profile broken")
        await shows(pilot, "broken.toml", "temprature")
        assert app.engine.configuration == before


async def test_a_profiles_model_is_loaded_only_if_it_is_another(home: Path) -> None:
    write(home, same="", other='model = "/models/other"\n')
    async with scripted_app() as (app, pilot):
        loaded: list[str | None] = []
        load = app.engine.load

        def note(name: str | None) -> None:
            loaded.append(name)
            load(name)

        app.engine.load = note  # type: ignore[method-assign]
        await submit(pilot, "/profile same")
        await shows(pilot, "The profile is same.")
        assert loaded == []
        await submit(pilot, "/profile other")
        await shows(pilot, "The profile is other.")
        assert loaded == ["/models/other"]


async def test_the_greeting_is_shown_until_a_conversation_has_another(home: Path) -> None:
    write(home, tutor='greeting = "What shall we learn?"\n', other='greeting = "Hi, {user}!"\n')
    settings = Settings(greeting="Good day!", placeholders={"user": "Ada"})
    async with scripted_app(ANSWER, settings=settings) as (app, pilot):
        await shows(pilot, "Good day!")
        await submit(pilot, "/profile tutor")
        await shows(pilot, "What shall we learn?")
        assert "Good day!" not in screen_text(app)
        await submit(pilot, "I am {user}.")
        await shows(pilot, "I am Ada.")
        await answered(pilot)
        await submit(pilot, "/profile other")
        await shows(pilot, "The profile is other.")
        assert "What shall we learn?" in screen_text(app)
        await submit(pilot, "/new")
        await shows(pilot, "Hi, Ada!")


async def test_notes_about_a_file_are_shown_at_the_start(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "theirs.json"
    path.write_text('{"mlock": true}')
    app = HarmonyApp(load_configuration({"prompt_config": str(path)}), None, PlayedEngine)
    try:
        async with app.run_test(notifications=True, size=(200, 40)) as pilot:
            await shows(pilot, "theirs.json", "mlock")
    finally:
        app.engine.close()
