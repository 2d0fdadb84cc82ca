"""The names of keys, as people write them and as Textual does."""

from __future__ import annotations

import re

from textual.keys import Keys

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
    "/": "slash",
}
"""How else people write the names of keys."""
KEY = re.compile(
    r"[a-z0-9]|slash|" + "|".join(re.escape(key.value) for key in Keys if "+" not in key)
)


def read_key(written: str) -> str:
    """Return Textual's name for a key that a person wrote, such as ``ctrl+x`` for ``Ctrl-X``."""
    parts = [part.strip() for part in re.split(r"[+-]", written.strip().lower())]
    *modifiers, key = [SPELLINGS.get(part, part) for part in parts]
    if modifiers == ["shift"] and len(key) == 1 and key.isalpha():
        return key.upper()
    return "+".join([*sorted(modifiers), key])  # as Textual sorts them
