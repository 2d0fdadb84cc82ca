"""How the program behaves in the terminal: its title, how it calls the person, what moves."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from textual import constants
from textual.widgets import Input, TextArea

from engine.conversation.titles import one_line
from engine.events import Event, ToolCallRequested, TurnEnded
from harmony_tui.panes.tool_call import tool_name
from harmony_tui.prompt.area import PromptArea
from harmony_tui.terminal import BELL, KEEP_TITLE, TITLE_BACK, notification, title
from harmony_tui.voice.driver import TalkDriver

if TYPE_CHECKING:
    from textual.widget import Widget

    from harmony_tui.app import HarmonyApp

NAME = "harmony-tui"
UNDOING_SECONDS = 1.0
"""Presses of one key that follow each other so soon are meant for the same."""
ENDINGS = {
    "stop": "the answer is there",
    "length": "the answer was cut short",
    "error": "the answer failed",
}
"""What is told of a turn's end; one that the person stopped is no news."""


class Manners:
    """Speaks to the terminal for the application."""

    def __init__(self, app: HarmonyApp) -> None:
        self._app = app
        self._title = ""
        """The one that the terminal was given last."""

    def begin(self) -> None:
        """Begin when the screen is there."""
        app = self._app
        # At once, since the process is stopped right after the signal.
        app.app_suspend_signal.subscribe(app, lambda _: self._leave(), immediate=True)
        app.app_resume_signal.subscribe(app, lambda _: self._return())
        app.chat_screen.status.is_still = self.is_still
        self.show_title()
        if isinstance(driver := app._driver, TalkDriver):
            app.call_after_refresh(driver.start_rescue)

    # --- title --------------------------------------------------------------------------------

    def show_title(self) -> None:
        """Have the terminal's title say what the conversation is called and what goes on in it."""
        session = self._app.engine.session
        words = one_line(session.title) if session is not None else ""
        called = f"{words} · {NAME}" if words else NAME
        activity = self._app.chat_screen.status.activity
        mark = "? " if activity.state.startswith("allow ") else "● " if activity.is_busy else ""
        if mark + called != self._title:
            self._title = mark + called
            self._write(title(self._title))

    def _leave(self) -> None:
        self._write(TITLE_BACK)

    def _return(self) -> None:
        self._write(KEEP_TITLE + title(self._title))
        self._app.refresh(layout=True)  # the terminal has kept nothing of the screen

    # --- calling the person -------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """Call the person, who looks elsewhere, for an answer that ended or a call that waits."""
        match event:
            case TurnEnded(finish=finish) if finish in ENDINGS:
                self._call(ENDINGS[finish])
            case ToolCallRequested(needs_approval=True, recipient=recipient):
                self._call(f"may it use {tool_name(recipient)}?")

    def _call(self, what: str) -> None:
        how = self._app.settings.notify
        if self._app.app_focus or how == "never":
            return
        session = self._app.engine.session
        about = f" ({one_line(session.title)})" if session is not None else ""
        if how in ("bell", "both"):
            self._write(BELL)
        if how in ("desktop", "both"):
            self._write(notification(f"{NAME}: {what}{about}", os.environ))

    # --- the focus ----------------------------------------------------------------------------

    def give_focus(self) -> None:
        """Have something take the keys, now that the person looks here, if nothing does."""
        # A browser says that nobody looks before there is anything that could have the focus.
        if self._app.screen.focused is None:
            self._app.screen._update_auto_focus()

    # --- what moves ---------------------------------------------------------------------------

    @property
    def is_still(self) -> bool:
        """Whether nothing is to move or blink by itself."""
        return self._app.settings.reduced_motion or constants.TEXTUAL_ANIMATIONS == "none"

    def quieten(self, widget: Widget) -> None:
        """Have the cursor of a widget that is focused not blink, if nothing is to."""
        if self.is_still and isinstance(widget, Input | TextArea):
            widget.cursor_blink = False

    # --- the driver ---------------------------------------------------------------------------

    @property
    def can_suspend(self) -> bool:
        """Whether there is a shell that the terminal can be given back to."""
        driver = self._app._driver
        return driver is not None and driver.can_suspend

    @property
    def may_suspend_by_key(self) -> bool:
        """Whether Ctrl+Z has no text to undo something in, where the focus is.

        One press more than there was to undo, right after the others, is not meant for it.
        """
        area = self._app.focused
        if not isinstance(area, PromptArea):
            return True
        return not area.text and time.monotonic() - area.undone_at > UNDOING_SECONDS

    def _write(self, sequence: str) -> None:
        """Write to the terminal between two frames."""
        driver = self._app._driver
        if driver is not None:
            driver.write(sequence)
