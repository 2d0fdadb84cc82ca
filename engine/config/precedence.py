"""Which setting wins, and where each value came from.

From the strongest: what was set while the program runs, the command line, the session's file, the
profile (and those it extends), the prompt configuration, the user's settings, the model's own
``generation_config.json``, and the default. Hyperparameters and placeholders are looked up one by
one, all else as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from engine.config import locations
from engine.config.hyperparameters import HyperparameterError, Hyperparameters
from engine.config.names import suggestion
from engine.config.profiles import NO_PROFILE, load_profile
from engine.config.prompt import load_prompt_configuration
from engine.config.reading import SettingsError
from engine.config.schema import Record, reason
from engine.config.settings import Settings, load_settings

Origin = Literal[
    "set here",
    "command line",
    "session",
    "profile",
    "prompt configuration",
    "settings",
    "model",
    "default",
]
"""Where a value can come from, the strongest first."""

ORIGINS: tuple[Origin, ...] = get_args(Origin)

TABLES = ("hyperparameters", "placeholders")
"""Settings whose entries are looked up one by one."""
HYPERPARAMETERS = tuple(Hyperparameters.model_fields)
PLACEHOLDER = "placeholders."
"""What the name of a placeholder's value begins with."""
NAMING_FILES = ("prompt_config", "profile")
"""Settings that name other files to read."""
NOT_LISTED = {*TABLES, "description", "extends"}


class Layer(NamedTuple):
    """Values that come from one place.

    ``values`` has settings under their names, hyperparameters under theirs, and placeholders under
    ``placeholders.NAME``; ``source`` names the profile, the file or the model.
    """

    origin: Origin
    values: Mapping[str, Any]
    source: str = ""


class Value(NamedTuple):
    """A value in force, and where it came from."""

    name: str
    value: Any
    origin: Origin
    source: str = ""

    @property
    def shown(self) -> str:
        """The value as a person reads it, in one line."""
        match self.name, self.value:
            case "tools", None | bool() | ():
                return show(self.value in (None, True))
            case "tools", names:
                return " ".join(names)
            case _:
                return show(self.value)

    @property
    def came_from(self) -> str:
        """Where it came from, as a person reads it."""
        match self.origin:
            case "profile":
                return f"profile {self.source}"
            case "model":
                return f"generation_config of {self.source}"
            case "prompt configuration" | "settings" if self.source:
                return Path(self.source).name
            case _:
                return self.origin

    @property
    def description(self) -> str:
        """What the setting is for."""
        if self.name.startswith(PLACEHOLDER):
            return f"What {{{self.name.removeprefix(PLACEHOLDER)}}} stands for"
        fields = Hyperparameters if self.name in HYPERPARAMETERS else Settings
        return fields.model_fields[self.name].description


@dataclass(frozen=True)
class Configuration:
    """All that was set, wherever it was, and what of it is in force; never changed, only replaced.

    Args:
        layers: in any order; of two of the same origin the first is the stronger.
        notes: what the person should know of the files that were read.
    """

    layers: tuple[Layer, ...] = ()
    notes: tuple[str, ...] = ()
    profiles_folder: Path = field(default_factory=locations.profiles_folder)

    @classmethod
    def of(cls, settings: Settings | Configuration) -> Configuration:
        """Return what is in force where nothing is set but a user's settings."""
        if isinstance(settings, Configuration):
            return settings
        return cls((Layer("settings", flattened(settings)),))

    def __getitem__(self, name: str) -> Value:
        """Return the value of a setting or hyperparameter and where it came from.

        Raises:
            KeyError: there is no such setting.
        """
        for layer in self._ordered:
            if name in layer.values:
                return Value(name, layer.values[name], layer.origin, layer.source)
        return Value(name, DEFAULTS[name], "default")

    def listing(self) -> list[Value]:
        """Return every setting, placeholder and hyperparameter."""
        own = {
            name: None
            for layer in self.layers
            for name in layer.values
            if name.startswith(PLACEHOLDER)
        }
        return [self[name] for name in (*SETTINGS, *own, *HYPERPARAMETERS)]

    @cached_property
    def settings(self) -> Settings:
        """The settings in force.

        Raises:
            SettingsError: values that are each in order are not together.
        """
        content: dict[str, Any] = {"hyperparameters": {}, "placeholders": {}}
        for value in self.listing():
            if value.origin == "default":
                continue
            if value.name in HYPERPARAMETERS:
                content["hyperparameters"][value.name] = value.value
            elif value.name.startswith(PLACEHOLDER):
                content["placeholders"][value.name.removeprefix(PLACEHOLDER)] = value.value
            else:
                content[value.name] = value.value
        try:
            return Settings.model_validate(content)
        except ValueError as error:
            said = f"These settings cannot be used together: {reason(error)}."
            raise SettingsError(said) from error

    @cached_property
    def hyperparameters(self) -> Hyperparameters:
        """The hyperparameters in force."""
        return Hyperparameters().with_values(self.settings.hyperparameters)

    @cached_property
    def _ordered(self) -> Sequence[Layer]:
        return sorted(self.layers, key=lambda layer: ORIGINS.index(layer.origin))

    # --- with other values ---------------------------------------------------------------------

    def with_layers(self, origin: Origin, *layers: Layer) -> Configuration:
        """Return this with other layers in place of those of an origin."""
        kept = tuple(layer for layer in self.layers if layer.origin != origin)
        return Configuration((*kept, *layers), self.notes, self.profiles_folder)

    @property
    def kept(self) -> Layer:
        """What the user's settings have."""
        own = (layer for layer in self.layers if layer.origin == "settings")
        return next(own, Layer("settings", {}))

    def with_kept(self, values: Mapping[str, Any]) -> Configuration:
        """Return this with what the user's settings have now."""
        source = self.kept.source or str(locations.config_file())
        return self.with_layers("settings", Layer("settings", values, source))

    def with_value(self, name: str, value: Any) -> Configuration:
        """Return this with a value set while the program runs."""
        return self.with_layers("set here", Layer("set here", {**self._set_here, name: value}))

    def without_value(self, name: str) -> Configuration:
        """Return this without what was set while the program runs."""
        return self._with_set_here_but({name})

    def with_model(self, name: str, defaults: Mapping[str, Any]) -> Configuration:
        """Return this with what a model asks for.

        A value out of range is left out: the model's file is not the user's to mend.
        """
        values: dict[str, Any] = {}
        for key, value in defaults.items():
            try:
                values[key] = getattr(Hyperparameters().with_values({key: value}), key)
            except HyperparameterError:
                continue
        return self.with_layers("model", Layer("model", values, name))

    def with_profile(self, name: str) -> Configuration:
        """Return this with a profile that is chosen while the program runs, read from its file.

        It goes before what was set earlier of the same settings. ``none`` is none.

        Raises:
            SettingsError: there is no such profile, or it or a file that it names cannot be used.
        """
        loaded = self.with_value("profile", name).reread()
        layers = (layer for layer in loaded.layers if layer.origin == "profile")
        return loaded._with_set_here_but({name for layer in layers for name in layer.values})

    @property
    def _set_here(self) -> Mapping[str, Any]:
        return next((layer.values for layer in self.layers if layer.origin == "set here"), {})

    def _with_set_here_but(self, names: set[str]) -> Configuration:
        kept = {name: value for name, value in self._set_here.items() if name not in names}
        return self.with_layers("set here", Layer("set here", kept))

    def reread(self) -> Configuration:
        """Return this with the profile and prompt configuration that it names, read now.

        Raises:
            SettingsError: one of them is not there or cannot be used.
        """
        name = self["profile"].value
        chain = [] if name in (None, NO_PROFILE) else load_profile(name, self.profiles_folder)
        found = self.with_layers(
            "profile",
            *(Layer("profile", flattened(each.profile), each.name) for each in chain),
        ).with_layers("prompt configuration")
        notes: tuple[str, ...] = ()
        named = found["prompt_config"]
        if (path := named.value) is not None:
            try:
                prompt = load_prompt_configuration(Path(path).expanduser())
            except SettingsError as error:
                raise SettingsError(f"{error}{self._named_in(named)}") from error
            layer = Layer("prompt configuration", flattened(prompt.configuration), path)
            found, notes = found.with_layers("prompt configuration", layer), prompt.notes
        found = Configuration(found.layers, notes, self.profiles_folder)
        _ = found.settings  # raises now what does not go together
        return found

    def _named_in(self, value: Value) -> str:
        """Return a sentence that says in which file a path stands; empty if in none."""
        match value.origin:
            case "profile":
                file = str(self.profiles_folder / f"{value.source}.toml")
            case "settings":
                file = value.source
            case _:
                return ""
        return f" It is named by {value.name!r} in {file}."


def load_configuration(
    command_line: Mapping[str, Any] | None = None, config_file: Path | None = None
) -> Configuration:
    """Read the user's settings, the profile and the prompt configuration that are asked for.

    Args:
        command_line: checked values by name, ``profile`` and ``prompt_config`` among them.
        config_file: the user's settings; None is the usual file.

    Raises:
        SettingsError: a file cannot be used.
    """
    path = config_file or locations.config_file()
    return _configuration(command_line or {}, load_settings(path), path).reread()


def load_usable_configuration(
    command_line: Mapping[str, Any], config_file: Path | None = None
) -> Configuration:
    """Read the same, but leave out what the user's settings have that cannot be used.

    The notes tell of each fault.

    Raises:
        SettingsError: a file that the command line asks for cannot be used.
    """
    path = config_file or locations.config_file()
    problems: tuple[str, ...] = ()
    try:
        settings = load_settings(path)
    except SettingsError:
        from engine.config.leniency import load_usable_settings  # no start waits for it otherwise

        settings, problems = load_usable_settings(path)
    configuration = _configuration(command_line, settings, path)
    try:
        read = configuration.reread()
    except SettingsError as error:
        usable = _reread_without_some(configuration)
        if usable is None:
            raise
        read, problems = usable, (*problems, f"{error} It is not used.")
    return replace(read, notes=(*problems, *read.notes))


def _reread_without_some(configuration: Configuration) -> Configuration | None:
    """Return what is in force without as few as can be of the files that the settings name."""
    kept = configuration.kept.values
    named = [name for name in NAMING_FILES if name in kept]
    for count in range(1, len(named) + 1):
        for left_out in combinations(named, count):
            values = {name: value for name, value in kept.items() if name not in left_out}
            try:
                return configuration.with_kept(values).reread()
            except SettingsError:
                continue
    return None


def _configuration(
    command_line: Mapping[str, Any], settings: Settings, path: Path
) -> Configuration:
    return Configuration(
        (
            Layer("command line", command_line),
            Layer("settings", flattened(settings), str(path)),
        ),
        profiles_folder=path.parent / locations.profiles_folder().name,
    )


def find_setting(name: str) -> str:
    """Return the name of a setting or hyperparameter, checked.

    Raises:
        SettingsError: there is none of this name.
    """
    if name in DEFAULTS:
        return name
    raise SettingsError(f"There is no setting {name!r}{suggestion(name, DEFAULTS)}.")


def flattened(model: Record) -> dict[str, Any]:
    """Return what a file sets, by name, the entries of its tables one by one."""
    values: dict[str, Any] = {}
    for name in model.model_fields_set:
        value = getattr(model, name)
        if name == "hyperparameters":
            values |= value
        elif name == "placeholders":
            values |= {PLACEHOLDER + key: text for key, text in value.items()}
        elif name not in NOT_LISTED:
            values[name] = value
    return values


def show(value: Any) -> str:
    """Return a value as a person reads it, in one line."""
    match value:
        case None | "" | ():
            return "-"
        case bool():
            return "on" if value else "off"
        case tuple():
            return "1 dialogue" if len(value) == 1 else f"{len(value)} dialogues"
        case float():
            return f"{value:g}"
        case dict() if value:
            return ", ".join(f"{name}: {' or '.join(each) or '-'}" for name, each in value.items())
        case dict():
            return "-"
        case _:
            return " ".join(str(value).split())


SETTINGS = tuple(name for name in Settings.model_fields if name not in NOT_LISTED)
DEFAULTS: Mapping[str, Any] = {
    **{name: Settings.model_fields[name].default for name in SETTINGS},
    **Hyperparameters().model_dump(),
}
"""All settings and hyperparameters that a person can ask about, with their defaults."""
