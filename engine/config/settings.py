"""The user's settings: ``config.toml``, what may stand in it, and which setting wins."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from engine.config.hyperparameters import HyperparameterError, Hyperparameters

EFFECTS: Approval = "effects"

Approval = Literal["always", "effects", "never"]
"""Ask before every tool call, before those that touch something outside the program, or never."""

APPROVALS: tuple[Approval, ...] = get_args(Approval)


class SettingsError(Exception):
    """The settings cannot be used; the message names the file, the key and what to do."""


class Settings(BaseModel):
    """What ``config.toml`` may set; everything has a default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(
        default=None, description="Folder or downloaded name of the model; else the bundled one"
    )
    theme: str = Field(default="harmony-dark", description="Name of a colour theme")
    instructions: str = Field(
        default="", description="What the model is told at the start of every conversation"
    )
    approval: Approval = Field(
        default="effects",
        description="Ask before every tool call (always), those that touch something (effects), "
        "or none (never)",
    )
    read_ahead: bool = Field(
        default=True,
        description="Read the conversation, and drafts as they are typed, before Enter",
    )
    disk_cache: bool = Field(
        default=True, description="Keep what was read on disk, so that a restart need not read it"
    )
    unpack: bool = Field(
        default=False,
        description="On a GPU hold packed weights in 16 bits, if memory allows: on CUDA prompts "
        "are then read faster",
    )
    guided: bool = Field(
        default=True,
        description="Sample no header that Harmony does not have, and no arguments that "
        "a tool does not take",
    )
    hyperparameters: dict[str, Any] = Field(
        default_factory=dict, description="Values that replace the model's own"
    )

    @field_validator("hyperparameters")
    @classmethod
    def _check_hyperparameters(cls, values: dict[str, Any]) -> dict[str, Any]:
        override(Hyperparameters(), values)
        return values


def override(base: Hyperparameters, values: dict[str, Any]) -> Hyperparameters:
    """Return hyperparameters with some values replaced.

    Raises:
        ValueError: a name or value that cannot be set; the message says what can.
    """
    for name, value in values.items():
        base = base.with_value(name, value if isinstance(value, dict) else str(value))
    return base


def starting_hyperparameters(settings: Settings, defaults: dict[str, float]) -> Hyperparameters:
    """Return what a conversation begins with: the user's values, else the model's, else ours.

    A model's default that is out of range is left out: its file is not the user's to mend.
    """
    base = Hyperparameters()
    for name, value in defaults.items():
        try:
            base = base.with_value(name, value if isinstance(value, dict) else str(value))
        except HyperparameterError:
            continue
    return override(base, settings.hyperparameters)


def load_settings(path: Path) -> Settings:
    """Return the settings in a file; all defaults if there is no such file.

    Raises:
        SettingsError: the file cannot be read, is not TOML, or sets something that cannot be set.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}. Mend or remove it.") from error
    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        raise SettingsError(f"{path}: {_explain(error)} Mend or remove that line.") from error


def _explain(error: ValidationError) -> str:
    problem = error.errors()[0]
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"there is no setting {key!r}; there are: {', '.join(Settings.model_fields)}."
    if problem["type"] == "literal_error":
        return f"{key!r} is one of: {', '.join(APPROVALS)}."
    return f"{key!r}: {problem['msg'].removeprefix('Value error, ')}."
