"""/unload: the model goes, the conversation stays, and the next message brings the model back."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from tests.harmony_tui.screen import WIDE, answered, says, shows, submit, until


async def test_a_model_goes_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    app = HarmonyApp(Settings())
    try:
        async with app.run_test(size=WIDE) as pilot:
            await until(pilot, lambda: app.engine.model)
            await submit(pilot, "What is 2 + 3?")
            await answered(pilot)
            await submit(pilot, "/unload")
            await shows(pilot, "demo is unloaded", "MB are free. Your next message loads it.")
            await shows(pilot, "no model")
            assert app.engine.model is None
            app.run_command(BY_NAME["unload"])
            await shows(pilot, "! No model is loaded.")
            await submit(pilot, "What is 40 + 4?")
            await until(pilot, lambda: app.engine.model)
            await answered(pilot)
            await says(pilot, "What is 2 + 3?", "What is 40 + 4?", "44")
            await shows(pilot, "ready")
    finally:
        app.engine.close()
