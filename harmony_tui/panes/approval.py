"""The dialog that asks whether a tool call may run."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Input, Static

from engine.events import CallRunAgain, Event, ToolCallFinished, ToolCallRequested, TurnEnded
from harmony_tui.line_input import LineInput
from harmony_tui.panes.approval_question import Question
from harmony_tui.panes.tool_call import tool_name, visible

if TYPE_CHECKING:
    from engine.tools.permissions import Remember

BETWEEN: Final = 3
"""Cells between answers."""
EDGES: Final = 4
"""Cells of a line that are the frame's."""
GRACE_SECONDS = 0.5
"""A pause in typing, after the question appeared, from which on keys and clicks answer it."""
SHARE: Final = 0.45
"""How much of the screen's height the arguments take at most, unless they are opened in full."""
LEAST_LINES: Final = 3

NO_EFFECTS: Final = "nothing outside this program"
TITLE: Final = "Allow this call?"
TITLE_AGAIN: Final = "Allow this call again? The model does not read what it gives."
HINT: Final = "↑↓ scroll  O in full  Esc stops the answer"
HINT_IN_FULL: Final = "↑↓ scroll  O as before  Esc stops the answer"
HINT_SHORT: Final = "Esc stops the answer"
HINT_REASON: Final = "Enter tells the model  Esc goes back"
WHY: Final = "Why not? The model reads it."


class Answer(NamedTuple):
    """What the person can say to a call."""

    key: str
    label: str
    is_allowed: bool
    remember: Remember = "once"


ANSWERS: Final = (
    Answer("y", "allow once", True),
    Answer("s", "this session", True, "session"),
    Answer("a", "always", True, "always"),
    Answer("n", "no", False),
    Answer("d", "never", False, "never"),
)
REASON = ("t", "no, because")
"""The key that lets the reason be typed, and what it is called."""


class ApprovalBar(Vertical, can_focus=True):
    """Asks about one tool call at a time, and takes the focus while it does."""

    BORDER_TITLE = TITLE
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(each.key, f"answer({each.key!r})", each.label, show=False) for each in ANSWERS),
        Binding(REASON[0], "say_why", REASON[1], show=False),
        Binding("o", "toggle_full", "In full", show=False),
        Binding("up", "scroll_question(-1)", show=False),
        Binding("down", "scroll_question(1)", show=False),
        Binding("pageup", "page_question(-1)", show=False),
        Binding("pagedown", "page_question(1)", show=False),
        Binding("home", "go_to_end(False)", show=False),
        Binding("end", "go_to_end(True)", show=False),
        Binding("escape", "leave_reason", show=False),
    ]

    @dataclass
    class Answered(Message):
        """The person allowed or declined a call."""

        call: int
        allowed: bool
        reason: str = ""
        """Why it was declined, for the model."""
        remember: Remember = "once"
        """For which calls like it that holds."""

    @dataclass
    class TypingWentOn(Message):
        """A character was typed too soon to be an answer; it belongs to the draft."""

        character: str

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._waiting: deque[ToolCallRequested] = deque()
        self._asked: ToolCallRequested | None = None
        """The one that the question is about."""
        self._asked_at = 0.0
        self._head = Static(id="head")
        self._question = Question(self._fit)
        self._answers = Static(id="answers")
        self._reason = LineInput(placeholder=WHY, compact=True)
        self.display = False

    def compose(self) -> ComposeResult:
        """Which tool, what it would do, and what can be answered."""
        yield self._head
        yield self._question
        yield self._answers
        yield self._reason

    def hear(self, event: Event) -> None:
        """Ask about a call that needs it; stop asking about one that is over."""
        match event:
            case ToolCallRequested(needs_approval=True):
                self._waiting.append(event)
            case ToolCallFinished(call=call):
                self._waiting = deque(each for each in self._waiting if each.call != call)
            case TurnEnded():
                self._waiting.clear()
            case CallRunAgain(event=told):
                self.hear(told)
                return
            case _:
                return
        self._ask()

    def start_conversation(self) -> None:
        """Ask nothing."""
        self._waiting.clear()
        self._ask()

    # --- the question --------------------------------------------------------------------------

    def _ask(self) -> None:
        if not self._waiting and self._asked is None:
            return
        had_focus = self.has_focus or self._reason.has_focus
        was_shown, self.display = self.display, bool(self._waiting)
        if not self._waiting:
            self._asked = None
            self._end_reason(has_focus=False)
            self._show_full(is_full=False)
            if had_focus:
                self.screen.focus_next("PromptArea")
            return
        if self._asked is not self._waiting[0]:
            self._asked = self._waiting[0]
            self._asked_at = self._clock()
            self._end_reason(has_focus=had_focus)
            self._head.update(describe_request(self._asked))
            self._question.ask(self._asked)
            self._offer()
        more = len(self._waiting) - 1
        title = TITLE if self._asked.call >= 0 else TITLE_AGAIN
        self.border_title = f"{title} {more} more after it" if more else title
        if not was_shown:
            self.focus()

    def on_resize(self) -> None:
        """Take as much room as the question needs."""
        self._fit()
        self._offer()

    def _offer(self) -> None:
        if self._asked is not None:
            width = self.content_size.width or self.app.size.width - EDGES
            self._answers.update(offer_answers(self._asked, width))

    def _fit(self) -> None:
        """Have the question take the lines that it needs, as far as there is room."""
        lines = self._question.lines
        most = max(LEAST_LINES, int(self.app.size.height * SHARE) - 4)
        self._question.styles.height = "1fr" if self._is_full else min(max(1, lines), most)
        if self._reason.display:
            self.border_subtitle = HINT_REASON
        elif self._is_full:
            self.border_subtitle = HINT_IN_FULL
        else:
            self.border_subtitle = HINT if lines > most else HINT_SHORT

    @property
    def _is_full(self) -> bool:
        return self.has_class("-full")

    def action_toggle_full(self) -> None:
        """Give the question the room of all that is above it, or take it back."""
        if self._may_answer():
            self._show_full(is_full=not self._is_full)

    def _show_full(self, *, is_full: bool) -> None:
        self.set_class(is_full, "-full")
        self.screen.set_class(is_full, "-asking-in-full")
        self._fit()

    def action_scroll_question(self, lines: int) -> None:
        """Scroll by lines."""
        self._question.scroll_relative(y=lines)

    def action_page_question(self, pages: int) -> None:
        """Scroll by pages."""
        self._question.scroll_relative(y=pages * max(1, self._question.size.height - 1))

    def action_go_to_end(self, is_end: bool) -> None:
        """Go to the first line or the last."""
        self._question.scroll_to(y=self._question.max_scroll_y if is_end else 0)

    # --- the answer ----------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Leave to the draft what a person was typing when the question came."""
        if self._reason.has_focus:
            return
        if not self._may_answer() and event.character and event.is_printable:
            self._asked_at = self._clock()
            self.post_message(self.TypingWentOn(event.character))
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Take a click on one of the answers as its key."""
        match event.style.meta.get("answer"):
            case str(key) if key == REASON[0]:
                self.action_say_why()
            case str(key):
                self.action_answer(key)

    def action_answer(self, key: str) -> None:
        """Answer the question on the screen."""
        if not self._may_answer():
            return
        for answer in answers_to(self._waiting[0]):
            if answer.key == key:
                self._say(answer.is_allowed, remember=answer.remember)

    def _say(self, allowed: bool, *, reason: str = "", remember: Remember = "once") -> None:
        call = self._waiting.popleft().call
        self.post_message(self.Answered(call, allowed, reason, remember))
        self._ask()

    def _may_answer(self) -> bool:
        return bool(self._waiting) and self._clock() - self._asked_at >= GRACE_SECONDS

    # --- the reason ----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take Escape only while a reason is typed; else it stops the answer."""
        if action == "leave_reason":
            return bool(self._reason.display)
        return super().check_action(action, parameters)

    def action_say_why(self) -> None:
        """Let the person type why the call is declined."""
        if self._may_answer():
            self._answers.display, self._reason.display = False, True
            self._reason.focus()
            self._fit()

    def action_leave_reason(self) -> None:
        """Go back to the question."""
        self._end_reason(has_focus=True)

    def _end_reason(self, *, has_focus: bool) -> None:
        """Take the field away; the bar has the focus then, if it is to."""
        was_typed = bool(self._reason.display)
        self._reason.value = ""
        if was_typed and has_focus:
            self.focus()
        self._answers.display, self._reason.display = True, False
        self._fit()

    @on(Input.Submitted)
    def _decline_with_reason(self, event: Input.Submitted) -> None:
        event.stop()
        if self._waiting:
            self._say(False, reason=event.value.strip())

    @on(Input.Changed)
    def _keep_reason(self, event: Input.Changed) -> None:
        event.stop()


def answers_to(request: ToolCallRequested) -> list[Answer]:
    """Return what can be said to a call: an answer that could not be kept is not offered."""
    return [each for each in ANSWERS if each.remember in request.choices]


def describe_request(request: ToolCallRequested) -> Content:
    """Return which tool is called, where it would run, what it does, and why it is asked."""
    effects = visible(request.effects) or NO_EFFECTS
    why = f" Asked: {visible(request.reason)}." if request.reason else ""
    return Content.assemble(
        (tool_name(request.recipient), "$tool-asked bold"),
        (f" · {visible(request.place)}" if request.place else "", "$foreground"),
        (f"\nEffects: {effects}.{why}", "$muted"),
    )


def offer_answers(request: ToolCallRequested, width: int) -> Content:
    """Return the answers with their keys, in lines of a width in cells; each can be clicked."""
    offered = [*((each.key, each.label) for each in answers_to(request)), REASON]
    lines: list[list[Content]] = [[]]
    filled = 0
    for key, label in offered:
        size = len(key) + 1 + len(label)
        if lines[-1] and filled + BETWEEN + size > width:
            lines.append([])
            filled = 0
        filled += size + (BETWEEN if lines[-1] else 0)
        lines[-1].append(_word(key, label))
    return Content("\n").join(Content(" " * BETWEEN).join(line) for line in lines)


def _word(key: str, label: str) -> Content:
    word = Content.assemble((key, "$frame-focus bold"), " ", (label, "$muted"))
    return word.stylize(Style.from_meta({"answer": key}))
