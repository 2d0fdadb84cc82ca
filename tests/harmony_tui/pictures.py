"""Pictures of an application's screens, taken while one test walks through it."""

from __future__ import annotations

from pathlib import Path

from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot
from textual.widgets import Input

from harmony_tui.app import HarmonyApp
from tests.harmony_tui.resting import rest_for_long
from tests.harmony_tui.screen import screen_text

TITLE = "harmony-tui"


class Pictures:
    """Compares what is on the screen with pictures that are kept, one after another.

    One that differs does not end the walk; ``check`` tells of all of them at its end.
    """

    def __init__(self, snapshot: SnapshotAssertion, folder: Path) -> None:
        """``folder`` is where pictures are put that differ from those that are kept."""
        self._kept = snapshot.use_extension(SVGImageExtension)
        self._folder = folder
        self._different: list[str] = []

    async def take(self, pilot: Pilot[int], name: str) -> None:
        """Compare the screen, once it is at rest, with the picture of a name."""
        app = pilot.app
        assert isinstance(app, HarmonyApp)
        for typed in app.screen.query(Input):
            typed.cursor_blink = False
        app.screen.refresh()  # what shines through a dialogue is as it was when it was drawn last
        await settle(pilot)
        picture = app.export_screenshot(title=TITLE, simplify=True)
        if picture != self._kept(name=name):
            path = self._folder / f"{name}.svg"
            path.write_text(picture, encoding="utf-8")
            self._different.append(f"{path}:\n{screen_text(app)}")

    def check(self) -> None:
        """Fail if a picture was not as it is kept."""
        assert not self._different, "these are not as they are kept:\n" + "\n".join(self._different)


async def settle(pilot: Pilot[int]) -> None:
    """Wait until nothing is under way that could change the screen."""
    await rest_for_long(pilot.app)
