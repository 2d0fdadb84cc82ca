"""Follows a process that is given its input and writes its answer, however it does so."""

from __future__ import annotations

import contextlib
import os
import selectors
import time
from dataclasses import dataclass
from typing import Literal

from engine.tools.own.environment import Plain
from engine.tools.python.output import LIVE_SECONDS, Output
from engine.tools.registry import Running
from engine.tools.sandbox import Confined

CHUNK = 1 << 16
LOOK_SECONDS = 0.1
"""How often it is seen whether the process has ended and left its pipes to others."""
LEFT_SECONDS = 0.5
"""How long is waited then for what is still in them."""

Process = Plain | Confined
How = Literal["exited", "timed out", "cancelled"]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended."""

    how: How
    code: int
    """The exit code; minus a signal's number if one ended it."""
    output: str
    errors: str
    """What it wrote to standard error."""
    broken: str = ""
    """The limit of its sandbox that it broke."""


def follow(process: Process, given: bytes, seconds: float, running: Running) -> Ended:
    """Give a process its input, show what it writes, and return how it ended; it is gone then.

    Args:
        process: just started.
        given: its standard input, which ends then.
        seconds: after these it is ended.
        running: the call.
    """
    try:
        with running.interrupting(process.begin_to_kill):
            return _Following(process, given, seconds, running).run()
    finally:
        process.close()


class _Following:
    def __init__(self, process: Process, given: bytes, seconds: float, running: Running) -> None:
        self.process = process
        self.unsent = given
        self.running = running
        self.deadline = time.monotonic() + seconds
        self.exited: float | None = None
        self.outputs = {process.stdout: Output(running.tell), process.stderr: Output(running.tell)}

    def run(self) -> Ended:
        process = self.process
        for pipe in (process.stdin, *self.outputs):
            os.set_blocking(pipe.fileno(), False)
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdin, selectors.EVENT_WRITE)
            for pipe in self.outputs:
                selector.register(pipe, selectors.EVENT_READ)
            how = self.watch(selector)
        if how != "exited":
            process.begin_to_kill()
        for output in self.outputs.values():
            output.tell(now=True)
        code = process.poll()
        return Ended(
            how,
            0 if code is None else code,
            self.outputs[process.stdout].text(),
            self.outputs[process.stderr].text(),
            process.broken,
        )

    def watch(self, selector: selectors.BaseSelector) -> How:
        """Read and write until it has ended or has to."""
        while not self.is_over(selector):
            if self.running.cancelled.is_set():
                return "cancelled"
            left = self.deadline - time.monotonic()
            if left <= 0:
                return "timed out"
            waiting = any(output.is_waiting for output in self.outputs.values())
            for key, _ in selector.select(min(left, LIVE_SECONDS if waiting else LOOK_SECONDS)):
                self.take(selector, key.fileobj)
            for output in self.outputs.values():
                output.tell()
        return "cancelled" if self.running.cancelled.is_set() else "exited"

    def is_over(self, selector: selectors.BaseSelector) -> bool:
        """Whether it has ended, and nothing more will come of it."""
        if self.process.poll() is None:
            return False
        now = time.monotonic()
        self.exited = self.exited or now
        # Its pipes may be held by what it sent into the background.
        reads = any(pipe in selector.get_map() for pipe in self.outputs)
        return not reads or now - self.exited > LEFT_SECONDS

    def take(self, selector: selectors.BaseSelector, pipe: object) -> None:
        """Do what a pipe is ready for."""
        process = self.process
        if pipe is process.stdin:
            if self.unsent:
                try:
                    self.unsent = self.unsent[os.write(process.stdin.fileno(), self.unsent) :]
                except BlockingIOError:
                    return
                except OSError:  # it does not read what it is given
                    self.unsent = b""
            if not self.unsent:
                selector.unregister(process.stdin)
                with contextlib.suppress(OSError):
                    process.stdin.close()
            return
        for each, output in self.outputs.items():
            if pipe is each:
                with contextlib.suppress(BlockingIOError):
                    data = os.read(each.fileno(), CHUNK)
                    output.feed(data)
                    if not data:
                        selector.unregister(each)
