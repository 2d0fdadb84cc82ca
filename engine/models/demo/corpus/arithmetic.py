"""Questions of arithmetic and the expression that the calculator is to be called with.

The expression holds the numbers as they were typed, in the order in which the calculation needs
them; a percentage is ``15/100*80``, a power ``3**2``, a root ``sqrt(81)``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.models.demo.corpus import acceptance
from engine.models.demo.corpus.splitting import (
    EXPRESSIONS_HELD_OUT,
    Split,
    choose,
    form_belongs,
    is_held_out,
)
from engine.models.demo.corpus.topic import expand
from engine.models.demo.corpus.wordings.calculations import (
    AND,
    ASKING,
    CHAINS,
    FOLLOW_UPS,
    NUMBER_WORDS,
    PAIRS,
    PHRASES,
    SYMBOLS,
    WORDS,
)
from engine.models.demo.corpus.wordings.problems import NOUN_SLOTS, STORIES, WORD_PROBLEMS
from engine.models.demo.corpus.wordings.unsupported import UNSUPPORTED


@dataclass(frozen=True, slots=True)
class Calculation:
    """What somebody asks, and the expression it comes to."""

    text: str
    expression: str


DIGITS = (1, 2, 3, 4, 5, 6)
DIGIT_WEIGHTS = (20, 30, 26, 12, 7, 5)
"""How long whole numbers are, and how often."""
PHRASE_WEIGHTS = tuple(weight for *_, weight in PHRASES)
FOLLOW_UP_WEIGHTS = tuple(weight for *_, weight in FOLLOW_UPS)


def number(rng: random.Random, longest: int = 6) -> str:
    """Draw a number as it is typed: mostly one to three digits, some with a decimal point."""
    digits = min(rng.choices(DIGITS, DIGIT_WEIGHTS)[0], longest)
    if rng.random() < 0.07 and digits <= 3:
        return f"{rng.randrange(10**digits)}.{rng.choice((rng.randint(1, 9), rng.randint(11, 99)))}"
    return str(rng.randint(10 ** (digits - 1) if digits > 1 else 0, 10**digits - 1))


def operands(rng: random.Random, operator: str) -> tuple[str, str]:
    """Draw two numbers for an operator: quotients mostly whole, products not too long."""
    if operator == "/" and rng.random() < 0.6:
        divisor = int(number(rng, 3).split(".")[0]) or 4
        return str(divisor * int(number(rng, 3).split(".")[0])), str(divisor)
    if operator == "*":
        left = number(rng)
        right = number(rng, max(1, 8 - len(left)))
        return (left, right) if rng.random() < 0.5 else (right, left)
    return number(rng), number(rng)


def spelled(rng: random.Random, digits: str) -> str:
    """Return a small number as a word now and then; any other stays as it is."""
    if len(digits) <= 2 and digits.isdigit() and rng.random() < 0.1:
        value = int(digits)
        if value < len(NUMBER_WORDS) and str(value) == digits:
            return NUMBER_WORDS[value]
    return digits


def infix(rng: random.Random, numbers: list[str], operators: list[str]) -> str:
    """Write numbers with operators between them, in signs or in words."""
    if rng.random() < 0.62:
        blank = rng.choice(("", " ", " "))
        marks = [rng.choice(SYMBOLS[operator]) for operator in operators]
    else:
        blank = " "
        marks = [rng.choice(WORDS[operator]) for operator in operators]
        numbers = [spelled(rng, n) for n in numbers]
    text = numbers[0]
    for mark, following in zip(marks, numbers[1:], strict=True):
        text += f"{blank}{mark}{blank}{following}"
    return text


def simple(rng: random.Random) -> Calculation:
    """Draw two numbers with one operator between them."""
    operator = rng.choices("+-*/", (3, 3, 3, 2))[0]
    left, right = operands(rng, operator)
    if rng.random() < 0.03 and left != "0":
        left = "-" + left
    return Calculation(infix(rng, [left, right], [operator]), f"{left}{operator}{right}")


def longer(rng: random.Random) -> Calculation:
    """Draw two operators, sometimes with parentheses, or three."""
    first, second = rng.choice("+-*/"), rng.choice("+-*")
    a, b = operands(rng, first)
    c = number(rng, 3)
    chance = rng.random()
    if chance < 0.12:
        third = rng.choice("+-*")
        d = number(rng, 3)
        return Calculation(
            infix(rng, [a, b, c, d], [first, second, third]), f"{a}{first}{b}{second}{c}{third}{d}"
        )
    if chance < 0.55:
        return Calculation(infix(rng, [a, b, c], [first, second]), f"{a}{first}{b}{second}{c}")
    blank = rng.choice(("", " "))
    marks = [rng.choice(SYMBOLS[first]), rng.choice(SYMBOLS[second])]
    inner = f"({a}{blank}{marks[0]}{blank}{b})"
    if chance < 0.8:
        outer = rng.choice("*/+-") if rng.random() < 0.5 else second
        mark = rng.choice(SYMBOLS[outer])
        return Calculation(f"{inner}{blank}{mark}{blank}{c}", f"({a}{first}{b}){outer}{c}")
    return Calculation(f"{c}{blank}{marks[1]}{blank}{inner}", f"{c}{second}({a}{first}{b})")


def phrase(rng: random.Random) -> Calculation:
    """Draw a calculation that has words of its own: percent, powers, roots, halves."""
    form, expression, _ = rng.choices(PHRASES, PHRASE_WEIGHTS)[0]
    longest = 2 if "**" in expression else 6
    a = number(rng, 3 if "/100" in expression else longest)
    if expression.startswith("sqrt") and rng.random() < 0.5:
        a = str(rng.randint(2, 120) ** 2)
    slots = {"a": a, "b": number(rng), "c": number(rng, 4), "p": str(rng.randint(2, 10))}
    text = expand(rng, form).format_map(slots)
    return Calculation(text, expression.format_map(slots))


def term(rng: random.Random) -> Calculation:
    """Draw something that has a value, to be put into a sentence."""
    return rng.choices((simple, longer, phrase), (60, 20, 20))[0](rng)


def asked(rng: random.Random, split: Split) -> Calculation:
    """Draw a term inside a sentence that asks for its value."""
    calculation = term(rng)
    sentence = expand(rng, choose(rng, "asking", ASKING, split))
    return Calculation(sentence.replace("{e}", calculation.text), calculation.expression)


def in_words(rng: random.Random, split: Split) -> Calculation:
    """Draw a sentence with a verb or a noun for the operator."""
    return told(rng, WORD_PROBLEMS, split)


def draw_story(rng: random.Random, split: Split) -> Calculation:
    """Draw a word problem, a little story whose expression belongs to a part of the data."""
    while True:
        calculation = told(rng, STORIES, split)
        if belongs(calculation.expression, split):
            return calculation


def told(rng: random.Random, templates: Mapping[str, Sequence[str]], split: Split) -> Calculation:
    """Draw a calculation with two numbers from templates by operator."""
    operator = rng.choices("+-*/", (3, 3, 3, 2.5))[0]
    a, b = operands(rng, operator)
    while True:
        form = expand(rng, rng.choice(templates[operator]))
        if form_belongs("word problem", form, split):
            break
    words = fill_nouns(rng, form)
    text = words.replace("{a}", spelled(rng, a)).replace("{b}", spelled(rng, b))
    return Calculation(text, f"{a}{operator}{b}")


def fill_nouns(rng: random.Random, form: str) -> str:
    """Fill the nouns of a word problem; the numbers' slots stay."""
    for slot, nouns in NOUN_SLOTS.items():
        if slot in form:
            form = form.replace(slot, rng.choice(nouns))
    return form


def chained(rng: random.Random, split: Split) -> Calculation:
    """Draw a sentence that gives several steps at once."""
    while True:
        template, expression = rng.choice(CHAINS)
        form = expand(rng, template)
        if form_belongs("chain", form, split):
            break
    slots = {"a": number(rng, 4), "b": number(rng, 3), "c": number(rng, 3)}
    return Calculation(form.format_map(slots), expression.format_map(slots))


SHAPES: tuple[Callable[[random.Random, Split], Calculation], ...] = (asked, in_words, chained)
SHAPE_WEIGHTS = (66, 26, 8)


def draw_calculation(rng: random.Random, split: Split) -> Calculation:
    """Draw a calculation whose expression belongs to a part of the data."""
    shape = rng.choices(SHAPES, SHAPE_WEIGHTS)[0]
    while True:
        calculation = shape(rng, split)
        if belongs(calculation.expression, split):
            return calculation


def draw_term(rng: random.Random, split: Split) -> Calculation:
    """Draw a short calculation, without a sentence, whose expression belongs to a part."""
    while True:
        calculation = rng.choices((simple, phrase), (85, 15))[0](rng)
        if belongs(calculation.expression, split):
            return calculation


def draw_follow_up(rng: random.Random, last: str, split: Split) -> Calculation:
    """Draw a calculation that goes on from the last result."""
    while True:
        template, expression, _ = rng.choices(FOLLOW_UPS, FOLLOW_UP_WEIGHTS)[0]
        if last.startswith("-") and (not expression.startswith("{last}") or "**" in expression):
            continue
        longest = max(1, 7 - len(last)) if "*" in expression else 5
        slots = {"n": number(rng, longest), "last": last}
        finished = expression.format_map(slots)
        form = expand(rng, template.replace("{and}", AND))
        if belongs(finished, split) and form_belongs("follow-up", form, split):
            return Calculation(form.replace("{n}", slots["n"]), finished)


def draw_unsupported(rng: random.Random, split: Split) -> str:
    """Draw a question with numbers in it that is no calculation for the calculator."""
    template = expand(rng, choose(rng, "unsupported", UNSUPPORTED, split))
    slots = {
        "n": number(rng, 4),
        "m": number(rng, 4),
        "k": number(rng, 3),
        "p": str(rng.randint(2, 5)),
        "d": str(rng.randint(2, 9)),
        "y": str(rng.randint(1500, 2030)),
    }
    return template.format_map(slots)


def draw_pair(rng: random.Random, split: Split) -> tuple[str, Calculation, Calculation]:
    """Draw one sentence that asks for two calculations."""
    first, second = draw_term(rng, split), draw_term(rng, split)
    sentence = expand(rng, choose(rng, "pair", PAIRS, split))
    return sentence.replace("{1}", first.text).replace("{2}", second.text), first, second


def belongs(expression: str, split: Split) -> bool:
    """Return whether an expression belongs to a part; those of the acceptance are trained on."""
    if expression in acceptance.expressions():
        return split == "train"
    return is_held_out("expression", expression, EXPRESSIONS_HELD_OUT) == (split == "held_out")
