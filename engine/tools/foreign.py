"""Tools whose arguments are described by a JSON schema of someone else's, and their names."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

from pydantic import BaseModel, RootModel

from engine.tools.rules import Touch
from engine.tools.schemas import as_json

LONGEST_NAME = 64
EFFECTS: Mapping[Touch, str] = {
    "read": "reads files",
    "write": "changes files",
    "code": "runs a program in the sandbox",
    "network": "uses the network",
    "outside": "changes files outside the workspace",
    "git": "changes .git",
    "unsandboxed": "runs a program without a sandbox",
}
"""What a touch is to the person who is asked to allow a call."""


def arguments_by(schema: Mapping[str, Any]) -> type[BaseModel]:
    """Return a model of arguments that a JSON schema describes; whoever runs them checks them.

    What may be null is shown to the model as what may be left out, so it is filled in where the
    schema asks for it.
    """

    class Arguments(RootModel[dict[str, Any]]):
        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return {"type": "object", "properties": {}, **as_json(schema)}

        @property
        def given(self) -> dict[str, Any]:
            return {**dict.fromkeys(_nullable(schema)), **self.root}

    return Arguments


def _nullable(schema: Mapping[str, Any]) -> list[str]:
    """Return the properties that have to be given and may be null."""
    properties = schema.get("properties", {})
    required = schema.get("required", [])
    return [name for name in required if _may_be_null(properties.get(name))]


def _may_be_null(schema: object) -> bool:
    if not isinstance(schema, Mapping):
        return False
    kind = schema.get("type")
    variants = [*schema.get("anyOf", []), *schema.get("oneOf", [])]
    return (
        kind == "null"
        or (isinstance(kind, list) and "null" in kind)
        or any(map(_may_be_null, variants))
    )


def valid_name(text: str, taken: Container[str] = ()) -> str:
    """Return a name that the model can call, as like a text as it can be, and not one taken."""
    name = re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_") or "tool"
    name = (f"_{name}" if name[0].isdecimal() else name)[:LONGEST_NAME]
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
    return free


def effects_of(touches: frozenset[Touch]) -> str:
    """Return what touches are, in a few words; empty for none."""
    return ", ".join(said for touch, said in EFFECTS.items() if touch in touches)
