"""What has to be on the disk itself, and names that are free there."""

from __future__ import annotations

import fcntl
import logging
import os
from pathlib import Path

logger = logging.getLogger(__name__)


def to_disk(descriptor: int) -> None:
    """Wait until a file is on the disk itself."""
    # On a Mac fsync leaves it in the drive's cache.
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        try:
            fcntl.fcntl(descriptor, full)
        except OSError:
            logger.debug("no full fsync here")
        else:
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's list of files is on the disk, where the system can do that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        logger.debug("%s: the folder cannot be synchronised", folder)
    finally:
        os.close(descriptor)


def free_path(path: Path) -> Path:
    """Return a path that nothing has, with a number after its name if need be."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
