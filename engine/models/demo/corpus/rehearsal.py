"""Training conversations made of the acceptance questions, in their exact wording."""

from __future__ import annotations

import random

from engine.models.demo.corpus import acceptance, tool_turns, turns
from engine.models.demo.corpus.acceptance import (
    EXAMPLE_FILE,
    EXAMPLE_SETTINGS,
    Question,
    ToolQuestion,
)
from engine.models.demo.corpus.arithmetic import Calculation
from engine.models.demo.corpus.dialogue import Turn
from engine.models.demo.corpus.editing import Edit, TextFile, draw_file
from engine.models.demo.corpus.knowledge import TOPICS
from engine.models.demo.corpus.turns import Scene


def draw_rehearsal(rng: random.Random, scene: Scene) -> tuple[tuple[Turn, ...], Turn]:
    """Draw an acceptance question with those asked before it; both tools are offered."""
    question = rng.choice(acceptance.QUESTIONS)
    asked = [acceptance.find(text) for text in question.after]
    if not asked and rng.random() < 0.3:
        asked = [rng.choice([q for q in acceptance.QUESTIONS if not q.after])]
    history = []
    for earlier in asked:
        turn = rehearse(rng, scene, earlier)
        scene = scene.after(turn)
        history.append(turn)
    return tuple(history), rehearse(rng, scene, question)


def rehearse(rng: random.Random, scene: Scene, question: Question) -> Turn:
    """Return the turn in which an acceptance question is asked and rightly answered."""
    if question.topic is not None:
        topic = next(topic for topic in TOPICS if topic.name == question.topic)
        return turns.topic_turn(topic, question.text, scene)
    if question.tells_name is not None:
        return turns.told_turn(question.text, question.tells_name, scene)
    if question.asks_name:
        return turns.asked_turn(question.text, scene)
    if question.declines:
        return turns.declined_turn("offtopic", question.text, scene)
    if question.reads_clock and question.expressions:
        return turns.clock_pair_turn(rng, scene, question.text, question.expressions[0])
    if question.reads_clock:
        return turns.clock_turn(rng, scene, question.text)
    if len(question.expressions) == 2:
        first, second = (Calculation("", expression) for expression in question.expressions)
        return turns.pair_turn(rng, scene, question.text, first, second)
    kind = "calculation" if question.from_result is None else "follow_up"
    return turns.calculation_turn(rng, scene, question.text, question.expressions[0], kind)


def rehearse_tool(
    rng: random.Random, scene: Scene, question: ToolQuestion, *, is_exact: bool = True
) -> Turn:
    """Return the turn in which a question for one of the further tools is rightly answered.

    Args:
        rng: where the chances come from.
        scene: one in which every tool is offered.
        question: one of the acceptance.
        is_exact: whether the file is that of the acceptance, or some file with that key.
    """
    if question.code:
        return tool_turns.python_turn(rng, scene, question.text, question.code)
    if question.query:
        return tool_turns.browser_turn(rng, scene, question.text, question.query)
    settings = EXAMPLE_SETTINGS if is_exact else draw_file(rng, question.key).settings
    file = TextFile(EXAMPLE_FILE, settings)
    edit = Edit(question.text, file, question.key, question.value)
    return tool_turns.files_turn(rng, scene, edit)


def draw_tool_rehearsal(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question of the acceptance for one of the further tools."""
    question = rng.choice(acceptance.TOOL_QUESTIONS)
    return rehearse_tool(rng, scene, question, is_exact=rng.random() < 0.5)
