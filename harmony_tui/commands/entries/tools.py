"""Commands for what the model may do."""

from __future__ import annotations

from engine.config.settings import APPROVALS
from harmony_tui.commands import sources, tools
from harmony_tui.commands.command import Command

ENTRIES: tuple[Command, ...] = (
    Command(
        "tools",
        "List tools",
        "List all tools and say which the model may call; switch one or all on or off, or restart "
        "an MCP server.",
        tools.handle_tools,
        arguments="[on|off|NAME on|NAME off|restart SERVER]",
        choices=tools.tool_choices,
    ),
    Command(
        "approve",
        "Approve",
        "Say which tool calls are asked about first; rules has what was decided for good.",
        tools.set_approval,
        arguments="|".join((*APPROVALS, tools.RULES)),
        choices=lambda _: (*APPROVALS, tools.RULES),
        explain=lambda _, choice: tools.APPROVAL_MEANINGS.get(choice, ""),
    ),
    Command(
        "sandbox",
        "Sandbox",
        "Say what keeps the code that the model runs from your files and the network.",
        tools.show_sandbox,
    ),
    Command(
        "network",
        "Network",
        "Let the browser tool use the network, or not.",
        tools.switch_network,
        arguments="[on|off]",
        choices=lambda _: ("on", "off"),
    ),
    Command(
        "workspace",
        "Workspace",
        "Set the folder whose files tools may read and patch, or have none: off.",
        tools.set_workspace,
        arguments="[PATH|off]",
    ),
    Command(
        "python",
        "Python",
        "Have the Python tool begin anew, with all variables forgotten.",
        tools.handle_python,
        arguments="reset",
        choices=lambda _: (tools.RESET,),
    ),
    Command(
        "revert",
        "Revert patch",
        "Put the files back as they were before the last patch; again, before the one before.",
        tools.take_patch_back,
    ),
    Command(
        "source",
        "Source",
        "Open a source that the last answer cites, by its number.",
        sources.open_source,
        arguments="[NUMBER]",
        choices=sources.source_numbers,
        explain=sources.explain_source,
    ),
)
