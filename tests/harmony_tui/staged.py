"""What screens show in pictures in place of what differs from machine to machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.config.precedence import Configuration
from engine.config.settings import Settings
from engine.events import Event, ToolCallFinished, ToolCallRequested
from engine.inspection import inspect
from engine.models import demo
from engine.models.finding import LocalModel
from engine.models.fitting import Fit
from engine.tools.sandbox.probing import Found
from engine.tools.sandbox.unconfined import Unconfined
from engine.voice.devices import Device
from engine.voice.levels import Level
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.compare import read_sides
from harmony_tui.comparison import Comparison, list_differences
from harmony_tui.model_survey import Surveyed
from harmony_tui.panes.analysis import AnalysisPane
from harmony_tui.panes.thoughts import Thoughts
from harmony_tui.panes.tools import ToolsPane
from harmony_tui.sandbox_report import describe
from harmony_tui.screens.compare import CompareScreen
from harmony_tui.screens.microphone import MicrophoneScreen
from tests.harmony_tui.played import message, turn

GIB = 2**30
HUGE = "mlx-community/gpt-oss-120b-MXFP4-Q8"


def find_models(_folder: str | None, _others: object) -> list[Surveyed]:
    """Give a model that was not fetched in full, the bundled one and one that is too large."""
    place = Path("/models")
    bundled = replace(inspect(demo.WEIGHTS), path="/models/demo")
    found = (
        (LocalModel("demo", place / "demo", "bundled", 9_400_000), 12_800_000),
        (LocalModel(HUGE, place / HUGE, "Hugging Face", 63_400_000_000), 66 * GIB),
    )
    begun = LocalModel(
        *("openai/gpt-oss-20b", place / "openai/gpt-oss-20b", "harmony-tui", 4_200_000_000),
        unfinished=13_800_000_000,
    )
    return [
        Surveyed(begun),
        *(
            Surveyed(model, bundled, "mxfp4", Fit(needed, 16 * GIB, 24 * GIB))
            for model, needed in found
        ),
    ]


def stop_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all that is played take no time, however busy the machine is."""
    for part in (Thoughts, AnalysisPane, ToolsPane):
        # Each has its clock as the default of its last argument.
        monkeypatch.setattr(part.__init__, "__defaults__", (lambda: 0.0,))


class Microphone:
    """Hears one word in a quiet room, for ever."""

    level = Level(-45.0, -12.0)

    is_open = True

    def close(self) -> None:
        """Let go of nothing."""
        self.is_open = False


def hear(screen: MicrophoneScreen) -> None:
    """Give a microphone's screen devices, of which it hears the first."""
    names = ("MacBook Pro Microphone", "Røde NT-USB+ (USB Audio, front left and right)", "麦克风")
    inputs = tuple(
        Device(name, number, 1, 48_000.0, is_default=not number)
        for number, name in enumerate(names)
    )
    outputs = (Device("MacBook Pro Speakers", 3, 2, 48_000.0, is_default=True),)
    screen.post_message(screen.Found(inputs, outputs))
    screen._microphone = Microphone()  # type: ignore[assignment]


def browsed(answer: str) -> list[Event]:
    """Return a turn in which a page is thought about, and cited."""
    page = (
        "[1] Ferns and their spores (https://example.org/ferns)\n"
        "**viewing lines [0 - 3] of 9**\n\nL0: words"
    )
    opened = '{"id": "https://example.org/ferns"}'
    return turn(
        "How do ferns spread?",
        message(0, "analysis", "A page on ferns would know how they spread."),
        [
            ToolCallRequested(0, "browser.open", opened, "", needs_approval=False),
            ToolCallFinished(0, "done", page, 0.2),
        ],
        message(1, "final", answer),
    )


def compare_played(app: HarmonyApp) -> None:
    """Show two answers that are over."""
    configuration = Configuration.of(Settings())
    sides = read_sides("creative", configuration)
    comparison = Comparison("How do ferns spread?", sides)
    comparison.seeds = (7, 7)
    comparison.is_over = True
    answers = (
        "Ferns spread by **spores**【1†L0-L2】, which the wind carries.",
        "Ferns spread by the wind: it carries their *spores* 【1†L0】 over many kilometres.",
    )
    for heard, answer in zip(comparison._heard, answers, strict=True):
        for event in browsed(answer):
            heard.put(event)
    differences = list_differences(sides, configuration)
    app.push_screen(CompareScreen(comparison, differences, app.engine, lambda _: None))


def tell_sandbox(app: HarmonyApp) -> None:
    """Say what a machine without any sandbox is told."""
    found = Found(Unconfined(), (("bubblewrap", "bubblewrap is not installed"),))
    app.chat_screen.conversation.say(describe(found, Path("nowhere")))
