"""One row of the table of commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from engine.conversation.errors import StoreError

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp

Handler = Callable[["HarmonyApp", str], None]
"""Does what a command is for; receives what was typed after its name, stripped."""
Choices = Callable[["HarmonyApp"], Sequence[str]]
"""Gives what may be typed after a command's name."""
Explain = Callable[["HarmonyApp", str], str]
"""Says what one of them is, in a few words; nothing about what is none of them."""
Place = Literal["always", "anywhere", "prompt", "conversation"]
"""Where a key works: also over a dialog, all over the chat, in the prompt box or where the
conversation has the focus only."""


class CommandError(Exception):
    """A command cannot do what was typed; the message says why and what can be typed."""


def is_told(error: Exception) -> bool:
    """Return whether an error's message is for the person to read."""
    # It takes long to import, and nothing that was not imported has raised the error.
    from engine.conversation.exchange import ExchangeError

    return isinstance(error, StoreError | ExchangeError | CommandError)


@dataclass(slots=True, eq=False)
class Command:
    """Something that the person can do, by a key, by a slash command, from the palette.

    ``help`` is a sentence about it; ``label`` is its name in the footer and the palette. ``keys``
    are Textual's names for keys, the first of them the one that is shown; they alone ever change,
    by ``keymap.remap``.
    """

    name: str
    label: str
    help: str
    run: Handler
    arguments: str = ""
    aliases: tuple[str, ...] = ()
    is_for_model: bool = False
    """Whether what is typed after it is read by the model, its placeholders filled in."""
    has_slash: bool = True
    keys: tuple[str, ...] = ()
    place: Place = "anywhere"
    yields_to_text: bool = False
    """Whether those of its keys that edit a text do that where the prompt box has one."""
    in_footer: bool = False
    choices: Choices | None = None
    explain: Explain | None = None
    default_keys: tuple[str, ...] = field(init=False)
    """The keys it has where the person chose no others."""

    def __post_init__(self) -> None:
        self.default_keys = self.keys

    def place_of(self, key: str) -> Place:
        """Return where one of its keys works: a character, where none can be typed."""
        is_typed = self.place == "anywhere" and is_character(key)
        return "conversation" if is_typed else self.place

    @property
    def takes_characters(self) -> bool:
        """Whether its keys may be characters, which act where the conversation has the focus."""
        return any(self.place_of(key) == "conversation" for key in self.default_keys)

    @property
    def usage(self) -> str:
        """How the command is typed."""
        return f"/{self.name} {self.arguments}".rstrip()

    @property
    def keys_shown(self) -> str:
        """The keys as people write them."""
        return " or ".join(show_key(key) for key in self.keys)


KEY_NAMES = {
    "ctrl": "Ctrl",
    "shift": "Shift",
    "alt": "Alt",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "slash": "/",
    "pageup": "PageUp",
    "pagedown": "PageDown",
}


def is_character(key: str) -> bool:
    """Return whether a key types something where something can be typed."""
    *modifiers, base = key.split("+")
    return (len(base) == 1 or base in ("space", "slash")) and set(modifiers) <= {"shift"}


def show_key(key: str) -> str:
    """Return a key as people write it, such as ``Ctrl+J``, or ``Shift+J`` for ``J``."""
    if len(key) == 1 and key.isupper():
        key = f"shift+{key}"
    return "+".join(KEY_NAMES.get(part, part.upper()) for part in key.split("+"))
