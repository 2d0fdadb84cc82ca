"""Responses: a turn as items and events, and what can be gone on from."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.engine.server.serving import CALCULATOR, Client

PATH = "/v1/responses"
QUESTION = "What is a KV cache?"
TOOL = {"type": "function", **CALCULATOR["function"]}


def respond(client: Client, **fields: object) -> dict:
    response = client.post(PATH, json=fields)
    assert response.status_code == 200, response.text
    return response.json()


def events(client: Client, **fields: object) -> list[dict]:
    with client.stream("POST", PATH, json={**fields, "stream": True}) as response:
        assert response.status_code == 200
        lines = [line for line in response.iter_lines() if line and not line.startswith(":")]
    told = [json.loads(line.removeprefix("data: ")) for line in lines[1::2]]
    assert [line.removeprefix("event: ") for line in lines[::2]] == [e["type"] for e in told]
    assert [each["sequence_number"] for each in told] == list(range(len(told)))
    return told


@pytest.fixture(scope="module")
def whole(demo: Client) -> dict:
    """The response to the question."""
    return respond(demo, input=QUESTION, instructions="", model="demo", metadata={"a": "b"})


def test_an_answer_is_a_list_of_items(whole: dict) -> None:
    response = whole
    assert (response["object"], response["status"]) == ("response", "completed")
    thought, said = response["output"]
    assert (thought["type"], thought["summary"]) == ("reasoning", [])
    assert thought["content"][0]["type"] == "reasoning_text"
    assert (said["type"], said["role"], said["status"]) == ("message", "assistant", "completed")
    (part,) = said["content"]
    assert (part["type"], part["annotations"]) == ("output_text", [])
    assert "cache" in part["text"]
    usage = response["usage"]
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]
    assert usage["output_tokens_details"]["reasoning_tokens"] > 0
    assert response["metadata"] == {"a": "b"}
    assert response["completed_at"] >= response["created_at"]


def test_events_tell_the_same_as_the_whole_response(demo: Client, whole: dict) -> None:
    told = events(demo, input=QUESTION)
    kinds = [each["type"].removeprefix("response.") for each in told]
    assert kinds[:4] == ["created", "in_progress", "output_item.added", "content_part.added"]
    assert kinds[-1] == "completed"
    runs = [kind for n, kind in enumerate(kinds) if n == 0 or kinds[n - 1] != kind]
    item = ["output_item.added", "content_part.added"]
    closing = ["content_part.done", "output_item.done"]
    assert runs[2:-1] == [
        *(*item, "reasoning_text.delta", "reasoning_text.done", *closing),
        *(*item, "output_text.delta", "output_text.done", *closing),
    ]
    streamed = told[-1]["response"]
    assert [i["content"] for i in streamed["output"]] == [i["content"] for i in whole["output"]]
    for place, kind in enumerate(("reasoning_text", "output_text")):
        deltas = [each for each in told if each["type"] == f"response.{kind}.delta"]
        assert {each["output_index"] for each in deltas} == {place}
        assert {each["item_id"] for each in deltas} == {streamed["output"][place]["id"]}
        text = "".join(each["delta"] for each in deltas)
        assert text == streamed["output"][place]["content"][0]["text"]


def test_a_call_and_its_result(demo: Client) -> None:
    told = events(demo, input="What is 127 + 386?", tools=[TOOL])
    response = told[-1]["response"]
    *thoughts, call = response["output"]
    assert (call["type"], call["name"], call["status"]) == (
        "function_call",
        "calculator",
        "completed",
    )
    assert json.loads(call["arguments"]) == {"expression": "127+386"}
    done = [e for e in told if e["type"] == "response.function_call_arguments.done"]
    assert [each["arguments"] for each in done] == [call["arguments"]]
    result = {"type": "function_call_output", "call_id": call["call_id"], "output": "513"}
    later = {"tools": [TOOL], "input": [result], "previous_response_id": response["id"]}
    by_id = respond(demo, **later)
    assert "513" in by_id["output"][-1]["content"][0]["text"]
    question = {"role": "user", "content": [{"type": "input_text", "text": "What is 127 + 386?"}]}
    whole = respond(demo, tools=[TOOL], input=[question, *thoughts, call, result])
    assert whole["output"][-1]["content"] == by_id["output"][-1]["content"]
    assert whole["usage"]["input_tokens"] == by_id["usage"]["input_tokens"]
    assert by_id["usage"]["input_tokens_details"]["cached_tokens"] > 0


def test_what_was_said_is_gone_on_from_without_its_instructions(demo: Client) -> None:
    first = respond(demo, input="Hello!", instructions="Be brief. " * 40)
    later = {"input": "Bye!", "previous_response_id": first["id"], "max_output_tokens": 4}
    second = respond(demo, **later)
    third = respond(demo, **later, instructions="Be kind.")
    assert second["usage"]["input_tokens"] < first["usage"]["input_tokens"]
    assert third["usage"]["input_tokens"] > second["usage"]["input_tokens"]
    unkept = respond(demo, input="Hello!", store=False, max_output_tokens=4)
    response = demo.post(PATH, json={"input": "Bye!", "previous_response_id": unkept["id"]})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "previous_response_not_found"


def test_a_cut_answer_is_incomplete(demo: Client) -> None:
    response = respond(demo, input=QUESTION, max_output_tokens=6)
    assert response["status"] == "incomplete"
    assert response["incomplete_details"] == {"reason": "max_output_tokens"}
    assert response["output"][-1]["status"] == "incomplete"
    assert events(demo, input=QUESTION, max_output_tokens=6)[-1]["type"] == "response.incomplete"


def test_a_form_and_logprobs(demo: Client) -> None:
    schema = {"type": "object", "properties": {"a": {"enum": [1, 2]}}, "required": ["a"]}
    schema["additionalProperties"] = False  # type: ignore[assignment]
    form = {"type": "json_schema", "name": "form", "schema": schema}
    response = respond(demo, input="Hello!", text={"format": form}, top_logprobs=2)
    (part,) = response["output"][-1]["content"]
    assert json.loads(part["text"])["a"] in (1, 2)
    assert "".join(each["token"] for each in part["logprobs"]) == part["text"]
    assert response["text"]["format"]["schema"] == schema


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({}, "input"),
        ({"input": []}, "input"),
        ({"input": 5}, "input"),
        ({"input": [{"type": "item_reference", "id": "a"}]}, "input[0]"),
        ({"input": "a", "tools": [{"type": "file_search"}]}, "tools[0]"),
        ({"input": "a", "tools": [{"type": "web_search"}]}, "tools"),
        ({"input": "a", "tool_choice": "required"}, None),
        ({"input": "a", "text": {"format": {"type": "json_schema"}}}, "text.format"),
        ({"input": "a", "background": True}, "background"),
        ({"input": [{"type": "function_call_output", "call_id": "a", "output": ""}]}, None),
    ],
)
def test_what_is_no_request(demo: Client, fields: dict, param: str | None) -> None:
    response: httpx.Response = demo.post(PATH, json=fields)
    assert response.status_code == 400
    error = response.json()["error"]
    assert param is None or error["param"] == param
    assert error["message"]
