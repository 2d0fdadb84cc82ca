"""A session's Python as the tool that the model knows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.tools.python.replies import Figure
from engine.tools.python.session import PythonSession
from engine.tools.registry import Result, Running, Tool, ToolError
from engine.tools.sandbox import Level, SandboxError

if TYPE_CHECKING:
    from engine.tools.permissions import Touch

PYTHON = "python"
CODE_KEYS = ("code", "script", "source", "input")
"""What models call the code where they put it into JSON all the same."""
FENCE = re.compile(r"\s*```[\w-]*\n(?P<code>.*?)\n?```\s*", re.DOTALL)
UNCONFINED = "this machine, without a sandbox"
CONFINED_EFFECTS = "runs code that reads no file but those of the workspace, and has no network"
UNCONFINED_EFFECTS = "runs code that can do whatever you can"


def python_tool(
    session: Callable[[], PythonSession],
    level: Level,
    keep: Callable[[Figure], str],
    workspace: Callable[[], Path | None] = lambda: None,
) -> Tool:
    """Return the tool that runs Python.

    Args:
        session: returns where the conversation's code runs, made at its first call.
        level: the sandbox that it is in.
        keep: keeps a figure, and returns its path.
        workspace: returns the person's folder that the code can read. The model is told of it when
            the process starts: the words that it knows of python have no place for it.
    """

    def run(text: str, running: Running) -> Result:
        try:
            python = session()
            is_new = not python.is_started
            with running.interrupting(python.cancel):
                outcome = python.run(read_code(text), running.tell)
        except SandboxError as error:
            raise ToolError(f"Python cannot be used now: {error}") from error
        figures = tuple(keep(figure) for figure in outcome.figures)
        folder = workspace() if is_new else None
        note = f"\n[The workspace, which can be read, is {folder}]" if folder else ""
        return Result(outcome.text + note, is_failed=outcome.ending != "done", figures=figures)

    touches: frozenset[Touch] = frozenset({"code"})
    is_confined = level != "none"
    return Tool(
        name=PYTHON,
        description="Runs Python code, which keeps its variables.",
        arguments=None,
        run=run,
        effects=CONFINED_EFFECTS if is_confined else UNCONFINED_EFFECTS,
        namespace=PYTHON,
        touches=touches if is_confined else touches | {"unsandboxed"},
        place=f"sandbox: {level}" if is_confined else UNCONFINED,
    )


def read_code(text: str) -> str:
    """Return the code of a call, out of a fence or JSON if the model has put it there."""
    if fenced := FENCE.fullmatch(text):
        return fenced["code"]
    if text.lstrip().startswith("{"):
        try:
            given = json.loads(text)
        except (ValueError, RecursionError):
            return text
        if isinstance(given, dict) and len(given) == 1:
            ((key, code),) = given.items()
            if key in CODE_KEYS and isinstance(code, str):
                return code
    return text
