"""What the texts of a turn have to be: the form of its answer, and what its tools take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from engine.tools.registry import Tool

if TYPE_CHECKING:
    from engine.generation.rules import Rules


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What an answer has to be: JSON that a schema describes, or text that a regex does."""

    kind: Literal["schema", "regex"]
    source: str
    """The JSON text of the schema (draft 2020-12), or the expression in the syntax of Rust's."""


def make_rules(form: AnswerForm | None, tools: Iterable[Tool], *, is_guided: bool) -> Rules:
    """Return what a turn has to keep to. To be called on the engine's thread: it imports MLX.

    Args:
        form: of its final message, if that is not free.
        tools: what it may call.
        is_guided: whether headers and calls are kept to what Harmony and the tools have.

    Raises:
        StructureError: no answer can have the form.
    """
    from engine.generation.rules import Rules
    from engine.generation.structure import Structure

    answer = None
    if form is not None:
        make = Structure.of_schema if form.kind == "schema" else Structure.of_regex
        answer = make(form.source)
    schemas = {tool.recipient: tool.parameters() for tool in tools} if is_guided else {}
    return Rules(schemas, answer, guides_headers=is_guided)
