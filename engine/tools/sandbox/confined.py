"""A process in a sandbox, with all that it starts, kept to what a policy allows it to use up."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from engine.tools.sandbox import usage
from engine.tools.sandbox.pipes import Piped
from engine.tools.sandbox.policy import GIB, MIB, Policy

BUSY_SECONDS, IDLE_SECONDS = 0.1, 1.0
"""How often a process is looked at while it works, and while it waits."""
LEAST_FREE = GIB
"""Bytes that are left on the disk of the scratch folder, or half of what there was."""
END_SECONDS = 5.0
REST = 10
"""Of each span of time, at most a tenth goes into looking."""


class Confined(Piped):
    """A process that a sandbox started. What the system does not limit is watched, and ended."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        policy: Policy,
        scratch: Path,
        kill: Callable[[subprocess.Popen[bytes]], None],
        overhead: int,
    ) -> None:
        """Take over a process; ``kill`` ends it with all that it started."""
        super().__init__(process)
        self._policy = policy
        self._scratch = scratch
        self._kill = kill
        self._overhead = overhead
        self._ended = threading.Event()
        self._hurry = threading.Event()
        self._seconds = IDLE_SECONDS
        self._watcher: threading.Thread | None = None
        self._before: usage.Folder | None = None
        self._free = 0
        self.broken = ""
        """The limit that it broke and was ended for; empty if it was not."""

    def wait(self, seconds: float | None = None) -> int:
        """Wait for the end and return the exit code.

        Raises:
            subprocess.TimeoutExpired: it did not end in time.
        """
        return self._process.wait(seconds)

    def begin_to_kill(self) -> None:
        """Have it ended with all that it started, without waiting until it is gone."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self._kill(self._process)

    def kill(self) -> None:
        """End it and all that it started, and wait until it is gone."""
        self.begin_to_kill()
        if self._process.poll() is None:
            try:
                self._process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._ended.set()
        self._hurry.set()

    def close(self) -> None:
        """End it and close its pipes, of which nothing can be read any more."""
        self.kill()
        if self._watcher is not None and self._watcher is not threading.current_thread():
            self._watcher.join()
        self._close_pipes()

    def is_busy(self, busy: bool) -> None:
        """Say whether it works, and so has to be looked at often."""
        self._seconds = BUSY_SECONDS if busy else IDLE_SECONDS
        if busy:
            self._hurry.set()

    def watch(self) -> None:
        """Begin to look at what it uses."""
        self._watcher = threading.Thread(target=self._watch, name="sandbox watch", daemon=True)
        self._watcher.start()

    def _watch(self) -> None:
        while not self._ended.is_set() and self._process.poll() is None:
            begin = time.monotonic()
            try:
                self.broken = self._fault()
            except (OSError, RecursionError):  # folders in folders, without end
                self.broken = "a scratch folder that cannot be measured"
            if self.broken:
                self.kill()
                return
            spent = time.monotonic() - begin
            self._hurry.wait(max(self._seconds, spent * REST))
            self._hurry.clear()

    def _fault(self) -> str:
        """Return which limit is broken; empty if none is."""
        policy = self._policy
        most = policy.threads + self._overhead
        tree = usage.of_tree(self.pid, most)
        if tree.processes > policy.processes + self._overhead:
            alone = policy.processes == 1
            return "another process" if alone else f"more than {policy.processes} processes"
        if tree.threads > most:
            return f"more than {policy.threads} threads"
        if tree.resident > policy.memory:
            return f"more than {policy.memory // MIB} MiB of memory"
        before = self._before = self._before or usage.of_folder(self._scratch, sys.maxsize)
        free = self._free = self._free or usage.free_bytes(self._scratch)
        # A folder that is too full already may be cleared out, but not filled further.
        files, size = max(policy.files, before.files), max(policy.disk, before.bytes)
        folder = usage.of_folder(self._scratch, files)
        if folder.is_closed:
            return "a folder in the scratch folder that cannot be measured"
        if folder.files > files:
            return f"more than {policy.files} files in the scratch folder"
        if folder.bytes > size:
            return f"more than {policy.disk // MIB} MiB in the scratch folder"
        if usage.free_bytes(self._scratch) < min(LEAST_FREE, free // 2):
            return "the disk so far that it is nearly full"
        return ""
