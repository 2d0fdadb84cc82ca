"""Where unforeseen errors go: a file with their tracebacks, never the screen."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from engine.config import locations

LONGEST_BYTES = 1_000_000
FORMAT = "%(asctime)s %(process)d %(name)s %(levelname)s: %(message)s"


def start_log() -> None:
    """Send what every part of the program logs to the log file, if it can be written.

    A second call changes nothing.
    """
    if logging.getLogger().handlers:
        return
    file = locations.log_file()
    handler: logging.Handler
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            file, maxBytes=LONGEST_BYTES, backupCount=1, encoding="utf-8", errors="replace"
        )
    except OSError:
        handler = logging.NullHandler()
    logging.raiseExceptions = False  # a full disk must not print on top of the screen
    logging.basicConfig(format=FORMAT, level=logging.WARNING, handlers=[handler])


def where_to_look() -> str:
    """Return the sentence that names the log, for the end of an error message."""
    file = locations.log_file()
    if file.exists():
        return f"The details are in {file}."
    return f"There are no details, because {file} cannot be written."
