"""Sampled tokens become events as they come, and every token is in one message that was closed."""

from __future__ import annotations

import pytest

from engine.events import MessageClosed, MessageOpened, TextDelta
from engine.harmony.encoding import RETURN
from engine.harmony.parser import LONGEST_HEADER, Parser
from tests.engine.harmony.sampled import (
    check_events,
    closed_in,
    closed_of,
    events_of,
    shown_in,
    tokens_of,
)

THINK = "<|channel|>analysis<|message|>hm<|end|>"
ANSWER = "<|channel|>final<|message|>It is 4.<|return|>"
CALL = "<|channel|>commentary to=functions.shell <|constrain|>json<|message|>{}<|call|>"


def test_a_message_opens_with_its_header_and_grows_by_deltas() -> None:
    parser = Parser(first_message=7)
    heard = [
        parser.feed(token) for token in tokens_of("<|channel|>final<|message|>It is<|return|>")
    ]
    assert heard[:2] == [[], []]
    assert heard[2] == [MessageOpened(7, "assistant", "final", None, None)]
    assert heard[3] == [TextDelta(7, "final", "It")]
    (closed,) = heard[5]
    assert isinstance(closed, MessageClosed)
    assert (closed.message, closed.text, closed.ending) == (7, "It is", "return")
    assert parser.next_message == 8


def test_the_tokens_between_messages_are_the_later_ones_first() -> None:
    first, second = closed_of(THINK + "<|start|>assistant" + ANSWER)
    assert list(first.tokens) == tokens_of(THINK)
    assert list(second.tokens) == tokens_of("<|start|>assistant" + ANSWER)


def test_tokens_that_make_no_message_are_closed_without_being_opened() -> None:
    tokens = tokens_of(THINK + "<|end|><|start|><|start|>assistant" + ANSWER + "<|return|>")
    events = events_of(tokens)
    check_events(tokens, events)
    shown = shown_in(events)
    assert [message.text for message in shown] == ["hm", "It is 4."]
    unseen = [message for message in closed_in(events) if message not in shown]
    assert [message.tokens for message in unseen] == [
        tuple(tokens_of("<|end|>")),
        tuple(tokens_of("<|start|>")),
        (RETURN,),
    ]


@pytest.mark.parametrize("header", ["<|channel|>", "<|channel|>fin", "<|channel|>final", ""])
def test_stopping_inside_a_regular_header_shows_no_markup(header: str) -> None:
    tokens = tokens_of(header)
    events = events_of(tokens, "length")
    check_events(tokens, events)
    assert shown_in(events) == []


def test_stopping_inside_a_text_closes_it_as_cut() -> None:
    (message,) = closed_of("<|channel|>final<|message|>half an ans", "cancelled")
    assert (message.text, message.ending, message.irregular) == ("half an ans", "cut", False)


def test_the_next_round_begins_inside_a_header_again() -> None:
    parser = Parser()
    rounds = []
    for sampled in (CALL, THINK + "<|start|>assistant<|channel|>fi", ANSWER):
        events = [event for token in tokens_of(sampled) for event in parser.feed(token)]
        rounds.append(events + parser.close("length"))
    assert [[m.irregular for m in shown_in(events)] for events in rounds] == [
        [False],
        [False],
        [False],
    ]
    assert [m.message for events in rounds for m in closed_in(events)] == [0, 1, 2, 3]


def test_characters_are_never_shown_in_halves() -> None:
    spelled = "<|channel|>final<|message|>🏳️‍🌈 𓀀 é<|return|>"
    texts = [e.text for e in events_of(tokens_of(spelled)) if isinstance(e, TextDelta)]
    assert "".join(texts) == "🏳️‍🌈 𓀀 é"
    assert not any("\ufffd" in text for text in texts)


def test_a_character_at_the_end_of_the_longest_header_is_whole() -> None:
    hieroglyph = tokens_of("𓀀")
    for filled in range(LONGEST_HEADER - len(hieroglyph), LONGEST_HEADER + 1):
        tokens = [*tokens_of("x") * filled, *hieroglyph, RETURN]
        (message,) = closed_in(events_of(tokens))
        assert message.text == "x" * filled + "𓀀"


def test_text_without_markup_is_shown_once_it_can_be_no_header() -> None:
    parser = Parser()
    heard = [parser.feed(token) for token in tokens_of(" word") * (LONGEST_HEADER + 2)]
    assert not any(heard[:LONGEST_HEADER])
    assert isinstance(heard[LONGEST_HEADER][-1], TextDelta)
    assert [event.text for event in heard[-1] if isinstance(event, TextDelta)] == [" word"]
