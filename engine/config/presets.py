"""Presets: hyperparameters under a name, three built in and the person's own in a file.

A preset sets the hyperparameters that it names and leaves the others as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from engine.config import locations
from engine.config.hyperparameters import HyperparameterError, Hyperparameters
from engine.config.names import suggestion
from engine.config.reading import SettingsError, read_toml
from engine.config.writing import write_table

NOT_SAVED = ("seed",)
"""A seed is for one answer, not for a way of answering."""
NOT_SAMPLING = ("seed", "max_tokens", "effort", "thinking_budget", "loop_detection", "logit_bias")
"""Hyperparameters that do not say which of the likely tokens is chosen, but how long the answer is,
or which tokens there are to choose from: a ban of some is a person's own, whatever the style."""
NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")

NEUTRAL = Hyperparameters().model_dump(exclude=set(NOT_SAMPLING))
BUILT_IN: Mapping[str, Mapping[str, Any]] = {
    "precise": {**NEUTRAL, "temperature": 0.2, "top_p": 0.9},
    "balanced": {**NEUTRAL, "temperature": 0.8, "top_p": 0.95},
    "creative": {**NEUTRAL, "temperature": 1.2, "min_p": 0.05},
}
"""They name all that chooses among likely tokens, so that nothing of the preset before is left."""


class Preset(NamedTuple):
    """Hyperparameters under a name."""

    name: str
    values: Mapping[str, Any]
    is_built_in: bool = False


def load_presets(path: Path | None = None) -> tuple[dict[str, Preset], list[str]]:
    """Return all presets by name, and sentences about those that cannot be used.

    A preset of the person's goes before a built-in one of the same name.

    Args:
        path: the person's own; None is the usual file.

    Raises:
        SettingsError: the file cannot be read.
    """
    file = path or locations.presets_file()
    presets = {name: Preset(name, each, is_built_in=True) for name, each in BUILT_IN.items()}
    problems: list[str] = []
    try:
        content = read_toml(file)
    except FileNotFoundError:
        content = {}
    for name, values in content.items():
        try:
            presets[name] = Preset(name, _checked(name, values))
        except HyperparameterError as error:
            problems.append(f"{file}: the preset {name!r} cannot be used: {error}")
    return presets, problems


def _checked(name: str, values: object) -> dict[str, Any]:
    if not isinstance(values, Mapping):
        raise HyperparameterError(f"it is no table. Write [{name}], and its values below.")
    checked = Hyperparameters().with_values(values)
    return {each: getattr(checked, each) for each in values}


def find_preset(name: str, path: Path | None = None) -> Preset:
    """Return the preset of a name.

    Raises:
        SettingsError: there is none, it cannot be used, or the file cannot be read.
    """
    presets, problems = load_presets(path)
    if name in presets:
        return presets[name]
    problem = next((each for each in problems if repr(name) in each), None)
    there_is_none = f"There is no preset {name!r}{suggestion(name, presets)}."
    raise SettingsError(problem or there_is_none)


def save_preset(name: str, values: Hyperparameters, path: Path | None = None) -> Preset:
    """Keep hyperparameters under a name, in place of the person's preset of that name.

    Raises:
        SettingsError: no preset can have the name, or the file cannot be written.
    """
    if not NAME.fullmatch(name):
        raise SettingsError(
            f"{name!r} is no name for a preset: use letters, digits, _ and -, at most 40."
        )
    saved = values.model_dump(exclude=set(NOT_SAVED))
    write_table(path or locations.presets_file(), name, saved)
    return Preset(name, saved)


def delete_preset(name: str, path: Path | None = None) -> None:
    """Take one of the person's presets out of the file.

    Raises:
        SettingsError: it is not there, or the file cannot be written.
    """
    file = path or locations.presets_file()
    try:
        content = read_toml(file)
    except FileNotFoundError:
        content = {}
    if name not in content:
        built_in = " It is built in." if name in BUILT_IN else suggestion(name, content)
        raise SettingsError(f"There is no preset {name!r} of yours in {file}.{built_in}")
    write_table(file, name, None)
