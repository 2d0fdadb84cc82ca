"""One of two answers that are compared: what it is given under, what it says, how fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from engine.events import (
    DecodeProgress,
    Event,
    MessageClosed,
    MessageOpened,
    Notice,
    Statistics,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    TurnEnded,
)
from harmony_tui.activity import Activity
from harmony_tui.citations import Citations, LookUp
from harmony_tui.comparison import Setting, Side
from harmony_tui.panes.pane import Pane
from harmony_tui.panes.thoughts import Thoughts
from harmony_tui.panes.tool_call import on_one_line, show_seconds, summarise, tool_name
from harmony_tui.transcript.blocks import Kind
from harmony_tui.transcript.pointing import PointingTranscript

MOST_ROWS = 5
"""So many settings are listed below each other at most."""
STOPPED = "stopped"


@dataclass(slots=True)
class Written:
    """What a side has said in one channel, its messages one after the other."""

    text: str = ""
    starts: list[tuple[int, int]] = field(default_factory=list)
    """Where each message begins in the text, and its entry."""

    def locate(self, place: int) -> tuple[int, int]:
        """Return the entry that a place of the text is in, and where the entry begins."""
        return next((entry, start) for start, entry in reversed(self.starts) if start <= place)


class SideTranscript(PointingTranscript):
    """What a side says; keys that mean something to the comparison go there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.keep_here", "Keep", show=False),
        Binding("left", "screen.go_to(0)", "A", show=False),
        Binding("right", "screen.go_to(1)", "B", show=False),
    ]


class SidePane(Pane):
    """Shows one side as it comes."""

    def __init__(
        self, side: Side, settings: Sequence[Setting], look_up: LookUp, *, waits_for: str = ""
    ) -> None:
        """Prepare a side.

        Args:
            side: which one.
            settings: those of its own that the other side has with other values.
            look_up: knows what the browser's cursors in it stand for.
            waits_for: the letter of the side that is answered before.
        """
        super().__init__()
        self.side = side
        self.border_title = Content(f"{side.letter} · {side.title}")
        self.transcript = SideTranscript()
        self.written = {"analysis": Written(), "final": Written()}
        """What it has said, by channel."""
        self.is_over = False
        self._settings = settings
        self._citations = Citations(look_up)
        self._head = Static()
        self._thoughts = Thoughts(self.transcript)
        self._activity = Activity(state=f"waits for {waits_for}" if waits_for else "starting")
        self._statistics: Statistics | None = None
        self._sampled = 0
        self._entries: dict[int, tuple[int, Written | None]] = {}
        """The messages by the numbers that events give them: their entries and their channels."""
        self._calls: dict[int, int] = {}

    def compose(self) -> ComposeResult:
        """What differs, above what is said."""
        yield self._head
        yield self.transcript

    def on_resize(self) -> None:
        """Leave out the figures that there is no room for."""
        self._show_figures()

    # --- what it is given under ----------------------------------------------------------------

    def show_settings(self, *, on_one_line: bool) -> None:
        """List what differs: below each other, so that both sides' rows stand side by side."""
        if on_one_line:
            listed = Content(" · ").join(
                Content.assemble(
                    (f"{each.name} ", "$muted"),
                    (each.value, "$foreground bold"),
                    (f" ({each.came_from})", "$muted"),
                )
                for each in self._settings
            )
            self._head.update(listed)
            return
        rows = self._settings[:MOST_ROWS]
        widths = [max(cell_len(row[column]) for row in rows) for column in (0, 1)]
        lines = [
            Content.assemble(
                (each.name + " " * (widths[0] - cell_len(each.name) + 2), "$muted"),
                (each.value + " " * (widths[1] - cell_len(each.value) + 2), "$foreground bold"),
                (each.came_from, "$muted"),
            )
            for each in rows
        ]
        if (more := len(self._settings) - len(rows)) > 0:
            lines.append(Content.styled(f"and {more} more", "$muted"))
        self._head.update(Content("\n").join(lines))

    # --- what it says --------------------------------------------------------------------------

    def take(self, event: Event) -> None:
        """Show what an event of the answer changes, its citations as numbers."""
        for shown in self._citations.number(event):
            self.hear(shown)

    def hear(self, event: Event) -> None:
        """Show what an event changes."""
        self._activity.hear(event)
        self._thoughts.hear(event, is_live=True)
        match event:
            case MessageOpened(recipient=None):
                self._open(event)
            case TextDelta(message=message, text=text) if message in self._entries:
                self._write_on(message, text)
            case MessageClosed(message=message) if message in self._entries:
                self.transcript.finish(self._entries[message][0])
            case ToolCallRequested(call=call, recipient=recipient, arguments=arguments):
                self._calls[call] = self.transcript.begin("tool")
                line = f"{tool_name(recipient)}  {summarise(arguments)}".rstrip()
                self.transcript.append(self._calls[call], line)
            case ToolCallFinished(call=call) if call in self._calls:
                result = event.outcome if event.outcome == "declined" else event.output
                self.transcript.append(self._calls[call], f"  →  {on_one_line(result)}")
                self.transcript.finish(self._calls[call])
            case DecodeProgress(sampled=sampled):
                self._sampled = sampled
            case Notice(message=text):
                self._say(text)
            case TurnEnded():
                self._end(event)
            case _:
                pass
        self._show_figures()

    def _open(self, event: MessageOpened) -> None:
        written = self.written.get(event.channel or "")
        if event.channel == "analysis":
            entry = self._thoughts.entries[-1]
        else:
            kind: Kind = "final" if event.channel == "final" else "commentary"
            entry = self.transcript.begin(kind)
        if written is not None:
            if written.text:
                written.text += "\n\n"
            written.starts.append((len(written.text), entry))
        self._entries[event.message] = (entry, written)

    def _write_on(self, message: int, text: str) -> None:
        entry, written = self._entries[message]
        if written is not None:
            written.text += text
        if written is not self.written["analysis"]:
            self.transcript.append(entry, text)

    def _end(self, event: TurnEnded) -> None:
        self.is_over, self._statistics = True, event.statistics
        for entry in (*(entry for entry, _ in self._entries.values()), *self._calls.values()):
            self.transcript.finish(entry)
        remark = STOPPED if event.finish == "cancelled" else event.message
        if remark and self._entries and event.finish != "error":
            self.transcript.mark(list(self._entries.values())[-1][0], remark)
        elif remark:
            self._say(remark)

    def _say(self, text: str) -> None:
        entry = self.transcript.begin("notice")
        self.transcript.append(entry, text)
        self.transcript.finish(entry)

    def leave_out(self) -> None:
        """Say that no answer comes on this side any more."""
        if not self.is_over:
            self.is_over = True
            self._say("Not answered: it was stopped before.")
            self._activity.is_busy = False
            self._show_figures()

    # --- the thoughts, the words that differ ----------------------------------------------------

    @property
    def thoughts(self) -> Iterable[int]:
        """The entries of what it thought."""
        return self._thoughts.entries

    def point_out(self, channel: str, start: int, end: int) -> None:
        """Have a word of what it has said in a channel stand out."""
        if end > start:
            entry, begin = self.written[channel].locate(start)
            self.transcript.point_out(entry, start - begin, end - begin)

    # --- the figures ---------------------------------------------------------------------------

    def _show_figures(self) -> None:
        """Say in the frame what it does and how fast, as far as there is room."""
        parts = self._figures()
        room = self.size.width
        while len(parts) > 1 and cell_len(" · ".join(parts)) > room:
            parts.pop()
        self.border_subtitle = Content(" · ".join(parts))

    def _figures(self) -> list[str]:
        activity, told = self._activity, self._statistics
        if told is None:
            parts = [f"{activity.state} …" if activity.is_busy else ""]
            if self._sampled:
                parts.append(_tokens(self._sampled))
                parts.append(f"{activity.tokens_per_second:.0f} tokens/s")
        else:
            parts = ["" if activity.state == "ready" else activity.state]
            parts.append(_tokens(told.sampled_tokens))
            parts.append(f"{told.decode_rate:.0f} tokens/s")
            parts.append(f"first token {show_seconds(told.first_token_seconds)}")
            read = told.prompt_tokens - told.cached_tokens
            parts.append(f"read {read:,} of {told.prompt_tokens:,}")
        return [part for part in parts if part]


def _tokens(count: int) -> str:
    return f"{count:,} {'token' if count == 1 else 'tokens'}"
