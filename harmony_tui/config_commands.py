"""The subcommands about settings: the profiles, what is set, editing it, and what is wrong with it.

Each is a function that adds its arguments to a parser, and one that does its work.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from harmony_tui.cli_options import PROGRAM
from harmony_tui.exit_codes import ANSWERED, FAILED
from harmony_tui.printing import SubcommandError, add_json, aligned, print_json, print_lines

if TYPE_CHECKING:
    from harmony_tui.configuring import FileReport, ProfileReport

PROFILES = "[--names | --json]"
EDIT = "[--json]"
SHOW = "[WORD] [--model NAME] [--profile NAME] [--prompt-config FILE] [--json]"
VALIDATE = "[--json]"
"""What follows the words, as usages have it."""

LONGEST_VALUE = 50
"""Characters of a value that a list of settings shows; ``--json`` has all of them."""


# --- profiles ---------------------------------------------------------------------------------


def add_profiles_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``profiles`` takes."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--names", action="store_true", help="print the names alone")
    how.add_argument("--json", action="store_true", help="print it as JSON")


def list_profiles(given: argparse.Namespace) -> int:
    """List the profiles, and say what is wrong with those that cannot be used."""
    from engine.config import locations
    from engine.config.profiles import profile_names

    folder = locations.profiles_folder()
    if given.names:
        if names := profile_names(folder):
            print_lines(*names)
        return ANSWERED
    from harmony_tui.configuring import examine_profiles

    found = examine_profiles()
    if given.json:
        print_json([report.to_json() for report in found])
    elif not found:
        print_lines(f"There are no profiles. Each is a file, NAME.toml, in {folder}")
    else:
        print_lines(*_described(found))
    return FAILED if any(report.problem for report in found) else ANSWERED


def _described(found: Sequence[ProfileReport]) -> Iterator[str]:
    """Give the lines about profiles: what each is for, and what is wrong with it."""
    rows = [
        (
            "problem" if report.problem else "ok",
            report.name,
            report.description,
            report.model or "",
            f"extends {', '.join(report.extends)}" if report.extends else "",
        )
        for report in found
    ]
    for report, line in zip(found, aligned(rows), strict=True):
        yield line
        if report.problem:
            yield f"    {report.problem}"


# --- config show ---------------------------------------------------------------------------------


def add_show_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``config show`` takes."""
    parser.add_argument(
        "word", nargs="?", default="", metavar="WORD", help="only those with this in their name"
    )
    parser.add_argument("--model", metavar="NAME", help="as if it were given with this model")
    parser.add_argument("--profile", metavar="NAME", help="as if it were given with this profile")
    parser.add_argument(
        "--prompt-config", metavar="FILE", help="as if it were given with this prompt configuration"
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def show_config(given: argparse.Namespace) -> int:
    """List what is set, and where each value came from."""
    from engine.config.reading import SettingsError
    from harmony_tui.configuring import find_settings, to_json

    names = ("model", "profile", "prompt_config")
    asked = {name: value for name in names if (value := getattr(given, name)) is not None}
    try:
        configuration, notes = find_settings(asked)
    except SettingsError as error:
        raise SubcommandError(str(error)) from error
    for note in notes:
        print(f"{PROGRAM}: {note}", file=sys.stderr)
    values = [value for value in configuration.listing() if given.word in value.name]
    if not values:
        from engine.config.names import suggestion
        from engine.config.precedence import DEFAULTS

        meant = suggestion(given.word, DEFAULTS)
        raise SubcommandError(f"No setting has {given.word!r} in its name{meant}.")
    if given.json:
        print_json([to_json(value) for value in values])
    else:
        rows = ((value.name, _shortened(value.shown), value.came_from) for value in values)
        print_lines(*aligned(rows))
    return ANSWERED


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


# --- config edit --------------------------------------------------------------------------------


def add_edit_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``config edit`` takes."""
    add_json(parser)


def edit_config(given: argparse.Namespace) -> int:
    """Have the person edit ``config.toml``, and say what is wrong with it then."""
    from engine.config import locations
    from harmony_tui.configuring import FileReport, examine_config
    from harmony_tui.prompt.editor import EditorError, edit_file

    path = locations.config_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError), path.open("x", encoding="utf-8") as file:
            file.write(FRESH)
        edit_file(path, contextlib.nullcontext)
    except OSError as error:
        where = error.filename or path
        raise SubcommandError(f"{where} cannot be written: {error.strerror}.") from error
    except EditorError as error:
        raise SubcommandError(str(error)) from error
    faults = examine_config(path)
    if given.json:
        print_json(FileReport(path, tuple(faults)).to_json())
        return FAILED if faults else ANSWERED
    if faults:
        said = " ".join(fault.shown for fault in faults)
        raise SubcommandError(f"{path}: {said} Mend it with: {PROGRAM} config edit")
    return ANSWERED


FRESH = f"""# What is set for {PROGRAM}; every line may be left out.
# `{PROGRAM} config show` lists every setting, and where its value came from.
"""
"""What a file that was not there begins with."""


# --- config validate ----------------------------------------------------------------------------


def add_validate_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``config validate`` takes."""
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def validate_config(given: argparse.Namespace) -> int:
    """Read every file that a person writes for the program, and say all that is wrong with it."""
    from harmony_tui.configuring import examine_files

    found = list(examine_files())
    if given.json:
        print_json([report.to_json() for report in found])
    else:
        print_lines(*_states(found))
    return FAILED if any(report.faults for report in found) else ANSWERED


def _states(found: Sequence[FileReport]) -> Iterator[str]:
    for report in found:
        yield f"{report.state:7}  {report.path}"
        yield from (f"    {fault.shown}" for fault in report.faults)
