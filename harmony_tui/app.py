"""The full-screen application: it joins screen, engine, commands and themes, and does no more."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from itertools import takewhile
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TextArea

from engine.config import locations
from engine.config.precedence import Configuration
from engine.conversation.exchange import ExchangeError
from engine.conversation.messages import Message as SaidMessage
from engine.conversation.messages import one_line
from engine.conversation.store import Store, StoreError
from engine.events import Event, TurnEnded, TurnStarted
from harmony_tui.commands.command import Command, CommandError
from harmony_tui.commands.keys import bindings
from harmony_tui.commands.palette import palette_commands
from harmony_tui.commands.sessions import say_place
from harmony_tui.commands.table import BY_NAME
from harmony_tui.commands.typed import Empty, ToModel, ToProgram, Unknown, read_draft
from harmony_tui.engine_link import EngineLink
from harmony_tui.log import where_to_look
from harmony_tui.panes.approval import ApprovalBar
from harmony_tui.panes.hyperparameters import DialBoard
from harmony_tui.prompt.box import PromptBox
from harmony_tui.screens.chat import WIDE, ChatScreen
from harmony_tui.screens.too_small import TooSmallScreen, is_too_small
from harmony_tui.session_files import say_damage
from harmony_tui.shortening import Shortener
from harmony_tui.terminal import stderr_in
from harmony_tui.transcript import Transcript, import_readers
from themes.loader import BUNDLED, load_themes, role_defaults

if TYPE_CHECKING:
    from engine.config.settings import Settings
    from harmony_tui.debug_log import DebugLog

DEFAULT_THEME = "harmony-dark"
PROBLEM_SECONDS = 12
EDITING = "Editing: Enter sends it in place of what was said, Esc leaves"
EVENTS_AT_ONCE = 200
"""So many are shown at once of a conversation that is resumed."""
DRAFT_SECONDS = 0.4
"""A draft that was left alone for so long is read by the model."""
SWITCH_SECONDS = 0.001
"""How long a thread may keep Python to itself: short, so that drawing does not hold up tokens."""


class HarmonyApp(App[int], inherit_bindings=False):
    """A conversation with a model on this machine."""

    TITLE = "harmony-tui"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "app.tcss",
        "transcript/view.tcss",
        "panes/pane.tcss",
        "panes/conversation.tcss",
        "panes/analysis.tcss",
        "panes/tools.tcss",
        "panes/hyperparameters.tcss",
        "panes/approval.tcss",
        "prompt/prompt.tcss",
        "screens/screens.tcss",
        "screens/tokens.tcss",
        "screens/sessions.tcss",
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("anywhere"),
        *bindings("always"),
        Binding("ctrl+c", "help_quit", show=False),
    ]

    class EventsArrived(Message):
        """The engine has said something."""

    def __init__(
        self,
        settings: Settings | Configuration,
        model: str | None = None,
        make_engine: Callable[[Configuration, Callable[[], None]], EngineLink] = EngineLink,
        problems: Sequence[str] = (),
        resumed: Store | None = None,
        is_ephemeral: bool = False,
    ) -> None:
        """Prepare the application; nothing is loaded before the first frame is on the screen.

        Args:
            settings: what the person has set, and where.
            model: name or folder of a model in place of the one that is set.
            make_engine: is given the settings, and what to call when the engine says something.
            problems: what the person should know at the start.
            resumed: the session to go on with; else an empty conversation is shown.
            is_ephemeral: whether nothing that is said is kept on disk.
        """
        super().__init__()
        self.theme_names: list[str] = []
        configuration = Configuration.of(settings)
        self.engine = make_engine(configuration, self._announce_events)
        self.engine.keeps_sessions = not is_ephemeral
        self._resumed = resumed
        self._edited: SaidMessage | None = None
        """Words of the person's that what is in the prompt box is to stand in place of."""
        self.animation_level = "none"
        self._shortener = Shortener(lambda: self.settings)
        self._waiting: str | None = None
        self._draft_timer: Timer | None = None
        self._model_name = model or self.settings.model
        self._problems = [*problems, *configuration.notes, *self._load_themes()]
        self.chat_screen = ChatScreen(
            self.engine.hyperparameters, PromptBox(self._choices, self.run_command)
        )

    @property
    def settings(self) -> Settings:
        """What is in force now."""
        return self.engine.configuration.settings

    def get_default_screen(self) -> Screen[None]:
        """Begin with the chat."""
        return self.chat_screen

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give colours to the roles that a theme says nothing about."""
        return role_defaults(self.current_theme)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the table of commands in the palette."""
        return palette_commands(self)

    def on_mount(self) -> None:
        """Connect the engine; it begins its work when the first frame is on the screen."""
        self.engine.connect()
        self.chat_screen.conversation.greet(self.engine.greeting)
        for problem in self._problems:
            self.notify(problem, severity="warning", timeout=PROBLEM_SECONDS, markup=False)
        self.call_after_refresh(self.engine.load, self._model_name)
        self.call_after_refresh(self._resume_what_was_named)
        self.call_after_refresh(self.run_worker, import_readers, thread=True)

    def _resume_what_was_named(self) -> None:
        if self._resumed is not None:
            self.begin_work(self.resume(self._resumed))

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small."""
        if is_too_small(event.size) and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    # --- from the engine -----------------------------------------------------------------------

    def _announce_events(self) -> None:
        self.post_message(self.EventsArrived())

    @on(EventsArrived)
    def _pass_on_events(self) -> None:
        with self.batch_update():
            for event in self.engine.take():
                for shown in self._shortener.shorten(event):
                    self.chat_screen.hear(shown)
                if isinstance(event, TurnEnded):
                    self.show_title()
            self.chat_screen.dials.show(self.engine.hyperparameters)
        if self._waiting is not None and not self.engine.is_loading:
            self._send_waiting()

    # --- from the person -----------------------------------------------------------------------

    @on(TextArea.Changed)
    def _note_draft(self) -> None:
        if self.settings.read_ahead:
            if self._draft_timer is not None:
                self._draft_timer.stop()
            self._draft_timer = self.set_timer(DRAFT_SECONDS, self._read_draft)

    def _read_draft(self) -> None:
        match read_draft(self.chat_screen.prompt.area.text):
            case ToModel(text=text):
                self.engine.read_draft(text)

    @on(PromptBox.Submitted)
    def _act_on_draft(self, event: PromptBox.Submitted) -> None:
        match read_draft(event.draft):
            case ToModel(text=text):
                self._send(text, event.draft)
            case ToProgram(command=command, argument=argument):
                self.chat_screen.prompt.take(event.draft)
                self.run_command(command, argument)
            case Unknown(name=name, nearest=nearest):
                meant = f"Did you mean /{nearest}?" if nearest else "/help lists the commands."
                self.flash(f"There is no command /{name}. {meant}", is_problem=True)
            case Empty():
                pass

    def _send(self, text: str, draft: str) -> None:
        if self.engine.is_answering:
            self.flash("It is still answering. Esc stops it; your text stays.", is_problem=True)
        elif self.engine.is_loading:
            self._waiting = draft
            self.flash("This is sent as soon as the model is loaded.")
        elif self.engine.model is None:
            self.flash("No model is loaded. /model demo loads one.", is_problem=True)
        else:
            self.chat_screen.prompt.take(draft)
            edited = self._edited
            self.leave_edit()
            if edited is None:
                self.engine.send(text)
            else:
                self.begin_work(self._send_edited(edited, text))

    async def _send_edited(self, edited: SaidMessage, text: str) -> str:
        """Have other words stand in place of some that were said, and be answered."""
        await self.show_conversation(_before(await self.engine.replay(), edited.id))
        self.engine.edit(edited.id, text)
        return ""

    def begin_edit(self, message: SaidMessage) -> None:
        """Put words that were said into the prompt box, to be sent in another way."""
        self._edited = message
        self.chat_screen.prompt.begin(message.text)
        self.chat_screen.prompt.border_title = EDITING

    def leave_edit(self) -> bool:
        """Have what is in the prompt box be new words; return whether it was not."""
        was_editing, self._edited = self._edited is not None, None
        self.chat_screen.prompt.border_title = None
        return was_editing

    def _send_waiting(self) -> None:
        """Send what was entered while a model was being loaded, unless it was changed since."""
        draft, self._waiting = self._waiting, None
        if self.engine.model is not None and self.chat_screen.prompt.area.text == draft:
            self.chat_screen.prompt.submit()

    def action_command(self, name: str) -> None:
        """Run the command that a key is bound to."""
        self.run_command(BY_NAME[name], "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing but to quit where there is no room."""
        if self.screen_stack and isinstance(self.screen, TooSmallScreen):
            return (action, parameters) == ("command", ("quit",))
        return super().check_action(action, parameters)

    def action_help_quit(self) -> None:
        """Say how to quit to those whose hands know Ctrl+C."""
        self.flash("Ctrl+Q quits; Esc stops an answer.")

    def run_command(self, command: Command, argument: str = "") -> None:
        """Run a command; what it objects to is shown."""
        try:
            command.run(self, argument)
        except CommandError as error:
            self.flash(str(error), is_problem=True)

    def set_hyperparameter(self, name: str, text: str) -> None:
        """Set a hyperparameter and show it.

        Raises:
            HyperparameterError: no such name, or not a value that it takes.
        """
        self.engine.set_hyperparameter(name, text)
        self._show_hyperparameter(name)

    def start_conversation(self) -> None:
        """Leave the conversation for an empty one."""
        self.leave_edit()
        self.engine.start_conversation()
        self._show_empty_conversation()
        self.show_title()

    async def resume(self, session: Path | Store) -> str:
        """Leave the conversation for one that is kept; return what is to be said about that.

        Raises:
            StoreError: it cannot be opened; the one before goes on.
        """
        await self.show_conversation(await self.engine.resume(session))
        if (shown := self.engine.session) is not None and shown.damaged:
            self.chat_screen.conversation.say(say_damage(shown.damaged))
        return ""

    async def show_conversation(self, events: Sequence[Event]) -> None:
        """Show a conversation by the events that make it."""
        self.leave_edit()
        self._show_empty_conversation()
        for start in range(0, len(events), EVENTS_AT_ONCE):
            with self.batch_update():
                for event in events[start : start + EVENTS_AT_ONCE]:
                    for shown in self._shortener.shorten(event):
                        self.chat_screen.hear(shown)
            await asyncio.sleep(0)
        self.chat_screen.dials.show(self.engine.hyperparameters)
        self.show_title()

    def show_title(self) -> None:
        """Show what the conversation is called, and which version of it this is."""
        pane, session = self.chat_screen.conversation, self.engine.session
        if session is None:
            pane.border_title, pane.border_subtitle = pane.BORDER_TITLE, None
            return
        pane.border_title = Content(one_line(session.title))
        place = say_place(session)
        pane.border_subtitle = f"{place}  Alt+←→" if place else None

    def begin_work(self, work: Coroutine[Any, Any, str]) -> None:
        """Have something done that takes a while; what comes of it is shown, if it says so."""
        self.run_worker(self._tell(work), group="sessions")

    async def _tell(self, work: Coroutine[Any, Any, str]) -> None:
        try:
            said = await work
        except (StoreError, ExchangeError, CommandError) as error:
            self.flash(str(error), is_problem=True)
        else:
            if said:
                self.flash(said)

    def _show_empty_conversation(self) -> None:
        self.chat_screen.start_conversation()
        self.chat_screen.conversation.greet(self.engine.greeting)

    def use_profile(self, name: str) -> None:
        """Go by a profile from now on, and load its model if it is another one.

        Raises:
            SettingsError: there is no such profile, or it cannot be used.
        """
        model, greeting = self.settings.model, self.engine.greeting
        self.engine.use_profile(name)
        self.chat_screen.dials.show(self.engine.hyperparameters)
        for problem in self._use_theme(self.settings.theme):
            self.flash(problem, is_problem=True)
        if self.engine.greeting != greeting:
            self._show_empty_conversation()
        if self.settings.model != model:
            self.engine.load(self.settings.model)

    @on(DialBoard.ValueChosen)
    def _set_chosen_value(self, event: DialBoard.ValueChosen) -> None:
        self.run_command(BY_NAME["set"], f"{event.name} {event.text}")

    @on(DialBoard.ValueReset)
    def _reset_value(self, event: DialBoard.ValueReset) -> None:
        self.engine.reset_hyperparameter(event.name)
        self._show_hyperparameter(event.name)

    def _show_hyperparameter(self, name: str) -> None:
        self.chat_screen.dials.show(self.engine.hyperparameters)
        value = getattr(self.engine.hyperparameters, name)
        when = "the next turn" if name == "effort" else "the next token"
        self.flash(f"{name} is {value}, from {when} on.")

    @on(ApprovalBar.Answered)
    def _answer_call(self, event: ApprovalBar.Answered) -> None:
        self.engine.answer(event.call, allowed=event.allowed)

    @on(ApprovalBar.AllAllowed)
    def _allow_all_calls(self) -> None:
        self.run_command(BY_NAME["approve"], "never")

    @on(Transcript.LinkClicked)
    def _open_link(self, event: Transcript.LinkClicked) -> None:
        self.flash(event.target)
        if event.target.startswith(("https://", "http://")):
            self.open_url(event.target)

    # --- what is said --------------------------------------------------------------------------

    def flash(self, text: str, *, is_problem: bool = False) -> None:
        """Show a short message for a moment; one that is too long goes into the conversation."""
        if self.chat_screen.status.has_room(text):
            self.chat_screen.status.flash(text, is_problem=is_problem)
        else:
            self.chat_screen.conversation.say(text)

    def _choices(self, command: Command) -> Sequence[str]:
        return command.choices(self) if command.choices else ()

    def _load_themes(self) -> list[str]:
        """Take up all themes; return what is wrong with some."""
        themes, bad = load_themes(BUNDLED, locations.themes_folder())
        for theme in themes:
            self.register_theme(theme)
        self.theme_names = [theme.name for theme in themes]
        problems = [f"{each.path} is not a usable theme: {each.reason}" for each in bad]
        return problems + self._use_theme(self.settings.theme)

    def _use_theme(self, wanted: str) -> list[str]:
        """Change the colours; return what is wrong with the theme."""
        self.theme = wanted if wanted in self.available_themes else DEFAULT_THEME
        if wanted == self.theme:
            return []
        return [f"There is no theme {wanted!r}. There are: {', '.join(self.theme_names)}."]


def _before(events: Sequence[Event], words: int) -> list[Event]:
    """Return the events that came before words of the person's, by their message's id."""

    def is_earlier(event: Event) -> bool:
        return not isinstance(event, TurnStarted) or event.message != words

    return list(takewhile(is_earlier, events))


def run(
    settings: Settings | Configuration,
    model: str | None = None,
    *,
    resumed: Store | None = None,
    is_ephemeral: bool = False,
    debug_log: DebugLog | None = None,
) -> int:
    """Show the application until the person leaves it; return the exit code.

    Args:
        settings: what the person has set, and where.
        model: name or folder of a model in place of the one that is set.
        resumed: the session to go on with.
        is_ephemeral: whether nothing that is said is kept on disk.
        debug_log: where all that the model reads and samples is written, if it is.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    log = locations.log_file()
    problems = [] if log.exists() else [f"{log} cannot be written: errors will not be logged."]
    with stderr_in(log):
        app = HarmonyApp(
            settings, model, problems=problems, resumed=resumed, is_ephemeral=is_ephemeral
        )
        app.engine.debug_log = debug_log
        try:
            app.run()
        finally:
            app.engine.close()
    if app.return_code:
        print(f"harmony-tui ended by an error. {where_to_look()}", file=sys.stderr)
    return app.return_code or 0
