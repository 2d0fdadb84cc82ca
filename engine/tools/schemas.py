"""JSON schemas in the plain form that Harmony shows a model in full.

Harmony writes a tool's arguments as a TypeScript type. What it has no words for (references,
``anyOf``, ``const``, values without a type) becomes ``any``, and a description of several lines
breaks the type apart ("src/encoding.rs" of openai/harmony). A flattened schema says the same in
words that it has.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

Schema = dict[str, Any]

NAMED = ("properties", "patternProperties")
"""Keywords whose value maps names to schemas."""
DROPPED = ("title", "$defs", "definitions", "discriminator", "$schema", "$id")
MOST_PARTS = 2000
"""From so many parts on, references are not followed: each might stand for as many again."""
TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}


def flatten(schema: Mapping[str, Any]) -> Schema:
    """Return a schema of the same values without references, null and unions spelled ``anyOf``.

    What may be null becomes what may be left out, where it is an object's property. A reference
    inside what it refers to ends in any value of the same type: a type of Harmony's has no name
    that it could go on with.
    """
    flat = _Flattening(schema).flatten(schema, ())
    for key in ("description", "nullable"):  # the tool's own description stands above its type
        flat.pop(key, None)
    return flat


class _Flattening:
    """Flattens the parts of one schema, which it finds references in."""

    def __init__(self, whole: Mapping[str, Any]) -> None:
        self.whole = whole
        self.left = MOST_PARTS

    def flatten(self, schema: object, inside: tuple[str, ...]) -> Schema:
        """Return a schema's flat form; ``inside`` names the definitions around it."""
        if not isinstance(schema, Mapping):  # true or false: any value, or none
            return {}
        self.left -= 1
        whole, inside = self._resolved(schema, inside)
        parts: Schema = {}
        for part in whole.pop("allOf", []):
            parts = _joined(parts, self.flatten(part, inside))
        whole = _joined(parts, whole)
        for keyword in ("anyOf", "oneOf"):
            if keyword in whole:
                variants = [self.flatten(each, inside) for each in whole.pop(keyword)]
                whole = {**_union(variants), **whole}
        if "const" in whole:
            whole["enum"] = [whole.pop("const")]
        if "enum" in whole and "type" not in whole:
            whole.update(_typed_values(whole.pop("enum")))
        flat = {key: value for key, value in whole.items() if key not in DROPPED}
        if isinstance(flat.get("description"), str):
            flat["description"] = " ".join(flat["description"].split())
        self._flatten_properties(flat, inside)
        self._flatten_items(flat, inside)
        if isinstance(flat.get("additionalProperties"), Mapping):
            flat["additionalProperties"] = self.flatten(flat["additionalProperties"], inside)
            _say(flat, f"Any keys; each value is {_named(flat['additionalProperties'])}.")
        if flat.get("type") in ("integer", "number", "boolean") and "enum" in flat:
            values = ", ".join(json.dumps(value) for value in flat["enum"])
            _say(flat, f"One of {values}." if len(flat["enum"]) > 1 else f"Always {values}.")
        return flat

    def _resolved(
        self, schema: Mapping[str, Any], inside: tuple[str, ...]
    ) -> tuple[Schema, tuple[str, ...]]:
        """Return a schema with what it refers to in it, and the definitions that it is in now."""
        whole = dict(schema)
        while "$ref" in whole:
            name = whole.pop("$ref")
            target = _find(self.whole, name)
            if not isinstance(target, Mapping):  # any value, or what cannot be known
                continue
            if name in inside or self.left < 0:
                if isinstance(target.get("type"), str):
                    whole.setdefault("type", target["type"])
                _say(whole, f"In the form above: {_named(target)}.")
            else:
                inside = (*inside, name)
                whole = {**target, **whole}
        return whole, inside

    def _flatten_properties(self, flat: Schema, inside: tuple[str, ...]) -> None:
        """Flatten an object's properties; those that may be null need not be given."""
        for keyword in NAMED:
            if isinstance(flat.get(keyword), Mapping):
                named = {name: self.flatten(each, inside) for name, each in flat[keyword].items()}
                flat[keyword] = named
        properties = flat.get("properties", {})
        optional = {name for name, each in properties.items() if each.pop("nullable", False)}
        for each in properties.values():
            if each.get("default", "") is None:
                del each["default"]
            if each.get("type") == "object" and "description" in each:
                # Harmony writes an object's description twice, but its title once.
                each["title"] = each.pop("description")
        if "required" in flat:
            flat["required"] = [name for name in flat["required"] if name not in optional]
            if not flat["required"]:
                del flat["required"]

    def _flatten_items(self, flat: Schema, inside: tuple[str, ...]) -> None:
        """Flatten what an array holds; the places of a tuple are told in words."""
        if isinstance(flat.get("items"), list):  # as older drafts have it
            flat["prefixItems"] = flat.pop("items")
            if "additionalItems" in flat:
                flat["items"] = flat.pop("additionalItems")
        if isinstance(flat.get("items"), Mapping):
            flat["items"] = self.flatten(flat["items"], inside)
        if "prefixItems" in flat:
            places = [self.flatten(each, inside) for each in flat["prefixItems"]]
            flat["prefixItems"] = places
            if not isinstance(flat.get("items"), Mapping):
                flat["items"] = _union(places)
            _say(flat, f"In this order: {', '.join(_named(each) for each in places)}.")
        items = flat.get("items")
        if isinstance(items, dict):
            items.pop("nullable", None)
            if isinstance(items.get("type"), list) or {"oneOf", "enum"} & items.keys():
                _say(flat, "An array of these.")  # the brackets stand after the last of them only
            if "description" in items:  # inside the brackets it would break the line
                _say(flat, f"Each: {items.pop('description')}")


def _find(whole: object, reference: object) -> object:
    """Return what a reference within a schema points to; None where nobody knows."""
    if not isinstance(reference, str) or not f"{reference}/".startswith("#/"):
        return None
    found = whole
    for step in unquote(reference).split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping):
            found = found.get(name)
        elif isinstance(found, Sequence) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
    return found


def as_json(value: object) -> Any:
    """Return a value without what no JSON can hold: infinite numbers, half a surrogate pair."""
    if isinstance(value, Mapping):
        return {as_json(str(n)): as_json(each) for n, each in value.items() if _is_json(each)}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value if _is_json(each)]
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def _is_json(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, Mapping | list | tuple | str | int)


def _union(variants: Iterable[Schema]) -> Schema:
    """Return the schema of values that fit one of several; ``nullable`` if null is among them."""
    kept: list[Schema] = []
    nullable = False
    for variant in variants:
        nullable = nullable or variant.get("nullable") is True or variant.get("type") == "null"
        each = {key: value for key, value in variant.items() if key != "nullable"}
        if each.get("type") != "null" and each not in kept:
            kept.append(each)
    marks: Schema = {"nullable": True} if nullable else {}
    if len(kept) == 1:
        return {**kept[0], **marks}
    if kept and all(set(each) == {"type"} and isinstance(each["type"], str) for each in kept):
        kinds = [each["type"] for each in kept]
        if "number" in kinds and "integer" in kinds:
            kinds.remove("integer")
        return {"type": kinds if len(kinds) > 1 else kinds[0], **marks}
    return {"oneOf": kept, **marks} if kept else marks


def _typed_values(values: Iterable[Any]) -> Schema:
    """Return the schema of a value that is one of some, which may be of several types."""
    by_type: dict[str, list[Any]] = {}
    for value in values:
        by_type.setdefault(TYPES.get(type(value), "object"), []).append(value)
    return _union(
        {"type": name} if name == "null" else {"type": name, "enum": some}
        for name, some in by_type.items()
    )


def _joined(first: Schema, second: Schema) -> Schema:
    """Return the schema of values that fit both; the second's words win."""
    joined = {**first, **second}
    if "properties" in first or "properties" in second:
        joined["properties"] = {**first.get("properties", {}), **second.get("properties", {})}
        required = [*first.get("required", []), *second.get("required", [])]
        if required:
            joined["required"] = list(dict.fromkeys(required))
    return joined


def _named(schema: Mapping[str, Any]) -> str:
    """Return what a value is called in a sentence."""
    kind = schema.get("type", "any value")
    if "properties" in schema:
        return f"an object of {', '.join(schema['properties'])}"
    return " or ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def _say(schema: Schema, sentence: str) -> None:
    """Add a sentence to a description."""
    said = f"{schema.get('description', '')}".strip()
    if sentence not in said:
        schema["description"] = f"{said} {sentence}".strip()
