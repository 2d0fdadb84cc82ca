"""Two answers to the last question side by side, each under settings of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static

from engine.conversation.titles import title_from
from engine.events import Event, Statistics, ToolCallRequested, TurnEnded
from harmony_tui.comparison import Comparison, Parting, Setting, find_parting
from harmony_tui.panes.approval import ApprovalBar
from harmony_tui.screens.compare_side import SidePane
from harmony_tui.screens.frame import fit_keys

if TYPE_CHECKING:
    from harmony_tui.engine_link import EngineLink

LOOK_SECONDS = 1 / 15
"""So often the screen looks whether more came."""
MESSAGE_SECONDS = 4.0
BESIDE = 100
"""Columns from which on the sides stand side by side, and not one above the other."""
KEYS_RUNNING = "Esc stop  F5 answer now  Tab other side  T thoughts  F10 alone"
KEYS = "a b keep a side  A B with its settings  T thoughts  D difference  Esc back"
CHANNELS = {"final": "answers", "analysis": "thoughts"}
"""What is compared, and what it is called."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The side that is to be the answer."""

    side: int
    has_settings: bool
    """Whether what it was given under is to be in force from now on."""


class CompareScreen(ModalScreen[Kept | None]):
    """Shows both sides as they come; gives the one that is kept."""

    CSS_PATH = "compare.tcss"
    AUTO_FOCUS = "SideTranscript"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Stop, or close", priority=True),
        Binding("a", "keep(0)", "Keep A", show=False),
        Binding("b", "keep(1)", "Keep B", show=False),
        Binding("A", "keep(0, True)", "Keep A and its settings", show=False),
        Binding("B", "keep(1, True)", "Keep B and its settings", show=False),
        Binding("tab,shift+tab", "go_to_other", "Other side", show=False),
        Binding("t,T", "toggle_thoughts", "Thoughts", show=False),
        Binding("d,D", "go_to_difference", "First difference", show=False),
        Binding("c", "copy", "Copy", show=False),
        Binding("f5", "finish_thinking", "Answer now", show=False),
        Binding("f10", "toggle_alone", "Show one side alone", show=False),
    ]

    def __init__(
        self,
        comparison: Comparison,
        differences: tuple[Sequence[Setting], Sequence[Setting]],
        engine: EngineLink,
        call: Callable[[Event], None],
    ) -> None:
        """Prepare the screen.

        Args:
            comparison: what is being answered.
            differences: of each side the settings that the other has with other values.
            engine: answers it; is told what the person does to that.
            call: calls the person, who may look elsewhere, for what has happened.
        """
        super().__init__()
        self._comparison = comparison
        self._engine = engine
        self._call = call
        one, other = comparison.sides
        self._sides = (
            SidePane(one, differences[0], engine.tools.look_up),
            SidePane(other, differences[1], engine.tools.look_up, waits_for=one.letter),
        )
        self._focused_side = 0
        self._heading = Static(id="heading")
        self._verdict = Static(id="verdict")
        self._said = Static(id="said")
        self._approval = ApprovalBar()
        self._seeds_shown: tuple[int, ...] = ()
        self._partings: dict[str, Parting] = {}
        self._verdict_shown = ""
        self._chosen: Kept | None = None
        """What is kept as soon as what still runs is stopped."""
        self._is_over = False
        self._shows_thoughts = False
        self._message_timer: Timer | None = None
        self._look_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The question, both sides, what differs, the keys."""
        yield self._heading
        with Container():
            yield from self._sides
        yield self._approval
        yield self._verdict
        yield self._said

    def on_mount(self) -> None:
        """Begin to look."""
        self._show_keys()
        self._look_timer = self.set_interval(LOOK_SECONDS, self._look)

    def on_resize(self, event: events.Resize) -> None:
        """Place the sides for the new size."""
        is_stacked = event.size.width < BESIDE
        self.set_class(is_stacked, "-stacked")
        for side in self._sides:
            side.show_settings(on_one_line=is_stacked)
        self.call_after_refresh(self._show_keys)

    # --- what comes ----------------------------------------------------------------------------

    def _look(self) -> None:
        is_over = self._comparison.is_over  # before the last of it is taken
        with self.app.batch_update():
            for number, side in enumerate(self._sides):
                for event in self._comparison.take(number):
                    side.take(event)
                    self._ask(event)
            self._show_verdict()
            if is_over:
                self._end()
        self._show_heading()

    def _ask(self, event: Event) -> None:
        """Ask about a call of a tool that may not run unasked."""
        if isinstance(event, ToolCallRequested) and event.needs_approval:
            self._call(event)
        self._approval.hear(event)

    def _end(self) -> None:
        """Show that nothing more comes."""
        if self._look_timer is not None:
            self._look_timer.stop()
        self._is_over = True
        for side in self._sides:
            side.leave_out()
        self._show_verdict()
        self._show_keys()
        if self._chosen is not None:
            self.action_keep(self._chosen.side, self._chosen.has_settings)
        elif all(self._comparison.can_keep(number) for number in range(len(self._sides))):
            self._call(TurnEnded("stop", Statistics()))

    def _show_heading(self) -> None:
        if (seeds := self._comparison.seeds) == self._seeds_shown:
            return
        self._seeds_shown = seeds
        which = f"seed {seeds[0]}" if len(set(seeds)) == 1 else "each with a seed of its own"
        words = title_from(self._comparison.question)
        parts = (
            ("Compare  ", "$frame-focus bold"),
            (words, "$foreground"),
            (f"  {which}", "$muted"),
        )
        self._heading.update(Content.assemble(*parts))

    # --- what differs --------------------------------------------------------------------------

    def _show_verdict(self) -> None:
        said = [self._compare(channel, name) for channel, name in CHANNELS.items()]
        text = " · ".join(each for each in said if each)
        if text != self._verdict_shown:
            self._verdict_shown = text
            self._verdict.update(Content.styled(text[:1].upper() + text[1:], "$foreground"))

    def _compare(self, channel: str, name: str) -> str:
        """Return whether both sides say the same in a channel; have what differs stand out."""
        one, other = self._sides
        texts = one.written[channel].text, other.written[channel].text
        parting = find_parting(texts, are_whole=(one.is_over, other.is_over))
        if parting is not None:
            if parting != self._partings.get(channel):  # the word may still be growing
                self._partings[channel] = parting
                for side, (start, end) in zip(self._sides, parting.spans, strict=True):
                    side.point_out(channel, start, end)
            return f"{name} differ from word {parting.number:,} on"
        if not all(texts):
            return ""
        so_far = "" if one.is_over and other.is_over else " so far"
        return f"{name} are the same{so_far}"

    def action_go_to_difference(self) -> None:
        """Bring what differs first into view on both sides."""
        if not self._partings:
            self._say("No difference was found." if self._is_over else "No difference so far.")
        for side in self._sides:
            side.transcript.go_to_word()

    # --- what the person does ------------------------------------------------------------------

    def action_leave(self) -> None:
        """Stop what runs; where nothing does, go back with nothing kept."""
        transcript = self._sides[self._focused_side].transcript
        if not self._is_over:
            self._engine.stop()
        elif transcript.cursor is not None:
            transcript.action_leave()
        else:
            self.dismiss(None)

    def action_keep(self, number: int, has_settings: bool = False) -> None:
        """Have a side be the answer; what still runs is stopped."""
        letter = self._comparison.sides[number].letter
        if self._comparison.can_keep(number) and self._is_over:
            self.dismiss(Kept(number, has_settings))
        elif self._is_over:
            self._say(f"{letter} has no answer that could be kept.")
        elif self._sides[number].written["final"].text:
            self._chosen = Kept(number, has_settings)
            self._engine.stop()
        else:
            self._say(f"{letter} has not answered yet.")

    def action_keep_here(self) -> None:
        """Keep the side that has the focus."""
        self.action_keep(self._focused_side)

    def action_go_to(self, number: int) -> None:
        """Give a side the focus."""
        self._focused_side = number
        self._show_alone()
        self._sides[number].transcript.focus()

    def action_go_to_other(self) -> None:
        """Give the other side the focus."""
        self.action_go_to(1 - self._focused_side)

    def action_toggle_alone(self) -> None:
        """Give the side that has the focus all the room, or take it back."""
        self.toggle_class("-alone")
        self._show_alone()

    def _show_alone(self) -> None:
        for number, side in enumerate(self._sides):
            side.display = not self.has_class("-alone") or number == self._focused_side

    def action_toggle_thoughts(self) -> None:
        """Open what both sides thought, or fold it."""
        self._shows_thoughts = not self._shows_thoughts
        for side in self._sides:
            side.transcript.fold_entries(side.thoughts, is_folded=not self._shows_thoughts)

    def action_finish_thinking(self) -> None:
        """End the analysis that runs and have the model answer."""
        self._engine.finish_thinking()

    def action_copy(self) -> None:
        """Copy the answer that has the focus."""
        side = self._sides[self._focused_side]
        self.app.copy_to_clipboard(side.written["final"].text)
        self._say(f"The answer of {side.side.letter} is copied.")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Know which side the person is at, also by a click."""
        for number, side in enumerate(self._sides):
            if event.widget is side.transcript:
                self._focused_side = number

    def on_descendant_blur(self) -> None:
        """Have the keys go somewhere once a question was answered."""
        if not self._approval.display:
            self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        if self.focused is None and self.is_current:
            self._sides[self._focused_side].transcript.focus()

    # --- what is said --------------------------------------------------------------------------

    def _show_keys(self) -> None:
        keys = fit_keys(KEYS if self._is_over else KEYS_RUNNING, self._said.content_size.width)
        self._said.update(Content.styled(keys, "$muted"))

    def _say(self, text: str) -> None:
        if self._message_timer is not None:
            self._message_timer.stop()
        self._said.update(Content.styled(text, "$notice"))
        self._message_timer = self.set_timer(MESSAGE_SECONDS, self._show_keys)
