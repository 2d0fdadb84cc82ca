"""What a training conversation is made of, before it is written as tokens."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.models.demo.corpus.offtopic import DECLINES

CALCULATOR = "functions.calculator"
CLOCK = "functions.clock"
DECLINED = "The user declined this call."
ERROR = "Error: "

DECLINE = DECLINES[0]
"""How the model declines. A confident wrong answer is the worst that it can give."""
DECLINE_MARK = "was not trained on that"
NO_RESULT = "There is no result yet to go on from. Ask me for a whole calculation, such as `12*7`."
NAME_NOT_READABLE = "I am too small a model to spell that name, so I cannot remember it."
UNREADABLE = ""
"""Stands for a name that was told and has no tokens the model knows."""
NAME_NOT_TOLD = "You have not told me your name yet."

CLOCK_TEXT = re.compile(r"(?P<day>\w+day) (?P<date>\d{4}-\d\d-\d\d) (?P<time>\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the assistant to the user: ``analysis`` or ``final``."""

    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a tool with its JSON arguments, and the text that the tool gave."""

    recipient: str
    arguments: str
    result: str

    @property
    def expression(self) -> str:
        """What the calculator was asked for; empty for other calls."""
        try:
            arguments = json.loads(self.arguments)
        except ValueError:
            return ""
        value = arguments.get("expression", "") if isinstance(arguments, dict) else ""
        return value if isinstance(value, str) else ""


Step = Said | Called


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is right: the calls in order, and the answer.

    ``calls`` are recipients and exact arguments. With calls, the right answer reports their
    results, whatever they are; ``answers`` are those that are right without a call.
    """

    calls: tuple[tuple[str, str], ...] = ()
    answers: tuple[str, ...] = ()
    declines: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and everything that the assistant does until its answer is complete.

    ``may_lose_words``: any word of the question can be unknown to the model without changing what
    is right. ``result`` is the number that a later turn can go on from, ``name`` a name told.
    """

    kind: str
    user: str
    steps: tuple[Step, ...]
    expectation: Expectation
    may_lose_words: bool = False
    result: str | None = None
    name: str | None = None

    @property
    def final(self) -> str:
        """The answer."""
        last = self.steps[-1]
        return last.text if isinstance(last, Said) else ""


def calculator_arguments(expression: str) -> str:
    """Return the arguments of a call of the calculator, spelled as the model is to spell them."""
    return json.dumps({"expression": expression}, separators=(",", ":"))


def report(called: Sequence[Called]) -> str:
    """Return the answer that reports the results of calls: copied, never worked out."""
    return "\n\n".join(map(_report_one, called))


def _report_one(called: Called) -> str:
    tool = called.recipient.rpartition(".")[2]
    if called.result == DECLINED:
        return f"You declined the call of the {tool}, so I have no result."
    if called.result.startswith(ERROR):
        return f"The {tool} reported an error: {called.result.removeprefix(ERROR)}."
    if called.recipient == CLOCK:
        found = CLOCK_TEXT.search(called.result)
        if found is None:
            return called.result
        return f"It is **{found['time']}** on {found['day']}, {found['date']}."
    return f"`{called.expression}` = **{called.result}**"
