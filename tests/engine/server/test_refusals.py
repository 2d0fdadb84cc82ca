"""What is turned away, and how that is said: as OpenAI's API says it, and never as 5xx."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from tests.engine.server.serving import Access, Client, serving_script

CHAT = "/v1/chat/completions"
HELLO = {"role": "user", "content": "Hello"}


@pytest.fixture(scope="module")
def strict() -> Iterator[Client]:
    """A client of a server that asks for a key and has a short context."""
    access = Access(hosts=("my.machine",), api_key="sésame")
    with serving_script(access=access, context_length=500) as client:
        client.headers = httpx.Headers({b"authorization": "Bearer sésame".encode()})
        yield client


def refused(response: httpx.Response, status: int) -> dict:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    error = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["message"].endswith(".")
    return error


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", '"text"', "null", "[" * 50_000, '{"messages": NaN}', b"\xff\xfe", "1" * 5000],
    ids=lambda body: repr(body[:20]),
)
@pytest.mark.parametrize("path", [CHAT, "/v1/completions"])
def test_what_is_no_request(strict: Client, path: str, body: str | bytes) -> None:
    response = strict.post(path, content=body, headers={"content-type": "application/json"})
    refused(response, 400)


def test_what_is_not_sent_as_json(strict: Client) -> None:
    body = json.dumps({"messages": [HELLO]})
    response = strict.post(CHAT, content=body, headers={"content-type": "text/plain"})
    assert "application/json" in refused(response, 400)["message"]


TOOL = {"type": "function", "function": {"name": "f"}}
CALLING = {
    "role": "assistant",
    "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
}
RESULT = {"role": "tool", "tool_call_id": "a", "content": "1"}


def function(parameters: object) -> list[object]:
    return [{"type": "function", "function": {"name": "f", "parameters": parameters}}]


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"messages": []}, "messages"),
        ({"messages": "Hello"}, "messages"),
        ({"messages": [{"role": "critic", "content": "a"}]}, "messages[0].role"),
        ({"messages": [{"role": "user"}]}, "messages[0]"),
        ({"messages": [{"role": "user", "content": 5}]}, "messages[0].content"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
            "messages[0].content",
        ),
        ({"messages": [{"role": "user", "content": [{"type": "text"}]}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": [{"type": {}}]}]}, "messages[0].content"),
        ({"messages": [{"role": "tool", "content": "1"}]}, "messages[0]"),
        ({"messages": [HELLO, RESULT]}, "messages[1].tool_call_id"),
        ({"messages": [HELLO, CALLING]}, "messages[1].tool_calls"),
        ({"messages": [HELLO, CALLING, HELLO]}, "messages[1].tool_calls"),
        ({"messages": [HELLO, CALLING, RESULT, RESULT]}, "messages[3].tool_call_id"),
        ({"temperature": "hot"}, "temperature"),
        ({"temperature": 3}, "temperature"),
        ({"top_p": -1}, "top_p"),
        ({"n": 0}, "n"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_tokens": 1, "max_completion_tokens": 2}, None),
        ({"stop": [""]}, "stop[0]"),
        ({"stop": 5}, "stop"),
        ({"seed": "x"}, "seed"),
        ({"top_logprobs": 2}, None),
        ({"logprobs": True, "top_logprobs": 21}, "top_logprobs"),
        ({"stream_options": {"include_usage": True}}, None),
        ({"logit_bias": {"x": 1}}, "logit_bias"),
        ({"logit_bias": {"1": 101}}, "logit_bias"),
        ({"logit_bias": {"201088": 1}}, "logit_bias"),
        ({"reasoning_effort": "extreme"}, "reasoning_effort"),
        ({"response_format": {"type": "xml"}}, "response_format.type"),
        ({"response_format": {"type": "json_schema"}}, "response_format"),
        ({"tools": [{"type": "browser"}]}, "tools[0].type"),
        ({"tools": [{"type": "function", "function": {"name": "a b"}}]}, "tools[0].function.name"),
        ({"tools": [TOOL, TOOL]}, None),
        ({"tools": function({"type": 5, "properties": [1]})}, "tools"),
        ({"tools": function({"type": "object", "properties": {"a": {"allOf": 5}}})}, "tools"),
        ({"tools": function({"properties": {"a": {"description": "\ud800"}}})}, "tools"),
        ({"tools": function({"properties": {"a": {"type": "nothing"}}})}, "tools"),
        ({"tool_choice": "required"}, None),
        ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, None),
    ],
)
def test_what_no_chat_can_be(strict: Client, fields: dict, param: str | None) -> None:
    body = json.dumps({"messages": [HELLO], **fields})
    response = strict.post(CHAT, content=body, headers={"content-type": "application/json"})
    error = refused(response, 400)
    assert (error["type"], error["param"]) == ("invalid_request_error", param)


@pytest.mark.parametrize(
    "schema", [{"type": "nothing"}, {"not": {}}, {"enum": []}, {"$ref": "#/x"}]
)
def test_schemas_that_nothing_can_be_kept_to(strict: Client, schema: dict) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "form", "schema": schema}}
    response = strict.chat("Hello", response_format=form)
    assert refused(response, 400)["param"] == "response_format"


def test_another_model_is_not_found(strict: Client) -> None:
    for path, body in ((CHAT, {"messages": [HELLO]}), ("/v1/completions", {"prompt": "a"})):
        error = refused(strict.post(path, json={**body, "model": "gpt-4"}), 404)
        assert (error["param"], error["code"]) == ("model", "model_not_found")
    refused(strict.get("/v1/models/gpt-4"), 404)
    refused(strict.get("/v1/engines"), 404)
    refused(strict.get(CHAT), 405)


def test_a_prompt_that_is_too_long(strict: Client) -> None:
    error = refused(strict.chat("word " * 600), 400)
    assert (error["param"], error["code"]) == ("messages", "context_length_exceeded")
    assert "500" in error["message"]
    response = strict.post("/v1/completions", json={"prompt": [1] * 500})
    assert refused(response, 400)["code"] == "context_length_exceeded"


@pytest.mark.parametrize("prompt", [[], "", [[]], [-1], [201_088], [1, "a"], 5, None])
def test_prompts_that_are_none(strict: Client, prompt: object) -> None:
    refused(strict.post("/v1/completions", json={"prompt": prompt}), 400)


def test_too_large_a_request_is_not_read(strict: Client) -> None:
    large = b" " * (16 * 2**20 + 1)
    refused(strict.post(CHAT, content=large), 413)
    refused(strict.post(CHAT, content=iter([large])), 413)


def test_a_key_is_asked_for(strict: Client) -> None:
    for given in ("", "Bearer", "Bearer wrong", "Basic sésame"):
        response = strict.get("/v1/models", headers={b"authorization": given.encode()})
        assert refused(response, 401)["code"] == "invalid_api_key"
        assert response.headers["www-authenticate"] == "Bearer"
    assert strict.get("/v1/models").status_code == 200
    assert strict.get("/health", headers={b"authorization": b""}).status_code == 200


@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("localhost", True),
        ("LOCALHOST:8000", True),
        ("127.0.0.1:1", True),
        ("[::1]:8000", True),
        ("192.168.1.7", True),
        ("my.machine:80", True),
        ("evil.example", False),
        ("evil.example:8000", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
    ],
)
def test_names_of_strangers_are_not_answered(strict: Client, host: str, is_known: bool) -> None:
    response = strict.get("/health", headers={"host": host})
    if is_known:
        assert response.status_code == 200
    else:
        assert refused(response, 403)["code"] == "host_not_allowed"


def test_no_other_origin_may_read(strict: Client) -> None:
    headers = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    responses = strict.options(CHAT, headers=headers), strict.get("/health", headers=headers)
    assert responses[0].status_code == 405
    for response in responses:
        assert not any(name.startswith("access-control") for name in response.headers)
