from __future__ import annotations

from dataclasses import asdict, field, replace

import pytest

from engine.values import value


@value
class Point:
    x: int
    y: int = 0
    marks: list[str] = field(default_factory=list)


@value
class Size:
    x: int
    y: int = 0
    marks: list[str] = field(default_factory=list)


@value
class Name:
    text: str


def test_a_value_is_equal_to_one_of_its_class_that_says_the_same() -> None:
    assert Point(1, 2) == Point(1, y=2)
    assert Point(1, 2) != Point(2, 1)
    assert Point(1) != Size(1)
    assert {Name("a"), Name("a"), Name("b")} == {Name("a"), Name("b")}


def test_a_value_with_something_that_changes_has_no_hash() -> None:
    with pytest.raises(TypeError):
        hash(Point(1))


def test_a_value_is_a_dataclass_with_slots() -> None:
    point = Point(1, marks=["a"])
    assert repr(point) == "Point(x=1, y=0, marks=['a'])"
    assert asdict(point) == {"x": 1, "y": 0, "marks": ["a"]}
    assert replace(point, y=5) == Point(1, 5, ["a"])
    assert not hasattr(point, "__dict__")
    assert Point(1).marks is not Point(1).marks
    match point:
        case Point(x, y):
            assert (x, y) == (1, 0)
