"""/model: the models of this machine on the screen, with real files, real scans and a real Hub."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from engine.config import locations
from engine.config.settings import Settings
from engine.events import LoadFailed, LoadProgress
from engine.models import demo
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.table import BY_NAME
from harmony_tui.screens.models import FETCH, ModelsScreen
from harmony_tui.status import SPINNER
from tests.engine.models.hub_server import Hub, serving
from tests.harmony_tui.screen import screen_text, scripted_app, shows, submit, type_text, until

NAME = "somebody/tiny-gpt-oss"
FILES = {file.name: file.read_bytes() for file in demo.WEIGHTS.iterdir()}
SIZE = f"{len(FILES['model.safetensors']) / 1e6:.1f} MB"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    return tmp_path


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(Hub(NAME, FILES)) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


def add_models(home: Path) -> None:
    """Put a model into each place, and what is none."""
    models = locations.models_folder(None)
    (models / "mine").mkdir(parents=True)
    for name in ("config.json", "model.safetensors"):
        (models / "mine" / name).symlink_to(demo.WEIGHTS / name)
    broken = models / "somebody" / "broken"
    shutil.copytree(demo.WEIGHTS, broken)
    with (broken / "model.safetensors").open("r+b") as file:
        file.truncate(5000)
    entry = home / "hf" / "hub" / "models--other--bert-tiny"
    (entry / "refs").mkdir(parents=True)
    (entry / "refs" / "main").write_text("abc")
    (entry / "snapshots" / "abc").mkdir(parents=True)
    (entry / "snapshots" / "abc" / "config.json").write_text(json.dumps({"model_type": "bert"}))


async def open_picker(app: HarmonyApp, pilot: Pilot[int]) -> ModelsScreen:
    model = app.engine.model
    assert model is not None
    app.engine._worker._model = replace(model, path=str(demo.WEIGHTS))
    app.run_command(BY_NAME["model"])
    await until(pilot, lambda: isinstance(app.screen, ModelsScreen))
    screen = app.screen
    assert isinstance(screen, ModelsScreen)
    await until(pilot, lambda: screen._found and not screen._is_scanning)
    await pilot.pause()
    return screen


def details(screen: ModelsScreen) -> str:
    return " ".join(str(screen.query_one("#details Static", Static).render()).split())


def rows(screen: ModelsScreen) -> list[str | None]:
    return [option.id for option in screen.query_one(OptionList).options]


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
async def test_all_models_are_listed_with_what_is_known_of_them(
    home: Path, size: tuple[int, int]
) -> None:
    add_models(home)
    async with scripted_app(size=size) as (app, pilot):
        screen = await open_picker(app, pilot)
        assert rows(screen) == ["demo", "mine", "somebody/broken", "other/bert-tiny"]
        shown = screen_text(app)
        for text in ("▸● demo", SIZE, "mxfp4", "fits", "Quantisation", "4 models"):
            assert text in shown, shown
        # The details are those of the subcommand that inspects a model.
        known = details(screen)
        for text in ("bundled", "fits: it takes", "GiB are free", "experts", "KV cache"):
            assert text in known
        await pilot.press("down", "down")
        await until(pilot, lambda: "truncated or damaged" in details(screen))
        await shows(pilot, "▸  somebody/broken", " ● demo")
        await pilot.press("enter")
        assert app.screen is screen
        await pilot.press("down")
        await until(pilot, lambda: "'bert'" in details(screen))
        await pilot.press("up", "up", "up")
        await until(pilot, lambda: details(screen).startswith("state loaded"))
        # It goes and is on its way again, while the list is looked at.
        await shows(pilot, "^X unload", "scripted is loaded")
        await pilot.press("ctrl+x")
        await shows(pilot, "scripted is unloaded,", "Your next message loads it.")
        assert app.engine.model is None
        assert "● demo" not in screen_text(app)
        assert "^X" not in screen_text(app)
        assert details(screen).startswith("state not loaded")
        await pilot.press("ctrl+x")
        await shows(pilot, "No model is loaded.")
        app.engine.is_loading = True
        app.engine._loads.put(LoadProgress("weights", 0.4))
        await until(pilot, lambda: details(screen).startswith("state loading 40 %"))
        assert any(f"{mark} demo" in screen_text(app) for mark in SPINNER)
        await pilot.press("enter")
        await shows(pilot, "A model is being loaded; wait until it is there.")
        app.engine._loads.put(LoadFailed("It is gone.", is_unloaded=True))
        await until(pilot, lambda: details(screen).startswith("state not loaded"))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat_screen)
        await shows(pilot, "It is gone. To go on, load another model")


async def test_one_is_found_by_typing_and_loaded(home: Path) -> None:
    add_models(home)
    loaded: list[str | None] = []
    async with scripted_app(size=(80, 24)) as (app, pilot):
        app.engine.load = loaded.append  # type: ignore[method-assign,assignment]
        screen = await open_picker(app, pilot)
        await pilot.press("enter")
        await shows(pilot, "This one is loaded.")
        await type_text(pilot, "mi")
        await until(pilot, lambda: rows(screen) == ["mine"])
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.chat_screen)
    assert loaded == ["mine"]
    mine = locations.models_folder(None) / "mine"
    assert locations.locate_model("mine", None) == str(mine)


async def test_a_name_that_is_not_there_is_downloaded(home: Path, hub: Hub) -> None:
    models = home / "models"
    settings = Settings(models_folder=str(models))
    async with scripted_app(size=(80, 24), settings=settings) as (app, pilot):
        screen = await open_picker(app, pilot)
        screen.query_one(Input).value = NAME
        await until(pilot, lambda: rows(screen) == [FETCH + NAME])
        await shows(pilot, f"↓ Download {NAME}", str(models)[:40])
        await pilot.press("enter")
        await until(pilot, lambda: app.download is not None and app.download.is_over)
        await until(pilot, lambda: rows(screen) == [NAME])
        await shows(pilot, "is here. Enter loads it.")
        got = {file.name: file.read_bytes() for file in (models / NAME).iterdir()}
        assert got == FILES
        await until(pilot, lambda: not screen._is_scanning)
        loaded: list[str | None] = []
        app.engine.load = loaded.append  # type: ignore[method-assign,assignment]
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.chat_screen)
        assert loaded == [NAME]


async def test_a_name_that_is_typed_after_the_command_is_downloaded_then_loaded(
    home: Path, hub: Hub
) -> None:
    models = home / "models"
    settings = Settings(models_folder=str(models))
    async with scripted_app(size=(80, 24), settings=settings) as (app, pilot):
        loaded: list[str | None] = []
        app.engine.load = loaded.append  # type: ignore[method-assign,assignment]
        await submit(pilot, f"/model {NAME}")
        await shows(pilot, f"{NAME} is here. Enter loads it.")
        assert (models / NAME / "model.safetensors").read_bytes() == FILES["model.safetensors"]
        assert not loaded
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.chat_screen)
        for name in (NAME, "/no/such/model"):  # that is here now, and that nobody can download
            await submit(pilot, f"/model {name}")
            assert app.screen is app.chat_screen
        assert loaded == [NAME, NAME, "/no/such/model"]
        (models / NAME).rename(models / "elsewhere")
        hub.refuses = (403, "GatedRepo")
        await submit(pilot, f"/model {NAME}")
        await shows(pilot, "agreed to its terms")


async def test_the_frame_says_what_enter_does(home: Path) -> None:
    add_models(home)
    async with scripted_app(size=(80, 24)) as (app, pilot):
        screen = await open_picker(app, pilot)
        await shows(pilot, "↑↓ choose  Enter load")
        screen.query_one(Input).value = NAME
        await shows(pilot, "↑↓ choose  Enter download")


async def test_a_download_goes_on_behind_the_chat_and_is_stopped_and_taken_up(
    home: Path, hub: Hub
) -> None:
    slow = [True]

    def wait() -> None:
        if slow[0]:
            import time

            time.sleep(0.05)

    hub.on_piece = wait
    models = home / "models"
    settings = Settings(models_folder=str(models))
    async with scripted_app(size=(80, 24), settings=settings) as (app, pilot):
        screen = await open_picker(app, pilot)
        screen.query_one(Input).value = NAME
        await until(pilot, lambda: rows(screen) == [FETCH + NAME])
        await pilot.press("enter")
        await shows(pilot, f"of {SIZE}", " %", "MB/s")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat_screen)
        download = app.download
        assert download is not None
        assert not download.is_over
        screen = await open_picker(app, pilot)
        await shows(pilot, NAME, f"of {SIZE}")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: download.is_over)
        await shows(pilot, "Stopped.")
        assert (models / NAME / "model.safetensors.part").stat().st_size > 0
        await until(pilot, lambda: NAME in rows(screen) and not screen._is_scanning)
        await shows(pilot, "not finished")
        slow[0] = False
        await until(pilot, lambda: screen._chosen_id == NAME)
        await pilot.press("enter")
        await shows(pilot, "is here. Enter loads it.")
        assert (models / NAME / "model.safetensors").read_bytes() == FILES["model.safetensors"]


async def test_what_the_hub_refuses_is_told(home: Path, hub: Hub) -> None:
    hub.refuses = (403, "GatedRepo")
    async with scripted_app(size=(120, 30)) as (app, pilot):
        screen = await open_picker(app, pilot)
        screen.query_one(Input).value = NAME
        await until(pilot, lambda: rows(screen) == [FETCH + NAME])
        await pilot.press("enter")
        await shows(pilot, "agreed to its terms", "HF_TOKEN")
        screen.query_one(Input).value = "no such words"
        await shows(pilot, "No model has these words.")
