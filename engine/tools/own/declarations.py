"""What may stand in ``tools.toml``, and what is wrong with what does not, by file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engine.config.names import suggestion
from engine.tools.rules import Touch

LONGEST_TIMEOUT = 3600.0

Kind = Literal["string", "integer", "number", "boolean", "array", "object"]
Seconds = Annotated[float, Field(gt=0, le=LONGEST_TIMEOUT)]
Touches = tuple[Touch, ...]
Variables = tuple[str, ...]


class Entry(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(Entry):
    """An argument of a command; written as its type alone, or as a table."""

    type: Kind = "string"
    description: str = ""
    enum: tuple[str | int | float, ...] = Field(default=(), description="All values it can have")
    items: Kind = Field(default="string", description="What an array holds")
    default: Any = None
    optional: bool = False

    @model_validator(mode="before")
    @classmethod
    def _from_its_type(cls, given: Any) -> Any:
        return {"type": given} if isinstance(given, str) else given


class CommandEntry(Entry):
    """A command of the person's."""

    description: str = Field(min_length=1)
    run: tuple[str, ...] = Field(min_length=1)
    parameters: Mapping[str, Parameter] = Field(default_factory=dict)
    timeout: Seconds = 60.0
    touches: Touches | None = None
    sandbox: bool = True
    folder: Literal["tools", "workspace"] = "tools"
    variables: Variables = ()


class FunctionsEntry(Entry):
    """What holds for the functions in ``tools.py``."""

    timeout: Seconds = 60.0
    sandbox: bool = True
    variables: Variables = ()


class McpEntry(Entry):
    """A server of tools."""

    run: tuple[str, ...] | None = Field(default=None, min_length=1)
    url: str | None = Field(default=None, pattern=r"^https?://")
    headers: Mapping[str, str] = Field(default_factory=dict)
    touches: Touches | Mapping[str, Touches] | None = None
    sandbox: bool = False
    only: tuple[str, ...] | None = None
    timeout: Seconds = 60.0
    start_timeout: Seconds = 30.0
    variables: Variables = ()

    @model_validator(mode="after")
    def _is_reached_in_one_way(self) -> McpEntry:
        if (self.run is None) == (self.url is None):
            raise ValueError("a server has either run (a program) or url")
        if self.sandbox and self.run is None:
            raise ValueError("only a server that is run here can be in the sandbox")
        return self


@dataclass(frozen=True, slots=True)
class Declarations:
    """What stands in ``tools.toml`` and can be used."""

    commands: Mapping[str, CommandEntry] = field(default_factory=dict)
    servers: Mapping[str, McpEntry] = field(default_factory=dict)
    functions: FunctionsEntry = field(default_factory=FunctionsEntry)
    problems: tuple[str, ...] = ()
    """A sentence about each entry that cannot be used, with the file and the line."""
    text: str = ""


TABLES: Mapping[str, type[Entry]] = {"command": CommandEntry, "mcp": McpEntry}
FUNCTIONS = "functions"

HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)

AnEntry = TypeVar("AnEntry", bound=Entry)


def read_declarations(path: Path) -> Declarations:
    """Return what stands in a file; nothing if there is none. What is wrong is told, not raised."""
    try:
        text = path.read_bytes().decode("utf-8")
        content = tomllib.loads(text)
    except FileNotFoundError:
        return Declarations()
    except OSError as error:
        return Declarations(problems=(f"{path} cannot be read: {error.strerror}.",))
    except (ValueError, RecursionError) as error:
        return Declarations(problems=(f"{path} is not valid TOML: {error}. Mend it.",))
    return _Reading(path, text).read(content)


class _Reading:
    """Reads the content of one file and gathers what is wrong with it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[str] = []

    def read(self, content: Mapping[str, Any]) -> Declarations:
        for name in content:
            known = (*TABLES, FUNCTIONS)
            if name not in known:
                meant = suggestion(name, known) or f"; there are: {', '.join(known)}"
                self.problem((name,), f"there is no table {name!r}{meant}")
        functions = self.entry(FunctionsEntry, (FUNCTIONS,), content.get(FUNCTIONS, {}))
        return Declarations(
            commands=self.entries(CommandEntry, "command", content),
            servers=self.entries(McpEntry, "mcp", content),
            functions=functions or FunctionsEntry(),
            problems=tuple(self.problems),
            text=self.text,
        )

    def entries(
        self, model: type[AnEntry], table: str, content: Mapping[str, Any]
    ) -> dict[str, AnEntry]:
        given = content.get(table, {})
        if not isinstance(given, Mapping):
            self.problem((table,), f"write [{table}.NAME], and what it has below")
            return {}
        read = {name: self.entry(model, (table, name), each) for name, each in given.items()}
        return {name: each for name, each in read.items() if each is not None}

    def entry(self, model: type[AnEntry], place: tuple[str, ...], given: Any) -> AnEntry | None:
        try:
            return model.model_validate(given)
        except ValidationError as error:
            where, said = _explained(error, model)
            self.problem((*place, *where), said)
            return None

    def problem(self, place: tuple[str, ...], said: str) -> None:
        line = line_of(self.text, place)
        self.problems.append(f"{self.path}, line {line}: {'.'.join(place)}: {said}.")


def _explained(error: ValidationError, model: type[Entry]) -> tuple[tuple[str, ...], str]:
    """Return the key that is wrong, and why."""
    problem = error.errors()[0]
    where = tuple(str(part) for part in problem["loc"] if not str(part).startswith("tuple["))
    match problem["type"]:
        case "extra_forbidden":
            known = model.model_fields if len(where) == 1 else Parameter.model_fields
            meant = suggestion(where[-1], known) or f"; there are: {', '.join(known)}"
            return where, f"there is no such key{meant}"
        case "missing":
            return where[:-1], f"it has no {where[-1]}"
        case "literal_error":
            allowed = problem["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return where[:-1] if where[-1].isdecimal() else where, f"it is one of: {allowed}"
        case "tuple_type":
            return where, 'it is a list, such as ["a", "b"]'
        case _:
            said = problem["msg"].removeprefix("Value error, ").removesuffix(".")
            return where, f"{said[:1].lower()}{said[1:]}"


def line_of(text: str, place: Iterable[str]) -> int:
    """Return the line, from 1, on which a key stands, or the nearest table around it."""
    place = tuple(place)
    for depth in range(len(place), 0, -1):
        header = r"[ \t]*\.[ \t]*".join(f"[\"']?{re.escape(part)}[\"']?" for part in place[:depth])
        found = re.search(rf"^[ \t]*\[+[ \t]*{header}[ \t]*\]", text, re.MULTILINE)
        if found is not None:
            after = HEADER.search(text, found.end())
            key = _key_in(text, place[depth:], found.end(), after.start() if after else len(text))
            return text.count("\n", 0, found.start() if key < 0 else key) + 1
    return text.count("\n", 0, max(0, _key_in(text, place, 0, len(text)))) + 1


def _key_in(text: str, place: tuple[str, ...], start: int, end: int) -> int:
    """Return where in a table's lines a key stands; -1 if nowhere."""
    if not place:
        return -1
    key = re.compile(rf"^[ \t]*[\"']?{re.escape(place[0])}[\"']?[ \t]*[=.]", re.MULTILINE)
    found = key.search(text, start, end)
    return found.start() if found else -1
