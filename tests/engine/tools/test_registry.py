import pytest
from pydantic import BaseModel, Field

from engine.tools.registry import Registry, Tool, ToolError, pretty_arguments


class Place(BaseModel):
    """Where to look."""

    city: str = Field(description="Its name.")
    days: int = 1


WEATHER = Tool("weather", "Tells the weather.", Place, lambda place: f"{place.city} {place.days}")


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
