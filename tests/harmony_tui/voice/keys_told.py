"""A program that writes down what the application's driver tells of keys.

python -m tests.harmony_tui.voice.keys_told FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual import events
from textual.app import App
from textual.driver import Driver

from harmony_tui.voice.driver import EventTypesKnown, KeyReleased, KeyRepeated
from harmony_tui.voice.keys import talk_driver


class KeysTold(App[None]):
    """An empty screen; each key, repeat and release becomes a line of a file."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def get_driver_class(self) -> type[Driver]:
        return talk_driver(super().get_driver_class())

    def on_ready(self) -> None:
        self._note("ready")

    async def on_event(self, event: events.Event) -> None:
        match event:
            case EventTypesKnown():
                self._note(f"releases: {event.tells_releases}")
            case KeyReleased(key=key):
                self._note(f"released {key}")
            case KeyRepeated(key=key, is_forwarded=False):
                self._note(f"repeated {key}")
            case events.Key(key=key, is_forwarded=False):
                self._note(f"pressed {key}")
        await super().on_event(event)

    def _note(self, line: str) -> None:
        with self._file.open("a") as file:
            file.write(f"{line}\n")


if __name__ == "__main__":
    KeysTold(Path(sys.argv[1])).run()
