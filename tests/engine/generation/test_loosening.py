"""Of a schema of anyone's, what can be followed is, and what cannot is left out where it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.generation.loosening import ANY_OBJECT, Loosened, loosen
from engine.generation.structure import Structure, StructureError

OBJECT = {"type": "object"}
LOOKS_AROUND = "^(?=.*[a-z]).{8,}$"


def fault(schema: Any) -> str:
    try:
        Structure.of_schema(schema, lenient=True)
    except StructureError as error:
        return str(error)
    return ""


def of(part: Any, **more: Any) -> dict[str, Any]:
    return {**OBJECT, "properties": {"a": part, "b": {"type": "integer"}}, **more}


NODE = {"v": {"type": "integer"}, "next": {"$ref": "#/definitions/N"}}


@pytest.mark.parametrize(
    ("schema", "left"),
    [
        # a keyword goes where it stands
        (of({"type": "string", "pattern": LOOKS_AROUND}), of({"type": "string"})),
        (of({"type": "string", "pattern": "a\\"}), of({"type": "string"})),
        (of({"type": "string", "minLength": -1, "maxLength": 4}),
         of({"type": "string", "maxLength": 4})),
        (of({"type": "any", "enum": ["x", "y"]}), of({"enum": ["x", "y"]})),
        (of({"type": ["string", "file"]}), of({})),
        (of({"format": 5, "type": "string"}), of({"type": "string"})),
        (of({"enum": None}, required=["a"]), of({}, required=["a"])),
        (of({"$ref": "#/definitions/gone"}), of({})),
        (of({"default": float("nan"), "type": "number"}), of({"type": "number"})),
        (of({"enum": ["\ud800"]}), of({})),
        (of({"type": "number", "minimum": float("inf")}), of({"type": "number"})),
        # at any depth
        (of({"type": "array", "items": {"type": "any"}}), of({"type": "array", "items": {}})),
        (of({"type": "array", "items": [{"type": "string"}, {"type": "any"}]}),
         of({"type": "array", "items": [{"type": "string"}, {}]})),
        (of({"anyOf": [{"pattern": LOOKS_AROUND}, {"type": "null"}]}),
         of({"anyOf": [{}, {"type": "null"}]})),
        (of(True, additionalProperties={"type": "any"}), of(True, additionalProperties={})),
        (of({}, patternProperties={"^x": {"type": "any"}}), of({}, patternProperties={"^x": {}})),
        # what says nothing
        (of(None), of(True)),
        (of({}, required="a"), of({})),
        ({"properties": None, "type": "object"}, OBJECT),
        ({"type": "any"}, OBJECT),
        ("nonsense", OBJECT),
        (False, OBJECT),
        # what contradicts itself
        ({**OBJECT, "minProperties": 3, "maxProperties": 1}, {**OBJECT, "maxProperties": 1}),
        ({**OBJECT, "required": ["x"], "additionalProperties": False},
         {**OBJECT, "required": ["x"]}),
        (of({"allOf": [{"type": "string"}, {"type": "integer"}]}, required=["a"]),
         of({}, required=["a"])),
        # what would forbid what another keyword allowed
        (of({}, patternProperties={LOOKS_AROUND: {}}, additionalProperties=False), of({})),
        ({**OBJECT, "properties": 1, "additionalProperties": False}, OBJECT),
        (of({"type": "array", "prefixItems": 1, "items": False}), of({"type": "array"})),
        (of({"not": {"pattern": LOOKS_AROUND}, "type": "any"}),
         of({"not": {"pattern": LOOKS_AROUND}})),
        # what refers to itself
        (
            {"$ref": "#/definitions/N",
             "definitions": {"N": {**OBJECT, "properties": {**NODE, "w": {"type": "any"}}}}},
            {"$ref": "#/definitions/N", **OBJECT,
             "definitions": {"N": {**OBJECT, "properties": {**NODE, "w": {}}}}},
        ),
        (
            {"$ref": "#/definitions/N",
             "definitions": {"N": {**OBJECT, "properties": NODE, "required": ["next"]}}},
            {"$ref": "#/definitions/N", **OBJECT,
             "definitions": {"N": {**OBJECT, "properties": {**NODE, "next": {}},
                                   "required": ["next"]}}},
        ),
        (
            of({"$ref": "#/$defs/A"}, **{"$defs": {"A": of({"$ref": "#/$defs/B"}), "B": of(1)}}),
            of({"$ref": "#/$defs/A"}, **{"$defs": {"A": of({"$ref": "#/$defs/B"}), "B": of(True)}}),
        ),
    ],
)  # fmt: skip
def test_only_what_cannot_be_followed_is_left_out(schema: Any, left: Any) -> None:
    assert fault(schema)
    loosened = loosen(schema, fault)
    assert loosened.schema == left
    assert not fault(loosened.schema)
    assert loosened.dropped


def test_what_is_left_out_is_said_in_few_words() -> None:
    loosened = loosen(
        of({}, **{f"{n}": 1 for n in range(3)}, patternProperties=1, required=1), fault
    )
    assert loosened.said.startswith("patternProperties (")
    assert "; required (" in loosened.said
    many = Loosened(ANY_OBJECT, [str(n) for n in range(9)])
    assert many.said == "0; 1; 2; and 6 more"


def test_a_schema_of_any_depth_and_size_is_tried_out_no_longer_than_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deep: Any = {"type": "any"}
    for _ in range(150):
        deep = of(deep)
    left = loosen(deep, fault)
    assert not fault(left.schema)
    assert len(left.said) < 700
    monkeypatch.setattr("engine.generation.loosening.MOST_CHARACTERS", 100_000)
    tried = 0

    def count(schema: Any) -> str:
        nonlocal tried
        tried += len(json.dumps(schema))
        return fault(schema)

    wide = {**OBJECT, "properties": {str(n): of({"type": "any"}) for n in range(400)}}
    assert loosen(wide, count).schema == ANY_OBJECT
    assert tried <= 100_000
