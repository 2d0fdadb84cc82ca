"""Keys act one after the other, however quickly they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events

from harmony_tui.voice.driver import KeyReleased

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

    from harmony_tui.app import HarmonyApp
    from harmony_tui.voice.keys import TalkKeys

PATIENCE_SECONDS = 1.0
"""A key that is not done with after so long, in a widget that went or waits, holds up none."""


class KeyOrder:
    """Gives out a key, or a paste, when the one before it has acted.

    Textual has a widget insert letters at once, but runs bindings where the key has passed through
    all of the widget's ancestors: keys that come in one burst, as over a slow line, would act in
    another order than that in which they were pressed, and on what had the focus before them.
    """

    def __init__(
        self,
        app: HarmonyApp,
        talk_keys: TalkKeys,
        act: Callable[[events.Event], Awaitable[None]],
    ) -> None:
        """Make an order.

        Args:
            app: where the keys come.
            talk_keys: have those that are for the voice.
            act: does what Textual does with an event.
        """
        self._app = app
        self._talk_keys = talk_keys
        self._pass_to_focus = act
        self._waiting: deque[events.Event] = deque()
        self._acting: events.Event | None = None
        self._watched: events.Event | None = None
        self._has_begun = False

    async def begin(self) -> None:
        """Give out what was typed during the start, now that something takes keys."""
        self._has_begun = True
        await self._go_on()
        self._watch()

    async def pass_on(self, event: events.Event) -> None:
        """Have an event act: a key when those before it have, any other one at once."""
        is_typed = isinstance(event, events.Key | events.Paste | KeyReleased)
        if not is_typed or event.is_forwarded:
            await self._act(event)
            return
        self._app.engine.note_typing()
        self._waiting.append(event)
        if self._has_begun:
            await self._go_on()
            self._watch()

    async def _act(self, event: events.Event) -> None:
        if not self._talk_keys.take(event):
            await self._pass_to_focus(event)

    async def _go_on(self) -> None:
        """Have keys act up to one that a widget is given."""
        while self._waiting and (self._acting is None or self._are_letters()):
            event = self._acting = self._waiting.popleft()
            screen, given = self._app.screen, self._app.focused or self._app.screen
            await self._act(event)
            if event.is_forwarded:
                self._follow(event, given, screen)
            else:
                self._settle(event, screen)

    def _are_letters(self) -> bool:
        """Whether the next key, as the one before it, does no more than be written in the prompt.

        Those keep their order by themselves, and a text that is typed in at once has many.
        """
        area = self._app.chat_screen.prompt.area
        keys = (self._acting, self._waiting[0])
        return self._app.focused is area and all(map(_is_letter, keys))

    def _follow(self, event: events.Event, node: DOMNode, screen: Screen[object]) -> None:
        """Wait until a node has had a key, then for its parent, to which the key goes on."""

        def ask_next() -> None:
            if event._stop_propagation or node.parent is None:
                # What the key has asked the application for, such as the focus, comes before this.
                self._app.call_later(self._settle, event, screen)
            else:
                self._follow(event, node.parent, screen)

        if not node.call_later(ask_next):  # it is gone, and the key with it
            self._app.call_later(self._settle, event, screen)

    def _settle(self, event: events.Event, screen: Screen[object]) -> None:
        """End with a key; if it has opened a screen, once that can take keys."""
        opened = self._app.screen
        if opened is screen or not opened.call_later(self._app.call_later, self._end, event):
            self._end(event)

    def _end(self, event: events.Event) -> None:
        if self._acting is event:
            self._acting = None
            if self._waiting:
                self._app.call_later(self._go_on)

    def _watch(self) -> None:
        """Lose patience some time with a key that others wait for."""
        if self._waiting and self._watched is None:
            self._watched = self._acting
            self._app.set_timer(PATIENCE_SECONDS, self._lose_patience)

    def _lose_patience(self) -> None:
        watched, self._watched = self._watched, None
        if watched is not None:
            self._end(watched)
        self._watch()


def _is_letter(event: events.Event | None) -> bool:
    return isinstance(event, events.Key) and event.is_printable and not event.key.startswith("alt+")
