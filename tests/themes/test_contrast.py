"""Text can be read in every theme, on everything that it stands on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

import harmony_tui
from tests.themes.measuring import THEMES, contrast, variables
from themes.contrast import is_readable, make_readable, strongest_ground
from themes.loader import read_theme
from themes.roles import ROLES, TEXT_ROLES

READABLE = 4.5
"""Least contrast of text, W3C's Web Content Accessibility Guidelines 2.2, 1.4.3."""
GROUNDS = ("background", "surface", "panel", "cursor")
TEXTS = (
    *TEXT_ROLES,
    *("foreground", "foreground-muted", "text-muted", "text-disabled"),
    *("footer-foreground", "footer-key-foreground", "footer-description-foreground"),
    *("block-cursor-foreground", "block-cursor-blurred-foreground"),
)
BASE = ("primary", "secondary", "accent", "success", "warning", "error")
PAIRS = [
    *[(text, ground) for text in TEXTS for ground in GROUNDS],
    *[(text, ground) for text in BASE for ground in GROUNDS if ground != "cursor"],
    *[(text, "footer-background") for text in TEXTS if text.startswith("footer")],
    *[("background", ground) for ground in ("user", "muted", "frame-focus")],
    ("foreground", "selection"),
    ("input-selection-foreground", "input-selection-background"),
    ("screen-selection-foreground", "screen-selection-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
]
SOURCES = Path(harmony_tui.__file__).parent


def poor_pairs(colours: dict[str, str], pairs: list[tuple[str, str]]) -> dict[str, float]:
    below = Color.parse(colours["background"])
    found = {}
    for text, ground in pairs:
        stood_on = below + Color.parse(colours[ground])
        ratio = contrast(stood_on + Color.parse(colours[text]), stood_on)
        if ratio < READABLE:
            found[f"{text} on {ground}"] = round(ratio, 2)
    return found


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_can_be_read(theme: Theme) -> None:
    assert poor_pairs(variables(theme), PAIRS) == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_is_chosen_can_be_seen(theme: Theme) -> None:
    colours = {name: Color.parse(text) for name, text in variables(theme).items() if name in ROLES}
    ground = Color.parse(variables(theme)["background"])
    assert contrast(colours["cursor"], ground) > 1.1
    assert contrast(colours["selection"], ground) > 1.25
    assert contrast(colours["frame"], ground) > 1.3
    assert contrast(colours["frame-focus"], ground) > 3


@pytest.mark.parametrize("name", ["harmony-contrast", "harmony-contrast-light"])
def test_high_contrast_is_high(name: str) -> None:
    colours = variables({each.name: each for each in THEMES}[name])
    ground = Color.parse(colours["background"])
    for role in (*TEXT_ROLES, "foreground"):
        assert contrast(Color.parse(colours[role]), ground) >= 7, role
    assert contrast(Color.parse(colours["frame"]), ground) >= 3


GIVEN = {
    "one pale colour on white": 'dark = false\nprimary = "#ffe0e0"\nbackground = "#ffffff"',
    "one dark colour on black": 'primary = "#200020"\nbackground = "#000000"',
    "grey": 'primary = "#808080"\nbackground = "#404040"\nforeground = "#ffffff"',
    "all given": 'primary = "#123456"\nsecondary = "#334455"\naccent = "#554433"\n'
    'success = "#003300"\nwarning = "#333300"\nerror = "#330000"\nbackground = "#111122"\n'
    'surface = "#181830"\npanel = "#202040"\nforeground = "#eeeeff"',
}


@pytest.mark.parametrize("content", GIVEN.values(), ids=GIVEN)
def test_what_follows_from_any_colours_can_be_read(tmp_path: Path, content: str) -> None:
    (tmp_path / "mine.toml").write_text(content)
    assert poor_pairs(variables(read_theme(tmp_path / "mine.toml")), PAIRS) == {}


@pytest.mark.parametrize("name", [name for name, each in BUILTIN_THEMES.items() if not each.ansi])
def test_roles_can_be_read_in_themes_of_textual(name: str) -> None:
    # What is text there may not be readable there; what this program adds is, on the screen.
    added = [role for role in TEXT_ROLES if not role.startswith("text-")]
    pairs = [(role, "background") for role in added if role != "final"]
    assert poor_pairs(variables(BUILTIN_THEMES[name]), pairs) == {}


def test_colours_that_can_be_read_are_left_alone() -> None:
    white, black, grey = Color(255, 255, 255), Color(0, 0, 0), Color(128, 128, 128)
    assert make_readable(white, [black]) == white
    assert not is_readable(grey, [white])
    changed = make_readable(Color(200, 120, 120), [white])
    assert is_readable(changed, [white])
    assert changed.r > changed.g == changed.b
    assert make_readable(grey, [black, white]) in (black, white)
    assert strongest_ground(black, white, 0.5, [white]).r > 80
    assert strongest_ground(black, white, 0.5, [Color(118, 118, 118)]) == black


# --- what the screens use -----------------------------------------------------------------------

RULE = re.compile(r"([^{};]*)\{([^{}]*)\}", re.DOTALL)
DRAWN = re.compile(r"(?:bar|rule|line|frame|scrollbar)")
"""Parts of a screen that are lines and no text, by their selectors."""


def style_rules() -> list[tuple[str, str, dict[str, str]]]:
    """Return file, selector and declarations of each rule of the style sheets."""
    rules = []
    for path in sorted(SOURCES.rglob("*.tcss")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for selector, body in RULE.findall(text):
            pairs = (line.partition(":") for line in body.split(";") if ":" in line)
            declared = {name.strip(): value.strip() for name, _, value in pairs}
            rules.append((path.name, selector.strip().splitlines()[-1], declared))
    return rules


def test_style_sheets_write_text_in_roles_that_are_tried_here() -> None:
    known = {f"${name}" for name in (*TEXTS, *BASE)}
    found = []
    for file, selector, declared in style_rules():
        for name in ("color", "border-title-color", "border-subtitle-color"):
            value = declared.get(name)
            if value is None or value in known or (name == "color" and DRAWN.search(selector)):
                continue
            if value == "$background" and declared.get("background", "") in known:
                continue
            found.append(f"{file}: {selector} {{ {name}: {value} }}")
    assert found == []


def test_style_sheets_put_text_on_grounds_that_are_tried_here() -> None:
    known = {f"${name}" for name in (*GROUNDS, "selection")}
    found = []
    for file, selector, declared in style_rules():
        value = declared.get("background")
        is_veil = value is not None and re.fullmatch(r"\$background \d+%", value)
        if value is None or value in known or value == "transparent" or is_veil:
            continue
        if declared.get("color") == "$background" and ("background", value[1:]) in PAIRS:
            continue
        found.append(f"{file}: {selector} {{ background: {value} }}")
    assert found == []


def test_code_writes_text_in_roles_that_are_tried_here() -> None:
    style = re.compile(r'"\$([a-z-]+)(?: bold| italic| underline)*"')
    known = {*TEXTS, *BASE, "frame"}
    used = {
        (path.name, name)
        for path in sorted(SOURCES.rglob("*.py"))
        if path.name not in ("shell_completion.py", "rescue.py")  # programs of a shell
        for name in style.findall(path.read_text())
    }
    assert len(used) > 20
    assert {each for each in used if each[1] not in known} == set()
