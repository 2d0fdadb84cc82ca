"""Draws the training conversations, in groups that share their first messages."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from engine.config.hyperparameters import EFFORTS, Effort
from engine.harmony.prompt import FunctionDescription, render_developer, render_system
from engine.models.demo.corpus.dialogue import CALCULATOR, CLOCK, Turn
from engine.models.demo.corpus.instructions import EXTRA_FUNCTIONS, draw_instructions
from engine.models.demo.corpus.rehearsal import draw_rehearsal
from engine.models.demo.corpus.rendering import (
    Writer,
    write_decision,
    write_finished,
    write_running,
)
from engine.models.demo.corpus.splitting import Split
from engine.models.demo.corpus.turns import DRAWERS, Scene
from engine.tools.functions import BUILT_IN

KIND_WEIGHTS = {
    "topic": 40.0,
    "offtopic": 24.0,
    "unsupported": 6.0,
    "calculation": 23.0,
    "word_problem": 16.0,
    "follow_up": 11.0,
    "no_result": 3.0,
    "clock": 10.0,
    "two_calls": 8.0,
    "clock_and_calculation": 3.0,
    "tool_error": 2.0,
    "declined_call": 2.5,
    "name_told": 6.0,
    "name_asked": 7.0,
}
"""How often each kind is the question that counts."""
TOOL_OFF_WEIGHT = 50.0
"""How often ``tool_off`` is, where a tool is missing."""
KINDS = (*KIND_WEIGHTS, "tool_off")
"""Every kind of case; ``tool_off`` comes about where a tool is missing."""
BOTH_TOOLS_SHARE = 0.8
"""In so many conversations both tools are offered."""
TOOLS_LEFT: dict[tuple[str, ...], float] = {(CALCULATOR,): 6.0, (CLOCK,): 1.5, (): 2.5}
"""What is offered in the others. Mostly the clock is missing: calculations are asked often."""

EARLIER_WEIGHTS = {
    "topic": 30.0,
    "offtopic": 14.0,
    "unsupported": 1.0,
    "calculation": 22.0,
    "word_problem": 4.0,
    "follow_up": 10.0,
    "clock": 6.0,
    "two_calls": 2.0,
    "clock_and_calculation": 1.0,
    "tool_error": 1.0,
    "declined_call": 1.0,
    "name_told": 5.0,
    "name_asked": 2.0,
}
"""How often each kind comes before the question that counts."""
EARLIER_COUNTS: dict[Split, tuple[int, ...]] = {
    "train": (64, 24, 9, 3),
    "held_out": (56, 27, 12, 5),
}
"""How often no turn, one, two and three come before."""
WITHOUT_RESULT = ("topic", "offtopic", "clock", "name_told", "name_asked")
BEFORE_FOLLOW_UP = (
    *("calculation",) * 5, "word_problem", "two_calls", "clock_and_calculation",
)  # fmt: skip
"""What gives the result that a follow-up goes on from."""
BEFORE_TOOL_OFF = ("calculation", "calculation", "word_problem", "two_calls", "clock")
"""Calls of the tool that is there, before a question for the one that is not."""
CALLED_BEFORE_SHARE = 0.35
EFFORT_WEIGHTS = (3, 5, 3)
PLANS = {"": 62.0, "follow_up": 26.0, "name_asked": 12.0}
"""What the turns before a group's questions are drawn for; nothing: for any of them."""
CALLED_BEFORE_WEIGHT = 30.0
"""How often they are drawn for ``tool_off``, where a tool is missing."""
PLANNED_WEIGHTS = {"follow_up": 70.0, "name_asked": 60.0}
"""How often a kind is asked after turns that were drawn for it."""
UNPLANNED_NAME_WEIGHT = 2.0
"""How often the name is asked for after others: mostly it was not told then."""
ACCEPTANCE_SHARE = 0.12
"""So many questions are those of the acceptance, where nothing comes before."""
RENDERED_SHARE = 0.1
"""So many finished calls are spelled as openai-harmony renders them."""
WHOLE_SHARE = 0.25
"""So many turns are learned to their end, the others until the analysis has decided the rest.

What follows is easy and long: without it, twice as many questions are learned in the same time.
"""
ALWAYS_WHOLE = ("tool_error", "declined_call")
"""Kinds that are decided by what the tool gives."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What follows a group's prefix: tokens, and for each whether it is a training target.

    ``user`` says how much of each word of a question has to be known (see ``rendering.needed``).
    All three have the same length.
    """

    tokens: tuple[int, ...]
    learned: tuple[bool, ...]
    user: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Conversations that begin with the same system and developer messages."""

    prefix: tuple[int, ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the first messages of a conversation say."""

    effort: Effort
    tools: tuple[str, ...]
    instructions: str = ""
    date: str | None = None
    extra: tuple[FunctionDescription, ...] = ()

    def scene(self) -> Scene:
        """Return the scene that the first turn is drawn in."""
        return Scene(self.effort, frozenset(self.tools))


def describe_tool(recipient: str) -> FunctionDescription:
    """Return the description of a built-in tool as the developer message gives it."""
    tool = BUILT_IN.find(recipient)
    return FunctionDescription(tool.name, tool.description, tool.parameters())


def render_prefix(setting: Setting) -> tuple[int, ...]:
    """Return the tokens of the system and developer messages."""
    functions = (*map(describe_tool, setting.tools), *setting.extra)
    system = render_system(setting.effort, setting.date, has_functions=bool(functions))
    return (*system, *render_developer(setting.instructions, functions))


def draw_setting(rng: random.Random, *, with_tools: bool | None = None) -> Setting:
    """Draw the settings of a conversation.

    Args:
        rng: where the chances come from.
        with_tools: True for both tools, False for at least one missing, None for either.
    """
    if with_tools is None:
        with_tools = rng.random() < BOTH_TOOLS_SHARE
    tools: tuple[str, ...] = (CALCULATOR, CLOCK)
    if not with_tools:
        tools = rng.choices(tuple(TOOLS_LEFT), tuple(TOOLS_LEFT.values()))[0]
    extra_share = 0.06 if with_tools else 0.15
    day = date(2024, 1, 1) + timedelta(days=rng.randrange(365 * 9))
    return Setting(
        effort=rng.choices(EFFORTS, EFFORT_WEIGHTS)[0],
        tools=tools,
        instructions="" if rng.random() < 0.75 else draw_instructions(rng),
        date=None if rng.random() < 0.12 else day.isoformat(),
        extra=(rng.choice(EXTRA_FUNCTIONS),) if rng.random() < extra_share else (),
    )


def draw_kind(rng: random.Random, weights: dict[str, float]) -> str:
    """Draw a kind of turn."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def plan_earlier(rng: random.Random, kind: str, split: Split = "train") -> list[str]:
    """Draw the kinds of the turns that come before a question of some kind."""
    count = rng.choices((0, 1, 2, 3), EARLIER_COUNTS[split])[0]
    if kind == "follow_up":
        earlier = [draw_kind(rng, EARLIER_WEIGHTS) for _ in range(rng.choice((0, 0, 0, 1)))]
        earlier.append(rng.choice(BEFORE_FOLLOW_UP))
        earlier += ["follow_up"] * rng.choice((0, 0, 0, 1, 1, 2))
        if rng.random() < 0.12:
            earlier.append(rng.choice(("topic", "offtopic", "name_told")))
        return earlier
    if kind == "tool_off" and rng.random() < CALLED_BEFORE_SHARE:
        before = [draw_kind(rng, EARLIER_WEIGHTS) for _ in range(rng.choice((0, 0, 1)))]
        return [*before, rng.choice(BEFORE_TOOL_OFF)]
    if kind == "no_result":
        return [rng.choice(WITHOUT_RESULT) for _ in range(count)]
    if kind == "name_asked" and rng.random() < 0.75:
        before = [draw_kind(rng, EARLIER_WEIGHTS) for _ in range(rng.choice((0, 0, 0, 1)))]
        between = [draw_kind(rng, EARLIER_WEIGHTS) for _ in range(rng.choice((0, 0, 1, 1, 2, 3)))]
        return [*before, "name_told", *between]
    return [draw_kind(rng, EARLIER_WEIGHTS) for _ in range(count)]


def draw_history(
    rng: random.Random, setting: Setting, kind: str, split: Split
) -> tuple[tuple[Turn, ...], Scene]:
    """Draw turns of the training part that fit before a question of some kind, and its scene."""
    while True:
        scene, history = setting.scene(), []
        for earlier in plan_earlier(rng, kind, split):
            turn = DRAWERS[earlier](rng, scene)
            scene = scene.after(turn)
            history.append(turn)
        if kind != "follow_up" or can_go_on(scene):
            return tuple(history), scene


def can_go_on(scene: Scene) -> bool:
    """Return whether there is a result to go on from, or no calculator to go on with."""
    return scene.result is not None or CALCULATOR not in scene.tools


def draw_conversation(
    rng: random.Random, setting: Setting, kind: str, split: Split
) -> tuple[tuple[Turn, ...], Turn]:
    """Draw the turns before a question of some kind, and the turn with that question.

    What comes before is of the training part; the question is of the part asked for.
    """
    history, scene = draw_history(rng, setting, kind, split)
    return history, DRAWERS[kind](rng, replace(scene, split=split))


def write_branch(
    rng: random.Random, history: tuple[Turn, ...], turn: Turn, *, is_whole: bool = True
) -> Branch:
    """Return a conversation as tokens, the last turn to be learned, whole or its decision."""
    writer = Writer()
    for finished in history:
        write_finished(writer, finished, as_rendered=rng.random() < RENDERED_SHARE)
    (write_running if is_whole else write_decision)(writer, turn)
    return Branch(tuple(writer.tokens), tuple(writer.learned), tuple(writer.user))


def question_weights(setting: Setting, scene: Scene, planned: str) -> dict[str, float]:
    """Return how often each kind is asked after a history that was planned for one of them."""
    weights = {**KIND_WEIGHTS, "name_asked": UNPLANNED_NAME_WEIGHT}
    if planned in PLANNED_WEIGHTS:
        weights[planned] = PLANNED_WEIGHTS[planned]
    if scene.result is not None:
        del weights["no_result"]
    if not can_go_on(scene):
        del weights["follow_up"]
    if len(setting.tools) < 2:
        weights["tool_off"] = TOOL_OFF_WEIGHT
    return weights


def draw_branch(rng: random.Random, setting: Setting, scene: Scene, planned: str) -> Branch:
    """Draw one question of the training part with its answer, in a scene."""
    can_rehearse = len(setting.tools) == 2 and not planned
    if can_rehearse and rng.random() < ACCEPTANCE_SHARE:
        history, turn = draw_rehearsal(rng, scene)
    else:
        kind = draw_kind(rng, question_weights(setting, scene, planned))
        history, turn = (), DRAWERS[kind](rng, scene)
    is_whole = turn.kind in ALWAYS_WHOLE or rng.random() < WHOLE_SHARE
    return write_branch(rng, history, turn, is_whole=is_whole)


def draw_group(rng: random.Random, branches: int) -> Group:
    """Draw conversations of the training part that share all turns before the last.

    So what comes before is computed once for many questions.
    """
    setting = draw_setting(rng)
    plans = dict(PLANS)
    if len(setting.tools) < 2:
        plans["tool_off"] = CALLED_BEFORE_WEIGHT
    planned = draw_kind(rng, plans)
    history, scene = draw_history(rng, setting, planned or "topic", "train")
    writer = Writer()
    writer.add(render_prefix(setting))
    for finished in history:
        write_finished(writer, finished, as_rendered=rng.random() < RENDERED_SHARE)
    planned = planned or ("any" if history else "")
    drawn = (draw_branch(rng, setting, scene, planned) for _ in range(branches))
    return Group(tuple(writer.tokens), tuple(drawn))
