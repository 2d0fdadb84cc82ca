"""The command line's subcommands: their table, and what each does.

Those about sessions, about models, and those that bring conversations in and give them out, are
files of their own.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harmony_tui import exchange_commands as exchange
from harmony_tui import models_commands as models
from harmony_tui import serving
from harmony_tui import sessions_commands as sessions
from harmony_tui.exit_codes import ANSWERED, FAILED
from harmony_tui.shell_completion import PROGRAM, Names

if TYPE_CHECKING:
    from pathlib import Path

    from engine.inspection import Inspection
    from engine.upkeep import Entry
    from harmony_tui.configuring import ProfileReport

LONGEST_VALUE = 50
"""Characters of a value that a list of settings shows; ``--json`` has all of them."""


class SubcommandError(Exception):
    """A subcommand cannot do its work; the message is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Subcommand:
    """What can stand at the beginning of the command line, and what it does."""

    words: tuple[str, ...]
    help: str
    run: Callable[[argparse.Namespace], int]
    """Takes what was given, returns the exit code, and raises SubcommandError."""
    takes: str = ""
    """What may follow the words, as it is written in a usage."""
    names: Names = ""
    """What that names, if it is something on this machine that a shell can complete."""

    @property
    def usage(self) -> str:
        """How it is written, without the program's name."""
        return " ".join([*self.words, self.takes]).rstrip()


def words() -> dict[str, list[str]]:
    """Return the first words, each with the second ones that can follow it."""
    found: dict[str, list[str]] = {}
    for subcommand in SUBCOMMANDS:
        first, *second = subcommand.words
        found.setdefault(first, []).extend(second)
    return found


def arguments() -> dict[tuple[str, ...], Names]:
    """Return what can be completed after the words of subcommands."""
    return {subcommand.words: subcommand.names for subcommand in SUBCOMMANDS if subcommand.names}


def build_parser() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """Return the parser of all subcommands, and the parser of each by its words."""
    parser = argparse.ArgumentParser(prog=PROGRAM, allow_abbrev=False)
    firsts = parser.add_subparsers(required=True, metavar="SUBCOMMAND")
    groups, leaves = {}, {}
    for subcommand in SUBCOMMANDS:
        first, *rest = subcommand.words
        under = firsts
        if rest:
            if first not in groups:
                group = firsts.add_parser(first, allow_abbrev=False)
                groups[first] = group.add_subparsers(
                    required=True, metavar="|".join(words()[first])
                )
            under = groups[first]
        leaf = under.add_parser(
            subcommand.words[-1],
            usage=f"{PROGRAM} {subcommand.usage}",
            help=subcommand.help,
            description=subcommand.help,
            allow_abbrev=False,
        )
        leaf.set_defaults(run=subcommand.run)
        leaves[" ".join(subcommand.words)] = leaf
    _add_inspect_arguments(leaves["models inspect"])
    models.add_list_arguments(leaves["models list"])
    models.add_download_arguments(leaves["models download"])
    _add_profiles_arguments(leaves["profiles"])
    _add_settings_arguments(leaves["settings"])
    sessions.add_list_arguments(leaves["sessions list"])
    sessions.add_search_arguments(leaves["sessions search"])
    sessions.add_show_arguments(leaves["sessions show"])
    sessions.add_rename_arguments(leaves["sessions rename"])
    sessions.add_delete_arguments(leaves["sessions delete"])
    sessions.add_restore_arguments(leaves["sessions restore"])
    sessions.add_empty_trash_arguments(leaves["sessions empty-trash"])
    exchange.add_import_arguments(leaves["import"])
    exchange.add_export_arguments(leaves["export"])
    exchange.add_convert_arguments(leaves["convert"])
    exchange.add_migrate_arguments(leaves["migrate"])
    serving.add_serve_arguments(leaves["serve"])
    return parser, leaves


def run(arguments: Sequence[str]) -> int:
    """Run the subcommand that the arguments begin with and return the exit code.

    Raises:
        SubcommandError: it failed, for a reason that its message explains.
        SystemExit: after ``--help`` (0) and wrong use (2).
    """
    parser, _ = build_parser()
    given = parser.parse_args(arguments)
    from harmony_tui.log import start_log

    start_log()
    try:
        code: int = given.run(given)
    except ImportError as error:
        message = f"A part of the program cannot be imported ({error}): ask {PROGRAM} doctor."
        raise SubcommandError(message) from error
    return code


# --- models inspect ---------------------------------------------------------------------------


def _add_inspect_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="a model's folder or downloaded name; left out, the bundled model",
    )
    parser.add_argument(
        "--bandwidth",
        type=_bandwidth,
        metavar="GBPS",
        help="the memory's GB/s: say how fast decoding can be at most",
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def _bandwidth(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of GB/s above 0")
    return number


def _inspect_model(given: argparse.Namespace) -> int:
    from engine.inspection import inspect
    from engine.upkeep import CheckpointError

    try:
        inspection = inspect(models.find(given.name))
    except CheckpointError as error:
        raise SubcommandError(str(error)) from error
    if given.json:
        _print(_as_json(inspection, given.bandwidth))
    else:
        _print(*_aligned(inspection.describe(given.bandwidth)))
    return ANSWERED


def _as_json(inspection: Inspection, bandwidth: float | None) -> str:
    import json

    from engine.inspection import FULL_CONTEXT

    content = inspection.to_json()
    if bandwidth is not None:
        content["decode_ceilings"] = [
            {"context": n, "tokens_per_second": inspection.decode_ceiling(bandwidth, n)}
            for n in (0, FULL_CONTEXT)
        ]
    return json.dumps(content, indent=2)


# --- profiles ---------------------------------------------------------------------------------


def _add_profiles_arguments(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--names", action="store_true", help="print the names alone")
    how.add_argument("--json", action="store_true", help="print it as JSON")


def _list_profiles(given: argparse.Namespace) -> int:
    from engine.config import locations
    from engine.config.profiles import profile_names

    folder = locations.profiles_folder()
    if given.names:
        if names := profile_names(folder):
            _print(*names)
        return ANSWERED
    from harmony_tui.configuring import examine_profiles

    found = examine_profiles()
    if given.json:
        import json

        _print(json.dumps([report.to_json() for report in found], indent=2))
    elif not found:
        _print(f"There are no profiles. Each is a file, NAME.toml, in {folder}")
    else:
        _print(*_described(found))
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
    for report, line in zip(found, _aligned(rows), strict=True):
        yield line
        if report.problem:
            yield f"    {report.problem}"


# --- settings ---------------------------------------------------------------------------------


def _add_settings_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "word", nargs="?", default="", metavar="WORD", help="only those with this in their name"
    )
    parser.add_argument("--model", metavar="NAME", help="as if it were given with this model")
    parser.add_argument("--profile", metavar="NAME", help="as if it were given with this profile")
    parser.add_argument(
        "--prompt-config", metavar="FILE", help="as if it were given with this prompt configuration"
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def _list_settings(given: argparse.Namespace) -> int:
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
        import json

        _print(json.dumps([to_json(value) for value in values], indent=2))
    else:
        rows = ((value.name, _shortened(value.shown), value.came_from) for value in values)
        _print(*_aligned(rows))
    return ANSWERED


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


# --- doctor -----------------------------------------------------------------------------------


def _examine(_: argparse.Namespace) -> int:
    from engine.examination import examine

    findings = examine()
    rows = [(finding.state, finding.name, finding.text) for finding in findings]
    for finding, line in zip(findings, _aligned(rows), strict=True):
        _print(line, *([f"    {finding.remedy}"] if finding.remedy else []))
    return FAILED if any(finding.state == "problem" for finding in findings) else ANSWERED


# --- cache ------------------------------------------------------------------------------------


def _list_cache(_: argparse.Namespace) -> int:
    import time

    folder, found = _cache()
    now = time.time()
    rows = [
        (_size(entry.byte_count), f"{entry.end - entry.start:,} tokens", _age(now - entry.used))
        for entry in found
    ]
    _print(*_aligned(rows), f"{_total(found)}, in {folder}")
    return ANSWERED


def _clear_cache(_: argparse.Namespace) -> int:
    from engine.upkeep import clear

    folder, _found = _cache()
    try:
        freed = clear(folder)
    except OSError as error:
        message = f"{error.filename or folder} cannot be deleted: {error.strerror}."
        raise SubcommandError(message) from error
    _print(f"{_size(freed)} freed in {folder}")
    return ANSWERED


def _cache() -> tuple[Path, list[Entry]]:
    """Return the cache's folder and its entries, those not used for longest first."""
    from engine.config import locations
    from engine.upkeep import entries

    folder = locations.prefixes_folder()
    try:
        next(folder.iterdir(), None)
    except FileNotFoundError:
        return folder, []
    except OSError as error:
        raise SubcommandError(f"{folder} cannot be read: {error.strerror}.") from error
    return folder, entries(folder)


def _total(found: Sequence[Entry]) -> str:
    entries = "1 entry" if len(found) == 1 else f"{len(found):,} entries"
    return f"{entries}, {_size(sum(entry.byte_count for entry in found))}"


def _size(count: int) -> str:
    for size, unit in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"


def _age(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"used {seconds // size:.0f} {unit} ago"
    return f"used {max(0, seconds):.0f} seconds ago"


# --- printing ---------------------------------------------------------------------------------


def _aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give each row as a line, its cells under those of the others."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _print(*lines: str) -> None:
    """Print lines; what the terminal's encoding does not have becomes question marks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    text = "\n".join(lines).encode(encoding, "replace").decode(encoding)
    print(text, flush=True)


SUBCOMMANDS = (
    Subcommand(
        ("models", "inspect"),
        "say what a model is and what it costs to run",
        _inspect_model,
        "[NAME] [--bandwidth GBPS] [--json]",
    ),
    Subcommand(
        ("models", "list"),
        "list the models on this machine, and whether they fit into its memory",
        models.list_models,
        models.LIST,
    ),
    Subcommand(
        ("models", "download"),
        "download a model from the Hugging Face Hub, or what is missing of it",
        models.download,
        models.DOWNLOAD,
    ),
    Subcommand(
        ("profiles",),
        "list the profiles, and say what is wrong with those that cannot be used",
        _list_profiles,
        "[--names | --json]",
    ),
    Subcommand(
        ("settings",),
        "list what is set, and where each value came from",
        _list_settings,
        "[WORD] [--model NAME] [--profile NAME] [--prompt-config FILE] [--json]",
    ),
    Subcommand(
        ("sessions", "list"),
        "list the conversations that are kept, or those in the trash",
        sessions.list_sessions,
        sessions.LIST,
    ),
    Subcommand(
        ("sessions", "search"),
        "find what was said, by words",
        sessions.search_sessions,
        sessions.SEARCH,
    ),
    Subcommand(
        ("sessions", "show"),
        "print a conversation in Markdown",
        sessions.show_session,
        sessions.SHOW,
        "sessions",
    ),
    Subcommand(
        ("sessions", "rename"),
        "give a conversation a title",
        sessions.rename_session,
        sessions.RENAME,
        "sessions",
    ),
    Subcommand(
        ("sessions", "delete"),
        "move conversations to the trash",
        sessions.delete_sessions,
        sessions.DELETE,
        "sessions",
    ),
    Subcommand(
        ("sessions", "restore"),
        "bring conversations back from the trash",
        sessions.restore_sessions,
        sessions.RESTORE,
        "deleted sessions",
    ),
    Subcommand(
        ("sessions", "empty-trash"),
        "delete for good what is in the trash",
        sessions.empty_the_trash,
        sessions.EMPTY_TRASH,
    ),
    Subcommand(
        ("import",),
        "put conversations of other programs among the sessions",
        exchange.import_files,
        exchange.IMPORT,
        "files",
    ),
    Subcommand(
        ("export",),
        "write a session in another format",
        exchange.export,
        exchange.EXPORT,
        "sessions",
    ),
    Subcommand(
        ("convert",),
        "write the conversations of a file in another format",
        exchange.convert,
        exchange.CONVERT,
        "files",
    ),
    Subcommand(
        ("migrate",),
        "turn chat logs of mlx-harmony into sessions",
        exchange.migrate,
        exchange.MIGRATE,
        "files",
    ),
    Subcommand(
        ("serve",),
        "answer programs that speak OpenAI's API, over HTTP",
        serving.serve,
        serving.SERVE,
    ),
    Subcommand(("doctor",), "look for what is wrong with this machine or installation", _examine),
    Subcommand(("cache", "list"), "list what of the KV cache is kept on disk", _list_cache),
    Subcommand(("cache", "clear"), "delete what of the KV cache is kept on disk", _clear_cache),
)
"""All subcommands, in the order in which they are listed."""
