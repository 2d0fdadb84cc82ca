"""Turns as the engine tells them, played into a store."""

from __future__ import annotations

from engine.conversation.messages import Preamble
from engine.conversation.store import Store, TurnSetting
from engine.events import (
    Ending,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnEnded,
)

SETTING = TurnSetting(
    "gpt-oss-20b", "f00d", 7, {"temperature": 0.5}, Preamble("Be brief.", (200006, 17360))
)


def open_message(
    store: Store, number: int, channel: str | None = "final", recipient: str | None = None
) -> None:
    store.hear(MessageOpened(number, "assistant", channel, recipient, None))


def stream(store: Store, number: int, text: str, *tokens: int) -> None:
    for token in tokens:
        store.add_token(token)
    store.hear(TextDelta(number, "final", text))


def close_message(
    store: Store,
    number: int,
    text: str,
    *tokens: int,
    channel: str | None = "final",
    recipient: str | None = None,
    ending: Ending = "return",
) -> None:
    store.hear(MessageClosed(number, "assistant", channel, recipient, None, text, tokens, ending))


def say(store: Store, number: int, text: str, *tokens: int) -> None:
    """A whole final message."""
    open_message(store, number)
    stream(store, number, text, *tokens)
    close_message(store, number, text, *tokens)


def ask_tool(store: Store, number: int, call: int, *, asked: bool = False) -> None:
    """A message that calls a tool, up to where it runs."""
    name, arguments = "functions.get_time", '{"zone": "UTC"}'
    store.hear(MessageOpened(number, "assistant", "commentary", name, "json"))
    store.hear(
        MessageClosed(number, "assistant", "commentary", name, "json", arguments, (1, 2, 3), "call")
    )
    store.hear(ToolCallRequested(call, name, arguments, "reads the clock", asked))
    store.hear(ToolCallStarted(call))


def answer_tool(store: Store, call: int) -> None:
    store.hear(ToolCallFinished(call, "done", "12:00", 0.25), (4, 5))


def end(store: Store) -> None:
    store.hear(TurnEnded("stop", Statistics(prompt_tokens=9, sampled_tokens=5)))


def a_turn(store: Store, number: int = 0, question: str = "What time is it?") -> int:
    """Words, a tool call and an answer; return the id of the words."""
    words = store.begin_turn(question, SETTING, tokens=(200006, 1428, 200007))
    ask_tool(store, number, 0)
    answer_tool(store, 0)
    say(store, number + 1, "It is noon.", 10, 11, 12)
    end(store)
    return words
