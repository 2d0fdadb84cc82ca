"""A client's messages as the conversation that the model reads.

System and developer messages are what the developer says in Harmony; those before the first other
message are its instructions. Reasoning is read only of the turn that still runs: one in which the
model waits for what its calls gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.harmony.prompt import (
    Segment,
    render_assistant,
    render_developer,
    render_tool_result,
    render_user,
)
from engine.server.errors import ApiError
from engine.server.schemas import ChatMessage, ToolCall
from engine.tools.registry import NAMESPACE

DEVELOPER = ("system", "developer")


@dataclass(frozen=True, slots=True)
class History:
    """What was said."""

    instructions: str
    segments: list[Segment]


def read_history(messages: Sequence[ChatMessage], *, has_developer: bool = True) -> History:
    """Return what messages say.

    Args:
        messages: the request's.
        has_developer: whether the model reads what the developer says later on where it stands;
            otherwise all of it is instructions.

    Raises:
        ApiError: calls and their results do not fit together.
    """
    instructions: list[str] = []
    segments: list[Segment] = []
    running = _find_running(messages)
    place = 0
    while place < len(messages):
        message = messages[place]
        place += 1
        if message.role in DEVELOPER:
            if has_developer and segments:
                segments.append(_developer(message.text))
            elif message.text:
                instructions.append(message.text)
        elif message.role == "user":
            segments.append(Segment("user", message.text, render_user(message.text)))
        elif message.role == "tool":
            raise _stray(place - 1, message)
        else:
            results: dict[str, str] = {}
            while message.tool_calls and place < len(messages) and messages[place].role == "tool":
                _take_result(results, place, messages[place], message.tool_calls)
                place += 1
            at = place - 1 - len(results)
            segments += _assistant(at, message, results, is_running=at >= running)
    return History("\n\n".join(instructions), segments)


def _find_running(messages: Sequence[ChatMessage]) -> int:
    """Return where the turn that still runs begins; their number where none does."""
    start = len(messages)
    for place, message in enumerate(messages):
        if message.role == "user":
            start = place
        elif message.role == "assistant" and message.text and not message.tool_calls:
            start = len(messages)
    is_running = any(message.tool_calls for message in messages[start:])
    return start if is_running else len(messages)


def _developer(text: str) -> Segment:
    return Segment("developer", text, render_developer(text, ()))


def _assistant(
    place: int, message: ChatMessage, results: Mapping[str, str], *, is_running: bool
) -> Iterator[Segment]:
    """Give what the model said: its thoughts, its words, and its calls with their results."""
    if is_running and message.thoughts:
        yield render_said("analysis", message.thoughts)
    if message.text:
        yield render_said("commentary" if message.tool_calls else "final", message.text)
    for call in message.tool_calls or ():
        if call.id not in results:
            raise ApiError(
                f"The call {call.id!r} has no result. A message of the role tool for each call "
                "has to follow the message that makes it.",
                param=f"messages[{place}].tool_calls",
            )
        recipient = f"{NAMESPACE}.{call.function.name}"
        asked, given = call.function.arguments, results[call.id]
        tokens = render_assistant("commentary", recipient, "json", asked)
        yield Segment("assistant", asked, tokens, "commentary", recipient, "json")
        tokens = render_tool_result(recipient, given)
        yield Segment("tool", given, tokens, "commentary", recipient)


def render_said(channel: str, text: str) -> Segment:
    """Return what the model said on a channel to nobody but the person."""
    return Segment("assistant", text, render_assistant(channel, None, None, text), channel)


def _take_result(
    results: dict[str, str], place: int, message: ChatMessage, calls: Sequence[ToolCall]
) -> None:
    """Take what a call gave.

    Raises:
        ApiError: no call of the message before asked for it, or it is there twice.
    """
    asked = message.tool_call_id or ""
    if asked in results or asked not in {call.id for call in calls}:
        raise _stray(place, message)
    results[asked] = message.text


def _stray(place: int, message: ChatMessage) -> ApiError:
    return ApiError(
        f"The result for {message.tool_call_id!r} answers no open call of the assistant's message "
        "before it.",
        param=f"messages[{place}].tool_call_id",
    )
