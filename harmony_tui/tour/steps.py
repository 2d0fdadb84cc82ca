"""The steps of the tour, as data: what each says, points at, offers to type, and waits for.

Words in backticks stand out. A command's name in braces stands for its key, as the person has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from harmony_tui.arrangement import CONVERSATION
from harmony_tui.commands.command import show_key
from harmony_tui.commands.table import BY_NAME

SUM = "What is 127 + 386?"


class Now(NamedTuple):
    """How the program is: what a step can wait for."""

    ran: Mapping[str, int]
    """How often each command has been run since the tour was first shown."""
    answers: int
    """How many turns have ended by themselves or at a limit since then."""
    shown: frozenset[str]
    """The panes on the screen."""
    arrangement: object
    """How the panes are arranged; equal where nothing was moved."""
    effort: str
    has_changes: bool
    """Whether a hyperparameter is not what the settings and the model ask for."""


Goal = Callable[[Now, Now], bool]
"""Says whether what a step waits for is so, by how the program was at its start and is now."""


class Step(NamedTuple):
    """One card of the tour.

    ``brief`` is its text where there is little room, which is shown until the step is done.
    ``task`` is what the person is to do, and ``offer`` what is put into the prompt box for them on
    a key. ``look`` is what there is to see when it is done: without it, the next step follows at
    once. ``points_at`` names a pane.
    """

    name: str
    title: str
    text: str
    brief: str
    task: str
    goal: Goal
    look: str = ""
    offer: str = ""
    points_at: str = ""


# --- what steps wait for ------------------------------------------------------------------------


def is_answered(start: Now, now: Now) -> bool:
    """Whether something was asked and answered."""
    return now.answers > start.answers


def are_panes_moved(start: Now, now: Now) -> bool:
    """Whether a pane was shown, hidden, moved or made larger."""
    return now.arrangement != start.arrangement


def is_shown(pane: str) -> Goal:
    """Return whether a pane is on the screen."""
    return lambda _, now: pane in now.shown


def has_run(*commands: str) -> Goal:
    """Return whether one of some commands was run, by whatever way."""

    def is_run(start: Now, now: Now) -> bool:
        return any(now.ran.get(each, 0) > start.ran.get(each, 0) for each in commands)

    return is_run


def is_turned(start: Now, now: Now) -> bool:
    """Whether a hyperparameter was set, by its dial or a command."""
    return now.has_changes and has_run("set", "preset")(start, now)


def has_effort(effort: str) -> Goal:
    """Return whether the model reasons for so long."""
    return lambda _, now: now.effort == effort


def is_unchanged(_: Now, now: Now) -> bool:
    """Whether all hyperparameters are what they are without the person."""
    return not now.has_changes


# --- the steps ----------------------------------------------------------------------------------

STEPS: tuple[Step, ...] = (
    Step(
        "ask",
        "Ask something",
        "The model thinks before it answers, and you can watch it think in the analysis pane. "
        "`{analysis}` shows and hides that.",
        "It thinks before it answers. `{analysis}` shows its thoughts.",
        f"Ask `{SUM}`",
        is_answered,
        look="The line above the answer says how long it thought. `{analysis}` has every word.",
        offer=SUM,
        points_at="analysis",
    ),
    Step(
        "tools",
        "The tools",
        "A sum is not guessed but calculated: the tools pane shows each call with its arguments, "
        "its result and its time.",
        "The tools pane shows each call and what came of it.",
        "Press `{calls}`",
        is_shown("tools"),
        look="Calls that change something ask you first; `/approve always` has all ask.",
        points_at="tools",
    ),
    Step(
        "panes",
        "The panes",
        "`{analysis}`, `{calls}` and `{hyperparameters}` show and hide the analysis, the tools "
        "and the dials.",
        "These keys show and hide analysis, tools and dials.",
        "Press `{analysis}`, `{calls}` or `{hyperparameters}`",
        are_panes_moved,
        look="Once more takes it back. `{maximise}` gives one all the room, `{layout}` moves them.",
    ),
    Step(
        "dials",
        "The dials",
        "A dial acts on the very next token, even within an answer. "
        "`{hyperparameters}` shows them; there the arrow keys turn them.",
        "They act on the very next token. `{hyperparameters}` shows them.",
        "Turn one: `/set temperature 1.2`",
        is_turned,
        look="A dot marks what you have changed. `/preset` sets several at once.",
        offer="/set temperature 1.2",
        points_at="hyperparameters",
    ),
    Step(
        "effort",
        "How hard it thinks",
        "One of the dials has a command of its own: the effort, which is low, medium or high. "
        "It acts from the next question on.",
        "The effort is low, medium or high.",
        "Enter `/effort high`",
        has_effort("high"),
        offer="/effort high",
        points_at="hyperparameters",
    ),
    Step(
        "again",
        "The same again",
        "With more effort the model looks at the same question from more sides.",
        "With more effort it thinks for longer.",
        f"Ask once more: `{SUM}`",
        is_answered,
        look="Compare the lines above the two answers: it thought for longer now.",
        offer=SUM,
        points_at=CONVERSATION,
    ),
    Step(
        "reset",
        "Back to what was",
        "Nothing that you turn is for good: `/reset` takes all of it back, and `/keep` is for "
        "what is to stay.",
        "`/reset` takes back what you turned; `/keep` keeps it.",
        "Enter `/reset`",
        is_unchanged,
        offer="/reset",
        points_at="hyperparameters",
    ),
    Step(
        "tokens",
        "Token by token",
        "Behind all this is Harmony, the format that the model reads and writes. `{tokens}` shows "
        "the last turn just as it is, and `Esc` comes back.",
        "`{tokens}` shows all that the model wrote; `Esc` ends that.",
        "Press `{tokens}`",
        has_run("tokens"),
    ),
    Step(
        "voice",
        "Speak with it",
        "After `/voice on` you hold `{talk}`, speak, and hear the answer. `/mic` shows whether "
        "you are heard, and what is missing.",
        "`/voice on`, then hold `{talk}` and speak.",
        "Enter `/mic`, and `Esc` to come back",
        has_run("mic", "voice", "talk"),
        offer="/mic",
    ),
    Step(
        "sessions",
        "Nothing is lost",
        "Every conversation is kept on this machine. `{sessions}` searches them all and goes on "
        "with one; `{new}` begins another.",
        "All is kept on this machine; `{sessions}` finds it.",
        "Press `{sessions}`, and `Esc` to come back",
        has_run("sessions", "search"),
    ),
    Step(
        "models",
        "A larger model",
        "For real work load gpt-oss: `/model` shows the models that are here, and "
        "`/model openai/gpt-oss-20b` fetches one that is not.",
        "`/model openai/gpt-oss-20b` fetches that; Enter loads it.",
        "Enter `/model`, and `Esc` to come back",
        has_run("model"),
        offer="/model",
    ),
    Step(
        "end",
        "That is all",
        "`{palette}` searches everything that the program can do, and `{help}` opens the manual. "
        "`/tour` takes you around again.",
        "`{palette}` searches all commands, `{help}` is the manual.",
        "",
        lambda _start, _now: True,
    ),
)
PLACES: Mapping[str, int] = {step.name: place for place, step in enumerate(STEPS)}


def fill(text: str) -> str:
    """Return a text of a step with the keys that commands have now."""
    return text.format_map({name: _way_to(name) for name in BY_NAME})


def _way_to(name: str) -> str:
    """Return the key of a command; without one, what is typed or chosen in the palette."""
    command = BY_NAME[name]
    if command.keys:
        return show_key(command.keys[0])
    return f"/{name}" if command.has_slash else f"{command.label} in the palette"
