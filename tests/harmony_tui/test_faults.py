"""What is wrong with the person's files is told at the start, hides nothing, and can be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config import locations
from engine.config.precedence import load_usable_configuration
from harmony_tui.app import HarmonyApp
from tests.harmony_tui.screen import NARROW, says, scripted_app, submit, until

FILES = {
    "config.toml": "[keys]\nsessions = 5\nnonsense = 'f6'\nnew = 'f6'\n",
    "permissions.toml": "[[rule]\n",
    "presets.toml": "[hot]\ntemperature = 9\n",
    "tools.toml": "[[tool]]\nname = \n",
    "tools.py": "def broken(:\n",
    "themes/mud.toml": "name = 3\n",
}
TOLD = (
    *("'keys.sessions", "there is no command 'nonsense'", "permissions.toml, line 1: "),
    *("temperature cannot be '9'", "tools.toml, line 2: ", "tools.py, line 1: it is no Python"),
    "mud.toml",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    folder = locations.config_file().parent
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


async def test_all_is_told_where_it_hides_nothing_and_can_be_found_again(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    configuration = load_usable_configuration({})
    async with scripted_app(size=NARROW, settings=configuration) as (app, pilot):  # type: ignore[arg-type]
        await says(pilot, "/config tells this again", *TOLD)
        assert not len(app._notifications)
        assert all(any(piece in each.message for each in caplog.records) for piece in TOLD)
        assert app.settings.keys == {"new": ("f6",), "nonsense": ("f6",)}
        await submit(pilot, "/new")
        await until(pilot, lambda: not said(app))
        (folder / "presets.toml").unlink()
        await submit(pilot, "/config")
        await says(pilot, "Wrong in your files:", "permissions.toml, line 1: ", "tools.py, line 1")
        assert "temperature cannot be '9'" not in said(app)


def said(app: HarmonyApp) -> str:
    entries = app.chat_screen.conversation.transcript._document.entries
    return "\n".join(each.source for each in entries)


async def test_no_message_stays_beside_a_later_one() -> None:
    async with scripted_app(size=NARROW) as (app, pilot):
        await submit(pilot, "/effort huge")
        assert app.chat_screen.status._flash is not None
        await submit(pilot, "/set bogus 3")
        await says(pilot, "There is no 'bogus'")
        assert app.chat_screen.status._flash is None
