"""What a training conversation is made of, before it is written as tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass

from engine.models.demo.corpus.offtopic import DECLINES

CALCULATOR = "functions.calculator"
CLOCK = "functions.clock"
PYTHON = "python"
SEARCH, OPEN = "browser.search", "browser.open"
READ_FILE, APPLY_PATCH = "functions.read_file", "functions.apply_patch"
DECLINED = "The user declined this call."
DECLINED_MARKS = (DECLINED.removesuffix("."), "This call was refused")
"""How it begins also where the user says why, and where the settings do not allow it."""
ERROR = "Error: "

DECLINE = DECLINES[0]
"""How the model declines. A confident wrong answer is the worst that it can give."""
DECLINE_MARK = "was not trained on that"
NO_RESULT = "There is no result yet to go on from. Ask me for a whole calculation, such as `12*7`."
NAME_NOT_READABLE = "I am too small a model to spell that name, so I cannot remember it."
UNREADABLE = ""
"""Stands for a name that was told and has no tokens the model knows."""
NAME_NOT_TOLD = "You have not told me your name yet."


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the assistant to the user: ``analysis`` or ``final``."""

    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a tool with its arguments, JSON or code, and the text that the tool gave."""

    recipient: str
    arguments: str
    result: str

    @property
    def channel(self) -> str:
        """Where it is made: functions on ``commentary``, python and the browser in the analysis."""
        return "commentary" if self.recipient.startswith("functions.") else "analysis"

    @property
    def shows_page(self) -> bool:
        """Whether it put something on the browser's stack."""
        is_browser = self.recipient in (SEARCH, OPEN)
        return is_browser and not self.result.startswith((ERROR, *DECLINED_MARKS))

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
    results, whatever they are, unless there are ``answers``; without calls it is one of these.
    """

    calls: tuple[tuple[str, str], ...] = ()
    answers: tuple[str, ...] = ()
    declines: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and everything that the assistant does until its answer is complete.

    ``may_lose_words``: any word of the question can be unknown to the model without changing what
    is right. ``result`` is the number that a later turn can go on from, ``name`` a name told,
    ``copied`` the words of the question that the model has to write, ``files`` the paths and texts
    of what is in the workspace.
    """

    kind: str
    user: str
    steps: tuple[Step, ...]
    expectation: Expectation
    may_lose_words: bool = False
    result: str | None = None
    name: str | None = None
    copied: str = ""
    files: tuple[tuple[str, str], ...] = ()

    @property
    def final(self) -> str:
        """The answer."""
        last = self.steps[-1]
        return last.text if isinstance(last, Said) else ""


def calculator_arguments(expression: str) -> str:
    """Return the arguments of a call of the calculator, spelled as the model is to spell them."""
    return json.dumps({"expression": expression}, separators=(",", ":"))
