"""Models on their way to this machine: on a thread of their own, which nobody waits for."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from harmony_tui.activity import show_left
from harmony_tui.log import where_to_look

if TYPE_CHECKING:
    from engine.upkeep import Progress

RATE_SECONDS = 5.0
"""The speed is that of the last seconds."""
GB = 10**9
MB = 10**6

logger = logging.getLogger(__name__)


class Download:
    """One model that is downloaded; any thread may ask how far it is."""

    def __init__(self, name: str, models: Path) -> None:
        """Begin.

        Args:
            name: of the repository, such as ``openai/gpt-oss-20b``.
            models: the folder of models that it comes into.
        """
        self.name = name
        self.models = models
        self.folder: Path | None = None
        """Where it is, once it is there."""
        self.problem = ""
        """Why it ended without being there; empty if the person wanted that."""
        self._progress: Progress | None = None
        self._history: deque[tuple[float, int]] = deque()
        self._rate = 0.0
        """Bytes per second; 0 as long as that is not known."""
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, name="download", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether it has ended, well or not."""
        return not self._thread.is_alive()

    @property
    def is_cancelled(self) -> bool:
        """Whether the person has stopped it."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Have it stop; what came is kept."""
        self._cancelled.set()

    def wait(self, seconds: float) -> None:
        """Wait until it is over, for so long at most."""
        self._thread.join(seconds)

    def describe(self) -> str:
        """Return how far it is, such as ``3.1 of 13.8 GB · 22 % · 42.0 MB/s · 4 min left``."""
        progress = self._progress
        if self.is_cancelled:
            return "stopping …"
        if progress is None or progress.step == "asking" or not progress.total:
            return "asking for its files …"
        done, total = progress.done, progress.total
        parts = [_of(done, total), f"{done / total:.0%}".replace("%", " %")]
        if progress.step == "checking":
            parts.append(f"checking {progress.file}")
        elif progress.step == "waiting":
            parts.append("the connection failed, trying again")
        elif (rate := self._rate) > 0:
            parts += [f"{rate / MB:.1f} MB/s", show_left((total - done) / rate)]
        return " · ".join(parts)

    def _note(self, progress: Progress) -> None:
        now = time.monotonic()
        self._progress = progress
        if progress.step == "downloading":
            self._history.append((now, progress.done))
            began, first = self._history[0]
            self._rate = (progress.done - first) / (now - began) if now > began else 0.0
            while now - self._history[0][0] > RATE_SECONDS:
                self._history.popleft()

    def _fetch(self) -> Path:
        from engine.upkeep import download_model

        return download_model(self.name, self.models, self._note, self._cancelled)

    def _run(self) -> None:
        from engine.upkeep import DownloadCancelledError, DownloadError

        try:
            self.folder = self._fetch()
        except DownloadCancelledError:
            logger.info("downloading %s was stopped", self.name)
        except DownloadError as error:
            self.problem = str(error)
        except Exception:
            logger.exception("downloading %s failed", self.name)
            self.problem = f"The download of {self.name} failed. {where_to_look()}"


def _of(done: int, total: int) -> str:
    unit, name = (GB, "GB") if total >= GB else (MB, "MB")
    return f"{done / unit:.1f} of {total / unit:.1f} {name}"
