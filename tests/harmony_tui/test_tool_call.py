"""Tool calls as text."""

from __future__ import annotations

import json

import pytest

from harmony_tui.panes.tool_call import lay_out, present, show_seconds, summarise, tool_name


@pytest.mark.parametrize(
    ("arguments", "laid_out", "summary"),
    [
        ('{"expression": "1+1"}', "expression: 1+1", "1+1"),
        ("{}", "", ""),
        ("", "", ""),
        ('{"a": 1, "b": [2, "x"]}', 'a: 1\nb: [2, "x"]', 'a: 1, b: [2, "x"]'),
        ("not JSON", "not JSON", "not JSON"),
        ("[1, 2]", "[1, 2]", "[1, 2]"),
        ('{"text": "one\\ntwo"}', "text:\n  one\n  two", "one two"),
        ('{"text": "\\u001b[31mred"}', "text: ␛[31mred", "␛[31mred"),
        ('{"a": ' + "[" * 9999, '{"a": ' + "[" * 9999, '{"a": ' + "[" * 53 + "…"),
    ],
)
def test_arguments(arguments: str, laid_out: str, summary: str) -> None:
    assert lay_out(arguments) == laid_out
    assert summarise(arguments) == summary


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n", "\u2028", "\u2029"])
def test_no_text_can_look_like_another_argument(newline: str) -> None:
    value = lay_out(json.dumps({"path": f"a.txt{newline}mode: read"}))
    assert "\nmode: read" not in value
    name = lay_out(json.dumps({f"x: 1{newline}mode": "read"}))
    assert "\n" not in name


def test_nested_arguments_are_laid_out() -> None:
    rows = [{"name": "one", "value": number} for number in range(5)]
    laid_out = lay_out(json.dumps({"rows": rows}))
    assert laid_out.startswith("rows:\n  [\n")
    assert json.loads(laid_out.partition("\n")[2]) == rows


PATCH = "*** Begin Patch\n*** Delete File: a.txt\n*** End Patch"


@pytest.mark.parametrize(
    ("recipient", "arguments", "text", "language"),
    [
        ("python", "x = 1\n\tprint(x)", "x = 1\n    print(x)", "python"),
        ("python", '{"code": 1}', '{"code": 1}', "python"),
        ("functions.apply_patch", json.dumps({"patch": PATCH}), PATCH, "diff"),
        ("functions.apply_patch", json.dumps(PATCH), PATCH, "diff"),
        ("functions.apply_patch", PATCH, PATCH, "diff"),
        ("functions.note", json.dumps({"a": PATCH, "b": 1}), None, ""),
        ("functions.clock", "{}", "", ""),
    ],
)
def test_what_is_code_or_a_patch_is_shown_as_such(
    recipient: str, arguments: str, text: str | None, language: str
) -> None:
    presented = present(recipient, arguments)
    assert presented.language == language
    assert text is None or presented.text == text


def test_long_arguments_are_cut() -> None:
    assert len(summarise('{"x": "' + "9" * 500 + '"}')) == 60


def test_names_and_times() -> None:
    assert tool_name("functions.calculator") == "calculator"
    assert tool_name("browser.open") == "browser.open"
    assert tool_name("odd\x1b[2J\nname") == "odd␛[2J name"
    assert show_seconds(0.0004) == "<1 ms"
    assert show_seconds(0.0021) == "2 ms"
    assert show_seconds(12.34) == "12.3 s"
