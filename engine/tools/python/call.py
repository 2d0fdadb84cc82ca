"""One call of a session's Python: followed while it runs, stopped when it has to be."""

from __future__ import annotations

import contextlib
import os
import selectors
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.tools.python.output import LIVE_SECONDS, Output
from engine.tools.python.replies import BrokenError, Figure, Replies, figures_in
from engine.tools.sandbox import Confined

GRACE_SECONDS = 2.0
"""How long an interrupted call may take to end."""
CANCEL_GRACE_SECONDS = 0.1
"""The same where a person waits."""
LONGEST_CODE = 1_000_000
CHUNK = 1 << 17
FULL_PIPE = 1 << 20

Ending = Literal["done", "raised", "timed out", "cancelled", "died"]

# Words that the model was trained on (gpt-oss, python_docker).
NO_OUTPUT = (
    "[WARN] No output available. Use print() to output anything to stdout to receive the output"
)
STATE_KEPT = "Variables are kept."
STATE_LOST = "Its state was lost: variables and imports are gone, files in the scratch folder stay."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call."""

    text: str
    """For the model: what was written, and what there is to say about it. Never empty."""
    ending: Ending
    state_lost: bool
    """Whether the next call begins anew."""
    figures: tuple[Figure, ...]
    seconds: float
    output_bytes: int


@dataclass(frozen=True, slots=True)
class Stopping:
    """How another thread stops a call."""

    asked: threading.Event
    wake: int
    """A descriptor that can be read when it is asked for."""


class Call:
    """One call: what it wrote, and what is to be done when."""

    def __init__(
        self,
        confined: Confined,
        replies: Replies,
        stopping: Stopping,
        *,
        number: int,
        scratch: Path,
        limit_seconds: float,
        hear: Callable[[str], None],
    ) -> None:
        """Prepare a call to a process that is ready; its pipes may not block."""
        self.confined = confined
        self.replies = replies
        self.stopping = stopping
        self.number = number
        self.scratch = scratch
        self.limit = limit_seconds
        self.output = Output(hear)
        self.begin = time.monotonic()
        self.deadline = self.begin + limit_seconds
        self.why: Literal["timed out", "cancelled"] | None = None
        self.is_gone = False
        self.unsent = b""

    def run(self, code: str) -> Outcome:
        """Run code; where its state was lost, the process was ended."""
        if len(code) > LONGEST_CODE:
            text = f"[ERROR] The code is longer than {LONGEST_CODE:,} characters; it was not run."
            return self.outcome(text, "raised", lost=False)
        self.send({"id": self.number, "code": code})
        with selectors.DefaultSelector() as selector:
            selector.register(self.confined.stdout, selectors.EVENT_READ)
            selector.register(self.confined.stderr, selectors.EVENT_READ)
            selector.register(self.stopping.wake, selectors.EVENT_READ)
            try:
                return self.follow(selector)
            except BrokenError as error:
                return self.ended(f"[ERROR] {error}. The Python process was ended.", "died")

    def send(self, request: dict[str, object]) -> None:
        """Send a request, now or when there is room for it."""
        self.unsent += self.replies.line(request)
        self.send_more()

    def send_more(self) -> None:
        """Send what there was no room for."""
        if not self.unsent:
            return
        try:
            self.unsent = self.unsent[os.write(self.confined.stdin.fileno(), self.unsent) :]
        except BlockingIOError:
            return
        except OSError:
            self.unsent = b""  # it is gone, which its other pipes tell

    def follow(self, selector: selectors.BaseSelector) -> Outcome:
        """Read what comes until there is a reply, an end, or no more time."""
        while True:
            left = max(0.0, self.deadline - time.monotonic())
            wait = min(left, LIVE_SECONDS) if self.output.is_waiting or self.unsent else left
            for key, _ in selector.select(wait):
                if outcome := self.take(selector, key.fileobj):
                    return outcome
            self.output.tell()
            self.send_more()
            if self.stopping.asked.is_set() and self.why != "cancelled":
                self.stop("cancelled", CANCEL_GRACE_SECONDS)
            elif time.monotonic() >= self.deadline:
                if self.why is not None:
                    return self.killed()
                self.stop("timed out", GRACE_SECONDS)

    def take(self, selector: selectors.BaseSelector, source: object) -> Outcome | None:
        """Take in what can be read; return what came of the code if that tells."""
        if source is self.confined.stderr and not self.read_output():
            selector.unregister(self.confined.stderr)
        elif source == self.stopping.wake:
            os.read(self.stopping.wake, CHUNK)
        elif source is self.confined.stdout:
            if reply := self.read_reply():
                return self.replied(reply)
            if self.is_gone:
                return self.died()
        return None

    def stop(self, why: Literal["timed out", "cancelled"], grace: float) -> None:
        """Interrupt the code and give it a time to end."""
        self.why = why
        self.deadline = time.monotonic() + grace
        self.send({"interrupt": self.number})

    def read_output(self) -> bool:
        """Take in some output; return whether there may be more."""
        try:
            data = os.read(self.confined.stderr.fileno(), CHUNK)
        except BlockingIOError:
            return True
        self.output.feed(data)
        return bool(data)

    def read_reply(self) -> dict[str, object] | None:
        """Take in what the process says; return its reply to this call."""
        try:
            data = os.read(self.confined.stdout.fileno(), CHUNK)
        except BlockingIOError:
            return None
        self.is_gone = not data
        for reply in self.replies.feed(data):
            if reply.get("id") == self.number:
                return reply
        return None

    def read_rest(self) -> None:
        """Take in what was written before the call ended, and no more than a pipe holds."""
        for _ in range(FULL_PIPE // CHUNK):
            try:
                data = os.read(self.confined.stderr.fileno(), CHUNK)
            except BlockingIOError:
                break
            if not data:
                break
            self.output.feed(data)

    def replied(self, reply: dict[str, object]) -> Outcome:
        """Return what came of code that ended."""
        self.read_rest()
        figures = figures_in(self.scratch, reply.get("figures"))
        notes = [f"[figure saved as {figure.path}]" for figure in figures]
        threads = reply.get("threads")
        if isinstance(threads, int) and threads > 0:
            notes.append(f"[threads that still run: {threads}]")
        if self.why == "timed out":
            limit = f"{self.limit:g} seconds"
            notes.append(f"[ERROR] Execution timed out after {limit} and was stopped. {STATE_KEPT}")
        elif self.why == "cancelled":
            notes.append(f"[ERROR] The user stopped this call. {STATE_KEPT}")
        ending: Ending = self.why or ("done" if reply.get("done") is True else "raised")
        return self.outcome("\n".join(notes), ending, lost=False, figures=figures)

    def died(self) -> Outcome:
        """Return what came of code that ended its own process, or had to be kept from more."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.confined.wait(1.0)
        code = self.confined.poll()
        if self.confined.broken:
            why = f"The code used {self.confined.broken}, which is not allowed, and was ended"
        else:
            why = f"The Python process ended by itself (exit code {code})"
        return self.ended(f"[ERROR] {why}.", self.why or "died")

    def killed(self) -> Outcome:
        """End code that does not let itself be interrupted."""
        if self.why == "cancelled":
            said = "[ERROR] The user stopped this call. The Python process had to be ended."
        else:
            limit = f"{self.limit:g} seconds"
            said = f"[ERROR] Execution timed out after {limit} and could not be interrupted, so "
            said += "the Python process was ended."
        return self.ended(said, self.why or "died")

    def ended(self, said: str, ending: Ending) -> Outcome:
        """End the process with all that it started, and say so."""
        # A person who stopped it does not wait until a large process is taken down.
        self.confined.begin_to_kill()
        if self.why != "cancelled":
            self.confined.kill()
        self.read_rest()
        return self.outcome(f"{said} {STATE_LOST}", ending, lost=True)

    def outcome(
        self, note: str, ending: Ending, *, lost: bool, figures: tuple[Figure, ...] = ()
    ) -> Outcome:
        """Return an outcome of what was written and a note on it."""
        self.output.tell(now=True)
        text = "\n".join(part for part in (self.output.text().rstrip("\n"), note) if part)
        return Outcome(
            text=text if text.strip() else NO_OUTPUT,
            ending=ending,
            state_lost=lost,
            figures=figures,
            seconds=time.monotonic() - self.begin,
            output_bytes=self.output.size,
        )
