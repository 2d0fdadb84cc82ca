"""Asks a model one question after the other through the engine, with the program's own tools."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.config.hyperparameters import Hyperparameters
from engine.events import MessageClosed
from engine.harmony.encoding import STOP_TOKENS
from engine.harmony.parser import Parser
from engine.harmony.prompt import ASSISTANT, render_tool_result
from engine.models.demo.corpus import Bench, Called, Case, render_case
from engine.models.demo.corpus.dialogue import PYTHON
from engine.worker import Request, Worker

MOST_CALLS = 4
LONGEST = 400
FUNCTION_FORM = ("commentary", "json")
BUILT_IN_FORM = ("analysis", "code")
"""The channel on which tools are called, and the type of what is written."""


@dataclass
class Outcome:
    """What the model did in one turn."""

    is_valid: bool = True
    calls: list[Called] = field(default_factory=list)
    final: str | None = None
    analysis_length: int = 0  # characters


class Runner:
    """Asks a model questions, one after the other, through the engine's worker."""

    def __init__(self, model: str | None) -> None:
        """Load a model by folder or name; None is the bundled one."""
        self.worker = Worker()
        self.info = self.worker.load(model, lambda event: None).result()

    def close(self) -> None:
        """End the engine's thread."""
        self.worker.close()

    def sample(self, prompt: tuple[int, ...], hyperparameters: Hyperparameters) -> list[int]:
        """Return the tokens that follow a prompt, up to the first that ends sampling."""
        tokens: list[int] = []
        request = Request(
            prompt=prompt,
            seed=0,
            max_tokens=lambda: LONGEST,
            hyperparameters=lambda: hyperparameters,
            stop_tokens=STOP_TOKENS,
            on_prefill=lambda progress: None,
            on_token=tokens.append,
            cancelled=threading.Event(),
        )
        self.worker.generate(request).result()
        return tokens

    def take_turn(self, case: Case) -> Outcome:
        """Answer a case at temperature 0, calling its tools."""
        greedy = Hyperparameters(temperature=0.0, effort=case.effort)
        outcome, prompt = Outcome(), render_case(case)
        with Bench(case) as bench:
            for _ in range(MOST_CALLS):
                tokens = self.sample(prompt, greedy)
                last = _read(tokens, outcome)
                if last is None or last.ending != "call":
                    return outcome
                called = bench.call(last.recipient or "", last.text)
                outcome.calls.append(called)
                answer = render_tool_result(called.recipient, called.result, last.channel)
                prompt = (*prompt, *tokens, *answer, *ASSISTANT)
        outcome.is_valid = False
        return outcome


def _read(tokens: Sequence[int], outcome: Outcome) -> MessageClosed | None:
    """Add sampled messages to an outcome; return the last one, a call or the final answer."""
    parser = Parser()
    events = [event for token in tokens for event in parser.feed(token)] + parser.close()
    messages = [event for event in events if isinstance(event, MessageClosed)]
    for message in messages:
        _note(message, outcome)
    if not messages or not _is_regular(messages):
        outcome.is_valid = False
        return None
    return messages[-1]


def _note(message: MessageClosed, outcome: Outcome) -> None:
    if message.channel == "analysis":
        outcome.analysis_length += len(message.text)
    if message.channel == "final":
        outcome.final = message.text


def _is_regular(messages: Sequence[MessageClosed]) -> bool:
    """Return whether messages are valid Harmony: analysis, then one call or one final answer."""
    *before, last = messages
    if any(m.irregular or m.channel != "analysis" or m.ending != "end" for m in before):
        return False
    if last.irregular:
        return False
    if last.ending == "call":
        form = (last.channel, last.content_type)
        if last.recipient == PYTHON:
            return form == BUILT_IN_FORM
        is_browser = (last.recipient or "").startswith("browser.")
        return form == (BUILT_IN_FORM if is_browser else FUNCTION_FORM) and _is_object(last.text)
    return last.ending == "return" and last.channel == "final" and last.recipient is None


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
