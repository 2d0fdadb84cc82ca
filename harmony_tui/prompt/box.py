"""The prompt box: the draft, and above it what may be chosen to go on with."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from engine.config import locations
from harmony_tui.commands.table import BY_NAME, PROMPT_KEYS
from harmony_tui.commands.typed import ToModel, complete, hint, read_draft
from harmony_tui.prompt import history
from harmony_tui.prompt.area import PLACEHOLDER, PromptArea
from harmony_tui.prompt.around import Surroundings
from harmony_tui.prompt.attachments import AttachmentError, attach, find_mentions, tell_unsent
from harmony_tui.prompt.completions import Completions, Offer
from harmony_tui.prompt.dictation import Dictation
from harmony_tui.prompt.draft import Draft
from harmony_tui.prompt.file_completion import FileCompletion
from harmony_tui.prompt.kept_drafts import NONE_SAID, Kept
from harmony_tui.prompt.memory import Memory
from harmony_tui.prompt.sizes import say_sizes

KEEP_SECONDS = 0.5
"""So long after it changed a draft is on the disk."""
COUNT_SECONDS = 0.25
"""A draft that was left alone for so long is counted."""
RECOUNT_SECONDS = 1.0
"""So often it is looked whether a model is there by now that can count."""
MOST_FOUND = 200
SEARCHING = "Search what was sent: Enter takes, Esc goes back"
ASKED = "Type it, or nothing to leave it"
KEPT = "This draft was kept from before."
FOLDED = "Folded: Enter on it shows it, Backspace removes it."


class PromptBox(Vertical):
    """Holds what the person writes until it is taken; it is never disabled."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.area = PromptArea(self._take_key, around.uses_vim_keys)
        self.completions = Completions()
        self._around = around
        self._run = around.run
        self._memory = Memory(locations.history_file(), locations.drafts_folder(), around.keeps)
        self._files = FileCompletion(around.folder)
        self._offered_for = ("", 0)
        self._aside: Draft | None = None
        """The draft while the box holds something else: words to search for, an answer."""
        self._take_answer: Callable[[str], bool] | None = None
        """What is done with the answer to a question that was asked here."""
        self._asked_from: Widget | None = None
        """What had the focus before that."""
        self._title: object = None
        self._walk: history.Walk | None = None
        self._walked = ""
        """What the walk through the history has put here."""
        self._session: str | None = None
        self._queued = 0
        """So many messages were waiting."""
        self._mode = ""
        self._sizes: Content | None = None
        self._keep_timer: Timer | None = None
        self._count_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The list stands above the text area."""
        yield self.completions
        yield self.area

    def on_unmount(self) -> None:
        """Keep what was not sent."""
        self._files.stop()
        has_crashed = bool(self.app.return_code)
        self._memory.close(self._around.session(), self._kept, has_crashed=has_crashed)

    # --- the draft -----------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """What the person is writing."""
        return self.area.draft if self._aside is None else self._aside

    @property
    def _kept(self) -> Kept:
        return Kept(self.draft, *self._around.waiting())

    def submit(self) -> None:
        """Send the draft, or take the completion that was chosen."""
        if self._take_answer is not None:
            self._answer()
            return
        if self._aside is not None:
            self._end_search(self.completions.best)
            return
        chosen = self.completions.chosen
        if chosen is not None:
            self._take_offer(chosen)
            if not chosen.is_sent:
                return
        # At once, not by a message: what is typed meanwhile would become part of the draft.
        self._around.send(self.area.text)

    def fill(self, text: str) -> str:
        """Return a text of this box with pastes in full, and typed placeholders filled in."""
        draft = self.draft
        return draft.unfold(draft.fill(self._around.fill, text))

    def whole(self, text: str) -> str:
        """Return a text of this box as it is sent: filled in, and with mentioned files.

        Raises:
            AttachmentError: a file cannot be sent.
        """
        return attach(self.fill(text), self._files.folder, mentions=text)

    def tell_unsent(self, text: str) -> None:
        """Say so where a text that is sent mentions what is no file."""
        if told := tell_unsent(text, self._files.folder):
            self._around.tell(told)

    def take(self, draft: str) -> None:
        """Remove a draft that was acted on; what was typed since stays."""
        self._memory.note_sent(self.area.drafted(draft).trimmed())
        left = self.area.text.removeprefix(draft)
        if left:
            self.begin(left)
        else:
            self.area.empty()
            self.area.focus()
            self._offer()
        self._keep()

    def begin(self, draft: str | Draft, cursor: int | None = None) -> None:
        """Put a draft into the box and the cursor into a place of it, else at its end."""
        self._leave_search()
        self.area.put(self.area.drafted(draft) if isinstance(draft, str) else draft, cursor)
        self.area.focus()
        self._offer()

    def dictate(self) -> Dictation:
        """Leave what else is asked for here; return what puts heard words into the draft."""
        if self._aside is not None:
            self.begin(self.draft)
        return Dictation(self.area)

    def begin_line(self) -> None:
        """Begin a new line at the cursor."""
        self.area.replace("\n", *self.area.selection, maintain_selection_offset=False)

    def unfold(self) -> None:
        """Show every paste in full."""
        self.begin(self.area.draft.unfold())

    def change_conversation(self) -> None:
        """Have the box hold the draft of the conversation that is shown now.

        What was written before there was a session goes along, unless a draft waits there. Messages
        that wait stay with the conversation that they were entered in.
        """
        left, session = self._session, self._around.session()
        is_kept = left not in (None, session) and self._around.keeps()
        waiting = self._around.leave_waiting(is_kept)
        draft, is_blank = self.draft, not self.draft.text.strip()
        if left is None or left == session:
            self._memory.keep(left, self._kept)
        else:
            self._memory.leave(left, Kept(draft, waiting, NONE_SAID))
        if left == session and not is_blank:
            return
        if left is not None and left != session:
            is_blank = True
            self.begin("")
        self._session = session
        if session is None or left != session:
            self._recall(session, draft, is_blank=is_blank)
        self._keep()
        if waiting and left is not None:
            wait = "1 message waits" if len(waiting) == 1 else f"{len(waiting):,} messages wait"
            self._around.tell(f"{wait} where you were; /resume {_ending(left)} goes on there.")

    def _recall(self, session: str | None, draft: Draft, *, is_blank: bool) -> None:
        """Have what is kept stand here again."""
        recalled = self._memory.recall(session)
        if recalled is None:
            return
        kept, of = recalled
        has_draft = bool(kept.draft.text.strip())
        if has_draft:
            if not is_blank:
                self._memory.note_sent(draft)
            self.begin(kept.draft)
        if of is not None:
            what = "This draft was kept" if has_draft else "Messages wait"
            self._around.tell(f"{what}; /resume {_ending(of)} goes on there.")
            return
        if has_draft:
            self._around.tell(KEPT)
        self._around.wait_again(kept)

    # --- what follows a change -----------------------------------------------------------------

    @on(TextArea.Changed)
    def _note_change(self) -> None:
        self._offer()
        self._note_session()
        if self._keep_timer is None:
            self._keep_timer = self.set_timer(KEEP_SECONDS, self._keep)
        if self._count_timer is not None:
            self._count_timer.stop()
        self._count_timer = self.set_timer(COUNT_SECONDS, self._begin_count)

    @on(PromptArea.Folded)
    def _tell_of_fold(self) -> None:
        self._around.tell(FOLDED)

    @on(PromptArea.ModeChanged)
    def _show_mode(self, event: PromptArea.ModeChanged) -> None:
        self._mode = event.mode
        self._show_below(self._sizes)

    def _show_below(self, sizes: Content | None) -> None:
        """Show on the frame the mode, and what is known of the draft's size."""
        self._sizes = sizes
        shown = [Content(self._mode)] if self._mode else []
        shown += [sizes] if sizes is not None else []
        self.border_subtitle = Content.styled(" · ", "$muted").join(shown) if shown else None

    def _keep(self) -> None:
        self._keep_timer = None
        self._note_session()
        self._memory.keep(self._session, self._kept)

    def _note_session(self) -> None:
        # Another one than before is there a moment before it is shown: see change_conversation.
        self._session = self._session or self._around.session()

    def note_queue(self) -> None:
        """Keep the messages that wait: one more at once, one less when it is in the session."""
        if len(self._around.waiting()[0]) > self._queued:
            self._keep()
        elif self._keep_timer is None:
            self._keep_timer = self.set_timer(KEEP_SECONDS, self._keep)
        self._queued = len(self._around.waiting()[0])

    def _begin_count(self) -> None:
        self.run_worker(self._count(), group="count", exclusive=True)

    async def _count(self) -> None:
        """Show which files go along, how many tokens that makes, and how full the context is."""
        typed = read_draft(self.draft.text)
        if not isinstance(typed, ToModel):
            self.area.show_files(())
            self._show_below(None)
            return
        files = find_mentions(typed.text, self._files.folder)
        self.area.show_files(files)
        try:
            whole = self.whole(typed.text)
        except AttachmentError:  # it is told when the draft is sent
            whole = self.draft.unfold(typed.text)
        tokens = await self._around.count(whole)
        used, length = self._around.context()
        if tokens is None:
            self._show_below(None)
            self._count_timer = self.set_timer(RECOUNT_SECONDS, self._begin_count)
        else:
            self._show_below(say_sizes(len(files), tokens, used, length))

    # --- keys ----------------------------------------------------------------------------------

    def _take_key(self, key: str) -> bool:
        self._offer()
        if self._acts_here(key):
            return True
        command = PROMPT_KEYS.get(key)
        if command is None or (command.yields_to_text and self.area.text):
            return False
        self._run(command)
        return True

    def _acts_here(self, key: str) -> bool:
        """Act on a key that means something to what the box holds now."""
        if self._take_answer is not None:
            return self._act_on_answer(key)
        if self._aside is not None:
            return self._choose_found(key)
        if self.completions.is_offering and self._choose(key):
            return True
        match key:
            case "up" | "down":
                return self._walk_history(-1 if key == "up" else 1)
            case "enter" if self.area.unfold_here():
                return True
            case "enter" if self._does_enter_begin_line():
                self.begin_line()
                return True
            # Where Enter does not send, this does: few terminals tell Alt+Enter from Enter.
            case "ctrl+j" if not self._around.does_enter_send():
                self._run(BY_NAME["send"])
                return True
        return False

    def _does_enter_begin_line(self) -> bool:
        return self.completions.chosen is None and not self._around.does_enter_send()

    def _choose(self, key: str) -> bool:
        """Act on a key that means something to the list of completions."""
        match key:
            case "up":
                self.completions.move(-1)
            case "down":
                self.completions.move(1)
            case "tab" if (best := self.completions.best) is not None:
                self._take_offer(best)
            case "enter" if (chosen := self.completions.chosen) is not None and not chosen.is_sent:
                self._take_offer(chosen)
            case "escape":
                self.completions.offer([])
                self._files.is_offering = False
            case _:
                return False
        return True

    def _take_offer(self, offer: Offer) -> None:
        self.begin(offer.draft, offer.cursor)

    # --- completion ----------------------------------------------------------------------------

    def _offer(self) -> None:
        state = (self.area.text, self.area.cursor_offset)
        if state == self._offered_for:
            return
        was, self._offered_for = self._offered_for[0], state
        if self._take_answer is not None:
            self.completions.offer([])
        elif self._aside is not None:
            self._offer_found()
        elif was != state[0] or self._files.is_offering:
            self._offer_completions(*state)

    def _offer_completions(self, text: str, cursor: int) -> None:
        if files := self._files.offer(self.area.draft, cursor):
            # Else Enter sends: what is no file may have been meant, as in @property.
            self.completions.offer(files, is_chosen=self._files.is_sure)
        else:
            commands = [
                Offer(
                    Draft(each.draft), each.label, each.help, is_sent=not each.draft.endswith(" ")
                )
                for each in complete(text, self._around.choices, self._around.explain)
            ]
            self.completions.offer(commands, hint(text, self._around.explain))
        if self._files.is_stale:
            self.run_worker(self._find_files(), group="files")

    async def _find_files(self) -> None:
        await self._files.find()
        self._offered_for = ("", -1)
        if self._aside is None:
            self._offer()

    # --- the history ---------------------------------------------------------------------------

    def search_history(self, words: str = "") -> None:
        """Search what was sent, as the words are typed."""
        self._leave_question()
        if self._aside is None:
            self._set_aside(SEARCHING, "Type words of what you look for")
        self.area.put(Draft(words))
        self.area.focus()
        self._offer_found()

    def _offer_found(self) -> None:
        words = " ".join(self.area.text.split())
        found = history.find(self._memory.entries(), words)[:MOST_FOUND]
        offers = [Offer(each, " ".join(each.text.split())) for each in found]
        note = "Nothing that was sent has these words." if words else "Nothing was sent yet."
        self.completions.offer(offers, note, is_chosen=True)

    def _choose_found(self, key: str) -> bool:
        """Act on a key that means something while the history is searched."""
        match key:
            case "up" | "down" | "ctrl+r":
                if self.completions.is_offering:
                    self.completions.move(-1 if key == "up" else 1)
            case "enter" | "tab" | "alt+enter" | "ctrl+enter":
                self._end_search(self.completions.best)
            case "escape":
                self._end_search(None)
            case _:
                return False
        return True

    def _end_search(self, taken: Offer | None) -> None:
        aside = self._aside or Draft()
        self._leave_search()
        self.begin(aside if taken is None else taken.draft)
        self.completions.offer([])

    def _set_aside(self, title: str, placeholder: str) -> None:
        self._title, self.border_title = self.border_title, title
        self._aside = self.area.draft
        self.area.placeholder = placeholder

    def _leave_search(self) -> None:
        if self._aside is not None:
            self._aside = self._take_answer = None
            self.area.placeholder = PLACEHOLDER
            self.border_title = self._title  # type: ignore[assignment]
            self.completions.offer([])

    # --- a question ----------------------------------------------------------------------------

    def ask(self, title: str, answer: str, take: Callable[[str], bool]) -> None:
        """Have one line be typed for something else than the model; then the draft comes back.

        Args:
            title: what is asked, and what Enter and Escape do.
            answer: what stands there at first.
            take: does something with the line and returns whether that was all.
        """
        if self._aside is None:
            self._set_aside(title, ASKED)
            self._asked_from = self.screen.focused
        self.border_title = title
        self._take_answer = take
        self.area.put(Draft(answer))
        self.area.focus()
        self._offer()

    def _act_on_answer(self, key: str) -> bool:
        match key:
            case "enter" | "alt+enter" | "ctrl+enter":
                self._answer()
            case "escape":
                self._leave_question()
            case "tab" | "up" | "down" | "ctrl+j" | "shift+enter" | "ctrl+r":
                pass  # it is one line, and not the draft
            case _:
                return False
        return True

    def _answer(self) -> None:
        answer = self.area.draft.unfold().strip()
        if not answer or (self._take_answer is not None and self._take_answer(answer)):
            self._leave_question()

    def _leave_question(self) -> None:
        if self._take_answer is not None:
            aside, asked_from = self._aside or Draft(), self._asked_from
            self._leave_search()
            self.begin(aside)
            self.completions.offer([])
            if asked_from is not None and asked_from.is_attached:
                asked_from.focus()

    # --- the history, step by step -------------------------------------------------------------

    def _walk_history(self, step: int) -> bool:
        """Put what was sent earlier or later into the box; return whether there is any."""
        if not (self.area.is_in_first_row if step < 0 else self.area.is_in_last_row):
            return False
        if self._walk is None or self.area.text != self._walked:
            # What came from the history has become a draft where it was changed.
            if step > 0:
                return False
            self._walk = history.Walk(self._memory.entries(), self.area.draft)
        draft = self._walk.go(step)
        if draft is None:
            return False
        # The cursor stands where the next step of the walk is one more press of the same key.
        first_line = draft.text.partition("\n")[0]
        self._walked = draft.text
        self.begin(draft, len(first_line) if step < 0 else None)
        self.completions.offer([])
        return True


def _ending(session: str) -> str:
    """Return the end of an id: it is enough to be found by, and there is room for it."""
    return session.rpartition("-")[2]
