"""Our own tools for a client: they run within the turn and are told as items of the response."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.config.settings import Settings
from engine.server.own_tools import NAMES, OwnTools
from engine.tools.sandbox import Found, probe
from engine.tools.sandbox.unconfined import Unconfined
from tests.engine.server.serving import CALCULATOR, Client, serving, serving_script
from tests.engine.server.test_responses import TOOL, events, respond

THOUGHT = "<|channel|>analysis<|message|>Think.<|end|><|start|>assistant"
PYTHON = "<|channel|>analysis to=python code<|message|>print(6 * 7)<|call|>"
SEARCH = '<|channel|>analysis to=browser.search code<|message|>{"query":"ferns"}<|call|>'
OPEN = '<|channel|>analysis to=browser.open code<|message|>{"id":0}<|call|>'
FINAL = "<|channel|>final<|message|>In shade【1†L1-L2】, 【9†L1】.<|return|>"
FUNCTION = "<|channel|>commentary to=functions.calculator <|constrain|>json<|message|>{}<|call|>"
ASKED = [{"type": "code_interpreter", "container": {"type": "auto"}}, {"type": "web_search"}]


@pytest.fixture
def own_tools(tmp_path: Path) -> OwnTools:
    (tmp_path / "ferns.md").write_text("# Ferns\n\nFerns grow in shade.\n")
    return OwnTools(NAMES, Settings(), probe(), tmp_path)


def kinds_of(told: list[dict], item: dict) -> list[str]:
    """Return the kinds of the events of one item."""
    mine = [e for e in told if item["id"] in (e.get("item_id"), e.get("item", {}).get("id"))]
    return [each["type"].removeprefix("response.") for each in mine]


def test_calls_run_and_are_told_as_items(own_tools: OwnTools) -> None:
    script = (THOUGHT + PYTHON, THOUGHT + SEARCH, OPEN, FINAL)
    include = ["code_interpreter_call.outputs"]
    with serving_script(*script, *script, own_tools=own_tools) as client:
        told = events(client, input="Where do ferns grow?", tools=ASKED, include=include)
        whole = respond(client, input="Where do ferns grow?", tools=ASKED)
        # What they gave was part of thinking, and is not read again.
        again = [{"role": "user", "content": "Hello"}, *whole["output"]]
        assert respond(client, input=[*again, {"role": "user", "content": "Go on"}])
    response = told[-1]["response"]
    assert (told[-1]["type"], response["tools"]) == ("response.completed", ASKED)
    thought, code, second, search, opened, said = response["output"]
    assert [item["content"][0]["text"] for item in (thought, second)] == ["Think.", "Think."]
    assert (code["type"], code["status"], code["code"]) == (
        *("code_interpreter_call", "completed"),
        "print(6 * 7)",
    )
    assert code["outputs"] == [{"type": "logs", "logs": "42"}]
    assert (search["type"], search["status"]) == ("web_search_call", "completed")
    assert search["action"] == {"type": "search", "query": "ferns", "queries": ["ferns"]}
    assert opened["action"]["type"] == "open_page"
    assert opened["action"]["url"].endswith("ferns.md")
    (part,) = said["content"]
    (cited,) = part["annotations"]
    assert (cited["type"], cited["url"]) == ("url_citation", opened["action"]["url"])
    assert part["text"][cited["start_index"] : cited["end_index"]] == "【1†L1-L2】"
    assert kinds_of(told, code) == [
        *("output_item.added", "code_interpreter_call.in_progress"),
        *("code_interpreter_call_code.delta", "code_interpreter_call_code.done"),
        *("code_interpreter_call.interpreting", "code_interpreter_call.completed"),
        "output_item.done",
    ]
    assert kinds_of(told, search) == [
        *("output_item.added", "web_search_call.in_progress", "web_search_call.searching"),
        *("web_search_call.completed", "output_item.done"),
    ]
    assert "output_text.annotation.added" in kinds_of(told, said)
    assert [item["type"] for item in whole["output"]] == [i["type"] for i in response["output"]]
    assert whole["output"][1]["outputs"] is None  # it was not asked for


def test_a_call_of_the_clients_comes_after_ours(own_tools: OwnTools) -> None:
    with serving_script(PYTHON, FUNCTION, own_tools=own_tools) as client:
        response = respond(client, input="a", tools=[*ASKED, TOOL])
    assert [item["type"] for item in response["output"]] == [
        *("code_interpreter_call", "function_call"),
    ]


def test_code_ends_when_its_client_leaves(own_tools: OwnTools) -> None:
    endless = PYTHON.replace("print(6 * 7)", "while True: pass")
    with serving_script(endless, FINAL, own_tools=own_tools) as client:
        body = {"input": "a", "tools": ASKED, "stream": True}
        with client.stream("POST", "/v1/responses", json=body) as response:
            lines = response.iter_lines()
            while "call.interpreting" not in next(lines):
                continue
        client.wait_until(running=0, waiting=0)
        assert respond(client, input="a", tools=ASKED)["status"] == "completed"


def test_what_a_person_had_to_allow_is_refused(own_tools: OwnTools) -> None:
    unconfined = OwnTools(NAMES, Settings(), Found(Unconfined(), ()))
    include = ["code_interpreter_call.outputs"]
    with serving_script(PYTHON, FINAL, own_tools=unconfined) as client:
        code, said = respond(client, input="a", tools=ASKED, include=include)["output"]
    assert code["status"] == "failed"
    assert "without a sandbox, and there is nobody to ask" in code["outputs"][0]["logs"]
    assert said["type"] == "message"


def test_they_are_there_only_where_they_are_asked_for_and_served(own_tools: OwnTools) -> None:
    only_browser = OwnTools(("browser",), Settings(), own_tools.sandbox)

    def refusal(client: Client) -> str:
        response = client.post("/v1/responses", json={"input": "a", "tools": ASKED[:1]})
        assert response.status_code == 400
        return response.json()["error"]["message"]

    with serving_script(PYTHON, FINAL, own_tools=only_browser) as client:
        assert "--tools python" in refusal(client)
        output = respond(client, input="a", tools=[{"type": "browser_search"}])["output"]
        assert [item["type"] for item in output] == ["message"]  # python was not there
        chat = client.chat("a", tools=[CALCULATOR, ASKED[0]])
    assert chat.status_code == 400
    assert "--tools python" in chat.json()["error"]["message"]


def test_in_chat_completions_they_are_asked_for_by_their_type(own_tools: OwnTools) -> None:
    tools = [CALCULATOR, {"type": "code_interpreter"}, {"type": "browser_search"}]
    script = (THOUGHT + PYTHON, SEARCH, OPEN, FINAL)
    with serving_script(*script, *script, FUNCTION, own_tools=own_tools) as client:
        choice = client.choice("Where do ferns grow?", tools=tools)
        said = [{"role": "user", "content": "Where do ferns grow?"}]
        path = "/v1/chat/completions"
        deltas = [c["choices"][0]["delta"] for c in client.chunks(path, messages=said, tools=tools)]
        again = client.choice(*said, choice["message"], "Go on", tools=tools)
    message = choice["message"]
    assert (choice["finish_reason"], message["reasoning"]) == ("stop", "Think.")
    code, search, opened = message["executed_tools"]
    assert (code["type"], code["name"], code["output"]) == ("code_interpreter", "python", "42")
    assert code["arguments"] == '{"code": "print(6 * 7)"}'
    assert (search["type"], search["name"]) == ("browser_search", "browser.search")
    assert search["arguments"] == '{"query":"ferns"}'
    assert "Ferns grow in shade." in search["output"]
    (cited,) = message["annotations"]
    place = cited["url_citation"]
    assert place["url"].endswith("ferns.md")
    assert message["content"][place["start_index"] : place["end_index"]] == "【1†L1-L2】"
    # A stream tells each part once: first what is called, then what it gave.
    parts = [part for delta in deltas for part in delta.get("executed_tools", ())]
    assert [part["index"] for part in parts] == [0, 0, 1, 1, 2, 2]
    for number, whole in enumerate((code, search, opened)):
        asked, gave = parts[2 * number : 2 * number + 2]
        assert asked["arguments"] + gave["arguments"] == whole["arguments"]
        assert (asked["name"], gave["output"]) == (whole["name"], whole["output"])
    assert [delta["annotations"] for delta in deltas if "annotations" in delta] == [[cited]]
    # Functions are the client's to run, and what ours did is not read again.
    assert again["finish_reason"] == "tool_calls"
    assert again["message"]["tool_calls"][0]["function"]["name"] == "calculator"
    assert "executed_tools" not in again["message"]


def test_each_answer_has_a_python_of_its_own(own_tools: OwnTools) -> None:
    counting = PYTHON.replace("print(6 * 7)", "n = globals().get('n', 0) + 1; print(n)")
    with serving_script(counting, FINAL, counting, FINAL, own_tools=own_tools) as client:
        choices = client.chat("a", n=2, tools=[{"type": "code_interpreter"}]).json()["choices"]
    assert [c["message"]["executed_tools"][0]["output"] for c in choices] == ["1", "1"]


def test_a_call_of_ours_can_be_demanded(own_tools: OwnTools, demo: Client) -> None:
    """With the bundled model, which would rather greet: rules hold it to the tool, once."""
    python = {"type": "code_interpreter"}
    with serving(demo.worker, Hyperparameters(temperature=0.0), own_tools=own_tools) as client:
        for choice in ("required", python):
            asked = {"tools": [python], "tool_choice": choice, "max_tokens": 1000}
            message = client.choice("Hello", **asked)["message"]
            executed = message["executed_tools"][0]
            assert executed["name"] == "python"
            assert executed["output"] is not None
            assert message["content"]
        output = respond(client, input="Hello", tools=[python], tool_choice=python)["output"]
        refused = client.chat("Hello", tools=[python], tool_choice={"type": "browser_search"})
    assert "code_interpreter_call" in [item["type"] for item in output]
    assert refused.status_code == 400
