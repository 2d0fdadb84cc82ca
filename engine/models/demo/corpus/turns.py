"""One turn of each kind: a question, what the assistant does, and what is right."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.chat import refuse
from engine.config.hyperparameters import Effort
from engine.models.demo.corpus import arithmetic, reasoning
from engine.models.demo.corpus.arithmetic import Calculation
from engine.models.demo.corpus.dialogue import (
    CALCULATOR,
    CLOCK,
    DECLINE,
    DECLINED,
    ERROR,
    NAME_NOT_READABLE,
    NAME_NOT_TOLD,
    NO_RESULT,
    UNREADABLE,
    Called,
    Expectation,
    Said,
    Step,
    Turn,
    calculator_arguments,
)
from engine.models.demo.corpus.knowledge import TOPICS
from engine.models.demo.corpus.noise import disturb
from engine.models.demo.corpus.numerals import number
from engine.models.demo.corpus.questions import (
    draw_name,
    draw_offtopic,
    draw_rare_name,
    draw_word,
)
from engine.models.demo.corpus.reporting import report
from engine.models.demo.corpus.splitting import Split, choose
from engine.models.demo.corpus.topic import Topic, expand
from engine.models.demo.corpus.wordings.calculations import ASKING
from engine.models.demo.corpus.wordings.clock import CLOCK_QUESTIONS, CLOCK_THINGS, TIME_AND_TERM
from engine.models.demo.corpus.wordings.names import NAME_QUESTIONS, NAME_SENTENCES
from engine.tools.functions import calculate
from engine.tools.registry import ToolError

LONGEST_RESULT = 11
"""A result with more characters is not gone on from."""
REFUSALS = ("approval read-only", 'rule "python" = never', "approval read-only")
RARE_NAMES = 0.12
"""So many of the names that are told are such that the model cannot read them."""


def topic_kind(topic: Topic) -> str:
    """Return what a topic's wordings are called where templates are held out."""
    return f"topic {topic.name}"


WORDINGS: dict[str, tuple[str, ...]] = {
    "asking": ASKING,
    "clock": CLOCK_QUESTIONS,
    "name_told": NAME_SENTENCES,
    "name_asked": NAME_QUESTIONS,
    **{topic_kind(topic): topic.wordings for topic in TOPICS},
}
"""The templates of the kinds that have a list of them."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a turn depends on: the settings of the conversation and what was said before."""

    effort: Effort
    tools: frozenset[str]
    split: Split = "train"
    result: str | None = None
    name: str | None = None
    pages: int = 0
    """How many pages the browser has displayed."""

    def after(self, turn: Turn) -> Scene:
        """Return the scene that the next turn is drawn in."""
        calculates = any(recipient == CALCULATOR for recipient, _ in turn.expectation.calls)
        result = turn.result if calculates else self.result
        name = self.name if turn.name is None else turn.name
        shown = [step for step in turn.steps if isinstance(step, Called) and step.shows_page]
        return replace(self, result=result, name=name, pages=self.pages + len(shown))


def run_calculator(expression: str) -> Called:
    """Return the call of the real calculator with its result."""
    try:
        result = calculate(expression)
    except ToolError as error:
        result = f"{ERROR}{error}"
    return Called(CALCULATOR, calculator_arguments(expression), result)


def run_clock(rng: random.Random) -> Called:
    """Return a call of the clock at a moment drawn from many years."""
    moment = datetime(2024, 1, 1) + timedelta(minutes=rng.randrange(60 * 24 * 365 * 9))
    return Called(CLOCK, "{}", moment.strftime("%A %Y-%m-%d %H:%M"))


def varied(rng: random.Random, called: Called) -> tuple[Called, Called]:
    """Return a call with its result as another tool might spell it, and the call to report.

    Now and then the number comes inside JSON; the answer reports the number all the same.
    """
    if called.result.startswith(ERROR) or rng.random() > 0.12:
        return called, called
    if called.recipient == CALCULATOR:
        form = rng.choice(('{{"result":{}}}', '{{"result": {}}}', "= {}", "Result: {}"))
        return replace(called, result=form.format(called.result)), called
    form = rng.choice(("Now: {}", "{}:30", "It is {}."))
    return replace(called, result=form.format(called.result)), called


def answered(rng: random.Random, scene: Scene, analysis: str, calls: list[Called]) -> list[Step]:
    """Return the steps of a turn that calls tools and reports what they gave."""
    seen, reported = zip(*(varied(rng, called) for called in calls), strict=True)
    steps: list[Step] = [Said("analysis", analysis), *seen]
    after = reasoning.after_result(scene.effort)
    if after is not None:
        steps.append(Said("analysis", after))
    steps.append(Said("final", report(reported)))
    return steps


def expected(calls: list[Called]) -> Expectation:
    """Return that exactly these calls are right."""
    return Expectation(calls=tuple((called.recipient, called.arguments) for called in calls))


def spoken(
    kind: str,
    user: str,
    analysis: str,
    answers: tuple[str, ...],
    *,
    may_lose_words: bool = False,
    name: str | None = None,
) -> Turn:
    """Return a turn without calls: the first of the answers is given, any of them is right."""
    return Turn(
        kind,
        user,
        (Said("analysis", analysis), Said("final", answers[0])),
        Expectation(answers=answers, declines=answers[0] == DECLINE),
        may_lose_words=may_lose_words,
        name=name,
    )


def about_topic(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question about something that the model knows."""
    topic = rng.choice(TOPICS)
    wording = choose(rng, topic_kind(topic), topic.wordings, scene.split)
    return topic_turn(topic, disturb(rng, expand(rng, wording)), scene)


def topic_turn(topic: Topic, user: str, scene: Scene) -> Turn:
    """Return the turn in which a topic is asked for."""
    return spoken("topic", user, reasoning.about_topic(topic.label, scene.effort), topic.answers)


def off_topic(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question about something that the model does not know."""
    return declined_turn("offtopic", disturb(rng, draw_offtopic(rng, scene.split)), scene)


def unsupported(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question with numbers that the calculator is no help for."""
    text = disturb(rng, arithmetic.draw_unsupported(rng, scene.split), slips=False)
    turn = declined_turn("unsupported", text, scene)
    return replace(turn, may_lose_words=False)


def declined_turn(kind: str, user: str, scene: Scene) -> Turn:
    """Return the turn in which the model says that it does not know."""
    return spoken(kind, user, reasoning.declining(scene.effort), (DECLINE,), may_lose_words=True)


def calculation(rng: random.Random, scene: Scene) -> Turn:
    """Draw a calculation that stands for itself."""
    drawn = arithmetic.draw_calculation(rng, scene.split)
    user = disturb(rng, drawn.text, slips=False)
    return calculation_turn(rng, scene, user, drawn.expression)


def word_problem(rng: random.Random, scene: Scene) -> Turn:
    """Draw a calculation that is told as a little story."""
    drawn = arithmetic.draw_story(rng, scene.split)
    user = disturb(rng, drawn.text, slips=False)
    return calculation_turn(rng, scene, user, drawn.expression, "word_problem")


def calculation_turn(
    rng: random.Random, scene: Scene, user: str, expression: str, kind: str = "calculation"
) -> Turn:
    """Return the turn in which one expression is calculated."""
    if CALCULATOR not in scene.tools:
        return missing_tool(user, "calculator", scene)
    called = run_calculator(expression)
    analysis = reasoning.calculating(expression, scene.effort)
    if kind == "follow_up" and scene.result is not None:
        analysis = reasoning.going_on(scene.result, expression, scene.effort)
    steps = answered(rng, scene, analysis, [called])
    return Turn(kind, user, tuple(steps), expected([called]), result=carried(called))


def carried(called: Called) -> str | None:
    """Return the result that the next turn can go on from."""
    result = called.result
    plain = result.replace("-", "", 1).replace(".", "", 1).isdigit()
    return result if plain and len(result) <= LONGEST_RESULT else None


def missing_tool(user: str, tool: str, scene: Scene) -> Turn:
    """Return the turn in which the tool that is needed is not among those offered."""
    answer = f"There is no {tool} in this conversation, so I will not guess."
    return spoken("tool_off", user, reasoning.without_tool(tool, scene.effort), (answer,))


def tool_off(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question that needs the calculator or the clock where that is not offered."""
    missing = [tool for tool in (CALCULATOR, CLOCK) if tool not in scene.tools]
    return clock(rng, scene) if rng.choice(missing) == CLOCK else calculation(rng, scene)


def declined_text(rng: random.Random) -> str:
    """Return what the model reads where the user, or a setting, does not allow a call."""
    chance = rng.random()
    if chance < 0.7:
        return DECLINED
    if chance < 0.85:
        return refuse(rng.choice(REFUSALS))
    words = " ".join(draw_word(rng) for _ in range(rng.randint(1, 6)))
    return f"{DECLINED.removesuffix('.')}: {words}"


def follow_up(rng: random.Random, scene: Scene) -> Turn:
    """Draw a calculation that goes on from the last result."""
    if scene.result is None:
        return calculation(rng, scene)
    drawn = arithmetic.draw_follow_up(rng, scene.result, scene.split)
    user = disturb(rng, drawn.text, slips=False)
    return calculation_turn(rng, scene, user, drawn.expression, "follow_up")


def no_result(rng: random.Random, scene: Scene) -> Turn:
    """Draw the words of a follow-up where nothing was calculated before."""
    drawn = arithmetic.draw_follow_up(rng, "12", scene.split)
    user = disturb(rng, drawn.text, slips=False)
    return spoken("no_result", user, reasoning.without_result(scene.effort), (NO_RESULT,))


def clock(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question for the time or the date."""
    text = expand(rng, choose(rng, "clock", CLOCK_QUESTIONS, scene.split))
    return clock_turn(rng, scene, disturb(rng, text))


def clock_turn(rng: random.Random, scene: Scene, user: str) -> Turn:
    """Return the turn in which the clock is read."""
    if CLOCK not in scene.tools:
        return missing_tool(user, "clock", scene)
    called = run_clock(rng)
    steps = answered(rng, scene, reasoning.reading_clock(scene.effort), [called])
    return Turn("clock", user, tuple(steps), expected([called]))


def two_calls(rng: random.Random, scene: Scene) -> Turn:
    """Draw two calculations in one question."""
    text, first, second = arithmetic.draw_pair(rng, scene.split)
    user = disturb(rng, text, slips=False)
    if CALCULATOR not in scene.tools:
        return missing_tool(user, "calculator", scene)
    return pair_turn(rng, scene, user, first, second)


def pair_turn(
    rng: random.Random, scene: Scene, user: str, first: Calculation, second: Calculation
) -> Turn:
    """Return the turn in which two expressions are calculated one after the other."""
    calls = [run_calculator(first.expression), run_calculator(second.expression)]
    analysis = reasoning.in_two_steps(first.expression, second.expression, scene.effort)
    steps = answered(rng, scene, analysis, calls)
    return Turn("two_calls", user, tuple(steps), expected(calls), result=carried(calls[-1]))


def clock_and_calculation(rng: random.Random, scene: Scene) -> Turn:
    """Draw a question for the time and for a result, in either order."""
    term = arithmetic.draw_term(rng, scene.split)
    sentence = expand(rng, choose(rng, "time and term", TIME_AND_TERM, scene.split))
    clock_first = sentence.index("{time}") < sentence.index("{e}")
    text = sentence.replace("{time}", expand(rng, rng.choice(CLOCK_THINGS)))
    user = disturb(rng, text.replace("{e}", term.text), slips=False)
    for recipient, tool in ((CALCULATOR, "calculator"), (CLOCK, "clock")):
        if recipient not in scene.tools:
            return missing_tool(user, tool, scene)
    return clock_pair_turn(rng, scene, user, term.expression, clock_first=clock_first)


def clock_pair_turn(
    rng: random.Random, scene: Scene, user: str, expression: str, *, clock_first: bool = True
) -> Turn:
    """Return the turn in which the clock is read and an expression calculated."""
    calls, names = [run_clock(rng), run_calculator(expression)], ["the clock", expression]
    result = carried(calls[1])
    if not clock_first:
        calls.reverse()
        names.reverse()
    analysis = reasoning.in_two_steps(names[0], names[1], scene.effort)
    steps = answered(rng, scene, analysis, calls)
    return Turn("clock_and_calculation", user, tuple(steps), expected(calls), result=result)


def tool_error(rng: random.Random, scene: Scene) -> Turn:
    """Draw a calculation that the calculator has to refuse."""
    while True:
        drawn = impossible(rng)
        if arithmetic.belongs(drawn.expression, scene.split):
            break
    sentence = expand(rng, choose(rng, "asking", ASKING, scene.split))
    user = disturb(rng, sentence.replace("{e}", drawn.text), slips=False)
    turn = calculation_turn(rng, scene, user, drawn.expression)
    return replace(turn, kind="tool_error" if turn.kind == "calculation" else turn.kind)


def impossible(rng: random.Random) -> Calculation:
    """Draw a division by zero, a root of a negative number or a power beyond all bounds."""
    chance = rng.random()
    a, b = number(rng), number(rng, 3)
    if chance < 0.6:
        blank = rng.choice(("", " "))
        mark = rng.choice(("/", "/", "÷"))
        zero = rng.choice(("0", "0", "zero"))
        text = rng.choice((f"{a}{blank}{mark}{blank}0", f"{a} divided by {zero}"))
        return Calculation(text, f"{a}/0")
    if chance < 0.8:
        text = rng.choice((f"sqrt(-{b})", f"the square root of -{b}", f"square root of minus {b}"))
        return Calculation(text, f"sqrt(-{b})")
    power = str(rng.randint(10000, 99999))
    base = str(rng.randint(2, 999))
    text = rng.choice((f"{base}^{power}", f"{base} to the power of {power}", f"{base}**{power}"))
    return Calculation(text, f"{base}**{power}")


def declined_call(rng: random.Random, scene: Scene) -> Turn:
    """Draw a turn in which the user does not allow the call."""
    turn = (clock if rng.random() < 0.3 else calculation)(rng, scene)
    if turn.kind == "tool_off":
        return turn
    text = declined_text(rng) if scene.split == "train" else DECLINED
    refused = [replace(s, result=text) for s in turn.steps if isinstance(s, Called)]
    first = turn.steps[0]
    return replace(
        turn,
        kind="declined_call",
        steps=(first, *refused, Said("final", report(refused))),
        result=None,
    )


def name_told(rng: random.Random, scene: Scene) -> Turn:
    """Draw a sentence in which the user tells a name, in training now and then a rare one."""
    is_rare = scene.split == "train" and rng.random() < RARE_NAMES
    name = draw_rare_name(rng) if is_rare else draw_name(rng)
    sentence = expand(rng, choose(rng, "name_told", NAME_SENTENCES, scene.split))
    user = disturb(rng, sentence.replace("{name}", name), keeps_case=True, slips=False)
    return told_turn(user, UNREADABLE if is_rare else name, scene)


def told_turn(user: str, name: str, scene: Scene) -> Turn:
    """Return the turn in which a name is told."""
    analysis = reasoning.hearing_name(name, scene.effort)
    answer = NAME_NOT_READABLE if name == UNREADABLE else f"Nice to meet you, {name}!"
    return spoken("name_told", user, analysis, (answer,), name=name)


def name_asked(rng: random.Random, scene: Scene) -> Turn:
    """Draw the question for the user's own name, told before or not."""
    text = expand(rng, choose(rng, "name_asked", NAME_QUESTIONS, scene.split))
    return asked_turn(disturb(rng, text), scene)


def asked_turn(user: str, scene: Scene) -> Turn:
    """Return the turn in which the user's name is asked for."""
    answer = NAME_NOT_TOLD if scene.name is None else f"Your name is {scene.name}."
    if scene.name == UNREADABLE:
        answer = NAME_NOT_READABLE
    analysis = reasoning.recalling_name(scene.name, scene.effort)
    return spoken("name_asked", user, analysis, (answer,))


DRAWERS: dict[str, Callable[[random.Random, Scene], Turn]] = {
    "topic": about_topic,
    "offtopic": off_topic,
    "unsupported": unsupported,
    "calculation": calculation,
    "word_problem": word_problem,
    "follow_up": follow_up,
    "no_result": no_result,
    "clock": clock,
    "two_calls": two_calls,
    "clock_and_calculation": clock_and_calculation,
    "tool_error": tool_error,
    "declined_call": declined_call,
    "name_told": name_told,
    "name_asked": name_asked,
    "tool_off": tool_off,
}
"""How a turn of each kind is drawn."""
