"""Tells when an application's screen is at rest, from what its thread has yet to do."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from textual._context import visible_screen_stack
from textual.app import App
from textual.timer import Timer
from textual.worker import Worker, WorkerState

LOOK_SECONDS = 0.001
LONGEST_WAIT_SECONDS = 0.5
PATIENCE_SECONDS = 30.0
"""So long at most is waited where it must be at rest, also on a busy machine."""
SOON_SECONDS = 0.3
"""What is to be done once and so soon, as to count what was typed, is waited for."""
ENDLESS = {"follow"}
"""Groups of background work that goes on for as long as its screen is open."""


async def rest(app: App[Any], most: float = LONGEST_WAIT_SECONDS) -> None:
    """Wait until nothing is left to do on the screen's thread, and all that changed is drawn.

    What goes on in other threads is not waited for. A screen that has something to do at every
    moment is waited for no longer than ``most`` seconds.
    """
    end = time.monotonic() + most
    while True:
        await asyncio.sleep(0)
        is_over = not asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        if is_over and (app._exit or not _is_to_be_drawn(app)):
            return
        if time.monotonic() > end:
            return
        if is_over:
            if app._batch_count:
                await asyncio.sleep(LOOK_SECONDS)
            else:
                visible_screen_stack.set(app._background_screens)
                app.screen._on_timer_update()


async def rest_for_long(app: App[Any]) -> None:
    """Wait for a screen that is at rest, and to which nothing comes from the background soon."""
    while True:
        await rest(app, PATIENCE_SECONDS)
        if not any(map(_is_awaited, app.workers)) and not any(map(_is_due_soon, _timers(app))):
            return
        await asyncio.sleep(LOOK_SECONDS)


def _is_awaited(worker: Worker[Any]) -> bool:
    is_at_work = worker.state in (WorkerState.PENDING, WorkerState.RUNNING)
    return is_at_work and worker.group not in ENDLESS


def _timers(app: App[Any]) -> list[Timer]:
    return [timer for pump in (app, *app._registry) for timer in pump._timers]


def _is_due_soon(timer: Timer) -> bool:
    is_pending = timer._task is not None and not timer._task.done()
    return is_pending and timer._repeat == 0 and timer._interval <= SOON_SECONDS


def _is_to_be_drawn(app: App[Any]) -> bool:
    if not app.screen_stack:
        return False
    screen = app.screen
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
