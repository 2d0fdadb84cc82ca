"""OpenAI's own Python SDK against the server: what it makes of every kind of answer, and of errors.

The SDK reads what it is sent leniently, so each object is held to the SDK's types strictly as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal

import openai
import pydantic
import pytest

from tests.engine.server.serving import CALCULATOR, Client

MODEL = "demo"
QUESTION = "What is a KV cache?"
SUM = "What is 127 + 386?"
ASKED = [{"role": "user", "content": SUM}]
FUNCTION = {"type": "function", **CALCULATOR["function"], "strict": True}


class Person(pydantic.BaseModel):
    """A form that answers are to have."""

    name: Literal["ada", "alan"]
    age: Literal[35, 36]


@pytest.fixture(scope="module")
def sdk(demo: Client) -> Iterator[openai.OpenAI]:
    """The SDK's client of a server of the bundled model."""
    with openai.OpenAI(base_url=f"{demo.base_url}/v1", api_key="any", max_retries=0) as client:
        yield client


def exact(value: pydantic.BaseModel) -> None:
    """See that what the SDK read without checking is of the type that it took it for."""
    told = value.to_json(exclude_unset=True, warnings=False)
    type(value).model_validate_json(told, strict=True)


def test_models_are_listed_and_shown(sdk: openai.OpenAI) -> None:
    (model,) = sdk.models.list()
    assert sdk.models.retrieve(model.id) == model
    assert (model.id, model.object, model.owned_by) == (MODEL, "model", "harmony-tui")
    with pytest.raises(openai.NotFoundError) as missing:
        sdk.models.retrieve("gpt-9")
    assert missing.value.code == "model_not_found"


def test_a_chat_is_answered_whole_and_in_a_stream(sdk: openai.OpenAI) -> None:
    asked = {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}]}
    whole = sdk.chat.completions.create(**asked, logprobs=True, top_logprobs=2)
    exact(whole)
    (choice,) = whole.choices
    assert choice.finish_reason == "stop"
    assert choice.message.reasoning  # of no type of the SDK's, which keeps it all the same
    assert "".join(token.token for token in choice.logprobs.content) == choice.message.content
    assert whole.usage.completion_tokens_details.reasoning_tokens > 0
    assert whole.usage.prompt_tokens_details.cached_tokens >= 0
    options = {"include_usage": True}
    with sdk.chat.completions.stream(**asked, stream_options=options, logprobs=True) as stream:
        events = list(stream)
        final = stream.get_final_completion()
    for event in events:
        if event.type == "chunk":
            exact(event.chunk)
    assert {"chunk", "content.delta", "content.done", "logprobs.content.delta"} <= {
        event.type for event in events
    }
    assert final.choices[0].message.content == choice.message.content
    assert final.choices[0].message.reasoning == choice.message.reasoning
    assert final.choices[0].finish_reason == "stop"
    assert final.usage.completion_tokens == whole.usage.completion_tokens


def test_a_function_is_called_in_a_chat(sdk: openai.OpenAI) -> None:
    asked = {"model": MODEL, "messages": ASKED, "tools": [CALCULATOR]}
    whole = sdk.chat.completions.create(**asked)
    exact(whole)
    (call,) = whole.choices[0].message.tool_calls
    assert json.loads(call.function.arguments) == {"expression": "127+386"}
    with sdk.chat.completions.stream(**asked) as stream:
        kinds = [event.type for event in stream]
        (streamed,) = stream.get_final_completion().choices[0].message.tool_calls
    assert "tool_calls.function.arguments.delta" in kinds
    assert streamed.function.arguments == call.function.arguments
    result = {"role": "tool", "tool_call_id": call.id, "content": "513"}
    said = [*ASKED, whole.choices[0].message, result]
    answer = sdk.chat.completions.create(model=MODEL, messages=said, tools=[CALCULATOR])
    assert "513" in answer.choices[0].message.content


def test_a_chat_is_answered_in_a_form(sdk: openai.OpenAI) -> None:
    said = [{"role": "user", "content": "Hello!"}]
    asked = {"model": MODEL, "messages": said, "response_format": Person}
    parsed = sdk.chat.completions.parse(**asked).choices[0].message.parsed
    assert isinstance(parsed, Person)
    with sdk.chat.completions.stream(**asked) as stream:
        streamed = stream.get_final_completion().choices[0].message.parsed
    assert streamed == parsed


def test_a_text_is_gone_on_from(sdk: openai.OpenAI) -> None:
    asked = {"model": MODEL, "prompt": "one two three", "max_tokens": 4, "temperature": 0}
    whole = sdk.completions.create(**asked, logprobs=2)
    exact(whole)
    streamed = sdk.completions.create(**asked, stream=True)
    assert "".join(chunk.choices[0].text for chunk in streamed) == whole.choices[0].text


def test_a_response_is_given_whole_and_in_events(sdk: openai.OpenAI) -> None:
    asked = {"model": MODEL, "input": QUESTION, "instructions": "Be brief."}
    whole = sdk.responses.create(**asked)
    exact(whole)
    assert [item.type for item in whole.output] == ["reasoning", "message"]
    assert whole.output[0].content[0].text
    with sdk.responses.stream(**asked) as stream:
        for event in stream:
            exact(event)
        final = stream.get_final_response()
    assert final.output_text == whole.output_text != ""
    assert final.usage.output_tokens_details.reasoning_tokens > 0
    later = sdk.responses.create(model=MODEL, input="Go on.", previous_response_id=final.id)
    assert later.usage.input_tokens > final.usage.input_tokens


def test_a_function_is_called_in_a_response(sdk: openai.OpenAI) -> None:
    asked = {"model": MODEL, "input": SUM, "tools": [FUNCTION]}
    with sdk.responses.stream(**asked) as stream:
        for event in stream:
            exact(event)
        final = stream.get_final_response()
    call = final.output[-1]
    assert (call.type, call.name) == ("function_call", "calculator")
    assert json.loads(call.arguments) == {"expression": "127+386"}
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "513"}
    question = {"role": "user", "content": SUM}
    said = [question, *(item.to_dict() for item in final.output), result]
    answer = sdk.responses.create(model=MODEL, input=said, tools=[FUNCTION])
    exact(answer)
    assert "513" in answer.output_text


def test_a_response_has_a_form(sdk: openai.OpenAI) -> None:
    asked = {"model": MODEL, "input": "Hello!", "text_format": Person}
    parsed = sdk.responses.parse(**asked).output_parsed
    assert isinstance(parsed, Person)
    with sdk.responses.stream(**asked) as stream:
        assert stream.get_final_response().output_parsed == parsed


async def test_the_asynchronous_client_reads_the_same(demo: Client, sdk: openai.OpenAI) -> None:
    asked = {"model": MODEL, "messages": ASKED, "max_tokens": 5}
    whole = sdk.chat.completions.create(**asked)
    url = f"{demo.base_url}/v1"
    async with openai.AsyncOpenAI(base_url=url, api_key="any", max_retries=0) as client:
        streamed = await client.chat.completions.create(**asked, stream=True)
        chunks = [chunk async for chunk in streamed]
    text = "".join(chunk.choices[0].delta.model_extra.get("reasoning", "") for chunk in chunks)
    assert text == whole.choices[0].message.reasoning
    assert chunks[-1].choices[0].finish_reason == "length"


def test_errors_are_those_that_the_sdk_knows(sdk: openai.OpenAI) -> None:
    asked = {"model": MODEL, "messages": ASKED}
    with pytest.raises(openai.BadRequestError) as wrong:
        sdk.chat.completions.create(**asked, temperature=9)
    assert (wrong.value.param, wrong.value.type) == ("temperature", "invalid_request_error")
    with pytest.raises(openai.NotFoundError):
        sdk.responses.create(model="gpt-9", input="Hello!")
    with pytest.raises(openai.LengthFinishReasonError):
        sdk.chat.completions.parse(**asked, response_format=Person, max_tokens=3)
