"""The answers that report what tools gave: copied from it, never worked out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.models.demo.corpus.browsing import NOTHING_FOUND, report_page
from engine.models.demo.corpus.dialogue import (
    APPLY_PATCH,
    CLOCK,
    DECLINED_MARKS,
    ERROR,
    OPEN,
    PYTHON,
    READ_FILE,
    SEARCH,
    Called,
)
from engine.models.demo.corpus.editing import report_change

CLOCK_TEXT = re.compile(r"(?P<day>\w+day) (?P<date>\d{4}-\d\d-\d\d) (?P<time>\d\d:\d\d)")
NAMES = {
    PYTHON: "Python",
    SEARCH: "the browser",
    OPEN: "the browser",
    READ_FILE: "read_file",
    APPLY_PATCH: "apply_patch",
}
"""What tools are called in an answer, where it is not with an article."""
NOTE = "\n[The workspace"
"""So begins what the first result of Python says beside what the code gives."""


def report(called: Sequence[Called]) -> str:
    """Return the answer that reports the results of calls: copied, never worked out."""
    last = called[-1]
    if last.recipient in (SEARCH, OPEN, READ_FILE, APPLY_PATCH):
        return _report_failure(last) or _report_last(called)
    return "\n\n".join(map(_report_one, called))


def _report_last(called: Sequence[Called]) -> str:
    """Return the answer after calls of which the last one did what was asked for."""
    *before, last = called
    if last.recipient == APPLY_PATCH:
        return report_change(last.arguments)
    if last.recipient == OPEN and before and before[-1].recipient == SEARCH:
        return report_page(before[-1].result, last.result)
    return NOTHING_FOUND if last.recipient == SEARCH else last.result


def _report_failure(called: Called) -> str | None:
    """Return the answer after a call that was declined or failed."""
    name = called.recipient.rpartition(".")[2]
    name = NAMES.get(called.recipient, f"the {name}")
    if called.result.startswith(DECLINED_MARKS):
        return f"You declined the call of {name}, so I have no result."
    if called.result.startswith(ERROR):
        name = f"T{name[1:]}" if name.startswith("the ") else name
        return f"{name} reported an error: {called.result.removeprefix(ERROR)}."
    return None


def _report_one(called: Called) -> str:
    failure = _report_failure(called)
    if failure is not None:
        return failure
    if called.recipient == PYTHON:
        return f"Python gives `{called.result.partition(NOTE)[0].strip()}`."
    if called.recipient == CLOCK:
        found = CLOCK_TEXT.search(called.result)
        if found is None:
            return called.result
        return f"It is **{found['time']}** on {found['day']}, {found['date']}."
    return f"`{called.expression}` = **{called.result}**"
