"""Themes: those that come with the program can be read, and a bad file is only a message."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from tests.harmony_tui.screen import screen_text
from themes.loader import BUNDLED, ROLES, load_themes, read_theme, role_defaults

THEMES, BAD = load_themes(BUNDLED)
READABLE = 4.5
"""Least contrast of text, W3C's Web Content Accessibility Guidelines 2.2, 1.4.3."""
TEXT_ROLES = [role for role in ROLES if not role.startswith("frame")]
TEXT_VARIABLES = [
    "foreground",
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-success",
    "text-warning",
    "text-error",
    "footer-key-foreground",
    "footer-description-foreground",
    "frame-focus",
]


def variables(theme: Theme) -> dict[str, str]:
    return {**role_defaults(theme), **theme.to_color_system().generate(), **theme.variables}


def contrast(one: Color, other: Color) -> float:
    """Return the ratio of the relative luminances of two opaque colours."""

    def luminance(colour: Color) -> float:
        shares = [
            share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
            for share in (colour.r / 255, colour.g / 255, colour.b / 255)
        ]
        return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_bundled_themes_load() -> None:
    assert not BAD
    assert {"harmony-dark", "harmony-light", "harmony-contrast"} <= {each.name for each in THEMES}
    assert {each.dark for each in THEMES} == {True, False}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_text_can_be_read(theme: Theme, ground: str) -> None:
    colours = variables(theme)
    below = Color.parse(colours[ground])
    poor = {
        name: round(contrast(below + Color.parse(colours[name]), below), 2)
        for name in (*TEXT_ROLES, *TEXT_VARIABLES)
        if contrast(below + Color.parse(colours[name]), below) < READABLE
    }
    assert not poor


def test_contrast_is_measured_rightly() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(119, 119, 119), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_one_colour_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "plain.toml"
    path.write_text('primary = "#00aa88"')
    theme = read_theme(path)
    assert theme.name == "plain"
    assert set(ROLES) <= set(variables(theme))


BAD_FILES = {
    "no primary": ("dark = true", "primary: Field required"),
    "no colour": ('primary = "bluish"', "'bluish' is not a colour"),
    "unknown key": ('primary = "red"\ncolor = "blue"', "color: Extra inputs are not permitted"),
    "unknown role": ('primary = "red"\n[roles]\nusr = "blue"', "roles.usr: there are only: user"),
    "bad role": ('primary = "red"\n[roles]\nuser = "blu"', "roles.user: 'blu' is not a colour"),
    "no TOML": ("primary = red", "it is not valid TOML"),
    "no text": (b"\xff\xfe\x00", "it is not text in UTF-8"),
}


@pytest.mark.parametrize(("content", "reason"), BAD_FILES.values(), ids=BAD_FILES)
def test_bad_file_is_a_message(tmp_path: Path, content: str | bytes, reason: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "good.toml").write_text('primary = "#00aa88"')
    themes, bad = load_themes(tmp_path)
    assert [each.name for each in themes] == ["good"]
    assert [each.path for each in bad] == [path]
    assert reason in bad[0].reason


def test_no_folder_is_no_themes(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "none") == ([], [])


def test_ones_own_theme_stands_above_a_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "harmony-dark.toml").write_text('primary = "#00aa88"')
    themes, _ = load_themes(BUNDLED, tmp_path)
    assert {each.name: each.primary for each in themes}["harmony-dark"] == "#00aa88"


async def test_application_starts_with_bad_themes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    folder = tmp_path / "config" / "themes"
    folder.mkdir(parents=True)
    (folder / "broken.toml").write_text("nonsense")
    (folder / "mine.toml").write_text('primary = "#00aa88"')
    app = HarmonyApp(Settings(theme="broken"), "/no/model")
    try:
        async with app.run_test(size=(140, 40), notifications=True) as pilot:
            await pilot.pause()
            text = " ".join(screen_text(app).split())
            assert "broken.toml is not a usable" in text
            assert "There is no theme 'broken'." in text
            assert app.theme == "harmony-dark"
            assert "mine" in app.theme_names
            app.theme = "mine"
            await pilot.pause()
    finally:
        app.engine.close()


@pytest.mark.parametrize("name", ["textual-dark", "textual-light", "ansi-dark"])
async def test_themes_of_textual_work_too(name: str) -> None:
    app = HarmonyApp(Settings(theme=name), "/no/model")
    try:
        async with app.run_test(size=(140, 40)):
            assert app.theme == name
    finally:
        app.engine.close()
