"""A session as the events that a listener would have heard of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from engine.config.hyperparameters import split_by_time
from engine.conversation.messages import Message, Session, ToolCall, TurnRecord
from engine.conversation.messages import Turn as Told
from engine.events import (
    AnswerSpoken,
    Event,
    HyperparametersChanged,
    MessageOpened,
    Statistics,
    TextDelta,
    ThinkingFinished,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnEnded,
    TurnStarted,
)
from engine.turn.calls import THE_PERSON
from engine.turn.resuming import find_last_record, is_sampled, told_closed, told_statistics

UNFINISHED = "The program ended before this answer did."


def replay(session: Session, numbers: Mapping[int, int]) -> Iterator[Event]:
    """Give the events of a session's active path, each message's text in one piece.

    Of a call that has a result none is waited for any more, so ``needs_approval`` is never true.

    Args:
        session: what is kept of a conversation.
        numbers: the numbers that events give messages, by the messages' ids.
    """
    calls: dict[int, list[ToolCall]] = {}
    for call in session.calls.values():
        calls.setdefault(call.message, []).append(call)
    for turn in session.path_turns():
        if turn.user is not None or any(map(is_sampled, turn.messages)):
            yield from _Telling(turn, find_last_record(session, turn), numbers, calls).tell()
            for message in turn.messages:
                if (spoken := session.spoken.get(message.id)) is not None:
                    yield AnswerSpoken(numbers[message.id], spoken.heard, spoken.is_whole)


class _Telling:
    """Tells one turn."""

    def __init__(
        self,
        turn: Told,
        record: TurnRecord | None,
        numbers: Mapping[int, int],
        calls: Mapping[int, list[ToolCall]],
    ) -> None:
        self.turn = turn
        self.record = record
        self.numbers = numbers
        on_path = [call for message in turn.messages for call in calls.get(message.id, [])]
        results = {message.id for message in turn.messages}
        self.by_result = {call.result: call for call in on_path if call.result in results}
        self.unanswered = [call for call in on_path if call.result not in results]
        self.calls = 0
        self.sampled = 0
        marks: list[HyperparametersChanged | ThinkingFinished] = []
        if record is not None:
            changes = record.changes
            marks += [HyperparametersChanged(c.token, *split_by_time(c.values)) for c in changes]
            marks += [ThinkingFinished(each.token, each.reason) for each in record.thinking]
        self.marks = deque(sorted(marks, key=lambda mark: mark.token))
        """What happened between tokens, and was not told yet."""

    def tell(self) -> Iterator[Event]:
        """Give the events of the whole turn."""
        user = self.turn.user
        yield (
            TurnStarted("", message=None)
            if user is None
            else TurnStarted(user.text, message=user.id)
        )
        for message in self.turn.messages:
            if is_sampled(message):
                yield from self._tell_sampled(message)
            elif message.role == "tool":
                yield from self._tell_result(message)
        answered = {call.message for call in self.by_result.values()}
        for call in self.unanswered:
            # One that was answered when it was asked for once more stands there with that.
            if call.message not in answered:
                yield from self._tell_call(call)
        yield from self.marks
        yield self._ended()

    def _tell_sampled(self, message: Message) -> Iterator[Event]:
        closed = told_closed(self.numbers[message.id], message)
        number, channel = closed.message, closed.channel
        end = self.sampled + len(closed.tokens)
        yield from self._marks_before(self.sampled)
        # Tokens that make no message were never opened.
        if message.is_genuine or message.role != "assistant" or message.text:
            yield MessageOpened(
                number, message.role, channel, message.recipient, message.content_type
            )
            if message.text:
                yield TextDelta(number, channel, message.text)
        yield from self._marks_before(end)
        yield closed
        self.sampled = end

    def _marks_before(self, token: int) -> Iterator[Event]:
        while self.marks and self.marks[0].token <= token:
            yield self.marks.popleft()

    def _tell_result(self, message: Message) -> Iterator[Event]:
        call = self.by_result.get(message.id)
        if call is None:
            # An import may know what a tool said, but not what it was asked.
            name = message.name or ""
            call = ToolCall(0, 0, name, "", is_started=True, outcome="done", output=message.text)
        yield from self._tell_call(call, len(message.tokens))

    def _tell_call(self, call: ToolCall, tokens: int = 0) -> Iterator[Event]:
        number, self.calls = self.calls, self.calls + 1
        yield ToolCallRequested(
            number,
            call.recipient,
            call.arguments,
            call.effects,
            needs_approval=False,
            place=call.place,
        )
        if call.is_started:
            by_person = THE_PERSON if call.approval == "allowed" else ""  # as older files have it
            yield ToolCallStarted(number, call.allowed_by or by_person)
        if call.outcome is not None:
            yield ToolCallFinished(
                number, call.outcome, call.output, call.seconds, tokens, call.figures
            )

    def _ended(self) -> TurnEnded:
        if self.record is None:
            return TurnEnded("stop", Statistics())
        statistics = told_statistics(self.record)
        if self.record.finish is None:
            return TurnEnded("error", statistics, UNFINISHED)
        return TurnEnded(self.record.finish, statistics, self.record.reason)
