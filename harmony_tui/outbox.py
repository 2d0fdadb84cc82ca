"""What the person has entered, on its way to the model: at once, or when it can be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from engine.events import Event, Finish, TurnStarted
from harmony_tui.commands.command import CommandError
from harmony_tui.commands.table import BY_NAME
from harmony_tui.prompt.attachments import AttachmentError
from harmony_tui.prompt.draft import Draft
from harmony_tui.prompt.kept_drafts import Kept, Queued
from harmony_tui.prompt.queue import MessageQueue
from harmony_tui.reasoning import Reasoning

if TYPE_CHECKING:
    from engine.conversation.messages import Message
    from harmony_tui.app import HarmonyApp

EDITING = "Editing: Enter sends it in place of what was said, Esc leaves"
REWRITING = "Reasoning: Enter has the model go on from it, Esc leaves"
SENT_LATER = "This is sent as soon as the model is loaded."
NO_MODEL = "No model is loaded. /model demo loads one."


class Outbox:
    """Sends what is entered: at once, once a model is loaded, or after the turn that runs.

    During a turn messages are queued. The next one is sent when a turn has ended by itself; after
    any other ending they wait for the person.
    """

    def __init__(self, app: HarmonyApp) -> None:
        self._app = app
        self.queue = MessageQueue(
            lambda: BY_NAME["queue"].keys_shown or "/queue",
            app.chat_screen.prompt.note_queue,
        )
        self._waits_in: str | None = None
        """The id of the conversation that the queue belongs to; None if it had not begun."""
        self._revised: Message | Reasoning | None = None
        """What the draft is to stand in place of."""
        self._aside = Draft()
        """What stood in the prompt box before that."""
        self._draft: str | None = None
        """The draft that is sent as soon as a model is loaded, unless it was changed since."""
        self._then: Callable[[], None] | None = None
        """What is done when the running turn is over."""
        self._is_urgent = False
        """Whether the draft that is being submitted is to stop the running answer."""

    def send(self, text: str, draft: str) -> None:
        """Send a message, or what stands in place of something that was said.

        Args:
            text: the message, as it stands in the prompt box.
            draft: all that stands there, which is taken out.

        Raises:
            CommandError: a file that it mentions cannot be sent.
        """
        app, prompt = self._app, self._app.chat_screen.prompt
        is_urgent, self._is_urgent = self._is_urgent, False
        try:
            # Reasoning mentions no files.
            whole = prompt.draft.unfold(text) if self.is_rewriting else prompt.whole(text)
        except AttachmentError as error:
            raise CommandError(str(error)) from error
        if app.engine.is_answering:
            if self._revised is not None:
                app.flash("It is still answering. Esc stops it; your text stays.", is_problem=True)
                return
            queued = Queued(whole, prompt.draft)
            prompt.take(draft)
            prompt.tell_unsent(text)
            self._put(queued, first=is_urgent)
            if is_urgent:
                self.stop_then(self.send_next)
        elif app.engine.is_loading:
            self._draft = draft
            app.flash(SENT_LATER)
        elif app.engine.model is None:
            app.flash(NO_MODEL, is_problem=True)
        else:
            prompt.take(draft)
            if not self.is_rewriting:
                prompt.tell_unsent(text)
            self._begin_turn(whole)

    def send_empty(self) -> None:
        """Act on Enter in an empty prompt box: a queue that waits goes on."""
        if self.queue.waiting and not self._app.engine.is_answering:
            self.send_next()

    def send_next(self) -> None:
        """Send the first message of the queue.

        Raises:
            CommandError: there is none, or no model that could answer it.
        """
        if not self.queue.waiting:
            raise CommandError("No message waits. What you enter during an answer is queued.")
        if self._app.engine.is_loading:
            raise CommandError("A model is being loaded; wait until it is there.")
        if self._app.engine.model is None:
            raise CommandError(NO_MODEL)
        self.queue.hold(is_held=False)
        self._app.engine.send(self.queue.take().text)

    def send_now(self, text: str) -> None:
        """Stop the running answer and send a message; without a text the draft or the next one.

        Raises:
            CommandError: there is nothing to send.
        """
        prompt = self._app.chat_screen.prompt
        if not text and prompt.area.text.strip():
            self._is_urgent = prompt.completions.chosen is None
            prompt.submit()
            return
        if text:
            self._put(Queued(text, Draft(text)), first=True)
        if not self.queue.waiting:
            raise CommandError("There is nothing to send. Type it, or enter /now TEXT.")
        self.stop_then(self.send_next)

    def _put(self, message: Queued, *, first: bool = False) -> None:
        self._waits_in = self._conversation
        self.queue.put(message, first=first)

    @property
    def _conversation(self) -> str | None:
        return None if (session := self._app.engine.session) is None else session.id

    def leave_waiting(self, *, is_kept: bool) -> tuple[Queued, ...]:
        """Have no message wait that was entered in another conversation than is shown now.

        Args:
            is_kept: whether what waits can be kept for that one; else it joins the draft.

        Returns:
            What is to be kept.
        """
        if self._waits_in in (None, self._conversation):
            return ()
        if is_kept:
            return self.queue.take_all()
        while self.queue.waiting:
            self.take_back(0)
        return ()

    def take_back(self, place: int = -1) -> None:
        """Bring a message of the queue back into the prompt box, below what stands there.

        Raises:
            IndexError: there is none in that place.
        """
        prompt = self._app.chat_screen.prompt
        draft = self.queue.take(place).draft
        before = prompt.area.text
        # Two drafts may have different pastes under one mark.
        prompt.begin(f"{before}\n{draft.unfold()}" if before.strip() else draft)

    def stop_then(self, act: Callable[[], None]) -> None:
        """Stop the turn that runs and do something when it is over; without one, at once."""
        if self._app.engine.is_answering:
            self._then = act
            self._app.engine.stop()
        else:
            act()

    def end_turn(self, finish: Finish) -> None:
        """Go on with what waits for the end of a turn."""
        then, self._then = self._then, None
        if then is not None:
            self.queue.hold()  # until what is done begins another turn
            self._app.attempt(then)
        elif not self.queue.waiting:
            return
        elif finish == "stop" and not self.queue.is_held:
            self._app.attempt(self.send_next)
        else:
            self.queue.hold()
            self._tell_of_waiting()

    def _tell_of_waiting(self) -> None:
        count = len(self.queue.waiting)
        waits = "1 message waits" if count == 1 else f"{count:,} messages wait"
        self._app.flash(f"{waits}: Enter in an empty box sends the first.")

    @property
    def waiting(self) -> tuple[tuple[Queued, ...], int]:
        """The messages that wait, and the number of the message that was said last."""
        session = self._app.engine.session
        if not self.queue.waiting or session is None:
            return tuple(self.queue.waiting), -1
        return tuple(self.queue.waiting), max(session.messages, default=-1)

    def wait_again(self, kept: Kept) -> None:
        """Have messages wait that did so when the program ended, but for those that it still sent.

        Those stand in the session, after all that had been said when the messages were kept.
        """
        session = self._app.engine.session
        said = [] if session is None else list(session.messages.items())
        sent = [each.text for number, each in said if each.role == "user" and number > kept.said]
        for message in kept.waiting:
            if message.text in sent:
                sent.remove(message.text)
            else:
                self._put(message)
        if self.queue.waiting:
            self.queue.hold()
            self._tell_of_waiting()

    def end_loading(self) -> None:
        """Send what was entered while a model was being loaded, unless it was changed since."""
        draft, self._draft = self._draft, None
        prompt, status = self._app.chat_screen.prompt, self._app.chat_screen.status
        if draft is not None:
            status.forget(SENT_LATER)
        if draft is not None and self._app.engine.model and prompt.area.text == draft:
            prompt.submit()

    def leave_conversation(self) -> None:
        """Have what waits belong to no turn any more; messages of the queue wait for the person."""
        self._then = None
        if self._draft is not None:
            self._draft = None  # it stays in the prompt box, for the person to send it here or not
            self._app.chat_screen.status.forget(SENT_LATER)
        self._is_urgent = False
        self.queue.hold()
        self.leave_revision()

    # --- in place of something else ------------------------------------------------------------

    def revise(self, revised: Message | Reasoning) -> None:
        """Put words that were said, or reasoning, into the prompt box to be sent in another way."""
        prompt = self._app.chat_screen.prompt
        if self._revised is None:
            self._aside = prompt.draft
        self._revised = revised
        prompt.begin(Draft.said(revised.text))
        prompt.border_title = REWRITING if isinstance(revised, Reasoning) else EDITING

    def leave_revision(self) -> None:
        """Have what is in the prompt box be new words."""
        self._revised, self._aside = None, Draft()
        self._app.chat_screen.prompt.border_title = None

    def abandon_revision(self) -> bool:
        """Leave what was said as it is, and bring back the draft; return whether it was revised."""
        was_revising, aside = not self.is_new, self._aside
        self.leave_revision()
        if was_revising:
            self._app.chat_screen.prompt.begin(aside)
        return was_revising

    @property
    def is_rewriting(self) -> bool:
        """Whether the draft is reasoning, in which nothing is a command."""
        return isinstance(self._revised, Reasoning)

    @property
    def is_new(self) -> bool:
        """Whether the draft stands in place of nothing."""
        return self._revised is None

    def _begin_turn(self, text: str) -> None:
        revised, aside = self._revised, self._aside
        self.leave_revision()
        if aside.text:
            self._app.chat_screen.prompt.begin(aside)
        self.queue.hold(is_held=False)
        match revised:
            case None:
                self._app.engine.send(text)
            case Reasoning(at_token=at_token):
                self._app.engine.rewrite(at_token, text)
            case edited:
                self._app.begin_work(self._send_edited(edited, text))

    async def _send_edited(self, edited: Message, text: str) -> str:
        """Have other words stand in place of some that were said, and be answered."""
        app = self._app
        await app.show_conversation(_before(await app.engine.replay(), edited.id))
        self.queue.hold(is_held=False)
        app.engine.edit(edited.id, text)
        return ""


def _before(events: Sequence[Event], words: int) -> list[Event]:
    """Return the events that came before words of the person's, by their message's id."""

    def is_earlier(event: Event) -> bool:
        return not isinstance(event, TurnStarted) or event.message != words

    return list(takewhile(is_earlier, events))
