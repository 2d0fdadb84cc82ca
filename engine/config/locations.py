"""The only place that knows where on this machine the program keeps things.

Everything follows the platform's convention (XDG on Linux, ``~/Library`` on a Mac), unless the
environment variable ``HARMONY_TUI_HOME`` names one folder to hold it all.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

import platformdirs

APPLICATION = "harmony-tui"


def _folder(kind: str) -> Path:
    home = os.environ.get("HARMONY_TUI_HOME")
    if home:
        return Path(home).expanduser() / kind
    return Path(getattr(platformdirs, f"user_{kind}_dir")(APPLICATION, appauthor=False))


def config_file() -> Path:
    """The user's settings, in TOML."""
    return _folder("config") / "config.toml"


def themes_folder() -> Path:
    """The user's own colour themes, one TOML file each."""
    return _folder("config") / "themes"


def profiles_folder() -> Path:
    """The user's profiles, one TOML file each."""
    return _folder("config") / "profiles"


def presets_file() -> Path:
    """The user's own presets of hyperparameters, in TOML."""
    return _folder("config") / "presets.toml"


def permissions_file() -> Path:
    """What tools may do without asking, or never: the user's rules, in TOML."""
    return _folder("config") / "permissions.toml"


def own_tools_folder() -> Path:
    """Where the user's own tools are: functions in ``tools.py``, all else in ``tools.toml``."""
    return _folder("config")


def sessions_folder() -> Path:
    """One JSONL file per conversation."""
    return _folder("data") / "sessions"


def figures_folder() -> Path:
    """Pictures that the model's code has drawn, PNG."""
    return _folder("data") / "figures"


def history_file() -> Path:
    """What was sent from the prompt box, in JSON lines."""
    return _folder("data") / "history.jsonl"


def drafts_folder() -> Path:
    """What was written in the prompt box and not sent, one file each."""
    return _folder("data") / "drafts"


def models_folder(chosen: str | None) -> Path:
    """Where models are downloaded to: the folder that the settings name, or else the usual one."""
    return Path(chosen) if chosen else _folder("data") / "models"


def cache_folder() -> Path:
    """What can be made again at any time."""
    return _folder("cache")


def prefixes_folder() -> Path:
    """What models have read, as they keep it in their KV cache."""
    return cache_folder() / "prefixes"


def state_folder() -> Path:
    """What is remembered from one start to the next but was never said or set."""
    return _folder("state")


def log_file() -> Path:
    """Where errors go, with their tracebacks; a message on the screen names this path."""
    return _folder("log") / "harmony-tui.log"


_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)


def is_repository_name(text: str) -> bool:
    """Whether a text is written as repositories of models are named, such as openai/gpt-oss-20b."""
    return _REPOSITORY.fullmatch(text) is not None and ".." not in text


def locate_model(name: str | None, chosen: str | None) -> str | None:
    """Return the folder of a model in a folder of models, or the name as it is.

    Args:
        name: as the person gives it.
        chosen: the folder of models that the settings name, which goes before all others. The usual
            one comes after a folder that the name is a path of.
    """
    if not name:
        return name
    # A name that cannot be one of a file is left to whoever says that there is no such model.
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        if chosen and (folder := Path(chosen) / name).is_dir():
            return str(folder)
        folder = models_folder(None) / name
        if not Path(name).expanduser().is_dir() and folder.is_dir():
            return str(folder)
    return name
