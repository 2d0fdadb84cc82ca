"""Schemas whose values would never end are told from those whose values may."""

from __future__ import annotations

from typing import Any

import pytest

from engine.generation.endless import is_endless
from engine.generation.structure import Structure, StructureError

ROOT = {"$ref": "#"}
NODE = {"type": "object", "properties": {"next": ROOT}, "required": ["next"]}


def node(following: Any, **more: Any) -> dict[str, Any]:
    """Return the schema of an object that needs a ``next`` of a schema."""
    return {"type": "object", "properties": {"next": following}, "required": ["next"], **more}


@pytest.mark.parametrize(
    "schema",
    [
        ROOT,
        NODE,
        {"anyOf": [ROOT]},
        {"anyOf": [ROOT, node(ROOT)]},
        {"allOf": [{"type": "object"}, NODE]},
        {"type": ["object", "array"], "minItems": 1, "items": ROOT, **NODE},
        {"type": "array", "items": ROOT, "minItems": 1},
        {"type": "array", "prefixItems": [{"type": "string"}, ROOT], "minItems": 2},
        {"type": "array", "contains": ROOT},
        {"type": "object", "additionalProperties": ROOT, "required": ["any"]},
        {"$ref": "#here", "$defs": {"node": node({"$ref": "#here"}, **{"$anchor": "here"})}},
        {
            "$ref": "#/$defs/a~1b",
            "$defs": {"a/b": node({"$ref": "#/$defs/c"}), "c": node({"$ref": "#/$defs/a~1b"})},
        },
    ],
)
def test_what_needs_another_of_itself_never_ends(schema: Any) -> None:
    assert is_endless(schema)
    with pytest.raises(StructureError, match="only JSON without end"):
        Structure.of_schema(schema)


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {},
        {"type": "object", "properties": {"next": ROOT}},
        node({"anyOf": [{"type": "null"}, ROOT]}),
        node({"oneOf": [ROOT, {"const": 1}]}),
        {"type": ["object", "string"], **{k: NODE[k] for k in ("properties", "required")}},
        {"type": "array", "items": ROOT},
        {"type": "array", "prefixItems": [{"type": "string"}, ROOT], "minItems": 1},
        {"type": "array", "contains": ROOT, "minContains": 0},
        {"enum": [1], "anyOf": [ROOT]},
        {"$ref": "https://elsewhere.org/schema"},
        {"$ref": "#/nowhere"},
        {"$ref": "#nowhere"},
        {"$id": "https://a.org/", "$defs": {"b": {"$id": "b", **NODE}}, "$ref": "#/$defs/b"},
        {
            "$ref": "#/$defs/tree",
            "$defs": {
                "tree": node({"$ref": "#/$defs/list"}),
                "list": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
            },
        },
    ],
)
def test_what_may_stop_somewhere_ends(schema: Any) -> None:
    assert not is_endless(schema)


def test_a_hundred_definitions_that_lead_to_each_other_are_judged_at_once() -> None:
    chain = {str(n): node({"$ref": f"#/$defs/{n + 1}"}) for n in range(100)}
    ends: dict[str, Any] = {"$ref": "#/$defs/0", "$defs": {**chain, "100": {"type": "null"}}}
    assert not is_endless(ends)
    ends["$defs"]["100"] = {"$ref": "#/$defs/50"}
    assert is_endless(ends)
