"""Reads configuration files and says, of what is wrong in one, the file, the key and a remedy."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from engine.config import predecessor
from engine.config.hyperparameters import Hyperparameters
from engine.config.names import nearest, suggestion
from engine.config.schema import Record, problems

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=Record)

PATHS = ("prompt_config", "sessions_folder", "models_folder", "workspace")
"""Settings that are paths; a relative one begins at the folder of the file that it stands in."""


class Fault(NamedTuple):
    """One thing that is wrong in a file."""

    path: Path
    place: tuple[str | int, ...]
    """The keys that lead to it."""
    text: str


class SettingsError(Exception):
    """Settings cannot be used; the message names the file, the key and what to do."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        """Take the message, and all that is wrong where it tells the first fault alone."""
        super().__init__(message)
        self.faults = tuple(faults)


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        FileNotFoundError: there is no such file.
        SettingsError: it cannot be read or is not TOML.
    """
    content: dict[str, Any] = _read(path, "TOML", tomllib.loads)
    return content


def read_json(path: Path) -> Any:
    """Return the content of a JSON file.

    Raises:
        FileNotFoundError: there is no such file.
        SettingsError: it cannot be read or is not JSON.
    """
    return _read(path, "JSON", json.loads)


def _read(path: Path, language: str, parse: Callable[[str], Any]) -> Any:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except OSError as error:
        said = f"{path} cannot be read: {error.strerror}."
        raise SettingsError(said, [Fault(path, (), said)]) from error
    except (ValueError, RecursionError) as error:  # what all parsers and decoders raise
        said = f"{path} is not valid {language}: {error}. Mend or remove it."
        raise SettingsError(said, [Fault(path, (), said)]) from error


def validate(
    model: type[Model],
    content: Mapping[str, Any],
    path: Path,
    called: Mapping[str, str] | None = None,
) -> Model:
    """Return what a file sets, checked; its relative paths begin at its folder.

    Args:
        model: what may stand in the file.
        content: what stands there.
        path: the file.
        called: how a key is called in the file, where it is not by the field's own name.

    Raises:
        SettingsError: a key that there is none of, or a value that it does not take.
    """
    anchored = dict(content)
    for name in PATHS:
        if isinstance(value := anchored.get(name), str) and value:
            anchored[name] = str(path.parent / expanded(value, path, name))
    try:
        return model.model_validate(anchored)
    except ValueError as error:
        faults = [
            Fault(path, problem["loc"], _explain(problem, model, called or {}))
            for problem in problems(error)
        ]
        message = f"{path}: {faults[0].text} Mend or remove that line."
        raise SettingsError(message, faults) from error


def expanded(text: str, path: Path, name: str) -> Path:
    """Return a path with ``~`` replaced.

    Raises:
        SettingsError: there is no home folder that it could stand for.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        said = f"{name!r}: {error} Write the path in full."
        raise SettingsError(f"{path}: {said}", [Fault(path, (name,), said)]) from error


def _meant(key: str, model: type[Record]) -> str:
    """Return the part of a sentence that says what to write in place of a key there is none of."""
    known = model.model_fields
    if (name := predecessor.HYPERPARAMETERS.get(key, key)) in Hyperparameters.model_fields:
        return f" here; write {name} below [hyperparameters]"
    if (called := predecessor.SETTINGS.get(key)) is not None and called in known:
        return f"; it is called {called!r} here"
    if meant := suggestion(key, known):
        return meant
    if (near := nearest(key, Hyperparameters.model_fields)) is not None:
        return f" (did you mean {near!r}, below [hyperparameters]?)"
    return f"; there are: {', '.join(known)}"


def _explain(problem: ErrorDetails, model: type[Record], called: Mapping[str, str]) -> str:
    first, *rest = problem["loc"] or ("?",)
    key = ".".join(str(part) for part in [called.get(str(first), first), *rest])
    if problem["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        if rest:
            return f"there is no key {key!r}."
        return f"there is no setting {key!r}{_meant(key, model)}."
    if problem["type"] == "literal_error":
        allowed = problem["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return f"{key!r} is one of: {allowed}."
    if problem["type"] == "tuple_type":
        return f'{key!r} is a list, such as ["one", "two"].'
    message = problem["msg"].removeprefix("Value error, ").removesuffix(".")
    return f"{key!r}: {message[:1].lower()}{message[1:]}." if rest else f"{key!r}: {message}."
