from __future__ import annotations

from pathlib import Path

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet, StylesheetParseError

import harmony_tui
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from harmony_tui.stylesheets import KEPT_THEMES, UNSEEN_AT_FIRST, SparingStylesheet, read_unseen
from harmony_tui.theming import ThemedApp
from tests.harmony_tui.screen import scripted_app, shows

FOLDER = Path(harmony_tui.__file__).parent


def test_every_style_sheet_is_read_once() -> None:
    later = [f"{name}.tcss" for name in UNSEEN_AT_FIRST]
    read = [*map(str, HarmonyApp.CSS_PATH), *later]
    found = [path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.tcss")]
    assert sorted(read) == sorted(found)


@pytest.fixture
def sheet() -> Stylesheet:
    app = ThemedApp()
    assert app.load_themes("harmony-dark") == []
    sheet = SparingStylesheet(variables=app.get_css_variables())
    for number in range(100):
        sheet.add_source(f"Label.n{number} {{ width: {number} }}", read_from=("", str(number)))
    return sheet


def test_what_was_read_is_not_read_again_for_a_new_widget(sheet: Stylesheet) -> None:
    before = list(sheet.rules)
    sheet.add_source("Button { width: 1 }", read_from=("", "new"))
    after = sheet.rules
    assert len(after) == len(before) + 1
    assert all(one is other for one, other in zip(before, after, strict=False))
    assert {*before} < {*after}


def test_screens_that_are_read_later_are_in_the_index_at_once(sheet: Stylesheet) -> None:
    assert "SettingsScreen" not in sheet.rules_map
    read_unseen(sheet)
    assert {"SettingsScreen", "TokenView", "MicrophoneScreen"} <= sheet.rules_map.keys()


def test_of_a_theme_that_comes_back_nothing_is_read_again(sheet: Stylesheet) -> None:
    dark = sheet._variables
    light = dark | {"background": "#ffffff"}
    sheet.add_source("Label { background: $background }", read_from=("", "coloured"))

    def rules_of(theme: dict[str, str]) -> list[RuleSet]:
        sheet.set_variables(theme)
        sheet.reparse()
        return list(sheet.rules)

    first, other, again = rules_of(dark), rules_of(light), rules_of(dict(dark))
    assert {*first}.isdisjoint(other)
    assert first == again
    grounds = [rules[-1].styles.background.hex for rules in (first, other)]
    assert grounds == [dark["background"].upper(), "#FFFFFF"]
    for number in range(KEPT_THEMES):
        rules_of(dark | {"background": f"#00000{number}"})
    assert {*first}.isdisjoint(rules_of(dark))  # no more are kept than one looks at


def test_a_theme_that_cannot_be_read_leaves_what_is_there(sheet: Stylesheet) -> None:
    before = list(sheet.rules)
    sheet.add_source("Label { color: $background }", read_from=("", "coloured"))
    sheet.set_variables(sheet._variables | {"background": "no colour"})
    with pytest.raises(StylesheetParseError):
        sheet.reparse()
    assert sheet._rules == before


@pytest.mark.parametrize("is_read", [False, True])
async def test_a_screen_is_styled_whether_it_opens_before_they_are_read_or_after(
    is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harmony_tui.app.read_unseen", lambda _sheet: None)
    async with scripted_app() as (app, pilot):
        if is_read:
            read_unseen(app.stylesheet)
        app.run_command(BY_NAME["log"])
        await shows(pilot, "─ Log ─")


async def test_a_part_is_styled_when_it_is_drawn_and_anew_with_another_theme() -> None:
    async with scripted_app() as (app, pilot):
        transcript = app.chat_screen.conversation.transcript
        assert len(transcript._component_styles) < len(transcript.COMPONENT_CLASSES) / 2
        dark = transcript.get_component_styles("transcript--heading").color
        app.use_theme("harmony-light")
        await pilot.pause()
        assert transcript.get_component_styles("transcript--heading").color != dark
        with pytest.raises(KeyError):
            transcript.get_component_styles("transcript--unknown")
