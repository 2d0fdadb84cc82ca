"""Asks the acceptance questions as a person would, each in a conversation of its own."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engine.chat import Chat
from engine.config.hyperparameters import Hyperparameters
from engine.events import Event, MessageClosed, ToolCallFinished, ToolCallRequested
from engine.models.demo.corpus import Bench, Called, Case, judge
from engine.models.demo.corpus.acceptance import Question, ToolQuestion
from engine.models.demo.corpus.dialogue import DECLINE_MARK
from engine.models.demo.corpus.rehearsal import rehearse_tool
from engine.models.demo.corpus.reporting import report
from engine.models.demo.corpus.setting import ALL_TOOLS, Setting
from engine.models.demo.running import Runner


@dataclass
class Heard:
    """What a listener hears of one turn: the calls with their results, and the answer."""

    calls: list[Called] = field(default_factory=list)
    final: str = ""
    asked: Callable[[int], None] | None = None
    """Is told of a call that waits for the person's word."""
    _requested: dict[int, ToolCallRequested] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if isinstance(event, ToolCallRequested):
            self._requested[event.call] = event
            if event.needs_approval and self.asked is not None:
                self.asked(event.call)
        elif isinstance(event, ToolCallFinished):
            call = self._requested[event.call]
            self.calls.append(Called(call.recipient, call.arguments, event.output))
        elif isinstance(event, MessageClosed) and event.channel == "final":
            self.final = event.text


def is_right(question: Question, heard: Heard) -> bool:
    """Return whether an acceptance question was answered as its table says."""
    made = tuple((call.recipient, call.arguments) for call in heard.calls)
    if made != question.calls():
        return False
    if heard.calls:
        return heard.final.strip() == report(heard.calls)
    if question.declines:
        return DECLINE_MARK in heard.final
    return heard.final.strip() in {answer.strip() for answer in question.answers()}


def ask(runner: Runner, question: Question, temperature: float) -> bool:
    """Ask an acceptance question in a new conversation, those before it first."""
    hyperparameters = Hyperparameters(temperature=temperature)
    chat = Chat(runner.worker, hyperparameters=hyperparameters, approval="auto")
    for earlier in question.after:
        chat.send(earlier, lambda event: None)
    heard = Heard()
    chat.send(question.text, heard)
    return is_right(question, heard)


def ask_any(runner: Runner, question: Question | ToolQuestion, temperature: float) -> bool:
    """Ask an acceptance question of either sort."""
    if isinstance(question, ToolQuestion):
        return ask_for_tool(runner, question, temperature)
    return ask(runner, question, temperature)


def ask_for_tool(runner: Runner, question: ToolQuestion, temperature: float) -> bool:
    """Ask an acceptance question in a new conversation that offers every tool."""
    setting = Setting("medium", ALL_TOOLS)
    scene = replace(setting.scene(), split="held_out")
    turn = rehearse_tool(random.Random(0), scene, question)
    case = Case(
        turn.kind,
        setting.effort,
        setting.tools,
        setting.instructions,
        setting.date,
        (),
        turn.user,
        turn.expectation,
        files=turn.files,
    )
    hyperparameters = Hyperparameters(temperature=temperature)
    with Bench(case) as bench:
        chat = Chat(
            runner.worker, hyperparameters=hyperparameters, tools=bench.tools, approval="auto"
        )
        # Where there is no sandbox, each call of Python is asked about.
        heard = Heard(asked=lambda call: chat.answer(call, allowed=True))
        chat.send(question.text, heard)
    return judge(case, heard.calls, heard.final).right
