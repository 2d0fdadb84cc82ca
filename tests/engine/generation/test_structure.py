"""A structured text has its form at every token, and a form that no text has is refused at once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from engine.generation.rules import harmony_vocabulary
from engine.generation.structure import Structure, StructuredText, StructureError, Vocabulary
from engine.harmony.encoding import CALL, FIRST_SPECIAL, RETURN, VOCABULARY_SIZE
from tests.engine.harmony.sampled import ordinary

WEATHER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "city": {"type": "string", "maxLength": 20},
        "days": {"type": "integer", "minimum": 1, "maximum": 14},
        "unit": {"enum": ["celsius", "fahrenheit"]},
    },
    "required": ["city", "days"],
    "additionalProperties": False,
}


def text_of(structure: Structure, ending: int = RETURN) -> StructuredText:
    return StructuredText(structure, harmony_vocabulary(), ending)


def allowed_in(text: StructuredText, size: int = VOCABULARY_SIZE) -> set[int]:
    mask = text.mask()
    assert mask.shape == (1, size)
    return {token for token, allowed in enumerate(mask[0].tolist()) if allowed}  # type: ignore[arg-type]


def accepted(structure: Structure, spelled: str) -> bool:
    """Return whether a text is allowed token by token, and then its ending."""
    text = text_of(structure)
    for token in [*ordinary(spelled), RETURN]:
        if not text.mask()[0, token].item():
            return False
        if token != RETURN:
            text.accept(token)
    return True


@pytest.mark.parametrize(
    ("spelled", "fits"),
    [
        ('{"city":"Rome","days":3}', True),
        ('{"city": "Rome", "days": 14, "unit": "celsius"}', True),
        ('{\n  "city": "東京 🏳️‍🌈",\n  "days": 1\n}', True),
        ('{"city": "a \\"quoted\\" \\n word", "days": 3}', True),
        ('{"city":"Rome","days":15}', False),
        ('{"city":"Rome","days":0}', False),
        ('{"city":"Rome"}', False),
        ('{"city":"Rome","days":3,"x":1}', False),
        ('{"city":"Rome","days":3,"unit":"kelvin"}', False),
        ('{"city":"Rome","days":3', False),
        ('{"city":"Rome","days":3} ', False),
        ('{"city":"much longer than twenty characters","days":3}', False),
        ("It is sunny.", False),
    ],
)
def test_json_keeps_to_its_schema(spelled: str, fits: bool) -> None:
    assert accepted(Structure.of_schema(WEATHER), spelled) == fits
    assert accepted(Structure.of_schema(json.dumps(WEATHER)), spelled) == fits


@pytest.mark.parametrize(
    ("pattern", "spelled", "fits"),
    [
        ("[a-z]{3}", "abc", True),
        ("[a-z]{3}", "ab", False),
        ("[a-z]{3}", "abcd", False),
        (r"\d{4}-\d\d-\d\d", "2026-11-24", True),
        (r"\d{4}-\d\d-\d\d", "24.11.2026", False),
        ("yes|no|maybe", "maybe", True),
        ("^abc$", "abc", True),
        ("(?s).*", "anything\nat all, <|end|> spelled too", True),
        ("a/b", "a/b", True),
        (r"a\\", "a\\", True),
        ("", "", True),
        ("", "a", False),
    ],
)
def test_a_regular_expression_describes_the_whole_text(
    pattern: str, spelled: str, fits: bool
) -> None:
    assert accepted(Structure.of_regex(pattern), spelled) == fits


def test_no_control_token_can_stand_in_a_text_and_only_its_ending_can_end_it() -> None:
    for ending in (RETURN, CALL):
        text = text_of(Structure.of_regex("(?s).+"), ending)
        assert max(allowed_in(text)) < FIRST_SPECIAL
        text.accept(ordinary("a")[0])
        assert {t for t in allowed_in(text) if t >= FIRST_SPECIAL} == {ending}


def test_a_complete_text_forces_its_ending() -> None:
    text = text_of(Structure.of_schema({"type": "object", "additionalProperties": False}), CALL)
    for token in ordinary("{ }"):
        assert text.forced() == []
        text.accept(token)
    assert text.forced() == (CALL,)
    assert allowed_in(text) == {CALL}


def test_where_the_form_leaves_no_choice_its_usual_tokens_are_forced() -> None:
    text = text_of(Structure.of_regex("The capital is (Paris|Rome)"))
    forced = text.forced()
    assert forced == ordinary("The capital is")
    for place, token in enumerate(forced):
        assert allowed_in(text) == {token}
        assert text.forced() == forced[place:]
        text.accept(token)
    assert allowed_in(text) >= set(ordinary(" Paris")[:1] + ordinary(" Rome")[:1])


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ("{", "no JSON object"),
        ("[]", "no JSON object|object"),
        ({"const": float("nan")}, "no JSON object"),
        ({"type": "nonsense"}, "nonsense"),
        ({"type": "string", "pattern": "("}, "unclosed group"),
        ({"type": "string", "pattern": "\ud800"}, "hex escape"),
        ({"type": "string", "pattern": "a\\"}, "a backslash stands alone"),
        (
            {"anyOf": [{"items": {"type": "string", "pattern": "\\\\\\"}}]},
            "a backslash stands alone",
        ),
        ({"type": "object", "patternProperties": {"^a\\": {}}}, "a backslash stands alone"),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"pattern": "\\"}}}, "a backslash stands alone"),
        ({"$ref": "#/nowhere"}, "nowhere"),
        ({"$ref": "http://nowhere/schema.json"}, "not fetch"),
        ({"$ref": "#"}, "only JSON without end"),
        ({"not": {}}, "not"),
        (False, "schema is false"),
        ({"type": "integer", "minimum": 5, "maximum": 3}, "nothing satisfies it"),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, "nothing satisfies it"),
        ({"type": "string", "minLength": 5, "maxLength": 2}, "nothing satisfies it"),
        ({"properties": {"a": False}, "required": ["a"], "type": "object"}, "nothing satisfies it"),
        ({"enum": []}, "nothing satisfies it"),
    ],
)
def test_a_schema_that_cannot_be_kept_to_is_refused_at_once(schema: Any, reason: str) -> None:
    with pytest.raises(StructureError, match=rf"^The JSON schema cannot .*({reason})") as caught:
        Structure.of_schema(schema)
    check_sentence(str(caught.value))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "a\\\\"},
        {"const": {"pattern": "a\\"}},
        {"enum": [{"pattern": "a\\"}]},
        {"type": "object", "properties": {"a\\": {"default": {"pattern": "\\"}}}},
        {"type": "object", "properties": {"pattern": {"enum": ["\\"]}}},
    ],
)
def test_a_backslash_that_ends_no_regular_expression_is_none_of_its_faults(schema: Any) -> None:
    assert Structure.of_schema(schema).grammar


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "unclosed group"),
        ("(?=a)b", "look-around"),
        (r"\bword", "lookarounds"),
        (r"a[^\s\S]", "nothing satisfies it"),
        ("a{3", "repetition"),
        ("\ud800", "surrogate"),
        ("\\", "backslash"),
        ("(?s)a.\\\\\\", "backslash"),
    ],
)
def test_a_regular_expression_that_cannot_be_kept_to_is_refused_at_once(
    pattern: str, reason: str
) -> None:
    with pytest.raises(StructureError, match=f"^The regular expression .*{reason}") as caught:
        Structure.of_regex(pattern)
    check_sentence(str(caught.value))


def check_sentence(said: str) -> None:
    """Check that an error is one line for a person, without the library's state."""
    assert said.endswith("Change it, or leave it out.")
    assert "\n" not in said
    assert "<state>" not in said
    assert len(said) < 300


def test_what_a_tool_checks_itself_may_be_left_to_it() -> None:
    schema = {"type": "array", "items": {"type": "integer"}, "uniqueItems": True}
    with pytest.raises(StructureError, match="uniqueItems"):
        Structure.of_schema(schema)
    lenient = Structure.of_schema(schema, lenient=True)
    assert accepted(lenient, "[1, 2]")
    assert not accepted(lenient, '["a"]')


def test_a_text_that_leaves_its_form_is_an_error_with_a_reason(
    capfd: pytest.CaptureFixture[str],
) -> None:
    text = text_of(Structure.of_schema(WEATHER))
    with pytest.raises(StructureError, match="cannot go on as the JSON schema says") as caught:
        text.accept(ordinary("It")[0])
    assert capfd.readouterr() == ("", "")
    whole = text_of(Structure.of_regex("yes"))
    whole.accept(ordinary("yes")[0])
    with pytest.raises(StructureError) as more:
        whole.accept(ordinary(" no")[0])
    for error in (caught, more):
        assert str(error.value).endswith("Change what it begins with, or ask again.")
        assert not re.search("(?i)parser|token|byte|state", str(error.value))


def test_a_form_that_grows_too_complex_is_an_error_and_others_go_on() -> None:
    text = text_of(Structure.of_regex("(.*a.{300}){30}"))

    def go_on_for_long() -> None:
        for _ in range(400):
            text.mask()
            text.accept(ordinary("a")[0])

    with pytest.raises(StructureError, match="too complex"):
        go_on_for_long()
    assert accepted(Structure.of_regex("yes|no"), "yes")


def test_a_vocabulary_is_of_any_tokens() -> None:
    tokens = [*(bytes([byte]) for byte in range(256)), b"ab"]
    vocabulary = Vocabulary(tokens, 259, lambda text: list(text.encode()))
    text = StructuredText(Structure.of_regex("a?b|é"), vocabulary, 258)
    first, second = "é".encode()
    assert allowed_in(text, 259) == {*b"ab", 256, first}
    text.accept(first)
    assert allowed_in(text, 259) == {second}
    text.accept(second)
    assert text.forced() == (258,)


def test_asking_for_a_form_does_not_build_the_vocabulary() -> None:
    code = (
        "from engine.generation import rules, structure\n"
        "rules.Rules({'functions.f': {}}, structure.Structure.of_regex('a'))\n"
        "assert rules.harmony_vocabulary.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
