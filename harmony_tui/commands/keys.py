"""The commands' keys, as Textual wants them."""

from __future__ import annotations

from textual.binding import Binding

from harmony_tui.commands.command import Place, show_key
from harmony_tui.commands.table import COMMANDS


def bindings(place: Place) -> list[Binding]:
    """Return the bindings of the keys that work in a place; the prompt box needs none.

    Those that always work go before what a dialog would do with the key.
    """
    return [
        Binding(
            ",".join(command.keys),
            f"app.command({command.name!r})",
            command.label,
            show=command.in_footer,
            key_display=show_key(command.keys[0]).replace("Ctrl+", "^"),
            priority=place == "always",
            id=command.name,
        )
        for command in COMMANDS
        if command.keys and command.place == place
    ]
