"""The palette, and the commands as it offers them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult, SystemCommand
from textual.command import CommandInput, CommandPalette
from textual.markup import escape

from harmony_tui.commands.table import COMMANDS
from harmony_tui.line_input import LineInput

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp
    from harmony_tui.commands.command import Command

NOT_OFFERED = {"send", "newline", "palette"}
"""Of no use while the palette covers the prompt box."""


class PaletteInput(CommandInput, LineInput):
    """The palette's line."""


class Palette(CommandPalette):
    """The command palette of Textual, around a line of ours."""

    def compose(self) -> ComposeResult:
        """Give what Textual does, but for the line."""
        for widget in super().compose():
            if isinstance(widget, CommandInput):
                yield PaletteInput(placeholder=widget.placeholder, select_on_focus=False)
            else:
                yield widget


def palette_commands(app: HarmonyApp) -> Iterator[SystemCommand]:
    """Give all commands, those with a choice of arguments once for each."""
    for command in COMMANDS:
        if command.name not in NOT_OFFERED:
            yield from _offers(app, command)


def _offers(app: HarmonyApp, command: Command) -> Iterator[SystemCommand]:
    keys = f" ({command.keys_shown})" if command.keys else ""
    is_needed = command.arguments and not command.arguments.startswith("[")
    if not is_needed:
        run = partial(app.run_command, command, "")
        yield SystemCommand(f"{command.label}{keys}", command.help, run)
    elif not command.choices:
        run = partial(app.chat_screen.prompt.begin, f"/{command.name} ")
        yield SystemCommand(f"{command.label}{keys}", command.help, run)
    for choice in command.choices(app) if command.choices else ():
        if choice.endswith(" "):  # something has to be typed after it
            run = partial(app.chat_screen.prompt.begin, f"/{command.name} {choice}")
        else:
            run = partial(app.run_command, command, choice)
        name = choice.strip()
        said = command.explain(app, name) if command.explain else ""
        yield SystemCommand(f"{command.label}: {name}", escape(said) or command.help, run)
