"""Gathers the person's own tools out of their files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.config import locations
from engine.tools.foreign import arguments_by, effects_of, valid_name
from engine.tools.own.commands import UNSANDBOXED_PLACE, Command, Surroundings
from engine.tools.own.declarations import Declarations, McpEntry, line_of, read_declarations
from engine.tools.own.functions import FunctionEntry, FunctionWorker
from engine.tools.registry import Result, Running, Tool
from engine.tools.rules import Touch
from engine.tools.sandbox import Found

FUNCTIONS_FILE = "tools.py"
DECLARATIONS_FILE = "tools.toml"

UNSANDBOXED: frozenset[Touch] = frozenset(("unsandboxed",))


@dataclass(frozen=True, slots=True)
class OwnTools:
    """The person's own tools; to be closed."""

    tools: tuple[Tool, ...] = ()
    problems: tuple[str, ...] = ()
    """A sentence about each that cannot be used, with the file and the line."""
    servers: Mapping[str, McpEntry] = field(default_factory=dict)
    """The servers that are declared beside them, for ``engine.tools.mcp``."""
    worker: FunctionWorker | None = None

    def close(self) -> None:
        """End the process that runs the functions; a call that is running is cut off."""
        if self.worker is not None:
            self.worker.close()


def load_own_tools(
    folder: Path | None,
    sandbox: Found,
    workspace: Path | None = None,
    taken: Collection[str] = (),
) -> OwnTools:
    """Return the person's own tools, as their files say now. Blocks while ``tools.py`` is imported.

    Nothing is raised for what is wrong in the files: it is told, and all else is there.

    Args:
        folder: where ``tools.py`` and ``tools.toml`` may be; None is the usual one.
        sandbox: what commands run in that ask for it.
        workspace: the folder that commands may work in.
        taken: names that other tools have.
    """
    folder = (folder or locations.own_tools_folder()).absolute()
    declared = read_declarations(folder / DECLARATIONS_FILE)
    gathering = _Gathering(folder, declared, taken)
    around = Surroundings(folder, workspace, sandbox)
    gathering.add_commands(around)
    worker = gathering.add_functions()
    return OwnTools(
        tuple(gathering.tools.values()),
        (*declared.problems, *gathering.problems),
        declared.servers,
        worker,
    )


class _Gathering:
    """The tools that were found so far."""

    def __init__(self, folder: Path, declared: Declarations, taken: Collection[str]) -> None:
        self.folder = folder
        self.declared = declared
        self.taken = taken
        self.tools: dict[str, Tool] = {}
        self.problems: list[str] = []

    def add_commands(self, around: Surroundings) -> None:
        file = self.folder / DECLARATIONS_FILE
        for name, entry in self.declared.commands.items():
            line = line_of(self.declared.text, ("command", name))
            if self._is_free(valid_name(name), f"{file}, line {line}"):
                command = Command(name, entry, around)
                self.tools[valid_name(name)] = command.tool(valid_name(name))

    def add_functions(self) -> FunctionWorker | None:
        file = self.folder / FUNCTIONS_FILE
        if not file.exists():
            return None
        worker = FunctionWorker(file, self.declared.functions)
        entries, problems = worker.describe()
        self.problems += problems
        for entry in entries:
            if self._is_free(entry.name, f"{file}, line {entry.line}"):
                self.tools[entry.name] = _function_tool(entry, worker)
        return worker

    def _is_free(self, name: str, where: str) -> bool:
        is_free = name not in self.taken and name not in self.tools
        if not is_free:
            self.problems.append(
                f"{where}: there is a tool {name!r} already; give it another name."
            )
        return is_free


def _function_tool(entry: FunctionEntry, worker: FunctionWorker) -> Tool:
    touches = UNSANDBOXED if entry.touches is None else entry.touches

    def run(arguments: Any, running: Running) -> Result:
        return worker.call(entry, arguments.given, running)

    return Tool(
        name=entry.name,
        description=entry.description,
        arguments=arguments_by(entry.schema),
        run=run,
        effects=effects_of(touches),
        touches=touches,
        place=UNSANDBOXED_PLACE,
    )
