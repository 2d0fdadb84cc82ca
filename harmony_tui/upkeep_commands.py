"""The subcommands that look after the machine: what is wrong with it, and what is kept on disk.

Each is a function that adds its arguments to a parser, and one that does its work.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from harmony_tui.exit_codes import ANSWERED, FAILED
from harmony_tui.printing import SubcommandError, add_json, aligned, print_json, print_lines, tell

if TYPE_CHECKING:
    from pathlib import Path

    from engine.upkeep import Entry


# --- doctor -----------------------------------------------------------------------------------


def add_doctor_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``doctor`` takes."""
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def examine_machine(given: argparse.Namespace) -> int:
    """Look at everything that the program depends on, and say what to do where it is wrong."""
    from dataclasses import asdict

    from harmony_tui.doctor import examine_all

    findings = list(examine_all())
    if given.json:
        print_json([asdict(finding) for finding in findings])
    else:
        rows = [(finding.state, finding.name, finding.text) for finding in findings]
        for finding, line in zip(findings, aligned(rows), strict=True):
            print_lines(line, *([f"    {finding.remedy}"] if finding.remedy else []))
    return FAILED if any(finding.state == "problem" for finding in findings) else ANSWERED


# --- cache ------------------------------------------------------------------------------------


def add_cache_list_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``cache list`` takes."""
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def list_cache(given: argparse.Namespace) -> int:
    """List what of the KV cache is kept on disk, what was not used for longest first."""
    import time

    folder, found = _cache()
    if given.json:
        print_json([_to_json(entry) for entry in found])
        return ANSWERED
    now = time.time()
    rows = [
        (_size(entry.byte_count), f"{entry.end - entry.start:,} tokens", _age(now - entry.used))
        for entry in found
    ]
    print_lines(*aligned(rows), f"{_total(found)}, in {folder}")
    return ANSWERED


def add_cache_clear_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``cache clear`` takes."""
    add_json(parser)


def clear_cache(given: argparse.Namespace) -> int:
    """Delete what of the KV cache is kept on disk."""
    from engine.upkeep import clear

    folder, _found = _cache()
    try:
        freed = clear(folder)
    except OSError as error:
        message = f"{error.filename or folder} cannot be deleted: {error.strerror}."
        raise SubcommandError(message) from error
    told = {"freed_bytes": freed, "path": str(folder)}
    tell(told, f"{_size(freed)} freed in {folder}", as_json=given.json)
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


def _to_json(entry: Entry) -> dict[str, Any]:
    from datetime import datetime

    return {
        "path": str(entry.file),
        "bytes": entry.byte_count,
        "tokens": entry.end - entry.start,
        "used": datetime.fromtimestamp(entry.used).astimezone().isoformat(timespec="seconds"),
    }


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
