"""What the prompt box has to know of the program around it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.values import value

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp
    from harmony_tui.commands.command import Command
    from harmony_tui.prompt.kept_drafts import Kept, Queued

    Waiting = tuple[tuple[Queued, ...], int]


@value
class Surroundings:
    """What the prompt box has to know of the program around it."""

    folder: Path
    """Where mentioned files are looked for."""
    choices: Callable[[Command], Sequence[str]]
    """Gives what may be typed after a command."""
    explain: Callable[[Command, str], str]
    """Gives what is said about something that is typed after a command."""
    send: Callable[[str], None]
    """Acts on the draft, which stays in the box until it is taken."""
    run: Callable[[Command], None]
    """Runs a command by its key."""
    tell: Callable[[str], None]
    """Shows a short message."""
    session: Callable[[], str | None]
    """Gives the id of the session that this is; None if it has none yet."""
    waiting: Callable[[], Waiting]
    """Gives the messages that wait, and the number of the message that was said last."""
    wait_again: Callable[[Kept], None]
    """Has messages wait that did so when the program ended, or this conversation was left."""
    leave_waiting: Callable[[bool], tuple[Queued, ...]]
    """Takes out the messages that wait for another conversation; see ``Outbox.leave_waiting``."""
    keeps: Callable[[], bool]
    """Says whether anything may be written."""
    does_enter_send: Callable[[], bool]
    """Says whether Enter sends; else it begins a new line."""
    uses_vim_keys: Callable[[], bool]
    """Says whether the draft is edited with Vim's keys."""
    fill: Callable[[str], str]
    """Fills in the placeholders of a text."""
    count: Callable[[str], Awaitable[int | None]]
    """Counts the tokens of a text; None while no model is loaded."""
    context: Callable[[], tuple[int, int]]
    """Gives how many tokens of the context are used, and how many there are."""


def look_around(app: HarmonyApp) -> Surroundings:
    """Return what the prompt box has to know of an application."""

    def session() -> str | None:
        file = app.engine.session_file if app.engine.has_begun else None
        return None if file is None else file.stem

    def leave_waiting(is_kept: bool) -> tuple[Queued, ...]:
        return app.outbox.leave_waiting(is_kept=is_kept)

    def wait_again(kept: Kept) -> None:
        app.outbox.wait_again(kept)

    def fill(text: str) -> str:
        return app.engine.placeholders.fill(text)

    def context() -> tuple[int, int]:
        model = app.engine.model
        used = app.chat_screen.status.activity.context_used
        return used, model.context_length if model is not None else 0

    return Surroundings(
        folder=_working_folder(),
        choices=lambda command: command.choices(app) if command.choices else (),
        explain=lambda command, choice: command.explain(app, choice) if command.explain else "",
        send=app.act_on_draft,
        run=app.run_command,
        tell=app.flash,
        session=session,
        waiting=lambda: app.outbox.waiting,
        wait_again=wait_again,
        leave_waiting=leave_waiting,
        keeps=lambda: app.engine.keeps_sessions,
        does_enter_send=lambda: app.settings.enter == "send",
        uses_vim_keys=lambda: app.settings.vim_keys,
        fill=fill,
        count=app.engine.count_tokens,
        context=context,
    )


def _working_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:  # it was removed since
        return Path.home()
