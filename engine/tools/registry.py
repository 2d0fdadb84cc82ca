"""One way to declare a tool, and the set of tools a conversation offers to the model."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from engine.tools.schemas import flatten

if TYPE_CHECKING:
    from engine.tools.apply_patch import FileChange
    from engine.tools.permissions import Touch

NAMESPACE = "functions"
"""The namespace that the developer message describes; any other one stands in the system message.
"""
THIS_PROGRAM = "this program"
"""The place of a tool that needs no sandbox: nothing but the program's own code runs."""
LIVE_CHARACTERS = 256_000
"""Shown of a call while it runs; all that the model reads of it is shown when it is over."""
LIVE_END = "\n… more comes than is shown here\n"

logger = logging.getLogger(__name__)


class ToolError(Exception):
    """A tool could not do what it was asked; the text goes to the model, which can act on it."""


class Running:
    """A call that runs: what its tool tells meanwhile, and whether it is to stop."""

    def __init__(self) -> None:
        """Begin a call of which nothing was told yet."""
        self.cancelled = threading.Event()
        """Set when the person stops the call; a tool that can end early looks at it."""
        self._lock = threading.Lock()
        self._told: list[str] = []
        self._left = LIVE_CHARACTERS
        self._acts: list[Callable[[], None]] = []

    def tell(self, text: str) -> None:
        """Show text to the person while the call runs, from any thread; it costs next to nothing.

        The model does not read it. What is more than ``LIVE_CHARACTERS`` in all is left out.
        """
        with self._lock:
            if self._left > 0:
                self._told.append(text[: self._left])
                self._left -= len(text)
                if self._left <= 0:
                    self._told.append(LIVE_END)

    def take(self) -> str:
        """Return what was told since the last time."""
        with self._lock:
            text = "".join(self._told)
            self._told.clear()
        return text

    def cancel(self) -> None:
        """Have the call stop, from any thread; what it waits for is cut off."""
        with self._lock:
            self.cancelled.set()
            acts = list(self._acts)
        for act in acts:
            _do(act)

    @contextmanager
    def interrupting(self, act: Callable[[], None]) -> Iterator[None]:
        """Have something done when the call is to stop, until the block ends.

        Args:
            act: wakes what the block waits for, soon; it may be called more than once, by other
                threads, and is called at once where the call is to stop already.
        """
        with self._lock:
            self._acts.append(act)
            is_cancelled = self.cancelled.is_set()
        try:
            if is_cancelled:
                _do(act)
            yield
        finally:
            with self._lock:
                self._acts.remove(act)


def _do(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:
        # Whoever stops a call is not to hear of what goes wrong inside the tool.
        logger.exception("a call could not be stopped")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a call."""

    text: str
    """For the model."""
    is_failed: bool = False
    """Whether it did not do what was asked, although it has more to say than why."""
    figures: tuple[str, ...] = ()
    """Paths of pictures that it drew, PNG."""


Told = str | Callable[[str], str]
"""What a person is told of a call: always the same, or worked out from its arguments."""


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that the model may call.

    ``arguments`` is the pydantic model of what it takes, or None where it takes text as it is;
    ``run`` receives an instance of it, or that text, and what runs, and returns what the model
    reads. It runs on a thread of its own, which is left behind if it does not stop when the call is
    cancelled.
    """

    name: str
    description: str
    arguments: type[BaseModel] | None
    run: Callable[[Any, Running], str | Result]
    effects: Told = ""
    """What a call touches outside the program, in a few words, for the person who is asked to allow
    it; empty if that is nothing."""
    free_text: str = ""
    """The argument that takes the whole text where it is not the JSON that was asked for."""
    namespace: str = NAMESPACE
    touches: frozenset[Touch] | Callable[[str], frozenset[Touch]] = frozenset()
    """The same for whoever judges whether the person has to be asked."""
    place: Told = THIS_PROGRAM
    """Where it runs, such as ``sandbox: bubblewrap``."""
    host: Told = ""
    """The host that a call reaches, where the arguments do not name it; empty if it reaches none.
    """
    preview: Callable[[str], tuple[FileChange, ...]] | None = None
    """What a call would do to files, worked out of its arguments without doing it."""

    @property
    def recipient(self) -> str:
        """The name that the model addresses, such as ``functions.calculator`` or ``python``."""
        return self.name if self.name == self.namespace else f"{self.namespace}.{self.name}"

    def parameters(self) -> dict[str, Any] | None:
        """Return the JSON schema of the arguments in a form that the model is shown in full.

        None for a tool that takes text.
        """
        return None if self.arguments is None else flatten(self.arguments.model_json_schema())

    def effects_of(self, arguments: str) -> str:
        """Return what a call touches, for the person."""
        return _tell(self.effects, arguments)

    def touches_of(self, arguments: str) -> frozenset[Touch]:
        """Return what a call touches, for whoever judges."""
        return self.touches(arguments) if callable(self.touches) else self.touches

    def place_of(self, arguments: str) -> str:
        """Return where a call runs."""
        return _tell(self.place, arguments)

    def host_of(self, arguments: str) -> str:
        """Return the host that a call reaches, where the arguments do not name it."""
        return _tell(self.host, arguments)

    def start(self, arguments: str, running: Running) -> Result:
        """Run the tool on arguments as the model wrote them. Blocks.

        Args:
            arguments: JSON, or text where it takes that.
            running: is told what is written meanwhile, and says when to stop.

        Raises:
            ToolError: the arguments are not what the tool takes, or the tool failed.
        """
        given: Any = arguments
        if self.arguments is not None:
            given = read_arguments(self.arguments, arguments, self.free_text)
        result = self.run(given, running)
        return result if isinstance(result, Result) else Result(result)

    def call(self, arguments: str) -> str:
        """Return what the model reads of a call that nobody watches.

        Raises:
            ToolError: as ``start``.
        """
        return self.start(arguments, Running()).text


def _tell(told: Told, arguments: str) -> str:
    return told if isinstance(told, str) else told(arguments)


def read_arguments(model: type[BaseModel], arguments: str, free_text: str = "") -> Any:
    """Return arguments as the model wrote them as an instance of what a tool takes.

    Args:
        model: what it takes.
        arguments: JSON, which may stand in an array of one.
        free_text: the argument that takes the whole text where it is no such JSON.

    Raises:
        ToolError: they are not what it takes; the text says what is wrong.
    """
    try:
        return _parse(model, _unwrap(arguments.strip()) or "{}")
    except ValidationError as error:
        if not free_text or not arguments.strip():
            raise ToolError(_explain(error)) from error
        return model(**{free_text: arguments})


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
