from enum import Enum, IntEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from engine.harmony.encoding import load_encoding
from engine.harmony.prompt import FunctionDescription, render_developer
from engine.tools.apply_patch import apply_patch_tool
from engine.tools.files import workspace_tools
from engine.tools.functions import BUILT_IN
from engine.tools.registry import Registry, Tool, ToolError, pretty_arguments
from engine.tools.schemas import flatten
from engine.tools.workspace import Workspace


class Place(BaseModel):
    """Where to look."""

    city: str = Field(description="Its name.")
    days: int = 1


WEATHER = Tool(
    "weather", "Tells the weather.", Place, lambda place, _: f"{place.city} {place.days}"
)


def test_a_tool_takes_json_and_fills_in_defaults():
    assert WEATHER.call('{"city": "Paris"}') == "Paris 1"


@pytest.mark.parametrize(
    "arguments",
    ['[{"city": "Paris"}]', ' [ {"city":"Paris","days":1} ]\n', '[{"city":"P\\u0061ris"}]'],
)
def test_one_array_around_the_arguments_is_taken_off(arguments):
    assert WEATHER.call(arguments) == "Paris 1"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ("", "city: Field required"),
        ("{}", "city: Field required"),
        ("{", "Invalid JSON"),
        ("[]", "object"),
        ("[[" * 100_000, "Invalid JSON"),
        ('["Paris"]', "object"),
        ('[[{"city": "Paris"}]]', "object"),
        ('[{"city": "Paris"}, {"city": "Rome"}]', "object"),
        ('[{"city": 7}]', "city: Input should be a valid string"),
        ('{"city": 7}', "city: Input should be a valid string"),
        ('{"city": "Paris", "days": "many"}', "days: Input should be a valid integer"),
    ],
)
def test_arguments_that_it_does_not_take_are_explained_to_the_model(arguments, problem):
    with pytest.raises(ToolError, match="invalid arguments: ") as caught:
        WEATHER.call(arguments)
    assert problem in str(caught.value)


def test_the_schema_says_what_the_model_needs_and_no_more():
    assert WEATHER.parameters() == {
        "type": "object",
        "properties": {
            "city": {"type": "string", "description": "Its name."},
            "days": {"type": "integer", "default": 1},
        },
        "required": ["city"],
    }


def test_tools_are_found_by_recipient():
    registry = Registry.of([WEATHER])
    assert len(registry) == 1
    assert registry.find("functions.weather") is WEATHER
    with pytest.raises(ToolError, match=r"no tool 'weather'; the tools are: functions\.weather"):
        registry.find("weather")
    with pytest.raises(ToolError, match="the tools are: none"):
        Registry().find("functions.weather")


def test_arguments_are_laid_out_for_reading():
    assert pretty_arguments('{"a":"é"}') == '{\n  "a": "é"\n}'
    assert pretty_arguments("{half") == "{half"


class Unit(Enum):
    C = "celsius"
    F = "fahrenheit"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Point(BaseModel):
    """A point
    on the map."""

    x: int = Field(description="East\n of here.")
    y: int | None = None


class Node(BaseModel):
    """A tree."""

    value: str
    children: list["Node"] = []


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"]


class Everything(BaseModel):
    """All that pydantic has a schema for."""

    point: Point
    told: Point = Field(description="Another\nplace.")
    maybe_point: Point | None = None
    unit: Unit = Unit.C
    level: Level = Level.LOW
    literal: Literal["z"]
    mixed: Literal[1, "a", None] = None
    number_or_text: int | str = 3
    number: int | float | None = None
    number_or_point: int | Point | None = None
    pet: Annotated[Cat | Dog, Field(discriminator="kind")]
    pair: tuple[int, str]
    counts: dict[str, int]
    points: list[Point]
    gaps: list[int | None]
    units: list[Unit] | None = Field(None, description="Several.")
    tree: Node
    always: Literal[True]
    title: str
    required_or_null: int | None
    share: float = Field(0.5, ge=0, le=1)


def rendered(schema: dict[str, Any]) -> str:
    """Return the type that the model reads for a tool of these arguments."""
    function = FunctionDescription("f", "Does it.", schema)
    text = load_encoding().decode(render_developer("", [function]))
    return text.partition("type f = ")[2].partition("}) => any;")[0]


SEEN = """\
(_: {
// A point on the map.
//
point: {
    // East of here.
    x: number,
    y?: number,
    },
// Another place.
//
told: {
    // East of here.
    x: number,
    y?: number,
    },
// A point on the map.
//
maybe_point?: {
    // East of here.
    x: number,
    y?: number,
    },
unit?: "celsius" | "fahrenheit", // default: celsius
// One of 1, 2.
level?: number, // default: 1
literal: "z",
mixed?:
 | number
 | "a"
,
number_or_text?: number | string, // default: 3
number?: number,
number_or_point?:
 | number
 |    // A point on the map.
{
   // East of here.
   x: number,
   y?: number,
   } // A point on the map.
,
pet:
 | {
   kind: "cat",
   lives: number,
   }
 | {
   kind: "dog",
   }
,
// In this order: integer, string. An array of these.
pair: number | string[],
// Any keys; each value is integer.
//
counts: {
    },
// Each: A point on the map.
points: {
    // East of here.
    x: number,
    y?: number,
    }[],
gaps: number[],
// Several. An array of these.
units?: "celsius" | "fahrenheit"[],
// A tree.
//
tree: {
    value: string,
    // Each: In the form above: an object of value, children.
    children?: {
        }[], // default: []
    },
// Always true.
always: boolean,
title: string,
required_or_null?: number,
share?: number, // default: 0.5
"""


def test_the_model_is_shown_every_argument_in_full():
    assert rendered(Tool("f", "Does it.", Everything, str).parameters()) == SEEN
    assert "any" not in SEEN.replace("Any keys", "")


def keywords(schema: object) -> set[str]:
    """Return every key in a schema and the schemas in it."""
    if isinstance(schema, dict):
        return set(schema).union(*map(keywords, schema.values()))
    return set().union(*map(keywords, schema)) if isinstance(schema, list) else set()


def test_a_flat_schema_refers_to_nothing_and_can_be_kept_to():
    from engine.generation.structure import Structure  # it imports MLX

    flat = Tool("f", "Does it.", Everything, str).parameters()
    hard = {"$ref", "$defs", "anyOf", "allOf", "const", "nullable", "discriminator"}
    assert hard <= keywords(Everything.model_json_schema()) | {"nullable", "allOf"}
    assert not hard & keywords(flat)
    assert Structure.of_schema(flat, lenient=True).grammar


@pytest.mark.parametrize(
    ("schema", "flat"),
    [
        ({}, {}),
        ({"description": "Of no type.", "type": "object"}, {"type": "object"}),
        (
            {"properties": {"a": {"allOf": [{"$ref": "#/$defs/A"}]}}, "$defs": {"A": {"const": 1}}},
            {"properties": {"a": {"type": "integer", "enum": [1], "description": "Always 1."}}},
        ),
        (
            {
                "properties": {"a": {"anyOf": [{"$ref": "#/definitions/A"}, {"type": "null"}]}},
                "required": ["a"],
                "definitions": {"A": {"type": "string", "enum": ["x"]}},
            },
            {"properties": {"a": {"type": "string", "enum": ["x"]}}},
        ),
        (
            {"properties": {"a": {"$ref": "#/$defs/missing"}}},
            {"properties": {"a": {}}},
        ),
        (
            {
                "allOf": [
                    {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
                    {"properties": {"b": {"type": "string"}}, "required": ["b"]},
                ]
            },
            {
                "type": "object",
                "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
                "required": ["a", "b"],
            },
        ),
        ({"properties": {"a": True}}, {"properties": {"a": {}}}),
        (
            {"properties": {"a": {"$ref": "#/properties/b~1c"}, "b/c": {"type": "string"}}},
            {"properties": {"a": {"type": "string"}, "b/c": {"type": "string"}}},
        ),
        (
            {"properties": {"a": {"type": "array", "items": [{"type": "string"}]}}},
            {
                "properties": {
                    "a": {
                        "type": "array",
                        "prefixItems": [{"type": "string"}],
                        "items": {"type": "string"},
                        "description": "In this order: string.",
                    }
                }
            },
        ),
    ],
)
def test_schemas_of_others_are_flattened(schema, flat):
    assert flatten(schema) == flat


def test_a_value_may_be_of_its_own_form_whatever_that_is():
    json = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/$defs/J"}}]}
    flat = flatten({"properties": {"a": {"$ref": "#/$defs/J"}}, "$defs": {"J": json}})
    assert flat["properties"]["a"]["oneOf"][1]["items"] == {}


def test_references_that_multiply_are_followed_in_reason():
    steps = {
        f"d{n}": {"properties": {key: {"$ref": f"#/$defs/d{n + 1}"} for key in "abc"}}
        for n in range(30)
    }
    assert len(str(flatten({"$ref": "#/$defs/d0", "$defs": steps}))) < 300_000


def test_a_schema_that_holds_itself_has_an_end():
    again = {"type": "object", "properties": {"me": {"$ref": "#/$defs/A"}}}
    schema = {"$ref": "#/$defs/A", "$defs": {"A": again}}
    assert flatten(schema)["properties"]["me"]["type"] == "object"


def test_the_tools_that_there_are_are_shown_in_full(tmp_path):
    workspace = Workspace(tmp_path)
    patching = apply_patch_tool(workspace, [].append)
    for tool in (*BUILT_IN, *workspace_tools(workspace), patching):
        assert "any" not in rendered(tool.parameters()).replace("many", "")
    calculator = BUILT_IN.find("functions.calculator")
    assert rendered(calculator.parameters()) == (
        "(_: {\n// For example (3+4)*12, 2**10, sqrt(81), 15/100*80.\nexpression: string,\n"
    )


class Nullable(BaseModel):
    name: str | None
    inner: list[Point]


def test_what_is_shown_as_optional_may_be_left_out():
    tool = Tool("f", "Does it.", Nullable, lambda given, _: f"{given.name} {given.inner[0].y}")
    assert tool.call('{"inner": [{"x": 1}]}') == "None None"
    assert tool.call('{"name": null, "inner": [{"x": 1, "y": null}]}') == "None None"
    with pytest.raises(ToolError, match="inner: Field required"):
        tool.call("{}")
    with pytest.raises(ToolError, match=r"inner\.0\.x: Field required"):
        tool.call('{"inner": [{}]}')


def test_a_tool_of_free_text_takes_what_is_no_json():
    said = Tool("say", "Says it.", Place, lambda place, _: place.city, free_text="city")
    assert said.call('{"city": "Paris"}') == "Paris"
    assert said.call("print('hi')\n") == "print('hi')\n"
    assert said.call('{"town": "Paris"}') == '{"town": "Paris"}'
    with pytest.raises(ToolError, match="city: Field required"):
        said.call("  ")
