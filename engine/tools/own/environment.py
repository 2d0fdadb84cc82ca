"""The variables that a person's own tools get, and how they are ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from engine.tools.sandbox import spawning
from engine.tools.sandbox.pipes import Piped
from engine.tools.sandbox.policy import KEPT_VARIABLES

OWN_VARIABLES = ("HOME", "LOGNAME", "PATH", "SHELL", "TMPDIR", "USER")
"""What programs of a person's need to find their files and one another."""


def variables_for(named: Iterable[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables of a process that is no sandbox's.

    Args:
        named: what it is to have besides those that every program needs. All others may hold
            secrets under any name, and are left out.
        given: what to take them from; the program's own if None.
    """
    source = os.environ if given is None else given
    kept = {*KEPT_VARIABLES, *OWN_VARIABLES, *named}
    found = {name: source[name] for name in kept if name in source}
    return {"LANG": "C.UTF-8", **found, "TERM": "dumb", "NO_COLOR": "1"}


def only_named(named: Iterable[str]) -> dict[str, str]:
    """Return the variables that a process in a sandbox is to have besides its own."""
    return {name: os.environ[name] for name in named if name in os.environ}


def own_files(argv: Sequence[str], folder: Path) -> tuple[list[str], list[Path]]:
    """Return a command with the person's own files in full, and those files.

    Scripts are found where the person's tools are, wherever the command works; a program without a
    ``/`` in its name is one of the system's.
    """
    written, files = [], []
    for number, each in enumerate(argv):
        file = folder / each
        if ("/" in each or number > 0) and "\0" not in each and file.is_file():
            files.append(file)
            written.append(str(file))
        else:
            written.append(each)
    return written, files


class Plain(Piped):
    """A process without a sandbox, with all that it started and did not send away."""

    def __init__(self, argv: Sequence[str], folder: Path, variables: dict[str, str]) -> None:
        """Start it; its standard input, output and error are pipes of bytes.

        Raises:
            OSError: it cannot be started.
        """
        process = spawning.start(
            lambda: subprocess.Popen(  # noqa: S603  (the person wrote what is run)
                list(argv),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=folder,
                env=variables,
                start_new_session=True,
                bufsize=0,
            )
        )
        super().__init__(process)
        self._is_closed = False
        self.broken = ""

    def begin_to_kill(self) -> None:
        """Have it ended with what it started, without waiting until it is gone."""
        # Also when it has ended itself: what it started may go on in its group. When it is closed
        # the group may be another's.
        if self._is_closed:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End it and close its pipes; another time nothing happens."""
        if self._is_closed:
            return
        self.begin_to_kill()
        self._is_closed = True
        self._process.wait()
        self._close_pipes()
