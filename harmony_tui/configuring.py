"""What the subcommands about profiles and settings find out; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.config import locations
from engine.config.precedence import Configuration, Value, load_configuration
from engine.config.profiles import load_profile, profile_names
from engine.config.prompt import ExampleMessage
from engine.config.reading import SettingsError
from harmony_tui.file_faults import (
    LineFault,
    function_faults,
    key_faults,
    locate,
    preset_faults,
    rule_faults,
    settings_faults,
    theme_faults,
    tool_faults,
)


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
    faults: tuple[LineFault, ...] = ()
    """All that is wrong with its file."""

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
    """A file that a person writes for the program, and what is wrong with it."""

    path: Path
    faults: tuple[LineFault, ...] = ()
    exists: bool = True

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        if self.faults:
            return "problem"
        return "ok" if self.exists else "none"

    @property
    def told(self) -> list[str]:
        """What is wrong, in sentences that name the file."""
        return [
            f"{self.path}{'' if each.line is None else f', line {each.line}'}: {each.text}"
            for each in self.faults
        ]

    def to_json(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        faults = [{"line": each.line, "text": each.text} for each in self.faults]
        return {"path": str(self.path), "state": self.state, "faults": faults}


def examine_files() -> Iterator[FileReport]:
    """Give all files that a person may write for the program: those that are there, and the first.

    They are the configuration with its keys, profiles, presets, the rules of permissions, the
    person's own tools, and themes. Nothing of them is run.
    """
    from themes.loader import theme_files

    config = locations.config_file()
    yield FileReport(config, _in_order(examine_config(config)), config.exists())
    for profile in examine_profiles():
        yield FileReport(profile.path, _in_order(profile.faults))
    yield from examine_own_files()
    for path in theme_files([locations.themes_folder()]):
        if path.exists():
            yield FileReport(path, _in_order(theme_faults(path)))


def examine_own_files() -> Iterator[FileReport]:
    """Give those of the files that are there and are read only when they are needed."""
    tools = locations.own_tools_folder()
    parts = (
        (locations.presets_file(), preset_faults),
        (locations.permissions_file(), rule_faults),
        (tools / "tools.toml", tool_faults),
        (tools / "tools.py", function_faults),
    )
    for path, find in parts:
        if path.exists():
            yield FileReport(path, _in_order(find(path)))


def _in_order(faults: Iterable[LineFault]) -> tuple[LineFault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line or 0))


def examine_config(path: Path) -> list[LineFault]:
    """Return what is wrong with ``config.toml``, with all that it names, and with its keys."""
    try:
        settings = load_configuration({"profile": "none"}).settings
        load_configuration()
    except SettingsError as error:
        return settings_faults(path, error)
    return key_faults(path, settings.keys) if settings.keys else []


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
        faults = tuple(settings_faults(path, error))
        return ProfileReport(name, path, problem=str(error), faults=faults)
    settings = configuration.settings
    problem = ""
    try:
        find_model(locations.locate_model(settings.model, settings.models_folder))
    except CheckpointError as error:
        problem = f"{path}: 'model': {error}"
    faults = (locate(path, problem),) if problem else ()
    return ProfileReport(
        name,
        path,
        tuple(parent.name for parent in parents),
        own.profile.description,
        settings.model,
        problem,
        faults,
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
    if isinstance(value, ExampleMessage):
        return asdict(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | None) else str(value)
