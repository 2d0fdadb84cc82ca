"""The line that says which model runs, how full its context is, and what it is doing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from engine.events import MessageClosed, TextDelta
from harmony_tui.activity import Activity
from harmony_tui.guard import Guard

if TYPE_CHECKING:
    from engine.events import Event
    from engine.tools.sandbox import Level

VALUES = attrgetter(*(each.name for each in fields(Activity)))
"""All that an activity says, at once: every event of a long session is asked what it changes."""
SPINNER = "⠋⠙⠸⠴⠦⠇"
SPINNER_SECONDS = 0.25
FLASH_SECONDS = 5.0
LEAST_SHARE = 0.01
"""Share of the context from which on it is shown in per cent."""
LEAST_FIGURES = 8
"""Cells that the figures keep where the line is short: enough for a model's name."""
SANDBOXES: dict[Level, str] = {"bubblewrap": "bwrap", "none": "no sandbox"}
"""What sandboxes are called here, where that is not by their own name."""


class StatusLine(Widget):
    """One line: model, device, context and speed at the left, the state at the right.

    Before the state stands what keeps tool calls in. A short message takes the place of the
    figures for a moment.
    """

    def __init__(
        self, guard: Callable[[], Guard] = Guard, memory: Callable[[], int] = lambda: 0
    ) -> None:
        """Show nothing yet.

        Args:
            guard: gives what keeps tool calls in now.
            memory: gives the bytes that model and KV cache take, at once; 0 is not shown.
        """
        super().__init__()
        self._guard = guard
        self._memory = memory
        self._guard_shown = Guard()
        self.activity = Activity()
        self._is_stale = False
        """Whether it will be drawn anew anyway: a long session has thousands of changes at once."""
        self.is_still = False
        """Whether the spinner is a mark that does not move."""
        self._turn_of_spinner = 0
        self._spinner: Timer | None = None
        self._flash: Content | None = None
        self._flash_timer: Timer | None = None

    def on_mount(self) -> None:
        """Start the spinner."""
        self._spinner = self.set_interval(SPINNER_SECONDS, self._spin)

    def hear(self, event: Event) -> None:
        """Show what an event changes."""
        if isinstance(event, TextDelta | MessageClosed):
            return  # most events are one of these, and they change nothing here
        before = VALUES(self.activity)
        self.activity.hear(event)
        if VALUES(self.activity) == before:
            return
        if self._spinner is not None:
            if self.activity.is_busy:
                self._spinner.resume()
            else:
                self._spinner.pause()
        if not self._is_stale:
            self._is_stale = True
            self.refresh()

    def start_conversation(self) -> None:
        """Show the figures of a conversation that has not begun."""
        self.activity.start_conversation()
        self.refresh()

    def show_context(self, used: int) -> None:
        """Show how many tokens of the context are used, where no turn has told it."""
        if not self.activity.context_used:
            self.activity.context_used = used
            self.refresh()

    def forget_model(self) -> None:
        """Show that no model is loaded any more."""
        self.activity.forget_model()
        self.refresh()

    def flash(self, text: str, *, is_problem: bool = False) -> None:
        """Show a message for a few seconds."""
        mark, style = ("! ", "$notice") if is_problem else ("", "$foreground")
        self._flash = Content.assemble((mark + text, style))
        if self._flash_timer is not None:
            self._flash_timer.stop()
        self._flash_timer = self.set_timer(FLASH_SECONDS, self.end_flash)
        self.refresh()

    def forget(self, text: str) -> None:
        """Show a message no longer that is not so any more, if it is what is shown."""
        if self._flash is not None and self._flash.plain == text:
            self.end_flash()

    def end_flash(self) -> None:
        """Show the figures again where a message stands."""
        if self._flash_timer is not None:
            self._flash_timer.stop()
        if self._flash is not None:
            self._flash = None
            self.refresh()

    def show_guard(self) -> None:
        """Show what keeps tool calls in, if that is not what is shown."""
        if self._guard() != self._guard_shown:
            self.refresh()

    def has_room(self, text: str) -> bool:
        """Whether a message can be shown whole."""
        return cell_len(text) + 2 <= self.content_size.width - self._beside(None).cell_length - 2

    def render(self) -> Content:
        """Return the line, as much of it as there is room for."""
        self._is_stale = False
        width = self.content_size.width
        right = self._right() if self._flash is None else self._beside(self._flash)
        room = width - right.cell_length - 2
        left = self._flash or self._figures(room)
        left = left.truncate(max(room, 0), ellipsis=True)
        gap = " " * max(1, width - left.cell_length - right.cell_length)
        return Content.assemble(left, gap, right)

    def _beside(self, flash: Content | None) -> Content:
        """Return what stands at the right of a message, or of the figures.

        A message may take the place of what keeps calls in for its moment, if that is as usual.
        """
        whole = self._right()
        room = self.content_size.width - whole.cell_length - 2
        if self._guard_shown.is_usual and (flash is None or flash.cell_length > room):
            return self._state()
        return whole

    def _right(self) -> Content:
        """Return what keeps calls in and the state, of which the end is cut where it must be."""
        self._guard_shown = self._guard()
        guard = describe_guard(self._guard_shown)
        room = self.content_size.width - guard.cell_length - LEAST_FIGURES - 4
        state = self._state().truncate(max(room, LEAST_FIGURES), ellipsis=True)
        return Content.assemble(guard, "  ", state)

    def _state(self) -> Content:
        if not self.activity.is_busy:
            style = "$notice" if self.activity.state in ("failed", "no model") else "$muted"
            return Content.assemble((self.activity.state, style))
        spinner = "…" if self.is_still else SPINNER[self._turn_of_spinner % len(SPINNER)]
        return Content.assemble((f"{self.activity.state} {spinner}", "$frame-focus"))

    def _figures(self, room: int) -> Content:
        """Return the figures, leaving out the last ones where the line is too short."""
        activity = self.activity
        if activity.model is None:
            return Content()
        model = activity.model
        parts = [model.name]
        if activity.context_used:
            share = activity.context_used / model.context_length
            shown = f" ({share:.0%})" if share >= LEAST_SHARE else ""
            parts.append(f"context {activity.context_used:,}/{model.context_length:,}{shown}")
        else:
            parts.append(f"context 0/{model.context_length:,}")
        if activity.tokens_per_second:
            parts.append(f"{activity.tokens_per_second:.0f} tokens/s")
        if taken := self._memory():
            parts.append(show_memory(taken))
        if activity.accepted_share:
            accepted = f"{activity.accepted_share:.0%}".replace("%", " %")
            parts.append(f"speculation {accepted} accepted")
        parts.append(model.device)
        while len(parts) > 1 and cell_len(" · ".join(parts)) > room:
            parts.pop()
        name, *others = parts
        figures = "".join(f" · {part}" for part in others)
        return Content.assemble((name, "$foreground bold"), (figures, "$muted"))

    def _spin(self) -> None:
        if not self.is_still:
            self._turn_of_spinner += 1
            self.refresh()


def show_memory(count: int) -> str:
    """Return a number of bytes in few cells, such as ``1.2 GB``."""
    return f"{count / 10**9:.1f} GB" if count >= 10**9 else f"{count / 10**6:.0f} MB"


def describe_guard(guard: Guard) -> Content:
    """Return what keeps tool calls in; what lets them do more than usual stands out."""
    parts: list[tuple[str, str]] = [
        (guard.approval, "$notice" if guard.approval == "auto" else "$muted")
    ]
    if guard.sandbox is not None:
        name = SANDBOXES.get(guard.sandbox, guard.sandbox)
        parts.append((name, "$notice" if guard.sandbox == "none" else "$muted"))
    parts.append(("net on", "$notice") if guard.network else ("net off", "$muted"))
    return Content(" · ").join(Content.styled(*each) for each in parts)
