"""Reads colour themes from TOML files; a file that is no theme becomes a message, never a crash."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, ValidationError
from textual.color import Color, ColorParseError
from textual.theme import Theme

from themes.roles import BASE_COLOURS, ROLES, derive_base, derive_furniture, derive_roles

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

BUNDLED = Path(__file__).parent
EXAMPLE = '"#7aa2d8"'


def _check_colour(text: str) -> str:
    try:
        colour = Color.parse(text)
    except ColorParseError as error:
        raise ValueError(f"{text!r} is not a colour; write it like {EXAMPLE}") from error
    if colour.a < 1 or colour.ansi is not None or colour.auto:
        raise ValueError(f"{text!r} is not one solid colour; write it like {EXAMPLE}")
    return text


Colour = Annotated[str, AfterValidator(_check_colour)]


@dataclass
class DescribedTheme(Theme):
    """A theme that was read from a file, and what the file says about it."""

    description: str = ""
    path: Path | None = None


class ThemeFile(BaseModel):
    """What a theme's file may say. Only ``primary`` must be there; the rest is derived."""

    model_config = ConfigDict(extra="forbid")

    description: str = ""
    dark: StrictBool = True
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
    roles: dict[str, Colour] = Field(default_factory=dict)

    def to_theme(self, path: Path) -> DescribedTheme:
        """Return the theme in Textual's form, with every colour that the program uses.

        Args:
            path: its file, which it is named after.
        """
        given = self.model_dump(include=set(BASE_COLOURS), exclude_none=True)
        base = derive_base(_parse(given), is_dark=self.dark)
        roles = derive_roles(base, _parse(self.roles))
        variables = _spell({**derive_furniture(base, roles), **roles})
        style = {"block-cursor-text-style": "none"}
        colours: dict[str, Any] = {**_spell(base)}
        return DescribedTheme(
            name=path.stem,
            dark=self.dark,
            variables={**variables, **style},
            description=self.description,
            path=path,
            **colours,
        )


@dataclass(frozen=True, slots=True)
class BadTheme:
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
        if wrong := _wrong_names(content):
            raise ValueError(wrong[0][1])
        return ThemeFile.model_validate(content).to_theme(path)
    except OSError as error:
        raise ValueError(f"it cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError("it is not text in UTF-8") from error
    except ValidationError as error:
        raise ValueError(_explain(error.errors())) from error
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it is not valid TOML: {error}") from error


def find_faults(path: Path) -> list[tuple[tuple[str | int, ...], str]]:
    """Return all that is wrong in a theme's file: the keys that lead to it, and a sentence."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # it is no text in UTF-8, or no TOML
        try:
            read_theme(path)
        except ValueError as error:
            return [((), str(error))]
        return []
    wrong = _wrong_names(content)
    known = {name: value for name, value in content.items() if name in ThemeFile.model_fields}
    try:
        ThemeFile.model_validate(known)
    except ValidationError as error:
        wrong += [(each["loc"], _explain_one(each)) for each in error.errors()]
    return wrong


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


def _wrong_names(content: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    """Return the keys of a file that there are none of, and what to say of each."""
    wrong: list[tuple[tuple[str | int, ...], str]] = []
    for name in content:
        if name not in ThemeFile.model_fields:
            where = f"; {name} is a role: put it under [roles]" if name in ROLES else ""
            near = where or _meant(name, list(ThemeFile.model_fields))
            wrong.append(((name,), f"there is no key '{name}'{near}"))
    roles = content.get("roles")
    for name in roles if isinstance(roles, dict) else ():
        if name not in ROLES:
            is_base = name in BASE_COLOURS
            where = f"; {name} stands above it, without [roles]" if is_base else ""
            said = f"[roles] has no '{name}'{where or _meant(name, list(ROLES))}"
            wrong.append((("roles", name), said))
    return wrong


def _meant(name: str, known: list[str]) -> str:
    """Return what a wrong name was perhaps meant to be, to end a sentence with."""
    if near := get_close_matches(name, known, n=1, cutoff=0.5):
        return f"; did you mean '{near[0]}'?"
    return f"; there are: {', '.join(known)}"


def _explain(problems: list[ErrorDetails]) -> str:
    """Return the first problem in words, and how many more there are."""
    first, *others = problems
    reason = _explain_one(first)
    return f"{reason} (and {len(others)} more)" if others else reason


def _explain_one(problem: ErrorDetails) -> str:
    where = ".".join(str(part) for part in problem["loc"])
    match problem["type"]:
        case "missing":
            return f"it does not say '{where}', the one colour it has to: {where} = {EXAMPLE}"
        case "value_error":
            return f"'{where}': {problem['msg'].removeprefix('Value error, ')}"
        case "string_type":
            what = "a colour in quotes" if where != "description" else "text in quotes"
            return f"'{where}' has to be {what}, not {problem['input']!r}"
        case "bool_type":
            return f"'{where}' has to be true or false, not {problem['input']!r}"
        case _:
            return f"'{where}' has to be a table of roles and their colours"
