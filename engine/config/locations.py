"""The only place that knows where on this machine the program keeps things.

Everything follows the platform's convention (XDG on Linux, ``~/Library`` on a Mac), unless the
environment variable ``HARMONY_TUI_HOME`` names one folder to hold it all.
"""

from __future__ import annotations

import os
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


def sessions_folder() -> Path:
    """One JSONL file per conversation."""
    return _folder("data") / "sessions"


def cache_folder() -> Path:
    """What can be made again at any time."""
    return _folder("cache")


def prefixes_folder() -> Path:
    """What models have read, as they keep it in their KV cache."""
    return cache_folder() / "prefixes"


def log_file() -> Path:
    """Where errors go, with their tracebacks; a message on the screen names this path."""
    return _folder("log") / "harmony-tui.log"


def locate_model(name: str | None, models_folder: str | None) -> str | None:
    """Return the folder of a model in the user's folder of models, or the name as it is."""
    if name and models_folder and (folder := Path(models_folder) / name).is_dir():
        return str(folder)
    return name
