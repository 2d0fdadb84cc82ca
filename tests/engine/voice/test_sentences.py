"""Text is cut into sentences and words, whatever the pieces are that it comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.voice.sentences import (
    FIRST_CLAUSE,
    LONGEST,
    LONGEST_WORD,
    cut_sentences,
    cut_words,
    ends_sentence,
)


def sentences(text: str) -> list[str]:
    return [each.text for each in cut_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello there. How are you? Fine!", ["Hello there.", "How are you?", "Fine!"]),
        ("Dr. No paid 3.50 dollars, e.g. for tea.", ["Dr. No paid 3.50 dollars, e.g. for tea."]),
        ("J. R. Roe wrote it. I am I. You too.", ["J. R. Roe wrote it.", "I am I.", "You too."]),
        ("It was 5 p.m. Then he slept.", ["It was 5 p.m.", "Then he slept."]),
        ("In 1995. The end.", ["In 1995.", "The end."]),
        ("1. Open it. 2. Read it.\n3. Close it", ["1. Open it.", "2. Read it.", "3. Close it"]),
        ("He said “Go.” Then (really!) left.", ["He said “Go.”", "Then (really!) left."]),
        ("Wait... what? Version 2.0.1 is out.", ["Wait... what?", "Version 2.0.1 is out."]),
        ("No mark\n\nA new paragraph", ["No mark", "A new paragraph"]),
        ("你好。今天天气很好！走吧", ["你好。", "今天天气很好！", "走吧"]),
        ("  \n ", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_pause(text, expected):
    assert sentences(text) == expected


def test_a_sentence_is_given_as_soon_as_the_next_begins():
    pulled = []

    def write():
        for piece in ("One sen", "tence. ", "And", " another", " one."):
            pulled.append(piece)
            yield piece

    cut = cut_sentences(write())
    assert next(cut).text == "One sentence."
    assert pulled == ["One sen", "tence. ", "And"]


def test_the_first_clause_is_spoken_early_and_the_longest_sentence_is_cut():
    clause = "The first clause of what is to be said here,"
    assert len(clause) > FIRST_CLAUSE
    rest = " and then it goes on, on and on" * 20
    cut = sentences(clause + rest)
    assert cut[0] == clause
    assert all(len(each) <= LONGEST for each in cut)
    assert all(each.endswith(",") for each in cut[1:-1])
    assert [len(each) for each in sentences("x" * (LONGEST + 5))] == [LONGEST, 5]


TEXTS = st.text(st.sampled_from("aB 1.,!?\n)”…。Mr"), max_size=400)


@given(text=TEXTS, size=st.integers(1, 50))
def test_no_character_is_lost_and_pieces_make_no_difference(text, size):
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    for cut in (cut_sentences, cut_words):
        parts = list(cut(pieces))
        start = 0
        for part in parts:
            assert text[start : part.end].strip() == part.text
            start = part.end
        assert not text[start:].strip()
    assert list(cut_sentences(pieces)) == list(cut_sentences(iter(text)))


def test_words_are_given_with_their_ends_and_no_longer_than_words_are():
    text = " Two  words\n" + "x" * (LONGEST_WORD + 1)
    assert [(word.text, word.end) for word in cut_words(text)] == [
        ("Two", 6),
        ("words", 12),
        ("x" * LONGEST_WORD, 12 + LONGEST_WORD),
        ("x", 13 + LONGEST_WORD),
    ]


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("end.", True),
        ("“end.”", True),
        ("Dr.", False),
        ("e.g.", False),
        ("on,", False),
        ("好。", True),
    ],
)
def test_the_last_word_of_a_sentence_is_known(word, ends):
    assert ends_sentence(word) is ends
