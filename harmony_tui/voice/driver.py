"""Textual's driver for terminals, which also hears keys being let go.

Textual asks terminals with the Kitty keyboard protocol for distinct keys, but not for event types,
and fails on one that comes all the same. Terminals that do not know the protocol are asked nothing
that they would show.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import select
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS as KNOWN_SEQUENCES
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from harmony_tui.ending import end_without_terminal
from harmony_tui.rescue import Rescue

if TYPE_CHECKING:
    from textual.app import App

    from harmony_tui.first_frame import FirstFrame

logger = logging.getLogger(__name__)

TAKE_SCREEN = "\x1b[?1049h"
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
QUICK_ESCAPE_SECONDS = 0.025
"""What comes so long after Escape does not belong to it, where it is followed by letters."""
LOOK_SECONDS = 0.1
"""So often Textual looks for what has come; where the terminal is gone, it would all the time."""
USUAL_ESCAPE_SECONDS = constants.ESCAPE_DELAY
WITH_ALT = {"\x1b\r": "alt+enter", "\x1b\x08": "alt+backspace", "\x1b\n": "ctrl+j"}
"""What such terminals send for keys held with Alt, which Textual takes for the keys alone."""
_ESCAPE_AND_CONTROL = re.compile("\x1b([\x00-\x1a\x1c-\x1f])")
"""Two keys, in one burst."""
_ALT_AND_CHARACTER = re.compile(r"\x1b([^\x00-\x20\x7f-\x9f\[\]OPX^_])")
"""With the characters that are left out longer sequences begin."""


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
    """Reads event types as well, and keys held with Alt as soon as they are there."""

    def __init__(
        self,
        debug: bool = False,
        is_quick: Callable[[], bool] = lambda: False,
        on_tick: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare to read.

        Args:
            debug: as Textual has it.
            is_quick: says whether Escape is typed before letters, as with Vim's keys.
            on_tick: called whenever it was looked for what has come.
        """
        super().__init__(debug)
        self._is_quick = is_quick
        self._on_tick = on_tick

    def tick(self) -> Iterable[Message]:
        """Give what waited for more to come, if none has."""
        self._on_tick()
        return super().tick()

    def feed(self, data: str) -> Iterable[Message]:
        """Read what has come."""
        is_quick = self._is_quick()
        # Textual looks there each time.
        constants.ESCAPE_DELAY = (  # type: ignore[misc]
            min(QUICK_ESCAPE_SECONDS, USUAL_ESCAPE_SECONDS) if is_quick else USUAL_ESCAPE_SECONDS
        )
        if is_quick:
            yield from self.tick()  # which it does only after the next key otherwise
        yield from super().feed(data)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if known := _KNOWN.fullmatch(sequence):
            yield EventTypesKnown(int(known[1]))  # type: ignore[misc]
            return
        if sequence in WITH_ALT:
            yield events.Key(WITH_ALT[sequence], None)
            return
        with_alt = _ALT_AND_CHARACTER.fullmatch(sequence)
        # Textual takes Escape and a digit for what a Mac's keyboard has there with Option, in Vim
        # they are keys of their own.
        is_two = with_alt and not with_alt[1].isalpha() and self._is_quick()
        if with_alt and (is_two or sequence not in KNOWN_SEQUENCES):
            # At once: Textual waits for more of it, and breaks up what follows too quickly.
            for key in super()._sequence_to_key_events(with_alt[1], alt=True):
                yield events.Key(f"alt+{key.key.removeprefix('alt+')}", key.character)
            return
        if sequence not in KNOWN_SEQUENCES and (two := _ESCAPE_AND_CONTROL.fullmatch(sequence)):
            yield events.Key("escape", "\x1b")
            sequence = two[1]
        yield from self._read_event_type(sequence, alt)

    def _read_event_type(self, sequence: str, alt: bool) -> Iterable[events.Key]:
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
    """Asks for event types, and reads them; the terminal is given back whatever happens."""

    def __init__(self, app: App[object], **how: Any) -> None:
        super().__init__(app, **how)
        first_frame: FirstFrame | None = getattr(app, "first_frame", None)
        self._has_screen = first_frame is not None
        """Whether the screen was taken already, so that taking it again could only clear it."""
        if first_frame is not None:
            first_frame.hand_over()
        self._rescue = Rescue()
        self._state = select.poll()
        if self.input_tty:  # a pipe may well have an end
            self._state.register(self.fileno, 0)  # what is wrong with it is told anyway
        self._is_lost = False

    def start_rescue(self) -> None:
        """Have the terminal given back from now on even where the program vanishes."""
        self._rescue.start(self._file.fileno())  # type: ignore[union-attr]

    def write(self, data: str) -> None:
        """Write to the terminal, if it is there: what nobody takes would soon block."""
        if self._has_screen and data == TAKE_SCREEN:
            self._has_screen = False
        elif self._writer_thread is not None and self._writer_thread.is_alive():
            super().write(data)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        super().stop_application_mode()
        self._rescue.note(is_taken=False)

    def start_application_mode(self) -> None:
        """Ask for them each time that the screen is taken."""
        self._rescue.note(is_taken=True)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        is_asked = not constants.DISABLE_KITTY_KEY and self.input_tty
        # Apple's terminal shows part of what it does not know.
        if is_asked and os.environ.get("TERM_PROGRAM") != "Apple_Terminal":
            self.write(f"{WITH_EVENT_TYPES}{WHAT_IS_KNOWN}")
            self.flush()

    def run_input_thread(self) -> None:
        """Read with another parser, which Textual makes itself."""
        usual = linux_driver.XTermParser  # type: ignore[attr-defined]
        own = partial(
            EventTypeParser, is_quick=self._is_escape_quick, on_tick=self._look_for_terminal
        )
        linux_driver.XTermParser = own  # type: ignore[attr-defined,assignment]
        try:
            super().run_input_thread()
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            self._lose_terminal()
        finally:
            linux_driver.XTermParser = usual  # type: ignore[attr-defined]

    def _look_for_terminal(self) -> None:
        """End the program if its terminal is gone, of which no signal may have told."""
        if self._is_lost:
            time.sleep(LOOK_SECONDS)
        elif any(state & select.POLLHUP for _, state in self._state.poll(0)):
            self._lose_terminal()

    def _lose_terminal(self) -> None:
        self._is_lost = True
        logger.warning("the terminal is gone")
        self._loop.call_soon_threadsafe(end_without_terminal, self._app)  # type: ignore[arg-type]

    def _is_escape_quick(self) -> bool:
        settings = getattr(self._app, "settings", None)
        return settings is not None and settings.vim_keys


def base_of(key: str) -> str:
    """Return a key's name without the modifiers, which may be let go before it."""
    return key.rpartition("+")[2] or "+"
