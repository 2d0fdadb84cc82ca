"""Whether a JSON schema asks for JSON that never ends, such as a list node that needs a next one.

A grammar has no objection to such a schema: each step leads on to another, and only the limit of
tokens ends the text, in the middle. What is asked here is whether a finite value can satisfy it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

NESTED = {"array", "object"}


def is_endless(schema: Any) -> bool:
    """Return whether every value that a JSON schema allows would have to contain another forever.

    Only what holds for certain counts: a schema with resources of its own (``$id`` below the root)
    or references to other documents is taken to end, and so is what a keyword may forbid otherwise.

    Args:
        schema: a JSON schema (draft 2020-12), parsed.
    """
    parts = list(_parts(schema))
    if any("$id" in part for part in parts if part is not schema):
        return False
    anchors = {part["$anchor"]: part for part in parts if isinstance(part.get("$anchor"), str)}
    named = {part["$ref"]: _resolve(schema, part["$ref"], anchors) for part in parts if _ref(part)}
    ending: set[str] = {name for name, target in named.items() if target is None}
    # A reference ends if its target does by what is known to end so far; nothing else ever will.
    while found := {n for n, t in named.items() if n not in ending and _ends(t, ending)}:
        ending |= found
    return not _ends(schema, ending)


def _ends(schema: Any, ending: set[str]) -> bool:
    """Return whether a finite value may satisfy a schema whose references end if they are named."""
    if not isinstance(schema, Mapping) or "enum" in schema or "const" in schema:
        return True
    if _ref(schema) and schema["$ref"] not in ending:
        return False
    if not all(_ends(each, ending) for each in _list(schema, "allOf")):
        return False
    for keyword in ("anyOf", "oneOf"):
        choices = _list(schema, keyword)
        if choices and not any(_ends(each, ending) for each in choices):
            return False
    kinds = _kinds(schema)
    if not kinds <= NESTED:
        return True
    return ("object" in kinds and _object_ends(schema, ending)) or (
        "array" in kinds and _array_ends(schema, ending)
    )


def _object_ends(schema: Mapping[str, Any], ending: set[str]) -> bool:
    properties = schema.get("properties")
    of_name = properties if isinstance(properties, Mapping) else {}
    other = True if schema.get("patternProperties") else schema.get("additionalProperties", True)
    required = [name for name in _list(schema, "required") if isinstance(name, str)]
    return all(_ends(of_name.get(name, other), ending) for name in required)


def _array_ends(schema: Mapping[str, Any], ending: set[str]) -> bool:
    fewest = schema.get("minItems", 0)
    if not isinstance(fewest, int | float):
        return True
    first = _list(schema, "prefixItems")
    needed = [each for place, each in enumerate(first) if place < fewest]
    if fewest > len(first):
        needed.append(schema.get("items", True))
    if "contains" in schema and schema.get("minContains", 1):
        needed.append(schema["contains"])
    return all(_ends(each, ending) for each in needed)


def _kinds(schema: Mapping[str, Any]) -> set[Any]:
    """Return the types that a schema names; any other than an object's and an array's end."""
    named = schema.get("type")
    if isinstance(named, str):
        return {named}
    kinds = {each for each in _list(schema, "type") if isinstance(each, str)}
    return kinds or {"any"}


def _list(schema: Mapping[str, Any], keyword: str) -> Sequence[Any]:
    found = schema.get(keyword)
    return found if isinstance(found, list | tuple) else ()


def _ref(schema: Mapping[str, Any]) -> bool:
    return isinstance(schema.get("$ref"), str)


def _parts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Give every object in a schema, the schema itself first."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            yield each
            waiting.extend(each.values())
        elif isinstance(each, list | tuple):
            waiting.extend(each)


def _resolve(schema: Any, reference: str, anchors: Mapping[str, Any]) -> Any:
    """Return what a reference within a schema points to, or None if that is not known."""
    if not reference.startswith("#"):
        return None
    fragment = unquote(reference[1:])
    if fragment and not fragment.startswith("/"):
        return anchors.get(fragment)
    found = schema
    for step in fragment.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping):
            found = found.get(name)
        elif isinstance(found, list | tuple) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
    return found
