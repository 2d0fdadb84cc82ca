"""What the commands do in the conversation: the block that is marked, the search, the stamps."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from harmony_tui.arrangement import CONVERSATION
from harmony_tui.clipboard import say_copied
from harmony_tui.commands.command import CommandError, Handler
from harmony_tui.commands.handlers import regenerate
from harmony_tui.commands.new_files import free_name, write_new
from harmony_tui.commands.sessions import NOT_KEPT, go_on_in_fork
from harmony_tui.lending import run_in_terminal
from harmony_tui.transcript.highlighting import file_ending

if TYPE_CHECKING:
    from engine.conversation.messages import Message
    from harmony_tui.app import HarmonyApp
    from harmony_tui.transcript.selecting import SelectingTranscript

SAVING = "Save the block as: Enter writes it, Esc leaves"
NO_BLOCK = "No block is marked. Alt+↑ marks one."
PAGERS = ("VISUAL", "EDITOR", "PAGER")
"""What names the program that shows a text, in the order in which they are asked."""


def move_cursor(step: int) -> Handler:
    """Return what marks the block below (1) or above (-1) the one that is marked."""

    def move(app: HarmonyApp, _: str) -> None:
        _enter(app).action_move_cursor(step)

    return move


def select(step: int) -> Handler:
    """Return what selects the marked block, and then the ones below (1) or above (-1)."""

    def select_on(app: HarmonyApp, _: str) -> None:
        _enter(app).action_select(step)

    return select_on


def go_to_hit(step: int) -> Handler:
    """Return what goes to the next place that was found (1) or to the one before (-1)."""

    def go(app: HarmonyApp, _: str) -> None:
        if not app.chat_screen.conversation.transcript.searched:
            raise CommandError("Nothing is searched for here. To search: /find WORDS.")
        _enter(app).action_go_to_hit(step)

    return go


def find(app: HarmonyApp, words: str) -> None:
    """Search the conversation, or have the words typed for it."""
    pane = app.chat_screen.conversation
    _show_pane(app)
    if words:
        pane.search(words)
    else:
        pane.action_search()


def _show_pane(app: HarmonyApp) -> None:
    """Bring the conversation to where it can be seen, if it cannot."""
    if not app.chat_screen.conversation.is_on_screen:
        app.chat_screen.area.bring_to_front(CONVERSATION)


def _enter(app: HarmonyApp) -> SelectingTranscript:
    """Return the conversation's text, which has the focus then and can be seen."""
    _show_pane(app)
    transcript = app.chat_screen.conversation.transcript
    transcript.focus()
    return transcript


def toggle_timestamps(app: HarmonyApp, _: str) -> None:
    """Show when each message came and how many tokens it has, or not."""

    def lookup() -> tuple[dict[int, int], dict[int, Message]]:
        session = app.engine.session
        messages = {} if session is None else dict(session.messages)
        return dict(app.engine.message_ids()), messages

    is_shown = app.chat_screen.conversation.toggle_stamps(lookup)
    app.flash(f"Times and token counts are {'shown' if is_shown else 'hidden'}.")


# --- the block that is marked -----------------------------------------------------------------


def act_on_block(app: HarmonyApp, text: str) -> None:
    """Do something with the block that is marked."""
    name, _, argument = text.partition(" ")
    if name not in ACTIONS:
        raise CommandError(f"What to do with the marked block is one of: {', '.join(ACTIONS)}.")
    if app.chat_screen.conversation.transcript.cursor is None:
        raise CommandError(NO_BLOCK)
    ACTIONS[name](app, argument.strip())


def block_actions(_: HarmonyApp) -> Sequence[str]:
    """Return what can be done with a block."""
    return tuple(ACTIONS)


def explain_action(_: HarmonyApp, action: str) -> str:
    """Return what an action does."""
    return MEANINGS.get(action, "")


def _copy(app: HarmonyApp, _: str) -> None:
    _put_into_clipboard(app, app.chat_screen.conversation.transcript.read_block())


def _copy_code(app: HarmonyApp, _: str) -> None:
    _put_into_clipboard(app, _code(app)[1])


def _code(app: HarmonyApp) -> tuple[str, str]:
    code = app.chat_screen.conversation.transcript.read_code()
    if code is None:
        raise CommandError("There is no code in this message.")
    return code


def _put_into_clipboard(app: HarmonyApp, text: str) -> None:
    app.copy_to_clipboard(text)
    app.flash(say_copied(text))


def _fold(app: HarmonyApp, _: str) -> None:
    app.chat_screen.conversation.transcript.action_toggle_fold()


def _edit(app: HarmonyApp, _: str) -> None:
    _check_idle(app)
    message = _find_message(app)
    if message.role != "user" or not message.is_genuine:
        raise CommandError("Only your own words can be said in another way.")
    app.begin_edit(message)


def _fork(app: HarmonyApp, _: str) -> None:
    _check_idle(app)
    message = _find_message(app)
    if app.engine.session_file is None:
        raise CommandError(NOT_KEPT)

    app.begin_work(go_on_in_fork(app, message.id))


def _retry(app: HarmonyApp, _: str) -> None:
    pane = app.chat_screen.conversation
    entry = pane.transcript.cursor
    is_last = entry is not None and pane.said_at(entry)[1]
    if not is_last:
        raise CommandError("Only the last answer is given anew. To ask again: e on your words.")
    regenerate(app, "")


def _check_idle(app: HarmonyApp) -> None:
    if app.engine.is_answering:
        raise CommandError("It is still answering. Esc stops it.")


def _find_message(app: HarmonyApp) -> Message:
    """Return the message of the session that is marked, or that the marked block is in."""
    pane = app.chat_screen.conversation
    entry = pane.transcript.cursor
    said = None if entry is None else pane.said_at(entry)[0]
    id_ = None if said is None else said.find_id(app.engine.message_ids())
    session = app.engine.session
    message = None if id_ is None or session is None else session.messages.get(id_)
    if message is None:
        raise CommandError("This is no message of the conversation as it stands.")
    return message


# --- out of the program -----------------------------------------------------------------------


def _open(app: HarmonyApp, _: str) -> None:
    """Show the block in the person's own editor or pager; what is changed there has no effect."""
    text = app.chat_screen.conversation.transcript.read_block()
    program = _find_viewer()
    with tempfile.TemporaryDirectory(prefix="harmony-tui-") as folder:  # for this user alone
        file = Path(folder) / "block.md"
        file.write_text(text, encoding="utf-8", errors="replace")
        try:
            run_in_terminal([*program, str(file)], app.suspend)
        except SuspendNotSupported as error:
            raise CommandError("The terminal cannot be given to another program here.") from error
        except OSError as error:
            raise CommandError(f"{program[0]} cannot be run: {error.strerror}.") from error


def _find_viewer() -> list[str]:
    """Return the command that shows a file."""
    for variable in PAGERS:
        named = os.environ.get(variable, "")
        try:
            command = shlex.split(named)
        except ValueError as error:
            raise CommandError(
                f"{variable} is {named!r}, which cannot be read: {error}."
            ) from error
        if command:
            return command
    raise CommandError("No program is named for it. Set one, such as with: export EDITOR=nano")


def _save(app: HarmonyApp, name: str) -> None:
    """Write the block into a file: the one that is named, else the one that is asked for."""
    transcript = app.chat_screen.conversation.transcript
    is_code = transcript.is_on_code
    language, text = _code(app) if is_code else ("", transcript.read_block())
    if name:
        _write(app, text, name)
        return

    def write(name: str) -> bool:
        try:
            _write(app, text, name)
        except CommandError as error:
            app.flash(str(error), is_problem=True)
            return False
        return True

    proposed = free_name("code", file_ending(language)) if is_code else free_name("block", ".md")
    app.chat_screen.prompt.ask(SAVING, str(proposed), write)


def _write(app: HarmonyApp, text: str, name: str) -> None:
    """Write a text into a new file."""
    app.flash(f"Written to {write_new(text, name)}")


ACTIONS: dict[str, Callable[[HarmonyApp, str], None]] = {
    "copy": _copy,
    "code": _copy_code,
    "fold": _fold,
    "edit": _edit,
    "fork": _fork,
    "retry": _retry,
    "open": _open,
    "save": _save,
}
"""What can be done with a block, by name."""
MEANINGS = {
    "copy": "copy it as Markdown",
    "code": "copy the code in it or nearest to it",
    "fold": "fold it to one line, or open it again",
    "edit": "say words of yours in another way; both versions are kept",
    "fork": "go on from here in a session of its own",
    "retry": "have the last answer given anew",
    "open": "show it in the program that VISUAL, EDITOR or PAGER names",
    "save": "save it in a file",
}
