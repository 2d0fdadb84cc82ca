"""Lists of which one row is chosen: which, can be seen without any colour."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from harmony_tui.screens import microphone
from tests.harmony_tui import staged
from tests.harmony_tui.played import PlayedEngine
from tests.harmony_tui.screen import NARROW, screen_text, shows, until


@pytest.fixture(autouse=True)
def _staged_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microphone.MicrophoneScreen, "_begin", staged.hear)
    monkeypatch.setenv("NO_COLOR", "1")


async def marks(pilot: Pilot[int], *rows: str) -> None:
    """Wait until a list on the screen marks these rows, and no others."""

    def are_marked() -> bool:
        lines = screen_text(pilot.app).splitlines()  # type: ignore[arg-type]
        marked = [line.partition("▸")[2] for line in lines if "▸" in line]
        return len(marked) == len(rows) and all(map(str.__contains__, marked, rows))

    await until(pilot, are_marked)


async def test_the_chosen_row_is_marked_wherever_one_is_chosen() -> None:
    app = HarmonyApp(Settings(theme="harmony-light"), None, PlayedEngine)
    try:
        async with app.run_test(size=NARROW) as pilot:
            await until(pilot, lambda: app.chat_screen.status.activity.model is not None)
            app.run_command(BY_NAME["settings"], "")
            first, second = (each.name for each in app.engine.configuration.listing()[:2])
            await marks(pilot, first)
            await pilot.press("down")
            await marks(pilot, second)
            await pilot.press("escape")
            app.run_command(BY_NAME["settings"], "approval")
            await marks(pilot, "approval")
            await pilot.press("enter")
            # The list of values covers others of the setting's row, but not its mark.
            await until(pilot, lambda: screen_text(app).count("▸") == 2)
            chosen = app.screen.query_one("#choices", OptionList)
            assert chosen.highlighted_option is not None
            await shows(pilot, f"▸ {chosen.highlighted_option.id}")
            await pilot.press("down")
            await shows(pilot, f"▸ {chosen.highlighted_option.id}")
            await pilot.press("escape", "escape")
            app.run_command(BY_NAME["theme"], "")
            await marks(pilot, "harmony-light")
            await pilot.press("up")
            await marks(pilot, "harmony-contrast-light")
            await pilot.press("escape")
            app.run_command(BY_NAME["mic"], "")
            await marks(pilot, "● the system's (MacBook Pro   ││")
            await pilot.press("down")
            await marks(pilot, "○ MacBook Pro Microphone")
            await pilot.press("tab")
            await marks(pilot, "● the system's (MacBook Pro   │ │")
    finally:
        app.engine.close()
