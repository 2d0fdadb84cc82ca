"""One question answered without a screen: the final answer goes to stdout, all else to stderr.

The engine tells of its work on threads of its own; its events come through a queue to the thread
that called, which alone writes. A reader that is slow, or gone, never holds up the engine.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TextIO

from engine import Worker
from engine.config import locations
from engine.config.precedence import Configuration
from engine.config.prompt import open_conversation
from engine.config.settings import Settings
from engine.conversation.errors import StoreError
from engine.conversation.store import Store
from engine.events import (
    Event,
    LoadFailed,
    LoadProgress,
    MessageClosed,
    ModelLoaded,
    Notice,
    TextDelta,
    ToolCallRequested,
    TurnEnded,
    to_plain,
)
from harmony_tui.exit_codes import ANSWERED, FAILED, INTERRUPTED
from harmony_tui.preparing import prepare, resumed_opening, session_layers
from harmony_tui.presenting import Presentation
from harmony_tui.session_files import say_damage
from harmony_tui.toolbox_link import ToolboxLink

if TYPE_CHECKING:
    from engine import Chat
    from engine.chat import AnswerForm
    from harmony_tui.debug_log import DebugLog

Listener = Callable[[Event], None]

CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], "\N{REPLACEMENT CHARACTER}")
"""What a terminal would obey; only tab and newline pass."""

CLEAR_LINE = "\r\x1b[K"

NOBODY = "nobody is there who could be asked"
"""Why a call is declined, as the model reads it."""
SPARED = ("approval always", "approval ask")
"""Reasons to ask that there are not with ``--approve auto``."""
APPROVE = "Allow calls that stay in the sandbox with --approve auto."
ASK_THERE = "Such calls need your word each time: ask this in the full screen."


@dataclass(frozen=True, slots=True)
class Question:
    """What the person asks; placeholders are filled in where it was typed, not in a file."""

    text: str
    is_typed: bool = True


def answer(
    question: Question,
    settings: Settings | Configuration,
    *,
    as_json: bool,
    show_analysis: bool,
    form: AnswerForm | None = None,
    store: Store | None = None,
    debug_log: DebugLog | None = None,
) -> int:
    """Load the model, answer one question and return the exit code.

    Args:
        question: what the person asks.
        settings: what is set, by files and on the command line.
        as_json: whether every event goes to stdout as a line of JSON, in place of the answer.
        show_analysis: whether the reasoning goes to stderr as it comes.
        form: what the answer has to be.
        store: the session that the question begins or goes on in, if it is kept; it is closed.
        debug_log: where all that the model reads and samples is written, if it is.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8" if as_json else None, errors="replace")
    configuration = Configuration.of(settings)
    chosen = configuration.settings
    worker = Worker(unpack=chosen.unpack)
    tools = ToolboxLink(
        lambda: chosen,
        lambda: worker.model,
        lambda said: report.hear(Notice(said)),
        lambda: store is not None,
    )
    presentation = Presentation(lambda: chosen, tools.look_up)
    report = Report(as_json=as_json, show_analysis=show_analysis, presentation=presentation)
    try:
        events = Events()
        name = locations.locate_model(chosen.model, chosen.models_folder)
        loading = worker.load(name, events.put, chosen.memory_limits)
        from engine import Chat

        # Made before the model is there: its vocabulary takes a while to read, as the loading does.
        values = configuration.hyperparameters
        if store is not None and store.session.messages:
            chat = Chat.open(worker, store, hyperparameters=values, approval=chosen.approval)
            tools.start_conversation(chat)
            opening = resumed_opening(chat, chosen)
            if store.damaged:
                report.hear(Notice(say_damage(store.damaged)))
            configuration = configuration.with_layers("session", *session_layers(chat))
        else:
            chat = Chat(worker, hyperparameters=values, approval=chosen.approval, store=store)
            opening = open_conversation(chosen, datetime.now().astimezone())
        prepare(chat, chosen, opening)
        chat.form = form
        events.follow(loading, report.hear)
        if loading.exception() is not None:
            return FAILED  # LoadFailed has said why
        info = loading.result()
        configuration = configuration.with_model(info.name, info.defaults)
        chat.hyperparameters = configuration.hyperparameters
        tools.prepare(chat)
        text = question.text
        if question.is_typed:
            text = opening.placeholders.fill(text)
        _ask(chat, text, report, debug_log)
        return report.exit_code()
    finally:
        tools.close()
        worker.close()
        _close(store, report)


def _close(store: Store | None, report: Report) -> None:
    """Let other programs have the session's file; say so if its end could not be written."""
    try:
        if store is not None:
            store.close()
    except StoreError as error:
        report.hear(Notice(str(error)))


class Events(SimpleQueue[Event | None]):
    """The events of one piece of work on their way to the thread that waits for it."""

    def follow(self, work: Future[Any], listener: Listener) -> None:
        """Hand the events to the listener as they come, until the work is done."""
        work.add_done_callback(lambda _: self.put(None))
        while (event := self.get()) is not None:
            listener(event)


def _ask(chat: Chat, question: str, report: Report, debug_log: DebugLog | None) -> None:
    def hear(event: Event) -> None:
        report.hear(event)
        if isinstance(event, ToolCallRequested) and event.needs_approval:
            chat.answer(event.call, allowed=False, reason=NOBODY)

    events = Events()
    listener = debug_log.listening(chat, events.put) if debug_log else events.put
    with ThreadPoolExecutor(max_workers=1) as executor:
        turn = executor.submit(chat.send, question, listener)
        try:
            events.follow(turn, hear)
        except KeyboardInterrupt:
            chat.cancel()
            events.follow(turn, hear)
        except BaseException:
            chat.cancel()
            raise
    turn.result()


class Output:
    """A standard stream, written at once, that knows whether its last line is still open."""

    def __init__(self, stream: TextIO | None) -> None:
        """Wrap a stream; None, which a closed one is, takes everything and shows nothing."""
        self._stream = stream
        self.is_terminal = stream is not None and stream.isatty()
        self._line_is_open = False

    def write(self, text: str) -> None:
        """Write a model's text; a terminal gets nothing that it would obey."""
        self._write(text.translate(CONTROLS) if self.is_terminal else text)

    def end_line(self) -> None:
        """End the line if there is anything on it."""
        if self._line_is_open:
            self._write("\n")

    def write_line(self, text: str) -> None:
        """Write a line of our own."""
        self.end_line()
        self._write(text + "\n")

    def show_progress(self, text: str) -> None:
        """Show on a terminal, in place of what was shown before, how far something is."""
        if self.is_terminal:
            self._write(CLEAR_LINE + text)
            self._line_is_open = False

    def _write(self, text: str) -> None:
        if self._stream is None or not text:
            return
        self._stream.write(text)
        self._stream.flush()
        self._line_is_open = not text.endswith("\n")


class Report:
    """Writes what is heard of the work, and judges in the end whether the question was answered."""

    def __init__(
        self, *, as_json: bool, show_analysis: bool, presentation: Presentation | None = None
    ) -> None:
        """Begin with nothing heard; ``presentation`` says what of a message is written."""
        self._presentation = presentation or Presentation(Settings)
        self._as_json = as_json
        self._show_analysis = show_analysis
        self._stdout = Output(sys.stdout)
        self._stderr = Output(sys.stderr)
        self._is_answered = False
        self._ended: TurnEnded | None = None
        self._notices: set[str] = set()

    def exit_code(self) -> int:
        """Return what the shell is told."""
        if self._ended is not None and self._ended.finish == "cancelled":
            return INTERRUPTED
        if self._is_answered and self._ended is not None and self._ended.finish == "stop":
            return ANSWERED
        return FAILED

    def hear(self, event: Event) -> None:
        """Write what one event says."""
        if self._as_json:
            self._stdout.write_line(json.dumps(to_plain(event), ensure_ascii=False))
        for shown in self._presentation.present(event):
            self._show(shown)

    def _show(self, event: Event) -> None:
        match event:
            case LoadProgress(step, fraction):
                self._stderr.show_progress(f"Loading the model: {step}, {fraction:.0%}")
            case ModelLoaded():
                self._stderr.show_progress("")
            case LoadFailed(message):
                self._stderr.show_progress("")
                self._explain(message)
            case Notice(message) if message not in self._notices:
                self._notices.add(message)
                self._explain(message)
            case ToolCallRequested(recipient=recipient, needs_approval=True, reason=reason):
                way = APPROVE if reason in SPARED else ASK_THERE
                why = f" ({reason})" if reason else ""
                self._explain(
                    f"The call of {recipient} was declined, because nobody can be asked here{why}. "
                    f"{way}"
                )
            case TextDelta() | MessageClosed():
                self._hear_message(event)
            case TurnEnded():
                self._hear_end(event)

    def _hear_message(self, event: TextDelta | MessageClosed) -> None:
        match event:
            case TextDelta(channel="final", text=text) if not self._as_json:
                self._stdout.write(text)
            case TextDelta(channel="analysis", text=text) if self._show_analysis:
                self._stderr.write(text)
            case MessageClosed(channel="final", text=text):
                self._is_answered |= bool(text.strip())
                self._stdout.end_line()
            case MessageClosed(channel="analysis"):
                self._stderr.end_line()

    def _hear_end(self, ended: TurnEnded) -> None:
        self._ended = ended
        self._stdout.end_line()
        if ended.finish == "length":
            self._explain(ended.message or "The answer was cut: it reached max_tokens.")
        elif ended.finish == "error":
            self._explain(ended.message or "The answer failed.")
        elif ended.finish == "stop" and not self._is_answered:
            self._explain("The model ended without a final answer. Ask again, or see --json.")

    def _explain(self, message: str) -> None:
        self._stderr.write_line(f"harmony-tui: {message}")
