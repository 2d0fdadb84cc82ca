import re

import pytest

from engine.tools.functions import BUILT_IN, calculate, tell_time
from engine.tools.registry import ToolError


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("127 + 386", "513"),
        ("12*7", "84"),
        ("(3+4)*12", "84"),
        ("2**10", "1024"),
        ("2^10", "1024"),
        ("2**-2", "0.25"),
        ("0.1 + 0.2", "0.3"),
        ("15/100*80", "12"),
        ("10/4", "2.5"),
        ("1/3", "0.3333333333"),
        ("7 // 2", "3"),
        ("-7 % 3", "2"),
        ("-2**2", "-4"),
        ("+5", "5"),
        ("007 + 1", "8"),
        ("10.05 + 1", "11.05"),
        ("3 × 4 ÷ 2 − 1", "5"),
        ("sqrt(81)", "9"),
        ("sqrt(2)", "1.414213562"),
        ("sqrt(1/4)", "0.5"),
        ("abs(-3)", "3"),
        ("floor(2.5)", "2"),
        ("cos(0)", "1"),
        ("log10(1000)", "3"),
        ("2*pi", "6.283185307"),
        ("1e3", "1000"),
        ("99999999999 * 99999999999", "9999999999800000000001"),
        ("0**0", "1"),
        ("1,234+5", "1239"),
        ("(12,500.5)*1,000,000", "12500500000"),
    ],
)
def test_an_expression_has_its_value(expression, value):
    assert calculate(expression) == value


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("1/0", "division by zero"),
        ("0**-1", "division by zero"),
        ("1 % 0", "division by zero"),
        ("", "is not an arithmetic expression"),
        ("2 +", "is not an arithmetic expression"),
        ("two plus two", "is not an arithmetic expression"),
        ("(" * 400, "is not an arithmetic expression"),
        ("1" * 1001, "longer than 1000 characters"),
        ("9**9**9", "too large"),
        ("2**0.5**-9999", "too large"),
        ("exp(1000)", "too large"),
        ("sqrt(-1)", "square root of a negative"),
        ("log(0)", "log has no value at 0"),
        ("(-8)**0.5", "root of a negative"),
        ("True + 1", "only numbers"),
        ("'a' * 3", "cannot be calculated"),
        ("x + 1", "'x' cannot be calculated"),
        ("__import__('os').system('true')", "cannot be calculated"),
        ("(1).__class__", "cannot be calculated"),
        ("[1, 2]", "cannot be calculated"),
        ("1 < 2", "cannot be calculated"),
        ("1,23+4", "cannot be calculated"),
        ("1,2345", "cannot be calculated"),
    ],
)
def test_what_has_no_value_is_explained(expression, problem):
    with pytest.raises(ToolError, match=re.escape(problem)):
        calculate(expression)


def test_the_clock_gives_the_weekday_the_date_and_the_time():
    assert re.fullmatch(
        r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{4}-\d\d-\d\d \d\d:\d\d", tell_time()
    )


def test_the_built_in_tools_touch_nothing_and_are_called_by_their_recipient():
    assert [tool.recipient for tool in BUILT_IN] == ["functions.calculator", "functions.clock"]
    assert {tool.effects for tool in BUILT_IN} == {""}
    assert BUILT_IN.find("functions.calculator").call('{"expression": "127+386"}') == "513"
