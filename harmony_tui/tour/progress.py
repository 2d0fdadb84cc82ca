"""How far a person has come on the tour, and the small file in which that outlives the program.

That the file is there says that the tour was offered. One that cannot be read is as good as one
that says nothing: the tour begins at its beginning.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from engine.config import locations
from harmony_tui.session_files import sessions_folder
from harmony_tui.tour.steps import PLACES

if TYPE_CHECKING:
    from engine.config.settings import Settings

logger = logging.getLogger(__name__)


def progress_file() -> Path:
    """Where it is kept."""
    return locations.state_folder() / "tour.json"


def is_first_start(settings: Settings) -> bool:
    """Whether this program was never used here: no tour offered, nothing set, nothing said."""
    if progress_file().exists() or locations.config_file().exists():
        return False
    try:
        return not any(sessions_folder(settings).glob("*.jsonl"))
    except OSError:
        return False


def load_place() -> int:
    """Return the place of the step at which the tour was left; 0 where it was not begun."""
    try:
        content = json.loads(progress_file().read_bytes())
    except FileNotFoundError:
        return 0
    except (OSError, ValueError, RecursionError) as error:
        logger.warning("How far the tour was is not known from %s: %s", progress_file(), error)
        return 0
    step = content.get("step") if isinstance(content, dict) else None
    return PLACES.get(step, 0) if isinstance(step, str) else 0


def save_step(step: str | None) -> None:
    """Remember the step at which the tour stands, or that it was offered or is over: None."""
    path = progress_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"step": step}), encoding="utf-8")
    except OSError as error:
        logger.warning("How far the tour is cannot be kept in %s: %s", path, error)
