"""The command line's subcommands: they look at a model, the installation and the disk cache."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harmony_tui.exit_codes import ANSWERED, FAILED
from harmony_tui.shell_completion import PROGRAM

if TYPE_CHECKING:
    from pathlib import Path

    from engine.inspection import Inspection
    from engine.upkeep import Entry


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
    from engine.upkeep import CheckpointError, find_model

    try:
        inspection = inspect(find_model(given.name))
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
    Subcommand(("doctor",), "look for what is wrong with this machine or installation", _examine),
    Subcommand(("cache", "list"), "list what of the KV cache is kept on disk", _list_cache),
    Subcommand(("cache", "clear"), "delete what of the KV cache is kept on disk", _clear_cache),
)
"""All subcommands, in the order in which they are listed."""
