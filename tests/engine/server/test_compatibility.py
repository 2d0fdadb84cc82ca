"""The 30 cases of gpt-oss's compatibility test, through both APIs, whole and streamed.

They need a model that calls the right tool, which the bundled one is not for tools that it has
never seen: a scripted model says what gpt-oss would say. What is tested is the server.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.engine.server.compatibility import OUTPUT, TOOLS, Case, load_cases
from tests.engine.server.serving import Client, serving_script
from tests.engine.server.test_responses import events, respond

THOUGHT = "<|channel|>analysis<|message|>I need {tool}.<|end|><|start|>assistant"
CALL = "<|channel|>commentary to=functions.{tool} <|constrain|>json<|message|>{arguments}<|call|>"
ANSWER = (
    "<|channel|>analysis<|message|>Now I say it.<|end|><|start|>assistant"
    "<|channel|>final<|message|>It is done.<|return|>"
)

Ask = Callable[..., dict]


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with a case: it is asked for in one of two ways, and perhaps gone on with."""

    case: Case
    ask: Ask
    goes_on: bool
    """Whether the result is sent back; once for each tool is enough."""


def steps(whole: Ask, streamed: Ask) -> list[Step]:
    """Return all cases, every other one streamed."""
    cases = load_cases()
    assert len(cases) == 30
    firsts = {case.tool: number for number, case in reversed([*enumerate(cases)])}
    return [
        Step(case, streamed if number % 2 else whole, number in firsts.values())
        for number, case in enumerate(cases)
    ]


def script(taken: list[Step]) -> Iterator[str]:
    """Give what the model says: a call, and an answer to what that gave where it is sent back."""
    for step in taken:
        call = (THOUGHT + CALL).replace("{tool}", step.case.tool)
        yield call.replace("{arguments}", step.case.arguments)
        if step.goes_on:
            yield ANSWER


def whole_message(client: Client, messages: list, **asked: object) -> dict:
    return client.choice(*messages, **asked)["message"]


def streamed_message(client: Client, **asked: object) -> dict:
    """Return a message put together of its deltas."""
    texts = {"content": "", "reasoning": ""}
    calls: list[dict] = []
    for chunk in client.chunks("/v1/chat/completions", **asked):
        delta = chunk["choices"][0]["delta"]
        for name in texts:
            texts[name] += delta.get(name, "")
        for call in delta.get("tool_calls", ()):
            if "id" in call:
                function = {"name": call["function"]["name"], "arguments": ""}
                calls.append({"id": call["id"], "type": call["type"], "function": function})
            calls[call["index"]]["function"]["arguments"] += call["function"]["arguments"]
    return {"role": "assistant", **texts, **({"tool_calls": calls} if calls else {})}


def test_chat_completions() -> None:
    taken = steps(whole_message, streamed_message)
    with serving_script(*script(taken)) as client:
        for step in taken:
            case = step.case
            tools = [{"type": "function", "function": {"name": case.tool, **TOOLS[case.tool]}}]
            said: list[dict] = [{"role": "user", "content": case.question}]
            message = step.ask(client, messages=said, tools=tools)
            assert message["reasoning"] == f"I need {case.tool}."
            (call,) = message["tool_calls"]
            assert call["function"]["name"] == case.tool
            assert json.loads(call["function"]["arguments"]) == json.loads(case.arguments)
            if step.goes_on:
                said += [message, {"role": "tool", "tool_call_id": call["id"], "content": OUTPUT}]
                answer = step.ask(client, messages=said, tools=tools)
                assert (answer["content"], answer["reasoning"]) == ("It is done.", "Now I say it.")


def streamed_response(client: Client, **asked: object) -> dict:
    """Return a response as its last event has it, if the others told the same."""
    told = events(client, **asked)
    response = told[-1]["response"]
    assert [e["item"] for e in told if e["type"] == "response.output_item.done"] == (
        response["output"]
    )
    done = {"response.reasoning_text.delta", "response.reasoning_text.done"}
    assert done <= {each["type"] for each in told}
    return response


def test_responses() -> None:
    taken = steps(respond, streamed_response)
    with serving_script(*script(taken)) as client:
        for step in taken:
            case = step.case
            tools = [{"type": "function", "name": case.tool, **TOOLS[case.tool]}]
            said: list[dict] = [{"role": "user", "content": case.question}]
            output = step.ask(client, input=said, tools=tools)["output"]
            thought, call = output
            assert thought["content"] == [
                {"type": "reasoning_text", "text": f"I need {case.tool}."}
            ]
            assert (call["type"], call["name"]) == ("function_call", case.tool)
            assert json.loads(call["arguments"]) == json.loads(case.arguments)
            if step.goes_on:
                given = {"type": "function_call_output", "call_id": call["call_id"]}
                later = [*said, *output, {**given, "output": OUTPUT}]
                answer = step.ask(client, input=later, tools=tools)
                assert answer["output"][-1]["content"][0]["text"] == "It is done."
