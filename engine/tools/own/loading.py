"""Gathers the person's own tools out of their files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.config import locations
from engine.tools.foreign import arguments_by, effects_of, valid_name
from engine.tools.own.commands import Command
from engine.tools.own.confinement import HELD, Confinement, Surroundings, confine
from engine.tools.own.declarations import Declarations, McpEntry, line_of, read_declarations
from engine.tools.own.functions import FunctionEntry, FunctionWorker
from engine.tools.registry import Result, Running, Tool
from engine.tools.rules import Touch
from engine.tools.sandbox import Found, Level

FUNCTIONS_FILE = "tools.py"
DECLARATIONS_FILE = "tools.toml"

WHO = "your tools.py"


@dataclass(frozen=True, slots=True)
class OwnTools:
    """The person's own tools; to be closed."""

    tools: tuple[Tool, ...] = ()
    problems: tuple[str, ...] = ()
    """A sentence about each that cannot be used, with the file and the line."""
    servers: Mapping[str, McpEntry] = field(default_factory=dict)
    """The servers that are declared beside them, for ``engine.tools.mcp``."""
    around: Surroundings | None = None
    """What there is for all of them to run in."""
    workers: tuple[FunctionWorker, ...] = ()

    def close(self) -> None:
        """End the processes that run the functions; a call that is running is cut off."""
        for worker in self.workers:
            worker.close()


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
        sandbox: what they run in, unless the files say otherwise.
        workspace: the folder that they may work in.
        taken: names that other tools have.
    """
    folder = (folder or locations.own_tools_folder()).absolute()
    declared = read_declarations(folder / DECLARATIONS_FILE)
    gathering = _Gathering(Surroundings(folder, workspace, sandbox), declared, taken)
    gathering.add_commands()
    gathering.add_functions()
    return OwnTools(
        tuple(gathering.tools.values()),
        (*declared.problems, *gathering.problems),
        declared.servers,
        gathering.around,
        tuple(gathering.workers.values()),
    )


class _Gathering:
    """The tools that were found so far."""

    def __init__(
        self, around: Surroundings, declared: Declarations, taken: Collection[str]
    ) -> None:
        self.around = around
        self.declared = declared
        self.taken = taken
        self.tools: dict[str, Tool] = {}
        self.problems: list[str] = []
        self.workers: dict[tuple[Level, frozenset[Touch]], FunctionWorker] = {}
        """By what holds them, and what they may touch."""

    def add_commands(self) -> None:
        file = self.around.folder / DECLARATIONS_FILE
        for name, entry in self.declared.commands.items():
            line = line_of(self.declared.text, ("command", name))
            if self._is_free(valid_name(name), f"{file}, line {line}"):
                command = Command(name, entry, self.around)
                self.tools[valid_name(name)] = command.tool(valid_name(name))

    def add_functions(self) -> None:
        file = self.around.folder / FUNCTIONS_FILE
        if not file.exists():
            return
        # What the file offers is asked of a process that may touch nothing.
        entries, problems = self._worker(self._confine(None)).describe()
        self.problems += problems
        for entry in entries:
            if self._is_free(entry.name, f"{file}, line {entry.line}"):
                confinement = self._confine(entry.touches)
                worker = self._worker(confinement)
                self.tools[entry.name] = _function_tool(entry, confinement, worker)

    def _confine(self, said: frozenset[Touch] | None) -> Confinement:
        wanted = self.declared.functions.sandbox
        return confine(said, self.around.sandbox, is_wanted=wanted)

    def _worker(self, confinement: Confinement) -> FunctionWorker:
        """Return the process of those functions that may touch the same."""
        held = confinement.touches & HELD if confinement.is_confined else frozenset[Touch]()
        key = (confinement.level, held)
        if key not in self.workers:
            file, functions = self.around.folder / FUNCTIONS_FILE, self.declared.functions
            self.workers[key] = FunctionWorker(file, functions, confinement, self.around)
        return self.workers[key]

    def _is_free(self, name: str, where: str) -> bool:
        is_free = name not in self.taken and name not in self.tools
        if not is_free:
            self.problems.append(
                f"{where}: there is a tool {name!r} already; give it another name."
            )
        return is_free


def _function_tool(entry: FunctionEntry, confinement: Confinement, worker: FunctionWorker) -> Tool:
    def run(arguments: Any, running: Running) -> Result:
        return worker.call(entry, arguments.given, running)

    return Tool(
        name=entry.name,
        description=entry.description,
        arguments=arguments_by(entry.schema),
        run=run,
        effects=effects_of(confinement.touches),
        touches=confinement.touches,
        place=confinement.place(WHO),
    )
