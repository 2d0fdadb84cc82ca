"""Reads colour themes from TOML files; a file that is no theme becomes a message, never a crash."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from textual.color import Color, ColorParseError
from textual.theme import Theme

from themes.roles import BASE_COLOURS, ROLES, derive_base, derive_furniture, derive_roles

BUNDLED = Path(__file__).parent
EXAMPLE = '"#7aa2d8"'
COLOURS = (
    *("primary", "secondary", "accent", "success", "warning", "error"),
    *("foreground", "background", "surface", "panel"),
)
KEYS = ("description", "dark", *COLOURS, "roles")
"""What a theme's file may say. Only ``primary`` must be there; the rest is derived."""

Fault = tuple[tuple[str, ...], str]
"""The keys that lead to what is wrong, and a sentence."""


@dataclass
class DescribedTheme(Theme):
    """A theme that was read from a file, and what the file says about it."""

    description: str = ""
    path: Path | None = None


class BadTheme(NamedTuple):
    """A file that could not be used, and why, in one sentence."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path} is not a usable theme: {self.reason}"


def load_themes(*folders: Path) -> tuple[list[DescribedTheme], list[BadTheme]]:
    """Return the themes of some folders, and the files there that are none.

    A theme is named after its file; one in a later folder replaces one of the same name.
    """
    loaded: dict[str, DescribedTheme] = {}
    bad: list[BadTheme] = []
    for path in theme_files(folders):
        try:
            loaded[path.stem] = read_theme(path)
        except ValueError as error:
            bad.append(BadTheme(path, str(error)))
    return list(loaded.values()), bad


def read_theme(path: Path) -> DescribedTheme:
    """Return the theme in one file.

    Raises:
        ValueError: the file cannot be read or is no theme; the text says what is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError("it is not text in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it is not valid TOML: {error}") from error
    if wrong := _wrong_names(content):
        raise ValueError(wrong[0][1])
    if wrong := _wrong_values(content):
        (_, reason), *others = wrong
        raise ValueError(f"{reason} (and {len(others)} more)" if others else reason)
    return _described(content, path)


def find_faults(path: Path) -> list[Fault]:
    """Return all that is wrong in a theme's file: the keys that lead to it, and a sentence."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it is no text in UTF-8, or no TOML
        try:
            read_theme(path)
        except ValueError as error:
            return [((), str(error))]
        return []
    return _wrong_names(content) + _wrong_values(content)


def role_defaults(theme: Theme) -> dict[str, str]:
    """Return the colours of the roles that a theme leaves open, taken from its other colours."""
    if set(ROLES) <= set(theme.variables):
        return {}
    colours = theme.to_color_system().generate()
    if theme.ansi:
        return _ansi_roles(colours)
    ground = Color.parse(colours["background"])
    base = {name: ground + Color.parse(colours[name]) for name in BASE_COLOURS}
    return _spell(derive_roles(base, {}))


def theme_files(folders: Iterable[Path]) -> Iterator[Path]:
    """Give the files of themes in some folders, in the order in which they are read."""
    for folder in folders:
        yield from sorted(folder.glob("*.toml"))


def _described(content: dict[str, Any], path: Path) -> DescribedTheme:
    """Return a theme that was checked in Textual's form, with every colour that we use."""
    is_dark = content.get("dark", True)
    given: dict[str, str] = {name: content[name] for name in BASE_COLOURS if name in content}
    base = derive_base(_parse(given), is_dark=is_dark)
    roles = derive_roles(base, _parse(content.get("roles", {})))
    variables = _spell({**derive_furniture(base, roles), **roles})
    style = {"block-cursor-text-style": "none"}
    colours: dict[str, Any] = {**_spell(base)}
    return DescribedTheme(
        name=path.stem,
        dark=is_dark,
        variables={**variables, **style},
        description=content.get("description", ""),
        path=path,
        **colours,
    )


def _ansi_roles(colours: dict[str, str]) -> dict[str, str]:
    """Return the roles in the terminal's own colours, which cannot be mixed or compared."""
    roles = {name: colours[role.source] for name, role in ROLES.items()}
    return roles | {
        "frame": "ansi_bright_black",
        "frame-focus": colours["border"],
        "selection": colours["screen-selection-background"],
        "cursor": colours["block-cursor-background"],
    }


def _parse(colours: dict[str, str]) -> dict[str, Color]:
    return {name: Color.parse(text) for name, text in colours.items()}


def _spell(colours: dict[str, Color]) -> dict[str, str]:
    return {name: colour.hex for name, colour in colours.items()}


# --- what is wrong with a file ------------------------------------------------------------------


def _wrong_names(content: dict[str, Any]) -> list[Fault]:
    """Return the keys of a file that there are none of, and what to say of each."""
    wrong: list[Fault] = []
    for name in content:
        if name not in KEYS:
            where = f"; {name} is a role: put it under [roles]" if name in ROLES else ""
            wrong.append(((name,), f"there is no key '{name}'{where or _meant(name, KEYS)}"))
    roles = content.get("roles")
    for name in roles if isinstance(roles, dict) else ():
        if name not in ROLES:
            is_base = name in BASE_COLOURS
            where = f"; {name} stands above it, without [roles]" if is_base else ""
            said = f"[roles] has no '{name}'{where or _meant(name, ROLES)}"
            wrong.append((("roles", name), said))
    return wrong


def _wrong_values(content: dict[str, Any]) -> list[Fault]:
    """Return the values of a file that cannot be what they are, and what to say of each."""
    wrong: list[Fault] = []

    def expect(kind: type, name: str, what: str) -> None:
        if not isinstance(content.get(name, kind()), kind):
            wrong.append(((name,), f"'{name}' has to be {what}"))

    def expect_colour(*place: str, colour: object) -> None:
        if said := _wrong_colour(colour):
            wrong.append((place, f"'{'.'.join(place)}'{said}"))

    expect(str, "description", f"text in quotes, not {content.get('description')!r}")
    expect(bool, "dark", f"true or false, not {content.get('dark')!r}")
    if "primary" not in content:
        said = f"it does not say 'primary', the one colour it has to: primary = {EXAMPLE}"
        wrong.append((("primary",), said))
    for name in COLOURS:
        if name in content:
            expect_colour(name, colour=content[name])
    expect(dict, "roles", "a table of roles and their colours")
    if isinstance(roles := content.get("roles"), dict):
        for name, colour in roles.items():
            expect_colour("roles", name, colour=colour)
    return wrong


def _wrong_colour(colour: object) -> str:
    """Return what is wrong with what should be a colour, to end a sentence with."""
    if not isinstance(colour, str):
        return f" has to be a colour in quotes, not {colour!r}"
    try:
        parsed = Color.parse(colour)
    except ColorParseError:
        return f": {colour!r} is not a colour; write it like {EXAMPLE}"
    if parsed.a < 1 or parsed.ansi is not None or parsed.auto:
        return f": {colour!r} is not one solid colour; write it like {EXAMPLE}"
    return ""


def _meant(name: str, known: Collection[str]) -> str:
    """Return what a wrong name was perhaps meant to be, to end a sentence with."""
    if near := get_close_matches(name, known, n=1, cutoff=0.5):
        return f"; did you mean '{near[0]}'?"
    return f"; there are: {', '.join(known)}"
