"""The subcommands about the models on this machine: list, download, remove.

Each is a function that adds its arguments to a parser, and one that does its work.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from harmony_tui.exit_codes import ANSWERED, FAILED, INTERRUPTED
from harmony_tui.printing import SubcommandError, add_json, agrees, print_lines, tell

if TYPE_CHECKING:
    from pathlib import Path

    from engine.config.settings import Settings
    from harmony_tui.downloads import Download
    from harmony_tui.model_survey import Surveyed

LIST = "[--json]"
DOWNLOAD = "NAME [--json]"
REMOVE = "NAME [--yes] [--json]"
"""What follows the words, as usages have it."""

LOOK_SECONDS = 0.2
STOP_SECONDS = 3.0
"""So long a download that is stopped has to write what came."""


def find(name: str | None) -> Path:
    """Return the folder of a model, which may lie in a folder of models.

    Raises:
        CheckpointError: there is none of this name.
        SubcommandError: the settings cannot be read.
    """
    from engine.config import locations
    from engine.upkeep import find_model

    return find_model(locations.locate_model(name, _models_folder()))


# --- list -------------------------------------------------------------------------------------


def add_list_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``models list`` takes."""
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def list_models(given: argparse.Namespace) -> int:
    """List the models on this machine, and what is wrong with those that cannot be loaded."""
    from engine.conversation.titles import one_line
    from harmony_tui.model_survey import find_models, size, survey

    settings = _settings()
    limit = settings.memory_limits.context
    found = [survey(each.model, limit) for each in find_models(settings.models_folder, ())]
    if given.json:
        import json

        print(json.dumps([_to_json(each) for each in found], indent=2))
        return ANSWERED
    names = [one_line(each.model.name) for each in found]
    width = max(map(len, names))
    for name, each in zip(names, found, strict=True):
        known = f"{each.quantization}  {each.fit.describe()}" if each.fit else "cannot be loaded"
        print_lines(f"{name:{width}}  {size(each.model.byte_count):>8}  {known}")
        if each.problem:
            print_lines(f"    {one_line(each.problem)}")
    return ANSWERED


def _to_json(surveyed: Surveyed) -> dict[str, Any]:
    model, fit = surveyed.model, surveyed.fit
    return {
        "name": model.name,
        "path": str(model.folder),
        "place": model.place,
        "bytes": model.byte_count,
        "bytes_when_downloaded": model.unfinished,
        "quantization": surveyed.quantization or None,
        "memory": fit and {"needed": fit.needed, "free": fit.free, "total": fit.total},
        "verdict": fit and fit.verdict,
        "problem": surveyed.problem or None,
    }


# --- download ---------------------------------------------------------------------------------


def add_download_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``models download`` takes."""
    parser.add_argument(
        "name", metavar="NAME", help="a repository's name, such as openai/gpt-oss-20b"
    )
    add_json(parser)


def download(given: argparse.Namespace) -> int:
    """Download a model into the folder of models; Ctrl+C stops it, and it goes on the next time."""
    from engine.config import locations
    from harmony_tui.downloads import Download

    running = Download(given.name, locations.models_folder(_models_folder()))
    return follow(running, as_json=given.json)


def follow(running: Download, *, as_json: bool = False) -> int:
    """Wait until a download is over, and return the exit code; Ctrl+C stops it.

    Raises:
        SubcommandError: it failed.
    """
    try:
        _follow(running)
    except KeyboardInterrupt:
        running.cancel()
        running.wait(STOP_SECONDS)
        _end_line()
        print("Stopped. What came is kept: the same command goes on from there.", file=sys.stderr)
        return INTERRUPTED
    _end_line()
    if running.problem:
        raise SubcommandError(running.problem)
    if running.folder is None:
        return FAILED
    told = {"name": running.name, "path": str(running.folder)}
    tell(told, f"{running.name} is in {running.folder}", as_json=as_json)
    return ANSWERED


def _follow(running: Download) -> None:
    """Wait for a download's end, and have a terminal show how far it is."""
    while not running.is_over:
        if sys.stderr.isatty():
            print(f"\r{running.describe()}\x1b[K", end="", file=sys.stderr, flush=True)
        running.wait(LOOK_SECONDS)


def _end_line() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


# --- remove -----------------------------------------------------------------------------------


def add_remove_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``models remove`` takes."""
    parser.add_argument("name", metavar="NAME", help="the model as models list names it")
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    add_json(parser)


def remove(given: argparse.Namespace) -> int:
    """Delete a model's files, or those of a download that is not over, if the person wants that."""
    from engine.upkeep import CheckpointError, remove_model
    from harmony_tui.model_survey import find_models, size

    found = [each.model for each in find_models(_models_folder(), ())]
    model = next((each for each in found if given.name in (each.name, str(each.folder))), None)
    if model is None:
        raise SubcommandError(
            f"There is no model {given.name!r} among those that harmony-tui models list names."
        )
    what = f"{model.name}, {size(model.byte_count)} in {model.folder}"
    is_wanted = given.yes or agrees(f"Delete {what} for good?")
    try:
        if is_wanted:
            remove_model(model)
    except CheckpointError as error:
        raise SubcommandError(str(error)) from error
    told = {"name": model.name, "path": str(model.folder), "bytes": model.byte_count}
    said = f"Deleted {what}" if is_wanted else "Nothing is deleted"
    tell({**told, "deleted": is_wanted}, said, as_json=given.json)
    return ANSWERED if is_wanted else FAILED


# --- what they share --------------------------------------------------------------------------


def _models_folder() -> str | None:
    """Return the folder of models that the settings name."""
    return _settings().models_folder


def _settings() -> Settings:
    from engine.config.precedence import load_configuration
    from engine.config.settings import SettingsError

    try:
        return load_configuration().settings
    except SettingsError as error:
        raise SubcommandError(str(error)) from error
