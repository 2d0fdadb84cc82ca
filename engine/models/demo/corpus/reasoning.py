"""What the analysis channel says before each kind of answer, by reasoning effort.

The first thing that is said is what the turn hangs on: the topic's name, the expression, the tool.
"""

from __future__ import annotations

import re

from engine.config.hyperparameters import Effort

DECISION = re.compile(r"(?:Last result \S+ )?.*?\.(?= |$)")
"""The first sentence; where that only repeats the last result, the one after it too."""


def decision(analysis: str) -> str:
    """Return the beginning of an analysis that all the rest of its turn follows from."""
    found = DECISION.match(analysis)
    return analysis if found is None else found[0]


def about_topic(label: str, effort: Effort) -> str:
    """Return the analysis before an answer from the model's own knowledge."""
    if effort == "low":
        return f"Topic: {label}."
    if effort == "medium":
        return f"The user asks about {label}. I know this, so I can answer directly."
    return (
        f"The user asks about {label}. Let me think about it. This is not a calculation, so I need "
        f"no tool. I know a short answer about {label}. I must not invent anything. "
        "I will answer now."
    )


def declining(effort: Effort) -> str:
    """Return the analysis before the answer to a question that the model does not know."""
    if effort == "low":
        return "Topic: unknown."
    if effort == "medium":
        return "The user asks about something that I was not trained on. I should say so."
    return (
        "The user asks about something that I was not trained on. Let me think about it. I am only "
        "a tiny model. My tools do not help here. An invented answer would be wrong. I should say "
        "so and name a bigger model."
    )


def calculating(expression: str, effort: Effort) -> str:
    """Return the analysis before a call of the calculator."""
    if effort == "low":
        return f"Calculate {expression}."
    if effort == "medium":
        return f"Calculate {expression}. I will use the calculator."
    return (
        f"Calculate {expression}. Let me think about it. I should not guess, because digits are "
        f"easy to get wrong. The calculator can do this. I will call it with {expression}. Then I "
        "report the result."
    )


def going_on(last: str, expression: str, effort: Effort) -> str:
    """Return the analysis before a calculation with the last result."""
    if effort == "low":
        return f"Last result {last}. Calculate {expression}."
    if effort == "medium":
        return f"Last result {last}. Calculate {expression}. I will use the calculator."
    return (
        f"Last result {last}. Calculate {expression}. Let me think about it. The user goes on from "
        f"the last result. The calculator can do this. I will call it with {expression}. Then I "
        "report the result."
    )


def running(code: str, effort: Effort) -> str:
    """Return the analysis before a call of Python."""
    if effort == "low":
        return f"Run {code} in Python."
    if effort == "medium":
        return f"Run {code} in Python. Then I report what it gives."
    return (
        f"Run {code} in Python. Let me think about it. I should not guess, because Python can work "
        "it out. One line is enough. Then I report what it gives."
    )


def looking_up(query: str, effort: Effort) -> str:
    """Return the analysis before the help pages are searched."""
    if effort == "low":
        return f"Search the help for {query}."
    if effort == "medium":
        return f"Search the help for {query}. Then I open the page and cite it."
    return (
        f"Search the help for {query}. Let me think about it. The user wants it from the help "
        "pages. I search them with the browser and open the page that it finds. Then I cite it."
    )


def changing(path: str, key: str, value: str, effort: Effort) -> str:
    """Return the analysis before a value in a file is changed."""
    if effort == "low":
        return f"Change {key} to {value} in {path}."
    if effort == "medium":
        return f"Change {key} to {value} in {path}. I read it first, then I patch it."
    return (
        f"Change {key} to {value} in {path}. Let me think about it. I have to know the line as it "
        "is now, so I read the file first. Then I patch that line and say what I did."
    )


def reading(path: str, key: str, effort: Effort) -> str:
    """Return the analysis before a file is read, for one of its keys or for nothing special."""
    known = f"Look for {key} in {path}." if key else f"Read {path}."
    if effort == "low":
        return known
    if effort == "medium":
        return f"{known} I will read the file."
    return (
        f"{known} Let me think about it. I cannot know what stands there. I read the file with "
        "read_file. Then I say what it says."
    )


def reading_clock(effort: Effort) -> str:
    """Return the analysis before a call of the clock."""
    if effort == "low":
        return "Check the clock."
    if effort == "medium":
        return "Check the clock. The user wants the time or the date."
    return (
        "Check the clock. Let me think about it. The user wants the time or the date. I cannot "
        "know it by myself. The clock can tell me. Then I report the time and the date."
    )


def in_two_steps(first: str, second: str, effort: Effort) -> str:
    """Return the analysis before two calls; each step is an expression or ``the clock``."""
    if effort == "low":
        return f"First {first}, then {second}."
    if effort == "medium":
        return f"First {first}, then {second}. I need two calls."
    return (
        f"First {first}, then {second}. Let me think about it. These are two questions. I need two "
        "calls, one after the other. I should not guess. Then I report both results."
    )


def without_tool(tool: str, effort: Effort) -> str:
    """Return the analysis where the tool that is needed is not among those offered."""
    if effort == "low":
        return f"No {tool} here."
    if effort == "medium":
        return f"No {tool} here. The user needs it, so I should say that it is missing."
    return (
        f"No {tool} here. Let me think about it. The user needs it. It is not among my tools. "
        "I should not guess. I should say that it is missing."
    )


def without_result(effort: Effort) -> str:
    """Return the analysis where the user goes on from a result that there is not."""
    if effort == "low":
        return "No last result."
    if effort == "medium":
        return "No last result. The user wants to go on from one, so I should ask for it."
    return (
        "No last result. Let me think about it. The user wants to go on from a result. Nothing was "
        "calculated yet. I should not guess. I should ask for a whole calculation."
    )


def hearing_name(name: str, effort: Effort) -> str:
    """Return the analysis after the user told a name; an empty one could not be read."""
    known = f"New name: {name}." if name else "New name, but I cannot spell it."
    then = "I will remember it." if name else "I should say so."
    if effort == "low":
        return known
    if effort == "medium":
        return f"{known} The user told me a name. {then}"
    return (
        f"{known} Let me think about it. The user told me a name. I need no tool for this. "
        f"I should be friendly. {then}"
    )


def recalling_name(name: str | None, effort: Effort) -> str:
    """Return the analysis after the user asked for the name: told, not readable, or not told."""
    known, then = "Name not told.", "I should say so."
    if name is not None:
        known = f"Name told: {name}." if name else "Name told, but I cannot spell it."
        then = "I will say it." if name else then
    if effort == "low":
        return known
    if effort == "medium":
        return f"{known} The user asks for it. {then}"
    return (
        f"{known} Let me think about it. The user asks for it. I looked through the conversation. "
        f"I need no tool for this. {then}"
    )


def after_result(effort: Effort) -> str | None:
    """Return what is said between a result and the answer: only high effort says something."""
    return "I have what I need. I will report it." if effort == "high" else None
