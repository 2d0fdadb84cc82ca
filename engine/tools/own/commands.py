"""The person's commands as tools: programs that read their arguments as JSON."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from engine.tools.foreign import effects_of
from engine.tools.own.confinement import Confinement, Surroundings, confine
from engine.tools.own.declarations import CommandEntry, Parameter
from engine.tools.own.environment import Plain, only_named, own_files, variables_for
from engine.tools.own.following import Ended, Process, follow
from engine.tools.registry import Result, Running, Tool, ToolError
from engine.tools.sandbox import SandboxError

TYPES: Mapping[str, Any] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "object": dict[str, Any],
}
NO_OUTPUT = "Done; the command wrote nothing."
WHO = "your tools.toml"


@dataclass(frozen=True, slots=True)
class Command:
    """A command, ready to be run."""

    name: str
    entry: CommandEntry
    around: Surroundings

    def tool(self, name: str) -> Tool:
        """Return it as a tool of a name."""
        touches = self.confinement.touches
        return Tool(
            name=name,
            description=self.entry.description,
            arguments=arguments_of(self.name, self.entry.parameters),
            run=self.run,
            effects=effects_of(touches),
            touches=touches,
            place=self.confinement.place(WHO),
        )

    @property
    def confinement(self) -> Confinement:
        """What it touches, and what holds it to that."""
        entry = self.entry
        said = entry.touches
        if entry.folder == "workspace":  # it could not work there without
            said = (*(("code",) if said is None else said), "read")
        return confine(said, self.around.sandbox, is_wanted=entry.sandbox)

    def run(self, arguments: BaseModel, running: Running) -> Result:
        """Run it and return what it wrote.

        Raises:
            ToolError: it did not start.
        """
        given = arguments.model_dump_json(exclude_none=True).encode() + b"\n"
        with tempfile.TemporaryDirectory(prefix="harmony-tui-", ignore_cleanup_errors=True) as name:
            try:
                process = self._start(Path(name))
            except SandboxError as error:
                raise ToolError(f"{self.name} did not start: {error}") from error
            except (OSError, ValueError) as error:
                said = getattr(error, "strerror", None) or str(error)
                raise ToolError(
                    f"{self.name} did not start: {self.entry.run[0]}: {said.lower()}"
                ) from error
            ended = follow(process, given, self.entry.timeout, running)
        return self._result(ended)

    def _start(self, scratch: Path) -> Process:
        entry, around = self.entry, self.around
        argv, files = own_files(entry.run, around.folder)
        confinement = self.confinement
        if not confinement.is_confined:
            return Plain(argv, self._folder(), variables_for(entry.variables))
        policy = confinement.policy(scratch, around.workspace, files)
        named = only_named(entry.variables)
        folder = self._folder() if policy.workspace and entry.folder == "workspace" else None
        return around.sandbox.sandbox.popen(argv, policy, folder=folder, variables=named)

    def _folder(self) -> Path:
        if self.entry.folder == "tools":
            return self.around.folder
        if self.around.workspace is None:
            raise ToolError(f"{self.name} works in the workspace, and there is none")
        return self.around.workspace

    def _result(self, ended: Ended) -> Result:
        wrote = "\n".join(text for text in (ended.output, ended.errors) if text.strip())
        said = f"{wrote.rstrip()}\n" if wrote.strip() else ""
        if ended.broken:
            return Result(f"{said}[ERROR] {self.name} was ended: it used {ended.broken}", True)
        if ended.how == "timed out":
            seconds = f"{self.entry.timeout:g} s"
            return Result(f"{said}[ERROR] {self.name} took more than {seconds} and was ended", True)
        if ended.how == "cancelled":
            return Result(f"{said}[ERROR] {self.name} was stopped", True)
        if ended.code:
            ending = f"signal {-ended.code}" if ended.code < 0 else f"exit code {ended.code}"
            return Result(f"{said}[ERROR] {self.name} ended with {ending}", True)
        return Result((ended.output if ended.output.strip() else said) or NO_OUTPUT)


def arguments_of(name: str, parameters: Mapping[str, Parameter]) -> type[BaseModel]:
    """Return the model of what a command takes."""
    fields: dict[str, Any] = {}
    for each, parameter in parameters.items():
        kind = _type_of(parameter)
        is_optional = parameter.optional or parameter.default is not None
        fields[each] = (
            kind | None if is_optional and parameter.default is None else kind,
            Field(
                default=parameter.default if is_optional else ...,
                description=parameter.description or None,
            ),
        )
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


def _type_of(parameter: Parameter) -> Any:
    if parameter.enum:
        return Literal[parameter.enum]
    if parameter.type == "array":
        return list[TYPES.get(parameter.items, Any)]  # type: ignore[misc]
    return TYPES[parameter.type]
