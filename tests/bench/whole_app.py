"""Measures the application without a terminal: what a long conversation costs it.

The engine plays recorded events, so that its own work is not counted. Figures of the processor are
those of the whole process, which other load on the machine hardly changes.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.config.settings import Settings
from engine.events import (
    DecodeProgress,
    Event,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnEnded,
    TurnStarted,
)
from harmony_tui.app import HarmonyApp
from tests.bench.figures import Figure, quantile
from tests.bench.sessions import streamed
from tests.bench.transcript import MEASURED, RATE, TOKEN, answer, conversation, stream
from tests.harmony_tui.played import PlayedEngine

SIZE = (120, 40)
KINDS = {
    "prose": "prose",
    "one fence": "fence",
    "one list": "bullets",
    "one table": "table",
}
"""The kinds of an answer, and what they are called in ``tests.bench.transcript``."""
BATCHES = 50.0
"""How often in a second tokens are written; each is told by itself all the same."""
CONTEXT = 131_072
STREAMED = 1_000_000
"""The number of the message that is streamed, which no earlier one has."""


def session_of(messages: int, folder: Path) -> Path:
    """Write a session of questions and answers; return its file."""
    texts = [text for _, text in conversation(messages)]
    return streamed(folder, zip(texts[::2], texts[1::2], strict=True))


def tool_calls(count: int) -> Iterator[Event]:
    """Yield the events of turns with one tool call each."""
    for call in range(count):
        yield TurnStarted(f"What is {call} + 1?", message=None)
        yield ToolCallRequested(
            call, "functions.calculator", f'{{"expression": "{call}+1"}}', "", False
        )
        yield ToolCallStarted(call)
        yield ToolCallFinished(call, "done", str(call + 1), 0.01)
        yield from _message(call, f"It is **{call + 1}**.")
        yield TurnEnded("stop", Statistics(sampled_tokens=30, decode_seconds=0.3))


def _message(number: int, text: str) -> Iterator[Event]:
    yield MessageOpened(number, "assistant", "final", None, None)
    yield TextDelta(number, "final", text)
    yield MessageClosed(number, "assistant", "final", None, None, text, (1,) * 8, "return")


@asynccontextmanager
async def running_app() -> AsyncIterator[tuple[HarmonyApp, Pilot[int]]]:
    """Run the application for a person who has not used it before."""
    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as environment:
        environment.setenv("HARMONY_TUI_HOME", home)
        gc.disable()  # as the program does, until it is on the screen
        app = HarmonyApp(Settings(), None, PlayedEngine)
        try:
            async with app.run_test(size=SIZE) as pilot:
                # Else what a chat needs is imported and made while the first session is opened.
                await app.resume(session_of(2, Path(home) / "warm"))
                await app.workers.wait_for_complete()
                await asyncio.wrap_future(app.engine._worker.prepare_rules())
                await pilot.pause()
                yield app, pilot
        finally:
            app.engine.close()
            gc.unfreeze()


async def open_session(app: HarmonyApp, pilot: Pilot[int], path: Path) -> tuple[float, float]:
    """Open a session; return the seconds until it was shown, and those of the processor."""
    gc.collect()
    shown = asyncio.Event()
    start, processor = time.perf_counter(), time.process_time()
    await app.resume(path)
    # Not by a pause, which ends with a fiftieth of a second in which nothing is done.
    app.chat_screen.call_after_refresh(shown.set)
    await shown.wait()
    took = time.perf_counter() - start, time.process_time() - processor
    await pilot.pause()
    return took


async def memory_of(app: HarmonyApp, pilot: Pilot[int], path: Path) -> tuple[float, float]:
    """Return how many MB a session takes on the screen, and in the engine."""
    tracemalloc.start()

    def traced() -> float:
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / 1e6

    try:
        before = traced()
        events = await app.engine.resume(path)
        opened = traced()
        await app.show_conversation(events)
        await pilot.pause()
        events.clear()
        return traced() - opened, opened - before
    finally:
        tracemalloc.stop()


def count_widgets(app: HarmonyApp) -> int:
    """Return how many widgets there are on all screens."""
    return sum(1 for screen in app.screen_stack for _ in screen.walk_children(with_self=True))


async def measure_session(path: Path, messages: int) -> list[Figure]:
    """Measure opening a long session, and the widgets of an empty, a long and a busy one."""
    async with running_app() as (app, pilot):
        app.start_conversation()
        await pilot.pause()
        empty = count_widgets(app)
        seconds, processor = await open_session(app, pilot, path)
        long = count_widgets(app)
        await app.show_conversation(list(tool_calls(messages // 4)))
        await pilot.pause()
        busy = count_widgets(app)
    async with running_app() as (app, pilot):
        on_screen, in_engine = await memory_of(app, pilot, path)
    cpu = f"{processor:.2f} s CPU"
    return [
        Figure(f"open a session of {messages:,} messages", seconds, "s", 0.2, cpu),
        Figure("  its memory", on_screen, "MB", 5, f"and in the engine {in_engine:.0f} MB"),
        Figure("widgets, empty session", empty, "widgets", 300),
        Figure(f"widgets, {messages:,} messages", long, "widgets", 300),
        Figure(f"widgets, {messages // 4:,} tool calls", busy, "widgets", 300),
    ]


async def measure_streaming(path: Path, tokens: int) -> list[Figure]:
    """Measure an answer that streams in below a long session, once for each kind."""
    figures = []
    for name, kind in KINDS.items():
        async with running_app() as (app, pilot):
            await open_session(app, pilot, path)
            text = answer(kind, tokens)
            put = app.engine._turns.put
            app.engine.is_answering = True
            put(TurnStarted("Go on.", message=None))
            put(MessageOpened(STREAMED, "assistant", "final", None, None))
            split = (tokens - MEASURED) * TOKEN
            put(TextDelta(STREAMED, "final", text[:split]))
            await pilot.pause()
            count = tokens - MEASURED

            async def write(piece: str, put: Callable[[Event], None] = put) -> None:
                nonlocal count
                for start in range(0, len(piece), TOKEN):
                    put(TextDelta(STREAMED, "final", piece[start : start + TOKEN]))
                    count += 1
                    if count % (RATE // 4) == 0:
                        put(DecodeProgress(count, RATE, count, CONTEXT))

            cost = await stream(text[split:], write, pilot.pause, BATCHES)
        late, held = cost.lateness, cost.held
        figures += [
            Figure(f"a streamed token, {name}", cost.cpu, "ms CPU", 2.5),
            Figure(
                "  event loop late, p99",
                quantile(late, 0.99),
                "ms",
                33,
                f"{quantile(held, 0.99):.0f} ms CPU",
            ),
            Figure("  event loop late, worst", max(late), "ms", 100, f"{max(held):.0f} ms CPU"),
        ]
    return figures


async def measure_changes(path: Path, messages: int) -> list[Figure]:
    """Measure a resize and another theme in a long session."""
    async with running_app() as (app, pilot):
        await open_session(app, pilot, path)

        async def processor_ms(act: Callable[[int], Awaitable[None]], times: int = 6) -> float:
            gc.collect()
            start = time.process_time()
            for index in range(times):
                await act(index)
                await pilot.pause()
            return (time.process_time() - start) / times * 1000

        async def resize(index: int) -> None:
            await pilot.resize_terminal(SIZE[0] - 10 * (index % 2), SIZE[1])

        async def change_theme(index: int) -> None:
            app.use_theme(("harmony-light", "harmony-dark")[index % 2])

        resized, coloured = await processor_ms(resize), await processor_ms(change_theme)
    return [
        Figure(f"resize, {messages:,} messages", resized, "ms CPU", 100),
        Figure(f"another theme, {messages:,} messages", coloured, "ms CPU", 100),
    ]
