"""Objects of a function's arguments with the declared properties alone.

JSON Schema lets any others in where a schema does not say ``additionalProperties``, which few do. A
small model that may go on adding properties does so. gpt-oss is shown a function's parameters as a
TypeScript type, which has the declared ones only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

VARIANTS = ("anyOf", "oneOf")
OPENING = {
    *("additionalProperties", "patternProperties", "unevaluatedProperties", "minProperties"),
    *(*VARIANTS, "allOf", "not", "if", "then", "else", "dependentSchemas"),
    *("$ref", "enum", "const"),
}
"""What may say of an object, beside its properties, that it has others."""


def close(schema: Mapping[str, Any], *, is_whole: bool = True) -> Schema:
    """Return a schema whose objects have no properties but those that it declares.

    Open stays what its schema says itself, what may get properties from elsewhere in it, and an
    object inside that declares none, for that is how some say that it may be any.

    Args:
        schema: of a function's arguments, flat.
        is_whole: whether it is that of all arguments, which are none where none is declared.
    """
    closed: Schema = {key: _close_parts(key, part) for key, part in schema.items()}
    properties, required = schema.get("properties"), schema.get("required", ())
    if not isinstance(properties, Mapping):
        for keyword in VARIANTS:
            if isinstance(variants := schema.get(keyword), list):
                closed[keyword] = [_close(each) for each in variants]
    elif (
        (properties or is_whole)
        and not OPENING & schema.keys()
        and all(name in properties for name in required)
    ):
        closed["additionalProperties"] = False
    return closed


def _close_parts(keyword: str, part: object) -> object:
    """Return a keyword's value with the schemas in it closed that have values of their own."""
    if keyword in ("properties", "patternProperties") and isinstance(part, Mapping):
        return {name: _close(each) for name, each in part.items()}
    if keyword == "prefixItems" and isinstance(part, list):
        return [_close(each) for each in part]
    return _close(part) if keyword in ("items", "additionalProperties") else part


def _close(schema: object) -> object:
    return close(schema, is_whole=False) if isinstance(schema, Mapping) else schema
