"""The functions of a person's ``tools.py`` as tools, run by a process of their own."""

from __future__ import annotations

import json
import os
import selectors
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from engine.tools.own import function_process
from engine.tools.own.confinement import HELD, Confinement, Surroundings
from engine.tools.own.declarations import LONGEST_TIMEOUT, FunctionsEntry
from engine.tools.own.environment import Plain, only_named, variables_for
from engine.tools.own.following import Process
from engine.tools.python.output import LIVE_SECONDS, Output
from engine.tools.registry import Result, Running, ToolError
from engine.tools.rules import Touch
from engine.tools.sandbox import Confined, SandboxError

SOURCE = Path(function_process.__file__).resolve()
START_SECONDS = 20.0
"""What importing ``tools.py`` may take."""
LOOK_SECONDS = 0.1
CHUNK = 1 << 16
LONGEST_LINE = 1 << 20
"""Of a reply; the process itself keeps far below."""
LONGEST_SAID = 2000
NO_RESULT = "Done; the function returned nothing."
NOTHING = "nothing"
OUT = "sandbox = false below [functions] in tools.toml runs it without"


@dataclass(frozen=True, slots=True)
class FunctionEntry:
    """What a function of the person's says of itself."""

    name: str
    line: int
    description: str
    schema: Mapping[str, Any]
    touches: frozenset[Touch] | None
    """None where its docstring does not say."""
    timeout: float


class FunctionWorker:
    """The process that runs functions: begun when it is needed, one call at a time.

    In a sandbox it is held to what its functions say that they touch. Any thread may use it. A call
    that is stopped or takes too long ends the process; the next call begins a new one, which reads
    the file again.
    """

    def __init__(
        self, path: Path, entry: FunctionsEntry, confinement: Confinement, around: Surroundings
    ) -> None:
        """Take a file of functions; nothing is started yet.

        Args:
            path: the file.
            entry: what holds for its functions.
            confinement: what holds the process.
            around: what there is to hold it in.
        """
        self.path = path
        self.entry = entry
        self.confinement = confinement
        self._around = around
        self._calls = threading.Lock()
        self._process: Process | None = None
        self._scratch: TemporaryDirectory[str] | None = None
        self._received = bytearray()
        self._number = 0
        self._is_closed = False

    def describe(self) -> tuple[tuple[FunctionEntry, ...], tuple[str, ...]]:
        """Return the functions there are, and a sentence for each that cannot be used. Blocks."""
        running = Running()
        with self._calls:
            try:
                said = self._start(Output(running.tell), running)
            except ToolError as error:
                return (), (f"{self.path} cannot be used: {error}.",)
        problems = [
            self._located(each["line"], self._hinted(each, each["said"], OUT))
            for each in said["problems"]
        ]
        entries: list[FunctionEntry] = []
        for each in said["functions"]:
            try:
                entries.append(self._entry(each))
            except ValueError as error:
                problems.append(self._located(each["line"], f"{each['name']}: {error}"))
        return tuple(entries), tuple(problems)

    def call(self, entry: FunctionEntry, arguments: Mapping[str, Any], running: Running) -> Result:
        """Run a function and return its result.

        Raises:
            ToolError: it raised an error, took too long, was stopped, or ended its process.
        """
        output = Output(running.tell)
        while not self._calls.acquire(timeout=LOOK_SECONDS):
            if running.cancelled.is_set():
                raise ToolError("it was stopped before it began")
        try:
            if self._process is None or self._process.poll() is not None:
                self._start(output, running)
            self._number += 1
            request = {"id": self._number, "name": entry.name, "arguments": dict(arguments)}
            reply = self._ask(request, entry.timeout, output, running)
        finally:
            self._calls.release()
        output.tell(now=True)
        if "error" in reply:
            wrote = output.text().strip()
            error = self._hinted(reply, reply["error"])
            raise ToolError(f"{error}\nIt wrote:\n{wrote}" if wrote else error)
        return Result(reply["text"] or output.text().strip() or NO_RESULT)

    def close(self) -> None:
        """End the process for good; a call that is running is cut off."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.begin_to_kill()
        with self._calls:
            self._end()
            if self._scratch is not None:
                self._scratch.cleanup()

    def _hinted(self, told: Mapping[str, Any], said: str, more: str = "") -> str:
        """Return an error, with what the sandbox has to do with it if it may have."""
        if not (told.get("is_of_system") and self.confinement.is_confined):
            return said
        held = ", ".join(sorted(self.confinement.touches & HELD)) or NOTHING
        hint = f"It ran in the sandbox, where it may touch {held}"
        return f"{said}. {hint}; {more}" if more else f"{said}\n[{hint}.]"

    # --- the process, with the lock held -------------------------------------------------------

    def _start(self, output: Output, running: Running) -> dict[str, Any]:
        self._end()
        if self._is_closed:
            raise ToolError("the program is closing")
        argv = [sys.executable, "-I", str(SOURCE), str(self.path)]
        try:
            process = self._begin(argv)
        except OSError as error:
            raise ToolError(f"Python did not start: {error.strerror or error}") from error
        except SandboxError as error:
            raise ToolError(f"Python did not start: {error}") from error
        self._process = process
        self._received.clear()
        for pipe in (process.stdin, process.stdout, process.stderr):
            os.set_blocking(pipe.fileno(), False)
        return self._await(b"", START_SECONDS, "importing it", output, running)

    def _begin(self, argv: list[str]) -> Process:
        """Start the process where it is to be.

        Raises:
            OSError: it cannot be started.
            SandboxError: the same, of one in a sandbox.
        """
        around, variables = self._around, self.entry.variables
        if not self.confinement.is_confined:
            return Plain(argv, self.path.parent, variables_for(variables))
        if self._scratch is None:
            self._scratch = TemporaryDirectory(prefix="harmony-tui-", ignore_cleanup_errors=True)
        readable = (SOURCE, *importable_beside(self.path))
        policy = self.confinement.policy(Path(self._scratch.name), around.workspace, readable)
        return around.sandbox.sandbox.popen(argv, policy, variables=only_named(variables))

    def _ask(
        self, request: Mapping[str, Any], seconds: float, output: Output, running: Running
    ) -> dict[str, Any]:
        line = json.dumps(request).encode() + b"\n"
        self._have_watched(is_busy=True)
        try:
            return self._await(line, seconds, "it", output, running)
        finally:
            self._have_watched(is_busy=False)

    def _have_watched(self, *, is_busy: bool) -> None:
        """Have a sandbox look often at what the process uses, or seldom."""
        if isinstance(self._process, Confined):
            self._process.is_busy(is_busy)

    def _await(
        self, unsent: bytes, seconds: float, what: str, output: Output, running: Running
    ) -> dict[str, Any]:
        """Send a request and return the next line that comes; show what is written meanwhile."""
        process = self._process
        assert process is not None  # noqa: S101  (both callers have started it)
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector, running.interrupting(process.begin_to_kill):
            selector.register(process.stdout, selectors.EVENT_READ)
            selector.register(process.stderr, selectors.EVENT_READ)
            if unsent:
                selector.register(process.stdin, selectors.EVENT_WRITE)
            while True:
                left = until - time.monotonic()
                for key, _ in selector.select(
                    max(0.0, min(left, LIVE_SECONDS if output.is_waiting else LOOK_SECONDS))
                ):
                    if key.fileobj is process.stdin:
                        unsent = self._send(process, unsent)
                        if not unsent:
                            selector.unregister(process.stdin)
                    elif key.fileobj is process.stderr:
                        if not self._read_output(process, output):
                            selector.unregister(process.stderr)
                    elif (reply := self._read_reply(process)) is not None:
                        self._read_output(process, output)
                        return reply
                output.tell()
                if why := self._fault(process, left, seconds, running):
                    self._read_output(process, output)
                    self._end()
                    wrote = output.text().strip()[-LONGEST_SAID:]
                    raise ToolError(f"{what} {why}" + (f"\nIt wrote:\n{wrote}" if wrote else ""))

    @staticmethod
    def _send(process: Process, unsent: bytes) -> bytes:
        try:
            return unsent[os.write(process.stdin.fileno(), unsent) :]
        except BlockingIOError:
            return unsent
        except OSError:  # it is gone, which its end tells
            return b""

    @staticmethod
    def _read_output(process: Process, output: Output) -> bool:
        try:
            data = os.read(process.stderr.fileno(), CHUNK)
        except BlockingIOError:
            return True
        output.feed(data)
        return bool(data)

    def _read_reply(self, process: Process) -> dict[str, Any] | None:
        try:
            self._received += os.read(process.stdout.fileno(), CHUNK)
        except BlockingIOError:
            return None
        line, newline, rest = self._received.partition(b"\n")
        if not newline:
            return None
        self._received = bytearray(rest)
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _fault(self, process: Process, left: float, seconds: float, running: Running) -> str:
        """Return what has gone wrong with the call; empty if nothing has."""
        if self._is_closed or running.cancelled.is_set():
            return "was stopped"
        code = process.poll()
        if code is not None and process.broken:
            return f"ended the process that it ran in: it used {process.broken}"
        if code is not None:
            ending = f"signal {-code}" if code < 0 else f"exit code {code}"
            return f"ended the process that it ran in, with {ending}"
        if len(self._received) > LONGEST_LINE:
            return "returned more than can be taken"
        return f"took more than {seconds:g} s and was ended" if left <= 0 else ""

    def _end(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None

    def _entry(self, said: Mapping[str, Any]) -> FunctionEntry:
        return FunctionEntry(
            said["name"],
            said["line"],
            said["description"],
            said["schema"],
            _touches(said["touches"]) if "touches" in said else None,
            _seconds(said["timeout"]) if "timeout" in said else self.entry.timeout,
        )

    def _located(self, line: int, said: str) -> str:
        return f"{self.path}{f', line {line}' if line else ''}: {said}."


def importable_beside(path: Path) -> list[Path]:
    """Return a file of Python and those beside it that it can import."""
    return [
        each
        for each in sorted(path.parent.iterdir())
        if each.suffix == ".py" or (each / "__init__.py").is_file()
    ]


def _touches(text: str) -> frozenset[Touch]:
    """Return what a docstring says that a function touches.

    Raises:
        ValueError: there is no such thing.
    """
    words = [word for word in text.replace(",", " ").split() if word.lower() != NOTHING]
    known: tuple[Touch, ...] = get_args(Touch)
    for word in words:
        if word.lower() not in known:
            raise ValueError(f"Touches: {word!r} is none of: {', '.join((NOTHING, *known))}")
    return frozenset(each for each in known if each in {word.lower() for word in words})


def _seconds(text: str) -> float:
    """Return the seconds that a docstring says.

    Raises:
        ValueError: it says none.
    """
    try:
        seconds = float(text.removesuffix("seconds").removesuffix("s").strip())
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise ValueError(f"Timeout: {text!r} is no number of seconds up to {LONGEST_TIMEOUT:g}")
    return seconds
