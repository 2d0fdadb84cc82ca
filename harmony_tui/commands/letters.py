"""Letters that act on what is marked in a pane, each of which a person may choose anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual.binding import Binding
from textual.widget import Widget

from harmony_tui.commands.key_names import KEY, read_key

TAKEN = {"block": frozenset[str](), "trace": frozenset("jk")}
"""Letters that do something else in the same pane, and cannot be chosen for another thing."""


@dataclass(slots=True, eq=False)
class Letter:
    """What a letter does: a command with an argument; ``keys`` alone ever change."""

    command: str
    argument: str
    usual: str
    keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = (self.usual,)

    @property
    def name(self) -> str:
        """What it is called below ``[keys]``."""
        return f"{self.command}-{self.argument}"

    @property
    def action(self) -> str:
        """What a binding says of it."""
        return f"app.command({self.command!r}, {self.argument!r})"


LETTERS = {
    each.name: each
    for each in (
        Letter("block", "copy", "c"),
        Letter("block", "code", "y"),
        Letter("block", "edit", "e"),
        Letter("block", "fork", "b"),
        Letter("block", "retry", "r"),
        Letter("block", "open", "o"),
        Letter("block", "save", "s"),
        Letter("trace", "output", "c"),
        Letter("trace", "arguments", "a"),
        Letter("trace", "open", "o"),
        Letter("trace", "rerun", "r"),
        Letter("trace", "save", "s"),
        Letter("trace", "figure", "f"),
        Letter("trace", "timeline", "t"),
        Letter("trace", "filter", "slash"),
    )
}


def read_letters(
    wanted: Mapping[str, Sequence[str]],
) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, str]]]:
    """Return the keys of all letters as a person wants them, and what cannot be had, or is lost.

    Args:
        wanted: keys by the names of letters and commands, as people write them.
    """
    keys: dict[str, tuple[str, ...]] = {}
    owners: dict[tuple[str, str], str] = {}
    faults: list[tuple[str, str]] = []
    for letter in LETTERS.values():
        own: list[str] = []
        for written in wanted.get(letter.name, ()):
            key = read_key(written)
            owner = owners.setdefault((letter.command, key), letter.name)
            if not _is_letter(key) or key in TAKEN[letter.command]:
                said = f"{letter.name} cannot have {written!r}: it takes a letter free there."
                faults.append((letter.name, said))
            elif owner != letter.name:
                both = f"{written!r} is given to {owner} and to {letter.name}"
                faults.append((letter.name, f"{both}; {owner} keeps it."))
            elif key not in own:
                own.append(key)
        if own or (letter.name in wanted and not wanted[letter.name]):
            keys[letter.name] = tuple(own)
    for letter in LETTERS.values():
        if letter.name not in keys:
            owner = owners.get((letter.command, letter.usual), letter.name)
            keys[letter.name] = (letter.usual,) if owner == letter.name else ()
            if owner != letter.name:
                lost = f"{letter.usual!r} runs {owner} now, and {letter.name} has no key any more."
                faults.append((owner, lost))
    return keys, faults


def _is_letter(key: str) -> bool:
    return key == "slash" or (len(key) == 1 and KEY.fullmatch(key.lower()) is not None)


def use_letters(pane: Widget) -> None:
    """Have a pane take the letters that were chosen, in place of its usual ones."""
    bound = pane._bindings.key_to_bindings
    changed = {
        letter.action: letter for letter in LETTERS.values() if letter.keys != (letter.usual,)
    }
    moved: list[Binding] = []
    for key, bindings in list(bound.items()):
        left = [each for each in bindings if each.action not in changed]
        moved += [each for each in bindings if each.action in changed]
        if left:
            bound[key] = left
        else:
            del bound[key]
    for binding in moved:
        for key in changed[binding.action].keys:
            chosen = Binding(key, binding.action, binding.description, show=False)
            bound[key] = [*bound.get(key, []), chosen]


def hint(text: str, command: str, argument: str) -> str:
    """Return what tells of a letter, such as ``c copy``, with the one that was chosen."""
    letter = LETTERS.get(f"{command}-{argument}")
    shown, _, what = text.partition(" ")
    if letter is None or shown.lower() != letter.usual or letter.keys == (letter.usual,):
        return text
    if not letter.keys:
        return what
    key = letter.keys[0]
    return f"{key.upper() if shown.isupper() and key.islower() else key} {what}"
