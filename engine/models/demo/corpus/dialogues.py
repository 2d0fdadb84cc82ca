"""Draws the training conversations, in groups that share their first messages."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from engine.models.demo.corpus.dialogue import CALCULATOR, PYTHON, READ_FILE, SEARCH, Turn
from engine.models.demo.corpus.rehearsal import draw_rehearsal, draw_tool_rehearsal
from engine.models.demo.corpus.rendering import (
    Writer,
    write_decision,
    write_finished,
    write_running,
)
from engine.models.demo.corpus.setting import (
    ALL_TOOLS,
    Setting,
    draw_equipped,
    draw_setting,
    render_prefix,
)
from engine.models.demo.corpus.splitting import Split
from engine.models.demo.corpus.tool_turns import TOOL_DRAWERS
from engine.models.demo.corpus.turns import DRAWERS as PLAIN_DRAWERS
from engine.models.demo.corpus.turns import Scene

DRAWERS = PLAIN_DRAWERS | TOOL_DRAWERS
"""How a turn of each kind is drawn."""

KIND_WEIGHTS = {
    "topic": 96.0,
    "offtopic": 36.0,
    "unsupported": 10.0,
    "calculation": 23.0,
    "word_problem": 20.0,
    "follow_up": 11.0,
    "no_result": 3.0,
    "clock": 18.0,
    "two_calls": 11.0,
    "clock_and_calculation": 6.0,
    "tool_error": 2.0,
    "declined_call": 2.5,
    "name_told": 8.0,
    "name_asked": 7.0,
}
"""How often each kind is the question that counts."""
TOOL_OFF_WEIGHT = 90.0
"""How often ``tool_off`` is, where a tool is missing."""
NOT_OFFERED_WEIGHT = 7.0
"""How often is asked for Python, the help pages or a file where there is nothing for it."""

EQUIPPED_SHARE = 0.2
"""In so many groups Python, the browser or files are offered."""
TOOL_WEIGHTS = {PYTHON: ("python", 40.0), SEARCH: ("browser", 12.0), READ_FILE: ("files", 24.0)}
"""How often what a tool is for is asked where it is offered."""
BESIDE_TOOLS_WEIGHTS = {
    "topic": 14.0,
    "offtopic": 8.0,
    "calculation": 12.0,
    "word_problem": 3.0,
    "follow_up": 2.0,
    "clock": 4.0,
    "two_calls": 2.0,
    "clock_and_calculation": 1.0,
    "tool_error": 0.5,
    "declined_call": 0.5,
    "name_told": 2.0,
    "name_asked": 1.5,
}
"""How often everything else is asked there. What the calculator is no help for is left out, since
Python often is."""
TOOL_KINDS = ("python", "browser", "files")
"""Kinds that are asked where all tools are offered."""
KINDS = (*KIND_WEIGHTS, "tool_off", *TOOL_KINDS, "not_offered")
"""Every kind of case; ``tool_off`` and ``not_offered`` come about where a tool is missing."""

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
EARLIER_TOOL_WEIGHTS = {
    PYTHON: ("python", 14.0),
    SEARCH: ("browser", 3.0),
    READ_FILE: ("files", 6.0),
}
"""How often the kinds come before whose tools are offered."""
PLANS = {"": 62.0, "follow_up": 26.0, "name_asked": 12.0}
"""What the turns before a group's questions are drawn for; nothing: for any of them."""
EQUIPPED_PLANS = {"": 86.0, "follow_up": 9.0, "name_asked": 5.0}
"""The same where more tools are offered."""
CALLED_BEFORE_WEIGHT = 30.0
"""How often they are drawn for ``tool_off``, where a tool is missing."""
PLANNED_WEIGHTS = {"follow_up": 90.0, "name_asked": 80.0}
"""How often a kind is asked after turns that were drawn for it."""
UNPLANNED_NAME_WEIGHT = 2.0
"""How often the name is asked for after others: mostly it was not told then."""
ACCEPTANCE_SHARE = 0.12
"""So many questions are those of the acceptance, where nothing comes before."""
TOOL_ACCEPTANCE_SHARE = 0.7
"""Of these, where every tool is offered, so many are for Python, the browser or a file."""
RENDERED_SHARE = 0.1
"""So many finished calls are spelled as openai-harmony renders them."""
WHOLE_SHARE = 0.12
"""So many turns are learned to their end, the others until the analysis has decided the rest.

What follows is easy and long: without it, twice as many questions are learned in the same time.
"""
WHOLE_SHARES = {"python": 0.45, "browser": 0.75, "files": 0.6}
"""The same for kinds whose calls and answers are long, too, and have to be copied."""
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


def draw_setting_for(rng: random.Random, kind: str) -> Setting:
    """Draw the settings of a conversation in which a question of some kind can be asked."""
    if kind in TOOL_KINDS:
        return replace(draw_equipped(rng), tools=ALL_TOOLS)
    return draw_setting(rng, with_tools=kind != "tool_off")


def draw_kind(rng: random.Random, weights: dict[str, float]) -> str:
    """Draw a kind of turn."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def plan_earlier(
    rng: random.Random,
    kind: str,
    split: Split = "train",
    weights: dict[str, float] = EARLIER_WEIGHTS,
) -> list[str]:
    """Draw the kinds of the turns that come before a question of some kind."""
    count = rng.choices((0, 1, 2, 3), EARLIER_COUNTS[split])[0]
    if kind == "follow_up":
        earlier = [draw_kind(rng, weights) for _ in range(rng.choice((0, 0, 0, 1)))]
        earlier.append(rng.choice(BEFORE_FOLLOW_UP))
        earlier += ["follow_up"] * rng.choice((0, 0, 0, 1, 1, 2))
        if rng.random() < 0.12:
            earlier.append(rng.choice(("topic", "offtopic", "name_told")))
        return earlier
    if kind == "tool_off" and rng.random() < CALLED_BEFORE_SHARE:
        before = [draw_kind(rng, weights) for _ in range(rng.choice((0, 0, 1)))]
        return [*before, rng.choice(BEFORE_TOOL_OFF)]
    if kind == "no_result":
        return [rng.choice(WITHOUT_RESULT) for _ in range(count)]
    if kind == "name_asked" and rng.random() < 0.75:
        before = [draw_kind(rng, weights) for _ in range(rng.choice((0, 0, 0, 1)))]
        between = [draw_kind(rng, weights) for _ in range(rng.choice((0, 0, 1, 1, 2, 3)))]
        return [*before, "name_told", *between]
    return [draw_kind(rng, weights) for _ in range(count)]


def draw_history(
    rng: random.Random, setting: Setting, kind: str, split: Split
) -> tuple[tuple[Turn, ...], Scene]:
    """Draw turns of the training part that fit before a question of some kind, and its scene."""
    weights = EARLIER_WEIGHTS | offered(setting, EARLIER_TOOL_WEIGHTS)
    while True:
        scene, history = setting.scene(), []
        for earlier in plan_earlier(rng, kind, split, weights):
            turn = DRAWERS[earlier](rng, scene)
            scene = scene.after(turn)
            history.append(turn)
        if kind != "follow_up" or can_go_on(scene):
            return tuple(history), scene


def offered(setting: Setting, weights: dict[str, tuple[str, float]]) -> dict[str, float]:
    """Return how often kinds come about whose tools are offered, of weights by tool."""
    return dict(weights[tool] for tool in weights if tool in setting.tools)


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
    if setting.has_more_tools:
        weights = BESIDE_TOOLS_WEIGHTS | offered(setting, TOOL_WEIGHTS)
    if not set(TOOL_WEIGHTS) <= set(setting.tools):
        weights["not_offered"] = NOT_OFFERED_WEIGHT
    if planned in PLANNED_WEIGHTS:
        weights[planned] = PLANNED_WEIGHTS[planned]
    if scene.result is not None:
        weights.pop("no_result", None)
    if not can_go_on(scene):
        del weights["follow_up"]
    if len(setting.tools) < 2:
        weights["tool_off"] = TOOL_OFF_WEIGHT
    return weights


def draw_branch(rng: random.Random, setting: Setting, scene: Scene, planned: str) -> Branch:
    """Draw one question of the training part with its answer, in a scene."""
    history: tuple[Turn, ...] = ()
    is_rehearsal = len(setting.tools) >= 2 and not planned and rng.random() < ACCEPTANCE_SHARE
    can_all = set(TOOL_WEIGHTS) <= set(setting.tools)
    if is_rehearsal and can_all and rng.random() < TOOL_ACCEPTANCE_SHARE:
        turn = draw_tool_rehearsal(rng, scene)
    elif is_rehearsal:
        history, turn = draw_rehearsal(rng, scene)
    else:
        kind = draw_kind(rng, question_weights(setting, scene, planned))
        turn = DRAWERS[kind](rng, scene)
    share = WHOLE_SHARES.get(turn.kind, WHOLE_SHARE)
    is_whole = turn.kind in ALWAYS_WHOLE or rng.random() < share
    return write_branch(rng, history, turn, is_whole=is_whole)


def draw_group(rng: random.Random, branches: int) -> Group:
    """Draw conversations of the training part that share all turns before the last.

    So what comes before is computed once for many questions.
    """
    setting = draw_equipped(rng) if rng.random() < EQUIPPED_SHARE else draw_setting(rng)
    plans = dict(EQUIPPED_PLANS if setting.has_more_tools else PLANS)
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
