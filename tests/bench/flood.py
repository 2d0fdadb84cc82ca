"""What the screen does while a tool floods it: a gigabyte from python, in the program itself."""

from __future__ import annotations

import asyncio
import functools
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.screen import Screen

from engine.config.settings import Settings
from harmony_tui.panes.tools import ToolsPane
from tests.bench.figures import Figure, quantile
from tests.bench.transcript import watching
from tests.harmony_tui.screen import scripted_app, submit

SIZE = (120, 40)
FRAME = 1000 / 30
"""Milliseconds that a frame and a wait of the event loop may take, for 30 frames a second."""
WORST = 100
LOOK_SECONDS = 0.02
LONGEST_SECONDS = 60.0
"""What the call may take to begin."""
GIGABYTE = (
    "import sys\nfor _ in range(1000): n = sys.stdout.buffer.write(b'0123456789abcde\\n' * 62500)"
)
CALL = f"<|channel|>analysis to=python code<|message|>{GIGABYTE}<|call|>"
ANSWER = "<|channel|>final<|message|>It has flooded.<|return|>"


@contextmanager
def timing_frames() -> Iterator[list[float]]:
    """Note, while the context lasts, how many milliseconds the screen takes for each drawing."""
    taken: list[float] = []
    draw = Screen._compositor_refresh

    @functools.wraps(draw)
    def timed(self: Screen[Any]) -> None:
        begin = time.perf_counter()
        draw(self)
        taken.append((time.perf_counter() - begin) * 1000)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Screen, "_compositor_refresh", timed)
        yield taken


async def measure_flood() -> list[Figure]:
    """Have python write a gigabyte in a conversation, with its card on the screen."""
    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as environment:
        environment.setenv("HARMONY_TUI_HOME", home)
        settings = Settings(approval="auto")
        async with scripted_app(CALL, ANSWER, size=SIZE, settings=settings) as (app, pilot):
            await pilot.press("f3")
            pane = app.chat_screen.side["tools"]
            assert isinstance(pane, ToolsPane)
            await submit(pilot, "flood")
            async with asyncio.timeout(LONGEST_SECONDS):
                while not pane.trace.running:
                    await asyncio.sleep(LOOK_SECONDS)
            with timing_frames() as frames:
                async with watching() as (late, _):
                    begin = time.perf_counter()
                    while pane.trace.running:
                        await asyncio.sleep(LOOK_SECONDS)
                    seconds = time.perf_counter() - begin
            [call] = pane.trace.calls
            assert call.state == "done", call.output
            while app.engine.is_answering:
                await asyncio.sleep(LOOK_SECONDS)
    return [
        Figure("a gigabyte of output, in the program", seconds, "s"),
        Figure("  frames a second", len(frames) / seconds, "frames"),
        Figure("  a frame, median", quantile(frames, 0.5), "ms"),
        Figure("  a frame, p99", quantile(frames, 0.99), "ms", FRAME),
        Figure("  a frame, worst", max(frames), "ms", WORST),
        Figure("  event loop late, p99", quantile(late, 0.99), "ms", FRAME),
        Figure("  event loop late, worst", max(late), "ms", WORST),
    ]
