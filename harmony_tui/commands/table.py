"""The table of commands. Keys, slash commands, palette, completion, footer and help follow it."""

from __future__ import annotations

from harmony_tui.commands.command import Command
from harmony_tui.commands.entries import (
    answering,
    conversations,
    models,
    panes,
    reading,
    settings,
    tools,
    writing,
)

COMMANDS: tuple[Command, ...] = (
    *answering.ENTRIES,
    *panes.ENTRIES,
    *conversations.ENTRIES,
    *models.ENTRIES,
    *tools.ENTRIES,
    *settings.ENTRIES,
    *reading.ENTRIES,
    *writing.ENTRIES,
)
"""In the order in which they are listed."""

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}
PANE_COMMANDS: dict[str, Command] = {
    "analysis": BY_NAME["analysis"],
    "tools": BY_NAME["calls"],
    "hyperparameters": BY_NAME["hyperparameters"],
    "tokens": BY_NAME["tokens"],
}
"""What shows and hides each pane beside the conversation."""
SLASH_COMMANDS: dict[str, Command] = {
    name: command
    for command in COMMANDS
    if command.has_slash
    for name in (command.name, *command.aliases)
}
"""Slash commands by all names that they can be typed with, without the slash."""
PROMPT_KEYS: dict[str, Command] = {
    key: command for command in COMMANDS if command.place == "prompt" for key in command.keys
}
"""Commands by the keys that work in the prompt box only."""
