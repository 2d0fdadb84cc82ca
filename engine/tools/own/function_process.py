"""Runs the functions of a person's ``tools.py``, in a process of its own.

Standard input and output carry lines of JSON: first what functions there are, then a call at a time
and its reply. What the functions write goes to standard error, which is shown. It runs as a script
(``python function_process.py tools.py``) and knows nothing of the program that started it.
"""

from __future__ import annotations

import asyncio
import importlib.util
import inspect
import json
import os
import re
import sys
import threading
import traceback
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from types import ModuleType
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.errors import PydanticUserError
from pydantic_core import PydanticSerializationError, to_json

MODULE = "tools"
MOST_CHARACTERS = 24_000
"""Of a result, a third of its beginning and the rest of its end: some 8,000 tokens."""

SECTION = re.compile(r"[A-Z]\w+:")
ARGUMENTS = ("Args:", "Arguments:", "Parameters:")
WORDS = {"Touches:": "touches", "Timeout:": "timeout"}
ARGUMENT = re.compile(r"\s+\**(\w+)(?:\s*\([^)]*\))?:\s*(.*)")


class FunctionError(Exception):
    """A function cannot be offered; the text says why."""


class Docstring:
    """What a docstring says of a function: what it does, takes, touches, and how long it may take.

    ``Touches: read, network`` and ``Timeout: 20`` are lines of their own.
    """

    def __init__(self, text: str) -> None:
        """Read it; its first section ends the description."""
        self.arguments: dict[str, str] = {}
        self.words: dict[str, str] = {}
        described: list[str] = []
        section, argument = "", ""
        for line in inspect.cleandoc(text).splitlines():
            word = line.partition(" ")[0]
            if word in WORDS:
                self.words[WORDS[word]] = line.removeprefix(word).strip()
                section = word
            elif SECTION.fullmatch(line.rstrip()):
                section = line.rstrip()
            elif section in ARGUMENTS:
                if found := ARGUMENT.fullmatch(line):
                    argument = found[1]
                    self.arguments[argument] = found[2].strip()
                elif argument and line.strip():
                    self.arguments[argument] += f" {line.strip()}"
            elif not section:
                described.append(line.strip())
        self.description = re.sub(r"\s+", " ", " ".join(described)).strip()


class Function:
    """A function that can be called with JSON."""

    def __init__(self, function: Callable[..., Any]) -> None:
        """Work out what it takes.

        Raises:
            FunctionError: that cannot be told.
        """
        self.call = function
        self.name = function.__name__
        self.docstring = Docstring(function.__doc__ or "")
        if not self.docstring.description:
            raise FunctionError("it has no docstring that says what it does")
        self.arguments = self._model()
        try:
            self.schema = self.arguments.model_json_schema()
        except (PydanticUserError, ValueError) as error:
            raise FunctionError(
                f"its arguments have no JSON schema: {_first_line(error)}"
            ) from error

    def _model(self) -> type[BaseModel]:
        try:
            hints = typing.get_type_hints(self.call, include_extras=True)
        except (NameError, TypeError, AttributeError) as error:
            raise FunctionError(f"its type hints cannot be read: {_first_line(error)}") from error
        fields: dict[str, Any] = {}
        for name, parameter in inspect.signature(self.call).parameters.items():
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                raise FunctionError(f"it takes any arguments (*{name}); name them all")
            if name not in hints:
                raise FunctionError(f"its argument {name!r} has no type hint")
            default = ... if parameter.default is parameter.empty else parameter.default
            described = self.docstring.arguments.get(name)
            # Names such as "schema" and "_x" are none that a model's field can have.
            field = Field(default=default, alias=name, description=described)
            fields[f"argument_{len(fields)}"] = (hints[name], field)
        try:
            return create_model(self.name, __config__=ConfigDict(extra="forbid"), **fields)
        except (PydanticUserError, TypeError, ValueError) as error:
            raise FunctionError(f"its arguments cannot be checked: {_first_line(error)}") from error

    def described(self) -> dict[str, Any]:
        """Return what the program is told of it."""
        return {
            "name": self.name,
            "line": line_of(self.call),
            "description": self.docstring.description,
            "schema": self.schema,
            **self.docstring.words,
        }

    def run(self, arguments: dict[str, Any]) -> str:
        """Call it with checked arguments and return its result as text."""
        checked = self.arguments.model_validate(arguments)
        fields = type(checked).model_fields
        given = {str(field.alias): getattr(checked, name) for name, field in fields.items()}
        positional = [
            given.pop(name)
            for name, parameter in inspect.signature(self.call).parameters.items()
            if parameter.kind is parameter.POSITIONAL_ONLY
        ]
        result = self.call(*positional, **given)
        if inspect.iscoroutine(result):
            result = asyncio.run(result)
        return written(result)


def written(result: object) -> str:
    """Return a result as text: itself, or JSON, or as Python shows it; not too much of it."""
    if result is None:
        return ""
    if isinstance(result, str):
        return shortened(result)
    try:
        return shortened(to_json(result, indent=1).decode())
    except (PydanticSerializationError, ValueError):
        return shortened(repr(result))


def shortened(text: str) -> str:
    """Return the beginning and the end of what is too long."""
    if len(text) <= MOST_CHARACTERS:
        return text
    head, tail = MOST_CHARACTERS // 3, MOST_CHARACTERS - MOST_CHARACTERS // 3
    left_out = len(text) - MOST_CHARACTERS
    return f"{text[:head]}\n\n[... {left_out:,} characters left out ...]\n\n{text[-tail:]}"


def line_of(function: Callable[..., Any]) -> int:
    """Return the line that a function begins on."""
    return inspect.unwrap(function).__code__.co_firstlineno  # type: ignore[no-any-return]


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def told(error: BaseException, path: Path) -> tuple[str, int]:
    """Return an error as a sentence, and the line of the file that it came from; 0 if none."""
    name = type(error).__name__
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return f"{name}: {error.msg}", error.lineno or 0
    lines = [
        each.lineno or 0
        for each in traceback.extract_tb(error.__traceback__)
        if each.filename == str(path)
    ]
    said = _first_line(error)
    return (said if said == name else f"{name}: {said}"), (lines[-1] if lines else 0)


def load(path: Path) -> ModuleType:
    """Run the file and return what it defines."""
    # What Python would keep of it holds for whole seconds, so a second change would go unseen.
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(MODULE, path)
    assert spec is not None and spec.loader is not None  # noqa: S101, PT018  (a file that ends in .py)
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = module
    spec.loader.exec_module(module)
    return module


def functions_of(module: ModuleType) -> Iterator[Callable[..., Any]]:
    """Give the functions that a file defines for others."""
    for name, each in vars(module).items():
        is_own = inspect.isfunction(each) and each.__module__ == MODULE
        if is_own and not name.startswith("_") and name == each.__name__:
            yield each


def answer(function: Function, arguments: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return the reply to a call."""
    try:
        return {"text": function.run(arguments)}
    except ValidationError as error:
        if error.title != function.name:
            return {"error": "{} (tools.py, line {})".format(*told(error, path))}
        problems = (
            f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}"
            for each in error.errors()
        )
        return {"error": "invalid arguments: " + "; ".join(problems)}
    except BaseException as error:  # noqa: BLE001  (whatever a person's function raises is told)
        said, line = told(error, path)
        where = f" (tools.py, line {line})" if line else ""
        return {"error": f"{shortened(said)}{where}", "is_of_system": isinstance(error, OSError)}
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipes to the program, and leave none of them to the functions."""
    reading, writing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    return reading, writing


def main() -> None:
    """Tell what functions there are, then run them as asked until the program goes away."""
    path = Path(sys.argv[1])
    reading, writing = _own_pipes()

    def send(message: dict[str, Any]) -> None:
        writing.write(json.dumps(message).encode() + b"\n")
        writing.flush()

    functions: dict[str, Function] = {}
    problems: list[dict[str, Any]] = []
    try:
        found = [*functions_of(load(path))]
    except BaseException as error:  # noqa: BLE001  (whatever a person's file raises is told)
        found = []
        said, line = told(error, path)
        problems.append({"line": line, "said": said, "is_of_system": isinstance(error, OSError)})
    for each in found:
        try:
            functions[each.__name__] = Function(each)
        except FunctionError as error:
            problems.append({"line": line_of(each), "said": f"{each.__name__}: {error}"})
    send({"functions": [each.described() for each in functions.values()], "problems": problems})

    calls: SimpleQueue[dict[str, Any]] = SimpleQueue()

    def read() -> None:
        for line in reading:
            calls.put(json.loads(line))
        os._exit(0)  # the program is gone, whatever a function is still doing

    threading.Thread(target=read, daemon=True).start()
    while True:
        call = calls.get()
        function = functions.get(call["name"])
        if function is None:
            reply = {"error": f"there is no function {call['name']!r} in tools.py any more"}
        else:
            reply = answer(function, call["arguments"], path)
        send({"id": call["id"], **reply})


if __name__ == "__main__":
    main()
