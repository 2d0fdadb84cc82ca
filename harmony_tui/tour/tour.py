"""Leads the person through the steps: notes what they do, and goes on when that is what was asked.

It never begins by itself, and the whole application is there while it is shown.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from engine.events import Event, LoadFailed, ModelLoaded, TurnEnded, TurnStarted
from harmony_tui.commands.command import CommandError, show_key
from harmony_tui.commands.resetting import changed_hyperparameters
from harmony_tui.commands.table import BY_NAME
from harmony_tui.tour.guide import ROOMY, Card, Guide, Moment
from harmony_tui.tour.progress import is_first_start, load_place, save_step
from harmony_tui.tour.steps import STEPS, Now, Step
from harmony_tui.welcome import welcome

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp

Move = Literal["next", "back", "end"]
POINTED = "-pointed-at"
"""The class of the pane that a step speaks of."""
NOT_SHOWN = "The tour is not under way. /tour begins it."
LEFT = "The tour is left. /tour goes on with it."
GOES_ON = "The tour goes on where you left it; /tour anew begins it again."
UNDER_WAY = "The tour is above the prompt box; /tour anew begins it again."


class Tour:
    """The tour of one run of the program."""

    def __init__(self, app: HarmonyApp) -> None:
        self._app = app
        self._guide: Guide | None = None
        self._is_offered = False
        self._place: int | None = None
        """Of the step; None before it is known how far the person has come."""
        self._is_done = False
        self._ran: Counter[str] = Counter()
        self._answers = 0
        self._start: Now | None = None
        """How the program was when the step began."""
        self._shown: Card | None = None

    # --- offering it ---------------------------------------------------------------------------

    def offer(self) -> None:
        """Have the welcome tell of the tour, if this is the first time that the program runs."""
        if is_first_start(self._app.settings):
            self._is_offered = True
            self._greet()
            self._remember(None)

    def _greet(self) -> None:
        engine = self._app.engine
        # Before the first frame is on the screen, loading has not begun; but it will.
        is_loading = engine.is_loading or self._app.chat_screen.status.activity.is_busy
        text = welcome(engine.model, is_loading=is_loading, offers_tour=self._is_offered)
        self._app.chat_screen.conversation.transcript.placeholder = text

    # --- what the person does with it ----------------------------------------------------------

    @property
    def is_shown(self) -> bool:
        """Whether it is under way."""
        return self._guide is not None

    def begin(self, *, is_anew: bool = False) -> None:
        """Show the step at which the tour was left, or the first one."""
        if self._is_offered:
            self._is_offered = False
            self._greet()
        if self._place is None:
            self._place = load_place()
        if is_anew:
            self._place = 0
        elif self._guide is not None:
            self._app.flash(UNDER_WAY)
        elif self._place:
            self._app.flash(GOES_ON)
        if self._guide is None:
            chat = self._app.chat_screen
            self._guide = Guide(self._card(self._place), self.look)
            chat.mount(self._guide, before=chat.approval)
            chat.prompt.area.focus()
            self._go_to(self._place)
        elif is_anew:
            self._go_to(0)

    def act(self) -> None:
        """Do what Enter is for: put into the prompt box what the step offers, or go on."""
        offer = self._step.offer
        if self._is_done or not offer:
            self._go_to(self._here + 1)
        elif not self._app.engine.is_answering:
            self._app.chat_screen.prompt.begin(offer)

    def move(self, move: Move) -> None:
        """Go to the next step or the one before, or leave the tour.

        Raises:
            CommandError: it is not under way.
        """
        if not self.is_shown:
            raise CommandError(NOT_SHOWN)
        match move:
            case "next":
                self._go_to(self._here + 1)
            case "back":
                self._go_to(max(0, self._here - 1))
            case "end":
                self._close()
                self._app.flash(LEFT)

    def takes(self, what: str) -> bool:
        """Whether a key means the tour now, and nothing that the person is at."""
        chat = self._app.chat_screen
        if not self.is_shown or self._app.screen is not chat:
            return False
        area = chat.prompt.area
        is_at_rest = self._app.focused is area and not chat.prompt.completions.display
        match what:
            case "act":  # the prompt box takes the key itself, while it has the focus
                return True
            case "end":
                is_alone = chat.area.front is not None and chat.area.placing.is_alone
                is_in_pane = is_alone or chat.area.largest is not None
                is_busy = self._app.engine.is_answering or not self._app.outbox.is_new
                return is_at_rest and not is_in_pane and not is_busy
            case _:
                return is_at_rest and not area.text

    @property
    def takes_enter(self) -> bool:
        """Whether Enter in the empty prompt box means the tour."""
        does_queue_wait = self._app.outbox.queue.waiting and not self._app.engine.is_answering
        return self.is_shown and not does_queue_wait

    # --- what it notes -------------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """Note what the engine says, as it happens."""
        if self._is_offered and isinstance(event, ModelLoaded | LoadFailed):
            self._greet()
        if self.is_shown and isinstance(event, TurnStarted | TurnEnded):
            if isinstance(event, TurnEnded) and event.finish in ("stop", "length"):
                self._answers += 1
            self.look()
            self._app.refresh_bindings()  # Esc means another thing now

    def note_command(self, name: str) -> None:
        """Note that a command was run, by a key, by its name, from the palette, with the mouse."""
        if self.is_shown:
            self._ran[name] += 1
            self.look()

    def look(self) -> None:
        """See whether what the step waits for is done, and show it; a step that is over ends."""
        if self._guide is None or self._start is None:
            return
        if not self._is_done and self._step.goal(self._start, self._now()):
            self._is_done = True
            if not self._step.look:
                self._go_to(self._here + 1)
                return
        self._show()

    def _now(self) -> Now:
        area = self._app.chat_screen.area
        return Now(
            ran=dict(self._ran),
            answers=self._answers,
            shown=frozenset(area.placing.regions),
            arrangement=(area.front, area.largest, area.arrangement),
            effort=self._app.engine.hyperparameters.effort,
            has_changes=bool(changed_hyperparameters(self._app)),
        )

    # --- the steps -----------------------------------------------------------------------------

    @property
    def _here(self) -> int:
        return self._place or 0

    @property
    def _step(self) -> Step:
        return STEPS[self._here]

    def _go_to(self, place: int) -> None:
        """Show a step; past the last one the tour is over."""
        if place >= len(STEPS):
            self._close()
            self._place = 0
            self._remember(None)
            return
        self._place = place
        self._start = self._now()
        # What is so already is not waited for, but it is told of.
        self._is_done = self._step.goal(self._start, self._start)
        self._remember(self._step.name)
        self._show()

    def _card(self, place: int) -> Card:
        size = self._app.size
        is_answering = self._app.engine.is_answering
        draft: Moment = "draft" if self._app.chat_screen.prompt.area.text else "rest"
        does_enter_send = self._app.settings.enter == "send" and BY_NAME["send"].keys
        return Card(
            STEPS[place],
            place,
            self._is_done,
            is_brief=size.width < ROOMY.width or size.height < ROOMY.height,
            moment="answer" if is_answering else draft,
            enter=show_key(BY_NAME["send"].keys[0]) if does_enter_send else "Ctrl+J",
        )

    def _show(self) -> None:
        """Show the step as it is now, if that is not what is shown."""
        card = self._card(self._here)
        if self._guide is None or card == self._shown:
            return
        self._shown = card
        self._guide.show(card)
        for name, pane in self._app.chat_screen.area.panes.items():
            pane.set_class(name == card.step.points_at, POINTED)
        self._app.refresh_bindings()

    def _close(self) -> None:
        if self._guide is not None:
            self._guide.remove()
            self._guide = self._start = self._shown = None
        for pane in self._app.chat_screen.area.panes.values():
            pane.remove_class(POINTED)
        self._app.refresh_bindings()

    def _remember(self, step: str | None) -> None:
        if self._app.engine.keeps_sessions:
            save_step(step)
