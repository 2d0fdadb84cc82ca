"""Models and voices of speech on their way to this machine."""

from __future__ import annotations

from pathlib import Path

from engine.config import locations
from harmony_tui.downloads import Download


class VoiceDownload(Download):
    """A model that recognises or speaks, or one voice, that is downloaded."""

    def __init__(self, name: str, models: str | None) -> None:
        """Begin.

        Args:
            name: of the repository, or of the voice with its repository's before it.
            models: the folder of models that the settings name.
        """
        self._chosen_folder = models
        super().__init__(name, locations.models_folder(models))

    def _fetch(self) -> Path:
        from engine.voice.weights import download

        return download(self.name, self._chosen_folder, self._note, self._cancelled)
