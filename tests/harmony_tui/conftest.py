"""What every test of the application stands on."""

from __future__ import annotations

import asyncio
import time

import pytest
import textual.app
import textual.pilot

from engine.config import locations

LOOK_SECONDS = 0.01
IDLE_SHARE = 0.1
LONGEST_WAIT_SECONDS = 0.5


@pytest.fixture(autouse=True)
def _usual_arrangement() -> None:
    """Begin with the panes as they are at first, whatever a test before has done to them."""
    (locations.state_folder() / "arrangement.json").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _only_the_screen_is_waited_for(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Have a key be over when the screen's thread is idle, except where pictures are compared.

    Textual waits up to two seconds for the whole process, in which the model goes on working.
    """
    if "snap_compare" in request.fixturenames:
        return

    async def wait_for_idle(
        least: float = LOOK_SECONDS, most: float = LONGEST_WAIT_SECONDS
    ) -> None:
        start = now = time.monotonic()
        while now - start < most:
            before, worked = now, time.thread_time()
            await asyncio.sleep(LOOK_SECONDS)
            now, worked = time.monotonic(), time.thread_time() - worked
            was_starved = now - before > 2 * LOOK_SECONDS
            if now - start > least and worked < IDLE_SHARE * LOOK_SECONDS and not was_starved:
                return

    for module in (textual.app, textual.pilot):
        monkeypatch.setattr(module, "wait_for_idle", wait_for_idle)
