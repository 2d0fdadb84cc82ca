"""The line that says what the voice is doing."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from harmony_tui.voice.state import VoiceState


class VoiceLine(Widget):
    """One line above the prompt box: what goes on, and what can be done; hidden without voice."""

    def __init__(self, state: VoiceState, key: Callable[[], str]) -> None:
        """Show a state; ``key`` gives the key to speak with, as people write it."""
        super().__init__()
        self.state = state
        self._key = key
        self.display = False

    def render(self) -> Content:
        """Return what goes on at the left, and what can be done, or what was measured, right."""
        width = self.content_size.width
        left = self._left().truncate(width, ellipsis=True)
        room = width - left.cell_length - 2
        right = self._right(room).truncate(max(0, room), ellipsis=True)
        gap = " " * max(0, width - left.cell_length - right.cell_length)
        return Content.assemble(left, gap, right)

    def _right(self, room: int) -> Content:
        """Return what happened a moment ago, or else as many hints as there is room for."""
        if time.monotonic() < self.state.notice_until:
            return Content.assemble((self.state.notice, "$notice"))
        hints = self._hints()
        while hints and cell_len(" · ".join(hints)) > room:
            hints.pop()
        return Content.assemble((" · ".join(hints), "$muted"))

    def _left(self) -> Content:
        state = self.state
        problem = state.problems.get("recognizer") or state.problems.get("synthesizer", "")
        match state.phase:
            case "listening":
                seconds = time.monotonic() - state.since
                return Content.assemble(
                    ("● ", "$error bold"),
                    ("listening ", "$foreground bold"),
                    (state.meter, "$user"),
                    (f" {seconds:.0f} s", "$muted"),
                )
            case "transcribing":
                return Content.assemble(("● ", "$notice"), ("understanding …", "$foreground"))
            case "speaking":
                return Content.assemble(("▶ ", "$frame-focus"), ("speaking", "$foreground bold"))
            case "loading" if not problem:
                return Content.assemble(("○ ", "$muted"), (state.loading or "loading …", "$muted"))
        if problem:
            return Content.assemble(("! ", "$notice"), (problem, "$foreground"))
        said = f"{self._key()} to speak" if not state.is_hands_free else "hands-free"
        return Content.assemble(("○ ", "$muted"), (said, "$foreground"))

    def _hints(self) -> list[str]:
        state, key = self.state, self._key()
        match state.phase:
            case "listening" if state.is_hands_free:
                return ["Esc pauses"]
            case "listening":
                end = "let go to end" if state.is_held else f"{key} ends"
                return [end, "Esc discards"]
            case "speaking":
                return [f"{key} interrupts", "Esc silences"]
            case "ready":
                return [*state.told] or [state.engines]
        return []
