"""The bar that asks whether a tool call may run."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from engine.events import Event, ToolCallFinished, ToolCallRequested, TurnEnded
from harmony_tui.panes.tool_call import lay_out, tool_name, visible

GRACE_SECONDS = 0.5
"""A pause in typing, after the question appeared, from which on keys answer it."""
MOST_LINES = 6
"""Lines of arguments that the bar shows; the tools pane shows them all."""

NO_EFFECTS = "nothing outside this program"


class ApprovalBar(Vertical, can_focus=True):
    """Asks about one tool call at a time, and takes the focus while it does."""

    BORDER_TITLE = "Allow this call?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Allow", show=False),
        Binding("n", "answer(False)", "Decline", show=False),
        Binding("a", "allow_all", "Never ask again", show=False),
    ]

    @dataclass
    class Answered(Message):
        """The person allowed or declined a call."""

        call: int
        allowed: bool

    class AllAllowed(Message):
        """The person does not want to be asked any more."""

    @dataclass
    class TypingWentOn(Message):
        """A character was typed too soon to be an answer; it belongs to the draft."""

        character: str

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._waiting: deque[ToolCallRequested] = deque()
        self._asked_at = 0.0
        self.display = False

    def compose(self) -> ComposeResult:
        """The bar holds the question."""
        yield Static()

    def hear(self, event: Event) -> None:
        """Ask about a call that needs it; stop asking about one that is over."""
        match event:
            case ToolCallRequested(needs_approval=True):
                self._waiting.append(event)
            case ToolCallFinished(call=call):
                self._waiting = deque(each for each in self._waiting if each.call != call)
            case TurnEnded():
                self._waiting.clear()
            case _:
                return
        self._ask()

    def start_conversation(self) -> None:
        """Ask nothing."""
        self._waiting.clear()
        self._ask()

    def on_key(self, event: events.Key) -> None:
        """Leave to the draft what a person was typing when the question came."""
        if not self._may_answer() and event.character and event.is_printable:
            self._asked_at = self._clock()
            self.post_message(self.TypingWentOn(event.character))
            event.stop()

    def action_answer(self, allowed: bool) -> None:
        """Answer the question on the screen."""
        if self._may_answer():
            self.post_message(self.Answered(self._waiting.popleft().call, allowed))
            self._ask()

    def action_allow_all(self) -> None:
        """Allow this call and all that follow."""
        if self._may_answer():
            self.post_message(self.AllAllowed())
            self.action_answer(True)

    def _may_answer(self) -> bool:
        return bool(self._waiting) and self._clock() - self._asked_at >= GRACE_SECONDS

    def _ask(self) -> None:
        had_focus = self.has_focus
        was_shown, self.display = self.display, bool(self._waiting)
        if not self._waiting:
            if had_focus:
                self.screen.focus_next("PromptArea")
            return
        self.query_one(Static).update(describe_request(self._waiting[0]))
        if not was_shown:
            self._asked_at = self._clock()
            self.focus()


def describe_request(request: ToolCallRequested) -> Content:
    """Return the question about a call."""
    return Content.assemble(
        (tool_name(request.recipient), "$tool-asked bold"),
        (_arguments(request.arguments), "$foreground"),
        (f"\nIt touches {visible(request.effects) or NO_EFFECTS}.\n", "$muted"),
        ("y", "$frame-focus bold"),
        (" allow   ", "$muted"),
        ("n", "$frame-focus bold"),
        (" decline   ", "$muted"),
        ("a", "$frame-focus bold"),
        (" allow and never ask again   ", "$muted"),
        ("Esc", "$frame-focus bold"),
        (" stop the answer", "$muted"),
    )


def _arguments(arguments: str) -> str:
    first, *others = lay_out(arguments).split("\n")
    if len(others) >= MOST_LINES:
        others = [*others[: MOST_LINES - 1], "… F3 shows all of it"]
    return "".join([f"  {first}", *(f"\n  {line}" for line in others)])
