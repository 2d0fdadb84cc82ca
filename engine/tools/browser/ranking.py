"""Which of some documents a question is about: Okapi BM25, with a word for titles."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

SATURATION, LENGTH_WEIGHT = 1.2, 0.75
"""BM25's k1 and b, as Robertson and Zaragoza recommend."""
TITLE_WEIGHT = 3
PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
WORD = re.compile(r"\w+")
COMMON = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from"),
        *("how", "i", "in", "is", "it", "its", "me", "my", "of", "on", "or", "that", "the"),
        *("this", "to", "was", "what", "when", "where", "which", "who", "why", "will", "with"),
        *("you", "your"),
    )
)
"""Words of questions that say nothing of what they are about."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is known of a document for finding it."""

    title: str
    text: str
    counts: Counter[str]
    length: int


def index(title: str, text: str) -> Indexed:
    """Return a document, counted."""
    counts = Counter(terms(text))
    for term in terms(title):
        counts[term] += TITLE_WEIGHT
    return Indexed(title, text, counts, counts.total())


def terms(text: str) -> Iterator[str]:
    """Give the words of a text in the form in which they are compared.

    Case and the plural's s are dropped; writing without blanks between words is taken character by
    character.
    """
    for word in WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if word.isascii():
            is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
            yield word[:-1] if is_plural else word
        elif any(unicodedata.east_asian_width(character) == "W" for character in word):
            yield from word
        else:
            yield word


def rank(query: str, documents: Mapping[str, Indexed]) -> list[str]:
    """Return the names of the documents that have words of the query, the best first."""
    wanted = _wanted(query)
    weights = _weights(wanted, documents.values())
    average = sum(document.length for document in documents.values()) / max(1, len(documents))
    scores: dict[str, float] = {}
    for name, document in documents.items():
        score, matched = 0.0, 0
        longer = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * document.length / max(1.0, average)
        for term in wanted:
            count = document.counts[term]
            score += weights[term] * count * (SATURATION + 1) / (count + SATURATION * longer)
            matched += bool(count)
        if matched:
            # A document with all the words beats one that repeats a rare one.
            scores[name] = score * (1 + matched / len(wanted))
    return sorted(scores, key=lambda name: (-scores[name], name))


def best_passage(query: str, document: Indexed, documents: Iterable[Indexed]) -> str:
    """Return the paragraph of a document that has most of a query's words, the first of equals."""
    wanted = _wanted(query)
    weights = _weights(wanted, documents)

    best, best_worth = "", -1.0
    heading: Counter[str] = Counter()
    for match in PARAGRAPH.finditer(document.text):
        counts = Counter(terms(match[0]))
        if match[0].startswith("#"):
            # It says where, not what; its words speak for what stands below.
            heading = counts
            continue
        found = {term: counts[term] + bool(heading[term]) for term in wanted}
        worth = sum(weights[term] * count / (count + 1) for term, count in found.items())
        if worth > best_worth:
            best, best_worth = match[0], worth
    return best


def _wanted(query: str) -> list[str]:
    all_terms = list(dict.fromkeys(terms(query)))
    return [term for term in all_terms if term not in COMMON] or all_terms


def _weights(wanted: Iterable[str], documents: Iterable[Indexed]) -> dict[str, float]:
    """Return how much each word tells: the rarer, the more."""
    documents = list(documents)
    weights = {}
    for term in wanted:
        holding = sum(1 for document in documents if term in document.counts)
        weights[term] = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
    return weights
