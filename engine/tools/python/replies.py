"""What a session's Python process says, none of which is to be trusted: the code can forge it."""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_REPLY = 1 << 20
MOST_FIGURES = 20
LARGEST_FIGURE = 16 << 20
NAME = re.compile(r"figure-\d{1,6}\.png", re.ASCII)


class BrokenError(Exception):
    """The process said what cannot be understood; its code has meddled with the pipes."""


class Replies:
    """Parts what comes from the process into replies."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._rest = b""

    @staticmethod
    def line(request: dict[str, object]) -> bytes:
        """Return a request as the process reads it."""
        return json.dumps(request).encode() + b"\n"

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """Take in what came and return the replies that are complete with it.

        Raises:
            BrokenError: it is no reply.
        """
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST_REPLY:
            raise BrokenError("The code wrote to a pipe that is not its own")
        replies = []
        for line in lines:
            try:
                reply = json.loads(line)
            except (ValueError, RecursionError):
                reply = None
            if not isinstance(reply, dict):
                raise BrokenError("The code wrote to a pipe that is not its own")
            replies.append(reply)
        return replies


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that code drew, kept as a file in the scratch folder."""

    path: Path

    def read(self) -> bytes:
        """Return the picture as PNG.

        Code that still runs could put a link to a file of the person's in its place; none is
        followed.

        Raises:
            OSError: it is not there, is no file of its own, or is larger than 16 MiB.
        """
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            descriptor = os.open(self.path.name, flags, dir_fd=folder)
        finally:
            os.close(folder)
        with open(descriptor, "rb") as file:  # noqa: PTH123  (the descriptor is what is checked)
            found = os.fstat(descriptor)
            is_own = stat.S_ISREG(found.st_mode) and found.st_nlink == 1
            if not is_own or found.st_size > LARGEST_FIGURE:
                raise OSError(f"{self.path} is no picture that can be shown")
            return file.read(LARGEST_FIGURE)


def figures_in(scratch: Path, names: object) -> tuple[Figure, ...]:
    """Return the figures of a reply that are files in the scratch folder."""
    if not isinstance(names, list):
        return ()
    folder = scratch.resolve()
    fit = [name for name in names if isinstance(name, str) and NAME.fullmatch(name)]
    paths = [folder / name for name in fit[:MOST_FIGURES]]
    return tuple(Figure(path) for path in paths if path.is_file() and not path.is_symlink())
