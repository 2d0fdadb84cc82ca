"""An engine that plays recorded events: for pictures that must come out the same every time.

Whatever is about the engine itself is tested with the real one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.chat import RoundTokens
from engine.events import (
    Alternative,
    DecodeProgress,
    Event,
    MessageClosed,
    MessageOpened,
    ModelInfo,
    ModelLoaded,
    Origin,
    PrefillProgress,
    Statistics,
    TextDelta,
    TokenSampled,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.engine_link import EngineLink
from harmony_tui.turn_tokens import TurnTokens

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

    @property
    def is_heard(self) -> bool:
        """Whether the application has taken all that was played."""
        return not len(self._turns)

    def connect(self) -> None:
        super().connect()
        self.tools.sandbox = "bubblewrap"  # whatever this machine has

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
            number,
            recipient,
            arguments,
            "nothing outside this program",
            needs_approval,
            place="this program",
            choices=("once", "session", "always", "never"),
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

CONTROLS = {200005: "<|channel|>", 200008: "<|message|>", 200012: "<|call|>", 200002: "<|return|>"}
WORDS = {
    **CONTROLS,
    200006: "<|start|>",
    200007: "<|end|>",
    200003: "<|constrain|>",
    35644: "analysis",
    1385: " need",
    290: " the",
    4792: " sum",
    11: ",",
    1416: " so",
    30837: " calculator",
    12606: "comment",
    815: "ary",
    316: " to",
    28: "=",
    44580: "functions",
    40302: ".cal",
    23033: "culator",
    220: " ",
    4108: "json",
    10848: '{"',
    61248: "expression",
    7534: '":"',
    7463: "127",
    10: "+",
    34159: "386",
    18583: '"}',
    17196: "final",
    5265: "51",
    18: "3",
    382: " is",
    13: ".",
    40: "I",
    2167: "We",
    976: "The",
    625: " this",
    1495: " then",
    198: "\n",
    0: "!",
    334: " **",
    410: "**",
    1058: " user",
    6052: " result",
}
SAMPLED: list[tuple[int, float | None, Origin]] = [
    *[(200005, 0.9998, "forced"), (35644, 0.9871, "sampled"), (200008, 1.0, "forced")],
    *[(40, 0.431, "sampled"), (1385, 0.612, "sampled"), (290, 0.874, "sampled")],
    *[(4792, 0.083, "sampled"), (11, 0.552, "sampled"), (1416, None, "person")],
    *[(290, 0.781, "sampled"), (30837, 0.934, "drafted"), (13, 0.992, "drafted")],
    *[(198, 0.0003, "sampled"), (976, 0.267, "sampled"), (200007, 0.95, "sampled")],
    *[(200006, 1.0, "forced"), (200005, 0.999, "forced"), (12606, 0.9, "sampled")],
    *[(815, 1.0, "forced"), (316, 1.0, "forced"), (28, 1.0, "forced")],
    *[(44580, 1.0, "forced"), (40302, 0.97, "sampled"), (23033, 1.0, "forced")],
    *[(220, 1.0, "forced"), (200003, 1.0, "forced"), (4108, 1.0, "forced")],
    *[(200008, 1.0, "forced"), (10848, 1.0, "forced"), (61248, 1.0, "forced")],
    *[(7534, 1.0, "forced"), (7463, 0.998, "sampled"), (10, 0.991, "sampled")],
    *[(34159, 0.999, "sampled"), (18583, 0.88, "sampled"), (200012, 0.999, "sampled")],
]
ANSWER: list[tuple[int, float | None, Origin]] = [
    *[(200005, 0.9998, "forced"), (17196, 0.99, "sampled"), (200008, 1.0, "forced")],
    *[(976, 0.31, "sampled"), (4792, 0.77, "sampled"), (382, 0.98, "drafted")],
    *[(334, 0.62, "sampled"), (5265, 0.99, "sampled"), (18, 0.99, "sampled")],
    *[(410, 0.97, "sampled"), (13, 0.96, "sampled"), (200002, 0.99, "sampled")],
]
OTHERS = (6052, 1058, 2167, 1495)


def _told(number: int, token: int, share: float | None, origin: Origin) -> TokenSampled:
    """Return what is told of a token; its alternatives share what it leaves."""
    if share is None:
        return TokenSampled(number, token, WORDS[token], None, (), origin)
    shares = [(token, share)]
    for other in OTHERS:
        shares.append((other, (1 - sum(value for _, value in shares)) * 0.6 + 1e-9))
    shares.sort(key=lambda each: -each[1])
    best = tuple(Alternative(each, WORDS[each], math.log(value)) for each, value in shares)
    return TokenSampled(number, token, WORDS[token], math.log(share), best, origin)


_TOLD = {
    number: _told(number, *each)
    for number, each in enumerate(SAMPLED + ANSWER)
    if number > 2  # before which measuring had not begun
}
TOKENS = TurnTokens(
    (
        RoundTokens(tuple(range(212)), tuple(token for token, *_ in SAMPLED)),
        RoundTokens(tuple(range(267)), tuple(token for token, *_ in ANSWER)),
    ),
    lambda tokens: "".join(WORDS[token] for token in tokens),
    frozenset(token for token, word in WORDS.items() if word.startswith("<|")),
    _TOLD.get,
    len(_TOLD),
)
