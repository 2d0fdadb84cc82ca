"""Other keys for the commands, as the person's settings have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from textual.keys import Keys
from textual.widgets import TextArea

from engine.config.names import suggestion
from harmony_tui.commands.command import Command, is_character
from harmony_tui.commands.table import BY_NAME, COMMANDS, PROMPT_KEYS

MODIFIERS = ("ctrl", "alt", "shift", "super")
SPELLINGS = {
    "control": "ctrl",
    "option": "alt",
    "meta": "alt",
    "cmd": "super",
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
}
"""How else people write the names of keys."""
SAME_TO_A_TERMINAL = {"ctrl+i": "tab", "ctrl+m": "enter"}
OF_BLOCKS = frozenset("cyebrost")
"""What letters do where the conversation has the focus, and can be had for nothing else."""
KEY = re.compile(r"[a-z0-9]|" + "|".join(re.escape(key.value) for key in Keys if "+" not in key))
WHERE = "[keys] in config.toml:"


def remap(wanted: Mapping[str, Sequence[str]]) -> list[str]:
    """Give the commands of the table the keys that a person wants, and the others their own.

    A key that the person gives to a command is taken from the one that had it.

    Args:
        wanted: keys by the names of commands, as people write them.

    Returns:
        Sentences about what cannot be had.
    """
    chosen, owners, faults = _read(wanted)
    problems = [f"{WHERE} {said}" for _, said in faults]
    for command in COMMANDS:
        if command.name in chosen:
            command.keys = tuple(chosen[command.name])
            continue
        command.keys = tuple(key for key in command.default_keys if key not in owners)
        lost = (key for key in command.default_keys if key in owners)
        problems.extend(f"{WHERE} {_told(key, owners[key], command)}" for key in lost)
    _use_in_prompt()
    return problems


def find_faults(wanted: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return what cannot be had: each time the name that is given keys, and a sentence."""
    return _read(wanted)[2]


def _read(
    wanted: Mapping[str, Sequence[str]],
) -> tuple[dict[str, list[str]], dict[str, str], list[tuple[str, str]]]:
    """Return the keys that commands can have, whose each is, and what is wrong with the others."""
    chosen: dict[str, list[str]] = {}
    owners: dict[str, str] = {}
    faults: list[tuple[str, str]] = []
    for name, keys in wanted.items():
        if name not in BY_NAME:
            meant = suggestion(name, BY_NAME)
            faults.append((name, f"there is no command {name!r}{meant}. /help keys tells."))
            continue
        own: list[str] = []
        for written in keys:
            key = read_key(written)
            if problem := _problem(BY_NAME[name], key, written):
                faults.append((name, f"{name} cannot have {written!r}: {problem}"))
            elif (owner := owners.setdefault(key, name)) != name:
                both = f"{written!r} is given to {owner} and to {name}"
                faults.append((name, f"{both}; {owner} keeps it."))
            elif key not in own:
                own.append(key)
        if own or not keys:
            chosen[name] = own  # else none of them can be had, and it keeps those it has
    return chosen, owners, faults


def _told(key: str, owner: str, loser: Command) -> str:
    left = f"still has {loser.keys_shown}" if loser.keys else "has no key any more"
    return f"{key!r} runs {owner} now, and {loser.name} {left}."


def read_key(written: str) -> str:
    """Return Textual's name for a key that a person wrote, such as ``ctrl+x`` for ``Ctrl-X``."""
    parts = [part.strip() for part in re.split(r"[+-]", written.strip().lower())]
    *modifiers, key = [SPELLINGS.get(part, part) for part in parts]
    if modifiers == ["shift"] and len(key) == 1 and key.isalpha():
        return key.upper()
    return "+".join([*sorted(modifiers), key])  # as Textual sorts them


def _problem(command: Command, key: str, written: str) -> str:
    """Return why a command cannot have a key; nothing if it can."""
    *modifiers, base = key.split("+")
    if not KEY.fullmatch(base.lower()) or any(each not in MODIFIERS for each in modifiers):
        return "there is no such key. Write it as ctrl+x, alt+x, f6 or shift+f6."
    if key in SAME_TO_A_TERMINAL:
        return f"a terminal cannot tell it from {SAME_TO_A_TERMINAL[key]}."
    if not is_character(key):
        return ""
    if not command.takes_characters:
        return f"{written} has to be typed in the prompt box. Put ctrl+ or alt+ before it."
    if key in OF_BLOCKS or base == "space":
        return f"{written} does something else there with the block that is marked."
    return ""


def _use_in_prompt() -> None:
    """Have the prompt box take the keys of its commands, and those that its text would take."""
    of_text = {key for binding in TextArea.BINDINGS for key in _keys_of(binding)}
    PROMPT_KEYS.clear()
    PROMPT_KEYS.update(
        (key, command)
        for command in COMMANDS
        for key in command.keys
        if command.place == "prompt" or (command.place == "anywhere" and key in of_text)
    )


def _keys_of(binding: object) -> list[str]:
    key = binding[0] if isinstance(binding, tuple) else getattr(binding, "key", "")
    return [each.strip() for each in str(key).split(",")]
