"""What is said about the things that can be typed after a command, while they are completed."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.config.editing import find_kind
from engine.config.hyperparameters import Hyperparameters
from engine.config.precedence import DEFAULTS, show
from engine.config.presets import load_presets
from engine.config.profiles import NO_PROFILE, load_profile
from engine.config.reading import SettingsError
from harmony_tui.commands.prompt import explain_hyperparameter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from harmony_tui.app import HarmonyApp

EFFORTS = {
    "low": "answers soonest, for what is easy",
    "medium": "thinks as long as most questions need",
    "high": "thinks longest, for what is hard",
}
PRESET_ACTIONS = {
    "save": "put the values that are set now under a name",
    "compare": "tell what differs",
    "delete": "delete one of your own",
}
BUNDLED = "demo"
DOWNLOADABLE = ("openai/gpt-oss-20b", "openai/gpt-oss-120b")
KNOWN_SECONDS = 5
"""So long what was found on the disk is taken for what is there."""


def explain_change(app: HarmonyApp, typed: str) -> str:
    """Return the value that a setting has, what it takes and what it is for."""
    name = typed.partition(" ")[0]
    if name in Hyperparameters.model_fields or name not in DEFAULTS:
        return explain_hyperparameter(app, name)
    value = app.engine.configuration[name]
    return f"{value.shown} now · {find_kind(name).takes} · {value.description}"


def explain_effort(_: HarmonyApp, effort: str) -> str:
    """Return what an effort is good for."""
    return EFFORTS.get(effort, "")


def explain_preset(_: HarmonyApp, typed: str) -> str:
    """Return what a preset sets, or what is done with one."""
    word, _space, name = typed.partition(" ")
    if word in PRESET_ACTIONS:
        return PRESET_ACTIONS[word] if not name else f"{word} {name}"
    try:
        presets, _problems = load_presets()
    except SettingsError as error:
        return str(error)
    if word not in presets:
        return ""
    usual = Hyperparameters().model_dump()
    values = presets[word].values.items()
    changed = [f"{each} {show(value)}" for each, value in values if usual.get(each) != value]
    return ", ".join(changed) or "all as usual"


def explain_theme(app: HarmonyApp, name: str) -> str:
    """Return what a theme says about itself."""
    if name not in app.available_themes:
        return ""
    kind = "dark" if app.available_themes[name].dark else "light"
    return f"{kind} · {app.about_theme(name).partition(chr(10))[0]}"


def explain_profile(app: HarmonyApp, name: str) -> str:
    """Return what a profile is for, or what is wrong with it."""
    if name == NO_PROFILE:
        return "use no profile"
    try:
        profile = load_profile(name, app.engine.configuration.profiles_folder)[0].profile
    except SettingsError:
        return ""
    return profile.description or f"model {profile.model}" if profile.model else profile.description


# --- what is on the disk ------------------------------------------------------------------------


def known_models(app: HarmonyApp) -> Sequence[str]:
    """Return the models to choose from: those on this machine, and those known by name."""
    return tuple(dict.fromkeys((BUNDLED, *_models(app), *DOWNLOADABLE)))


def explain_model(app: HarmonyApp, name: str) -> str:
    """Return where a model lies and how large it is."""
    if name == BUNDLED:
        return "the bundled model"
    if (said := _models(app).get(name)) is not None:
        return said
    return "is downloaded from Hugging Face" if name in DOWNLOADABLE else ""


def _models(app: HarmonyApp) -> Mapping[str, str]:
    # Before a model is there the look itself would import MLX, which no key may wait for.
    if app.engine.model is None:
        return {}
    return _find_models(app.settings.models_folder, _now())


@lru_cache(maxsize=1)
def _find_models(models_folder: str | None, _: int) -> Mapping[str, str]:
    from harmony_tui.model_survey import find_models, size

    found = (each.model for each in find_models(models_folder, ()))
    return {
        each.name: f"{each.place} · {size(each.byte_count)}"
        for each in found
        if each.unfinished is None
    }


def explain_session(app: HarmonyApp, id_: str) -> str:
    """Return the title of a session."""
    return _find_titles(app.engine.sessions_folder, _now()).get(id_, "")


@lru_cache(maxsize=1)
def _find_titles(folder: Path, _: int) -> Mapping[str, str]:
    from engine.conversation.index import Index

    index = Index(folder)
    if not index.file.exists():
        return {}  # it would be made of all sessions there are, while a key waits
    try:
        return {each.path.stem: each.title for each in index.sessions()}
    finally:
        index.close()


def _now() -> int:
    return int(time.monotonic() // KNOWN_SECONDS)
