"""Numbers as people type them: whole or with decimals, with separators of thousands, in words.

The vocabulary cuts digits from the left into groups of three, so ``1234`` is ``123`` and ``4``. A
number typed as ``1,234`` is cut as ``1``, ``,`` and ``234``; the expression holds it as ``1_234``,
which the calculator reads and whose groups are those that were typed.
"""

from __future__ import annotations

import random
import re

from engine.models.demo.corpus.wordings.calculations import NUMBER_WORDS, TENS_WORDS

LENGTHS = (1, 2, 3, 4, 5, 6, 7)
LENGTH_WEIGHTS = (15, 24, 22, 14, 10, 9, 6)
"""How many digits whole numbers have, and how often."""
PLACES = (1, 2, 3)
PLACE_WEIGHTS = (35, 45, 20)
"""How many decimals there are, and how often."""
DECIMALS_SHARE = 0.09
SHAPED_SHARE = 0.16
"""So many numbers of three digits or more are round, repeat themselves or have zeros inside."""
SPELLED_SHARE = 0.12
TENS_SPELLED_SHARE = 0.26
"""Of the numbers from 21 to 99, of whose words there are most."""
ROUND_SPELLED_SHARE = 0.4
SEPARATED_SHARE = 0.13
LONG_NUMBER = re.compile(r"(?<![\d.,_])\d{4,}")
THREE_DIGITS_FOLLOW = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")


def number(rng: random.Random, longest: int = 7, decimals: float = DECIMALS_SHARE) -> str:
    """Draw a number that is not negative.

    Args:
        rng: where the chances come from.
        longest: the most digits that it has before the point.
        decimals: how large a share of the numbers has a decimal point.
    """
    if rng.random() < decimals:
        return decimal(rng, min(longest, 5))
    return whole(rng, longest)


def whole(rng: random.Random, longest: int = 7) -> str:
    """Draw a whole number: mostly one to four digits, some of them in a pattern."""
    length = min(rng.choices(LENGTHS, LENGTH_WEIGHTS)[0], longest)
    if length > 2 and rng.random() < SHAPED_SHARE:
        return shaped(rng, length)
    return str(rng.randint(10 ** (length - 1) if length > 1 else 0, 10**length - 1))


def shaped(rng: random.Random, length: int) -> str:
    """Draw a number whose digits make a pattern: 4000, 120000, 7777, 121212, 20003."""
    chance = rng.random()
    if chance < 0.4:
        leading = str(rng.randint(1, 9) if rng.random() < 0.6 else rng.randint(11, 99))
        return leading + "0" * (length - len(leading))
    if chance < 0.55:
        return str(rng.randint(1, 9)) * length
    if chance < 0.7:
        period = rng.choice((2, 3))
        return (str(rng.randint(10 ** (period - 1), 10**period - 1)) * length)[:length]
    ending = str(rng.randint(1, 9) if length == 3 or rng.random() < 0.6 else rng.randint(11, 99))
    return str(rng.randint(1, 9)) + ending.zfill(length - 1)


def decimal(rng: random.Random, longest: int = 5) -> str:
    """Draw a number with one to three decimals: 0.05, 12.50, 3.141."""
    places = rng.choices(PLACES, PLACE_WEIGHTS)[0]
    before = "0" if rng.random() < 0.25 else whole(rng, longest)
    return f"{before}.{rng.randint(1, 10**places - 1):0{places}}"


def spelled(rng: random.Random, digits: str) -> str:
    """Return a number up to ninety-nine, or a round one, in words now and then."""
    share = SPELLED_SHARE
    if len(digits) > 2 and digits[1:].strip("0") == "":
        share = ROUND_SPELLED_SHARE
    elif len(digits) == 2 and digits > "20":
        share = TENS_SPELLED_SHARE
    return in_words(rng, digits) if rng.random() < share else digits


def in_words(rng: random.Random, digits: str) -> str:
    """Return a number up to 99, a round hundred or a round thousand in words; others stay."""
    if not digits.isdigit() or len(digits) > 4:
        return digits
    value = int(digits)
    if value < len(NUMBER_WORDS):
        return NUMBER_WORDS[value]
    if value < 100:
        tens, ones = TENS_WORDS[value // 10 - 2], value % 10
        return f"{tens}{rng.choice('-- ')}{NUMBER_WORDS[ones]}" if ones else tens
    for size, word in ((1000, "thousand"), (100, "hundred")):
        if value % size == 0 and value // size < 10:
            count = NUMBER_WORDS[value // size]
            return f"{'a' if count == 'one' and rng.random() < 0.5 else count} {word}"
    return digits


def separate(text: str) -> str:
    """Return text with commas between the thousands of every number of four digits or more."""
    return LONG_NUMBER.sub(lambda found: THREE_DIGITS_FOLLOW.sub(",", found[0]), text)
