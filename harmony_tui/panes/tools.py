"""The pane that shows every tool call as a card, and how long those of a turn took."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import ClassVar
from urllib.parse import unquote

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.style import Style
from textual.timer import Timer
from textual.widgets import Input

from engine.events import (
    CallRunAgain,
    Event,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    ToolOutput,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.commands.letters import hint, use_letters
from harmony_tui.line_input import LineInput
from harmony_tui.panes.pane import Pane
from harmony_tui.panes.past import turns_with
from harmony_tui.panes.tool_call import show_seconds
from harmony_tui.panes.trace_calls import ToolCall, Trace
from harmony_tui.panes.trace_timeline import Timeline
from harmony_tui.panes.trace_view import TraceView
from harmony_tui.transcript import BrowsableTranscript, Transcript

EMPTY = "No calls yet. Each use that the model makes of a tool stands here: ask it the time."
TICK_SECONDS = 1.0
"""So often it is shown how long a call has run."""
CARD_HINTS = {
    "Enter in full": "open",
    "R again": "rerun",
    "C output": "output",
    "A arguments": "arguments",
    "S save": "save",
    "F figure": "figure",
}
"""What keys do with the call that is marked, as ``/trace`` does by name."""


class ToolsPane(Pane):
    """Tool calls, the latest last.

    While a call is marked, letters act on it: see ``commands.trace``.
    """

    BORDER_TITLE = "Tools"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"app.command('trace', {name!r})", name, show=False)
            for key, name in (
                ("c", "output"),
                ("a", "arguments"),
                ("o", "open"),
                ("r", "rerun"),
                ("s", "save"),
                ("f", "figure"),
                ("t", "timeline"),
                ("slash", "filter"),
            )
        ),
        Binding("escape", "end_filter", "End the filter", show=False),
    ]

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        use_letters(self)
        self.trace = Trace(clock)
        self.view = TraceView(placeholder=EMPTY)
        self.timeline = Timeline(self.trace)
        self.filter_box = LineInput(placeholder="Only calls with these words", compact=True)
        self.shows_timeline = True
        self._words: list[str] = []
        self._changed: dict[ToolCall, None] = {}
        """Calls whose cards are not up to date, in order."""
        self._ticker: Timer | None = None

    def compose(self) -> ComposeResult:
        """The pane holds the cards, and below them the timeline."""
        yield self.view
        yield self.timeline

    def mount_what_is_hidden(self) -> None:
        """Below the timeline comes what is filtered by."""
        self.mount(self.filter_box)

    def on_mount(self) -> None:
        """Show what came before."""
        self._ticker = self.set_interval(TICK_SECONDS, self._tick, pause=True)
        self._bring_up_to_date()

    def on_resize(self) -> None:
        """Show the timeline where there is room for it now."""
        self._show_timeline()

    # --- what comes ----------------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """Show what an event changes, once for all that come together."""
        match event:
            case TurnStarted(text=text):
                self.trace.begin_turn(text)
            case TurnContinued(next_call=int() as next_call):
                for call in self.trace.go_back(next_call):
                    self._changed.pop(call, None)
                    self.view.take_away(call)
                self._show_summary()
            case ToolCallRequested() | ToolCallStarted() | ToolOutput() | ToolCallFinished():
                self._hear_call(event)
            case CallRunAgain(event=told):
                self._hear_call(told)
            case TurnEnded():
                for call in self.trace.end_turn():
                    self._note(call)
            case _:
                pass

    def show_past(self, events: Sequence[Event]) -> None:
        """Show the calls of turns that are over."""
        for event in turns_with(events, ToolCallRequested):
            self.hear(event)

    def _hear_call(
        self, event: ToolCallRequested | ToolCallStarted | ToolOutput | ToolCallFinished
    ) -> None:
        match event:
            case ToolCallRequested():
                self._add(self.trace.ask(event))
            case ToolCallStarted():
                self._note(self.trace.start(event))
            case ToolOutput():
                self._note(self.trace.write(event))
            case ToolCallFinished():
                self._note(self.trace.finish(event))

    def start_conversation(self) -> None:
        """Show a conversation that has not begun."""
        self.trace.clear()
        self._changed.clear()
        self.view.clear()
        self._show_summary()

    def _add(self, call: ToolCall) -> None:
        if self.trace.drop_oldest():
            self._show_all()
        elif call.matches(self._words):
            self.view.add(call)
        self._note(call)

    def _note(self, call: ToolCall | None) -> None:
        """Have a call's card brought up to date soon; several changes at once cost one drawing."""
        if call is None:
            return
        if not self._changed and self.is_mounted:
            self.call_next(self._bring_up_to_date)
        self._changed[call] = None

    def _bring_up_to_date(self) -> None:
        changed, self._changed = list(self._changed), {}
        for call in changed:
            self.view.bring_up_to_date(call)
        self._show_summary()

    def _tick(self) -> None:
        """Show how long calls run by now."""
        for call in self.trace.running:
            self.view.tell_time(call, self.trace.seconds_of(call))
        self._show_timeline()

    def _show_summary(self) -> None:
        self._show_timeline()
        self._show_hints()

    def _show_timeline(self) -> None:
        self.timeline.display = self.timeline.show(self.size.height) and self.shows_timeline
        if self._ticker is not None:
            self._ticker.resume() if self.trace.running else self._ticker.pause()

    def toggle_timeline(self) -> bool:
        """Show the turn's calls as bars, or not; return whether they are to be shown."""
        self.shows_timeline = not self.shows_timeline
        self._show_timeline()
        return self.shows_timeline

    # --- which calls are shown -----------------------------------------------------------------

    @property
    def marked(self) -> ToolCall | None:
        """The call that is marked, else the last one that is shown."""
        shown = (call for call in reversed(self.trace.calls) if call.matches(self._words))
        return self.view.card or next(shown, None)

    def filter(self, text: str) -> None:
        """Show only calls that have all of some words in their name, arguments or output."""
        self._words = text.casefold().split()
        self._show_all()
        self._show_hints()

    def ask_for_filter(self) -> None:
        """Let the person type what calls are shown."""
        self.add_class("-filtering")
        self.filter_box.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take Escape only while there is a filter to end."""
        if action == "end_filter":
            return self.filter_box.has_focus or (bool(self._words) and self.view.cursor is None)
        return super().check_action(action, parameters)

    def action_end_filter(self) -> None:
        """Show all calls again."""
        had_focus = self.filter_box.has_focus
        self.filter_box.value = ""
        self.filter("")
        if had_focus:
            self.view.focus()

    def _show_all(self) -> None:
        self._changed.clear()
        self.view.show(call for call in self.trace.calls if call.matches(self._words))
        self.view.placeholder = EMPTY if not self._words else "No call has these words."

    @on(Input.Changed)
    def _filter_while_typing(self, event: Input.Changed) -> None:
        event.stop()
        self.filter(event.value)

    @on(Input.Submitted)
    def _go_to_cards(self, event: Input.Submitted) -> None:
        event.stop()
        self.view.focus()

    @on(Input.Blurred)
    def _hide_filter_box(self) -> None:
        self.remove_class("-filtering")
        self._show_hints()

    # --- the call that is marked ---------------------------------------------------------------

    @on(BrowsableTranscript.Left)
    def _go_to_prompt(self) -> None:
        if self.view.has_focus:
            self.screen.query("PromptArea").first().focus()

    @on(Timeline.Chosen)
    def _point_at(self, event: Timeline.Chosen) -> None:
        event.stop()
        self.view.focus()
        self.view.go_to(event.call)

    @on(Transcript.LinkClicked)
    def _open_figure(self, event: Transcript.LinkClicked) -> None:
        target = unquote(event.target)
        if any(target in call.figures for call in self.trace.calls):
            event.stop()
            self.call_next(self.app.run_action, f"app.command('trace', {f'figure {target}'!r})")

    @on(BrowsableTranscript.Browsed)
    def _show_hints(self) -> None:
        """Say below the frame what can be done with the call, or how many there are."""
        call = self.view.card
        if call is not None:
            hints = [
                (hint(text, "trace", name), f"app.command('trace', {name!r})")
                for text, name in CARD_HINTS.items()
                if name != "figure" or call.figures
            ]
        else:
            hints = [(self._count(), "")]
        self.border_subtitle = Content("  ").join(
            Content.styled(text, Style.from_meta({"@click": action}) if action else "")
            for text, action in hints
        )

    def _count(self) -> str:
        """Return how many calls there are and how long those of the last turn took."""
        calls = self.trace.calls
        if not calls:
            return ""
        if self._words:
            return f"{self.view.count:,} of {len(calls):,} calls  Esc shows all"
        seconds = sum(self.trace.seconds_of(call) for call in self.trace.turn_calls)
        return f"{len(calls):,} {'call' if len(calls) == 1 else 'calls'} · {show_seconds(seconds)}"
