"""JSON schemas without what in them cannot be followed, so that the rest of them still is.

Tools come with schemas of anyone's: of another dialect, with expressions that look around, with
values that are no keyword's. What is left out only ever allows more: whoever runs the tool reads
its arguments anyway.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ANY_OBJECT = {"type": "object"}
MOST_CHARACTERS = 3_000_000
"""So much schema is tried, which takes some two seconds; one that takes more is left out whole."""
MOST_SAID = 3
LONGEST_PLACE = 80

MAPS = ("$defs", "definitions", "properties", "patternProperties")
"""Keywords whose values map names to schemas."""
LISTS = ("prefixItems", "allOf", "anyOf", "oneOf")
"""Keywords whose values are lists of schemas."""
ONES = ("items", "additionalItems", "additionalProperties")
"""Keywords whose values are schemas, or, as older drafts have it, a list of them."""
# Others hold schemas, too, but where one forbids, such as in ``not``, a looser one forbids more.

FIRST = ("$defs", "definitions", "type", *MAPS[2:], "prefixItems", "items", "required")
"""What is kept rather than something else that it contradicts, the most telling first."""
LAST = ("format", "pattern")
RESTS = {
    "additionalProperties": ("properties", "patternProperties"),
    "unevaluatedProperties": ("properties", "patternProperties", "allOf", "anyOf", "oneOf", "$ref"),
    "items": ("prefixItems",),
    "additionalItems": ("items",),
    "unevaluatedItems": ("prefixItems", "items", "allOf", "anyOf", "oneOf", "$ref"),
}
"""Keywords for what others leave over; without one of these they would forbid what it allows."""

Fault = Callable[[Any], str]
"""Says why a schema cannot be followed; empty if it can."""


@dataclass(slots=True)
class Loosened:
    """What is left of a schema, and what is not."""

    schema: dict[str, Any]
    dropped: list[str] = field(default_factory=list)
    """Where a keyword was left out, and why, for a person."""

    @property
    def said(self) -> str:
        """What was left out, in a few words."""
        some = "; ".join(self.dropped[:MOST_SAID])
        more = len(self.dropped) - MOST_SAID
        return f"{some}; and {more} more" if more > 0 else some


def loosen(schema: Any, fault: Fault) -> Loosened:
    """Return a schema of objects without the keywords that cannot be followed.

    Whatever the schema allows is still allowed. Each keyword is left out where it stands, and only
    if it has to be; of those that contradict each other, the less telling one.

    Args:
        schema: whatever was given as a JSON schema, parsed.
        fault: asked of parts of it as of the whole.
    """
    loosening = _Loosening(schema, fault)
    try:
        loosened = loosening.part(loosening.whole(), "")
    except (_TooLargeError, RecursionError, ValueError, TypeError) as error:
        return Loosened(ANY_OBJECT, [f"all of it ({error})"])
    if not isinstance(loosened, dict) or loosening.fault_of(loosened):
        return Loosened(ANY_OBJECT, ["all of it"])
    typed = {**ANY_OBJECT, **loosened}
    return Loosened(loosened if loosening.fault_of(typed) else typed, loosening.dropped)


class _TooLargeError(Exception):
    """The schema takes too long to try out; the message says so."""


class _Loosening:
    """Loosens the parts of one schema, the innermost ones first."""

    def __init__(self, schema: Any, fault: Fault) -> None:
        self.schema = schema
        self.fault = fault
        self.named: dict[str, Mapping[str, Any]] = {}
        """What any part may refer to."""
        self.dropped: list[str] = []
        self.left = MOST_CHARACTERS

    def whole(self) -> Any:
        """Return the schema, no definition of which has a fault of its own any more."""
        if not isinstance(self.schema, Mapping):
            return self.schema
        given = {key: self.schema[key] for key in MAPS[:2] if key in self.schema}
        given = {key: each for key, each in given.items() if isinstance(each, Mapping)}
        # Those that they refer to may not be at fault either, so each is tried by itself first.
        self.named = {key: dict.fromkeys(each, True) for key, each in given.items()}
        self.named = {
            key: {name: self.part(each, _at(key, name)) for name, each in named.items()}
            for key, named in given.items()
        }
        return {**self.schema, **self.named}

    def fault_of(self, schema: Mapping[str, Any]) -> str:
        """Return why a part of the schema cannot be followed by itself; empty if it can."""
        whole = {**self.named, **schema}
        try:
            self.left -= len(json.dumps(whole))
        except RecursionError:
            return "it is nested too deeply"
        if self.left < 0:
            raise _TooLargeError("it is too large")
        return self.fault(whole)

    def part(self, schema: Any, place: str) -> Any:
        """Return a part of the schema without what in it cannot be followed.

        Args:
            schema: the part.
            place: where it stands.
        """
        if isinstance(schema, bool):
            return schema
        if not isinstance(schema, Mapping):
            self._drop(place, "it is no schema")
            return True
        if not self.fault_of(schema):
            return dict(schema)
        keys = sorted(schema, key=_rank)
        parts = {key: self._parts(key, schema[key], _at(place, key)) for key in keys}
        if not self.fault_of(parts):
            return parts
        kept: dict[str, Any] = {}
        for key in keys:
            needed = [each for each in RESTS.get(key, ()) if each in parts]
            if not all(each in kept for each in needed):
                continue
            reason = self.fault_of({**kept, key: parts[key]})
            if reason:
                self._drop(_at(place, key), reason)
            else:
                kept[key] = parts[key]
        return kept

    def _parts(self, key: str, value: Any, place: str) -> Any:
        """Return the value of a keyword, the schemas in it loosened."""
        if key in MAPS and isinstance(value, Mapping):
            is_named = value is self.named.get(key)
            parts = dict(value)
            for name, each in value.items():
                parts[name] = self.part(each, _at(place, name))
                if is_named:  # what refers to it from here on refers to what is left of it
                    self.named[key] = parts
            return parts
        if key in (*LISTS, *ONES) and isinstance(value, list):
            return [self.part(each, _at(place, str(n))) for n, each in enumerate(value)]
        if key in ONES and isinstance(value, Mapping):
            return self.part(value, place)
        return value

    def _drop(self, place: str, reason: str) -> None:
        shown = place if len(place) <= LONGEST_PLACE else f"…{place[-LONGEST_PLACE:]}"
        self.dropped.append(f"{shown or 'all of it'} ({reason})")


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _rank(key: str) -> tuple[int, str]:
    if key in FIRST:
        return FIRST.index(key), key
    return len(FIRST) + (key in LAST), key
