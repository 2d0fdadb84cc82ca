"""Raw completions of the bundled model: nothing is put around what the client sends."""

from __future__ import annotations

from engine.harmony.encoding import load_encoding
from tests.engine.server.serving import Client

PROMPT = "<|start|>user<|message|>What is a KV cache?<|end|><|start|>assistant"
PATH = "/v1/completions"


def complete(client: Client, **fields: object) -> dict:
    response = client.post(PATH, json={"prompt": PROMPT, **fields})
    assert response.status_code == 200, response.text
    return response.json()


def test_text_in_which_control_tokens_are_spelled_out(demo: Client) -> None:
    response = complete(demo, max_tokens=200, model="demo")
    (choice,) = response["choices"]
    assert choice["finish_reason"] == "stop"
    assert "<|channel|>final<|message|>" in choice["text"]
    assert "<|return|>" not in choice["text"]
    tokens = load_encoding().encode(PROMPT, allowed_special="all")
    assert response["usage"]["prompt_tokens"] == len(tokens)
    same = complete(demo, prompt=tokens, max_tokens=200)
    assert same["choices"] == response["choices"]


def test_limits_stops_and_echo(demo: Client) -> None:
    few = complete(demo, max_tokens=6)
    assert few["usage"]["completion_tokens"] == 6
    assert few["choices"][0]["finish_reason"] == "length"
    assert complete(demo)["usage"]["completion_tokens"] == 16
    stopped = complete(demo, stop="<|message|>", echo=True)["choices"][0]
    assert stopped["text"] == f"{PROMPT}<|channel|>analysis"
    assert stopped["finish_reason"] == "stop"


def test_several_prompts_and_choices(demo: Client) -> None:
    prompts = ["<|start|>assistant<|channel|>", "<|start|>"]
    choices = complete(demo, prompt=prompts, n=2, max_tokens=1)["choices"]
    assert [choice["index"] for choice in choices] == [0, 1, 2, 3]
    assert choices[0]["text"] == choices[1]["text"] != choices[2]["text"]


def test_logprobs_as_this_endpoint_tells_them(demo: Client) -> None:
    choice = complete(demo, max_tokens=5, logprobs=2)["choices"][0]
    told = choice["logprobs"]
    assert "".join(told["tokens"]) == choice["text"]
    assert [len(each) for each in told["top_logprobs"]] == [2] * 5
    assert told["text_offset"][:2] == [0, len(told["tokens"][0])]
    best = [max(each.values()) for each in told["top_logprobs"]]
    assert told["token_logprobs"] == best


def test_a_seed_gives_the_same_text_again(demo: Client) -> None:
    # Of what it was never trained on, the model is sure of nothing.
    hot = {"prompt": "Once upon a time", "temperature": 2}
    one, again, other = (
        complete(demo, **hot, seed=seed)["choices"][0]["text"] for seed in (3, 3, 4)
    )
    assert one == again
    assert one != other


def test_a_stream_tells_the_same(demo: Client) -> None:
    whole = complete(demo, max_tokens=12)
    asked = {"prompt": PROMPT, "max_tokens": 12, "stream_options": {"include_usage": True}}
    *told, last = demo.chunks(PATH, **asked)
    texts = [chunk["choices"][0]["text"] for chunk in told]
    assert "".join(texts) == whole["choices"][0]["text"]
    assert [chunk["choices"][0]["finish_reason"] for chunk in told][-2:] == [None, "length"]
    assert last["usage"]["completion_tokens"] == 12
