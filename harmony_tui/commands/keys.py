"""The commands' keys, as Textual wants them."""

from __future__ import annotations

from textual.binding import Binding, BindingsMap
from textual.widget import Widget

from harmony_tui.commands.command import Place, show_key
from harmony_tui.commands.table import BY_NAME, COMMANDS, PROMPT_KEYS


def bindings(place: Place) -> list[Binding]:
    """Return the bindings of the keys that work in a place; the prompt box needs none.

    Those that always work go before what a dialog would do with the key.
    """
    return [
        Binding(
            ",".join(keys),
            f"app.command({command.name!r})",
            command.label,
            show=command.in_footer,
            key_display=show_key(keys[0]).replace("Ctrl+", "^"),
            priority=place == "always",
            id=command.name,
        )
        for command in COMMANDS
        if (keys := [key for key in command.keys if command.place_of(key) == place])
    ]


def use_keys(conversation: Widget) -> None:
    """Have a conversation take the keys that the table has for it, in place of its usual ones.

    The usual ones are those that have the name of a command as their id.
    """
    own = conversation._bindings
    usual = [binding for _, binding in own if binding.id in BY_NAME]
    for binding in usual:
        own.key_to_bindings.pop(binding.key, None)
    conversation._bindings = BindingsMap.merge([own, BindingsMap(bindings("conversation"))])


def leave_keys(text: Widget) -> None:
    """Have a text do nothing with the keys that run commands in the prompt box.

    Else the footer would not show what they do there.
    """
    for key, command in PROMPT_KEYS.items():
        if not command.yields_to_text:
            text._bindings.key_to_bindings.pop(key, None)
