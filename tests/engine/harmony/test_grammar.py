"""The grammar's headers are those that Harmony has, all of them and no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openai_harmony import Message, Role

from engine.harmony.encoding import CALL, CHANNEL, END, MESSAGE, RETURN, START, load_encoding
from engine.harmony.grammar import HeaderFollower, HeaderGrammar, Trie
from tests.engine.harmony.sampled import TOOLS, closed_in, events_of, ordinary, tokens_of

PROMPT = "<|start|>assistant"


grammar_of = lru_cache(maxsize=8)(HeaderGrammar)


def follow(spelled: str | Sequence[int], tools: Sequence[str] = TOOLS) -> HeaderFollower:
    """Return a follower that has read tokens, whatever they are."""
    follower = HeaderFollower(grammar_of(tuple(tools)))
    for token in tokens_of(spelled) if isinstance(spelled, str) else spelled:
        follower.accept(token)
    return follower


def first_refused(tokens: Sequence[int], tools: Sequence[str] = TOOLS) -> int | None:
    """Return the place of the first token that the grammar does not allow, if there is one."""
    follower = follow((), tools)
    for place, token in enumerate(tokens):
        allowed = follower.allowed()
        if allowed is not None and token not in allowed:
            return place
        assert allowed is None or (len(allowed) == 1) == bool(follower.forced())
        follower.accept(token)
    return None


def headers(trie: Trie, before: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Give every way through a trie; each ends with ``<|message|>``."""
    for token, following in trie.items():
        if following:
            yield from headers(following, (*before, token))
        else:
            yield (*before, token)


ALL = [header[1:] for header in headers(HeaderGrammar(TOOLS).after_start)]


def test_every_header_that_can_be_sampled_is_regular_and_read_alike_by_the_library() -> None:
    assert len(ALL) == len(set(ALL)) == 3 + 4 * (3 * 4 + 2 * 7)
    for header in ALL:
        assert header[-1] == MESSAGE
        follower = follow([*tokens_of(PROMPT), *header])
        assert follower.header is not None
        ending = follower.ending
        assert ending is not None
        sampled = [*header, *ordinary("{}"), ending]
        (message,) = closed_in(events_of(sampled))
        assert not message.irregular
        assert message.text == "{}"
        (read,) = load_encoding().parse_messages_from_completion_tokens(sampled, Role.ASSISTANT)
        content_type = (read.content_type or "").removeprefix("<|constrain|>") or None
        theirs = (read.channel, read.recipient, content_type)
        assert (message.channel, message.recipient, message.content_type) == theirs
        ours = follower.header
        assert (ours.channel, ours.recipient, ours.content_type) == theirs
        assert (
            ending
            == {True: CALL, False: {"final": RETURN}.get(read.channel or "", END)}[
                read.recipient is not None
            ]
        )


names = st.text("abc_-19.", min_size=1, max_size=12)
recipients = st.lists(
    st.one_of(names.map("functions.{}".format), st.just("python"), names.map("browser.{}".format)),
    max_size=5,
    unique=True,
)


@st.composite
def messages(draw: st.DrawFn) -> tuple[list[str], Message]:
    """Give declared tools and a message of the assistant's as a client builds it."""
    tools = draw(recipients)
    message = Message.from_role_and_content(Role.ASSISTANT, draw(st.text(max_size=5)))
    if not tools or draw(st.booleans()):
        channel = draw(st.sampled_from(["analysis", "commentary", "final"]))
        return tools, message.with_channel(channel)
    message = message.with_channel(draw(st.sampled_from(["analysis", "commentary"])))
    message = message.with_recipient(draw(st.sampled_from(tools)))
    content_type = draw(st.sampled_from([None, "<|constrain|>json", "json"]))
    return tools, message if content_type is None else message.with_content_type(content_type)


@given(messages())
@settings(max_examples=100, deadline=None)
def test_what_the_library_renders_is_accepted_token_by_token(
    drawn: tuple[list[str], Message],
) -> None:
    tools, message = drawn
    tokens = load_encoding().render(message)
    assert first_refused(tokens, tools) is None
    before = tokens_of("<|start|>assistant<|channel|>analysis<|message|>hm<|end|>")
    assert first_refused([*before, *tokens], tools) is None
    header = follow(tokens[: tokens.index(MESSAGE) + 1], tools).header
    assert header is not None
    assert (header.channel, header.recipient) == (message.channel, message.recipient)


@pytest.mark.parametrize(
    "spelled",
    [
        "<|channel|>analysis",
        "<|channel|>commentary",
        "<|channel|>final",
        "<|channel|>commentary to=functions.shell <|constrain|>json",
        "<|channel|>commentary to=functions.shell<|constrain|>json",
        "<|channel|>commentary to=functions.shell json",
        "<|channel|>commentary to=functions.shell",
        "<|channel|>analysis to=functions.shell <|constrain|>json",
        "<|channel|>analysis to=python code",
        "<|channel|>analysis to=browser.search <|constrain|>json",
        " to=functions.shell<|channel|>commentary json",
        " to=functions.shell<|channel|>commentary <|constrain|>json",
        " to=python<|channel|>analysis code",
    ],
)
def test_what_gpt_oss_writes_is_allowed(spelled: str) -> None:
    assert first_refused(tokens_of(PROMPT + spelled + "<|message|>")) is None


@pytest.mark.parametrize(
    "spelled",
    [
        "<|message|>",
        "The answer",
        "assistant<|channel|>final<|message|>",
        "<|start|>assistant",
        "<|channel|><|message|>",
        "<|channel|>thoughts<|message|>",
        "<|channel|>commentary<|channel|>final<|message|>",
        "<|channel|>comment<|message|>",
        "<|channel|>final json<|message|>",
        "<|channel|>final <|constrain|>json<|message|>",
        "<|channel|>final to=functions.shell<|message|>",
        "<|channel|>commentary json<|message|>",
        "<|channel|>analysis I think",
        "<|channel|>commentary to=<|message|>",
        "<|channel|>commentary to=assistant<|message|>",
        "<|channel|>commentary to=functions.unknown<|message|>",
        "<|channel|>commentary to=functions.shelljson<|message|>",
        "<|channel|>commentary to=functions.shell code<|message|>",
        "<|channel|>commentary to=functions.shell to=functions.shell<|message|>",
        "<|channel|>commentary to=functions.shell <|constrain|>json to=functions.shell<|message|>",
        "<|channel|>commentary to=functions.shell{}<|call|>",
        " to=functions.shell<|channel|>final<|message|>",
        " to=functions.shell<|channel|>commentary to=functions.shell<|message|>",
        "<|return|>",
        "<|channel|>final<|end|>",
    ],
)
def test_what_breaks_a_header_is_refused_inside_it(spelled: str) -> None:
    place = first_refused(tokens_of(PROMPT + spelled))
    assert place is not None
    assert place >= len(tokens_of(PROMPT))


@pytest.mark.parametrize("role", ["user", "system", "functions.shell to=assistant"])
def test_no_other_role_can_be_forged(role: str) -> None:
    tokens = tokens_of(f"<|start|>assistant<|channel|>analysis<|message|>hm<|end|><|start|>{role}")
    assert first_refused(tokens) == len(tokens) - len(tokens_of(role))


def test_names_that_begin_others_are_told_apart() -> None:
    tools = ("functions.get", "functions.get_weather", "functions.get_weather_2", "functions.g")
    for name in tools:
        tokens = tokens_of(f"{PROMPT}<|channel|>commentary to={name} <|constrain|>json<|message|>")
        assert first_refused(tokens, tools) is None
        header = follow(tokens, tools).header
        assert header is not None
        assert header.recipient == name
    assert first_refused(tokens_of(f"{PROMPT}<|channel|>commentary to=functions.get_"), tools)


def test_without_tools_nobody_can_be_addressed() -> None:
    assert follow(PROMPT, ()).forced() == (CHANNEL,)
    assert first_refused(tokens_of(f"{PROMPT} to=functions.shell"), ()) == 2
    commentary = follow(f"{PROMPT}<|channel|>comment", ())
    assert commentary.forced() == (*tokens_of("ary"), MESSAGE)


def test_what_leaves_no_choice_is_forced() -> None:
    assert follow("").forced() == tuple(tokens_of(PROMPT))
    assert follow(PROMPT + "<|channel|>final").forced() == (MESSAGE,)
    assert follow(PROMPT + "<|channel|>").forced() == ()
    called = follow(PROMPT + "<|channel|>commentary to=functions.shell<|constrain|>")
    assert called.forced() == (*tokens_of("json"), MESSAGE)
    thought = follow(PROMPT + "<|channel|>analysis<|message|>hm<|end|>")
    assert thought.forced() == tuple(tokens_of(PROMPT))


def test_a_text_is_free_and_a_turn_that_is_over_too() -> None:
    for spelled in ("<|channel|>analysis<|message|>", "<|channel|>final<|message|>It is<|return|>"):
        follower = follow(PROMPT + spelled)
        assert follower.allowed() is None
        assert follower.forced() == ()


def test_an_answer_that_ends_like_a_thought_still_ends_the_turn() -> None:
    follower = follow(PROMPT + "<|channel|>final<|message|>It is 4.<|end|>")
    assert follower.forced() == (RETURN,)


def test_outside_the_grammar_all_is_allowed_until_a_header_begins() -> None:
    follower = follow(PROMPT + "<|channel|>thoughts")
    assert follower.allowed() is None
    follower = follow(PROMPT + "<|channel|>thoughts<|message|>hm")
    assert follower.allowed() is None
    for token in (START, CHANNEL):
        follower = follow([*tokens_of(PROMPT + "<|channel|>thoughts<|message|>hm"), token])
        assert follower.header is None
        assert follower.allowed() is not None
    long = follow(tokens_of(PROMPT) + tokens_of(" word") * 80 + [MESSAGE])
    assert long.header is not None
    assert long.header.recipient is None


def test_other_tokens_of_the_same_spelling_are_read() -> None:
    letters = [token for letter in " to=functions.shell" for token in ordinary(letter)]
    follower = follow([*tokens_of(PROMPT + "<|channel|>commentary"), *letters, MESSAGE])
    assert follower.header is not None
    assert follower.header.recipient == "functions.shell"


@pytest.mark.parametrize("name", ["", "functions.a b", "functions.a<|end|>", 'functions.{"a"'])
def test_a_name_that_no_header_can_hold_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot hold the recipient"):
        HeaderGrammar([name])
