"""What a setting can be, and what the text that a person types for one means."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from engine.config.hyperparameters import HyperparameterError, Hyperparameters
from engine.config.precedence import PLACEHOLDER, find_setting
from engine.config.reading import PATHS, SettingsError
from engine.config.schema import Field, Record, problems, reason
from engine.config.settings import Settings

ON, OFF = "on", "off"
LINE_END = "⏎"
"""Stands for the end of a line in a text that is typed in one line."""
LARGEST_SAID = 2**32
"""A limit from here on is as good as none to a person."""


class Kind(NamedTuple):
    """What values a setting takes."""

    takes: str
    """As a person reads it, such as ``a whole number from 0 on``; empty where none is typed."""
    choices: tuple[str, ...] = ()
    """All that it takes, where that is a few words."""

    @property
    def is_typed(self) -> bool:
        """Whether a value can be given as text."""
        return bool(self.takes)


def find_kind(name: str) -> Kind:
    """Return what values a setting, placeholder or hyperparameter takes.

    Raises:
        SettingsError: there is none of this name.
    """
    if name.startswith(PLACEHOLDER):
        return Kind("a text")
    field = _field(name)
    match _plain(field.annotation):
        case type() as kind if kind is bool:
            return Kind(f"{ON} or {OFF}", (ON, OFF))
        case kind if get_origin(kind) is Literal:
            words = tuple(map(str, get_args(kind)))
            return Kind(f"{', '.join(words[:-1])} or {words[-1]}", words)
        case type() as kind if kind in (int, float):
            return Kind(_describe_range(field, "a whole number" if kind is int else "a number"))
        case type() as kind if kind is datetime:
            return Kind("a moment with its time zone, such as 2026-01-31T12:00:00Z, or nothing")
        case kind if get_args(kind) == (str, ...):
            return Kind(f"{ON}, {OFF}, or names parted by blanks")
        case type() as kind if kind is str:
            return Kind("a text" if field.annotation is str else "a text, or nothing")
        case _:
            return Kind("")  # lists and tables, which are written in a file


def read_value(name: str, text: str) -> Any:
    """Return the value that a text means for a setting, placeholder or hyperparameter.

    Nothing stands for no value, where a setting can have none; a relative path begins at the
    current folder.

    Raises:
        SettingsError: there is no such setting, or it does not take this; one sentence says what.
    """
    kind = find_kind(name)
    if not kind.is_typed:
        raise SettingsError(f"{name} is no single value. Edit it in a file: /help settings.")
    if name.startswith(PLACEHOLDER):
        return text.replace(LINE_END, "\n")
    field = _field(name)
    given: str | None = text.strip()
    if not given and field.annotation is not str:
        given = None
    try:
        value = _validated(name, given if field.annotation in (float, int) else _unfolded(given))
    except ValueError as error:
        raise SettingsError(f"{name} cannot be {given or ''!r}: {_reason(error, kind)}.") from error
    if name in PATHS and value is not None:
        return str(_absolute(name, value))
    return value


def write_text(value: Any) -> str:
    """Return the text in one line that ``read_value`` reads as a value."""
    match value:
        case None:
            return ""
        case bool():
            return ON if value else OFF
        case datetime():
            return value.isoformat()
        case tuple():
            return " ".join(value) or OFF
        case float():
            return f"{value:.15g}"
        case _:
            return str(value).replace("\n", LINE_END)


def _field(name: str) -> Field:
    models: tuple[type[Record], ...] = (Hyperparameters, Settings)
    find_setting(name)
    return next(model.model_fields[name] for model in models if name in model.model_fields)


def _plain(annotation: Any) -> Any:
    """Return a type without the None that it may be besides."""
    if get_origin(annotation) in (Union, UnionType):
        kinds = [each for each in get_args(annotation) if each is not type(None)]
        return kinds[0] if len(kinds) == 1 else None
    return annotation


def _describe_range(field: Field, what: str) -> str:
    bounds = field.bounds
    low, high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
    if low is not None:
        what += f" {'above' if 'gt' in bounds else 'from'} {low:,g}"
    if high is not None and high < LARGEST_SAID:
        return f"{what} {'to' if 'le' in bounds else 'to below'} {high:,g}"
    return what if low is None or "gt" in bounds else f"{what} on"


def _validated(name: str, value: str | None) -> Any:
    if name in Hyperparameters.model_fields:
        return getattr(Hyperparameters().with_value(name, value or ""), name)
    return getattr(Settings.model_validate({name: value}), name)


def _unfolded(text: str | None) -> str | None:
    return None if text is None else text.replace(LINE_END, "\n")


def _reason(error: ValueError, kind: Kind) -> str:
    """Return why a value is not taken: the setting's own words, else what it takes."""
    cause = error.__cause__ if isinstance(error, HyperparameterError) else error
    if isinstance(cause, ValueError) and problems(cause)[0]["type"] == "value_error":
        return reason(cause)
    return f"it takes {kind.takes}"


def _absolute(name: str, text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except (RuntimeError, OSError) as error:
        raise SettingsError(f"{name} cannot be {text!r}: write the path in full.") from error
