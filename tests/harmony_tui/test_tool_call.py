"""Tool calls as text."""

from __future__ import annotations

import pytest

from harmony_tui.panes.tool_call import ToolCall, lay_out, show_seconds, summarise, tool_name
from harmony_tui.panes.tools import describe_call


@pytest.mark.parametrize(
    ("arguments", "laid_out", "summary"),
    [
        ('{"expression": "1+1"}', "expression: 1+1", "1+1"),
        ("{}", "", ""),
        ("", "", ""),
        ('{"a": 1, "b": [2, "x"]}', 'a: 1\nb: [2, "x"]', 'a: 1, b: [2, "x"]'),
        ("not JSON", "not JSON", "not JSON"),
        ("[1, 2]", "[1, 2]", "[1, 2]"),
        ('{"text": "one\\ntwo"}', "text: one\ntwo", "one two"),
        ('{"text": "\\u001b[31mred"}', "text: ␛[31mred", "␛[31mred"),
    ],
)
def test_arguments(arguments: str, laid_out: str, summary: str) -> None:
    assert lay_out(arguments) == laid_out
    assert summarise(arguments) == summary


def test_long_arguments_are_cut() -> None:
    assert len(summarise('{"x": "' + "9" * 500 + '"}')) == 60


def test_names_and_times() -> None:
    assert tool_name("functions.calculator") == "calculator"
    assert tool_name("odd\x1b[2J") == "odd␛[2J"
    assert show_seconds(0.0004) == "<1 ms"
    assert show_seconds(0.0021) == "2 ms"
    assert show_seconds(12.34) == "12.3 s"


@pytest.mark.parametrize(
    ("call", "lines"),
    [
        (ToolCall("clock", ""), ["? clock  asked"]),
        (ToolCall("calculator", "a: 1", "running"), ["⠿ calculator  running", "  a: 1"]),
        (
            ToolCall("calculator", "a: 1", "done", "two\nlines", 0.002),
            ["✓ calculator  done · 2 ms", "  a: 1", "→ two", "  lines"],
        ),
        (
            ToolCall("clock", "", "failed", "Error: no", 2.0),
            ["✗ clock  failed · 2.0 s", "→ Error: no"],
        ),
        (ToolCall("clock", "", "declined", "No."), ["– clock  declined", "→ No."]),
    ],
)
def test_a_call_as_the_pane_shows_it(call: ToolCall, lines: list[str]) -> None:
    assert describe_call(call).plain.split("\n") == lines
