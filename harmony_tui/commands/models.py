"""What the commands about models do: to choose, load, unload and download them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.config import locations
from harmony_tui.commands.command import CommandError
from harmony_tui.commands.explaining import BUNDLED
from harmony_tui.downloads import Download
from harmony_tui.model_survey import size

if TYPE_CHECKING:
    from harmony_tui.app import HarmonyApp
    from harmony_tui.screens.model_list import InMemory

FOLLOW_SECONDS = 0.2


def choose_model(app: HarmonyApp, name: str) -> None:
    """Load a model by its name, or download it, or show those there are."""
    if name and not _may_be_fetched(app, name):
        _load(app, name)
        return
    from harmony_tui.screens.models import ModelsScreen

    def fetch(name: str) -> Download:
        return begin_download(app, name)

    def load(name: str | None) -> None:
        if name is not None:
            try:
                _load(app, name)
            except CommandError as error:
                app.flash(str(error), is_problem=True)

    def unload(tell: Callable[[str], bool]) -> None:
        work = _unloading(app)

        async def unload_and_tell() -> str:
            said = await work
            return "" if tell(said) else said

        app.begin_work(unload_and_tell())

    running = app.download if app.download is not None and not app.download.is_over else None
    screen = ModelsScreen(
        app.settings.models_folder,
        in_memory=lambda: _look_into_memory(app),
        unload=unload,
        fetch=fetch,
        download=running,
        context_limit=app.settings.memory_limits.context,
        is_still=app.manners.is_still,
    )
    screen.wanted = name
    app.push_screen(screen, load)


def _may_be_fetched(app: HarmonyApp, name: str) -> bool:
    """Return whether a name is written as one of the Hub's and stands for no folder here."""
    located = locations.locate_model(name, app.settings.models_folder)
    return locations.is_repository_name(name) and not Path(located or name).is_dir()


def _load(app: HarmonyApp, name: str) -> None:
    if app.engine.is_loading:
        raise CommandError("A model is being loaded; wait until it is there.")
    app.engine.load(name)


def _look_into_memory(app: HarmonyApp) -> InMemory:
    """Return which model is loaded, and which is on its way and how far."""
    from harmony_tui.screens.model_list import InMemory

    model = app.engine.model
    loaded = Path(model.path) if model and model.path else None
    name = model.name if model else ""
    if not app.engine.is_loading:
        return InMemory(loaded, name)
    state = app.chat_screen.status.activity.state
    progress = state if state.startswith("loading") else "loading"
    return InMemory(loaded, name, app.settings.model or BUNDLED, progress)


def unload_model(app: HarmonyApp, _: str) -> None:
    """Free the model's memory; the conversation stays, and the next message loads it again."""
    app.begin_work(_unloading(app))


def _unloading(app: HarmonyApp) -> Coroutine[Any, Any, str]:
    """Return what unloads the model, and then tells what is to be said about that.

    Raises:
        CommandError: there is no model to unload.
    """
    if app.engine.is_loading:
        raise CommandError("A model is being loaded; wait until it is there.")
    model = app.engine.model
    if model is None:
        raise CommandError("No model is loaded.")

    async def unload() -> str:
        freed = await app.engine.unload()
        app.chat_screen.status.forget_model()
        return f"{model.name} is unloaded, {size(freed)} are free. Your next message loads it."

    return unload()


def begin_download(app: HarmonyApp, name: str) -> Download:
    """Begin to download a model; its end is told wherever the person is then.

    Raises:
        CommandError: another one is on its way.
    """
    if app.download is not None and not app.download.is_over:
        raise CommandError(f"{app.download.name} is being downloaded; one comes at a time.")
    app.download = download = Download(name, locations.models_folder(app.settings.models_folder))

    async def follow() -> str:
        while not download.is_over:
            await asyncio.sleep(FOLLOW_SECONDS)
        if download.problem:
            raise CommandError(download.problem)
        if download.folder is None:
            return f"The download of {name} is stopped; what came is kept."
        return f"{name} is downloaded: /model {name} loads it."

    app.begin_work(follow())
    return download
