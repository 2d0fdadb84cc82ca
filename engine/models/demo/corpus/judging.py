"""Held-out questions with what is right, and the verdict on what a model did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.config.hyperparameters import Effort
from engine.models.demo.corpus.dialogue import (
    DECLINE_MARK,
    DECLINED_MARKS,
    ERROR,
    NAME_NOT_TOLD,
    NO_RESULT,
    Called,
    Expectation,
    Turn,
)
from engine.models.demo.corpus.reporting import report


@dataclass(frozen=True, slots=True)
class Case:
    """A question in a conversation, and what is right.

    ``tools`` are the recipients offered (``functions.calculator``), in order; ``history`` the turns
    before, each with its user text and the assistant's steps; ``answer_calls_with``, where it is
    not None, is the text that every call gets instead of running the tool: the user declines.
    ``files`` are paths and texts of what is in the workspace.
    """

    kind: str
    effort: Effort
    tools: tuple[str, ...]
    instructions: str
    date: str | None
    history: tuple[Turn, ...]
    question: str
    expectation: Expectation
    answer_calls_with: str | None = None
    files: tuple[tuple[str, str], ...] = ()

    @property
    def pages(self) -> int:
        """How many pages the browser displayed in the turns before."""
        steps = (step for turn in self.history for step in turn.steps)
        return sum(isinstance(step, Called) and step.shows_page for step in steps)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was right about a turn.

    ``calls``: exactly the expected calls, in order, with the exact arguments (none where none is
    expected). ``uses_result``: the answer reports the results of the calls that were really made;
    None where there were none. ``final``: the answer is right. ``declines``: the answer says that
    the model does not know. ``is_confidently_wrong``: wrong, and nothing in the answer says so.
    """

    calls: bool
    uses_result: bool | None
    final: bool
    declines: bool
    is_confidently_wrong: bool

    @property
    def right(self) -> bool:
        """Whether the whole turn is right."""
        return self.calls and self.final


def judge(case: Case, calls: Sequence[Called], final: str | None) -> Verdict:
    """Return the verdict on the calls that were made, with their results, and the final answer."""
    return judge_answer(case.expectation, calls, final)


def judge_answer(expected: Expectation, calls: Sequence[Called], final: str | None) -> Verdict:
    """Return the verdict on a turn by what was expected of it."""
    answer = (final or "").strip()
    calls_are_right = tuple((c.recipient, c.arguments) for c in calls) == expected.calls
    wanted = {text.strip() for text in expected.answers}
    uses_result = answer in (wanted or {report(calls)}) if calls else None
    if expected.calls:
        is_right = calls_are_right and bool(uses_result)
    else:
        is_right = not calls and answer in wanted
    return Verdict(
        calls=calls_are_right,
        uses_result=uses_result,
        final=is_right,
        declines=DECLINE_MARK in answer,
        is_confidently_wrong=not is_right and bool(answer) and not admits(answer, calls),
    )


def admits(answer: str, calls: Sequence[Called]) -> bool:
    """Return whether an answer says that it does not know or could not do it."""
    no_answer = (DECLINE_MARK, NAME_NOT_TOLD, NO_RESULT, "so I will not guess")
    failed = any(call.result.startswith((ERROR, *DECLINED_MARKS)) for call in calls)
    return any(text in answer for text in no_answer) or (failed and answer == report(calls))
