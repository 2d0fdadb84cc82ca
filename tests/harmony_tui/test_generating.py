"""``harmony-tui generate`` answers what the server would, with the bundled model."""

from __future__ import annotations

import io
import json
import sys

import pytest

from harmony_tui import cli
from harmony_tui.generating import read_request

SUM = {"role": "user", "content": "What is 12 * 7?"}
CALCULATOR = {
    "type": "function",
    "function": {
        "name": "calculator",
        "description": "Evaluates an arithmetic expression exactly.",
        "parameters": {
            "type": "object",
            "properties": {"expression": {"type": "string"}},
            "required": ["expression"],
        },
    },
}


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run it on a text that stands in standard input; return exit code, output and errors."""
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))

    def call(text, *arguments):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code = cli.main(["generate", *arguments])
        output, errors = capsys.readouterr()
        return code, output, errors

    return call


def test_a_text_is_answered_and_nothing_else_is_printed(run):
    code, output, errors = run("Hello", "--seed", "1")
    assert (code, errors) == (0, "")
    assert "tiny demonstration model" in output
    assert output.count("\n") == 1


def test_a_request_with_tools_gives_its_call(run, tmp_path):
    file = tmp_path / "request.json"
    file.write_text(json.dumps({"messages": [SUM], "tools": [CALCULATOR], "temperature": 0}))
    code, output, _ = run("", str(file))
    assert code == 0
    called = json.loads(output)
    assert called["name"] == "calculator"
    assert json.loads(called["arguments"])["expression"].replace(" ", "") == "12*7"


def test_messages_give_as_many_answers_as_are_asked_for(run):
    messages = json.dumps([{"role": "user", "content": "Hello"}])
    code, output, _ = run(messages, "-n", "2", "--seed", "5", "--logprobs", "2", "--json")
    assert code == 0
    response = json.loads(output)
    assert [choice["index"] for choice in response["choices"]] == [0, 1]
    first = response["choices"][0]["logprobs"]["content"][0]
    assert len(first["top_logprobs"]) == 2
    code, output, _ = run(messages, "-n", "2", "--seed", "5")
    contents = [choice["message"]["content"] for choice in response["choices"]]
    assert output == "\n---\n".join(contents) + "\n"


def test_raw_text_is_gone_on_from(run):
    begun = "<|start|>user<|message|>Hello<|end|><|start|>assistant<|channel|>final<|message|>Hello"
    code, output, _ = run(begun, "--raw", "--max-tokens", "40", "--stop", "demonstration")
    assert code == 0
    assert output.startswith("! I am the tiny ")
    assert "demonstration" not in output


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("", (), "There is nothing to answer"),
        ('[{"role": "nobody", "content": ""}]', (), "messages[0].role: "),
        ('[{"role": "user", "content": "x"}]', ("--raw",), "--raw goes on from a text"),
        ("x", ("--logprobs", "1"), "--logprobs needs --json"),
        ('{"prompt": "x", "temperature": 9}', (), "temperature: "),
        ("x", ("no such file",), "no such file cannot be read: No such file or directory."),
        ("x", ("--model", "no/such-model"), "no/such-model"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(run, text, arguments, said):
    code, output, errors = run(text, *arguments)
    assert (code, output) == (1, "")
    assert said in errors
    assert "Traceback" not in errors


def test_a_text_that_looks_like_json_is_still_a_text():
    for text in ('{"a": 1}', "[1, 2]", "12", '"quoted"'):
        assert read_request(text, {}, is_raw=False).messages[0].text == text


def test_more_than_the_kv_cache_may_have_is_refused(run):
    code, output, errors = run("word " * 200, "--raw", "--max-kv-size", "100")
    assert (code, output) == (1, "")
    assert errors.startswith("harmony-tui: ")
    assert "100" in errors
    with pytest.raises(SystemExit, match="2"):
        run("Hello", "--max-kv-size", "0")
