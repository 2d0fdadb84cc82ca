"""What is shown of a message where a person wants to see no more than so much."""

from __future__ import annotations

from engine.config.settings import Settings
from engine.events import (
    Event,
    MessageClosed,
    MessageOpened,
    TextDelta,
    TurnContinued,
    TurnStarted,
)
from harmony_tui.shortening import Shortener

LIMITS = Settings(truncate_thinking=5, truncate_response=8)


def shown(shortener: Shortener, *events: Event) -> dict[int, str]:
    """Return the text of each message, as a pane has it after these events."""
    texts: dict[int, str] = {}
    for event in events:
        for each in shortener.shorten(event):
            match each:
                case TextDelta(message=message, text=text):
                    texts[message] = texts.get(message, "") + text
                case TurnContinued(message=int() as message, text=text):
                    texts[message] = text
    return texts


def message(number: int, channel: str, *parts: str, recipient: str | None = None) -> list[Event]:
    text = "".join(parts)
    return [
        MessageOpened(number, "assistant", channel, recipient, None),
        *(TextDelta(number, channel, part) for part in parts),
        MessageClosed(number, "assistant", channel, recipient, None, text, (), "end"),
    ]


def test_each_channel_has_its_limit_and_what_is_hidden_is_told() -> None:
    texts = shown(
        Shortener(lambda: LIMITS),
        TurnStarted("?"),
        *message(0, "analysis", "abc", "def", "ghi"),
        *message(1, "final", "abcdefgh"),
        *message(2, "final", "abcdefghi"),
        *message(3, "commentary", "abcdefghijkl"),
        *message(4, "commentary", '{"expression":"1+1"}', recipient="functions.calculator"),
    )
    assert texts == {
        0: "abcde … (4 more characters are not shown)",
        1: "abcdefgh",
        2: "abcdefgh … (1 more characters are not shown)",
        3: "abcdefghijkl",
        4: '{"expression":"1+1"}',
    }


def test_without_limits_every_event_passes_as_it_is() -> None:
    shortener = Shortener(Settings)
    events = [TurnStarted("?"), *message(0, "analysis", "a" * 5000), *message(1, "final", "b")]
    assert [each for event in events for each in shortener.shorten(event)] == events


def test_a_message_that_goes_on_is_counted_from_what_stands() -> None:
    shortener = Shortener(lambda: LIMITS)
    opened, delta, closed = message(0, "final", "abcdefghijkl")
    texts = shown(shortener, opened, delta, closed, TurnContinued(0, "abcdefghij"))
    assert texts == {0: "abcdefgh"}
    texts = shown(shortener, TextDelta(0, "final", "kl"), closed)
    assert texts == {0: " … (4 more characters are not shown)"}


def test_a_limit_that_changes_acts_at_once() -> None:
    settings = Settings(truncate_response=3)
    shortener = Shortener(lambda: settings)
    opened, delta, _ = message(0, "final", "abcdef")
    assert shown(shortener, opened, delta) == {0: "abc"}
    settings = Settings()
    assert shown(shortener, TextDelta(0, "final", "ghi")) == {0: "ghi"}
