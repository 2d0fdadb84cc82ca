"""The raw Harmony of a turn, token by token, and what could have stood in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from engine.conversation.titles import title_from
from engine.events import Event, TurnContinued, TurnEnded, TurnStarted
from harmony_tui.panes.token_list import (
    EMPTY,
    ORIGINS,
    UNKNOWN,
    Row,
    TokenList,
    show_probability,
    spell_visibly,
)
from harmony_tui.panes.tokens import TokensPane
from harmony_tui.screens.choice_list import ChoiceList
from harmony_tui.screens.frame import fit_keys
from harmony_tui.turn_tokens import TurnTokens

LOOK_SECONDS = 0.25
"""So often the screen looks whether more was sampled."""
MESSAGE_SECONDS = 4.0
KEYS = "↑↓ move  → alternatives  Space fold  C copy the round  Esc back"
KEY_OF_TURNS = "[ ] turn  "
KEY_OF_MEASURING = "M measure  "
KEYS_OF_EARLIER = "↑↓ move  Space fold  C copy the round  Esc back"
KEYS_OF_ALTERNATIVES = "Enter go on with it  ↑↓ choose  ← back  Esc back"
BESIDE = 70
"""Columns from which on what there is to say of a token stands beside the list."""
LOW = 11
"""Lines below which there is room for the list alone."""
NOT_MEASURED = "Not measured yet. M measures this answer."
OF_EARLIER = "Only the last answer can be measured, or go another way from here."
OF_THE_PROMPT = "It was read, not sampled."
OF_THE_PERSON = "You put it here, so its probability was not measured."


@dataclass(frozen=True, slots=True)
class Branch:
    """Another way for an answer to go."""

    at_token: int
    alternative: int | None
    """None has the token sampled again."""


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a conversation whose tokens can be looked at."""

    read_questions: Callable[[], tuple[tuple[int, str], ...]]
    """Gives the id and the text of the words that each answers, oldest first."""
    read_last: Callable[[], TurnTokens]
    """Gives the tokens of the last one as they are now."""
    read: Callable[[int], TurnTokens]
    """Gives those of an earlier one, by the id of its words."""
    measure: Callable[[], None]
    """Finds out how likely those of the last one were."""


class TokenView(Vertical):
    """Lists the tokens of a turn, and takes the answer another way from one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", key_display="Esc"),
        Binding("q", "hide", "Hide", show=False),
        Binding("left,h", "leave_alternatives", "Back", show=False),
        Binding("c", "copy", "Copy", show=False),
        Binding("m", "measure", "Measure", show=False),
        Binding("left_square_bracket", "turn(-1)", "Earlier turn", show=False),
        Binding("right_square_bracket", "turn(1)", "Later turn", show=False),
    ]

    def __init__(
        self, turns: Turns, why_not: Callable[[], str], go_on: Callable[[Branch], None]
    ) -> None:
        """Show the last turn.

        Args:
            turns: what there is to look at.
            why_not: says why no other way can be taken just now; empty if one can.
            go_on: takes another way.
        """
        super().__init__()
        self._turns = turns
        self._questions = turns.read_questions()
        self._turn = self._last
        """The place of the turn that is listed."""
        self._why_not = why_not
        self._go_on = go_on
        self.list = TokenList(turns.read_last())
        self._alternatives = ChoiceList(compact=True)
        self._title = Static(id="turn")
        self._turn_said = Content()
        """Which turn it is, in words."""
        self._about = Static(id="about")
        self._said = Static(id="said")
        self._shown: tuple[object, ...] | None = None
        """What there was to say of the token that is described."""
        self._message_timer: Timer | None = None
        self._is_stale = self._is_another = False
        """Whether something has changed that was not looked at, and whether the turn has."""

    def compose(self) -> ComposeResult:
        """The list and what there is to say of the token under the cursor; keys below."""
        yield self._title
        with Container(id="parts"):
            yield self.list
            with Vertical(id="token"):
                yield self._about
                yield self._alternatives
        yield self._said

    def on_mount(self) -> None:
        """Show the first sampled token."""
        self._show_turn()
        self.set_interval(LOOK_SECONDS, self._look)
        if self._pane.awaits_focus:
            self._pane.awaits_focus = False
            self.list.focus()

    def on_resize(self, event: Resize) -> None:
        """Put beside each other what there is room for now, and say which keys there are."""
        is_beside = event.size.width >= BESIDE
        self.set_class(is_beside, "-beside")
        self.set_class(event.size.height < (LOW // 2 if is_beside else LOW), "-low")
        self._show_title()
        self._show_keys()

    @property
    def _pane(self) -> TokensPane:
        assert isinstance(self.parent, TokensPane)  # noqa: S101
        return self.parent

    def action_leave(self) -> None:
        """Go back to the conversation."""
        self.post_message(TokensPane.Left())

    def action_hide(self) -> None:
        """Take the pane away."""
        self.post_message(TokensPane.Hidden())

    # --- what happens --------------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """List another turn where one begins, if it was the last one that was listed."""
        match event:
            case TurnStarted():
                self._note(is_another=True)
            case TurnContinued() | TurnEnded():
                self._note()

    def start_conversation(self) -> None:
        """List the tokens of a conversation that has not begun."""
        self._questions, self._turn = (), 0
        self._note(is_another=True)

    def _note(self, *, is_another: bool = False) -> None:
        """Look soon at what has changed: a conversation that is shown anew changes all at once."""
        self._is_another = self._is_another or is_another
        if not self._is_stale:
            self._is_stale = True
            self.call_later(self._take_note)

    def _take_note(self) -> None:
        was_last, is_another = self._is_last, self._is_another
        self._is_stale = self._is_another = False
        self._questions = self._turns.read_questions()
        if was_last:
            self._turn = self._last
        if was_last and is_another:
            self._shown = None
            empty = UNKNOWN if self._questions else EMPTY
            self.list.list_anew(self._turns.read_last(), empty)
        self._look()
        self._show_turn()

    # --- the turn ------------------------------------------------------------------------------

    @property
    def _last(self) -> int:
        return max(0, len(self._questions) - 1)

    @property
    def _is_last(self) -> bool:
        return self._turn == self._last

    def action_turn(self, step: int) -> None:
        """List the turn before or after this one."""
        turn = max(0, min(self._turn + step, self._last))
        if turn == self._turn:
            self._say("That is the first turn." if step < 0 else "That is the last turn.")
            return
        self._turn = turn
        words, _ = self._questions[turn]
        tokens = self._turns.read_last() if self._is_last else self._turns.read(words)
        self.list.list_anew(tokens)
        self.list.focus()
        self._shown = None
        self._show_turn()

    def _show_turn(self) -> None:
        title = "Tokens of the last turn"
        if not self._is_last:
            title = f"Tokens of turn {self._turn + 1:,} of {self._last + 1:,}"
        if self._last:
            _, question = self._questions[self._turn]
            title += f" · {title_from(question)}"
        self._turn_said = Content(title)
        self._title.update(self._turn_said)
        self._show_title()
        self._show_counts()
        self._show_token()
        self._show_keys()

    def _show_title(self) -> None:
        """Say in the frame which turn it is, unless tabs have that room and a line says it."""
        self._pane.border_title = Content("Tokens") if self._title.display else self._turn_said

    def _look(self) -> None:
        if not (self._is_last and self._pane.display):
            return
        tokens, before = self._turns.read_last(), self.list.tokens
        if (tokens.rounds, tokens.told) != (before.rounds, before.told):
            self.list.tokens = tokens
            self._show_counts()
            if self._message_timer is None:
                self._show_keys()

    def _show_counts(self) -> None:
        tokens = self.list.tokens
        rounds = len(tokens.rounds)
        self.set_class(not rounds, "-empty")
        if not rounds:
            self._pane.border_subtitle = ""
            return
        said = f"{rounds} round{'s' if rounds > 1 else ''} · {tokens.sampled:,} sampled"
        if self._is_last and tokens.told < tokens.sampled:
            said += f" · {tokens.told:,} measured" if tokens.told else " · none measured"
        self._pane.border_subtitle = said

    # --- the token under the cursor ------------------------------------------------------------

    @on(TokenList.Moved)
    def _show_token(self) -> None:
        row = self.list.row
        if row is not None:
            # Where a turn grows, the choice among alternatives must stay as it is.
            shown = (row.section.round, row.section.is_prompt, row.number, row.token, row.told)
            if shown == self._shown:
                return
            self._shown = shown
        else:
            self._shown = None
        self._about.update(Content("") if row is None else self._describe(row))
        can_branch = row is not None and not row.section.is_prompt and self._is_last
        options = self._options(row) if row is not None and can_branch else []
        self._alternatives.set_options(options)
        self._alternatives.display = bool(options)
        if not options and self._alternatives.has_focus:
            self.list.focus()

    def _describe(self, row: Row) -> Content:
        text = self.list.tokens.spell((row.token,))
        told = row.told
        is_control = row.token in self.list.tokens.control_tokens
        about = f"token {row.number:,} · id {row.token}"
        if told is not None:
            about += f" · {ORIGINS[told.origin]}"
        lines = [Content.assemble(_spelled(text, is_control=is_control), "  ", (about, "$muted"))]
        if told is not None and told.logprob is not None:
            figures = f"{show_probability(told.logprob)} · logprob {told.logprob:.2f}"
            lines.append(Content.styled(figures, "$foreground"))
        elif row.section.is_prompt:
            lines.append(Content.styled(OF_THE_PROMPT, "$muted"))
        elif told is not None and told.origin == "person":
            lines.append(Content.styled(OF_THE_PERSON, "$muted"))
        elif not self._is_last:
            lines.append(Content.styled(OF_EARLIER, "$muted"))
        else:
            lines.append(Content.styled(NOT_MEASURED, "$notice"))
        return Content("\n").join(lines)

    def _options(self, row: Row) -> list[Option]:
        options = []
        for each in row.told.alternatives if row.told else ():
            is_chosen = each.token == row.token
            content = Content.assemble(
                (f"{show_probability(each.logprob):>8}  ", "$muted"),
                _spelled(each.text, is_control=each.token in self.list.tokens.control_tokens),
                ("  ✓" if is_chosen else "", "$tool-done"),
            )
            options.append(Option(content, id=str(each.token)))
        options.append(Option(Content.styled(" " * 10 + "sample again", "$muted"), id="again"))
        return options

    @on(TokenList.Entered)
    def _enter_alternatives(self) -> None:
        if self.has_class("-low"):
            self._say("There is no room here for what could stand in its place. F10 gives it.")
        elif self._alternatives.display:
            self._alternatives.focus()
            if self._alternatives.highlighted is None:
                self._alternatives.highlighted = 0

    def action_measure(self) -> None:
        """Find out how likely the tokens of the answer were."""
        if not self._is_last:
            self._say("Only the last answer can be measured.")
        elif reason := self._why_not():
            self._say(reason)
        elif self._has_unmeasured:
            self._turns.measure()
        else:
            self._say("Every token is measured.")

    @property
    def _has_unmeasured(self) -> bool:
        return self._is_last and self.list.tokens.told < self.list.tokens.sampled

    def action_leave_alternatives(self) -> None:
        """Go back to the list."""
        self.list.focus()

    @on(OptionList.OptionSelected)
    def _branch(self, event: OptionList.OptionSelected) -> None:
        row, chosen = self.list.row, event.option.id
        if row is None or chosen is None:
            return
        if reason := self._why_not():
            self._say(reason)
        elif chosen == str(row.token):
            self._say("That is the token that stands there.")
        else:
            self.list.focus()
            self.action_leave()
            self._go_on(Branch(row.number, None if chosen == "again" else int(chosen)))

    # --- what is said --------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy the prompt and the completion of the round under the cursor."""
        section = self.list.section
        if section is None:
            return
        tokens = self.list.tokens
        each = tokens.rounds[section.round]
        self.app.copy_to_clipboard(tokens.spell((*each.prompt, *each.completion)))
        count = len(each.prompt) + len(each.completion)
        self._say(f"Copied round {section.round + 1}: {count:,} tokens as text.")

    def on_descendant_focus(self) -> None:
        """Say which keys there are now."""
        self._show_keys()

    on_descendant_blur = on_descendant_focus

    def _show_keys(self) -> None:
        if self._alternatives.has_focus:
            keys = KEYS_OF_ALTERNATIVES
        else:
            keys = KEYS if self._is_last else KEYS_OF_EARLIER
            keys = KEY_OF_MEASURING + keys if self._has_unmeasured else keys
            keys = KEY_OF_TURNS + keys if self._last else keys
        shown = fit_keys(keys, self.size.width) if self.has_focus_within else ""
        self._said.update(Content.styled(shown, "$muted"))

    def _say(self, text: str) -> None:
        if self._message_timer is not None:
            self._message_timer.stop()
        self._said.update(Content.styled(text, "$notice"))
        self._message_timer = self.set_timer(MESSAGE_SECONDS, self._end_message)

    def _end_message(self) -> None:
        self._message_timer = None
        self._show_keys()


def _spelled(text: str, *, is_control: bool) -> Content:
    plain = "$secondary bold" if is_control else "$foreground bold"
    pieces = spell_visibly(text)
    return Content.assemble(*((piece, "$muted" if space else plain) for piece, space in pieces))
