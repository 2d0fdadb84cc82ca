"""The command line's subcommands: their table. What each does stands in files of their own."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from harmony_tui import config_commands as config
from harmony_tui import exchange_commands as exchange
from harmony_tui import generating, serving
from harmony_tui import models_commands as models
from harmony_tui import sessions_commands as sessions
from harmony_tui import upkeep_commands as upkeep
from harmony_tui import voice_commands as voice
from harmony_tui.cli_options import PROGRAM, Names
from harmony_tui.exit_codes import ANSWERED
from harmony_tui.printing import SubcommandError, aligned, print_json, print_lines

if TYPE_CHECKING:
    from engine.inspection import Inspection


class Subcommand(NamedTuple):
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
    models.add_remove_arguments(leaves["models remove"])
    config.add_profiles_arguments(leaves["profiles"])
    config.add_show_arguments(leaves["config show"])
    config.add_edit_arguments(leaves["config edit"])
    config.add_validate_arguments(leaves["config validate"])
    upkeep.add_doctor_arguments(leaves["doctor"])
    upkeep.add_cache_list_arguments(leaves["cache list"])
    upkeep.add_cache_clear_arguments(leaves["cache clear"])
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
    voice.add_check_arguments(leaves["voice check"])
    voice.add_bench_arguments(leaves["voice bench"])
    voice.add_download_arguments(leaves["voice download"])
    generating.add_generate_arguments(leaves["generate"])
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
        print_json(_as_json(inspection, given.bandwidth))
    else:
        print_lines(*aligned(inspection.describe(given.bandwidth)))
    return ANSWERED


def _as_json(inspection: Inspection, bandwidth: float | None) -> dict[str, Any]:
    from engine.inspection import FULL_CONTEXT

    content = inspection.to_json()
    if bandwidth is not None:
        content["decode_ceilings"] = [
            {"context": n, "tokens_per_second": inspection.decode_ceiling(bandwidth, n)}
            for n in (0, FULL_CONTEXT)
        ]
    return content


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
        ("models", "remove"),
        "delete a model's files from this machine",
        models.remove,
        models.REMOVE,
    ),
    Subcommand(
        ("profiles",),
        "list the profiles, and say what is wrong with those that cannot be used",
        config.list_profiles,
        config.PROFILES,
    ),
    Subcommand(
        ("config", "show"),
        "list what is set, and where each value came from",
        config.show_config,
        config.SHOW,
    ),
    Subcommand(
        ("config", "edit"),
        "open config.toml in your editor, and say what is wrong with it then",
        config.edit_config,
        config.EDIT,
    ),
    Subcommand(
        ("config", "validate"),
        "say all that is wrong with the files that you write for the program, line by line",
        config.validate_config,
        config.VALIDATE,
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
        ("generate",),
        "answer a request, or go on from a text, and print what comes",
        generating.generate,
        generating.GENERATE,
        "files",
    ),
    Subcommand(
        ("serve",),
        "answer programs that speak OpenAI's API, over HTTP",
        serving.serve,
        serving.SERVE,
    ),
    Subcommand(
        ("voice", "check"),
        "say which devices and engines of speech there are, and what is missing",
        voice.check,
        voice.CHECK,
    ),
    Subcommand(
        ("voice", "bench"),
        "measure whether speech keeps up on this machine",
        voice.bench,
        voice.BENCH,
    ),
    Subcommand(
        ("voice", "download"),
        "download a model or a voice of Kyutai's, or what is missing of it",
        voice.download,
        voice.DOWNLOAD,
    ),
    Subcommand(
        ("doctor",),
        "look for what is wrong with this machine or installation",
        upkeep.examine_machine,
        "[--json]",
    ),
    Subcommand(
        ("cache", "list"),
        "list what of the KV cache is kept on disk",
        upkeep.list_cache,
        "[--json]",
    ),
    Subcommand(
        ("cache", "clear"),
        "delete what of the KV cache is kept on disk",
        upkeep.clear_cache,
        "[--json]",
    ),
)
"""All subcommands, in the order in which they are listed."""
