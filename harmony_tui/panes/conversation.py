"""The pane in which the person and the model talk."""

from __future__ import annotations

from textual.app import ComposeResult

from engine.events import (
    Event,
    LoadFailed,
    MessageClosed,
    MessageOpened,
    ModelInfo,
    ModelLoaded,
    Notice,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    TurnContinued,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.panes.pane import Pane
from harmony_tui.panes.tool_call import on_one_line, summarise, tool_name
from harmony_tui.transcript import Transcript
from harmony_tui.transcript.blocks import Kind
from harmony_tui.welcome import welcome

IRREGULAR = "not well-formed Harmony"
REPLACED = "answered anew below"
FORGED = "written by the model, as if by: {role}"
HOW_TO_GO_ON = "To go on, load another model: /model demo is the one that comes with the program."


class ConversationPane(Pane):
    """Questions, answers, preambles, a line for each tool call, and notices, in their order."""

    BORDER_TITLE = "Conversation"

    def __init__(self) -> None:
        super().__init__()
        self.transcript = Transcript(placeholder=welcome(None, is_loading=True))
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

    def hear(self, event: Event) -> None:
        """Show what an event changes."""
        match event:
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
            case Notice(message=message):
                self.say(message)
            case ModelLoaded() | LoadFailed():
                self._hear_loading(event)
            case _:
                pass

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
        self._is_empty = True
        self._forget_turn()

    def _forget_turn(self) -> None:
        self._messages.clear()
        self._calls.clear()
        self._last = self._ending = None

    def _write(self, kind: Kind, text: str) -> int:
        self._is_empty = False
        entry = self.transcript.begin(kind)
        self.transcript.append(entry, text)
        self.transcript.finish(entry)
        return entry

    def _hear_turn(self, event: TurnStarted | TurnContinued | TurnEnded) -> None:
        match event:
            case TurnStarted(is_retry=True):
                if self._last is not None:
                    self.transcript.mark(self._last, REPLACED)
                self._forget_turn()
            case TurnStarted(text=text):
                self._forget_turn()
                self._write("user", text)
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
                    self._last = self._messages[message] = self.transcript.begin(kind, title)
            case TextDelta(message=message, text=text) if message in self._messages:
                self.transcript.append(self._messages[message], text)
            case MessageClosed(message=message) if message in self._messages:
                self.transcript.finish(self._messages[message])
                if event.irregular:
                    self.transcript.mark(self._messages[message], IRREGULAR)

    def _hear_loading(self, event: ModelLoaded | LoadFailed) -> None:
        match event:
            case ModelLoaded(info=info):
                is_another = self._model is not None
                self._model = info
                if is_another and not self._is_empty:
                    self.say(f"From here on {info.name} answers.")
            case LoadFailed(message=message) if self._model is None:
                self.say(f"{message} {HOW_TO_GO_ON}")
            case LoadFailed(message=message):
                self.say(f"{message} {self._model.name} stays.")
        self.transcript.placeholder = welcome(self._model, is_loading=False)

    def _show_call(self, call: int, recipient: str, arguments: str) -> None:
        self._calls[call] = self.transcript.begin("tool")
        line = f"{tool_name(recipient)}  {summarise(arguments)}".rstrip()
        self.transcript.append(self._calls[call], line)

    def _end_turn(self, event: TurnEnded) -> None:
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
