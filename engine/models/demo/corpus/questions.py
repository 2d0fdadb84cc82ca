"""Draws what the bundled model does not know, and the names that people give."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable

from engine.harmony.encoding import load_encoding
from engine.models.demo.corpus import offtopic
from engine.models.demo.corpus.knowledge import TOPICS
from engine.models.demo.corpus.splitting import WORDS_HELD_OUT, Split, choose
from engine.models.demo.corpus.topic import SLOT, expand
from engine.models.demo.corpus.wordings.messages import FOREIGN, LEADS, LONG_MESSAGES, PASTED
from engine.models.demo.corpus.wordings.near_misses import NEAR_MISSES

LOWER_WORD = re.compile(r" [a-z]{3,12}")
CAPITAL_WORD = re.compile(r" [A-Z][a-z]{2,11}")
LEAD_SHARE = 0.1
"""So many questions have a sentence before them."""
SECOND_SHARE = 0.04
"""So many have a second question after them."""
JOINTS = (", ", ". ", ". ", "; ", " - ", "... ", ": ", "\n")
SECOND_JOINTS = (" and ", ", and ", "? ", ". ", "\n")
COMMON_RANKS = range(60_000)
RARE_RANKS = range(60_000, 199_998)
"""The commonest tokens of the vocabulary come first."""
NAME_ENDINGS = ("a", "e", "i", "o", "s", "in", "ia", "son", "ko", "el", "ov", "ine")
ARITHMETIC_WORDS = (
    "plus minus times divided sum add subtract multiply multiplied product difference calculate "
    "compute percent time date day clock today hour name squared root half double triple result "
    "square power average total divide more less number called monday tuesday wednesday thursday "
    "friday saturday sunday year month week"
)


@functools.cache
def topic_words() -> frozenset[str]:
    """Return every word of the topics' wordings, in lower case."""
    words = set(ARITHMETIC_WORDS.split())
    for topic in TOPICS:
        for wording in topic.wordings:
            words.update(re.findall(r"[a-z0-9]+", wording.lower()))
    return frozenset(words)


@functools.cache
def vocabulary_words(pattern: re.Pattern[str], ranks: range) -> tuple[str, ...]:
    """Return words that are tokens of their own, commonest first, none of which is a topic's."""
    encoding = load_encoding()
    excluded = topic_words()
    texts = (encoding.decode([token]) for token in ranks)
    return tuple(
        text.strip()
        for text in texts
        if pattern.fullmatch(text) and text.strip().lower() not in excluded
    )


def draw_word(rng: random.Random, pattern: re.Pattern[str] = LOWER_WORD) -> str:
    """Draw a word of the vocabulary, common ones a little more often."""
    words = vocabulary_words(pattern, COMMON_RANKS)
    return words[int(len(words) * rng.random() ** 1.2)]


def draw_noun(rng: random.Random, split: Split) -> str:
    """Draw something to ask about: a noun of the list, or words of the vocabulary."""
    chance = rng.random()
    if chance < 0.45:
        return choose(rng, "noun", offtopic.NOUNS, split, WORDS_HELD_OUT)
    if chance < 0.6:
        return draw_word(rng, CAPITAL_WORD)
    count = rng.choice((1, 1, 1, 2, 2, 3))
    determiner = rng.choice(("", "", "the ", "a ", "my ", "this "))
    return determiner + " ".join(draw_word(rng) for _ in range(count))


def draw_near_miss(rng: random.Random, split: Split) -> str:
    """Draw a question that shares words with what the model knows."""
    return expand(rng, choose(rng, "near miss", NEAR_MISSES, split))


def draw_framed(rng: random.Random, split: Split) -> str:
    """Draw a question from a frame, now and then with something before or after it."""
    question = fill(rng, "off topic", offtopic.FRAMES, split)
    chance = rng.random()
    if chance < LEAD_SHARE:
        return fill(rng, "lead", LEADS, split) + rng.choice(JOINTS) + question
    if chance < LEAD_SHARE + SECOND_SHARE:
        second = fill(rng, "off topic", offtopic.FRAMES, split)
        return question + rng.choice(SECOND_JOINTS) + second
    return question


def draw_long(rng: random.Random, split: Split) -> str:
    """Draw a message of several sentences."""
    return fill(rng, "long message", LONG_MESSAGES, split)


def draw_pasted(rng: random.Random, split: Split) -> str:
    """Draw something from a clipboard, as it is."""
    return choose(rng, "pasted", PASTED, split)


def draw_foreign(rng: random.Random, split: Split) -> str:
    """Draw a question in another language than English."""
    return expand(rng, choose(rng, "foreign", FOREIGN, split))


def draw_disorder(rng: random.Random, split: Split) -> str:
    """Draw nonsense to train on; it has no templates to hold out, so else a near miss."""
    return draw_nonsense(rng) if split == "train" else draw_near_miss(rng, split)


SOURCES: dict[Callable[[random.Random, Split], str], int] = {
    draw_framed: 48,
    draw_near_miss: 35,
    draw_disorder: 5,
    draw_foreign: 5,
    draw_long: 4,
    draw_pasted: 3,
}
"""Where off-topic messages come from, and of a hundred how many."""


def draw_offtopic(rng: random.Random, split: Split) -> str:
    """Draw a message about something that the model does not know."""
    draw = rng.choices(tuple(SOURCES), tuple(SOURCES.values()))[0]
    return draw(rng, split)


def draw_nonsense(rng: random.Random) -> str:
    """Draw words in no order, or letters as from a fist on the keyboard."""
    if rng.random() < 0.6:
        return " ".join(draw_word(rng) for _ in range(rng.randint(2, 8)))
    row = rng.choice(("asdfghjkl", "qwertyuiop", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"))
    return "".join(rng.choice(row) for _ in range(rng.randint(2, 12)))


SLOTS = {
    "verb": offtopic.VERBS,
    "place": offtopic.PLACES,
    "person": offtopic.PEOPLE,
    "language": offtopic.LANGUAGES,
}


def fill(rng: random.Random, kind: str, templates: tuple[str, ...], split: Split) -> str:
    """Draw a template with slots, and words for them."""
    template = expand(rng, choose(rng, kind, templates, split))
    return SLOT.sub(lambda slot: fill_slot(rng, slot[1], split), template)


def fill_slot(rng: random.Random, slot: str, split: Split) -> str:
    """Draw what stands in a slot of an off-topic frame."""
    if slot in ("noun", "noun2"):
        return draw_noun(rng, split)
    if slot == "number":
        return str(rng.choice((rng.randint(1, 99), rng.randint(100, 2100))))
    chance = rng.random()
    if slot == "verb" and chance < 0.25:
        return draw_word(rng)
    if slot in ("place", "person") and chance < 0.25:
        return draw_word(rng, CAPITAL_WORD)
    return choose(rng, slot, SLOTS[slot], split, WORDS_HELD_OUT)


def draw_name(rng: random.Random) -> str:
    """Draw a name as somebody types it, now and then in lower case."""
    name = rng.choice(offtopic.NAMES)
    return name.lower() if rng.random() < 0.15 else name


def draw_rare_name(rng: random.Random) -> str:
    """Draw something like a name that is so rare that the model has no token for it."""
    words = vocabulary_words(CAPITAL_WORD, RARE_RANKS)
    return rng.choice(words) + (rng.choice(NAME_ENDINGS) if rng.random() < 0.4 else "")
