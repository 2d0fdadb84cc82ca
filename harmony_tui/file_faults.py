"""What is wrong in the files that a person writes, each fault with its line."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from engine.config import locations
from engine.config.reading import Fault, SettingsError, read_toml
from harmony_tui.toml_lines import Place, find_line, read_lines

AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
AT_END = "(at end of document)"
QUOTED = re.compile(r"'([A-Za-z0-9_.-]+)'")
"""Messages put the names of keys in such quotes."""
TABLE = "hyperparameters"


@dataclass(frozen=True, slots=True)
class LineFault:
    """One thing that is wrong in a file, and on which line, from 1, if that can be said."""

    line: int | None
    text: str

    @property
    def shown(self) -> str:
        """It as a person reads it below the file's name."""
        return self.text if self.line is None else f"line {self.line}: {self.text}"


def locate(path: Path, message: str, place: Place = ()) -> LineFault:
    """Return a fault with its line.

    Args:
        path: the file.
        message: what is wrong; keys that it names in quotes are looked for below the place.
        place: the keys that lead to it, as far as they are known.
    """
    text = message.removeprefix(f"{path}: ")
    text = f"it{text.removeprefix(str(path))}" if text.startswith(f"{path} ") else text
    if at := AT_LINE.search(message):
        return LineFault(int(at[1]), text)
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return LineFault(None, text)
    if AT_END in message:
        return LineFault(len(content.splitlines()), text)
    lines = read_lines(content)
    named = [tuple(name.split(".")) for name in QUOTED.findall(text)]
    tried = [(*place, *first, *then) for first, then in pairwise(named)]
    tried += [(*place, *name) for name in named]
    line = next((lines[each] for each in tried if each in lines), None)
    return LineFault(line or find_line(lines, place), text)


def settings_faults(path: Path, error: SettingsError) -> list[LineFault]:
    """Return what is wrong with ``config.toml`` or a profile that could not be used.

    What is wrong in another file is told where that is named; if that is no file that this one
    names, it is no fault of this one.
    """
    found: list[LineFault] = []
    for fault in error.faults:
        if fault.path != path and fault.path == locations.config_file():
            return []
        if fault.path != path:
            is_profile = fault.path.parent == locations.profiles_folder()
            place = "profile" if path == locations.config_file() else "extends"
            place = place if is_profile else "prompt_config"
            return [locate(path, str(error), (place,))]
        found += _hyperparameter_faults(fault) or [locate(path, fault.text, fault.place)]
    return found or [locate(path, str(error))]


def _hyperparameter_faults(fault: Fault) -> list[LineFault]:
    """Return all that is wrong with a file's hyperparameters, of which a fault tells the first."""
    from engine.config.hyperparameters import HyperparameterError, Hyperparameters

    found = []
    if fault.place != (TABLE,):
        return []
    given = read_toml(fault.path)[TABLE]
    for name, value in given.items() if isinstance(given, Mapping) else ():
        try:
            Hyperparameters().with_values({name: value})
        except HyperparameterError as error:
            found.append(locate(fault.path, str(error), (TABLE, name)))
    return found


def key_faults(path: Path, keys: Mapping[str, Sequence[str]]) -> list[LineFault]:
    """Return what is wrong with the person's own keys."""
    from harmony_tui.commands.keymap import find_faults

    return [locate(path, said, ("keys", name)) for name, said in find_faults(keys)]


def preset_faults(path: Path) -> list[LineFault]:
    """Return what is wrong with the person's presets of hyperparameters."""
    from engine.config.presets import load_presets

    try:
        return [locate(path, problem) for problem in load_presets(path)[1]]
    except SettingsError as error:
        return [locate(path, str(error))]


def rule_faults(path: Path) -> list[LineFault]:
    """Return what is wrong with the rules of what tools may do."""
    from engine.tools.rules import find_faults

    try:
        return [locate(path, fault.text, fault.place) for fault in find_faults(path)]
    except SettingsError as error:
        return [locate(path, str(error))]


def tool_faults(path: Path) -> list[LineFault]:
    """Return what is wrong with the declarations of the person's own tools."""
    from engine.tools.own.declarations import read_declarations

    with_line = re.compile(rf"{re.escape(str(path))}, line (\d+): ")
    found = []
    for problem in read_declarations(path).problems:
        if at := with_line.match(problem):
            found.append(LineFault(int(at[1]), problem[at.end() :]))
        else:
            found.append(locate(path, problem))
    return found


def function_faults(path: Path) -> list[LineFault]:
    """Return why a file of the person's own functions is no Python; it is not run."""
    try:
        ast.parse(path.read_bytes(), str(path))
    except SyntaxError as error:
        return [LineFault(error.lineno, f"it is no Python: {error.msg}.")]
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return [LineFault(None, f"it cannot be read: {reason}.")]
    return []


def theme_faults(path: Path) -> list[LineFault]:
    """Return what is wrong with a colour theme of the person's."""
    from themes.loader import find_faults

    return [locate(path, f"{said}.", place) for place, said in find_faults(path)]
