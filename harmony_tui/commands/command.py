"""One row of the table of commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp

Handler = Callable[["HarmonyApp", str], None]
"""Does what a command is for; receives what was typed after its name, stripped."""
Choices = Callable[["HarmonyApp"], Sequence[str]]
"""Gives what may be typed after a command's name."""
Explain = Callable[["HarmonyApp", str], str]
"""Says what one of them is, in a few words; nothing about what is none of them."""
Place = Literal["always", "anywhere", "prompt"]
"""Where a command's keys work: also over a dialog, all over the chat, or in the prompt box only."""


class CommandError(Exception):
    """A command cannot do what was typed; the message says why and what can be typed."""


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
    in_footer: bool = False
    choices: Choices | None = None
    explain: Explain | None = None
    default_keys: tuple[str, ...] = field(init=False)
    """The keys it has where the person chose no others."""

    def __post_init__(self) -> None:
        self.default_keys = self.keys

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
    "pageup": "PageUp",
    "pagedown": "PageDown",
}


def show_key(key: str) -> str:
    """Return a key as people write it, such as ``Ctrl+J``."""
    return "+".join(KEY_NAMES.get(part, part.upper()) for part in key.split("+"))
