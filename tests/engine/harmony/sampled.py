"""What tests of the parser share: sampled tokens from spelled text, and the events they bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.events import Event, Finish, MessageClosed, MessageOpened, TextDelta
from engine.harmony.encoding import load_encoding
from engine.harmony.parser import Parser

TOOLS = (
    "functions.get_weather",
    "functions.shell",
    "functions.manage_cart",
    "python",
    "browser.search",
)


def tokens_of(spelled: str) -> list[int]:
    """Return the tokens of a text; control tokens that it spells are control tokens."""
    return load_encoding().encode(spelled, allowed_special="all")


def ordinary(spelled: str) -> list[int]:
    """Return the tokens of a text, none of them a control token."""
    return load_encoding().encode(spelled, disallowed_special=())


def events_of(
    tokens: Iterable[int], finish: Finish = "stop", tools: Sequence[str] = TOOLS
) -> list[Event]:
    parser = Parser(tools)
    events = [event for token in tokens for event in parser.feed(token)]
    return events + parser.close(finish)


def closed_in(events: Iterable[Event]) -> list[MessageClosed]:
    return [event for event in events if isinstance(event, MessageClosed)]


def shown_in(events: Sequence[Event]) -> list[MessageClosed]:
    """Return the messages that were opened; the others show nothing."""
    opened = {event.message for event in events if isinstance(event, MessageOpened)}
    return [message for message in closed_in(events) if message.message in opened]


def closed_of(spelled: str, finish: Finish = "stop") -> list[MessageClosed]:
    return shown_in(events_of(tokens_of(spelled), finish))


def check_events(tokens: Sequence[int], events: Sequence[Event]) -> None:
    """Check what holds for any tokens whatever."""
    closed = closed_in(events)
    assert [t for message in closed for t in message.tokens] == list(tokens)
    numbers = [message.message for message in closed]
    assert numbers == list(range(len(numbers)))
    is_open: int | None = None
    text = ""
    for event in events:
        if isinstance(event, MessageOpened):
            assert is_open is None
            is_open, text = event.message, ""
        elif isinstance(event, TextDelta):
            assert event.message == is_open
            assert event.text
            text += event.text
        elif isinstance(event, MessageClosed):
            if is_open is None:  # never opened
                assert (event.role, event.channel, event.text) == ("assistant", None, "")
            else:
                assert (event.message, event.text) == (is_open, text)
                is_assistant = event.role == "assistant"
                assert is_assistant == (event.channel in ("analysis", "commentary", "final"))
            if event.channel is None:
                assert event.recipient is None
            is_open = None
    assert is_open is None
