"""The subcommands that bring conversations in from elsewhere and give them out.

Each is a function that adds its arguments to a parser, and one that does its work.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmony_tui.exit_codes import ANSWERED
from harmony_tui.printing import SubcommandError, add_json, print_json, print_lines

if TYPE_CHECKING:
    from engine.conversation.exchange import Exporter, Imported, Source
    from engine.conversation.messages import Session

# These stand here once more, so that --help imports nothing heavy.
IMPORTS = ("jsonl", "codex", "chatgpt", "mlx-harmony", "openai", "dialogue")
EXPORTS = ("markdown", "html", "openai", "harmony", "jsonl")

MIGRATE = "FILE... [--in-place | --output PATH] [--dry-run] [--json]"
IMPORT = "FILE... [--from FORMAT] [--dry-run] [--json]"
EXPORT = "SESSION [PATH] [--to FORMAT] [--json]"
CONVERT = "FILE [PATH] [--from FORMAT] [--to FORMAT] [--as-example-dialogues] [--json]"
"""What follows the words, as usages have it."""

STANDARD = "-"
"""Stands for standard input or output."""


# --- migrate ----------------------------------------------------------------------------------


def add_migrate_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``migrate`` takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="a chat log (JSON)")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--in-place",
        action="store_true",
        help="have FILE hold the session from now on; the log is kept as FILE.bak",
    )
    where.add_argument(
        "--output",
        metavar="PATH",
        type=Path,
        help="write the session to this file, or into this folder; "
        "else it goes to the program's other sessions",
    )
    parser.add_argument("--dry-run", action="store_true", help="check and tell, but write nothing")
    add_json(parser)


def migrate(given: argparse.Namespace) -> int:
    """Turn chat logs of mlx-harmony into sessions; all files are checked before one is written."""
    from engine.conversation.exchange.predecessor import NAME

    with _told():
        found = [(path, _read(path, NAME)) for path in given.files]
        if given.in_place:
            return _migrate_in_place(found, given)
        if given.output is None:
            return _import(found, given)
        report = _Report(as_json=given.json)
        sessions = [session for _, imported in found for session in imported.sessions]
        is_folder = given.output.is_dir() or len(sessions) > 1
        if is_folder and not given.dry_run:
            _make_folder(given.output)
        for path, imported in found:
            report.tell_file(path, imported)
            for session in imported.sessions:
                target = given.output / f"{session.id}.jsonl" if is_folder else given.output
                _write_session(session, target, report, dry=given.dry_run)
        report.end()
    return ANSWERED


def _migrate_in_place(found: Sequence[tuple[Path, Imported]], given: argparse.Namespace) -> int:
    report = _Report(as_json=given.json)
    for path, imported in found:
        if len(imported.sessions) > 1:
            raise SubcommandError(
                f"{path} holds {len(imported.sessions)} chats, and a session is one: "
                "give a folder with --output instead of --in-place."
            )
    for path, imported in found:
        report.tell_file(path, imported)
        if not given.dry_run:
            _back_up(path)
        _write_session(imported.sessions[0], path, report, dry=given.dry_run)
    report.end()
    return ANSWERED


def _back_up(path: Path) -> None:
    backup = _free(path.with_name(f"{path.name}.bak"))
    try:
        shutil.copy2(path, backup)
    except OSError as error:
        backup.unlink(missing_ok=True)
        raise SubcommandError(f"{backup} cannot be written: {error.strerror}.") from error


def _free(path: Path) -> Path:
    """Return a path that no file has, with a number after its name if need be."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}{number}")
    return free


# --- import -----------------------------------------------------------------------------------


def add_import_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``import`` takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="what to import")
    _add_from(parser)
    parser.add_argument("--dry-run", action="store_true", help="check and tell, but write nothing")
    add_json(parser)


def import_files(given: argparse.Namespace) -> int:
    """Put the conversations of files among the program's sessions."""
    with _told():
        return _import([(p, _read(p, given.format)) for p in given.files], given)


def _import(found: Sequence[tuple[Path, Imported]], given: argparse.Namespace) -> int:
    from engine.conversation.exchange import keep

    folder, dry = _sessions_folder(), given.dry_run
    report = _Report(as_json=given.json)
    sessions = [session for _, imported in found for session in imported.sessions]
    files = iter([None] * len(sessions) if dry else keep(sessions, folder))
    for path, imported in found:
        report.tell_file(path, imported)
        for session in imported.sessions:
            file = next(files)
            if dry:
                done = "would be imported"
            else:
                done = "is there already" if file is None else f"imported to {file}"
            report.tell_session(session, done, file)
    report.end()
    return ANSWERED


# --- export and convert -----------------------------------------------------------------------


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``export`` takes."""
    parser.add_argument("file", metavar="SESSION", help="a session's id, or its file")
    _add_target(parser, "markdown")
    _add_json_of_files(parser)
    parser.set_defaults(format="jsonl", as_example_dialogues=False, default="markdown")


def add_convert_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``convert`` takes."""
    parser.add_argument("file", metavar="FILE", help="what to convert; - reads standard input")
    _add_target(parser, "openai")
    _add_from(parser)
    parser.add_argument(
        "--as-example-dialogues",
        action="store_true",
        help="write a list of dialogues, as prompt configurations have them",
    )
    _add_json_of_files(parser)
    parser.set_defaults(default="openai")


def _add_json_of_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="print in JSON what was written; needs PATH"
    )


def _add_from(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from",
        dest="format",
        choices=IMPORTS,
        metavar="FORMAT",
        help=f"its format, else told by its content: {', '.join(IMPORTS)}",
    )


def _add_target(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        default=STANDARD,
        help="the file to write, or a folder for several conversations; else standard output",
    )
    parser.add_argument(
        "--to",
        choices=EXPORTS,
        metavar="FORMAT",
        help=f"the format to write, else told by PATH, else {default}: {', '.join(EXPORTS)}",
    )


def convert(given: argparse.Namespace) -> int:
    """Write the conversations of a file, or a session, in another format."""
    from engine.conversation.exchange import EXPORTERS, exporter_for, read

    if given.json and given.path == STANDARD:
        raise SubcommandError("--json tells which files were written: name a PATH.")
    with _told():
        imported = read(_source(given.file), given.format)
        for note in imported.notes:
            print(note, file=sys.stderr)
        by_name = None if given.path == STANDARD else exporter_for(Path(given.path))
        exporter = EXPORTERS[given.to] if given.to else by_name or EXPORTERS[given.default]
        if given.as_example_dialogues:
            return _write_examples(given, imported.sessions)
        target = Path(given.path)
        if given.path == STANDARD or not (target.is_dir() or len(imported.sessions) > 1):
            texts = {given.path: _together(imported, exporter, given.path)}
        else:
            _make_folder(target)
            texts = {
                str(target / f"{session.id}{exporter.suffix}"): exporter.write(session)
                for session in imported.sessions
            }
        _put_all(texts, as_json=given.json)
    return ANSWERED


export = convert


def _together(imported: Imported, exporter: Exporter, path: str) -> str:
    if len(imported.sessions) > 1:
        raise SubcommandError(
            f"There are {len(imported.sessions)} conversations in it: "
            "name a folder that they are to be written to."
        )
    return exporter.write(imported.sessions[0])


def _write_examples(given: argparse.Namespace, sessions: Sequence[Session]) -> int:
    from engine.conversation.exchange.openai_messages import write_dialogues

    if given.to not in (None, "openai"):
        raise SubcommandError(f"Example dialogues are OpenAI messages: leave out --to {given.to}.")
    _put_all({given.path: write_dialogues(sessions)}, as_json=given.json)
    return ANSWERED


def _source(name: str) -> Source:
    """Return the text of a file, of standard input, or of the session of an id."""
    from engine.conversation.exchange import Source, decode, read_source

    if name == STANDARD:
        from datetime import UTC, datetime

        if sys.stdin is None:
            raise SubcommandError("- reads standard input, which is closed.")
        text = decode(sys.stdin.buffer.read(), "standard input")
        return Source("standard input", text, datetime.now(UTC))
    path = Path(name)
    kept = _sessions_folder() / f"{name}.jsonl"
    return read_source(kept if not path.exists() and kept.is_file() else path)


# --- what they share --------------------------------------------------------------------------


def _sessions_folder() -> Path:
    """Return where the program's conversations are kept."""
    from engine.config import locations
    from engine.config.precedence import load_configuration
    from engine.config.settings import SettingsError

    try:
        chosen = load_configuration().settings.sessions_folder
    except SettingsError as error:
        raise SubcommandError(str(error)) from error
    return locations.sessions_folder() if chosen is None else Path(chosen)


def _read(path: Path, format_: str | None) -> Imported:
    from engine.conversation.exchange import read_file

    return read_file(path, format_)


class _Report:
    """Tells what becomes of files and the conversations in them, or prints it in JSON at last."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._files: list[dict[str, Any]] = []

    def tell_file(self, path: Path, imported: Imported) -> None:
        """Tell of a file; its conversations follow."""
        told = {"file": str(path), "format": imported.format, "notes": list(imported.notes)}
        self._files.append({**told, "sessions": []})
        if self._as_json:
            return
        count = len(imported.sessions)
        print_lines(f"{path}: {imported.format}, {count} conversation{'' if count == 1 else 's'}")
        for note in imported.notes:
            print_lines(f"  {note}")

    def tell_session(self, session: Session, done: str, path: Path | None) -> None:
        """Tell what became of a conversation, and of which file, if one was written."""
        count = len(session.messages)
        told = {"id": session.id, "title": session.title, "messages": count}
        written = None if path is None else str(path)
        self._files[-1]["sessions"].append({**told, "done": done, "path": written})
        if not self._as_json:
            messages = f"{count:,} message{'' if count == 1 else 's'}"
            print_lines(f"  {session.title} ({messages}): {done}")

    def end(self) -> None:
        """Print all of it, if it is wanted in JSON."""
        if self._as_json:
            print_json(self._files)


def _write_session(session: Session, target: Path, report: _Report, *, dry: bool) -> None:
    from engine.conversation.exchange import EXPORTERS

    if not dry:
        _write(target, EXPORTERS["jsonl"].write(session))
    done = f"{'would be written' if dry else 'written'} to {target}"
    report.tell_session(session, done, None if dry else target)


def _make_folder(path: Path) -> None:
    """Make the folder that several files are written to, if it is not there.

    Raises:
        SubcommandError: it cannot be made, such as where what should hold it is not there.
    """
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise SubcommandError(f"{path} cannot be made: {error.strerror}.") from error


def _write(path: Path, text: str) -> None:
    from engine.conversation.exchange import write_file

    write_file(path, text)


def _put_all(texts: Mapping[str, str], *, as_json: bool) -> None:
    """Write texts to files, or the only one to standard output, and tell of the files."""
    for path, text in texts.items():
        _put(path, text, is_told=not as_json)
    if as_json:
        print_json([{"path": path} for path in texts])


def _put(path: str, text: str, *, is_told: bool) -> None:
    """Write a text to a file, or to standard output, where it must not command a terminal."""
    if path != STANDARD:
        _write(Path(path), text)
        if is_told:
            print_lines(f"Written to {path}")
        return
    from engine.conversation.exchange.writing import shown

    if sys.stdout.isatty():
        text = shown(text)
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()


@contextmanager
def _told() -> Iterator[None]:
    """Have a failure of the exchange told as a subcommand's."""
    from engine.conversation.exchange import ExchangeError

    try:
        yield
    except ExchangeError as error:
        raise SubcommandError(str(error)) from error
