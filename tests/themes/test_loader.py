"""Themes: those that come with the program can be read, and a bad file is only a message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color

from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.screens.help import read_page
from tests.harmony_tui.screen import screen_text
from tests.themes.measuring import BAD, THEMES, contrast, variables
from themes.loader import BUNDLED, load_themes, read_theme
from themes.roles import BASE_COLOURS, ROLES


def test_bundled_themes_load() -> None:
    assert not BAD
    names = {each.name for each in THEMES}
    assert {"harmony-dark", "harmony-light", "harmony-contrast", "colour-safe"} <= names
    special = {name for name in names if "contrast" in name or "safe" in name}
    plain = [each for each in THEMES if each.name not in special]
    assert sum(each.dark for each in plain) >= 6
    assert sum(not each.dark for each in plain) >= 4


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_bundled_themes_say_what_they_are(theme) -> None:
    assert theme.description.endswith(".")
    assert theme.path == BUNDLED / f"{theme.name}.toml"
    assert len(theme.path.read_text().splitlines()) < 40
    is_dark = contrast(Color.parse(theme.background), Color(255, 255, 255)) > 4.5
    assert theme.dark is is_dark


def test_palettes_of_others_are_credited() -> None:
    for name in ("nord", "gruvbox", "catppuccin", "rose-pine", "everforest", "solarized"):
        files = list(BUNDLED.glob(f"{name}*.toml"))
        assert files
        assert all(re.match(r"# Colours of .*\(c\).*MIT licence", f.read_text()) for f in files)


def test_this_programs_own_colours_are_as_they_are_written() -> None:
    colours = variables({each.name: each for each in THEMES}["harmony-dark"])
    assert colours["user"].lower() == "#82aee0"
    assert colours["text-primary"].lower() == "#acc9ea"
    assert colours["background"].lower() == "#14171d"
    assert colours["border"].lower() == colours["frame-focus"].lower() == "#82aee0"


def test_contrast_is_measured_rightly() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(119, 119, 119), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_one_colour_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "plain.toml"
    path.write_text('primary = "#00aa88"')
    theme = read_theme(path)
    assert theme.name == "plain"
    assert set(ROLES) <= set(variables(theme))


def test_the_manual_names_all_that_a_file_can_set() -> None:
    page = read_page("files")
    for name in (*BASE_COLOURS, *ROLES, "description", "dark"):
        assert f"`{name}`" in page or f"{name} = " in page, name


def test_roles_that_a_file_sets_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    own = "".join(f'{role} = "#10{number:02x}20"\n' for number, role in enumerate(ROLES))
    path.write_text(f'primary = "red"\n[roles]\n{own}')
    colours = variables(read_theme(path))
    assert [colours[role] for role in ROLES] == [f"#10{n:02X}20" for n in range(len(ROLES))]


def test_every_base_colour_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("".join(f'{name} = "#fefefe"\n' for name in BASE_COLOURS if name in GIVEN))
    theme = read_theme(path)
    assert {getattr(theme, name) for name in GIVEN} == {"#FEFEFE"}


GIVEN = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")
BAD_FILES = {
    "no primary": ("dark = true", "it does not say 'primary', the one colour it has to: primary ="),
    "no colour": ('primary = "bluish"', "'primary': 'bluish' is not a colour; write it like \"#"),
    "see-through": ('primary = "#ff000080"', "'#ff000080' is not one solid colour; write it like"),
    "of the terminal": ('primary = "ansi_red"', "'ansi_red' is not one solid colour"),
    "no text": ("primary = 7", "'primary' has to be a colour in quotes, not 7"),
    "no truth": ('primary = "red"\ndark = "yes"', "'dark' has to be true or false, not 'yes'"),
    "two problems": (
        'primary = "blu"\ndark = 2',
        "'dark' has to be true or false, not 2 (and 1 more",
    ),
    "unknown key": (
        'primary = "red"\nbackgruond = "blue"',
        "there is no key 'backgruond'; did you",
    ),
    "nearest key": ('primary = "red"\nbackgruond = "blue"', "did you mean 'background'?"),
    "strange key": (
        'primary = "red"\nxyz = "blue"',
        "there is no key 'xyz'; there are: description",
    ),
    "role as key": ('primary = "red"\nuser = "blue"', "user is a role: put it under [roles]"),
    "unknown role": (
        'primary = "red"\n[roles]\nusr = "blue"',
        "[roles] has no 'usr'; did you mean 'us",
    ),
    "key as role": (
        'primary = "red"\n[roles]\nerror = "blue"',
        "error stands above it, without [roles]",
    ),
    "bad role": ('primary = "red"\n[roles]\nuser = "blu"', "'roles.user': 'blu' is not a colour"),
    "roles no table": ('primary = "red"\nroles = "blu"', "'roles' has to be a table of roles"),
    "no TOML": ("primary = red", "it is not valid TOML"),
    "not UTF-8": (b"\xff\xfe\x00", "it is not text in UTF-8"),
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
    assert str(bad[0]).startswith(f"{path} is not a usable theme: ")


def test_a_file_that_cannot_be_read_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.toml").mkdir()
    themes, bad = load_themes(tmp_path)
    assert themes == []
    assert all("it cannot be read: " in each.reason for each in bad)
    assert len(bad) == 2


def test_no_folder_is_no_themes(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "none") == ([], [])


def test_ones_own_theme_stands_above_a_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "harmony-dark.toml").write_text('primary = "#00aa88"')
    themes, _ = load_themes(BUNDLED, tmp_path)
    assert {each.name: each.primary for each in themes}["harmony-dark"] == "#00AA88"


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
