"""Headers: names are matched to the declared tools, roles and types are read where they stand."""

from __future__ import annotations

import pytest

from engine.harmony.header import is_unfinished, match_tool, read_header

TOOLS = ("functions.get_weather", "functions.parse_json", "python", "browser.search")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("functions.get_weather", "functions.get_weather"),
        ("get_weather", "functions.get_weather"),
        ("get_weatherjson", "functions.get_weather"),
        ("functions.get_weatherjson", "functions.get_weather"),
        ("functions.parse_json", "functions.parse_json"),
        ("parse_jsonjson", "functions.parse_json"),
        ("functions.python", "python"),
        ("python.exec", "python"),
        ("functions.python.exec", "python"),
        ("functions.browser.search", "browser.search"),
        ("browser.open", "browser.open"),
        ("functions.rocket", "functions.rocket"),
        ("json", "json"),
        ("", ""),
    ],
)
def test_a_name_means_the_declared_tool(name: str, meant: str) -> None:
    assert match_tool(name, TOOLS) == meant


def test_a_tool_declared_under_functions_comes_before_the_built_in_one() -> None:
    assert match_tool("functions.python", ("python", "functions.python")) == "functions.python"
    assert match_tool("python", ("functions.python",)) == "functions.python"


def test_a_name_stays_as_it_is_if_no_tool_is_declared() -> None:
    assert match_tool("functions.shelljson", ()) == "functions.shelljson"


@pytest.mark.parametrize(
    "text",
    [
        "assistant<|channel|>commentary to=functions.get_weather <|constrain|>json",
        "assistant to=functions.get_weather<|channel|>commentary <|constrain|>json",
        "assistant<|channel|>commentary to=functions.get_weather<|constrain|>json",
        "assistant to=functions.get_weather<|channel|>commentary json",
    ],
)
def test_a_recipient_counts_before_and_after_the_channel(text: str) -> None:
    read = read_header(text, True, TOOLS)
    assert (read.role, read.channel, read.recipient, read.content_type) == (
        "assistant",
        "commentary",
        "functions.get_weather",
        "json",
    )
    assert not read.is_irregular
    assert not read.stray


def test_a_tools_name_is_a_role_only_after_start() -> None:
    assert read_header("get_weather<|channel|>final", True, TOOLS).role == "get_weather"
    assert read_header("get_weather<|channel|>final", False, TOOLS).role == "assistant"


@pytest.mark.parametrize(
    "whole",
    [
        "assistant<|channel|>commentary to=functions.f <|constrain|>json",
        "assistant to=functions.f<|channel|>commentary <|constrain|>json",
        "<|channel|>analysis to=python code",
    ],
)
def test_a_regular_header_is_unfinished_wherever_it_is_cut(whole: str) -> None:
    ends = [i for i in range(len(whole) + 1) if is_cut_between_tokens(whole, i)]
    assert all(is_unfinished(whole[:end]) for end in ends)


def is_cut_between_tokens(text: str, end: int) -> bool:
    """Return whether no token that is always sampled whole is cut."""
    return all(
        not start < end < start + len(word)
        for word in ("assistant", "<|channel|>", "<|constrain|>", "code")
        if (start := text.find(word)) >= 0
    )


@pytest.mark.parametrize("text", ["<|channel|>final It", "Hello", "<|channel|>thoughts", "user"])
def test_words_that_are_no_header_are_not_hidden_as_an_unfinished_one(text: str) -> None:
    assert not is_unfinished(text)
