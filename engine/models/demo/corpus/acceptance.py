"""The questions that README, tour, tests and screenshots use: these are right every time."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from engine.models.demo.corpus.dialogue import (
    CALCULATOR,
    CLOCK,
    DECLINE,
    NAME_NOT_TOLD,
    Expectation,
    calculator_arguments,
)
from engine.models.demo.corpus.knowledge import TOPICS


@dataclass(frozen=True, slots=True)
class Question:
    """A question and, in the one or two fields that are set beside its text, what is right.

    ``after`` are questions of this table that are asked before it, in order. ``expressions`` are
    what the calculator is called with, ``from_result`` the result that the first goes on from.
    Both built-in tools are offered, in their order, and there are no instructions.
    """

    text: str
    after: tuple[str, ...] = ()
    from_result: str | None = None
    expressions: tuple[str, ...] = ()
    reads_clock: bool = False
    topic: str | None = None
    tells_name: str | None = None
    asks_name: bool = False
    known_name: str | None = None
    declines: bool = False

    def calls(self) -> tuple[tuple[str, str], ...]:
        """Return the calls that are right: recipients and exact JSON arguments."""
        made = [(CALCULATOR, calculator_arguments(expression)) for expression in self.expressions]
        if self.reads_clock:
            made.insert(0, (CLOCK, "{}"))
        return tuple(made)

    def answers(self) -> tuple[str, ...]:
        """Return the answers that are right; with calls, the answer reports their results."""
        if self.topic is not None:
            return next(topic.answers for topic in TOPICS if topic.name == self.topic)
        if self.tells_name is not None:
            return (f"Nice to meet you, {self.tells_name}!",)
        if self.asks_name:
            return (f"Your name is {self.known_name}." if self.known_name else NAME_NOT_TOLD,)
        return (DECLINE,) if self.declines else ()

    def expectation(self) -> Expectation:
        """Return what is right, for ``judge_answer``."""
        return Expectation(self.calls(), self.answers(), self.declines)


QUESTIONS = (
    Question("What is 127 + 386?", expressions=("127+386",)),
    Question("What is 12*7?", expressions=("12*7",)),
    Question("Now add 5", after=("What is 12*7?",), from_result="84", expressions=("84+5",)),
    Question("What is 15% of 80?", expressions=("15/100*80",)),
    Question("What is the square root of 144?", expressions=("sqrt(144)",)),
    Question("What is (3 + 4) * 12?", expressions=("(3+4)*12",)),
    Question("What is 1024 divided by 16?", expressions=("1024/16",)),
    Question("multiply 321 by 45", expressions=("321*45",)),
    Question("What is 5 / 0?", expressions=("5/0",)),
    Question("What is 6*7 and what is 8*9?", expressions=("6*7", "8*9")),
    Question("What time is it?", reads_clock=True),
    Question("What time is it and what is 2+2?", reads_clock=True, expressions=("2+2",)),
    Question("Hello!", topic="greeting"),
    Question("Who are you?", topic="who"),
    Question("What can you do?", topic="abilities"),
    Question("How do I quit?", topic="quit"),
    Question("How do I stop an answer?", topic="stop"),
    Question("How do I start a new conversation?", topic="new"),
    Question("How do I load gpt-oss-20b?", topic="load_20b"),
    Question("Which tools do you have?", topic="tools"),
    Question("What is a KV cache?", topic="kv_cache"),
    Question("What is the Harmony format?", topic="harmony"),
    Question("What is a mixture of experts?", topic="experts"),
    Question("What does the temperature do?", topic="temperature"),
    Question("Show me a table", topic="table"),
    Question("My name is Ada", tells_name="Ada"),
    Question("What is my name?", after=("My name is Ada",), asks_name=True, known_name="Ada"),
    Question("What is the capital of France?", declines=True),
    Question("Who won the World Cup in 2022?", declines=True),
    Question("Write a haiku about the sea", declines=True),
)


@dataclass(frozen=True, slots=True)
class ToolQuestion:
    """A question that is asked where every tool is offered, and what it comes to.

    One of these is set: ``code`` for Python, a ``query`` of the help pages, or a ``key`` of the
    example file with the ``value`` that it is to get.
    """

    text: str
    code: str = ""
    query: str = ""
    key: str = ""
    value: str = ""


EXAMPLE_FILE = "config.txt"
EXAMPLE_SETTINGS = (("host", "localhost"), ("port", "8000"), ("debug", "false"))
"""What stands in the file that is patched: lines such as ``port = 8000``."""

TOOL_QUESTIONS = (
    ToolQuestion("List the squares from 1 to 6 with Python", code="[n**2 for n in range(1, 6+1)]"),
    ToolQuestion("Use Python: sum of the numbers from 3 to 17", code="sum(range(3, 17+1))"),
    ToolQuestion("Sort 5, 2 and 9 with Python", code="sorted([5, 2, 9])"),
    ToolQuestion("Search the help pages for themes", query="themes"),
    ToolQuestion("Change the port to 8080 in config.txt", key="port", value="8080"),
)


@functools.cache
def codes() -> frozenset[str]:
    """Return all code that the questions come to."""
    return frozenset(question.code for question in TOOL_QUESTIONS if question.code)


@functools.cache
def changes() -> frozenset[tuple[str, str, str]]:
    """Return the changes that the questions come to: a file, a key and its new value."""
    return frozenset((EXAMPLE_FILE, q.key, q.value) for q in TOOL_QUESTIONS if q.key)


@functools.cache
def expressions() -> frozenset[str]:
    """Return every expression that the questions come to."""
    return frozenset(made for question in QUESTIONS for made in question.expressions)


def find(text: str) -> Question:
    """Return the question with exactly this text.

    Raises:
        KeyError: there is none.
    """
    for question in QUESTIONS:
        if question.text == text:
            return question
    raise KeyError(text)
