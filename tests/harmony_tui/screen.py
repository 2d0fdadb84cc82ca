"""What a test needs to run the application and to read its screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual._context import visible_screen_stack
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from engine.config.settings import Settings
from engine.events import ModelLoaded
from engine.worker import Worker
from harmony_tui.app import HarmonyApp
from harmony_tui.engine_link import EngineLink
from tests.engine.scripted import scripted_worker
from tests.harmony_tui.resting import rest

WIDE = (140, 40)
NARROW = (80, 24)
PATIENCE_SECONDS = 60
LOOK_SECONDS = 0.02


def screen_text(app: HarmonyApp) -> str:
    """Return the screen as lines of text."""
    # Textual offers pictures of its screen but not its text. What a dialogue lets shine through is
    # kept as it was drawn once, so that it is drawn here as the screen does it.
    visible_screen_stack.set(app._background_screens)
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[int], condition: Callable[[], object]) -> None:
    """Wait until something is so; fail with the screen if it never is."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end or pilot.app._exception is not None:
            raise AssertionError(f"waited in vain:\n{screen_text(pilot.app)}")  # type: ignore[arg-type]
        await asyncio.sleep(LOOK_SECONDS)
    await rest(pilot.app)


async def shows(pilot: Pilot[int], *texts: str) -> None:
    """Wait until texts are on the screen."""
    for text in texts:
        await until(pilot, lambda text=text: text in screen_text(pilot.app))  # type: ignore[misc,arg-type]


async def says(pilot: Pilot[int], *pieces: str) -> None:
    """Wait until the conversation has all pieces in its entries, however their lines are cut."""
    transcript = pilot.app.chat_screen.conversation.transcript  # type: ignore[attr-defined]

    def is_said(piece: str) -> bool:
        return any(piece in entry.source for entry in transcript._document.entries)

    await until(pilot, lambda: all(map(is_said, pieces)))


class ScriptedEngine(EngineLink):
    """The real chat, tools and worker's thread, around a model that samples given tokens."""

    def __init__(self, settings: Settings, on_arrival: Callable[[], None], worker: Worker) -> None:
        super().__init__(settings, on_arrival, worker)

    def load(self, name: str | None) -> None:
        info = self._worker.model
        assert info is not None
        self._loads.put(ModelLoaded(info))


@asynccontextmanager
async def scripted_app(
    *replies: str, size: tuple[int, int] = WIDE, settings: Settings | None = None
) -> AsyncIterator[tuple[HarmonyApp, Pilot[int]]]:
    """Run the application with a model that gives these replies, tokens spelled out."""
    worker = scripted_worker(*replies)
    app = HarmonyApp(
        settings or Settings(),
        None,
        lambda settings, on_arrival: ScriptedEngine(settings, on_arrival, worker),
    )
    try:
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: not app.chat_screen.status.activity.is_busy)
            yield app, pilot
    finally:
        app.engine.close()


async def answered(pilot: Pilot[int]) -> None:
    """Wait until what was sent is answered."""
    app = pilot.app
    assert isinstance(app, HarmonyApp)
    # Sending empties the prompt box and begins the turn in one step.
    await until(pilot, lambda: not app.chat_screen.prompt.area.text and not app.engine.is_answering)


async def type_text(pilot: Pilot[int], text: str) -> None:
    """Type a text as a person does, key by key."""
    driver = pilot.app._driver
    assert driver is not None
    for character in text:
        # Quicker than ``pilot.press``, which waits after each key until all is quiet.
        name = character if character.isalnum() else _character_to_key(character)
        key = Key(name, character)
        key.set_sender(pilot.app)
        driver.send_message(key)
    await pilot.pause()


async def submit(pilot: Pilot[int], text: str) -> None:
    """Type a text and press Enter."""
    await type_text(pilot, text)
    await pilot.press("enter")
