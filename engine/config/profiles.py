"""Profiles: a model, a prompt configuration and settings under one name.

Each is a file of its own, ``profiles/NAME.toml`` in the folder of ``config.toml``, so that one can
be handed on, kept in version control and mended without touching the others; the file's name is the
profile's. What a profile does not set is taken from the one that it extends.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from engine.config.names import suggestion
from engine.config.reading import SettingsError, read_toml, validate
from engine.config.schema import setting
from engine.config.settings import SharedSettings

NO_PROFILE = "none"
"""What is given in place of a profile's name to use none."""


class Profile(SharedSettings):
    """What a profile's file may set; everything may be left out."""

    description: str = setting(default="", description="What the profile is for, in a few words")
    extends: str | None = setting(
        default=None, description="The profile that gives what this one does not set"
    )


class LoadedProfile(NamedTuple):
    """A profile, its name and its file."""

    name: str
    path: Path
    profile: Profile


def profile_names(folder: Path) -> list[str]:
    """Return the names of the profiles in a folder, sorted; none if it cannot be read."""
    try:
        names = [path.stem for path in folder.iterdir() if path.suffix == ".toml"]
    except OSError:
        return []
    return sorted(name for name in names if not name.startswith("."))


def load_profile(name: str, folder: Path) -> list[LoadedProfile]:
    """Return a profile and those that it extends, the nearest first.

    Raises:
        SettingsError: one of them does not exist or cannot be used, or they go in a circle.
    """
    chain: list[LoadedProfile] = []
    wanted: str | None = name
    while wanted is not None:
        names = [each.name for each in chain]
        if wanted in names:
            circle = " -> ".join([*names[names.index(wanted) :], wanted])
            raise SettingsError(
                f"{chain[-1].path}: 'extends' goes in a circle: {circle}. Take it out of one."
            )
        chain.append(_load(wanted, folder, chain[-1].path if chain else None))
        wanted = chain[-1].profile.extends
    return chain


def _load(name: str, folder: Path, extending: Path | None) -> LoadedProfile:
    path = folder / f"{name}.toml"
    try:
        if name and Path(name).name == name:
            return LoadedProfile(name, path, validate(Profile, read_toml(path), path))
    except FileNotFoundError:
        pass  # as with a name that can be no file's: there is no such profile
    names = profile_names(folder)
    listed = f"There are: {', '.join(names)}." if names else f"{folder} holds none."
    said = f"there is no profile {name!r}{suggestion(name, names)}. {listed}"
    if extending is not None:
        raise SettingsError(f"{extending}: 'extends': {said}")
    raise SettingsError(said[0].upper() + said[1:])
