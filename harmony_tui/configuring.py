"""What the subcommands about profiles and settings find out; nothing is printed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from engine.config import locations
from engine.config.precedence import Configuration, Value, load_configuration
from engine.config.profiles import load_profile, profile_names
from engine.config.reading import SettingsError


@dataclass(frozen=True, slots=True)
class ProfileReport:
    """A profile as a list of them shows it; ``problem`` says why it cannot be used."""

    name: str
    path: Path
    extends: tuple[str, ...] = ()
    """All those it takes from, the nearest first."""
    description: str = ""
    model: str | None = None
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {
            "name": self.name,
            "path": str(self.path),
            "extends": list(self.extends),
            "description": self.description,
            "model": self.model,
            "problem": self.problem or None,
        }


@dataclass(frozen=True, slots=True)
class FileReport:
    """A file that settings come from; ``problem`` says why it cannot be used."""

    path: Path
    problem: str = ""
    exists: bool = True

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        if self.problem:
            return "problem"
        return "ok" if self.exists else "none"

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {"path": str(self.path), "state": self.state, "problem": self.problem or None}


def examine_files() -> list[FileReport]:
    """Return the files that settings may come from: the configuration, profiles, and themes."""
    from themes.loader import load_themes, theme_files

    folder = locations.themes_folder()
    bad = {each.path: str(each) for each in load_themes(folder)[1]}
    themes = [FileReport(path, bad.get(path, "")) for path in theme_files([folder])]
    profiles = [FileReport(each.path, each.problem) for each in examine_profiles()]
    return [examine_config(locations.config_file()), *profiles, *themes]


def examine_config(path: Path) -> FileReport:
    """Return whether ``config.toml`` can be used, with all that it names."""
    try:
        load_configuration({"profile": "none"})
        load_configuration()
    except SettingsError as error:
        return FileReport(path, str(error), path.exists())
    return FileReport(path, exists=path.exists())


def examine_profiles() -> list[ProfileReport]:
    """Return all profiles, each tried as it would be used: parents, prompt, settings and model."""
    folder = locations.profiles_folder()
    return [_examine(name, folder) for name in profile_names(folder)]


def _examine(name: str, folder: Path) -> ProfileReport:
    from engine.upkeep import CheckpointError, find_model  # brings MLX with it

    path = folder / f"{name}.toml"
    try:
        own, *parents = load_profile(name, folder)
        configuration = load_configuration({"profile": name})
    except SettingsError as error:
        return ProfileReport(name, path, problem=str(error))
    settings = configuration.settings
    problem = ""
    try:
        find_model(locations.locate_model(settings.model, settings.models_folder))
    except CheckpointError as error:
        problem = f"{path}: 'model': {error}"
    return ProfileReport(
        name,
        path,
        tuple(parent.name for parent in parents),
        own.profile.description,
        settings.model,
        problem,
    )


def find_settings(command_line: Mapping[str, Any]) -> tuple[Configuration, tuple[str, ...]]:
    """Return what would be in force in a conversation that began now, and notes about it.

    Raises:
        SettingsError: a file cannot be used.
    """
    from engine.upkeep import CheckpointError, find_model, model_name, read_sampling_defaults

    configuration = load_configuration(command_line)
    settings = configuration.settings
    try:
        folder = find_model(locations.locate_model(settings.model, settings.models_folder))
        defaults = read_sampling_defaults(folder)
    except CheckpointError as error:
        return configuration, (
            *configuration.notes,
            f"What the model asks for is left out: {error}",
        )
    return configuration.with_model(model_name(folder), defaults), configuration.notes


def to_json(value: Value) -> dict[str, Any]:
    """Return a value as JSON holds it."""
    return {
        "name": value.name,
        "value": _plain(value.value),
        "origin": value.origin,
        "source": value.source or None,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | None) else str(value)
