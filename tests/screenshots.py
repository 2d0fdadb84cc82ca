"""Makes the pictures in ``screenshots/``: the real application, the real bundled model.

Run with ``python -m tests.screenshots``.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from tests.harmony_tui.screen import NARROW, answered, submit, until

FOLDER = Path(__file__).parent.parent / "screenshots"
THEMES = sorted(file.stem for file in (FOLDER.parent / "themes").glob("*.toml"))
USUAL, SMALL = (120, 36), (112, 26)
QUESTIONS = (
    "What is 127 + 386?",
    "What time is it?",
    "How do I load gpt-oss-20b?",
    "Show me a table",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What is done before a picture is taken.

    ``moment`` is a state of the status line at which it is taken instead of at the end;
    ``is_measured`` has the probabilities of tokens told from the beginning.
    """

    name: str
    size: tuple[int, int] = USUAL
    theme: str = "harmony-dark"
    typed: Sequence[str] = QUESTIONS
    keys: Sequence[str] = ()
    moment: str = ""
    is_measured: bool = False


PICTURES = (
    Picture("welcome", typed=()),
    Picture("answer"),
    Picture("answer-light", theme="harmony-light"),
    Picture("answer-contrast", theme="harmony-contrast"),
    Picture("narrow", NARROW),
    Picture("approval", typed=("/approve always", QUESTIONS[0]), moment="allow calculator?"),
    Picture("dials", keys=("tab", "tab", "tab", "tab", "down", "down", "right", "right", "right")),
    Picture("commands", typed=(), keys=("slash", "down", "down")),
    Picture("manual", typed=(), keys=("f1", "right")),
    Picture("block", keys=("alt+up", "alt+up", "alt+up")),
    Picture("columns", (200, 50), typed=(*QUESTIONS, "/layout columns")),
    Picture("sessions", typed=(*QUESTIONS[:2], "/new", *QUESTIONS[2:], "/sessions")),
    Picture("tokens", typed=(QUESTIONS[0], "/tokens"), is_measured=True),
    Picture("settings", typed=("/settings",)),
    Picture("themes", typed=(*QUESTIONS[:2], "/theme")),
    *(Picture(f"theme-{name}", SMALL, name, (QUESTIONS[0], QUESTIONS[3])) for name in THEMES),
)
NAMES = [picture.name for picture in PICTURES]


async def take(picture: Picture, model: str | None) -> Path:
    """Run the application as a person would and save what it shows.

    Raises:
        RuntimeError: the model cannot be loaded.
    """
    app = HarmonyApp(Settings(theme=picture.theme), model)
    try:
        async with app.run_test(size=picture.size) as pilot:
            app.chat_screen.prompt.area.cursor_blink = False
            if picture.is_measured:
                app.engine.measure_tokens()
            await until(pilot, lambda: not app.chat_screen.status.activity.is_busy)
            if app.engine.model is None:
                raise RuntimeError("The model cannot be loaded; `harmony-tui -p hello` says why.")
            for text in picture.typed[:-1] if picture.moment else picture.typed:
                await submit(pilot, text)
                await answered(pilot)
            if picture.moment:
                await submit(pilot, picture.typed[-1])
                await until(pilot, lambda: app.chat_screen.status.activity.state == picture.moment)
            for key in picture.keys:
                await pilot.press(key)
            await pilot.pause(0.5)
            return Path(app.save_screenshot(f"{picture.name}.svg", path=str(FOLDER)))
    finally:
        app.engine.close()


def main() -> int:
    """Make all pictures, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to make: " + ", ".join(NAMES))
    parser.add_argument("--model", help="folder or name of a model in place of the bundled one")
    given = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        if not given.names or picture.name in given.names:
            with tempfile.TemporaryDirectory() as home:
                os.environ["HARMONY_TUI_HOME"] = home
                print(asyncio.run(take(picture, given.model)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
