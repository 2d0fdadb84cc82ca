"""A conversation as its session tells it: what the model reads of it, and its last turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from engine.config.hyperparameters import HyperparameterError, Hyperparameters
from engine.conversation.messages import Message, Session, TurnRecord
from engine.conversation.messages import Turn as Told
from engine.events import HARMONY, EndOfThinking, Finish, MessageClosed, Statistics
from engine.harmony.encoding import END, are_tokens
from engine.harmony.formats import Format
from engine.harmony.prompt import (
    ANSWER,
    ASSISTANT,
    Segment,
    Transcript,
    render_assistant,
    render_developer,
    render_tool_result,
    render_user,
)
from engine.turn.conversation import Conversation
from engine.turn.rounds import Round, count_tokens
from engine.turn.turn import Turn

INSTRUCTING = ("system", "developer")
FIGURES = frozenset(each.name for each in fields(Statistics))


def is_sampled(message: Message) -> bool:
    """Return whether a message is of the model's making, also where it pretends to be another's."""
    return message.role == "assistant" or not message.is_genuine


def number_messages(path: Iterable[Message]) -> dict[int, int]:
    """Return the ids of a path's sampled messages by the numbers that events give them."""
    sampled = [message.id for message in path if is_sampled(message)]
    return dict(enumerate(sampled))


def told_closed(
    number: int, message: Message, tokens: Sequence[int] | None = None
) -> MessageClosed:
    """Return what a listener heard when a message was over.

    Args:
        number: what events call the message.
        message: as it is kept.
        tokens: the message's, if they were read.
    """
    return MessageClosed(
        number,
        message.role,
        message.channel if message.is_genuine else None,
        message.recipient,
        message.content_type,
        message.text,
        message.tokens if tokens is None else tokens,
        message.ending,
        message.irregular,
    )


def _known(tokens: Sequence[int]) -> tuple[int, ...]:
    """Return Harmony's tokens as a tuple; none where one is not of it, whatever wrote the file."""
    read = tuple(tokens)
    return read if are_tokens(read) else ()


def told_statistics(record: TurnRecord) -> Statistics:
    """Return the figures of a turn, as far as its session knows them."""
    return Statistics(**{n: v for n, v in record.statistics.items() if n in FIGURES})  # type: ignore[arg-type]


def told_hyperparameters(record: TurnRecord, otherwise: Hyperparameters) -> Hyperparameters:
    """Return the hyperparameters that were in force at the end of a turn.

    Args:
        record: the turn's.
        otherwise: where it does not tell, or tells a value that is none any more.
    """
    chosen = otherwise
    for values in (record.hyperparameters, *(change.values for change in record.changes)):
        for name, value in values.items():
            try:
                chosen = chosen.with_value(name, str(value))
            except HyperparameterError:
                continue
    return chosen


def find_last_record(session: Session, turn: Told) -> TurnRecord | None:
    """Return how a turn's last answer came to be, also where no message of it is there."""
    if turn.messages or turn.user is None:
        return turn.record
    records = [record for record in session.turns.values() if record.user == turn.user.id]
    return records[-1] if records else None


def find_instructions(session: Session) -> str | None:
    """Return what the developer message of a session's next turn says; None where nobody knows.

    System and developer messages that an import begins with are part of it.
    """
    turns = session.path_turns()
    record = next((turn.record for turn in reversed(turns) if turn.record is not None), None)
    if record is not None and record.preamble.tokens:
        return record.preamble.instructions
    texts = [record.preamble.instructions] if record is not None else []
    texts += [message.text for message in _leading(session.path())]
    return "\n\n".join(text for text in texts if text) or None


def _leading(path: Iterable[Message]) -> list[Message]:
    leading: list[Message] = []
    for message in path:
        if message.role not in INSTRUCTING or not message.is_genuine:
            break
        leading.append(message)
    return leading


def read_history(session: Session, leaf: int | None) -> Transcript:
    """Return the conversation up to a message as later turns read it; nothing for None."""
    history = _History(session, leaf)
    for turn in history.turns:
        history.take(turn)
    return history.transcript


def find_resumed_record(session: Session) -> TurnRecord | None:
    """Return how the last answer of the active path came to be; None where nobody knows."""
    turns = session.path_turns()
    if not turns or turns[-1].user is None:
        return None
    return find_last_record(session, turns[-1])


def count_history(session: Session) -> int:
    """Return how many tokens ``read_history`` would have, none of which is kept."""
    history, count = _History(session, session.leaf), 0
    settled = history.transcript.settled
    for turn in history.turns:
        history.take(turn)
        count += sum(len(segment.tokens) for segment in settled)
        settled.clear()
    return count


@dataclass(slots=True)
class Resumed:
    """The active path of a session, ready to be gone on with."""

    transcript: Transcript
    last: Turn | None
    """None where the person has said nothing yet."""


def resume(
    chat: Conversation,
    session: Session,
    otherwise: Hyperparameters,
    opening: tuple[tuple[str, str], ...],
) -> Resumed:
    """Read the active path of a session, with all its tokens.

    Args:
        chat: the conversation that goes on.
        session: what is kept of it.
        otherwise: stands where it does not tell what the last turn was sampled with.
        opening: what comes before the first turn, as transcripts have it.
    """
    history = _History(session, session.leaf)
    last = history.turns.pop() if history.turns else None
    for told in history.turns:
        history.take(told)
    transcript = history.transcript
    transcript.opening = opening
    if last is None or last.user is None:
        if last is not None:
            history.take(last)
        return Resumed(transcript, None)
    record = find_last_record(session, last)
    turn = Turn(chat, last.user.text, lambda _: None, history.sampled)
    turn.words, turn.is_resumed = last.user.id, True
    turn.finish = "stop"
    if record is None:
        history.take(last)
        return Resumed(transcript, turn)
    turn.preamble = _known(record.preamble.tokens)
    turn.instructions = record.preamble.instructions
    turn.seed = turn.seed if record.seed is None else record.seed
    turn.acting = told_hyperparameters(record, otherwise)
    turn.figures.statistics = told_statistics(record)
    transcript.preamble, transcript.instructions = turn.preamble, turn.instructions
    format_ = _format_of(chat, record)
    sampled = [m for m in last.messages if is_sampled(m) and not _is_set_aside(m, record)]
    if format_ is None or not _is_known(turn.preamble, sampled, format_):
        history.take(last)
        return Resumed(transcript, turn)
    turn.format = format_
    turn.finish = record.finish or _finish_of(last)
    transcript.running.append(history.segment(last.user))
    rounds = _Rounds(transcript, format_, record)
    for message in last.messages:
        if is_sampled(message):
            rounds.take_sampled(message)
            history.add(message)
        else:
            history.add(message)
            rounds.take_result(transcript.running[-1])
    turn.rounds = rounds.end(turn.finish)
    turn.sampled = count_tokens(turn.rounds)
    turn.call_count = sum(len(each.results) for each in turn.rounds)
    turn.reader = turn.format.reader(turn.recipients, history.sampled)
    if format_.name == HARMONY:
        _leave_out_again(transcript, turn.rounds, turn.statistics)
    transcript.settle_turn()
    return Resumed(transcript, turn)


def _leave_out_again(
    transcript: Transcript, rounds: Sequence[Round], statistics: Statistics
) -> None:
    """Leave the turns out that the model did not read any more, by how much it had read.

    Args:
        transcript: has the turns before, all of them read; it is told.
        rounds: the running turn's, which are told, too.
        statistics: say how long prompt and answer were in the end.
    """
    used, limit = statistics.context_used, statistics.context_length
    are_told = isinstance(used, int) and isinstance(limit, int) and used > 0
    if not rounds or not are_told:
        return
    lacking = len(rounds[-1].prompt) + len(rounds[-1].tokens) - used
    if lacking <= 0:
        return
    if transcript.leave_out(lacking).tokens != lacking:
        transcript.read_all()  # it was something else
        return
    transcript.limit = limit
    start = len(transcript.preamble)
    for each in rounds:
        each.prompt = each.prompt[:start] + each.prompt[start + lacking :]
        each.history -= lacking


def _finish_of(turn: Told) -> Finish:
    """Return how a turn ended of which the end was never written."""
    is_whole = bool(turn.messages) and turn.messages[-1].ending == "return"
    return "stop" if is_whole else "error"


def _format_of(chat: Conversation, record: TurnRecord) -> Format | None:
    """Return what a turn was sampled in, if the loaded model or none at all knows it."""
    if _is_harmony(record):
        return chat.format if chat.format.name == HARMONY else chat.harmony
    model = chat.worker.model
    is_same = model is not None and chat.journal.fingerprint(model) == record.fingerprint != ""
    return chat.format if is_same and chat.format.name != HARMONY else None


def _is_known(preamble: Sequence[int], sampled: Iterable[Message], format_: Format) -> bool:
    """Return whether all that a turn read of its own and sampled is there, and can be read."""
    if format_.name != HARMONY:
        return all(message.tokens for message in sampled)  # of the very model that is loaded
    return bool(preamble) and all(_known(message.tokens) for message in sampled)


def _is_harmony(record: TurnRecord | None) -> bool:
    # Only Harmony's preamble is tokens of its own.
    return record is not None and bool(record.preamble.tokens)


def _is_set_aside(message: Message, record: TurnRecord | None) -> bool:
    """Return whether a message is but words of a header that had no place in it.

    It has no tokens: those are of the message whose header it was, and the model reads them there.
    """
    is_part = is_sampled(message) and message.irregular and not message.tokens
    return is_part and _is_harmony(record)


class _History:
    """Makes segments of a session's messages."""

    def __init__(self, session: Session, leaf: int | None) -> None:
        self.session = session
        self.transcript = Transcript()
        self.sampled = 0
        """How many messages of the model's were taken."""
        path = [] if leaf is None else session.path(leaf)
        self.leading = {message.id for message in _leading(path)}
        """Those that are in the preamble."""
        self.turns = [] if leaf is None else session.path_turns(leaf)

    def take(self, turn: Told) -> None:
        """Take a whole turn, which is over."""
        if turn.user is not None:
            self.transcript.running.append(self.segment(turn.user))
        for message in turn.messages:
            self.add(message)
        self.transcript.settle_turn()

    def add(self, message: Message) -> None:
        """Take a message of the running turn."""
        number, self.sampled = self.sampled, self.sampled + is_sampled(message)
        record = None if message.turn is None else self.session.turns.get(message.turn)
        is_read = message.is_genuine and not _is_set_aside(message, record)
        if not is_read or message.id in self.leading:
            return
        is_kept = message.role == "assistant" and _is_harmony(record)
        if is_kept and (tokens := _known(message.tokens)):
            self.transcript.add_sampled(told_closed(number, message, tokens))
        else:
            self.transcript.running.append(self.segment(message))

    def segment(self, message: Message) -> Segment:
        """Return a message as the model reads it, rendered where its tokens are not known."""
        role, text, tokens = message.role, message.text, _known(message.tokens)
        match role:
            case "user":
                return Segment(role, text, tokens or render_user(text))
            case "tool":
                name = message.name or "functions.unknown"
                rendered = tokens or render_tool_result(name, text, message.channel)
                return Segment(role, text, rendered, message.channel, name)
            case "assistant":
                told = (message.channel or "final", message.recipient, message.content_type)
                rendered = render_assistant(*told, text)
                return Segment(role, text, rendered, *told, is_complete=not message.is_cut)
            case _:
                return Segment("developer", text, render_developer(text, ()))


class _Rounds:
    """Finds out where the samplings of a turn began and ended."""

    def __init__(self, transcript: Transcript, format_: Format, record: TurnRecord) -> None:
        self.transcript = transcript
        self.format = format_
        self.thinking = {each.token: each.reason for each in record.thinking}
        self.rounds: list[Round] = []
        self.forced: list[int] = []
        """What comes next, if the program has put it there itself."""
        self.sampled = 0
        self.is_over = True
        """Whether the next sampled token begins a round."""
        self.reason: EndOfThinking | None = None

    def take_sampled(self, message: Message) -> None:
        """Take a message, before it is in the transcript."""
        if self.is_over:
            self._begin(self.format.prompt(self.transcript))
        for token in message.tokens:
            self._feed(token)

    def _begin(self, prompt: tuple[int, ...], forced: Sequence[int] = ()) -> None:
        reason = self.reason if forced else None
        history = self.transcript.history_length
        self.rounds.append(Round(prompt, history, tuple(forced), reason=reason))
        self.is_over = False

    def _feed(self, token: int) -> None:
        if not self.forced and self.sampled in self.thinking:
            self.reason = self.thinking.pop(self.sampled)
            self.forced = [END, *ANSWER]
        if self.forced:
            if token == self.forced[0]:
                del self.forced[0]
                if not self.forced:
                    self._begin_answer()
                return
            self.forced.clear()
        self.rounds[-1].tokens.append(token)
        self.sampled += 1

    def _begin_answer(self) -> None:
        prompt = self.transcript.prompt()[: -len(ASSISTANT)] + ANSWER
        self._begin(prompt, (END, *ANSWER))

    def take_result(self, result: Segment) -> None:
        """Take what a tool answered."""
        if not self.rounds:
            self._begin(self.format.prompt(self.transcript))
        self.rounds[-1].results.append(result)
        self.rounds[-1].finish = "stop"
        self.is_over = True

    def end(self, finish: Finish) -> list[Round]:
        """Return the rounds of a turn that ended so."""
        if self.forced:
            self._begin_answer()
        if self.rounds and not self.rounds[-1].results:
            last = self.rounds[-1]
            is_done = bool(last.tokens) and last.tokens[-1] in self.format.stop_tokens
            last.finish = "stop" if is_done else finish
        return self.rounds
