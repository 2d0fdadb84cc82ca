"""The two functions that are always there: a calculator and a clock."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from engine.tools.registry import Registry, Tool, ToolError

Number = Fraction | float

MAX_BITS = 4096
"""Longest exact integer that is worked out: about 1,200 digits, far more than a screen shows."""
MAX_LENGTH = 1000
SIGNIFICANT_DIGITS = 10


class CalculatorArguments(BaseModel):
    """What the calculator takes."""

    model_config = ConfigDict(extra="forbid")

    expression: str = Field(description="For example (3+4)*12, 2**10, sqrt(81), 15/100*80.")


class ClockArguments(BaseModel):
    """What the clock takes: nothing."""

    model_config = ConfigDict(extra="forbid")


def _power(base: Number, exponent: Number) -> Number:
    if isinstance(base, float) or isinstance(exponent, float) or exponent.denominator != 1:
        result: float | complex = float(base) ** float(exponent)
        if isinstance(result, complex):
            raise ToolError("the root of a negative number is not a real number")
        return result
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if size * abs(exponent.numerator) > MAX_BITS:
        raise ToolError("the result is too large")
    return Fraction(base**exponent.numerator)


BINARY: dict[type[ast.operator], Callable[[Any, Any], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    name: getattr(math, name)
    for name in ("exp", "log", "log2", "log10", "sin", "cos", "tan", "floor", "ceil")
}
CONSTANTS = {"pi": math.pi, "e": math.e}


SPELLINGS = str.maketrans({"×": "*", "÷": "/", "−": "-", "^": "**"})
LEADING_ZEROS = re.compile(r"(?<![\w.])0+(?=\d)")
THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\d,])")


def _square_root(value: Number) -> Number:
    if value < 0:
        raise ToolError("the square root of a negative number is not a real number")
    if isinstance(value, Fraction):
        numerator, denominator = math.isqrt(value.numerator), math.isqrt(value.denominator)
        exact = Fraction(numerator, denominator)
        if exact * exact == value:
            return exact
    return math.sqrt(value)


def _apply(name: str, value: float) -> float:
    try:
        return FUNCTIONS[name](value)
    except ValueError:
        raise ToolError(f"{name} has no value at {value:g}") from None


def _evaluate(node: ast.expr) -> Number:
    match node:
        case ast.Constant(value=bool()):
            raise ToolError("only numbers can be calculated with")
        case ast.Constant(value=int() | float() as value):
            return Fraction(str(value))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluate(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _evaluate(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            return BINARY[type(op)](_evaluate(left), _evaluate(right))
        case ast.Name(id=name) if name in CONSTANTS:
            return CONSTANTS[name]
        case ast.Call(func=ast.Name(id="sqrt"), args=[argument], keywords=[]):
            return _square_root(_evaluate(argument))
        case ast.Call(func=ast.Name(id="abs"), args=[argument], keywords=[]):
            size = _evaluate(argument)
            return -size if size < 0 else size
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in FUNCTIONS:
            return _apply(name, float(_evaluate(argument)))
        case _:
            raise ToolError(f"{ast.unparse(node)!r} cannot be calculated; use numbers and + - * /")


def _written(value: Number) -> str:
    if isinstance(value, Fraction) and value.denominator == 1:
        return str(value.numerator)
    number = float(value)
    if not math.isfinite(number):
        raise ToolError("the result is not a finite number")
    return f"{number:.{SIGNIFICANT_DIGITS}g}"


def calculate(expression: str) -> str:
    """Return the value of an arithmetic expression: exact integers, else ten significant digits.

    Thousands may be parted by commas, as in ``12,500*3``.

    Raises:
        ToolError: it is no expression of numbers, or has no finite real value.
    """
    if len(expression) > MAX_LENGTH:
        raise ToolError(f"the expression is longer than {MAX_LENGTH} characters")
    spelled = expression.translate(SPELLINGS).strip()
    spelled = THOUSANDS.sub(lambda number: number[0].replace(",", ""), spelled)
    try:
        tree = ast.parse(LEADING_ZEROS.sub("", spelled), mode="eval")
        return _written(_evaluate(tree.body))
    except ZeroDivisionError:
        raise ToolError("division by zero") from None
    except OverflowError:
        raise ToolError("the result is too large") from None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ToolError(f"{expression!r} is not an arithmetic expression") from None


def tell_time() -> str:
    """Return the local date and time, such as ``Tuesday 2026-11-24 05:10``."""
    return datetime.now().astimezone().strftime("%A %Y-%m-%d %H:%M")


CALCULATOR = Tool(
    name="calculator",
    description="Evaluates an arithmetic expression exactly.",
    arguments=CalculatorArguments,
    run=lambda arguments, _: calculate(arguments.expression),
)
CLOCK = Tool(
    name="clock",
    description="Tells the current local date and time.",
    arguments=ClockArguments,
    run=lambda *_: tell_time(),
)

BUILT_IN = Registry.of([CALCULATOR, CLOCK])
