"""A tool call that the person has made once more, outside of any turn."""

from __future__ import annotations

from engine.events import (
    CallRunAgain,
    Event,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    ToolOutput,
)
from engine.tools.permissions import Permissions
from engine.tools.registry import Registry
from engine.turn.calls import Caller, Outcome
from engine.worker import Listener


def run_again(
    caller: Caller,
    call: tuple[int, str, str],
    tools: Registry,
    permissions: Permissions,
    listener: Listener,
) -> Outcome:
    """Make a call, tell of it, and return how it went; blocks until it is over.

    It is judged, asked about and bounded as one of the model's is. The model reads nothing of it.

    Args:
        caller: runs it; through it the call is allowed, declined and stopped.
        call: its number, which no call of a turn has, the recipient and the arguments.
        tools: what may be called.
        permissions: say whether the person has to allow it.
        listener: hears of it as ``CallRunAgain``, on the thread that calls this.
    """

    def tell(event: Event) -> None:
        match event:
            case ToolCallRequested() | ToolCallStarted() | ToolOutput() | ToolCallFinished():
                listener(CallRunAgain(event))
            case _:
                listener(event)

    answered = caller.run(call, tools, permissions, tell)
    tell(
        ToolCallFinished(
            call[0],
            answered.outcome,
            answered.output,
            answered.seconds,
            figures=answered.figures,
        )
    )
    return answered.outcome
