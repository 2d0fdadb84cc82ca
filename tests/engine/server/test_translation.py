"""What the model reads of a request, token by token."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config.hyperparameters import Hyperparameters
from engine.harmony.encoding import load_encoding
from engine.worker import Worker
from tests.engine.scripted import scripted_worker
from tests.engine.server.serving import CALCULATOR, Engine

# After what skips these tests without the extra.
from engine.server.answer import StopFilter  # isort: skip
from engine.server.closing import close  # isort: skip
from engine.server.schemas import ChatRequest  # isort: skip
from engine.server.translation import prepare_chat  # isort: skip

END = "<|end|>"
CALL = {"id": "a", "type": "function", "function": {"name": "f", "arguments": '{"x":1}'}}
RESULT = {"role": "tool", "tool_call_id": "a", "content": "one"}
THOUGHTFUL = {
    "role": "assistant",
    "reasoning": "Hmm.",
    "content": "Let me see.",
    "tool_calls": [CALL],
}
CALLED = (
    "<|start|>assistant<|channel|>commentary<|message|>Let me see.<|end|>"
    '<|start|>assistant to=functions.f<|channel|>commentary <|constrain|>json<|message|>{"x":1}'
    "<|call|><|start|>functions.f to=assistant<|channel|>commentary<|message|>one<|end|>"
)
THOUGHT = "<|start|>assistant<|channel|>analysis<|message|>Hmm.<|end|>"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = scripted_worker()
    yield worker
    worker.close()


@pytest.fixture
def read(worker):
    """Return the prompt of a request, as text, without the system message."""

    def prompt(*messages: dict, **fields: object) -> str:
        asked = ChatRequest.model_validate({"messages": list(messages), **fields})
        chat = prepare_chat(Engine(worker, Hyperparameters()), asked).chat
        return load_encoding().decode(chat.format.prompt(chat.transcript))

    return lambda *messages, **fields: prompt(*messages, **fields).partition(END)[2]


def user(text: object) -> dict:
    return {"role": "user", "content": text}


def test_what_the_developer_says(read) -> None:
    said = {"role": "system", "content": "Be brief."}, {"role": "developer", "content": "Be kind."}
    before = read(*said, user("Hi"))
    assert before == (
        "<|start|>developer<|message|># Instructions\n\nBe brief.\n\nBe kind.<|end|>"
        "<|start|>user<|message|>Hi<|end|><|start|>assistant"
    )
    later = read(user("Hi"), said[1], user("And?"))
    assert later.count("# Instructions\n\nBe kind.") == 1
    assert later.index("Hi") < later.index("Be kind.") < later.index("And?")


def test_parts_are_one_text_and_control_tokens_stay_text(read) -> None:
    parts = [{"type": "text", "text": "One."}, {"type": "text", "text": "<|end|>"}]
    assert "<|message|>One.\n<|end|><|end|><|start|>assistant" in read(user(parts))
    asked = ChatRequest.model_validate({"messages": [user("<|end|>")]})
    assert asked.messages[0].text == "<|end|>"


def test_thoughts_are_read_while_the_turn_runs(read) -> None:
    running = read(user("Go"), THOUGHTFUL, RESULT)
    assert running.endswith(f"Go<|end|>{THOUGHT}{CALLED}<|start|>assistant")
    renamed = {**THOUGHTFUL, "reasoning_content": "Hmm."}
    del renamed["reasoning"]
    assert read(user("Go"), renamed, RESULT) == running


def test_thoughts_of_a_turn_that_is_over_are_not_read(read) -> None:
    answer = {"role": "assistant", "content": "Done.", "reasoning": "Hmm."}
    over = read(user("Go"), THOUGHTFUL, RESULT, answer, user("And?"))
    assert "Hmm." not in over
    assert f"{CALLED}<|start|>assistant<|channel|>final<|message|>Done.<|end|>" in over
    assert "Hmm." not in read(user("Go"), THOUGHTFUL, RESULT, user("Never mind."))
    both = read(user("Go"), answer, user("And?"), THOUGHTFUL, RESULT)
    assert both.count("Hmm.") == 1


def test_results_stand_behind_their_calls(read) -> None:
    other = {**CALL, "id": "b"}
    calls = {"role": "assistant", "tool_calls": [CALL, other]}
    results = {**RESULT, "tool_call_id": "b", "content": "two"}, RESULT
    prompt = read(user("Go"), calls, *results)
    assert prompt.index("one") < prompt.rindex("to=functions.f") < prompt.index("two")


def test_functions_form_and_effort_are_told(read, worker) -> None:
    schema = {"type": "object", "properties": {"é": {"type": "string"}}}
    form = {"name": "reply", "description": "A reply.", "schema": schema}
    asked = {
        "messages": [user("Hi")],
        "tools": [CALCULATOR],
        "response_format": {"type": "json_schema", "json_schema": form},
        "reasoning_effort": "xhigh",
    }
    chat = prepare_chat(Engine(worker, Hyperparameters()), ChatRequest.model_validate(asked)).chat
    prompt = load_encoding().decode(chat.format.prompt(chat.transcript))
    assert "Reasoning: high" in prompt
    assert "type calculator = (_: {" in prompt
    assert "# Response Formats\n\n## reply\n\n// A reply.\n" in prompt
    assert '"é"' in prompt
    assert "type calculator" not in read(user("Hi"), tools=[CALCULATOR], tool_choice="none")


CLOSED = {"additionalProperties": False}
TEXT = {"type": "string"}
LEAF = {"type": "object", "properties": {"a": TEXT}}
FREE = {"type": "object"}


@pytest.mark.parametrize(
    ("schema", "closed"),
    [
        (LEAF, {**LEAF, **CLOSED}),
        ({"properties": {}}, {"properties": {}, **CLOSED}),
        (FREE, FREE),
        ({**LEAF, "additionalProperties": True}, {**LEAF, "additionalProperties": True}),
        (
            {"properties": {"b": LEAF, "c": FREE, "d": {**FREE, "properties": {}}}},
            {
                "properties": {"b": {**LEAF, **CLOSED}, "c": FREE, "d": {**FREE, "properties": {}}},
                **CLOSED,
            },
        ),
        ({"items": LEAF}, {"items": {**LEAF, **CLOSED}}),
        ({"oneOf": [LEAF, FREE]}, {"oneOf": [{**LEAF, **CLOSED}, FREE]}),
        ({**LEAF, "oneOf": [LEAF]}, {**LEAF, "oneOf": [LEAF]}),
        ({**LEAF, "required": ["b"]}, {**LEAF, "required": ["b"]}),
        (
            {"properties": {"properties": LEAF}},
            {"properties": {"properties": {**LEAF, **CLOSED}}, **CLOSED},
        ),
    ],
)
def test_objects_have_declared_properties_alone_where_nothing_says_otherwise(
    schema, closed
) -> None:
    assert close(schema) == closed


def test_what_the_model_is_shown_of_a_function_is_the_same_open_or_closed(read) -> None:
    function = {"name": "f", "description": "D.", "parameters": LEAF}
    prompts = [
        read(user("Hi"), tools=[{"type": "function", "function": {**function, "strict": strict}}])
        for strict in (None, False)
    ]
    assert prompts[0] == prompts[1]
    assert "a?: string" in prompts[0]


@settings(max_examples=50)
@given(
    st.text("abc", max_size=30),
    st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=3),
    st.integers(1, 5),
)
def test_a_text_ends_before_the_first_stop_string_however_it_comes(text, stops, size) -> None:
    passing = StopFilter(stops)
    told = "".join(passing.feed(text[n : n + size]) for n in range(0, len(text), size))
    places = [text.find(stop) for stop in stops if stop in text]
    assert passing.is_over == bool(places)
    if places:
        assert passing.finish() == ""
        assert told == text[: len(told)]
        assert not any(stop in told for stop in stops)
        assert any(text[len(told) :].startswith(stop) for stop in stops)
    else:
        assert told + passing.finish() == text
