"""Chat completions of the bundled model: what a request names acts, and is told back."""

from __future__ import annotations

import json
from concurrent.futures import Future

import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.harmony.encoding import load_encoding
from engine.worker import Worker
from tests.engine.server.serving import CALCULATOR, Client, serving

QUESTION = "What is a KV cache?"
UNCLEAR = "Tell me something"
"""What the model is in two minds about."""
CHAT = "/v1/chat/completions"
HEADERS = 6
"""Tokens of a user's message, and of the answer's beginning, that are not its text."""


@pytest.fixture(scope="module")
def whole(demo: Client) -> dict:
    """The message that answers the question."""
    return demo.choice(QUESTION)["message"]


def joined(chunks: list[dict], name: str) -> str:
    deltas = (choice["delta"] for chunk in chunks for choice in chunk["choices"])
    return "".join(delta.get(name) or "" for delta in deltas)


def test_the_model_is_listed_and_shown(demo: Client) -> None:
    assert demo.get("/health").json()["model"] == "demo"
    (model,) = demo.get("/v1/models").json()["data"]
    assert (model["id"], model["object"], model["owned_by"]) == ("demo", "model", "harmony-tui")
    assert isinstance(model["created"], int)
    assert demo.get("/v1/models/demo").json() == model
    assert demo.get("/v1/models/some/other").status_code == 404


def test_an_answer_comes_with_its_reasoning_and_figures(demo: Client) -> None:
    response = demo.chat(QUESTION, model="demo", metadata={"unknown": "fields are ignored"}).json()
    assert response["object"] == "chat.completion"
    (choice,) = response["choices"]
    assert choice["finish_reason"] == "stop"
    assert choice["logprobs"] is None
    message = choice["message"]
    assert (message["role"], message["refusal"]) == ("assistant", None)
    assert "cache" in message["content"]
    assert message["reasoning"]
    usage = response["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    reasoning = usage["completion_tokens_details"]["reasoning_tokens"]
    assert 0 < reasoning < usage["completion_tokens"]


def test_a_stream_tells_the_same_as_the_whole_answer(demo: Client, whole: dict) -> None:
    asked = {"messages": [{"role": "user", "content": QUESTION}]}
    chunks = list(demo.chunks(CHAT, **asked, stream_options={"include_usage": True}))
    *told, last = chunks
    assert (last["choices"], last["usage"]["completion_tokens"] > 0) == ([], True)
    assert {chunk["id"] for chunk in chunks} == {last["id"]}
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert all(chunk["usage"] is None for chunk in told)
    assert told[0]["choices"][0]["delta"]["role"] == "assistant"
    finishes = [chunk["choices"][0]["finish_reason"] for chunk in told]
    assert finishes == [None] * (len(told) - 1) + ["stop"]
    assert joined(told, "content") == whole["content"]
    assert joined(told, "reasoning") == whole["reasoning"]


def test_a_conversation_is_read_on_while_the_client_reads_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker = Worker()
    begun: list[Future[None]] = []

    def read_ahead(prompt: tuple[int, ...], *, keep: bool) -> Future[None]:
        begun.append(Worker.read_ahead(worker, prompt, keep=keep))
        return begun[-1]

    try:
        worker.load(None, lambda _: None).result(120)
        monkeypatch.setattr(worker, "read_ahead", read_ahead)
        with serving(worker, Hyperparameters(temperature=0.0), reads_ahead=True) as client:
            said: list[object] = []
            for question in (QUESTION, "What does F5 do?"):
                said += [question, client.choice(*said, question)["message"]]
                begun[-1].result(30)
            usage = client.chat(*said, "And F6?").json()["usage"]
            client.choice("What is 12*7?", tools=[CALCULATOR])
    finally:
        worker.close()
    # What is left is the person's message and the header of the answer.
    new = usage["prompt_tokens"] - usage["prompt_tokens_details"]["cached_tokens"]
    assert new <= len(load_encoding().encode("And F6?")) + HEADERS
    assert len(begun) == 3, "after a call the client goes on with what it gave"


def test_the_second_turn_reads_only_what_is_new(demo: Client) -> None:
    first = demo.choice("What does F5 do?")["message"]
    said = [{"role": "user", "content": "What does F5 do?"}, first]
    usage = demo.chat(*said, "And F6?").json()["usage"]
    assert usage["prompt_tokens_details"]["cached_tokens"] > usage["prompt_tokens"] // 2
    assert usage["prompt_tokens_details"]["cached_tokens"] < usage["prompt_tokens"]


def test_a_function_of_the_clients_is_called_and_its_result_is_read(demo: Client) -> None:
    question = {"role": "user", "content": "What is 127 + 386?"}
    choice = demo.choice(question, tools=[CALCULATOR])
    assert choice["finish_reason"] == "tool_calls"
    message = choice["message"]
    assert message["content"] is None
    (call,) = message["tool_calls"]
    assert (call["type"], call["function"]["name"]) == ("function", "calculator")
    assert json.loads(call["function"]["arguments"]) == {"expression": "127+386"}
    result = {"role": "tool", "tool_call_id": call["id"], "content": "513"}
    second = demo.choice(question, message, result, tools=[CALCULATOR])
    assert second["finish_reason"] == "stop"
    assert "513" in second["message"]["content"]


def test_a_call_is_streamed_with_its_name_once(demo: Client) -> None:
    asked = {"messages": [{"role": "user", "content": "What is 127 + 386?"}]}
    chunks = list(demo.chunks(CHAT, **asked, tools=[CALCULATOR]))
    deltas = [chunk["choices"][0]["delta"].get("tool_calls") for chunk in chunks]
    first, *rest = [call for delta in deltas if delta for call in delta]
    assert (first["index"], first["function"]["name"]) == (0, "calculator")
    assert first["id"]
    assert all(set(call) == {"index", "function"} for call in rest)
    arguments = "".join(call["function"]["arguments"] for call in (first, *rest))
    assert json.loads(arguments) == {"expression": "127+386"}
    assert chunks[-1]["choices"][0]["finish_reason"] == "tool_calls"


WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string", "maxLength": 12}},
            "required": ["city"],
            "additionalProperties": False,
        },
    },
}


@pytest.mark.parametrize("choice", ["required", {"type": "function", "function": {"name": "both"}}])
def test_a_call_can_be_demanded(demo: Client, choice: object) -> None:
    other = {"type": "function", "function": {**WEATHER["function"], "name": "both"}}
    tools = [WEATHER, other]
    answer = demo.choice("Hello!", tools=tools, tool_choice=choice, max_tokens=200)
    assert answer["finish_reason"] == "tool_calls"
    (call,) = answer["message"]["tool_calls"]
    names = {"get_weather", "both"} if choice == "required" else {"both"}
    assert call["function"]["name"] in names
    assert set(json.loads(call["function"]["arguments"])) == {"city"}


def test_calls_can_be_ruled_out(demo: Client) -> None:
    answer = demo.choice("What is 127 + 386?", tools=[CALCULATOR], tool_choice="none")
    assert "tool_calls" not in answer["message"]
    assert answer["message"]["content"]


def test_an_answer_is_kept_to_a_schema(demo: Client) -> None:
    schema = {
        "type": "object",
        "properties": {
            "name": {"enum": ["ada", "alan"]},
            "age": {"type": "integer", "maximum": 99},
        },
        "required": ["name", "age"],
        "additionalProperties": False,
    }
    form = {"type": "json_schema", "json_schema": {"name": "person", "schema": schema}}
    message = demo.choice(QUESTION, response_format=form)["message"]
    told = json.loads(message["content"])
    assert told["name"] in {"ada", "alan"}
    assert isinstance(told["age"], int)
    assert message["reasoning"]  # which is free
    free = demo.choice(QUESTION, response_format={"type": "json_object"}, max_tokens=80)
    if free["finish_reason"] == "stop":
        assert isinstance(json.loads(free["message"]["content"]), dict)


def test_limits_and_stop_strings_cut_an_answer(demo: Client, whole: dict) -> None:
    content = whole["content"]
    cut = demo.chat(QUESTION, max_completion_tokens=5, max_tokens=5).json()
    assert cut["choices"][0]["finish_reason"] == "length"
    assert cut["usage"]["completion_tokens"] == 5
    stopped = demo.choice(QUESTION, stop=["never said", "cache"])
    assert stopped["finish_reason"] == "stop"
    assert stopped["message"]["content"] == content.partition("cache")[0]
    asked = {"messages": [{"role": "user", "content": QUESTION}], "stop": "cache"}
    assert joined(list(demo.chunks(CHAT, **asked)), "content") == content.partition("cache")[0]


def test_logprobs_are_those_of_the_content(demo: Client) -> None:
    choice = demo.choice(QUESTION, logprobs=True, top_logprobs=3)
    tokens = choice["logprobs"]["content"]
    said = b"".join(bytes(token["bytes"]) for token in tokens)
    assert said.decode() == choice["message"]["content"]
    for token in tokens:
        assert len(token["top_logprobs"]) == 3
        assert token["logprob"] == token["top_logprobs"][0]["logprob"]
        assert token["logprob"] <= 0
    asked = {"messages": [{"role": "user", "content": QUESTION}], "logprobs": True}
    chunks = list(demo.chunks(CHAT, **asked))
    told = [c["choices"][0]["logprobs"] for c in chunks if c["choices"][0]["logprobs"]]
    assert sum(len(each["content"]) for each in told) == len(tokens)
    assert told[0]["content"][0]["top_logprobs"] == []


def test_choices_have_their_own_index(demo: Client) -> None:
    whole = demo.chat(QUESTION, n=2, seed=7, max_tokens=8).json()
    assert [choice["index"] for choice in whole["choices"]] == [0, 1]
    assert whole["usage"]["completion_tokens"] == 16
    asked = {"messages": [{"role": "user", "content": QUESTION}], "n": 2, "max_tokens": 8}
    chunks = list(demo.chunks(CHAT, **asked))
    ended = [c["choices"][0] for c in chunks if c["choices"][0]["finish_reason"]]
    assert [(each["index"], each["finish_reason"]) for each in ended] == [
        (0, "length"),
        (1, "length"),
    ]


def test_a_bias_and_a_temperature_act(demo: Client, whole: dict) -> None:
    (first, *_) = load_encoding().encode(whole["content"])
    biased = demo.choice(QUESTION, logit_bias={str(first): -100}, max_tokens=40)
    other = biased["message"]["content"]
    assert not other.startswith(load_encoding().decode([first]))
    hot = {"temperature": 2, "top_p": 1, "presence_penalty": 1, "frequency_penalty": 0.5}
    one, again, another = (
        demo.choice(UNCLEAR, **hot, seed=seed, max_tokens=30)["message"] for seed in (1, 1, -2)
    )
    assert one == again
    assert one != another
