"""The pane in which the person and the model talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.style import Style
from textual.widgets import Input

from engine.events import (
    AnswerSpoken,
    DecodeProgress,
    Event,
    HyperparametersChanged,
    LoadFailed,
    MessageClosed,
    MessageOpened,
    ModelInfo,
    ModelLoaded,
    Notice,
    PrefillProgress,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.commands.command import show_key
from harmony_tui.commands.letters import hint, use_letters
from harmony_tui.commands.table import BY_NAME
from harmony_tui.line_input import LineInput
from harmony_tui.panes.changes import ChangeMarks, say_change
from harmony_tui.panes.pane import Pane
from harmony_tui.panes.past import WholeMessage, messages_in
from harmony_tui.panes.said import Lookup, Said, say_heard, stamp
from harmony_tui.panes.thoughts import Thoughts
from harmony_tui.panes.tool_call import on_one_line, summarise, tool_name
from harmony_tui.transcript import BrowsableTranscript, SelectingTranscript
from harmony_tui.transcript.blocks import Kind
from harmony_tui.welcome import welcome

if TYPE_CHECKING:
    from engine.conversation.messages import Message

BLOCK_HINTS = {
    "c copy": "copy",
    "y code": "code",
    "Space fold": "fold",
    "e edit": "edit",
    "b fork": "fork",
    "r anew": "retry",
    "o open": "open",
    "s save": "save",
}
"""What keys do with the block that is marked, as ``/block`` does by name."""
IRREGULAR = "not well-formed Harmony"
REPLACED = "answered anew below"
FORGED = "written by the model, as if by: {role}"
HOW_TO_GO_ON = "To go on, load another model: /model demo is the one that comes with the program."


class ConversationPane(Pane):
    """Questions, thoughts, answers, preambles, a line for each tool call, notices, in their order.

    While a block is marked, letters act on it: see ``commands.transcript``.
    """

    BORDER_TITLE = "Conversation"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(text.split()[0].lower(), f"app.command('block', {name!r})", name, show=False)
            for text, name in BLOCK_HINTS.items()
            if name != "fold"  # which marks a block first, if none is
        ),
        Binding("up", "go_to_hit(-1)", "Hit before", show=False),
        Binding("down", "go_to_hit(1)", "Next hit", show=False),
        Binding("escape", "end_search", "End the search", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        use_letters(self)
        self.transcript = SelectingTranscript(placeholder=welcome(None, is_loading=True))
        self.search_box = LineInput(placeholder="Search the conversation", compact=True)
        self._thoughts = Thoughts(self.transcript)
        self._changes = ChangeMarks(self.transcript)
        self._place = ""
        self._said: dict[int, Said] = {}
        """By entry."""
        self._turns = 0
        self._is_live = False
        """Whether the turn happens now, and was not over before it is shown."""
        self._known: tuple[Mapping[int, int], Mapping[int, Message]] | None = None
        """What the session had of the messages when a stamp was made last."""
        self._messages: dict[int, int] = {}
        self._calls: dict[int, int] = {}
        self._last: int | None = None
        """The entry of the turn's last message."""
        self._ending: tuple[int, str] | None = None
        """How the turn ended, if it was cut: an entry, and the remark below it or, if empty, the
        entry itself. It holds until the turn goes on."""
        self._model: ModelInfo | None = None
        self._is_empty = True

    def compose(self) -> ComposeResult:
        """The pane holds one transcript."""
        yield self.transcript

    def mount_what_is_hidden(self) -> None:
        """Below the transcript comes what is searched for."""
        self.mount(self.search_box)

    def hear(self, event: Event) -> None:
        """Show what an event changes."""
        self._thoughts.hear(event, is_live=self._is_live)
        match event:
            case PrefillProgress() | DecodeProgress():
                self._note_live()
            case MessageOpened() | TextDelta() | MessageClosed():
                self._hear_message(event)
            case ToolCallRequested(call=call, recipient=recipient, arguments=arguments):
                self._show_call(call, recipient, arguments)
            case ToolCallFinished(call=call) if call in self._calls:
                result = event.outcome if event.outcome == "declined" else event.output
                self.transcript.append(self._calls[call], f"  →  {on_one_line(result)}")
                self.transcript.finish(self._calls[call])
            case TurnStarted() | TurnContinued() | TurnEnded():
                self._hear_turn(event)
            case AnswerSpoken(message=message, is_whole=False) if message in self._messages:
                self._mark_heard(self._messages[message], event.heard)
            case HyperparametersChanged(changes=changes) if changes:
                self._mark_change(event)
            case Notice(message=message):
                self.say(message)
            case ModelLoaded() | LoadFailed():
                self._hear_loading(event)
            case _:
                pass

    def show_past(self, events: Sequence[Event]) -> None:
        """Show turns that are over as ``hear`` does, a message at once where it came whole."""
        for told in messages_in(events):
            if not isinstance(told, WholeMessage):
                self.hear(told)
            elif not self._show_whole(told):
                for event in told:
                    self.hear(event)

    def _show_whole(self, message: WholeMessage) -> bool:
        """Show a message if it is one that is simply shown; return whether it is."""
        opened, text, closed = message
        is_plain = opened.role == "assistant" and opened.recipient is None and not closed.irregular
        number, channel, tokens = opened.message, opened.channel, len(closed.tokens)
        if is_plain and channel == "analysis":
            entry = self._thoughts.show_whole(number, text.text, tokens)
            self._said[entry] = Said(self._turns, number=number, is_thought=True)
        elif is_plain and (channel in ("final", "commentary")):
            kind: Kind = "final" if channel == "final" else "commentary"
            self._last = self._messages[number] = entry = self.transcript.write(kind, text.text)
            self._said[entry] = Said(self._turns, number=number, tokens=tokens)
        else:
            return False
        return True

    def say(self, text: str) -> None:
        """Add a notice of the program itself."""
        self._write("notice", text)

    def greet(self, text: str) -> None:
        """Show what the model has said before anybody spoke, if that is anything."""
        if text:
            self._write("final", text)
            self._is_empty = True

    def start_conversation(self) -> None:
        """Show a conversation that has not begun."""
        self.transcript.clear()
        self._said.clear()
        self._known = None
        self._is_empty = True
        self._forget_turn()

    def _forget_turn(self) -> None:
        self._thoughts.forget_turn()
        self._changes.forget_turn()
        self._is_live = False
        self._messages.clear()
        self._calls.clear()
        self._last = self._ending = None

    def _write(self, kind: Kind, text: str) -> int:
        self._is_empty = False
        return self.transcript.write(kind, text)

    def _hear_turn(self, event: TurnStarted | TurnContinued | TurnEnded) -> None:
        match event:
            case TurnStarted(is_retry=True):
                if self._last is not None:
                    self.transcript.mark(self._last, REPLACED)
                for said in self._said.values():
                    if said.turn == self._turns:
                        said.number = None
                self._forget_turn()
            case TurnStarted(text=text):
                self._forget_turn()
                self._turns += 1
                self._said[self._write("user", text)] = Said(self._turns, words=event.message)
            case TurnContinued():
                self._go_back(event)
            case TurnEnded():
                self._end_turn(event)

    def _hear_message(self, event: MessageOpened | TextDelta | MessageClosed) -> None:
        match event:
            case MessageOpened(message=message, channel=channel, recipient=None):
                if channel != "analysis":
                    kind: Kind = "final" if channel == "final" else "commentary"
                    title = "" if event.role == "assistant" else FORGED.format(role=event.role)
                    entry = self.transcript.begin(kind, title)
                    self._last = self._messages[message] = entry
                else:
                    entry = self._thoughts.entries[-1]
                heard = datetime.now(UTC) if self._is_live else None
                is_thought = channel == "analysis"
                self._said[entry] = Said(self._turns, None, message, heard, is_thought=is_thought)
            case TextDelta(message=message, text=text) if message in self._messages:
                self.transcript.append(self._messages[message], text)
            case MessageClosed(message=message) if message in self._messages:
                entry = self._messages[message]
                self._said[entry].tokens = len(event.tokens)
                self.transcript.finish(entry)
                if event.irregular:
                    self.transcript.mark(entry, IRREGULAR)

    def _hear_loading(self, event: ModelLoaded | LoadFailed) -> None:
        match event:
            case ModelLoaded(info=info):
                before, self._model = self._model, info
                is_another = before and (before.name, before.path) != (info.name, info.path)
                if is_another and not self._is_empty:
                    self.say(f"From here on {info.name} answers.")
            case LoadFailed(message=message) if event.is_unloaded or self._model is None:
                self._model = None
                self.say(f"{message} {HOW_TO_GO_ON}")
            case LoadFailed(message=message):
                self.say(f"{message} {self._model.name} stays.")
        self.transcript.placeholder = welcome(self._model, is_loading=False)

    def _show_call(self, call: int, recipient: str, arguments: str) -> None:
        self._calls[call] = self.transcript.begin("tool")
        line = f"{tool_name(recipient)}  {summarise(arguments)}".rstrip()
        self.transcript.append(self._calls[call], line)

    def _note_live(self) -> None:
        if not self._is_live:
            self._is_live = True
            for said in self._said.values():
                if said.turn == self._turns and said.number is None:
                    said.heard = said.heard or datetime.now(UTC)

    def _mark_change(self, change: HyperparametersChanged) -> None:
        """Say below what is being written what acts from here on."""
        written = [*self._messages.values(), *self._thoughts.entries]
        if written:
            self._changes.put(max(written), change)
        else:
            self.say(f"{say_change(change.token, change.changes)}.")

    def _mark_heard(self, entry: int, characters: int) -> None:
        """Say up to where an answer was heard that was spoken."""
        self.transcript.mark(entry, say_heard(self.transcript.source(entry), characters))

    def _end_turn(self, event: TurnEnded) -> None:
        self._known = None
        if self.transcript.stamp is not None:
            self.transcript.refresh()  # the session knows more of the messages now
        for entry in (*self._messages.values(), *self._calls.values()):
            self.transcript.finish(entry)
        if event.finish == "cancelled":
            remark = "stopped" if self._last is not None else "Stopped."
        else:
            remark = event.message
        if not remark:
            return
        if event.finish in ("cancelled", "length") and self._last is not None:
            self.transcript.mark(self._last, remark)
            self._ending = (self._last, remark)
        else:
            self._ending = (self._write("notice", remark), "")

    def _go_back(self, event: TurnContinued) -> None:
        """Take out what does not hold any more, and open the message that goes on."""
        self._is_live = True
        if self._ending is not None:
            entry, remark = self._ending
            if remark:
                self.transcript.unmark(entry, remark)
            else:
                self.transcript.take_out(entry)
            self._ending = None
        for shown, first in ((self._messages, event.next_message), (self._calls, event.next_call)):
            for number in [each for each in shown if first is not None and each >= first]:
                self.transcript.take_out(shown.pop(number))
        if event.message in self._messages:
            self.transcript.reopen(self._messages[event.message], event.text)
        self._last = max(self._messages.values(), default=None)

    # --- the block that is marked, the search, the stamps ----------------------------------------

    def said_at(self, entry: int) -> tuple[Said | None, bool]:
        """Return what is known of an entry's message, and whether its turn is the last one."""
        said = self._said.get(entry)
        return said, said is not None and said.turn == self._turns

    @property
    def place(self) -> str:
        """Which version of the conversation is shown, if there are several."""
        return self._place

    @place.setter
    def place(self, place: str) -> None:
        self._place = place
        self._show_hints()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take the keys of the search only while words are typed for it."""
        if action in ("end_search", "go_to_hit"):
            return self.search_box.has_focus
        return super().check_action(action, parameters)

    def action_search(self) -> None:
        """Let the person type what is searched for."""
        self.add_class("-searching")
        self.search_box.value = self.transcript.searched
        self.search_box.focus()

    def action_end_search(self) -> None:
        """Search for nothing any more, and go back to what the person came from."""
        self.search_box.value = ""
        self.transcript.search("")
        self.transcript.focus()
        if self.transcript.cursor is None:
            self.screen.query("PromptArea").first().focus()

    def action_go_to_hit(self, step: int) -> None:
        """Go to the next hit (1) or to the one before (-1)."""
        self.transcript.action_go_to_hit(step)

    def action_go_on(self, step: int) -> None:
        """Do the same by a click, wherever the focus is."""
        self.action_go_to_hit(step)

    def action_leave(self) -> None:
        """End the search, or else take the cursor off the block."""
        if self.search_box.has_focus:
            self.action_end_search()
        else:
            self.transcript.action_leave()

    def search(self, words: str) -> None:
        """Search for words, with the focus in the conversation."""
        self.transcript.search(words)
        self._go_to_transcript()

    def go_to(self, messages: Sequence[int], numbers: Mapping[int, int], words: str) -> None:
        """Show what words were found in; the focus stays where it is.

        Args:
            messages: the ids of the message that has them and of those before it, in order; the
                last one that is shown as a message of its own is meant.
            numbers: the ids of messages by the numbers that events give.
            words: what was looked for, as the index of the sessions understands it.
        """
        entries = {said.find_id(numbers): entry for entry, said in self._said.items()}
        found = next((entries[each] for each in reversed(messages) if each in entries), None)
        if found is not None:
            self.transcript.find_in(found, words)

    @on(Input.Changed)
    def _search_while_typing(self, event: Input.Changed) -> None:
        event.stop()
        if self.search_box.has_focus:
            self.transcript.search(event.value)

    @on(Input.Submitted)
    def _go_to_transcript(self) -> None:
        self.transcript.focus()

    @on(Input.Blurred)
    def _hide_search_box(self) -> None:
        self.remove_class("-searching")
        self._show_hints()

    @on(BrowsableTranscript.Left)
    def _go_to_prompt(self) -> None:
        if self.transcript.has_focus:
            self.screen.query("PromptArea").first().focus()

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _show_keys_of_search(self) -> None:
        if self.transcript.searched:
            self._show_hints()

    @on(BrowsableTranscript.Browsed)
    def _show_hints(self) -> None:
        """Say below the frame what can be done, by keys and clicks, or which version is shown."""
        if self.transcript.searched:
            hints = self._search_hints()
        elif (entry := self.transcript.cursor) is not None:
            hints = self._block_hints(entry)
        else:
            hints = [(f"{self._place}  Alt+←→", "")] if self._place else []
        self.border_subtitle = Content("  ").join(
            Content.styled(text, Style.from_meta({"@click": action}) if action else "")
            for text, action in hints
        )

    def _search_hints(self) -> list[tuple[str, str]]:
        number, count = self.transcript.hit_number
        keys, end = ("", ""), ("clear", "leave")  # what is typed goes elsewhere; a click does it
        if self.search_box.has_focus:
            keys, end = ("↓", "↑"), ("Esc clears", "leave")
        elif self.transcript.has_focus:
            keys, end = (_letter("find-next"), _letter("find-before")), ("Esc clears", "leave")
        if not count:
            return [("nothing found", ""), end]
        return [
            (f"{number:,} of {count:,}", ""),
            (f"{keys[0]} next".strip(), "go_on(1)"),
            (f"{keys[1]} before".strip(), "go_on(-1)"),
            end,
        ]

    def _block_hints(self, entry: int) -> list[tuple[str, str]]:
        said, is_last = self.said_at(entry)
        is_words = said is not None and said.words is not None
        is_answer = said is not None and said.number is not None
        left_out = {
            "code": not self.transcript.has_code,
            "edit": not is_words,
            "fork": not (is_words or is_answer),
            "retry": not (is_answer and is_last),
        }
        hints = [
            (hint(text, "block", name), f"app.command('block', {name!r})")
            for text, name in BLOCK_HINTS.items()
            if not left_out.get(name, False)
        ]
        return [*hints, ("Esc leave", "leave")]

    def toggle_stamps(self, lookup: Lookup) -> bool:
        """Show when each message came and its tokens, or not; return whether they are shown.

        Args:
            lookup: looks into the session, for messages that were there before they were shown.
        """
        self._known = None
        transcript = self.transcript
        transcript.stamp = None if transcript.stamp else partial(self._stamp, lookup)
        transcript.refresh()
        return transcript.stamp is not None

    def _stamp(self, lookup: Lookup, entry: int) -> str:
        said = self._said.get(entry)
        if said is None or said.is_thought:  # a thought's own line says how long it is
            return ""
        if self._known is None:
            self._known = lookup()
        numbers, messages = self._known
        return stamp(said, messages.get(said.find_id(numbers) or 0), datetime.now(UTC))


def _letter(name: str) -> str:
    """Return the key of a command in few columns: a character as it is typed."""
    keys = BY_NAME[name].keys
    return next((key if len(key) == 1 else show_key(key) for key in keys), "")
