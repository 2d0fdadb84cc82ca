"""A conversation's Python: code goes in, text comes out, variables stay."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import selectors
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from engine.tools.python import interpreter
from engine.tools.python.call import CHUNK, STATE_LOST, Call, Outcome, Stopping
from engine.tools.python.replies import Replies
from engine.tools.sandbox import Confined, Policy, Sandbox, SandboxError

LIMIT_SECONDS = 120.0
"""How long a call may take; what the model was trained with."""
START_SECONDS = 20.0

SOURCE = Path(interpreter.__file__).resolve()
DRIVE = Path(interpreter.DRIVE)


def _ignore(_: str) -> None:
    return


class PythonSession:
    """Runs code, one call at a time, in a process that starts with the first and is kept.

    Any thread may call ``cancel``, ``reset`` and ``close`` while another runs code.
    """

    def __init__(
        self, sandbox: Sandbox, policy: Policy, *, limit_seconds: float = LIMIT_SECONDS
    ) -> None:
        """Prepare a session; nothing is started yet.

        Args:
            sandbox: where the process runs.
            policy: what it may do; its scratch folder has to be there. The code finds it as
                ``/mnt/data``, too, as the model was trained to, where the sandbox can give it that
                name. The workspace is read at its own path, the same inside as outside.
            limit_seconds: after this a call is interrupted, and ended if that does not help.
        """
        # What a sandbox cannot end is not started.
        processes = policy.processes if sandbox.ends_children else 1
        readable = (*policy.readable, SOURCE)
        self._sandbox = sandbox
        self._policy = dataclasses.replace(
            policy, processes=processes, readable=readable, scratch_name=DRIVE
        )
        self._limit = limit_seconds
        self._calls = threading.Lock()
        self._state = threading.Lock()
        self._confined: Confined | None = None
        self._replies = Replies()
        self._closing: list[threading.Thread] = []
        self._number = 0
        self._running = False
        self._stopped = threading.Event()
        self._is_closed = False
        self._wake_reading, self._wake_writing = os.pipe()
        for end in (self._wake_reading, self._wake_writing):
            os.set_blocking(end, False)

    @property
    def is_started(self) -> bool:
        """Whether there is a process, and so perhaps state."""
        return self._confined is not None

    def start(self) -> None:
        """Start the process, so that the first call need not wait for it.

        Raises:
            SandboxError: it did not start in the sandbox; nothing runs then.
        """
        with self._calls:
            self._started()

    def run(self, code: str, hear: Callable[[str], None] = _ignore) -> Outcome:
        """Run code and return what came of it.

        Args:
            code: Python. The value of its last expression is shown as a prompt would show it.
            hear: is told what is written while it is, in text without anything that a terminal
                would act on; it must return soon.

        Raises:
            SandboxError: the process did not start in the sandbox; nothing was run.
        """
        with self._calls:
            with self._state:
                if self._is_closed:
                    raise SandboxError("this session of Python is closed")
                self._stopped.clear()
                self._running = True
            try:
                return self._run(code, hear)
            finally:
                with self._state:
                    self._running = False

    def _run(self, code: str, hear: Callable[[str], None]) -> Outcome:
        fault = self._fault()
        confined = self._started()
        confined.is_busy(True)
        self._number += 1
        call = Call(
            confined,
            self._replies,
            Stopping(self._stopped, self._wake_reading),
            number=self._number,
            scratch=self._policy.scratch,
            limit_seconds=self._limit,
            hear=hear,
        )
        try:
            outcome = call.run(code)
        except BaseException:  # of whoever hears of the output; the code would run on
            self._end()
            raise
        confined.is_busy(False)
        if outcome.state_lost:
            self._confined = None
            closing = threading.Thread(target=confined.close, name="python ends", daemon=True)
            self._closing.append(closing)
            closing.start()
        return dataclasses.replace(outcome, text=fault + outcome.text) if fault else outcome

    def _fault(self) -> str:
        """Return what has become of the process since the last call; empty if nothing has."""
        if self._confined is None or self._confined.poll() is None:
            return ""
        broken = self._confined.broken
        why = f"was ended, since it used {broken}" if broken else "ended by itself"
        return f"[WARN] After the last call the Python process {why}. {STATE_LOST}\n"

    def cancel(self) -> None:
        """Stop the call that is running, within 0.2 s; state is kept if it lets itself stop."""
        with self._state:
            if self._running:
                self._stopped.set()
                with contextlib.suppress(OSError):
                    os.write(self._wake_writing, b"\0")

    def reset(self) -> None:
        """Forget all state; a call that is running is stopped."""
        self.cancel()
        with self._calls:
            self._end()

    def close(self) -> None:
        """End the process for good; a call that is running is stopped."""
        with self._state:
            was_closed, self._is_closed = self._is_closed, True
        self.cancel()
        with self._calls:
            self._end()
            if not was_closed:
                os.close(self._wake_reading)
                os.close(self._wake_writing)

    def _end(self) -> None:
        """End the process, and wait until those before it are gone as well."""
        if self._confined is not None:
            self._confined.close()
            self._confined = None
        while self._closing:
            self._closing.pop().join()

    def _started(self) -> Confined:
        if self._confined is not None and self._confined.poll() is None:
            return self._confined
        self._end()
        command = [sys.executable, "-I", str(SOURCE)]
        confined = self._sandbox.popen(command, self._policy)
        self._replies = Replies()
        try:
            self._await_ready(confined)
        except SandboxError:
            confined.close()
            raise
        for pipe in (confined.stdin, confined.stdout, confined.stderr):
            os.set_blocking(pipe.fileno(), False)
        self._confined = confined
        return confined

    def _await_ready(self, confined: Confined) -> None:
        until = time.monotonic() + START_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(confined.stdout, selectors.EVENT_READ)
            while selector.select(max(0.0, until - time.monotonic())):
                data = os.read(confined.stdout.fileno(), CHUNK)
                if not data:
                    break
                if self._replies.feed(data):
                    return
        confined.kill()
        if confined.broken:
            scratch = self._policy.scratch
            raise SandboxError(f"Python was ended: it used {confined.broken}; clear out {scratch}")
        said = os.read(confined.stderr.fileno(), CHUNK).decode(errors="replace").strip()
        reason = said.splitlines()[-1] if said else "it did not answer"
        raise SandboxError(f"Python did not start in {self._sandbox.level}: {reason}")
