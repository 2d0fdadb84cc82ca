"""What every test of the application stands on."""

from __future__ import annotations

import asyncio

import pytest
import textual.app
import textual.pilot
from textual._context import active_app
from textual.pilot import Pilot

from engine.config import locations
from tests.harmony_tui.resting import rest

LOOK_SECONDS = 0.01


@pytest.fixture(autouse=True)
def _usual_arrangement() -> None:
    """Begin with the panes as they are at first, whatever a test before has done to them."""
    (locations.state_folder() / "arrangement.json").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _only_the_screen_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a key be over when the screen is at rest.

    Textual waits up to two seconds for the whole process, in which the model goes on working, and
    looks for it again and again.
    """

    async def wait_for_idle(_least: float = 0.0, _most: float = 0.0) -> None:
        await asyncio.sleep(LOOK_SECONDS)  # what comes at once from other threads is waited for
        await rest(active_app.get())

    async def wait_for_screen(pilot: Pilot[object], _timeout: float = 0.0) -> bool:
        await rest(pilot.app)
        return pilot.app._exception is None

    for module in (textual.app, textual.pilot):
        monkeypatch.setattr(module, "wait_for_idle", wait_for_idle)
    monkeypatch.setattr(Pilot, "_wait_for_screen", wait_for_screen)
