"""What the commands about tools do: which there are, what they may touch, and where they run."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from engine.config.editing import OFF, ON, read_value
from engine.config.locations import permissions_file
from engine.config.reading import SettingsError
from engine.config.settings import APPROVALS
from harmony_tui.commands.command import CommandError
from harmony_tui.prompt.editor import EditorError, edit_file, names_an_editor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.tools.toolbox import Toolbox
    from harmony_tui.app import HarmonyApp

RULES = "rules"
RESET = "reset"
RESTART = "restart"
APPROVAL_MEANINGS = {
    "always": "ask before every one",
    "ask": "ask before those that change or run something",
    "auto": "ask only before what leaves the sandbox or the workspace",
    "read-only": "refuse those that change or run something",
    RULES: "see and edit what was decided for good, in permissions.toml",
}
NO_RULES = "There are no rules yet. A call that is asked about can be allowed or refused for good."


# --- which tools ------------------------------------------------------------------------------


def handle_tools(app: HarmonyApp, text: str) -> None:
    """List the tools, switch one, all that suit the model or none, or restart an MCP server."""
    name, _, switch = text.rpartition(" ")
    action, _, server = text.partition(" ")
    if not text:
        app.begin_work(_list_tools(app))
    elif text in (ON, OFF):
        app.change_settings(partial(app.engine.set_value, "tools", None if text == ON else ()))
        may = "may call tools" if text == ON else "calls no tools"
        app.flash(f"The model {may}, from the next turn on.")
    elif name and switch in (ON, OFF):
        app.begin_work(_switch_tool(app, name.strip(), is_on=switch == ON))
    elif action == RESTART:
        app.begin_work(_restart_server(app, server.strip()))
    else:
        raise CommandError(f"To switch {text} on or off: /tools {text} on, or off. /tools has all.")


async def _switch_tool(app: HarmonyApp, name: str, *, is_on: bool) -> str:
    from engine.tools.toolbox import NO_SUCH_TOOL

    toolbox = await app.engine.open_toolbox()
    known = toolbox.names()
    if known.get(name, NO_SUCH_TOOL) == NO_SUCH_TOOL:
        raise CommandError(f"There is no tool {name!r}; there are: {', '.join(known)}.")
    enabled = {*await asyncio.to_thread(lambda: toolbox.enabled)} - {name}
    chosen = tuple(each for each in known if each in enabled or (is_on and each == name))
    app.change_settings(partial(app.engine.set_value, "tools", chosen))
    return f"The model may{'' if is_on else ' not'} call {name}, from the next turn on."


async def _restart_server(app: HarmonyApp, name: str) -> str:
    toolbox = await app.engine.open_toolbox()
    added = toolbox.added
    await asyncio.to_thread(lambda: toolbox.enabled)  # which loads what the files say now
    try:
        added.restart(name)
    except KeyError:
        names = ", ".join(_servers(toolbox)) or "none; they are declared in tools.toml"
        raise CommandError(f"There is no MCP server {name!r}. There are: {names}.") from None
    return f"The MCP server {name} starts anew. /tools tells when it is ready."


def _servers(toolbox: Toolbox) -> list[str]:
    servers = toolbox.added.servers
    return [] if servers is None else [state.name for state in servers.states()]


async def _list_tools(app: HarmonyApp) -> str:
    toolbox = await app.engine.open_toolbox()
    app.chat_screen.conversation.say(await asyncio.to_thread(_describe, toolbox))
    return ""


def _describe(toolbox: Toolbox) -> str:
    """Return in Markdown which tools there are, which may be called, and why others may not."""
    enabled, registry = toolbox.enabled, toolbox.registry
    places = {
        name: tool.place
        for tool in registry
        for name in (tool.name, tool.namespace)
        if isinstance(tool.place, str)
    }
    rows = []
    for name, reason in toolbox.names().items():
        if name not in enabled:
            state = f"off · {reason}" if reason else "off"
        else:
            state = reason or f"on · {places[name]}" if name in places else reason or "on"
        rows.append(f"| `{name}` | {state} |")
    table = "\n".join(["| Tool | |", "|---|---|", *rows])
    problems = "".join(f"\n\n{problem}" for problem in toolbox.problems)
    said = "`/tools NAME on` or `off` switches one, `/tools on` has what suits the model."
    if toolbox.workspace is None:
        said += " `/workspace PATH` chooses the folder for tools that need one."
    return f"{table}\n\n{said}{problems}"


def tool_choices(app: HarmonyApp) -> Sequence[str]:
    """Return what may follow the command: what switches all tools, and each of them."""
    toolbox = app.engine.tools.toolbox
    if toolbox is None:
        return [ON, OFF]
    switches = [f"{name} {switch}" for name in toolbox.names() for switch in (ON, OFF)]
    return [ON, OFF, *switches, *(f"{RESTART} {name}" for name in _servers(toolbox))]


# --- what they may touch ----------------------------------------------------------------------


def set_approval(app: HarmonyApp, text: str) -> None:
    """Set which tool calls are asked about, or show the rules."""
    if text == RULES:
        show_rules(app)
        return
    for approval in APPROVALS:
        if text == approval:
            app.change_settings(partial(app.engine.set_value, "approval", approval))
            app.flash(f"Tool calls: {APPROVAL_MEANINGS[approval]}.")
            return
    now = APPROVAL_MEANINGS[app.engine.approval]
    raise CommandError(f"Tool calls: {now}. It can be: {', '.join(APPROVALS)}; or {RULES}.")


def show_rules(app: HarmonyApp) -> None:
    """Open the rules in the person's own editor; without one, show them."""
    path = permissions_file()
    if not path.exists():
        raise CommandError(f"{NO_RULES} They are kept in {path}.")
    if names_an_editor():
        try:
            edit_file(path, app.suspend)
            return
        except EditorError as error:
            raise CommandError(str(error)) from error
        except SuspendNotSupported:
            app.flash("This terminal cannot be given to an editor.")
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    app.chat_screen.conversation.say(f"Rules in `{path}`:\n\n~~~~toml\n{text.rstrip()}\n~~~~")


def switch_network(app: HarmonyApp, text: str) -> None:
    """Let the browser use the network, or not."""
    if text not in (ON, OFF):
        now = "on: the browser reads the web" if app.settings.network else "off"
        raise CommandError(f"The network is {now}. To change that: /network on, or off.")
    app.change_settings(partial(app.engine.set_value, "network", text == ON))
    if text == OFF:
        app.flash("The network is off, at once.")
    elif app.settings.search is None:
        app.flash("The network is on for the browser. How it can search the web: /help tools.")
    else:
        app.flash("The network is on for the browser.")


def set_workspace(app: HarmonyApp, text: str) -> None:
    """Set the folder whose files tools may read and patch, or have none."""
    if not text:
        folder = app.settings.workspace
        now = f"The workspace is {folder}." if folder else "There is no workspace."
        raise CommandError(f"{now} To set one: /workspace PATH; /workspace off has none.")
    folder = None if text == OFF else _folder(text)
    app.change_settings(partial(app.engine.set_value, "workspace", folder))
    if folder is None:
        app.flash("There is no workspace, from the next turn on.")
    else:
        app.flash(f"The workspace is {folder}, from the next turn on.")


def _folder(text: str) -> str:
    try:
        folder: str = read_value("workspace", text)
    except SettingsError as error:
        raise CommandError(str(error)) from error
    if not Path(folder).is_dir():
        raise CommandError(f"There is no folder {folder}. To make it: mkdir, in a shell.")
    return folder


# --- what was done ----------------------------------------------------------------------------


def take_patch_back(app: HarmonyApp, _: str) -> None:
    """Put the files back as they were before the last patch."""
    if app.engine.is_answering:
        raise CommandError("It is still answering. Esc stops it.")
    app.begin_work(_take_patch_back(app))


async def _take_patch_back(app: HarmonyApp) -> str:
    from engine.tools.registry import ToolError

    toolbox = await app.engine.open_toolbox()
    try:
        return await asyncio.to_thread(toolbox.undo)
    except ToolError as error:
        said = str(error)
        raise CommandError(f"{said[:1].upper()}{said[1:]}.") from error


def handle_python(app: HarmonyApp, text: str) -> None:
    """Have Python begin anew."""
    if text != RESET:
        raise CommandError("/python reset forgets all variables and ends what still runs.")
    app.begin_work(_reset_python(app))


async def _reset_python(app: HarmonyApp) -> str:
    toolbox = await app.engine.open_toolbox()
    await asyncio.to_thread(toolbox.reset_python)
    return "Python begins anew: all variables are forgotten."


# --- where they run ---------------------------------------------------------------------------


def show_sandbox(app: HarmonyApp, _: str) -> None:
    """Say what keeps the code that the model runs from all else."""
    app.begin_work(_show_sandbox(app))


async def _show_sandbox(app: HarmonyApp) -> str:
    from harmony_tui.sandbox_report import describe

    toolbox = await app.engine.open_toolbox()
    app.chat_screen.conversation.say(describe(toolbox.sandbox))
    return ""
