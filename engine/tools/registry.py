"""One way to declare a tool, and the set of tools a conversation offers to the model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from engine.tools.schemas import flatten

NAMESPACE = "functions"


class ToolError(Exception):
    """A tool could not do what it was asked; the text goes to the model, which can act on it."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the model may call.

    ``arguments`` is the pydantic model of what it takes; ``run`` receives an instance of it and
    returns the text that the model reads. ``effects`` says in a few words what a call touches
    outside the program, for the person who is asked to allow it; it is empty if that is nothing.
    """

    name: str
    description: str
    arguments: type[BaseModel]
    run: Callable[[Any], str]
    effects: str = ""
    free_text: str = ""
    """The argument that takes the whole text where it is not the JSON that was asked for."""

    @property
    def recipient(self) -> str:
        """The name that the model addresses, such as ``functions.calculator``."""
        return f"{NAMESPACE}.{self.name}"

    def parameters(self) -> dict[str, Any]:
        """Return the JSON schema of the arguments in a form that the model is shown in full."""
        return flatten(self.arguments.model_json_schema())

    def call(self, arguments: str) -> str:
        """Run the tool on JSON arguments as the model wrote them and return its output.

        Raises:
            ToolError: the arguments are not what the tool takes, or the tool failed.
        """
        try:
            parsed = _parse(self.arguments, _unwrap(arguments.strip()) or "{}")
        except ValidationError as error:
            if not self.free_text or not arguments.strip():
                raise ToolError(_explain(error)) from error
            parsed = self.arguments(**{self.free_text: arguments})
        return self.run(parsed)


def _parse(model: type[BaseModel], arguments: str) -> BaseModel:
    """Return JSON arguments as an instance of their model.

    What may be null may be left out, although the model may ask for it: the schema that is shown
    has no other way to say so.

    Raises:
        ValidationError: they do not fit the model.
    """
    try:
        return model.model_validate_json(arguments)
    except ValidationError as error:
        missing = [each["loc"] for each in error.errors() if each["type"] == "missing"]
        if len(missing) < error.error_count():
            raise
        filled = json.loads(arguments)
        try:
            for *path, name in missing:
                place = filled
                for step in path:
                    place = place[step]
                place[name] = None
            return model.model_validate_json(json.dumps(filled))
        except (ValidationError, LookupError, TypeError):  # a place may name a type, too
            raise error from None


def _unwrap(arguments: str) -> str:
    """Return arguments without the one-element array that models sometimes put around them."""
    if not arguments.lstrip().startswith("["):
        return arguments
    try:
        parsed = json.loads(arguments)
    except (ValueError, RecursionError):
        return arguments
    is_wrapped = len(parsed) == 1 and isinstance(parsed[0], dict)
    return json.dumps(parsed[0]) if is_wrapped else arguments


def _explain(error: ValidationError) -> str:
    problems = []
    for problem in error.errors():
        where = ".".join(str(part) for part in problem["loc"])
        problems.append(f"{where}: {problem['msg']}" if where else problem["msg"])
    return "invalid arguments: " + "; ".join(problems)


@dataclass(frozen=True, slots=True)
class Registry:
    """The tools that a conversation offers, by the name that the model calls them."""

    tools: Mapping[str, Tool] = field(default_factory=dict)

    @classmethod
    def of(cls, tools: Iterable[Tool]) -> Registry:
        """Return a registry of these tools."""
        return cls({tool.recipient: tool for tool in tools})

    def __iter__(self) -> Iterator[Tool]:
        return iter(self.tools.values())

    def __len__(self) -> int:
        return len(self.tools)

    def find(self, recipient: str) -> Tool:
        """Return the tool that a recipient names.

        Raises:
            ToolError: there is none; the text names those there are.
        """
        try:
            return self.tools[recipient]
        except KeyError:
            known = ", ".join(self.tools) or "none"
            raise ToolError(f"there is no tool {recipient!r}; the tools are: {known}") from None


def pretty_arguments(arguments: str) -> str:
    """Return JSON arguments laid out for reading; text that is not JSON comes back unchanged."""
    try:
        return json.dumps(json.loads(arguments), ensure_ascii=False, indent=2)
    except ValueError:
        return arguments
