"""Textual's driver for terminals, which also hears keys being let go.

Textual asks terminals with the Kitty keyboard protocol for distinct keys, but not for event types,
and fails on one that comes all the same. Terminals that do not know the protocol are asked nothing
that they would show.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

WITH_EVENT_TYPES = "\x1b[=2;2u"
"""Adds event types to what was asked for; taken back with all of it when Textual leaves."""
WHAT_IS_KNOWN = "\x1b[?u"
EVENT_TYPES = 2
"""The flag of event types in the terminal's answer."""

# https://sw.kovidgoyal.net/kitty/keyboard-protocol/: CSI code[:..] ; modifiers:type [; text] end
_EVENT = re.compile(r"\x1b\[([\d:]*);(\d*):([123])((?:;[\d:]*)?)([u~ABCDEFHPQRS])")
_KNOWN = re.compile(r"\x1b\[\?(\d+)u")
_REPEAT, _RELEASE = "2", "3"
_CODE_WITH_OTHERS = re.compile(r"\x1b\[(\d+):[\d:]*((?:;[\d:]*)*[u~ABCDEFHPQRS])")

SAME_KEY = {"ctrl+@": "ctrl+space"}
"""Keys that terminals without the protocol call otherwise."""


class KeyReleased(events.Event, bubble=False):
    """A key was let go; ``key`` is its name as it was pressed, without what was held with it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class KeyRepeated(events.Key):
    """A key is held and came again; to all that knows nothing of it, it is a key."""

    __slots__ = ()


KeyRepeated.handler_name = events.Key.handler_name


class EventTypesKnown(events.Event, bubble=False):
    """The terminal has answered which parts of the protocol it follows now."""

    def __init__(self, flags: int) -> None:
        super().__init__()
        self.key = "kitty"  # the parser looks at it
        self.flags = flags

    @property
    def tells_releases(self) -> bool:
        """Whether keys that are let go are told of."""
        return bool(self.flags & EVENT_TYPES)


class EventTypeParser(XTermParser):
    """Reads event types as well."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if known := _KNOWN.fullmatch(sequence):
            yield EventTypesKnown(int(known[1]))  # type: ignore[misc]
            return
        kind = ""
        if typed := _EVENT.fullmatch(sequence):
            code, modifiers, kind, text, end = typed.groups()
            held = f";{modifiers or 1}{text}" if text or modifiers not in ("", "1") else ""
            sequence = f"\x1b[{code.partition(':')[0]}{held}{end}"
        elif others := _CODE_WITH_OTHERS.fullmatch(sequence):
            sequence = f"\x1b[{others[1]}{others[2]}"
        for key in super()._sequence_to_key_events(sequence, alt):
            name = SAME_KEY.get(key.key, key.key)
            if kind == _RELEASE:
                yield KeyReleased(base_of(name))  # type: ignore[misc]
            elif kind == _REPEAT:
                yield KeyRepeated(name, key.character)
            elif name != key.key:
                yield events.Key(name, None)
            else:
                yield key


class TalkDriver(LinuxDriver):
    """Asks for event types, and reads them."""

    def start_application_mode(self) -> None:
        """Ask for them each time that the screen is taken."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        is_asked = not constants.DISABLE_KITTY_KEY and self.input_tty
        # Apple's terminal shows part of what it does not know.
        if is_asked and os.environ.get("TERM_PROGRAM") != "Apple_Terminal":
            self.write(f"{WITH_EVENT_TYPES}{WHAT_IS_KNOWN}")
            self.flush()

    def run_input_thread(self) -> None:
        """Read with another parser, which Textual makes itself."""
        usual = linux_driver.XTermParser  # type: ignore[attr-defined]
        linux_driver.XTermParser = EventTypeParser  # type: ignore[attr-defined]
        try:
            super().run_input_thread()
        finally:
            linux_driver.XTermParser = usual  # type: ignore[attr-defined]


def base_of(key: str) -> str:
    """Return a key's name without the modifiers, which may be let go before it."""
    return key.rpartition("+")[2] or "+"
