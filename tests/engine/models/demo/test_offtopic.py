"""What is declined is none of the topics, names nothing that exists, and comes in many shapes."""

from __future__ import annotations

import random
import re

import pytest

from engine.models.demo.corpus import offtopic
from engine.models.demo.corpus.cases import bare
from engine.models.demo.corpus.knowledge import TOPICS
from engine.models.demo.corpus.questions import SLOTS, draw_offtopic
from engine.models.demo.corpus.rendering import encode
from engine.models.demo.corpus.splitting import part
from engine.models.demo.corpus.topic import SLOT, forms, plain
from engine.models.demo.corpus.wordings.clock import CLOCK_QUESTIONS
from engine.models.demo.corpus.wordings.messages import FOREIGN, LEADS, LONG_MESSAGES, PASTED
from engine.models.demo.corpus.wordings.names import NAME_QUESTIONS, NAME_SENTENCES
from engine.models.demo.corpus.wordings.near_misses import NEAR_MISSES
from engine.models.demo.corpus.wordings.unsupported import UNSUPPORTED
from harmony_tui.commands.table import COMMANDS, SLASH_COMMANDS

DECLINED = {
    "near misses": NEAR_MISSES,
    "frames": offtopic.FRAMES,
    "unsupported": UNSUPPORTED,
    "foreign": FOREIGN,
}
WITH_WORDS = {"frames": offtopic.FRAMES, "leads": LEADS, "long messages": LONG_MESSAGES}
WORDS = (offtopic.NOUNS, *SLOTS.values())
NUMBERS = {"n", "m", "k", "p", "d", "y"}
LONGEST = 200  # tokens


def sentences(templates):
    return {bare(form) for template in templates for form in forms(template)}


@pytest.fixture(scope="module")
def known():
    """Every sentence that is answered otherwise than by declining."""
    wordings = [wording for topic in TOPICS for wording in topic.wordings]
    return sentences((*wordings, *CLOCK_QUESTIONS, *NAME_QUESTIONS, *NAME_SENTENCES))


@pytest.mark.parametrize("templates", DECLINED.values(), ids=DECLINED.keys())
def test_nothing_that_is_declined_is_known(templates, known):
    assert not sentences(templates) & known


@pytest.mark.parametrize("templates", [NAME_QUESTIONS, NAME_SENTENCES], ids=["asked", "told"])
def test_nothing_about_names_is_a_topic_or_a_question_for_the_clock(templates):
    wordings = [wording for topic in TOPICS for wording in topic.wordings]
    assert not sentences(templates) & sentences((*wordings, *CLOCK_QUESTIONS))


def test_a_name_is_told_with_one_name_and_asked_for_without():
    assert all(SLOT.findall(template) == ["name"] for template in NAME_SENTENCES)
    assert not any(SLOT.search(template) for template in NAME_QUESTIONS)


def test_no_near_miss_asks_for_a_command_or_a_key_of_the_program():
    keys = {key.replace("ctrl+", "ctrl ") for command in COMMANDS for key in command.keys}
    asked = sentences(NEAR_MISSES)
    for key in keys:
        if re.fullmatch(r"f\d+|ctrl .", key):
            spelled = re.compile(rf"(?<![\w+]){key.replace(' ', '[ +-]')}(?!\w)")
            assert not [sentence for sentence in asked if spelled.search(sentence)], key
    for name in SLASH_COMMANDS:
        spelled = re.compile(rf"(?<!\S)/{re.escape(name)}(?!\w)")
        assert not [sentence for sentence in asked if spelled.search(sentence)], name


@pytest.mark.parametrize(
    ("kind", "templates"),
    [("near miss", NEAR_MISSES), ("unsupported", UNSUPPORTED), ("foreign", FOREIGN)],
)
def test_no_sentence_is_both_trained_on_and_held_out(kind, templates):
    parts = part(kind, templates)
    assert parts["held_out"]
    assert not sentences(parts["train"]) & sentences(parts["held_out"])


@pytest.mark.parametrize("templates", WITH_WORDS.values(), ids=WITH_WORDS.keys())
def test_slots_are_those_that_can_be_filled(templates):
    slots = {slot for template in templates for slot in SLOT.findall(template)}
    assert slots <= {*SLOTS, "noun", "noun2", "number"}


def test_slots_of_unsupported_questions_are_numbers():
    assert {slot for template in UNSUPPORTED for slot in SLOT.findall(template)} == NUMBERS


@pytest.mark.parametrize(
    "texts",
    [*DECLINED.values(), LEADS, LONG_MESSAGES, PASTED, NAME_QUESTIONS, NAME_SENTENCES, *WORDS],
)
def test_nothing_is_written_twice_by_mistake(texts):
    # The commonest wording of a name stands there twice, to be drawn more often.
    twice = {text for text in texts if texts.count(text) > 1}
    assert twice <= {"what is my name", "my name is {name}"}


@pytest.mark.parametrize("templates", [*DECLINED.values(), *WITH_WORDS.values()])
def test_brackets_of_templates_are_closed(templates):
    for template in templates:
        if "[" in template or "]" in template:
            assert not re.search(r"[\[\]|]", "".join(forms(template)))


@pytest.mark.parametrize("split", ["train", "held_out"])
def test_messages_of_all_shapes_are_drawn_and_fit_a_conversation(split):
    rng = random.Random(17)
    drawn = [draw_offtopic(rng, split) for _ in range(3000)]
    assert not any(re.search(r"\{(noun2?|verb|place|person|language|number)\}", t) for t in drawn)
    assert all(text.strip() and len(encode(text)) < LONGEST for text in drawn)
    assert sum(len(text.split()) > 30 for text in drawn) > 40
    assert set(drawn) & set(PASTED)
    assert {plain(text) for text in drawn} & {plain(form) for t in FOREIGN for form in forms(t)}
    assert len(set(drawn)) > 2000
