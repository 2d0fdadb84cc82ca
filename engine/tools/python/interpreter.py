"""The Python that a session's code runs in: one process that keeps its variables between calls.

Run as a file, with nothing of the program loaded. Requests come in lines of JSON on standard
input and replies go out on standard output; what the code writes, a last expression's value and
tracebacks among it, goes to standard error, which is all that the program shows of it.
"""

from __future__ import annotations

import ast
import contextlib
import json
import linecache
import os
import re
import signal
import sys
import threading
import traceback
import types
import warnings
from queue import SimpleQueue
from types import CodeType, FrameType
from typing import Any, TextIO

MADE_HERE = "<python "
COMMANDS = re.compile(r"^\s*[%!]", re.MULTILINE)
COMMAND_HINT = "Commands of IPython, which begin with % or !, are not known here.\n"
DRIVE = "/mnt/data"
"""Where the model was trained to keep files; a sandbox may give the scratch folder this name."""
DRIVE_HINT = "There is no {} here; files are kept in {}.\n"
MOST_CAUSES = 10


class Interpreter:
    """Runs pieces of code, one after another, in one module."""

    def __init__(self, replies: int) -> None:
        self.replies = replies
        self.requests: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self.process = os.getpid()
        self.main_thread = threading.main_thread().ident or 0
        self.running: int | None = None
        self.figures = 0
        self.module = types.ModuleType("__main__")
        self.module.__dict__["__builtins__"] = __builtins__
        sys.modules["__main__"] = self.module

    def listen(self, requests: TextIO) -> None:
        """Take requests on a thread of its own; with their end everything ends."""
        for line in requests:
            request = json.loads(line)
            if "code" in request:
                self.requests.put(request)
            elif request["interrupt"] == self.running:
                # Unlike interrupt_main this also wakes a call that waits for the system.
                signal.pthread_kill(self.main_thread, signal.SIGINT)
        os._exit(0)

    def work(self) -> None:
        """Run what comes, for as long as this process lives."""
        self.reply({"ready": True})
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                request = self.requests.get()
                signal.signal(signal.SIGINT, self._interrupted)
                before = threading.active_count()
                self.running = request["id"]
                try:
                    done = self.run(request["id"], request["code"])
                except KeyboardInterrupt:  # as it was about to end
                    done = False
                self.running = None
                if os.getpid() != self.process:
                    os._exit(0)  # a copy of this process, which the code made and forgot
                figures = self._keep_figures()
                _flush()
                threads = threading.active_count() - before
                self.reply(
                    {"id": request["id"], "done": done, "figures": figures, "threads": threads}
                )

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self.running is not None:
            raise KeyboardInterrupt

    def reply(self, reply: dict[str, Any]) -> None:
        """Send a line to the program; where the code has closed the way there, all is over."""
        line = memoryview(json.dumps(reply).encode() + b"\n")
        try:
            while line:
                line = line[os.write(self.replies, line) :]
        except OSError:
            os._exit(1)

    def run(self, number: int, code: str) -> bool:
        """Run code, show its last expression's value, and return whether nothing was raised."""
        name = f"{MADE_HERE}{number}>"
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        space = self.module.__dict__
        try:
            body, last = _compile(code, name)
            exec(body, space)  # noqa: S102  (this is what it is for, in a sandbox)
            if last is not None:
                value = eval(last, space)  # noqa: S307
                if value is not None:
                    space["_"] = value
                    print(repr(value))
        except BaseException as error:  # noqa: BLE001  (whatever the code raises is shown)
            self.running = None
            _show(error, code)
            return False
        finally:
            _flush()
        return True

    def _keep_figures(self) -> list[str]:
        """Save the figures of matplotlib that are open, close them and return their file names."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None:
            return []
        names = []
        try:
            for number in pyplot.get_fignums():
                self.figures += 1
                names.append(f"figure-{self.figures}.png")
                path = os.path.join(os.environ["HOME"], names[-1])  # noqa: PTH118
                pyplot.figure(number).savefig(path, bbox_inches="tight")
            pyplot.close("all")
        except Exception as error:  # noqa: BLE001  (a figure that cannot be drawn is shown as such)
            _show(error, "")
        return names


def _compile(code: str, name: str) -> tuple[CodeType, CodeType | None]:
    """Return code in two parts, the second its last expression, if that is to be shown."""
    tree = ast.parse(code, name)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not code.rstrip().endswith(";"):
        expression = ast.Expression(tree.body.pop().value)  # type: ignore[attr-defined]
        last = compile(expression, name, "eval", dont_inherit=True)
    return compile(tree, name, "exec", dont_inherit=True), last


def _show(error: BaseException, code: str) -> None:
    """Write a traceback of the code's own lines, and of the place where it was raised."""
    if isinstance(error, SystemExit):
        print(f"SystemExit: {error.code}. The session goes on.", file=sys.stderr)
        return
    trace = traceback.TracebackException.from_exception(error, limit=-100, compact=True)
    seen = trace
    for _ in range(MOST_CAUSES):
        own = [frame for frame in seen.stack if frame.filename.startswith(MADE_HERE)]
        # Where it was raised, if that is in what the code called.
        foreign = [frame for frame in seen.stack if frame.filename != __file__][-1:]
        seen.stack[:] = own + foreign if own and foreign != own[-1:] else own
        following = seen.__cause__ or seen.__context__
        if following is None:
            break
        seen = following
    for line in trace.format():
        print(line, end="", file=sys.stderr)
    if isinstance(error, SyntaxError) and COMMANDS.search(code):
        print(COMMAND_HINT, end="", file=sys.stderr)
    if isinstance(error, OSError) and DRIVE in str(error) and not _is_scratch(DRIVE):
        print(DRIVE_HINT.format(DRIVE, os.environ["HOME"]), end="", file=sys.stderr)


def _is_scratch(path: str) -> bool:
    try:
        return os.path.samefile(path, os.environ["HOME"])  # noqa: PTH121
    except OSError:
        return False


def _flush() -> None:
    # The code may have closed them, or put something else in their place.
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()


def _tolerate_modes() -> None:
    """Let files be copied where their modes and times cannot be set."""
    import shutil

    def tolerant(copy: Any) -> Any:
        def copied(*arguments: Any, **options: Any) -> None:
            with contextlib.suppress(PermissionError):
                copy(*arguments, **options)

        return copied

    shutil.copymode = tolerant(shutil.copymode)
    shutil.copystat = tolerant(shutil.copystat)


def main() -> None:
    """Take over the three streams and run what comes."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    replies = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    options: dict[str, Any] = {"encoding": "utf-8", "errors": "replace"}
    sys.stdin = open(0, closefd=False, **options)  # noqa: SIM115
    sys.stdout = open(1, "w", buffering=-1, closefd=False, **options)  # noqa: SIM115
    sys.stdout.reconfigure(line_buffering=True)
    # One stream, so that what is written comes in the order in which it was written.
    sys.stderr = sys.stdout
    warnings.filterwarnings("ignore", message=".*non-interactive.*")
    _tolerate_modes()
    interpreter = Interpreter(replies)
    listening = threading.Thread(target=interpreter.listen, args=(requests,), daemon=True)
    listening.start()
    sys.argv = [""]
    interpreter.work()


if __name__ == "__main__":
    main()
