"""Other keys for the commands, as the person's settings have them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from textual.widgets import TextArea

from engine.config.names import suggestion
from harmony_tui.commands.command import Command, is_character, show_key
from harmony_tui.commands.key_names import KEY, MODIFIERS, read_key
from harmony_tui.commands.letters import LETTERS, TAKEN, read_letters
from harmony_tui.commands.table import BY_NAME, COMMANDS, PROMPT_KEYS

SAME_TO_A_TERMINAL = {"ctrl+i": "tab", "ctrl+m": "enter"}
WHERE = "[keys] in config.toml:"


def remap(wanted: Mapping[str, Sequence[str]]) -> list[str]:
    """Give the commands of the table the keys that a person wants, and the others their own.

    A key that the person gives to a command is taken from the one that had it.

    Args:
        wanted: keys by the names of commands, as people write them.

    Returns:
        Sentences about what cannot be had.
    """
    letters, _ = read_letters(wanted)
    for name, keys in letters.items():
        LETTERS[name].keys = keys
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
    letters, faults = read_letters(wanted)
    # In the conversation, where some commands have letters too.
    of_blocks = {
        key: name for name, keys in letters.items() if name.startswith("block") for key in keys
    }
    owners = {key: name for key, name in of_blocks.items() if name in wanted}
    for name, keys in wanted.items():
        if name in LETTERS:
            continue
        if name not in BY_NAME:
            meant = suggestion(name, [*BY_NAME, *LETTERS])
            faults.append((name, f"there is no command {name!r}{meant}. /help keys tells."))
            continue
        own: list[str] = []
        for written in keys:
            key = read_key(written)
            if problem := _problem(BY_NAME[name], key, written, of_blocks):
                faults.append((name, f"{name} cannot have {written!r}: {problem}"))
            elif (owner := owners.setdefault(key, name)) != name:
                both = f"{written!r} is given to {owner} and to {name}"
                faults.append((name, f"{both}; {owner} keeps it."))
            elif key not in own:
                own.append(key)
        if own or not keys:
            chosen[name] = own  # else none of them can be had, and it keeps those it has
    faults += _keep_a_way_to_send(chosen, owners)
    return chosen, owners, faults


def _keep_a_way_to_send(
    chosen: dict[str, list[str]], owners: dict[str, str]
) -> list[tuple[str, str]]:
    """Have something send in every terminal, whatever is wanted; return what is said of it."""
    usual = BY_NAME["send"].default_keys
    free = [key for key in usual if key not in owners or owners[key] == "send"]
    if any(map(_is_in_every_terminal, chosen.get("send", free))):
        return []
    if free:
        chosen["send"] = [*chosen["send"], free[0]]
        owners[free[0]] = "send"
        return [("send", f"send keeps {show_key(free[0])}: in many terminals nothing else sends.")]
    key = usual[-1]
    owner = owners[key]
    chosen[owner].remove(key)
    if not chosen[owner]:
        del chosen[owner]
    del owners[key]
    if "send" in chosen:
        chosen["send"].append(key)
    return [(owner, f"{owner} cannot have {key!r}: in many terminals nothing else sends.")]


def _is_in_every_terminal(key: str) -> bool:
    """Whether also a terminal without the Kitty protocol tells a key from all others."""
    *modifiers, base = key.split("+")
    if "super" in modifiers or {"ctrl", "shift"} <= set(modifiers):
        return False
    if base in ("enter", "escape", "backspace", "tab", "space"):
        return set(modifiers) <= {"alt"}
    return "ctrl" not in modifiers or len(base) > 1 or base.isalpha()


def _told(key: str, owner: str, loser: Command) -> str:
    left = f"still has {loser.keys_shown}" if loser.keys else "has no key any more"
    return f"{key!r} runs {owner} now, and {loser.name} {left}."


def _problem(command: Command, key: str, written: str, of_blocks: Container[str]) -> str:
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
    if key in of_blocks or key in TAKEN["block"] or base == "space":
        return f"{written} does something else there with the block that is marked."
    return ""


def _use_in_prompt() -> None:
    """Have the prompt box take the keys of its commands, and those that its text would take."""
    of_text = {key for binding in TextArea.BINDINGS for key in _keys_of(binding)} | {"enter"}
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
