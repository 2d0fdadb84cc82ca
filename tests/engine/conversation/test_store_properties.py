"""What is done to a session reads back as it was; whatever befalls a file, it is read."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.conversation.errors import StoreError
from engine.conversation.lines import DamagedLineError, TokenIds, dump, parse
from engine.conversation.messages import Preamble
from engine.conversation.reading import read_session
from engine.conversation.store import Store, TurnSetting
from engine.conversation.whole_sessions import fork, write_session
from engine.events import (
    HyperparametersChanged,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnContinued,
    TurnEnded,
)
from tests.engine.conversation.played import a_turn, say

TEXT = st.text(st.characters(codec=None), max_size=20)
TOKENS = st.lists(st.integers(0, 201_087), max_size=6).map(tuple)
CHANNELS = st.sampled_from(["analysis", "commentary", "final"])
SETTINGS = st.builds(
    TurnSetting,
    model=TEXT,
    fingerprint=TEXT,
    seed=st.none() | st.integers(0, 2**63 - 1),
    hyperparameters=st.dictionaries(TEXT, st.floats(0, 2) | st.integers() | TEXT, max_size=3),
    preamble=st.builds(Preamble, TEXT, TOKENS),
)
STEP = st.sampled_from(
    (
        *("words", "edit", "anew", "answer", "stream", "call", "change", "end", "title", "select"),
        *("continue", "branch", "reopen", "crash", "lose"),
    )
)


class Person:
    """Does what a person and a model do with a session, at random."""

    def __init__(self, folder: Path, data: st.DataObject) -> None:
        self.store = Store(folder)
        self.data = data
        self.number = 0
        self.calls = 0
        self.open: int | None = None
        """The number of the message that was left open or cut."""

    def draw(self, strategy: st.SearchStrategy[Any]) -> Any:
        return self.data.draw(strategy)

    def step(self, step: str) -> None:
        session = self.store.session
        words = [m.id for m in session.messages.values() if m.role == "user" and m.is_genuine]
        if step == "words" or not words:
            self.store.begin_turn(self.draw(TEXT), self.draw(SETTINGS), tokens=self.draw(TOKENS))
            self.calls = 0
        elif self.store._turn is None and step not in {"edit", "anew", "title", "select"}:
            return
        else:
            getattr(self, step)(session, words)

    def edit(self, _session: Any, words: list[int]) -> None:
        self.store.begin_turn(
            self.draw(TEXT), self.draw(SETTINGS), in_place_of=self.draw(st.sampled_from(words))
        )
        self.calls = 0

    def anew(self, _session: Any, words: list[int]) -> None:
        self.store.begin_answer(self.draw(st.sampled_from(words)), self.draw(SETTINGS))
        self.calls = 0

    def stream(self, *_: Any) -> None:
        channel = self.draw(CHANNELS)
        self.store.hear(MessageOpened(self.number, "assistant", channel, None, None))
        for token in self.draw(TOKENS):
            self.store.add_token(token)
        self.store.hear(TextDelta(self.number, channel, self.draw(TEXT)))
        self.open, self.number = self.number, self.number + 1

    def answer(self, *_: Any) -> None:
        self.close(self.number, self.draw(st.sampled_from(["end", "return", "cut"])))
        self.number += 1

    def close(self, number: int, ending: Any) -> None:
        channel = self.draw(st.none() | CHANNELS)
        role = "assistant" if channel else self.draw(st.sampled_from(["user", "tool"]))
        text, tokens = self.draw(TEXT), self.draw(TOKENS)
        irregular = self.draw(st.booleans())
        self.store.hear(
            MessageClosed(number, role, channel, None, None, text, tokens, ending, irregular)
        )
        self.open = number if ending == "cut" else None

    def call(self, *_: Any) -> None:
        name, arguments = self.draw(TEXT.filter(bool)), self.draw(TEXT)
        self.store.hear(
            MessageClosed(
                *(self.number, "assistant", "commentary", name, "json", arguments, (1,), "call")
            )
        )
        self.number += 1
        asked = self.draw(st.booleans())
        self.store.hear(ToolCallRequested(self.calls, name, arguments, "", asked))
        outcome = self.draw(st.sampled_from(["done", "failed", "declined"]))
        if outcome != "declined":
            self.store.hear(ToolCallStarted(self.calls))
        if self.draw(st.booleans()):
            output = self.draw(TEXT)
            self.store.hear(ToolCallFinished(self.calls, outcome, output, 0.5), self.draw(TOKENS))
        self.calls += 1

    def change(self, *_: Any) -> None:
        values = self.draw(st.dictionaries(TEXT, st.floats(0, 2), max_size=2))
        self.store.hear(HyperparametersChanged(self.draw(st.integers(0, 99)), values))

    def end(self, *_: Any) -> None:
        finish = self.draw(st.sampled_from(["stop", "length", "cancelled", "error"]))
        self.store.hear(TurnEnded(finish, Statistics(prompt_tokens=3), self.draw(TEXT)))

    def title(self, *_: Any) -> None:
        self.store.rename(self.draw(TEXT))

    def select(self, session: Any, _words: list[int]) -> None:
        self.store.select(self.draw(st.sampled_from(list(session.messages))))

    def going_on(self) -> TurnContinued:
        if self.open is None:
            return TurnContinued(None, "", self.number)
        return TurnContinued(self.open, self.draw(TEXT), self.open + 1)

    def take_up(self, event: TurnContinued) -> None:
        if event.message is not None:
            self.number = event.message + 1
            if self.draw(st.booleans()):
                self.store.hear(TextDelta(event.message, "final", self.draw(TEXT)))
            if self.draw(st.booleans()):
                self.close(event.message, "return")

    def branch(self, *_: Any) -> None:
        event = self.going_on()
        self.store.branch_turn(event, self.draw(SETTINGS), self.draw(TOKENS))
        self.take_up(event)

    def reopen(self, *_: Any) -> None:
        self.store.close()
        self.store = Store.open(self.store.path)
        self.open = None

    def lose(self, *_: Any) -> None:
        """Somebody else empties the file, before the next thing is said."""
        self.store.path.write_bytes(b"")
        self.store.rename("found")

    def crash(self, *_: Any) -> None:
        self.store._file.let_go()
        self.store = Store.open(self.store.path)
        self.open = None


# "continue" is no name that a method can have.
setattr(
    Person,
    "continue",
    lambda self, *_: (
        self.store.continue_turn(event := self.going_on()),
        self.take_up(event),
    ),
)


@given(data=st.data(), steps=st.lists(STEP, min_size=1, max_size=15))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_reads_back_as_it_was(data: st.DataObject, steps: list[str]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        person = Person(folder, data)
        for step in steps:
            person.step(step)
        person.store.close()
        written = person.store.session
        read = read_session(person.store.path)
        assert read == written
        assert read.damaged == 0
        assert all(m.parent is None or m.parent < m.id for m in read.messages.values())
        assert sum(len(turn.messages) + bool(turn.user) for turn in read.path_turns()) == len(
            read.path()
        )
        copy = read_session(write_session(folder / "copy", read))
        assert copy == read
        message = data.draw(st.sampled_from(list(read.messages)))
        forked = read_session(fork(folder, read, message))
        assert forked.path() == read.path(message)
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    with Store(tmp_path_factory.mktemp("written")) as store:
        a_turn(store, 0)
        store.hear(HyperparametersChanged(3, {"top_p": 0.5}))
        store.rename("Title")
        store.begin_answer(1, TurnSetting())
        say(store, 2, "Another.", 1, 2)
    return store.path.read_bytes()


@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_befalls_a_file_it_is_read_or_refused(
    written: bytes, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(written)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 60)))
        content[start:end] = data.draw(st.binary(max_size=20))
    path = tmp_path_factory.getbasetemp() / "befallen.jsonl"
    for leftover in path.parent.glob("befallen.*"):
        leftover.unlink()
    path.write_bytes(content)
    try:
        session = read_session(path)
        with Store.open(path) as store:
            assert store.session == session
            store.begin_turn("Go on", TurnSetting())
            expected = store.session
    except StoreError:
        return
    for message in session.messages.values():
        list(message.tokens)
    read = read_session(path)
    assert read.path()[-1].text == "Go on"
    assert read.messages == expected.messages


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 300_000) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


KINDS = "session title preamble turn message open tokens change call end continue leaf"
FIELDS = (
    "version id parent role text tokens ending turn message user time values token approval "
    "outcome finish statistics hyperparameters title branch preamble"
)


@given(
    kind=st.sampled_from(KINDS.split()),
    fields=st.dictionaries(st.sampled_from(FIELDS.split()), JSON),
)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_lines_of_any_content_are_taken_or_reported(
    written: bytes,
    kind: str,
    fields: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.getbasetemp() / "odd.jsonl"
    path.write_bytes(written + dump({"kind": kind, **fields}) + written.splitlines(True)[-1])
    session = read_session(path)
    assert session.damaged in {0, 1}
    session.path_turns()
    list(map(session.siblings, session.messages))
    assert session.title
    assert session.updated


@given(line=st.dictionaries(TEXT, JSON, max_size=4), tokens=TOKENS)
def test_a_line_comes_back_and_its_tokens_are_read_late(
    line: dict[str, Any], tokens: tuple[int, ...]
) -> None:
    line.pop("tokens", None)
    read = parse(dump({**line, "tokens": tokens}))
    found = read.pop("tokens")
    assert isinstance(found, TokenIds if tokens and line else TokenIds | list)
    assert tuple(found) == tokens
    assert len(found) == len(tokens)
    assert dump(read) == dump(line)


def test_tokens_are_a_sequence_like_any_other() -> None:
    ids = TokenIds(b"1,2,3")
    assert len(ids) == 3
    assert ids == (1, 2, 3) == ids
    assert ids != (1, 2)
    assert (ids[0], ids[-1], ids[1:]) == (1, 3, (2, 3))
    assert list(reversed(ids)) == [3, 2, 1]
    assert 2 in ids
    assert hash(ids) == hash((1, 2, 3))
    assert len(ids) == 3
    assert TokenIds(b"007,8") == (7, 8)


@pytest.mark.parametrize(
    "line",
    [
        b'\xef\xbb\xbf{"a":1}\n',
        b' \t{"a":1} \r\n',
        '{"a":"b"}'.encode("utf-16"),
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":Infinity}',
    ],
)
def test_a_line_in_another_form_says_the_same(line: bytes) -> None:
    assert parse(line) == json.loads(line)


@pytest.mark.parametrize("line", [b"", b"{}{}", b'{"a":1}\x0c', b"[]", b"{", b'{"a":"\xff"}'])
def test_what_is_no_object_is_damage(line: bytes) -> None:
    with pytest.raises(DamagedLineError):
        parse(line)


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"tokens":[]}',
        b'{"a":1,"tokens":[1,2] }',
        b'{"tokens":[1]}',
        b'{"a":{"b":1,"tokens":[1]}}',
    ],
)
def test_tokens_anywhere_else_are_read_at_once(line: bytes) -> None:
    assert not isinstance(parse(line).get("tokens"), TokenIds)


@pytest.mark.parametrize("ids", [b"1,,2", b",1", b"1,", b"1" * 5000])
def test_ids_that_are_none_are_damage(ids: bytes, written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(
        written
        + b'{"kind":"message","id":99,"parent":1,"role":"user","text":"x","tokens":['
        + ids
        + b"]}\n"
    )
    assert read_session(path).damaged == 1
