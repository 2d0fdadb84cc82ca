"""Questions of arithmetic: the expression is what the words say, in numbers that were typed."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from engine.models.demo.corpus import arithmetic, numerals
from engine.models.demo.corpus.topic import expand
from engine.models.demo.corpus.wordings.calculations import CHAINS, FOLLOW_UPS, PHRASES
from engine.models.demo.corpus.wordings.operations import OPERATIONS
from engine.models.demo.corpus.wordings.problems import NOUN_SLOTS, STORIES, WORD_PROBLEMS
from engine.models.demo.corpus.wordings.situations import SITUATIONS
from engine.models.demo.corpus.wordings.two_steps import TWO_STEPS
from engine.tools.functions import calculate
from engine.tools.registry import ToolError

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
REFUSED = ("division by zero", "too large", "negative number", "not a finite")
BY_OPERATOR = {
    "word problems": WORD_PROBLEMS,
    "operations": OPERATIONS,
    "stories": STORIES,
    "situations": SITUATIONS,
}


def refusal(expression):
    """Return why the calculator refuses an expression, or None."""
    try:
        calculate(expression)
    except ToolError as error:
        return str(error)
    return None


def drawn(draw, count=1500, seed=1):
    rng = random.Random(seed)
    return [draw(rng, "train") for _ in range(count)]


@pytest.mark.parametrize(
    "draw", [arithmetic.draw_calculation, arithmetic.draw_story, arithmetic.draw_term]
)
def test_the_calculator_takes_every_expression(draw):
    for calculation in drawn(draw):
        refused = refusal(calculation.expression)
        assert refused is None or any(reason in refused for reason in REFUSED), calculation


@pytest.mark.parametrize(
    "draw", [arithmetic.draw_calculation, arithmetic.draw_story, arithmetic.draw_term]
)
def test_every_number_that_is_typed_comes_in_the_expression_with_its_groups(draw):
    for calculation in drawn(draw, seed=2):
        in_expression = set(re.findall(r"\d[\d,]*(?:\.\d+)?", calculation.expression))
        for typed in NUMBER.findall(calculation.text):
            assert typed.rstrip(",") in in_expression, calculation


@pytest.mark.parametrize("source", BY_OPERATOR)
def test_templates_by_operator_have_both_numbers_once_and_only_known_slots(source):
    rng = random.Random(3)
    for operator, templates in BY_OPERATOR[source].items():
        assert operator in arithmetic.OPERATORS
        for template in templates:
            for _ in range(10):
                form = expand(rng, template)
                slots = re.findall(r"\{(\w+)\}", form)
                assert (slots.count("a"), slots.count("b")) == (1, 1), form
                assert all(s in "ab" or f"{{{s}}}" in NOUN_SLOTS for s in slots), form
                assert not set("[]|@") & set(form), form


@pytest.mark.parametrize("source", BY_OPERATOR)
def test_sums_and_products_have_their_numbers_in_the_order_typed(source):
    rng = random.Random(13)
    for operator in "+*":
        for template in BY_OPERATOR[source][operator]:
            for _ in range(10):
                form = expand(rng, template)
                assert form.index("{a}") < form.index("{b}"), form


@pytest.mark.parametrize("templates", [CHAINS, TWO_STEPS, PHRASES, FOLLOW_UPS])
def test_templates_with_an_expression_name_the_same_numbers_as_it(templates):
    rng = random.Random(4)
    for template, expression, *_ in templates:
        form = expand(rng, template.replace("{and}", ""))
        named = set(re.findall(r"\{(a|b|c|n|p)\}", form))
        wanted = set(re.findall(r"\{(a|b|c|n|p)\}", expression))
        assert named == wanted, (form, expression)
        assert not set("[]|@") & set(form), form


def test_no_slot_is_left_in_a_question():
    for draw in (arithmetic.draw_calculation, arithmetic.draw_story, arithmetic.draw_term):
        assert not any(set("{}[]|@") & set(c.text) for c in drawn(draw, seed=5))


def test_long_numbers_and_decimals_are_common():
    rng = random.Random(6)
    numbers = [numerals.number(rng) for _ in range(8000)]
    lengths = Counter(len(n.partition(".")[0]) for n in numbers)
    assert all(lengths[digits] > 300 for digits in range(1, 8))
    places = Counter(len(n.partition(".")[2]) for n in numbers)
    assert all(places[count] > 80 for count in (1, 2, 3))
    assert any(n.startswith("0.0") for n in numbers)
    assert any(re.fullmatch(r"(\d)\1{3,}", n) for n in numbers)
    assert any(re.fullmatch(r"[1-9]00+[1-9]\d?", n) for n in numbers)


def test_a_longest_length_is_kept_to():
    rng = random.Random(7)
    assert max(len(numerals.whole(rng, 3)) for _ in range(2000)) == 3
    assert all(len(numerals.number(rng, 2).partition(".")[0]) <= 2 for _ in range(2000))


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("0", {"zero"}),
        ("17", {"seventeen"}),
        ("42", {"forty-two", "forty two"}),
        ("90", {"ninety"}),
        ("100", {"a hundred", "one hundred"}),
        ("700", {"seven hundred"}),
        ("2000", {"two thousand"}),
        ("101", {"101"}),
        ("3.5", {"3.5"}),
        ("10000", {"10000"}),
    ],
)
def test_numbers_in_words(digits, words):
    rng = random.Random(8)
    assert {numerals.in_words(rng, digits) for _ in range(60)} == words


def test_separators_stand_between_thousands_alone():
    assert numerals.separate("999 + 1234 * 1234567") == "999 + 1,234 * 1,234,567"
    assert numerals.separate("12345.6789/2") == "12,345.6789/2"
    assert calculate(numerals.separate("1234567+1")) == calculate("1234567+1")


def test_stories_have_plausible_numbers():
    for calculation in drawn(arithmetic.draw_story, seed=9):
        assert not calculate(calculation.expression).startswith("-"), calculation
        if "how old" in calculation.text.lower() and "*" not in calculation.expression:
            ages = re.findall(r"\d+", calculation.expression)
            assert all(int(age) < 100 for age in ages), calculation


def test_amounts_of_money_have_decimals_and_people_do_not():
    texts = [c.text for c in drawn(arithmetic.draw_story, count=3000, seed=11)]
    assert sum(bool(re.search(r"\.\d+ (?:euros|dollars|pounds)", text)) for text in texts) > 40
    assert not any(re.search(r"\.\d+ (?:people|children|friends|students)", t) for t in texts)


def test_numbers_beside_signs_of_arithmetic_are_never_in_words():
    rng = random.Random(12)
    numbers = {"a": "7", "b": "9"}
    forms = ("{a}% of it", "{a} % of it", "sqrt({a})", "{a} + {b}", "2 ^ {a}", "√{a}", "{a}²")
    for form in forms:
        assert {arithmetic.fill(rng, form, numbers) for _ in range(80)} == {form.format(**numbers)}
    words = {arithmetic.fill(rng, "{a} more than {b}", numbers) for _ in range(400)}
    assert {"7 more than 9", "seven more than 9", "7 more than nine"} <= words


def test_a_follow_up_by_a_typed_number_holds_the_last_result():
    rng = random.Random(10)
    for _ in range(600):
        calculation = arithmetic.draw_follow_up(rng, "86420", "train")
        assert "86420" in calculation.expression
        for typed in NUMBER.findall(calculation.text):
            is_power = calculation.expression.endswith("**2")
            assert is_power or typed in calculation.expression, calculation
