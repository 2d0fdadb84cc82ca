"""A process by its three pipes, whoever started it."""

from __future__ import annotations

import contextlib
import subprocess
from typing import IO


class Piped:
    """A process whose standard input, output and error are pipes of bytes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Take over a process that was started with all three."""
        self._process = process

    @property
    def pid(self) -> int:
        """The process that was started, which need not be the program itself."""
        return self._process.pid

    @property
    def stdin(self) -> IO[bytes]:
        """Where the program reads from."""
        return self._pipe(self._process.stdin)

    @property
    def stdout(self) -> IO[bytes]:
        """What the program writes."""
        return self._pipe(self._process.stdout)

    @property
    def stderr(self) -> IO[bytes]:
        """What the program writes as an error."""
        return self._pipe(self._process.stderr)

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # noqa: S101  (who starts a process opens all three)
        return pipe

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs; minus a signal's number if one ended it."""
        return self._process.poll()

    def _close_pipes(self) -> None:
        for pipe in (self.stdin, self.stdout, self.stderr):
            with contextlib.suppress(OSError):
                pipe.close()
