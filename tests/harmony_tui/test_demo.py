"""The application with the bundled model: what a newcomer sees in the first minute."""

from __future__ import annotations

import pytest

from engine.config.settings import Settings
from engine.models.demo.corpus.acceptance import QUESTIONS
from harmony_tui.app import HarmonyApp
from harmony_tui.welcome import TO_TRY_WITH_DEMO
from tests import screenshots
from tests.harmony_tui.screen import NARROW, WIDE, answered, screen_text, shows, submit, until


def test_questions_that_are_shown_are_those_that_are_right_every_time() -> None:
    right = {question.text for question in QUESTIONS if not question.after}
    assert {*TO_TRY_WITH_DEMO, *screenshots.QUESTIONS} <= right


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_first_conversation(size: tuple[int, int]) -> None:
    app = HarmonyApp(Settings(), None)
    try:
        async with app.run_test(size=size) as pilot:
            await shows(pilot, "tiny demonstration model", *TO_TRY_WITH_DEMO)
            await submit(pilot, "What is 127 + 386?")
            await answered(pilot)
            await shows(pilot, "calculator  127+386  →  513")
            await submit(pilot, "Write a haiku about the sea")
            await answered(pilot)
            await pilot.press("f2")
            await pilot.pause()
            if size == NARROW:
                assert "─ Analysis ─" in screen_text(app)
                assert "tokens · " in screen_text(app)
    finally:
        app.engine.close()


async def test_effort_changes_how_long_it_thinks() -> None:
    app = HarmonyApp(Settings(hyperparameters={"temperature": 0}), None)
    lengths = {}
    try:
        async with app.run_test(size=WIDE) as pilot:
            await until(pilot, lambda: app.engine.model)
            for effort in ("low", "high"):
                await submit(pilot, "/new")
                await submit(pilot, f"/effort {effort}")
                await submit(pilot, "What is 127 + 386?")
                await answered(pilot)
                await shows(pilot, "→  513")
                thoughts = app.chat_screen.side["analysis"]._thoughts.values()  # type: ignore[attr-defined]
                lengths[effort] = sum(thought.tokens for thought in thoughts)
    finally:
        app.engine.close()
    assert lengths["low"] < lengths["high"]
