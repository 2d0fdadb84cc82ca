"""Sessions of older versions, read as if they were of this one.

Each version has a step that turns its lines, one after the other, into those of the next; a file
goes through all steps that it needs. Reading leaves the file as it is. Before something is added
the whole file is written anew in the current version, in one atomic step and with the old one kept
beside it: a file is of one version, which its first line tells, so that each line of it can be
read by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from engine.conversation.lines import VERSION, DamagedLineError

Line = dict[str, Any]


class Step(Protocol):
    """Turns the lines of one version into those of the next."""

    def convert(self, line: Line) -> list[Line]:
        """Return what one line is in the next version.

        Raises:
            DamagedLineError: it is no line of the step's version.
        """
        ...


class Version1:
    """Version 1: messages without ids, one after the other, whole ones only.

    Its lines: ``session``; ``user`` (text, preamble); ``message`` (the fields of
    ``engine.events.MessageClosed``, whose number ``message`` counts up); ``tool`` (call, recipient,
    arguments, outcome, output, seconds); ``turn`` at the end of a turn (finish, seed,
    hyperparameters, statistics); ``continue`` (message: the last turn goes on in it, and it comes
    again); ``branch`` (message: the last turn goes on in it, another one from there on); ``retry``
    (preamble: the last words are answered anew).
    """

    def __init__(self) -> None:
        self._turn: Line | None = None
        self._turns = 0
        self._messages = 0
        self._calls = 0
        self._preamble: list[int] = []
        self._preambles = 0
        self._last: int | None = None
        """The message that the next one follows."""
        self._user: int | None = None
        self._ids: dict[int, int] = {}
        """The messages by the numbers of their lines."""
        self._parents: dict[int, int | None] = {}
        self._waiting: list[tuple[int, Line]] = []
        """Calls of the running turn that were not run yet, with their messages' ids."""

    def convert(self, line: Line) -> list[Line]:
        """Return what one line of version 1 is in version 2; see ``Step``."""
        convert: dict[Any, Callable[[Line], list[Line]]] = {
            "session": self._session,
            "user": self._words,
            "message": self._message,
            "tool": self._tool,
            "turn": self._end,
            "continue": self._continue,
            "branch": self._branch,
            "retry": self._retry,
        }
        kind = line.get("kind")
        if not isinstance(kind, str) or kind not in convert:
            raise DamagedLineError(f"{str(kind)[:40]!r} is not a kind of line")
        try:
            return convert[kind](line)
        except KeyError as error:
            raise DamagedLineError(f"a line of the kind {kind} lacks {error}") from error
        except (TypeError, ValueError, AttributeError) as error:
            raise DamagedLineError(f"a line of the kind {kind} is not as it has to be") from error

    def _session(self, line: Line) -> list[Line]:
        return [{**line, "version": 2}]

    def _words(self, line: Line) -> list[Line]:
        text = line["text"]
        self._messages += 1
        message = self._messages
        lines = self._begin(line, message)
        lines.append(self._said(line, message, role="user", ending="end", text=text))
        self._user = message
        return lines

    def _retry(self, line: Line) -> list[Line]:
        if self._user is None:
            raise DamagedLineError("nothing was asked that could be answered anew")
        self._last = self._user
        return [*self._begin(line, self._user), {"kind": "leaf", "message": self._user}]

    def _branch(self, line: Line) -> list[Line]:
        if self._user is None:
            raise DamagedLineError("nothing was answered that could go another way")
        first = line["message"]
        left = self._ids.get(first)
        if left is not None:
            self._last = self._parents[left]
        self._ids = {number: id_ for number, id_ in self._ids.items() if number < first}
        begun = self._begin({"preamble": self._preamble, "time": line.get("time")}, self._user)
        return [*begun, {"kind": "leaf", "message": self._last}]

    def _begin(self, line: Line, user: int) -> list[Line]:
        """Begin a turn, with the preamble before it if that is another than before."""
        lines: list[Line] = []
        preamble = line.get("preamble") or []
        if preamble != self._preamble:
            self._preambles, self._preamble = self._preambles + 1, preamble
            lines.append({"kind": "preamble", "id": self._preambles, "tokens": preamble})
        self._turns += 1
        self._waiting.clear()
        self._turn = {
            "kind": "turn",
            "time": line.get("time"),
            "id": self._turns,
            "user": user,
            "preamble": self._preambles if preamble else None,
        }
        return [*lines, self._turn]

    def _said(self, line: Line, message: int, **fields: Any) -> Line:
        parent = self._parents.setdefault(message, self._last)
        self._last = message
        said = {"kind": "message", "time": line.get("time"), "id": message, "parent": parent}
        return {**said, "turn": self._turns or None, **fields}

    def _message(self, line: Line) -> list[Line]:
        number, ending = line["message"], line["ending"]
        message = self._ids.get(number)
        if message is None:
            self._messages += 1
            message = self._ids[number] = self._messages
        channel, recipient = line.get("channel"), line.get("recipient")
        said = self._said(
            line,
            message,
            role=line["role"],
            channel=channel,
            recipient=recipient,
            content_type=line.get("content_type"),
            irregular=line.get("irregular", False),
            forged=channel is None,
            ending=ending,
            text=line["text"],
            tokens=line.get("tokens", ()),
        )
        if line["role"] == "assistant" and recipient and ending != "cut":
            self._waiting.append((message, line))
        return [said]

    def _tool(self, line: Line) -> list[Line]:
        recipient, output = line["recipient"], line["output"]
        asking = next((call for call in self._waiting if call[1]["recipient"] == recipient), None)
        if asking is None:
            raise DamagedLineError(f"no message calls {recipient}")
        self._waiting.remove(asking)
        self._calls, self._messages = self._calls + 1, self._messages + 1
        result = self._said(
            line,
            self._messages,
            role="tool",
            name=recipient,
            recipient="assistant",
            channel=asking[1].get("channel"),
            ending="end",
            text=output,
        )
        outcome = line["outcome"]
        call = {
            "kind": "call",
            "id": self._calls,
            "message": asking[0],
            "recipient": recipient,
            "arguments": line["arguments"],
            # Version 1 does not tell whether a call that ran had to be allowed.
            "approval": "declined" if outcome == "declined" else "unasked",
            "started": outcome != "declined",
            "outcome": outcome,
            "output": output,
            "seconds": line.get("seconds", 0.0),
            "result": self._messages,
        }
        return [result, call]

    def _end(self, line: Line) -> list[Line]:
        if self._turn is None:
            raise DamagedLineError("no turn was begun")
        # The seed and the hyperparameters stand at the end in version 1.
        known: Line = {key: line[key] for key in ("seed", "hyperparameters") if key in line}
        end: Line = {"kind": "end", "turn": self._turn["id"], "finish": line["finish"]}
        return [{**self._turn, **known}, {**end, "statistics": line.get("statistics", {})}]

    def _continue(self, line: Line) -> list[Line]:
        message = self._ids.get(line["message"])
        self._waiting.clear()
        if message is not None:
            self._last = self._parents[message]
        return [{"kind": "continue", "turn": self._turns, "message": message, "text": ""}]


STEPS: dict[int, Callable[[], Step]] = {1: Version1}
"""The step away from each version but the current one."""


class Chain:
    """All the steps from one version to the current one."""

    def __init__(self, version: int) -> None:
        """Begin at the first line of a file of a version that is not newer than the current."""
        self._steps = [STEPS[number]() for number in range(version, VERSION)]

    def convert(self, line: Line) -> list[Line]:
        """Return what a line is in the current version; see ``Step``."""
        lines = [line]
        for step in self._steps:
            lines = [new for old in lines for new in step.convert(old)]
        return lines
