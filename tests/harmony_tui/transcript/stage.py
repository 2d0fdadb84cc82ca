"""A small application around one transcript, in the program's own colours."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult

import harmony_tui
from harmony_tui.transcript import Transcript
from themes.loader import BUNDLED, load_themes, role_defaults

STYLE_SHEET = Path(harmony_tui.__file__).parent / "transcript" / "view.tcss"


class Stage(App[None]):
    """Shows a transcript and nothing else."""

    CSS_PATH: ClassVar = [STYLE_SHEET]

    def __init__(self, placeholder: str | None = None) -> None:
        super().__init__()
        self.transcript = Transcript(placeholder)
        self.links: list[str] = []
        self.copied: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return role_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.transcript

    def on_mount(self) -> None:
        for theme in load_themes(BUNDLED)[0]:
            self.register_theme(theme)
        self.theme = "harmony-dark"
        self.transcript.focus()

    def on_transcript_link_clicked(self, event: Transcript.LinkClicked) -> None:
        self.links.append(event.target)


def tell(transcript: Transcript, kind: str, text: str, title: str = "") -> int:
    """Add a whole entry."""
    entry = transcript.begin(kind, title)  # type: ignore[arg-type]
    transcript.append(entry, text)
    transcript.finish(entry)
    return entry


def shown(app: Stage) -> list[str]:
    """The lines on the screen as text, without trailing spaces."""
    transcript = app.transcript
    return [transcript.render_line(y).text.rstrip() for y in range(transcript.size.height)]
