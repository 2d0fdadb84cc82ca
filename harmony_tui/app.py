"""The full-screen application: it joins screen, engine, commands and themes, and does no more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding, BindingsMap, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TextArea

from engine.config.hyperparameters import AT_NEXT_TURN
from engine.config.precedence import Configuration
from engine.conversation.titles import one_line
from engine.events import Event, TurnEnded
from harmony_tui.commands.command import Command, CommandError, is_told
from harmony_tui.commands.handlers import fill_tokens
from harmony_tui.commands.keymap import remap
from harmony_tui.commands.keys import bindings, leave_keys, use_keys
from harmony_tui.commands.palette import Palette, palette_commands
from harmony_tui.commands.sessions import say_place
from harmony_tui.commands.sources import open_link
from harmony_tui.commands.table import BY_NAME
from harmony_tui.commands.typed import Empty, Surplus, ToModel, ToProgram, Unknown, read_draft
from harmony_tui.downloads import Download
from harmony_tui.engine_link import EngineLink
from harmony_tui.first_frame import remember
from harmony_tui.garbage import look_again_seldom, not_looked_for
from harmony_tui.key_order import KeyOrder
from harmony_tui.manners import Manners
from harmony_tui.outbox import Outbox
from harmony_tui.panes.approval import ApprovalBar
from harmony_tui.panes.hyperparameters import DialBoard
from harmony_tui.presenting import Presentation
from harmony_tui.prompt.around import look_around
from harmony_tui.prompt.attachments import AttachmentError
from harmony_tui.prompt.box import PromptBox
from harmony_tui.screens.chat import ChatScreen
from harmony_tui.screens.too_small import TooSmallScreen, is_too_small
from harmony_tui.session_files import say_damage
from harmony_tui.stylesheets import read_unseen
from harmony_tui.theming import ThemedApp
from harmony_tui.tour.tour import Tour
from harmony_tui.transcript import Transcript, import_readers
from harmony_tui.voice.keys import TalkKeys, talk_driver
from harmony_tui.voice.voice import Voice

if TYPE_CHECKING:
    from textual.driver import Driver

    from engine.config.settings import Settings
    from engine.conversation.messages import Message as SaidMessage
    from engine.conversation.store import Store
    from harmony_tui.first_frame import FirstFrame

EVENTS_AT_ONCE = 5000
"""So many of a conversation that is resumed are taken in before anything else has its turn."""
DRAFT_SECONDS = 0.4
"""A draft that was left alone for so long is read by the model."""


class HarmonyApp(ThemedApp, inherit_bindings=False):
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
        "prompt/prompt.tcss",
        "screens/screens.tcss",
        "tour/tour.tcss",
    ]
    OWN_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "help_quit", show=False),
        # Before the prompt box, which does something else with it where no message waits.
        Binding("up", "take_back_queued", show=False, priority=True),
        # These hold while the tour is shown and the person is at nothing else.
        Binding("left", "tour('back')", show=False, priority=True),
        Binding("right", "tour('next')", show=False, priority=True),
        Binding("escape", "tour('end')", "End", key_display="Esc"),
        Binding("enter", "tour('act')", show=False),
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
        configuration = Configuration.of(settings)
        self.engine = make_engine(configuration, self._announce_events)
        self.engine.keeps_sessions = not is_ephemeral
        self._resumed = resumed
        self.deleted: list[Path] = []
        """Sessions in the trash that were deleted while they were open here, the last one last."""
        self.animation_level = "none"
        self.manners = Manners(self)
        self.download: Download | None = None
        """The model that was asked for last from the Hugging Face Hub."""
        self.presentation = Presentation(lambda: self.settings, self.engine.tools.look_up)
        self._draft_timer: Timer | None = None
        self._model_name = model or self.settings.model
        bad_keys = remap(self.settings.keys)
        # The bindings of a class are made before the person's keys are known.
        commands = (*bindings("anywhere"), *bindings("always"))
        self._bindings = BindingsMap([*self.OWN_BINDINGS, *commands])
        self._problems = [*problems, *configuration.notes]
        self._problems += [*self.load_themes(self.settings.theme), *bad_keys]
        self.first_frame: FirstFrame | None = None
        """What holds the terminal until its driver takes it."""
        self.chat_screen = ChatScreen(
            self.engine.configuration,
            PromptBox(look_around(self)),
            lambda: self.engine.tools.guard,
            keeps_arrangement=not is_ephemeral,
            memory=lambda: self.engine.memory_bytes,
        )
        self.outbox = Outbox(self)
        self.tour = Tour(self)
        self.voice = Voice(self)
        self._key_order = KeyOrder(self, TalkKeys(self), super().on_event)
        use_keys(self.chat_screen.conversation.transcript)
        leave_keys(self.chat_screen.prompt.area)

    @property
    def settings(self) -> Settings:
        """What is in force now."""
        return self.engine.configuration.settings

    def get_driver_class(self) -> type[Driver]:
        """Draw in terminals through a driver that hears keys being let go."""
        return talk_driver(super().get_driver_class())

    async def on_event(self, event: events.Event) -> None:
        """Have keys act in their order."""
        await self._key_order.pass_on(event)

    def leave(self, code: int = 0) -> None:
        """Leave the program, and remember what the next start draws first."""
        self.voice.fall_silent()
        if self.engine.keeps_sessions:
            remember(self)
        self.exit(0, return_code=code)

    def on_unmount(self) -> None:
        """Give back the devices of sound."""
        self.voice.close()

    def get_default_screen(self) -> Screen[None]:
        """Begin with the chat."""
        return self.chat_screen

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the table of commands in the palette."""
        return palette_commands(self)

    def action_command_palette(self) -> None:
        """Open the palette."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def on_mount(self) -> None:
        """Connect the engine; it begins its work when the first frame is on the screen."""
        self.engine.connect()
        self.watch_themes()
        self.manners.begin()
        self.voice.begin()
        self.chat_screen.conversation.greet(self.engine.greeting)
        self.tour.offer()
        self.call_after_refresh(read_unseen, self.stylesheet)
        self.call_after_refresh(self._mount_what_is_hidden)
        self.call_after_refresh(self.engine.load, self._model_name)
        self.call_after_refresh(self._resume_what_was_named)
        self.call_after_refresh(self.run_worker, import_readers, thread=True)

    async def on_ready(self) -> None:
        """Take what was typed during the start, and look for garbage again if that did without."""
        await self._key_order.begin()
        look_again_seldom()

    def refresh_css(self, animate: bool = True) -> None:
        """Have a change of the theme show; before the first frame nothing is read twice for it."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def _mount_what_is_hidden(self) -> None:
        self.chat_screen.mount_what_is_hidden(self.outbox.queue, self.voice.line)
        if "tokens" in self.chat_screen.area.arrangement.shown:
            fill_tokens(self)

    def _resume_what_was_named(self) -> None:
        from harmony_tui.faults import Faults  # no first frame waits for it

        resumed = self._resumed
        if resumed is None:
            self.chat_screen.prompt.change_conversation()
        resuming = None if resumed is None else self.resume(resumed)
        self.begin_work(Faults(self).tell_after(resuming, self._problems))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Have no cursor blink where nothing is to."""
        self.manners.quieten(event.widget)

    def watch_app_focus(self, is_looked_at: bool) -> None:
        """Have the keys go somewhere as soon as the person looks here."""
        if is_looked_at:
            self.manners.give_focus()

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small."""
        if is_too_small(event.size) and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    # --- from the engine -----------------------------------------------------------------------

    def _announce_events(self) -> None:
        self.post_message(self.EventsArrived())

    @on(EventsArrived)
    def _pass_on_events(self) -> None:
        ended: TurnEnded | None = None
        with self.batch_update():
            for event in self.engine.take():
                for shown in self.presentation.present(event):
                    self.chat_screen.hear(shown)
                self.manners.hear(event)
                self.tour.hear(event)
                self.voice.hear(event)
                if isinstance(event, TurnEnded):
                    ended = event
                    self.show_title()
            self.chat_screen.dials.show(self.engine.configuration)
            self.chat_screen.status.show_guard()
        self.manners.show_title()
        if not self.engine.is_loading:
            self.outbox.end_loading()
        if ended is not None:
            self.outbox.end_turn(ended.finish)

    # --- from the person -----------------------------------------------------------------------

    @on(TextArea.Changed)
    def _note_draft(self) -> None:
        self.tour.look()
        if self.settings.read_ahead and not self.outbox.is_rewriting:
            if self._draft_timer is not None:
                self._draft_timer.stop()
            self._draft_timer = self.set_timer(DRAFT_SECONDS, self._read_draft)

    def _read_draft(self) -> None:
        prompt = self.chat_screen.prompt
        match read_draft(prompt.draft.text):
            case ToModel(text=text):
                with suppress(AttachmentError):  # it is told when the draft is sent
                    self.engine.read_draft(prompt.whole(text))

    def act_on_draft(self, written: str) -> None:
        """Send what was written, or run the command that it is."""
        draft = ToModel(written) if self.outbox.is_rewriting else read_draft(written)
        match draft:
            case ToModel(text=text):
                self.engine.load_again()
                self.attempt(partial(self.outbox.send, text, written))
            case ToProgram(command=command, argument=argument):
                prompt = self.chat_screen.prompt
                read = prompt.fill if command.is_for_model else prompt.draft.unfold
                argument = read(argument)
                prompt.take(written)
                self.chat_screen.status.end_flash()
                self.run_command(command, argument)
            case Unknown() | Surplus():
                self.flash(draft.said, is_problem=True)
            case Empty() if self.tour.takes_enter:
                self.tour.act()
            case Empty():
                self.attempt(self.outbox.send_empty)

    def begin_edit(self, message: SaidMessage) -> None:
        """Put words that were said into the prompt box, to be sent in another way."""
        self.outbox.revise(message)

    def action_take_back_queued(self) -> None:
        """Bring the last message of the queue back into the empty prompt box."""
        self.outbox.take_back()

    def _can_take_back(self) -> bool:
        area = self.chat_screen.prompt.area
        return bool(self.outbox.queue.waiting) and self.focused is area and not area.text

    def action_command(self, name: str, argument: str = "") -> None:
        """Run the command that a key is bound to."""
        self.run_command(BY_NAME[name], argument)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing but to quit where there is no room."""
        if self.screen_stack and isinstance(self.screen, TooSmallScreen):
            return (action, parameters) == ("command", ("quit",))
        if action == "take_back_queued":
            return self._can_take_back()
        if action == "tour":
            return self.tour.takes(str(parameters[0]))
        if (action, parameters) == ("command", ("trace", "open")):
            return not self.tour.takes("act")  # for which Enter is meant then
        if (action, parameters) == ("command", ("suspend",)):
            return self.manners.may_suspend_by_key
        return super().check_action(action, parameters)

    def action_help_quit(self) -> None:
        """Say how to quit to those whose hands know Ctrl+C."""
        self.flash("Ctrl+Q quits; Esc stops an answer.")

    def action_tour(self, what: str) -> None:
        """Do what a key is for while the tour is shown."""
        if what == "act":
            self.tour.act()
        else:
            self.run_command(BY_NAME["tour"], what)

    def run_command(self, command: Command, argument: str = "") -> None:
        """Run a command; what it objects to is shown."""

        def run() -> None:
            command.run(self, argument)
            self.tour.note_command(command.name)

        self.attempt(run)

    def attempt(self, act: Callable[[], None]) -> None:
        """Do something for the person; what it objects to is shown."""
        try:
            act()
        except CommandError as error:
            self.flash(str(error), is_problem=True)

    def set_hyperparameter(self, name: str, text: str) -> None:
        """Set a hyperparameter and show it.

        Raises:
            HyperparameterError: no such name, or not a value that it takes.
        """
        self.engine.set_hyperparameter(name, text)
        self.chat_screen.dials.show(self.engine.configuration)
        value = getattr(self.engine.hyperparameters, name)
        when = "the next turn" if name in AT_NEXT_TURN else "the next token"
        self.flash(f"{name} is {value}, from {when} on.")

    def start_conversation(self) -> None:
        """Leave the conversation for an empty one."""
        self.engine.start_conversation()
        self.show_new_conversation()

    def show_new_conversation(self) -> None:
        """Show a conversation that has not begun."""
        self.outbox.leave_conversation()
        self._show_empty_conversation()
        self.show_title()

    async def resume(self, session: Path | Store) -> str:
        """Leave the conversation for one that is kept; return what is to be said about that.

        Raises:
            StoreError: it cannot be opened; the one before goes on.
        """
        with not_looked_for():
            await self.show_conversation(await self.engine.resume(session))
        if (shown := self.engine.session) is not None and shown.damaged:
            self.chat_screen.conversation.say(say_damage(shown.damaged))
        return ""

    async def show_conversation(self, events: Sequence[Event]) -> None:
        """Show a conversation by the events that make it."""
        self.outbox.leave_conversation()
        self._show_empty_conversation()
        with self.batch_update():  # only the end of it is drawn
            for start in range(0, len(events), EVENTS_AT_ONCE):
                some = self.presentation.present_past(events[start : start + EVENTS_AT_ONCE])
                self.chat_screen.show_past(some)
                await asyncio.sleep(0)
        self.chat_screen.dials.show(self.engine.configuration)
        self.show_title()
        # Turns that were not run by this program had no context to tell of.
        if not self.chat_screen.status.activity.context_used and self.engine.session is not None:
            self.call_after_refresh(lambda: self.begin_work(self._count_context()))

    async def _count_context(self) -> str:
        self.chat_screen.status.show_context(await self.engine.count_context())
        return ""

    def show_title(self) -> None:
        """Show what the conversation is called, and which version of it this is."""
        self.manners.show_title()
        pane, session = self.chat_screen.conversation, self.engine.session
        if session is None:
            pane.border_title, pane.place = pane.BORDER_TITLE, ""
            return
        pane.border_title = Content(one_line(session.title))
        pane.place = say_place(session)
        self.chat_screen.area.tabs.refresh()  # which may stand on its end

    def begin_work(self, work: Coroutine[Any, Any, str]) -> None:
        """Have something done that takes a while; what comes of it is shown, if it says so."""
        self.run_worker(self._tell(work), group="sessions")

    async def _tell(self, work: Coroutine[Any, Any, str]) -> None:
        try:
            said = await work
        except Exception as error:
            if not is_told(error):
                raise
            self.flash(str(error), is_problem=True)
        else:
            if said:
                self.flash(said)

    def _show_empty_conversation(self) -> None:
        self.presentation.citations.start_conversation()
        self.voice.leave_conversation()
        self.chat_screen.start_conversation()
        self.chat_screen.prompt.change_conversation()
        self.chat_screen.conversation.greet(self.engine.greeting)

    def change_settings(self, change: Callable[[], None]) -> None:
        """Change what is set, and show and load what follows from that.

        Raises:
            SettingsError: that cannot be used.
        """
        before, greeting = self.settings, self.engine.greeting
        change()
        self.voice.go_by_settings()
        self.chat_screen.dials.show(self.engine.configuration)
        self.chat_screen.status.show_guard()
        if self.settings.theme != before.theme:
            for problem in self.use_theme(self.settings.theme):
                self.flash(problem, is_problem=True)
        if self.engine.greeting != greeting:
            self._show_empty_conversation()
        if self.settings.model != before.model:
            self.engine.load(self.settings.model)

    @on(DialBoard.ValueChosen)
    def _set_chosen_value(self, event: DialBoard.ValueChosen) -> None:
        self.run_command(BY_NAME["set"], f"{event.name} {event.text}")

    @on(DialBoard.ValueReset)
    def _reset_value(self, event: DialBoard.ValueReset) -> None:
        self.run_command(BY_NAME["reset"], event.name)

    @on(ApprovalBar.Answered)
    def _answer_call(self, event: ApprovalBar.Answered) -> None:
        self.engine.answer(
            event.call, allowed=event.allowed, reason=event.reason, remember=event.remember
        )

    @on(Transcript.LinkClicked)
    def _open_link(self, event: Transcript.LinkClicked) -> None:
        open_link(self, event.target)

    # --- what is said --------------------------------------------------------------------------

    def flash(self, text: str, *, is_problem: bool = False) -> None:
        """Show a short message for a moment; one that is too long goes into the conversation."""
        if self.chat_screen.status.has_room(text):
            self.chat_screen.status.flash(text, is_problem=is_problem)
        else:
            self.chat_screen.status.end_flash()  # it is no answer to what was done last
            self.chat_screen.conversation.say(text)
