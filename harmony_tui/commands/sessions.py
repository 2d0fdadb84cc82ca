"""What the commands about sessions do: those that are kept, and the branches of the one here."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from engine.conversation.titles import one_line, title_from
from engine.conversation.trash import restore_session
from harmony_tui.commands.command import CommandError, Handler
from harmony_tui.commands.new_files import full_path, new_path
from harmony_tui.session_files import NoSessionError, find_session, session_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.conversation.messages import Message, Session
    from engine.conversation.store import Store
    from harmony_tui.app import HarmonyApp
    from harmony_tui.screens.sessions import Chosen

NOTHING_SAID = "Nothing was said here yet."
UNDO = "undo"
MOST_OFFERED = 20
"""So many sessions are offered where one is named."""
NOT_KEPT = "This conversation is not kept, so there is no session of it."


def show_sessions(app: HarmonyApp, words: str) -> None:
    """Show the sessions, those with words first, or go on with the one of an id."""
    from harmony_tui.screens.sessions import SessionsScreen

    folder = app.engine.sessions_folder
    if words in session_ids(folder):
        _resume(app, folder / f"{words}.jsonl")
        return
    screen = SessionsScreen(
        folder, here=app.engine.session_file, rename_here=app.engine.rename, search=words
    )
    app.push_screen(screen, lambda chosen: _go_on(app, chosen))


def _go_on(app: HarmonyApp, chosen: Chosen | None) -> None:
    if chosen is None:
        app.show_title()  # it may have been renamed
    elif chosen.message is None:
        _resume(app, chosen.path, chosen.store)
    else:
        app.begin_work(_go_to(app, chosen, chosen.message))


async def _go_to(app: HarmonyApp, chosen: Chosen, message: int) -> str:
    """Go on with a session, at a message that words were found in; return what is said of that."""
    if chosen.path != app.engine.session_file:
        await app.resume(chosen.store or chosen.path)
    session = app.engine.session
    if session is None or message not in session.messages:
        return ""
    path_to_end = session.path()
    if all(each.id != message for each in path_to_end):  # it was said on another branch
        if app.engine.is_answering:
            return "It is still answering, and the words stand on another branch. Esc stops it."
        end = session.newest_leaf(message)
        await app.show_conversation(await app.engine.select(end))
        path_to_end = session.path(end)
    up_to = [each.id for each in path_to_end]
    del up_to[up_to.index(message) + 1 :]
    app.chat_screen.conversation.go_to(up_to, app.engine.message_ids(), chosen.words)
    return ""


def _resume(app: HarmonyApp, path: Path, store: Store | None = None) -> None:
    if path == app.engine.session_file:
        app.flash("This is the conversation that is open here.")
    else:
        app.begin_work(app.resume(store or path))


def resume_session(app: HarmonyApp, named: str) -> None:
    """Go on with the session of an id, of its beginning or its ending; show all without one."""
    if not named:
        show_sessions(app, "")
        return
    try:
        path = find_session(app.engine.sessions_folder, named)
    except NoSessionError as error:
        raise CommandError(str(error)) from error
    _resume(app, path)


def resumable_sessions(app: HarmonyApp) -> Sequence[str]:
    """Return the ids of the sessions that began last."""
    return session_ids(app.engine.sessions_folder)[:MOST_OFFERED]


def delete_session(app: HarmonyApp, text: str) -> None:
    """Move the session that is open to the trash, or bring the last such one back."""
    if text == UNDO:
        if not app.deleted:
            raise CommandError("Nothing was deleted here. Ctrl+O, d and u delete and bring back.")
        app.begin_work(_bring_back(app))
        return
    if text:
        raise CommandError("/delete deletes the session that is open; /delete undo undoes that.")
    title = one_line(_session(app).title)
    if app.engine.session_file is None:
        raise CommandError(NOT_KEPT)

    async def delete() -> str:
        try:
            app.deleted.append(await app.engine.delete())
        finally:
            app.show_new_conversation()
        return f"“{title}” is in the trash. /delete undo brings it back."

    app.begin_work(delete())


async def _bring_back(app: HarmonyApp) -> str:
    path = await asyncio.to_thread(restore_session, app.deleted.pop())
    return await app.resume(path) or "It is back."


def rename_session(app: HarmonyApp, title: str) -> None:
    """Give the conversation a title."""
    session = _session(app)
    if app.engine.session_file is None:
        raise CommandError(NOT_KEPT)
    if not title:
        raise CommandError(f"This is “{one_line(session.title)}”. To rename it: /rename TITLE.")

    async def rename() -> str:
        await app.engine.rename(title)
        app.show_title()
        return ""

    app.begin_work(rename())


def fork_session(app: HarmonyApp, _: str) -> None:
    """Go on in a new session that holds the conversation up to here."""
    _check_idle(app)
    _session(app)
    if app.engine.session_file is None:
        raise CommandError(NOT_KEPT)

    app.begin_work(go_on_in_fork(app))


async def go_on_in_fork(app: HarmonyApp, message: int | None = None) -> str:
    """Go on in a new session that holds the conversation up to a message; return what is said."""
    does_any_wait = bool(app.outbox.queue.waiting)  # then it is told where it does
    await app.show_conversation(await app.engine.fork(message))
    said = "This goes on in a session of its own; the other one stays as it was."
    return "" if does_any_wait else said


# --- branches ---------------------------------------------------------------------------------


def edit_message(app: HarmonyApp, choice: str) -> None:
    """Put words of the person's into the prompt box, to say them in another way."""
    _check_idle(app)
    asked = _asked(_session(app))
    number, _, _ = choice.partition(" ")
    if not number:
        app.begin_edit(asked[-1])
    elif number.isdecimal() and 1 <= int(number) <= len(asked):
        app.begin_edit(asked[int(number) - 1])
    else:
        raise CommandError(f"There is no question {number!r}; they are numbered 1 to {len(asked)}.")


def asked_messages(app: HarmonyApp) -> Sequence[str]:
    """Return what the person has said, numbered, the last first."""
    session = app.engine.session
    if session is None:
        return ()
    asked = enumerate(_asked(session), start=1)
    return [f"{number} {title_from(message.text)}" for number, message in asked][::-1]


def _asked(session: Session) -> list[Message]:
    return [each for each in session.path() if each.role == "user" and each.is_genuine]


def walk_siblings(step: int) -> Handler:
    """Return what shows the version after (1) or before (-1) of what has several."""

    def walk(app: HarmonyApp, _: str) -> None:
        _check_idle(app)
        session = _session(app)
        message = last_with_siblings(session)
        if message is None:
            raise CommandError("There is one version of all that was said. /edit makes another.")
        beside = session.next_sibling if step > 0 else session.previous_sibling
        sibling = beside(message.id)
        if sibling is None:
            which = "last" if step > 0 else "first"
            raise CommandError(f"This is the {which} of {len(session.siblings(message.id))}.")

        async def select() -> str:
            await app.show_conversation(await app.engine.select(sibling.id))
            return ""

        app.begin_work(select())

    return walk


def last_with_siblings(session: Session) -> Message | None:
    """Return the last message of the conversation that was edited or answered anew."""
    path = reversed(session.path()) if session.has_branches else ()
    return next((each for each in path if session.has_siblings(each.id)), None)


def say_place(session: Session) -> str:
    """Return which version of what has several is shown, such as ``answer 2/3``, or nothing."""
    message = last_with_siblings(session)
    if message is None:
        return ""
    siblings = [each.id for each in session.siblings(message.id)]
    what = "question" if message.role == "user" else "answer"
    return f"{what} {siblings.index(message.id) + 1}/{len(siblings)}"


# --- in and out -------------------------------------------------------------------------------


def export_session(app: HarmonyApp, name: str) -> None:
    """Write the conversation to a file, in the format that its name asks for."""
    from engine.conversation.exchange import EXPORTERS, exporter_for, write_file

    session = _session(app)
    path = new_path(name or f"{session.id}.md")
    exporter = exporter_for(path)
    if exporter is None:
        endings = ", ".join(dict.fromkeys(each.suffix for each in EXPORTERS.values()))
        raise CommandError(f"The name's ending says the format: {endings}.")

    look_up = app.presentation.citations.look_up

    async def export() -> str:
        await asyncio.to_thread(lambda: write_file(path, exporter.write(session, look_up)))
        return f"Written to {path.resolve()}"

    app.begin_work(export())


def import_sessions(app: HarmonyApp, name: str) -> None:
    """Put the conversations of a file among the sessions."""
    from engine.conversation.exchange import keep, read_file

    if not name:
        raise CommandError("To import conversations of another program: /import FILE.")
    path = full_path(name)
    folder = app.engine.sessions_folder

    async def import_() -> str:
        imported = await asyncio.to_thread(read_file, path)
        files = await asyncio.to_thread(keep, imported.sessions, folder)
        new = sum(file is not None for file in files)
        were_there = f", {len(files) - new:,} were there already" if new < len(files) else ""
        conversations = "conversation" if new == 1 else "conversations"
        notes = "".join(f" {note}" for note in imported.notes)
        return f"{new:,} {conversations} imported{were_there}. /sessions shows them.{notes}"

    app.begin_work(import_())


# --- what they share --------------------------------------------------------------------------


def _session(app: HarmonyApp) -> Session:
    session = app.engine.session
    if session is None:
        raise CommandError(NOTHING_SAID)
    return session


def _check_idle(app: HarmonyApp) -> None:
    if app.engine.is_answering:
        raise CommandError("It is still answering. Esc stops it.")
