"""What a model without channels samples becomes events, and each token is in one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.events import Event, MessageClosed, MessageOpened, TextDelta
from engine.harmony.formats import HarmonyFormat, TemplateFormat, TextReader, load_format
from engine.harmony.prompt import Transcript
from engine.harmony.tokenizer import ChatTemplateError, OwnTokenizer
from tests.engine.foreign import SIZE, STOP, write_tokenizer


@pytest.fixture
def tokenizer(tmp_path: Path) -> OwnTokenizer:
    tokenizer = OwnTokenizer(write_tokenizer(tmp_path) / "tokenizer.json")
    tokenizer.stop_tokens = frozenset({STOP})
    return tokenizer


@pytest.fixture
def reader(tokenizer: OwnTokenizer) -> TextReader:
    return TextReader(tokenizer, frozenset({0, STOP}), 7)


def feed(reader: TextReader, *tokens: int) -> list[Event]:
    return [event for token in tokens for event in reader.feed(token)]


def test_half_a_character_is_held_back(tokenizer: OwnTokenizer, reader: TextReader) -> None:
    tokens = tokenizer.encode("🏃!")
    assert len(tokens) == 5
    opened = MessageOpened(7, "assistant", "final", None, None)
    assert feed(reader, *tokens[:3]) == [opened]
    assert feed(reader, *tokens[3:]) == [
        TextDelta(7, "final", "🏃"),
        TextDelta(7, "final", "!"),
    ]
    text = "🏃!"
    assert feed(reader, STOP) == [
        MessageClosed(7, "assistant", "final", None, None, text, (*tokens, STOP), "return")
    ]
    assert reader.close("stop") == []
    assert (reader.next_message, reader.channel) == (8, None)


def test_a_cut_in_half_a_character(tokenizer: OwnTokenizer, reader: TextReader) -> None:
    half = tokenizer.encode("🏃")[:2]
    feed(reader, *half)
    assert reader.channel == "final"
    delta, closed = reader.close("cancelled")
    assert delta == TextDelta(7, "final", "\ufffd")
    assert isinstance(closed, MessageClosed)
    assert (closed.tokens, closed.ending, closed.irregular) == (half, "cut", False)


def test_another_control_token_is_shown(tokenizer: OwnTokenizer, reader: TextReader) -> None:
    *_, closed = feed(reader, *tokenizer.encode("a"), 0, STOP)
    assert isinstance(closed, MessageClosed)
    assert (closed.text, closed.irregular) == ("a<|im_start|>", True)


def test_a_stop_token_alone_is_an_empty_message(reader: TextReader) -> None:
    opened, closed = feed(reader, STOP)
    assert isinstance(opened, MessageOpened)
    assert isinstance(closed, MessageClosed)
    assert (closed.text, closed.tokens) == ("", (STOP,))


def test_a_template_that_writes_nothing(tmp_path: Path) -> None:
    format_ = load_format(write_tokenizer(tmp_path, "{# nothing #}"), SIZE)
    assert isinstance(format_, TemplateFormat)
    with pytest.raises(ChatTemplateError, match="writes an empty prompt"):
        format_.prompt(Transcript())


def test_sentences_are_broken_in_the_model_s_own_tokens(tmp_path: Path) -> None:
    own = load_format(write_tokenizer(tmp_path), SIZE)
    tokenizer = OwnTokenizer(tmp_path / "tokenizer.json")
    assert {tokenizer.token_bytes(t) for t in own.breakers} == {b"\n", b":", b'"', b"*"}
    assert {*HarmonyFormat().breakers}.isdisjoint(own.breakers)


def test_masks_are_made_for_harmony_s_size_alone() -> None:
    assert HarmonyFormat().has_rules
    assert not HarmonyFormat(vocabulary_size=201216).has_rules
