"""What holds for any tokens: nothing raised, nothing lost, the library's reading, bounded cost."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openai_harmony import Author, Message, Role, StreamableParser

from engine.events import Event, MessageClosed
from engine.harmony.encoding import (
    CALL,
    CHANNEL,
    CONSTRAIN,
    END,
    END_OF_TEXT,
    MESSAGE,
    RETURN,
    START,
    VOCABULARY_SIZE,
    load_encoding,
)
from engine.harmony.parser import LONGEST_HEADER, Parser
from tests.engine.harmony.sampled import (
    TOOLS,
    check_events,
    closed_in,
    events_of,
    shown_in,
    tokens_of,
)

CONTROL = (START, END, MESSAGE, CHANNEL, CONSTRAIN, RETURN, CALL, END_OF_TEXT)
HEADER_WORDS = (
    *("assistant", "user", "system", "developer", "tool", "functions", ".shell", "python"),
    *("analysis", "final", "commentary", "comment", " to", "=", " to=", " to=functions.shell"),
    *("json", " json", " code", ":", " ", "\n", "??", "get_weather", "browser.search", "{}"),
)
MARKERS = ("zebra", "lemon", "violin", "harbor", "castle", "pepper", "anchor", "walnut", "magnet")
"""Words that no header knows: where they stand, they must be seen."""
OTHER = (199_998, 200_000, 200_013, 201_087, 201_088, 999_999, -1, *tokens_of("𓀀é😀漢"))

pieces = st.one_of(
    st.sampled_from([[token] for token in CONTROL]),
    st.sampled_from([tokens_of(word) for word in HEADER_WORDS]),
    st.sampled_from([tokens_of(" " + word) for word in MARKERS]),
    st.sampled_from([tokens_of(word) for word in MARKERS]),
    st.sampled_from([[token] for token in OTHER]),
    st.integers(0, VOCABULARY_SIZE - 1).map(lambda token: [token]),
)
token_lists = st.lists(pieces, max_size=90).map(lambda lists: [t for part in lists for t in part])

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
names = st.sampled_from(["functions.shell", "functions.get_weather", "functions.other", "python"])


@st.composite
def messages(draw: st.DrawFn) -> str:
    """Draw the header and text of a well-formed message as a model writes it."""
    kind = draw(st.sampled_from(["analysis", "commentary", "final", "call", "early call"]))
    text = load_encoding().decode(load_encoding().encode(draw(texts), disallowed_special=()))
    for token in CONTROL:
        text = text.replace(load_encoding().decode([token]), "")
    if kind == "final":
        return f"<|channel|>final<|message|>{text}<|return|>"
    if kind in ("analysis", "commentary"):
        return f"<|channel|>{kind}<|message|>{text}<|end|>"
    channel, name = draw(st.sampled_from(["analysis", "commentary"])), draw(names)
    content_type = draw(st.sampled_from(["", " <|constrain|>json", "<|constrain|>json", " code"]))
    if kind == "call":
        return f"<|channel|>{channel} to={name}{content_type}<|message|>{text}<|call|>"
    return f" to={name}<|channel|>{channel}{content_type}<|message|>{text}<|call|>"


conversations = st.lists(messages(), min_size=1, max_size=5).map("<|start|>assistant".join)


def fields(message: MessageClosed) -> tuple[object, ...]:
    return message.role, message.channel, message.recipient, message.content_type, message.text


def librarys_fields(message: Message) -> tuple[object, ...]:
    content_type = message.content_type and message.content_type.removeprefix("<|constrain|>")
    text = message.content[0].text  # type: ignore[union-attr]
    return message.author.role.value, message.channel, message.recipient, content_type, text


@settings(max_examples=100, deadline=None)
@given(conversations)
def test_well_formed_output_reads_as_the_library_reads_it(spelled: str) -> None:
    tokens = tokens_of(spelled)
    theirs = StreamableParser(load_encoding(), Role.ASSISTANT)
    for token in tokens:
        theirs.process(token)
    events = events_of(tokens)
    check_events(tokens, events)
    ours = closed_in(events)
    assert ours == shown_in(events)
    assert [fields(m) for m in ours] == [librarys_fields(m) for m in theirs.messages]
    assert not any(m.irregular for m in ours)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["analysis", "commentary", "final"]), st.none() | names, texts)
def test_what_the_library_renders_is_read_back(
    channel: str, recipient: str | None, text: str
) -> None:
    if channel == "final":
        recipient = None
    message = Message.from_author_and_content(Author.new(Role.ASSISTANT, None), text)  # type: ignore[arg-type]
    message = message.with_channel(channel)
    if recipient is not None:
        message = message.with_recipient(recipient).with_content_type("<|constrain|>json")
    tokens = load_encoding().render(message)[2:]  # the prompt ends with <|start|>assistant
    (closed,) = closed_in(events_of(tokens))
    content_type = None if recipient is None else "json"
    assert fields(closed) == ("assistant", channel, recipient, content_type, text)
    assert not closed.irregular


@settings(max_examples=100, deadline=None)
@given(token_lists)
def test_any_tokens_and_any_beginning_of_them_give_events_that_fit(tokens: list[int]) -> None:
    parser = Parser(TOOLS)
    fed: list[Event] = []
    for length in range(len(tokens) + 1):
        for finish in ("stop", "length", "cancelled", "error"):
            check_events(tokens[:length], fed + deepcopy(parser).close(finish))
        if length < len(tokens):
            fed += parser.feed(tokens[length])


@settings(max_examples=400, deadline=None)
@given(token_lists)
def test_every_word_that_is_no_markup_is_seen(tokens: list[int]) -> None:
    spelled = load_encoding().decode([t for t in tokens if 0 <= t < VOCABULARY_SIZE])
    messages = shown_in(events_of(tokens))
    seen = " ".join(f"{m.role} {m.recipient} {m.content_type} {m.text}" for m in messages)
    for word in MARKERS:
        assert (word in seen) or word not in spelled


@settings(max_examples=150, deadline=None)
@given(conversations, st.data())
def test_well_formed_output_with_a_few_tokens_changed_loses_nothing(
    spelled: str, data: st.DataObject
) -> None:
    tokens = tokens_of(spelled)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(tokens) - 1)))
        change = data.draw(st.sampled_from(["drop", "double", "insert"]))
        if change == "drop":
            del tokens[at : at + 1]
        else:
            piece = tokens[at : at + 1] if change == "double" else data.draw(pieces)
            tokens[at:at] = piece
    check_events(tokens, events_of(tokens))


PATTERNS: dict[str, Callable[[int], list[int]]] = {
    "one long answer": lambda n: tokens_of("<|channel|>final<|message|>") + tokens_of(" word") * n,
    "no markup": lambda n: tokens_of(" word") * n,
    "starts": lambda n: [START] * n,
    "endings": lambda n: [END] * n,
    "channels": lambda n: [CHANNEL] * n,
    "channels in texts": lambda n: [MESSAGE, CHANNEL] * (n // 2),
    "blanks": lambda n: tokens_of(" " * 64) * n,
    "short messages": lambda n: tokens_of("<|channel|>final<|message|>x<|end|>" * (n // 5)),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_header_is_bounded_and_no_token_is_held_twice(pattern: str) -> None:
    """A token's cost hangs on what the parser holds: at most a header, or the open message."""
    parser, closed = Parser(), 0
    for number, token in enumerate(PATTERNS[pattern](5000), start=1):
        closed += sum(len(m.tokens) for m in closed_in(parser.feed(token)))
        assert len(parser._tokens) == number - closed
        if parser._header is None:
            assert len(parser._tokens) <= LONGEST_HEADER
            assert len(parser._text) <= LONGEST_HEADER


@pytest.mark.parametrize("pattern", ["one long answer", "no markup", "short messages"])
def test_a_token_costs_no_more_after_100_000_than_after_1_000(pattern: str) -> None:
    tokens = PATTERNS[pattern](100_000)
    parser = Parser()

    def seconds(sampled: list[int]) -> float:
        """Return the least time that one of five parts takes."""
        size, times = len(sampled) // 5, []
        for begin in range(0, len(sampled), size):
            start = time.process_time()
            for token in sampled[begin : begin + size]:
                parser.feed(token)
            times.append((time.process_time() - start) / size)
        return min(times)

    early, _, late = seconds(tokens[:1000]), seconds(tokens[1000:-1000]), seconds(tokens[-1000:])
    assert late < 10 * early  # what grows with the length would cost a hundred times as much


@pytest.mark.parametrize("seed", range(5))
def test_random_tokens_of_the_whole_vocabulary_give_events_that_fit(seed: int) -> None:
    rng = random.Random(seed)
    tokens = [
        rng.choice(CONTROL) if rng.random() < 0.1 else rng.randrange(VOCABULARY_SIZE + 5)
        for _ in range(2000)
    ]
    check_events(tokens, events_of(tokens))
