"""Questions of arithmetic and the expression that the calculator is to be called with.

The expression holds the numbers as they were typed, in the order in which the calculation needs
them, those of a sum or a product of two in the order typed; a percentage is ``15/100*80``, a power
``3**2``, a root ``sqrt(81)``, what was typed as ``1,234`` is ``1_234``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.models.demo.corpus import acceptance
from engine.models.demo.corpus.numerals import (
    SEPARATED_SHARE,
    number,
    separate,
    spelled,
    whole,
)
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
    PAIRS,
    PHRASES,
    SYMBOLS,
    THEN,
    WORDS,
)
from engine.models.demo.corpus.wordings.operations import OPERATIONS
from engine.models.demo.corpus.wordings.problems import NOUN_SLOTS, STORIES, WORD_PROBLEMS
from engine.models.demo.corpus.wordings.situations import SITUATIONS
from engine.models.demo.corpus.wordings.two_steps import TWO_STEPS
from engine.models.demo.corpus.wordings.unsupported import UNSUPPORTED
from engine.tools.functions import calculate


@dataclass(frozen=True, slots=True)
class Calculation:
    """What somebody asks, and the expression it comes to."""

    text: str
    expression: str


PHRASE_WEIGHTS = tuple(weight for *_, weight in PHRASES)
FOLLOW_UP_WEIGHTS = tuple(weight for *_, weight in FOLLOW_UPS)
OPERATORS, OPERATOR_WEIGHTS = "+-*/", (3, 3, 3, 2.5)
WHOLE_QUOTIENTS = 0.6
EQUAL_SHARE = 0.03
"""So many pairs of numbers are twice the same."""
NEGATIVE_SHARE = 0.1
PATTERNS = (
    "a1b2c", "a1b2c3d", "(a1b)2c", "a1(b2c)", "(a1b)2(c3d)", "a1b2(c3d)", "(a1b)2c3d", "a1(b2c)3d",
    "((a1b)2c)3d", "a1(b2c3d)",
)  # fmt: skip
"""How longer calculations are built: letters are numbers, digits are operators."""
PATTERN_WEIGHTS = (30, 12, 18, 18, 8, 4, 4, 3, 2, 1)
TWO_STEP_SHARE = 0.24
DECIMAL_STORIES = 0.25
"""So many stories of amounts that need not be whole have decimals in them."""
SENTENCE_START = re.compile(r"(?<=[.?!] )[a-z]")
SMALL = re.compile(r"how old|what age|older|younger|degrees|years ago|years old")
"""Stories of ages and temperatures, whose numbers have at most two digits."""
MEASURED = re.compile(
    r"\{([ab])\} (?:\{(?:money|unit|measure)\}|(?:km|kg|metres|litres|grams|hours|square)\b)"
)
"""What need not be a whole number in a story: amounts of money, lengths, weights, times."""
COUNTED = re.compile(
    r"\{(?:things|people|groups|period|thing|food)\}"
    r"|\b(?:people|children|pupils|boys|wins|eggs|chairs|seats|shelves|teams|tickets|laps|pages)\b"
)
"""What there is a whole number of."""
POSITIVE = re.compile(
    r"difference|gap|apart|distance|how far|how much|how many|left|remain|change"
    r"|from \{b\} .*to \{a\}"
    r"|exceed|excess|surplus|margin|spread|span|space|interval|short|by what|by which|what makes"
)
"""Where a question implies that the first number is the larger one."""
APART = re.compile(r"difference|gap|distance")
"""Where two numbers are compared: the larger one comes first, as above."""
SPELLABLE = re.compile(r"(?<![(√^*/×÷+-])(?<![(√^*/×÷+-] )\{([abcpn])\}(?!s\b| ?[%²³^*/×÷+)-])")
"""A number without a sign of arithmetic beside it or a plural, which can stand in words."""


def operands(
    rng: random.Random,
    operator: str,
    draw: Callable[[random.Random, int], str] = number,
    longest: int = 7,
) -> tuple[str, str]:
    """Draw two numbers for an operator: quotients mostly whole, products not too long."""
    if rng.random() < EQUAL_SHARE:
        same = draw(rng, min(longest, 4) if operator == "*" else longest)
        return same, same
    if operator == "/" and rng.random() < WHOLE_QUOTIENTS:
        divisor, quotient = several(rng, longest // 2), several(rng, (longest + 1) // 2)
        return str(int(divisor) * int(quotient)), divisor
    if operator == "*":
        left = draw(rng, min(longest, 6))
        right = draw(rng, max(1, min(longest, 9 - len(left))))
        return (left, right) if rng.random() < 0.5 else (right, left)
    return draw(rng, longest), draw(rng, longest)


def several(rng: random.Random, longest: int) -> str:
    """Draw a whole number of things in the plural, two or more."""
    return str(max(2, int(whole(rng, longest))))


def fill(rng: random.Random, form: str, slots: Mapping[str, str]) -> str:
    """Fill in the numbers of a sentence, some of them in words."""
    text = SPELLABLE.sub(lambda slot: spelled(rng, slots[slot[1]]), form)
    return text.format_map(slots)


def larger_first(left: str, right: str) -> tuple[str, str]:
    """Return two numbers with the larger one first."""
    return (right, left) if float(left) < float(right) else (left, right)


def maybe_separated(rng: random.Random, text: str, expression: str) -> Calculation:
    """Return a calculation, now and then with separators of thousands in every long number."""
    if rng.random() < SEPARATED_SHARE:
        return Calculation(separate(text), separate(expression))
    return Calculation(text, expression)


def infix(rng: random.Random, numbers: list[str], operators: list[str]) -> str:
    """Write numbers with operators between them, in signs or in words."""
    if rng.random() < 0.62:
        return infix_signs(rng, numbers, operators)
    marks = [rng.choice(WORDS[operator]) for operator in operators]
    return joined([spelled(rng, n) for n in numbers], marks, " ")


def infix_signs(rng: random.Random, numbers: list[str], operators: list[str]) -> str:
    """Write numbers with the signs of operators between them."""
    marks = [rng.choice(SYMBOLS[operator]) for operator in operators]
    return joined(numbers, marks, rng.choice(("", " ", " ")))


def joined(numbers: list[str], marks: list[str], blank: str) -> str:
    """Return numbers with a mark between each two of them."""
    text = numbers[0]
    for mark, following in zip(marks, numbers[1:], strict=True):
        text += f"{blank}{mark}{blank}{following}"
    return text


def simple(rng: random.Random) -> Calculation:
    """Draw two numbers with one operator between them."""
    operator = rng.choices(OPERATORS, (3, 3, 3, 2))[0]
    left, right = operands(rng, operator)
    if rng.random() < NEGATIVE_SHARE:
        return with_negative(rng, left, operator, right)
    return Calculation(infix(rng, [left, right], [operator]), f"{left}{operator}{right}")


def with_negative(rng: random.Random, left: str, operator: str, right: str) -> Calculation:
    """Write a calculation with a negative number, in signs or in words."""
    if rng.random() < 0.5:
        expression = f"-{left}{operator}{right}"
        if rng.random() < 0.6:
            return Calculation(infix_signs(rng, [f"-{left}", right], [operator]), expression)
        sign = rng.choice(("minus", "negative"))
        numbers = [f"{sign} {spelled(rng, left)}", spelled(rng, right)]
        return Calculation(joined(numbers, [rng.choice(WORDS[operator])], " "), expression)
    if rng.random() < 0.5:
        text = infix_signs(rng, [left, f"(-{right})"], [operator])
        return Calculation(text, f"{left}{operator}(-{right})")
    mark = rng.choice((rng.choice(SYMBOLS[operator]), rng.choice(WORDS[operator])))
    negative = rng.choice((f"-{right}", f"minus {right}", f"negative {right}"))
    return Calculation(f"{left} {mark} {negative}", f"{left}{operator}-{right}")


def longer(rng: random.Random) -> Calculation:
    """Draw two or three operators, often with parentheses."""
    pattern = rng.choices(PATTERNS, PATTERN_WEIGHTS)[0]
    in_signs = rng.random() < 0.7
    blank = rng.choice(("", " ", " ")) if in_signs else " "
    text = expression = ""
    for mark in pattern:
        if mark.isalpha():
            value = number(rng, 5 if mark in "ab" else 4)
            text += value if in_signs else spelled(rng, value)
            expression += value
        elif mark.isdigit():
            operator = rng.choices(OPERATORS, (3, 3, 3, 1))[0]
            written = rng.choice((SYMBOLS if in_signs else WORDS)[operator])
            text += f"{blank}{written}{blank}"
            expression += operator
        else:
            text += mark
            expression += mark
    return Calculation(text, expression)


def phrase(rng: random.Random) -> Calculation:
    """Draw a calculation that has words of its own: percent, powers, roots, halves."""
    form, expression, _ = rng.choices(PHRASES, PHRASE_WEIGHTS)[0]
    return with_numbers(rng, expand(rng, form), expression)


def with_numbers(rng: random.Random, form: str, expression: str) -> Calculation:
    """Fill the numbers of a form and of its expression."""
    a, b = number(rng, longest_first(expression)), number(rng)
    if expression.startswith("sqrt({a})") and rng.random() < 0.5:
        a = str(rng.randint(2, 400) ** 2)
    if "-" in expression and APART.search(form):
        a, b = larger_first(a, b)
    slots = {"a": a, "b": b, "c": number(rng, 4), "p": str(rng.randint(2, 10))}
    return Calculation(fill(rng, form, slots), expression.format_map(slots))


def longest_first(expression: str) -> int:
    """Return how many digits the first number of an expression may have."""
    if "**" in expression:
        return 5 if "**2" in expression else 2
    if "/100" in expression:
        return 3 if expression.startswith("{a}/100") else 2
    return 7


def term(rng: random.Random) -> Calculation:
    """Draw something that has a value, to be put into a sentence."""
    return rng.choices((simple, longer, phrase), (55, 20, 25))[0](rng)


def asked(rng: random.Random, split: Split) -> Calculation:
    """Draw a term inside a sentence that asks for its value."""
    calculation = term(rng)
    sentence = expand(rng, choose(rng, "asking", ASKING, split))
    return Calculation(sentence.replace("{e}", calculation.text), calculation.expression)


def in_words(rng: random.Random, split: Split) -> Calculation:
    """Draw a sentence with a verb or a noun for the operator."""
    operator, form = draw_form(rng, rng.choice((WORD_PROBLEMS, OPERATIONS)), split)
    a, b = operands(rng, operator, several if COUNTED.search(form) else number)
    if operator == "-" and POSITIVE.search(form):
        a, b = larger_first(a, b)
    text = fill(rng, fill_nouns(rng, form), {"a": a, "b": b})
    return Calculation(text, f"{a}{operator}{b}")


def draw_form(
    rng: random.Random, templates: Mapping[str, Sequence[str]], split: Split
) -> tuple[str, str]:
    """Draw an operator and a sentence of its templates that belongs to a part of the data."""
    operator = rng.choices(OPERATORS, OPERATOR_WEIGHTS)[0]
    while True:
        form = expand(rng, rng.choice(templates[operator]))
        if form_belongs("word problem", form, split):
            return operator, form


def draw_story(rng: random.Random, split: Split) -> Calculation:
    """Draw a word problem, a little story whose expression belongs to a part of the data."""
    while True:
        told = two_steps if rng.random() < TWO_STEP_SHARE else one_step
        drawn = told(rng, split)
        text = drawn.text
        if rng.random() < 0.5:
            text = SENTENCE_START.sub(lambda letter: letter[0].upper(), text)
        calculation = maybe_separated(rng, text, drawn.expression)
        if belongs(calculation.expression, split):
            return calculation


def one_step(rng: random.Random, split: Split) -> Calculation:
    """Draw a story with two numbers."""
    operator, form = draw_form(rng, rng.choice((STORIES, SITUATIONS)), split)
    measured = frozenset(MEASURED.findall(form))
    a, b = operands(rng, operator, several, 2 if SMALL.search(form) else 6)
    if operator == "/":
        a, b = larger_first(a, b)
    if measured and rng.random() < DECIMAL_STORIES:
        a = number(rng, 4, decimals=1) if "a" in measured else a
        b = number(rng, 4, decimals=1) if "b" in measured else b
    if operator == "-":
        a, b = larger_first(a, b)
    return Calculation(fill(rng, fill_nouns(rng, form), {"a": a, "b": b}), f"{a}{operator}{b}")


def two_steps(rng: random.Random, split: Split) -> Calculation:
    """Draw a story with three numbers, or with a part of a number."""
    form, expression = draw_steps(rng, "two steps", TWO_STEPS, split)
    longest = 2 if SMALL.search(form) else 5
    is_percent = "/100" in expression
    while True:
        slots = {
            "a": several(rng, 2 if is_percent else longest),
            "b": several(rng, longest if is_percent else min(longest, 3)),
            "c": several(rng, min(longest, 3)),
        }
        finished = expression.format_map(slots)
        takes_too_much = "{a}-{b}" in expression and int(slots["a"]) < int(slots["b"])
        if not takes_too_much and not calculate(finished).startswith("-"):
            break
    return Calculation(fill(rng, fill_nouns(rng, form), slots), finished)


def draw_steps(
    rng: random.Random, kind: str, templates: Sequence[tuple[str, str]], split: Split
) -> tuple[str, str]:
    """Draw a sentence with its expression that belongs to a part of the data."""
    while True:
        template, expression = rng.choice(templates)
        form = expand(rng, template)
        if form_belongs(kind, form, split):
            return form, expression


def fill_nouns(rng: random.Random, form: str) -> str:
    """Fill the nouns of a word problem; the numbers' slots stay."""
    for slot, nouns in NOUN_SLOTS.items():
        if slot in form:
            form = form.replace(slot, rng.choice(nouns))
    return form


def chained(rng: random.Random, split: Split) -> Calculation:
    """Draw a sentence that gives several steps at once."""
    form, expression = draw_steps(rng, "chain", CHAINS, split)
    return with_numbers(rng, fill_nouns(rng, form), expression)


SHAPES: tuple[Callable[[random.Random, Split], Calculation], ...] = (asked, in_words, chained)
SHAPE_WEIGHTS = (50, 32, 18)


def draw_calculation(rng: random.Random, split: Split) -> Calculation:
    """Draw a calculation whose expression belongs to a part of the data."""
    shape = rng.choices(SHAPES, SHAPE_WEIGHTS)[0]
    while True:
        drawn = shape(rng, split)
        calculation = maybe_separated(rng, drawn.text, drawn.expression)
        if belongs(calculation.expression, split):
            return calculation


def draw_term(rng: random.Random, split: Split) -> Calculation:
    """Draw a short calculation, without a sentence, whose expression belongs to a part."""
    while True:
        drawn = rng.choices((simple, longer, phrase), (68, 10, 22))[0](rng)
        calculation = maybe_separated(rng, drawn.text, drawn.expression)
        if belongs(calculation.expression, split):
            return calculation


def draw_follow_up(rng: random.Random, last: str, split: Split) -> Calculation:
    """Draw a calculation that goes on from the last result."""
    while True:
        template, expression, _ = rng.choices(FOLLOW_UPS, FOLLOW_UP_WEIGHTS)[0]
        if last.startswith("-") and (not expression.startswith("{last}") or "**" in expression):
            continue
        longest = max(1, 9 - len(last)) if "*" in expression else 6
        if "/100" in expression:
            longest = 3
        n, is_separated = number(rng, longest), rng.random() < SEPARATED_SHARE
        slots = {"n": separate(n) if is_separated else n, "last": last}
        finished = expression.format_map(slots)
        form = expand(rng, template.replace("{and}", AND).replace("{then}", THEN))
        if belongs(finished, split) and form_belongs("follow-up", form, split):
            text = fill(rng, form, {"n": separate(n) if is_separated else n})
            return Calculation(text, finished)


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
