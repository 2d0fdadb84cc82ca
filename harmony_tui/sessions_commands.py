"""The subcommands about the conversations that are kept: list, search, show, rename, delete.

Each is a function that adds its arguments to a parser, and one that does its work.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmony_tui.exit_codes import ANSWERED, FAILED
from harmony_tui.printing import SubcommandError, add_json, agrees, print_json, print_lines, tell

if TYPE_CHECKING:
    from datetime import datetime

    from engine.conversation.index import Filter, Hit, Index, Listed
    from engine.conversation.messages import Session

LIST = "[--model NAME] [--since DATE] [--deleted] [--ids | --json]"
SEARCH = "WORD... [--model NAME] [--since DATE] [--json]"
SHOW = "SESSION [--json]"
RENAME = "SESSION [TITLE] [--json]"
DELETE = "SESSION... [--json]"
RESTORE = "SESSION... [--json]"
EMPTY_TRASH = "[--yes] [--json]"
"""What follows the words, as usages have it."""

MOST_LISTED = 1_000_000
MOST_HITS = 200


def _add_sessions(parser: argparse.ArgumentParser, nargs: str | None = None) -> None:
    parser.add_argument(
        "sessions" if nargs else "session",
        metavar="SESSION",
        nargs=nargs,
        help="a session's id, or as much of its beginning or ending as only one has",
    )


def _add_filter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", metavar="NAME", help="only those that this model answered in")
    parser.add_argument(
        "--since",
        type=_date,
        metavar="DATE",
        help="only what was said since then: 2026-11-24, or 2026-11-24T18:05",
    )


def _date(text: str) -> datetime:
    from datetime import datetime

    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError) as error:
        message = f"{text!r} is not a date such as 2026-11-24 or 2026-11-24T18:05"
        raise argparse.ArgumentTypeError(message) from error


def _filter(given: argparse.Namespace) -> Filter:
    from engine.conversation.index import Filter

    return Filter(since=given.since, model=given.model or "")


# --- list -------------------------------------------------------------------------------------


def add_list_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``sessions list`` takes."""
    _add_filter(parser)
    parser.add_argument("--deleted", action="store_true", help="list what is in the trash instead")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--ids", action="store_true", help="print the ids alone")
    how.add_argument("--json", action="store_true", help="print it as JSON")


def list_sessions(given: argparse.Namespace) -> int:
    """List the sessions, those that went on last first."""
    from engine.conversation.titles import one_line
    from engine.conversation.trash import trash_folder

    folder = _folder()
    with _told(), _index(trash_folder(folder) if given.deleted else folder) as index:
        found = index.sessions(_filter(given), MOST_LISTED)
    if given.ids:
        print_lines(*(session.id for session in found))
    elif given.json:
        print_json([_to_json(session) for session in found])
    elif not found:
        narrowed = " like that" if given.model or given.since else ""
        where = "in the trash" if given.deleted else f"in {folder}"
        print_lines(f"There are no sessions{narrowed} {where}")
    else:
        for session in found:
            print_lines(f"{_row(session)}  {one_line(session.title)}")
            if session.problem:
                print_lines(f"    {one_line(session.problem)}")
            elif session.damaged:
                print_lines(f"    {_lost(session.damaged)}")
    return FAILED if any(session.problem for session in found) else ANSWERED


def _row(session: Listed) -> str:
    said = f"{session.messages:,} message{'' if session.messages == 1 else 's'}"
    return f"{session.id}  {session.updated.astimezone():%Y-%m-%d %H:%M}  {said}"


def _lost(damaged: int) -> str:
    return f"{damaged:,} line{' is' if damaged == 1 else 's are'} damaged and missing"


def _to_json(session: Listed) -> dict[str, Any]:
    return {
        "id": session.id,
        "title": session.title,
        "first_words": session.first_words,
        "model": session.model,
        "messages": session.messages,
        "started": session.started.isoformat(),
        "updated": session.updated.isoformat(),
        "path": str(session.path),
        "damaged_lines": session.damaged,
        "problem": session.problem,
    }


# --- search -----------------------------------------------------------------------------------


def add_search_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``sessions search`` takes."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="WORD",
        help='a message has to have all of them, or what begins with them; "in quotes" as it is',
    )
    _add_filter(parser)
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def search_sessions(given: argparse.Namespace) -> int:
    """List the messages that have words, the best first."""
    from engine.conversation.titles import one_line

    with _told(), _index(_folder()) as index:
        # What the shell gave as one word stood in quotes there.
        words = " ".join(f'"{word}"' if " " in word else word for word in given.words)
        hits = index.search(words, _filter(given), MOST_HITS)
    if given.json:
        print_json([_hit_to_json(hit) for hit in hits])
    elif not hits:
        print_lines("No message has these words.")
    else:
        for hit in hits:
            print_lines(f"{_row(hit.session)}  {one_line(hit.session.title)}")
            print_lines(f"    {hit.channel or hit.role}: {hit.excerpt}")
    return ANSWERED


def _hit_to_json(hit: Hit) -> dict[str, Any]:
    return {
        "session": _to_json(hit.session),
        "message": hit.message,
        "role": hit.role,
        "channel": hit.channel,
        "time": hit.time.isoformat(),
        "excerpt": hit.excerpt,
    }


# --- one session ------------------------------------------------------------------------------


def add_show_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``sessions show`` takes."""
    _add_sessions(parser)
    add_json(parser)


def show_session(given: argparse.Namespace) -> int:
    """Print a session in Markdown, or in JSON the messages that lead to its active leaf."""
    from engine.conversation.exchange import EXPORTERS
    from engine.conversation.exchange.writing import shown
    from engine.conversation.reading import read_session
    from harmony_tui.session_files import find_session, say_damage

    with _told():
        session = read_session(find_session(_folder(), given.session))
    markdown = "" if given.json else shown(EXPORTERS["markdown"].write(session)).rstrip("\n")
    tell(_session_to_json(session), markdown, as_json=given.json)
    if session.damaged:
        print(f"harmony-tui: {say_damage(session.damaged)}", file=sys.stderr)
    return ANSWERED


def _session_to_json(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "title": session.title,
        "model": session.model,
        "started": session.head.started.isoformat(),
        "updated": session.updated.isoformat(),
        "damaged_lines": session.damaged,
        "messages": [
            {
                "id": message.id,
                "role": message.role,
                "channel": message.channel,
                "recipient": message.recipient,
                "name": message.name,
                "text": message.text,
                "time": message.time and message.time.isoformat(),
                "is_cut": message.is_cut,
                "is_genuine": message.is_genuine,
            }
            for message in session.path()
        ],
    }


def add_rename_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``sessions rename`` takes."""
    _add_sessions(parser)
    parser.add_argument(
        "title", nargs="?", default="", help="the title; left out, it is made of the first words"
    )
    add_json(parser)


def rename_session(given: argparse.Namespace) -> int:
    """Give a session another title."""
    from engine.conversation.store import Store
    from harmony_tui.session_files import find_session

    with _told(), Store.open(find_session(_folder(), given.session)) as store:
        store.rename(given.title)
        title = store.session.title
        told = {"id": store.id, "title": title}
        tell(told, f"{store.id} is called {title}", as_json=given.json)
    return ANSWERED


def add_delete_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``sessions delete`` takes."""
    _add_sessions(parser, "+")
    add_json(parser)


def delete_sessions(given: argparse.Namespace) -> int:
    """Move sessions to the trash."""
    from engine.conversation.trash import delete_session
    from harmony_tui.session_files import find_session

    with _told():
        folder = _folder()
        paths = dict.fromkeys(find_session(folder, named) for named in given.sessions)
        deleted = []
        for path in paths:
            now = delete_session(path)
            deleted.append({"id": path.stem, "id_in_trash": now.stem, "path": str(now)})
            if not given.json:
                back = f"sessions restore {now.stem} brings it back"
                print_lines(f"{path.stem} is in the trash; {back}")
    if given.json:
        print_json(deleted)
    return ANSWERED


def add_restore_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``sessions restore`` takes."""
    _add_sessions(parser, "+")
    add_json(parser)


def restore_sessions(given: argparse.Namespace) -> int:
    """Bring sessions back from the trash."""
    from engine.conversation.trash import restore_session
    from harmony_tui.session_files import find_deleted_session

    with _told():
        folder = _folder()
        paths = dict.fromkeys(find_deleted_session(folder, named) for named in given.sessions)
        restored = []
        for path in paths:
            now = restore_session(path)
            restored.append({"id": now.stem, "path": str(now)})
            if not given.json:
                print_lines(f"{now} is back")
    if given.json:
        print_json(restored)
    return ANSWERED


def add_empty_trash_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``sessions empty-trash`` takes."""
    parser.add_argument("--yes", action="store_true", help="do not ask first")
    add_json(parser)


def empty_the_trash(given: argparse.Namespace) -> int:
    """Delete what is in the trash for good, if the person wants that."""
    from engine.conversation.trash import empty_trash, trash_folder, trashed_sessions

    folder = _folder()
    count = len(trashed_sessions(folder))
    sessions = f"{count:,} session{'' if count == 1 else 's'}"
    deleted, code = 0, ANSWERED
    if not count:
        said = f"The trash, {trash_folder(folder)}, is empty"
    elif given.yes or agrees(f"Delete {sessions} in {trash_folder(folder)} for good?"):
        with _told():
            deleted = empty_trash(folder)
        said = f"{deleted:,} session{' is' if deleted == 1 else 's are'} deleted"
    else:
        said, code = "Nothing is deleted", FAILED
    told = {"deleted": deleted, "path": str(trash_folder(folder))}
    tell(told, said, as_json=given.json)
    return code


# --- what they share --------------------------------------------------------------------------


def _folder() -> Path:
    """Return where the program's conversations are kept."""
    from engine.config.precedence import load_configuration
    from engine.config.settings import SettingsError
    from harmony_tui.session_files import sessions_folder

    try:
        return sessions_folder(load_configuration().settings)
    except SettingsError as error:
        raise SubcommandError(str(error)) from error


def _index(folder: Path) -> closing[Index]:
    from engine.conversation.index import Index
    from engine.conversation.trash import NAME

    # Asking is no reason to make a folder, and what is deleted for good is to leave no trace.
    in_memory = folder.name == NAME or not folder.is_dir()
    return closing(Index(folder, Path(":memory:") if in_memory else None))


@contextmanager
def _told() -> Iterator[None]:
    """Have a failure told as a subcommand's."""
    from engine.conversation.errors import StoreError
    from harmony_tui.session_files import NoSessionError

    try:
        yield
    except (StoreError, NoSessionError) as error:
        raise SubcommandError(str(error)) from error
