"""An engine that plays recorded events: for pictures that must come out the same every time.

Whatever is about the engine itself is tested with the real one.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.events import (
    DecodeProgress,
    Event,
    MessageClosed,
    MessageOpened,
    ModelInfo,
    ModelLoaded,
    PrefillProgress,
    Statistics,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.engine_link import EngineLink

MODEL = ModelInfo(
    name="demo",
    path="/models/demo",
    weight_bytes=6_000_000,
    quantization="bf16",
    context_length=8192,
    device="CPU",
    load_seconds=0.5,
    is_demo=True,
    defaults={"temperature": 0.6},
)


class PlayedEngine(EngineLink):
    """Loads at once, and answers each message with the next of its turns."""

    model_info: ModelInfo = MODEL
    turns: Sequence[Sequence[Event]] = ()
    _turn = 0

    @property
    def model(self) -> ModelInfo:
        return self.model_info

    def load(self, name: str | None) -> None:
        self._loads.put(ModelLoaded(self.model_info))

    def send(self, text: str) -> None:
        self.is_answering = True
        for event in self.turns[self._turn]:
            self._turns.put(event)
        self._turn += 1

    def stop(self) -> None:
        pass


def message(number: int, channel: str, text: str, *, is_open: bool = False) -> list[Event]:
    """Return the events of a message to the person."""
    events: list[Event] = [
        MessageOpened(number, "assistant", channel, None, None),
        TextDelta(number, channel, text),
        DecodeProgress(len(text) // 4, 61.0, 300 + len(text) // 4, 8192),
    ]
    if not is_open:
        tokens = tuple(range(len(text) // 4))
        events.append(MessageClosed(number, "assistant", channel, None, None, text, tokens, "end"))
    return events


def call(number: int, tool: str, arguments: str, *, needs_approval: bool = False) -> list[Event]:
    """Return the events of a call that was asked for."""
    recipient = f"functions.{tool}"
    return [
        MessageOpened(100 + number, "assistant", "commentary", recipient, "json"),
        TextDelta(100 + number, "commentary", arguments),
        ToolCallRequested(
            number, recipient, arguments, "nothing outside this program", needs_approval
        ),
    ]


def turn(text: str, *parts: Sequence[Event], is_over: bool = True) -> list[Event]:
    """Return the events of a turn."""
    events: list[Event] = [TurnStarted(text), PrefillProgress(212, 212, 0, 900.0)]
    for part in parts:
        events.extend(part)
    if is_over:
        statistics = Statistics(
            prompt_tokens=212,
            sampled_tokens=120,
            decode_seconds=2.0,
            context_used=412,
            context_length=8192,
        )
        events.append(TurnEnded("stop", statistics))
    return events


SUM = turn(
    "What is 127 + 386?",
    message(0, "analysis", "The user wants 127 + 386. I should use the calculator for this sum."),
    call(0, "calculator", '{"expression":"127+386"}'),
    [ToolCallStarted(0), ToolCallFinished(0, "done", "513", 0.002)],
    message(1, "final", "127 + 386 = **513**."),
)
CLOCK = turn(
    "What time is it?",
    message(2, "analysis", "The user asks for the time. The clock tells it."),
    message(3, "commentary", "I will look at the clock."),
    call(1, "clock", "{}"),
    [ToolCallStarted(1), ToolCallFinished(1, "done", "Tuesday 2026-11-24 05:10", 0.001)],
    message(4, "final", "It is **05:10** on Tuesday, 24 November 2026."),
)
DIVISION = turn(
    "And 5 / 0?",
    message(5, "analysis", "Five divided by zero. I let the calculator say what it thinks of it."),
    call(2, "calculator", '{"expression":"5/0"}'),
    [ToolCallStarted(2), ToolCallFinished(2, "failed", "Error: division by zero", 0.001)],
    message(6, "final", "A number cannot be divided by zero, so `5 / 0` has no value."),
)
MARKDOWN = turn(
    "Show me what you can write.",
    message(7, "analysis", "They want to see Markdown. " * 12),
    message(
        8,
        "final",
        "## Panes\n\nEach shows one thing:\n\n- **conversation**: what is said\n"
        "- **analysis**: what is thought\n\n| Key | Pane |\n|---|---|\n| F2 | analysis |\n"
        "| F3 | tools |\n\n```python\ndef add(a: int, b: int) -> int:\n    return a + b\n```\n\n"
        "日本語の文章も、 wide characters as well, and "
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.\n",
    ),
)
ASKED = turn(
    "What is 2 ** 10?",
    message(9, "analysis", "A power. The calculator knows."),
    call(3, "calculator", '{"expression":"2**10"}', needs_approval=True),
    is_over=False,
)
THINKING = turn(
    "What can you do?",
    message(
        10, "analysis", "They ask what I can do. I calculate, tell the time and ", is_open=True
    ),
    is_over=False,
)
