"""The small disorder of what people type: case, punctuation, fillers and slips of the finger."""

from __future__ import annotations

import random

OPENINGS = (
    "hey, ", "please ", "hi, ", "ok, ", "so ", "well, ", "um, ", "hello, ", "excuse me, ",
    "quick question: ", "tell me, ", "I was wondering, ", "one more thing: ", "sorry, ", "hm, ",
    "right, ", "good, ", "okay ", "thanks, ", "great, ", "alright, ", "also, ",
)  # fmt: skip
CLOSINGS = (
    " please", " thanks", ", please", " for me", " then", ", thank you", " pls", ", if you can",
    ", thanks", " now",
)  # fmt: skip
INSERTIONS = (
    "just", "actually", "really", "maybe", "again", "quickly", "please", "simply", "perhaps",
    "still", "kindly", "exactly", "now", "then", "here", "even", "also", "well", "honestly",
    "basically",
)  # fmt: skip
QUESTION_WORDS = (
    "what whats what's who where when why how which can is are do does did could will would should "
    "am whose may"
)
SHORTEST_WORD_WITH_SLIP = 5
FUNCTION_WORDS = (
    "a an the is are was be do does did can could would should its to of in on for with and or so "
    "what how please tell about there just really actually then now ok okay well um quick question "
    "which right sorry alright also maybe again quickly simply perhaps still kindly exactly here "
    "even honestly basically"
)
"""Words that can be unknown without changing what is asked."""


def slip(rng: random.Random, text: str) -> str:
    """Return the text with one letter dropped, doubled or swapped inside a longer word."""
    words = text.split(" ")
    places = [
        i for i, word in enumerate(words) if len(word) >= SHORTEST_WORD_WITH_SLIP and word.isalpha()
    ]
    if not places:
        return text
    place = rng.choice(places)
    word = words[place]
    i = rng.randrange(1, len(word) - 1)
    words[place] = rng.choice(
        (
            word[:i] + word[i + 1 :],
            word[:i] + word[i] + word[i:],
            word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :],
        )
    )
    return " ".join(words)


def insert(rng: random.Random, text: str) -> str:
    """Return the text with an idle word between two of its words."""
    words = text.split(" ")
    words.insert(rng.randrange(1, len(words) + 1), rng.choice(INSERTIONS))
    return " ".join(words)


def recase(rng: random.Random, text: str) -> str:
    """Return the text as one types it: lower case, a capital at the start, seldom all capitals."""
    chance = rng.random()
    if chance < 0.35:
        return text.lower()
    if chance < 0.985:
        return text[:1].upper() + text[1:]
    return text.upper()


def punctuate(rng: random.Random, text: str) -> str:
    """Return the text with a mark at its end, most of the time."""
    if text[-1:] in "?!.=:" or rng.random() < 0.38:
        return text
    if text.split(" ", 1)[0].lower() in QUESTION_WORDS.split() or rng.random() < 0.15:
        return text + "?"
    return text + rng.choice(("", "", ".", ".", "!"))


def disturb(rng: random.Random, text: str, *, keeps_case: bool = False, slips: bool = True) -> str:
    """Return a text as somebody in a hurry might have typed it.

    Args:
        rng: where the chances come from.
        text: a clean sentence.
        keeps_case: leave upper and lower case alone, as where a name is told.
        slips: allow a slip of the finger and an idle word, which would hurt in a calculation.
    """
    if rng.random() < 0.12:
        text = rng.choice(OPENINGS) + text
    if rng.random() < 0.06 and text[-1].isalnum():
        text += rng.choice(CLOSINGS)
    if slips and rng.random() < 0.08:
        text = insert(rng, text)
    if slips and rng.random() < 0.06:
        text = slip(rng, text)
    if not keeps_case:
        text = recase(rng, text)
    return punctuate(rng, text)
