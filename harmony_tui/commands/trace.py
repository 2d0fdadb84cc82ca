"""What the commands do with tool calls: the one that is marked, those shown, all of a session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harmony_tui.commands.command import CommandError
from harmony_tui.commands.new_files import free_name, new_path, write_new
from harmony_tui.commands.sessions import NOTHING_SAID
from harmony_tui.panes.tool_call import present
from harmony_tui.panes.tools import ToolsPane
from harmony_tui.panes.trace_calls import ToolCall
from harmony_tui.panes.trace_card import read_output

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp

SAVING = "Save the output as: Enter writes it, Esc leaves"
NO_CALL = "There is no tool call here yet."
BUSY = "It is still answering. Esc stops it; then the call can be run again."
RUN_AGAIN = "{} ran again, for you alone."


def handle_trace(app: HarmonyApp, text: str) -> None:
    """Do something with the tool call that is marked, with those shown, or with all."""
    name, _, argument = text.partition(" ")
    if name not in ACTIONS:
        raise CommandError(f"What to do with tool calls is one of: {', '.join(ACTIONS)}.")
    ACTIONS[name](app, argument.strip())


def trace_actions(_: HarmonyApp) -> Sequence[str]:
    """Return what can be done with tool calls."""
    return tuple(ACTIONS)


def _pane(app: HarmonyApp) -> ToolsPane:
    pane = app.chat_screen.side["tools"]
    assert isinstance(pane, ToolsPane)  # noqa: S101
    return pane


def _marked(app: HarmonyApp) -> ToolCall:
    call = _pane(app).marked
    if call is None:
        raise CommandError(NO_CALL)
    return call


def _show_pane(app: HarmonyApp) -> ToolsPane:
    """Bring the tools to where they can be seen, if they cannot."""
    pane = _pane(app)
    if not pane.is_on_screen:
        app.chat_screen.toggle_pane("tools")
    return pane


# --- the call that is marked ------------------------------------------------------------------


def _open(app: HarmonyApp, _: str) -> None:
    from harmony_tui.screens.call import CallScreen

    call = _marked(app)
    app.push_screen(CallScreen(call, lambda: _pane(app).trace.seconds_of(call)))


def _run_again(app: HarmonyApp, _: str) -> None:
    """Make the call once more; what comes of it stands on a card of its own."""
    call = _marked(app)
    if app.engine.is_answering:
        raise CommandError(BUSY)
    _show_pane(app)
    app.begin_work(_await_run(app, call))


async def _await_run(app: HarmonyApp, call: ToolCall) -> str:
    has_run = await app.engine.run_again(call.recipient, call.arguments)
    if not app.engine.is_answering:
        app.outbox.end_turn("stop")  # what was entered meanwhile waits for it
    return RUN_AGAIN.format(call.name) if has_run else ""


def _copy_output(app: HarmonyApp, _: str) -> None:
    _copy(app, "output", read_output(_marked(app)))


def _copy_arguments(app: HarmonyApp, _: str) -> None:
    call = _marked(app)
    _copy(app, "arguments", present(call.recipient, call.arguments).text)


def _copy(app: HarmonyApp, what: str, text: str) -> None:
    if not text:
        raise CommandError(f"This call has no {what}.")
    app.copy_to_clipboard(text)
    lines = text.count("\n") + 1
    app.flash(f"Copied the {what}: {lines:,} {'line' if lines == 1 else 'lines'}.")


def _fold(app: HarmonyApp, _: str) -> None:
    _show_pane(app).view.action_toggle_fold()


def _save(app: HarmonyApp, name: str) -> None:
    """Write the output into a file, the one that is named or that is asked for."""
    text = read_output(_marked(app))
    if name:
        app.flash(f"Written to {write_new(text, name)}")
        return

    def write(name: str) -> bool:
        try:
            app.flash(f"Written to {write_new(text, name)}")
        except CommandError as error:
            app.flash(str(error), is_problem=True)
            return False
        return True

    app.chat_screen.prompt.ask(SAVING, str(free_name("output", ".txt")), write)


def _open_figure(app: HarmonyApp, path: str) -> None:
    """Open a figure of the call in the program that the person's desktop has for pictures."""
    from engine.tools.python import Figure

    figures = [figure for call in _pane(app).trace.calls for figure in call.figures]
    if not path and not (own := _marked(app).figures):
        raise CommandError("This call has drawn no figure.")
    file = path or own[0]
    if file not in figures:
        raise CommandError(f"{file} is no figure of this conversation.")
    try:
        Figure(Path(file)).read()
    except OSError as error:
        raise CommandError(f"{Path(file).name} cannot be opened.") from error
    app.open_url(Path(file).as_uri())
    app.flash(f"{Path(file).name} is opened.")


# --- those that are shown, and all ------------------------------------------------------------


def _filter(app: HarmonyApp, words: str) -> None:
    """Show only the calls with some words, or have them typed."""
    pane = _show_pane(app)
    if words:
        pane.filter_box.value = words
    else:
        pane.ask_for_filter()


def _toggle_timeline(app: HarmonyApp, _: str) -> None:
    is_shown = _show_pane(app).toggle_timeline()
    app.flash(f"The timeline of a turn with several calls is {'shown' if is_shown else 'hidden'}.")


def _export(app: HarmonyApp, name: str) -> None:
    """Write all calls of the session to a file."""
    from engine.conversation.exchange import write_file
    from harmony_tui.trace_export import WRITERS

    session = app.engine.session
    if session is None:
        raise CommandError(NOTHING_SAID)
    path = new_path(name or f"{session.id}-trace.md")
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise CommandError(f"The name's ending says the format: {', '.join(WRITERS)}.")

    async def export() -> str:
        await asyncio.to_thread(lambda: write_file(path, write(session)))
        return f"Written to {path.resolve()}"

    app.begin_work(export())


ACTIONS: dict[str, Callable[[HarmonyApp, str], None]] = {
    "open": _open,
    "rerun": _run_again,
    "output": _copy_output,
    "arguments": _copy_arguments,
    "fold": _fold,
    "save": _save,
    "figure": _open_figure,
    "filter": _filter,
    "timeline": _toggle_timeline,
    "export": _export,
}
"""What can be done, by name."""
