"""The session's store as turns use it: where it fails, that is said once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from engine.conversation.errors import StoreError
from engine.conversation.store import Store
from engine.events import ModelInfo, Notice

logger = logging.getLogger(__name__)


class Journal:
    """Writes what happens in a conversation; what cannot be written now the store keeps."""

    def __init__(self, store: Store) -> None:
        """Write into a store, which stays the same."""
        self.store = store
        self._is_failing = False
        self._identified: tuple[ModelInfo, str] | None = None

    def write(self, take: Callable[[Store], object]) -> Notice | None:
        """Have the store take something; return what to tell the person, if anything.

        That is the case at the first failure of a run of them, which ends when nothing is behind,
        and where the file was not what it had been.
        """
        try:
            take(self.store)
        except StoreError as error:
            if self._is_failing:
                return None
            self._is_failing = True
            logger.warning("%s", error)
            return Notice(str(error))
        self._is_failing = self._is_failing and self.store.is_behind
        news = self.store.take_news()
        return Notice(news) if news else None

    def fingerprint(self, model: ModelInfo) -> str:
        """Return what identifies a model's weights; empty where they cannot be read any more."""
        from engine.models.fingerprint import fingerprint

        if self._identified is None or self._identified[0] is not model:
            try:
                # What it computes in does not make it another model here.
                self._identified = model, fingerprint(Path(model.path), "")
            except OSError as error:
                logger.info("%s has no fingerprint: %s", model.path, error)
                self._identified = model, ""
        return self._identified[1]
