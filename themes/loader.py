"""Reads colour themes from TOML files; a file that is no theme becomes a message, never a crash."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from textual.color import Color, ColorParseError
from textual.theme import Theme

BUNDLED = Path(__file__).parent

ROLES: dict[str, str] = {
    "user": "text-primary",
    "analysis": "text-secondary",
    "commentary": "text-accent",
    "final": "foreground",
    "notice": "text-warning",
    "muted": "foreground-muted",
    "frame": "border-blurred",
    "frame-focus": "border",
    "tool-asked": "text-warning",
    "tool-running": "text-accent",
    "tool-done": "text-success",
    "tool-failed": "text-error",
    "tool-declined": "foreground-muted",
}
"""This program's own colours, each with the variable of Textual that it follows by default."""


def _check_colour(text: str) -> str:
    try:
        Color.parse(text)
    except ColorParseError as error:
        raise ValueError(f"{text!r} is not a colour; write it like #7aa2d8") from error
    return text


Colour = Annotated[str, AfterValidator(_check_colour)]


class ThemeFile(BaseModel):
    """What a theme's file may say. Only ``primary`` must be there; the rest is derived."""

    model_config = ConfigDict(extra="forbid")

    description: str = ""
    dark: bool = True
    primary: Colour
    secondary: Colour | None = None
    accent: Colour | None = None
    success: Colour | None = None
    warning: Colour | None = None
    error: Colour | None = None
    foreground: Colour | None = None
    background: Colour | None = None
    surface: Colour | None = None
    panel: Colour | None = None
    roles: dict[str, Colour] = {}

    def to_theme(self, name: str) -> Theme:
        """Return the theme in Textual's form.

        Raises:
            ValueError: it sets a role that this program does not have.
        """
        unknown = [role for role in self.roles if role not in ROLES]
        if unknown:
            raise ValueError(f"roles.{unknown[0]}: there are only: {', '.join(ROLES)}")
        colours = self.model_dump(exclude={"description", "roles"}, exclude_none=True)
        return Theme(name=name, variables={**self._furniture(), **self.roles}, **colours)

    def _furniture(self) -> dict[str, str]:
        """Return the colours of Textual's own widgets, kept quiet."""
        frame = self.roles.get("frame")
        focus = self.roles.get("frame-focus", self.primary)
        muted = self.roles.get("muted")
        variables = {"border": focus, "input-cursor-background": focus}
        if frame:
            variables |= {"border-blurred": frame, "scrollbar": frame, "scrollbar-hover": focus}
        if muted:
            variables |= {"footer-description-foreground": muted, "footer-foreground": muted}
        if self.background:
            variables |= {
                "footer-background": self.background,
                "scrollbar-background": self.background,
                "scrollbar-background-hover": self.background,
                "scrollbar-background-active": self.background,
                "scrollbar-corner-color": self.background,
                "block-cursor-foreground": self.background,
            }
        return variables | {
            "scrollbar-active": focus,
            "footer-key-foreground": focus,
            "block-cursor-background": focus,
            "block-cursor-text-style": "none",
        }


@dataclass(frozen=True, slots=True)
class BadTheme:
    """A file that could not be used, and why, in one sentence."""

    path: Path
    reason: str


def load_themes(*folders: Path) -> tuple[list[Theme], list[BadTheme]]:
    """Return the themes of some folders, and the files there that are none.

    A theme is named after its file; one in a later folder replaces one of the same name.
    """
    loaded: dict[str, Theme] = {}
    bad: list[BadTheme] = []
    for path in _theme_files(folders):
        try:
            loaded[path.stem] = read_theme(path)
        except ValueError as error:
            bad.append(BadTheme(path, str(error)))
    return list(loaded.values()), bad


def read_theme(path: Path) -> Theme:
    """Return the theme in one file.

    Raises:
        ValueError: the file cannot be read or is no theme; the text says what is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return ThemeFile.model_validate(content).to_theme(path.stem)
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError("it is not text in UTF-8") from error
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise ValueError(f"{where}: {problem['msg'].removeprefix('Value error, ')}") from error
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it is not valid TOML: {error}") from error


def role_defaults(theme: Theme) -> dict[str, str]:
    """Return the colours of the roles that a theme leaves open, taken from its other colours."""
    colours = theme.to_color_system().generate()
    return {role: colours[source] for role, source in ROLES.items()}


def _theme_files(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.glob("*.toml"))
