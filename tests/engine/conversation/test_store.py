"""Sessions are on the disk as they happen, whatever happens next."""

from __future__ import annotations

import errno
import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.conversation import disk, lock, reading
from engine.conversation import store as store_module
from engine.conversation.errors import StoreError
from engine.conversation.messages import Branch, Change, Head, Preamble, ThinkingEnd
from engine.conversation.reading import read_session
from engine.conversation.store import Store, TurnSetting
from engine.conversation.whole_sessions import fork, write_session
from engine.events import (
    HyperparametersChanged,
    MessageClosed,
    MessageOpened,
    Statistics,
    TextDelta,
    ThinkingFinished,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    TurnContinued,
    TurnEnded,
)
from tests.engine.conversation.played import (
    SETTING,
    a_turn,
    answer_tool,
    ask_tool,
    close_message,
    end,
    open_message,
    say,
    stream,
)


def kinds(path: Path) -> list[str]:
    return [json.loads(line)["kind"] for line in path.read_bytes().splitlines()]


# --- a turn ------------------------------------------------------------------------------------


def test_a_whole_turn_comes_back(tmp_path: Path) -> None:
    with Store(tmp_path / "sessions") as store:
        words = a_turn(store)
        written = store.session
    read = read_session(store.path)
    assert read == written
    assert read.damaged == 0
    user, call, result, answer = read.path()
    assert (user.id, user.role, user.text, user.tokens) == (
        words,
        "user",
        "What time is it?",
        (200006, 1428, 200007),
    )
    assert (call.recipient, call.ending, call.content_type) == (
        "functions.get_time",
        "call",
        "json",
    )
    assert (result.role, result.name, result.text) == ("tool", "functions.get_time", "12:00")
    assert (result.recipient, result.channel, result.tokens) == ("assistant", "commentary", (4, 5))
    assert (answer.text, answer.tokens, answer.ending) == ("It is noon.", (10, 11, 12), "return")
    (turn,) = read.path_turns()
    assert turn.record is not None
    assert (turn.record.model, turn.record.fingerprint, turn.record.seed) == (
        "gpt-oss-20b",
        "f00d",
        7,
    )
    assert turn.record.preamble == Preamble("Be brief.", (200006, 17360))
    assert (turn.record.finish, turn.record.statistics["prompt_tokens"]) == ("stop", 9)
    (made,) = read.calls_of(call.id)
    assert (made.outcome, made.output, made.seconds, made.result) == (
        "done",
        "12:00",
        0.25,
        result.id,
    )
    assert (made.approval, made.is_started) == ("unasked", True)


def test_a_preamble_is_written_once(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store, 0)
        a_turn(store, 2)
        store.begin_turn("x", TurnSetting(preamble=Preamble("Be long.")))
    assert kinds(store.path).count("preamble") == 2
    assert read_session(store.path).turns[3].preamble.instructions == "Be long."


def test_hyperparameters_are_kept_with_the_token_they_act_from(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_turn("Hello", SETTING)
        store.hear(HyperparametersChanged(17, {"temperature": 0.0}, {"effort": "high"}))
    turn = read_session(store.path).turns[1]
    assert turn.changes == (Change(17, {"temperature": 0.0, "effort": "high"}),)
    assert turn.finish is None


def test_an_analysis_that_was_ended_is_kept_with_its_place(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_turn("Hello", SETTING)
        store.hear(ThinkingFinished(3, "budget"))
        say(store, 0, "Hi", 1)
        end(store)
    session = read_session(store.path)
    assert session.turns[1].thinking == (ThinkingEnd(3, "budget"),)
    assert read_session(fork(tmp_path, session, 2)).turns == session.turns


def test_the_last_turn_is_taken_up_by_another_program(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
    with Store.open(store.path) as again:
        path = again.session.path()
        again.take_up({7: path[1].id, 8: path[3].id}, 1)
        assert again.numbers == {7: path[1].id, 8: path[3].id}
        again.branch_turn(TurnContinued(8, "It", 9, 1, 4), SETTING, (10,))
        stream(again, 8, " was one.", 13)
        close_message(again, 8, "It was one.", 10, 13)
        end(again)
    left, new = read_session(store.path).children(path[2].id)
    assert (left.text, new.text, new.branch) == ("It is noon.", "It was one.", Branch(left.id, 1))


def test_a_declined_call_is_kept_as_one_that_never_ran(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_turn("Delete it", SETTING)
        close_message(
            store, 0, "{}", 1, channel="commentary", recipient="functions.rm", ending="call"
        )
        asking = ToolCallRequested(0, "functions.rm", "{}", "deletes", needs_approval=True)
        store.hear(asking)
        asked = store.session.calls[1]
        store.hear(ToolCallFinished(0, "declined", "The user declined this call.", 1.0))
    assert (asked.approval, asked.outcome) == ("asked", None)
    call = read_session(store.path).calls[1]
    assert (call.approval, call.is_started, call.outcome) == ("declined", False, "declined")


def test_a_tool_that_runs_is_on_the_disk_before_it_does(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.begin_turn("What time is it?", SETTING)
    ask_tool(store, 0, 0, asked=True)
    call = read_session(store.path).calls[1]
    assert (call.approval, call.is_started, call.outcome) == ("allowed", True, None)
    answer_tool(store, 0)
    store.close()


def test_two_calls_of_one_round_keep_their_messages(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_turn("Both", SETTING)
        for number, name in enumerate(("functions.a", "functions.b")):
            close_message(
                store, number, "{}", 1, channel="commentary", recipient=name, ending="call"
            )
        for number, name in enumerate(("functions.a", "functions.b")):
            store.hear(ToolCallRequested(number, name, "{}", "", needs_approval=False))
            store.hear(ToolCallStarted(number))
            store.hear(ToolCallFinished(number, "done", name, 0.0))
    session = read_session(store.path)
    assert [session.messages[c.message].recipient for c in session.calls.values()] == [
        "functions.a",
        "functions.b",
    ]
    assert [m.text for m in session.path()][-2:] == ["functions.a", "functions.b"]


def test_what_the_model_forged_is_kept_as_forged(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_turn("Hello", SETTING)
        store.hear(MessageClosed(0, "user", None, None, None, "I am you", (1, 2), "end", True))
    forged = read_session(store.path).messages[2]
    assert (forged.role, forged.is_genuine, forged.irregular) == ("user", False, True)


@pytest.mark.parametrize(
    "text", ["a\x00b", "\ud800", "שָׁלוֹם\u202e", "<|end|><|start|>system", "", "\r\n"]
)
def test_any_text_comes_back(tmp_path: Path, text: str) -> None:
    with Store(tmp_path) as store:
        store.begin_turn(text, SETTING)
        say(store, 0, text, 1)
    assert [message.text for message in read_session(store.path).path()] == [text, text]


# --- streaming ---------------------------------------------------------------------------------


def test_what_streams_is_in_the_file_before_the_message_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BATCH_SECONDS", 0.0)
    store = Store(tmp_path)
    store.begin_turn("Hello", SETTING)
    open_message(store, 0)
    stream(store, 0, "Hi", 1, 2)
    stream(store, 0, " there", 3)
    message = read_session(store.path).path()[-1]
    assert (message.text, message.tokens, message.ending) == ("Hi there", (1, 2, 3), "cut")
    assert store.session.path()[-1] == message
    store.close()


def test_tokens_are_written_by_number_where_no_text_comes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.begin_turn("Hello", SETTING)
    open_message(store, 0)
    store.hear(TextDelta(0, "final", ""))
    for token in range(store_module.BATCH_TOKENS * 3):
        store.add_token(token)
    kept = len(read_session(store.path).path()[-1].tokens)
    assert kept > store_module.BATCH_TOKENS
    store.close()


def test_fast_text_is_written_in_few_batches(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_turn("Hello", SETTING)
        open_message(store, 0)
        for number in range(50):
            stream(store, 0, f"{number} ", number)
        close_message(store, 0, "all", *range(50))
    assert kinds(store.path).count("tokens") <= 3


def test_a_closing_token_belongs_to_the_message_that_it_begins(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.begin_turn("Hello", SETTING)
    open_message(store, 0, "analysis")
    for token in (1, 2, 200006):
        store.add_token(token)
    close_message(store, 0, "Hm", 1, 2, channel="analysis", ending="cut")
    open_message(store, 1)
    stream(store, 1, "Hi", 5)
    partial = store.session.path()[-1]
    assert partial.tokens == (200006, 5)
    store.close()


# --- branches ----------------------------------------------------------------------------------


def test_edited_words_are_siblings(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first = a_turn(store, 0)
        second = a_turn(store, 2)
        edited = store.begin_turn("Where is it?", SETTING, in_place_of=second)
        say(store, 4, "There.", 1)
        root = store.begin_turn("Anew", SETTING, in_place_of=first)
    session = read_session(store.path)
    assert [m.id for m in session.siblings(second)] == [second, edited]
    assert [m.id for m in session.siblings(first)] == [first, root]
    assert session.messages[root].parent is None
    assert session.leaf == root


def test_an_answer_given_anew_is_a_sibling(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        words = store.begin_turn("Hello", SETTING)
        say(store, 0, "Hi.", 1)
        end(store)
        store.begin_answer(words, SETTING)
        assert store.session.leaf == words
        say(store, 1, "Ho.", 2)
    session = read_session(store.path)
    assert [m.text for m in session.children(words)] == ["Hi.", "Ho."]
    assert [m.turn for m in session.children(words)] == [1, 2]
    assert session.turns[2].user == words
    assert [m.text for m in session.path()] == ["Hello", "Ho."]


def cut_answer(store: Store) -> None:
    store.begin_turn("Hello", SETTING)
    open_message(store, 0, "analysis")
    close_message(store, 0, "Hm.", 1, 2, channel="analysis", ending="end")
    open_message(store, 1)
    stream(store, 1, "One two", 3, 4)
    close_message(store, 1, "One two", 3, 4, ending="cut")
    store.hear(TurnEnded("cancelled", Statistics()))


def test_a_continued_answer_is_the_same_message(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        cut_answer(store)
        store.continue_turn(TurnContinued(1, "One two", 2, 0, 4))
        assert read_session(store.path).path()[-1].text == "One two"
        stream(store, 1, " three", 5)
        assert (partial := store.session.path()[-1]).text == "One two three"
        assert partial.tokens == (3, 4, 5)
        close_message(store, 1, "One two three.", 3, 4, 5, 6)
        end(store)
    session = read_session(store.path)
    assert [m.text for m in session.path()] == ["Hello", "Hm.", "One two three."]
    assert len(session.messages) == 3
    assert session.turns[1].finish == "stop"


def test_an_answer_is_continued_by_another_program(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        cut_answer(store)
    with Store.open(store.path) as again:
        cut = again.session.path()[-1]
        again.continue_turn(TurnContinued(0, "One two", 1, 0, 4), cut.id)
        close_message(again, 0, "One two three.", 3, 4, 5, 6)
    session = read_session(store.path)
    assert [m.text for m in session.path()] == ["Hello", "Hm.", "One two three."]
    assert session.messages[cut.id].turn == 1


def test_a_header_that_was_cut_is_continued(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_turn("Hello", SETTING)
        close_message(store, 0, "", 1, 2, channel=None, ending="cut")
        store.continue_turn(TurnContinued(None, "", 0, 0, 2))
        open_message(store, 0)
        stream(store, 0, "Hi", 3)
        assert store.session.path()[-1].tokens == (1, 2, 3)
        close_message(store, 0, "Hi", 1, 2, 3)
    session = read_session(store.path)
    assert [m.text for m in session.path()] == ["Hello", "Hi"]
    assert session.path()[-1].is_genuine


def test_a_branch_shares_what_came_before_its_token(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        cut_answer(store)
        store.branch_turn(TurnContinued(1, "One", 2, 0, 3, (9,)), SETTING, (3,))
        stream(store, 1, " nine", 9)
        partial = store.session.path()[-1]
        close_message(store, 1, "One nine.", 3, 9, 6)
        say(store, 2, "More.", 7)
    assert (partial.text, partial.tokens) == ("One nine", (3, 9))
    session = read_session(store.path)
    assert [m.text for m in session.path()] == ["Hello", "Hm.", "One nine.", "More."]
    old, new = session.siblings(session.path()[2].id)
    assert (old.text, new.branch) == ("One two", Branch(old.id, 1))
    assert (session.turns[2].user, new.turn) == (session.path()[0].id, 2)


def test_the_active_leaf_can_be_moved(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first = a_turn(store, 0)
        leaf = store.session.leaf
        store.select(first)
        assert store.session.leaf == first
        second = store.begin_turn("Other", SETTING)
        with pytest.raises(KeyError):
            store.select(99)
    session = read_session(store.path)
    assert session.messages[second].parent == first
    assert session.path(leaf)[0].id == first


def test_looking_at_another_branch_does_not_move_the_running_turn(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        words = store.begin_turn("Hello", SETTING)
        open_message(store, 0)
        store.select(words)
        close_message(store, 0, "Hi", 1)
        store.select(words)
        say(store, 1, "there", 2)
    assert [m.text for m in read_session(store.path).path()] == ["Hello", "Hi", "there"]


def test_a_title_can_be_given_and_taken_back(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
        assert store.session.title == "What time is it?"
        store.rename(" My\n title ")
        assert read_session(store.path).title == "My title"
        store.rename("")
    assert read_session(store.path).title == "What time is it?"


def test_a_fork_is_a_session_of_its_own(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store, 0)
        answer = store.session.leaf
        a_turn(store, 2)
    assert answer is not None
    path = fork(tmp_path, read_session(store.path), answer)
    forked = read_session(path)
    assert forked.id == path.stem != store.id
    assert forked.head.forked_from is not None
    assert (forked.head.forked_from.session, forked.head.forked_from.message) == (store.id, answer)
    assert forked.path() == read_session(store.path).path(answer)
    with Store.open(path) as again:
        a_turn(again, 0)
    assert len(read_session(path).path()) == 8


def test_a_session_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
    session = read_session(store.path)
    with pytest.raises(StoreError, match="is there already"):
        write_session(tmp_path, session)
    assert read_session(write_session(tmp_path / "other", session)) == session
    bad = Head("../outside", session.head.started)
    with pytest.raises(StoreError, match="cannot be the id"):
        write_session(tmp_path, type(session)(bad))
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["other", store.path.name])


# --- opening -----------------------------------------------------------------------------------


def test_a_session_goes_on_where_it_ended(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
    with Store.open(store.path) as again:
        assert again.id == store.id
        a_turn(again, 0, "And now?")
    session = read_session(store.path)
    assert [m.text for m in session.path() if m.role == "user"] == ["What time is it?", "And now?"]
    assert len(session.messages) == 8
    assert set(session.turns) == set(session.calls) == {1, 2}


def test_a_torn_last_line_is_moved_aside(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
    whole = store.path.read_bytes()
    store.path.write_bytes(whole + b'{"kind":"message","te')
    assert read_session(store.path).damaged == 0
    assert store.path.read_bytes() != whole
    with Store.open(store.path) as again:
        assert store.path.read_bytes() == whole
        again.begin_turn("And now?", SETTING)
    assert store.path.with_suffix(".torn").read_bytes() == b'{"kind":"message","te\n'
    assert read_session(store.path).path()[-1].text == "And now?"


def test_a_last_line_that_lacks_only_its_break_is_kept(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[:-1])
    with Store.open(store.path) as again:
        again.rename("x")
    assert store.path.read_bytes().startswith(whole)
    assert not store.path.with_suffix(".torn").exists()
    assert read_session(store.path).title == "x"


def test_a_message_that_a_crash_cut_goes_on_in_the_next_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BATCH_SECONDS", 0.0)
    store = Store(tmp_path)
    store.begin_turn("Hello", SETTING)
    open_message(store, 0)
    stream(store, 0, "One two", 1, 2)
    store._file.let_go()
    with Store.open(store.path) as again:
        cut = again.session.path()[-1]
        again.begin_turn("Go on", SETTING)
    assert (cut.text, cut.is_cut) == ("One two", True)
    assert [m.text for m in read_session(store.path).path()] == ["Hello", "One two", "Go on"]


@pytest.mark.parametrize(
    "damage", [b"nonsense", b"\x00\x00\x00", b'{"kind":"magic"}', b"[]", b'"x"']
)
def test_a_damaged_line_is_reported_and_the_rest_read(
    tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
        written = store.session
    lines = store.path.read_bytes().splitlines(keepends=True)
    store.path.write_bytes(b"".join([*lines[:2], damage + b"\n", *lines[2:]]))
    with caplog.at_level(logging.WARNING):
        session = read_session(store.path)
    assert session.damaged == 1
    assert session.messages == written.messages
    assert "line 3" in caplog.text
    with Store.open(store.path) as again:
        assert again.damaged == 1
        again.rename("x")
    assert damage in store.path.read_bytes()


def test_a_closing_line_that_is_damaged_leaves_what_was_streamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BATCH_SECONDS", 0.0)
    with Store(tmp_path) as store:
        store.begin_turn("Hello", SETTING)
        say(store, 0, "Hi.", 1)
        end(store)
    whole = store.path.read_bytes()
    store.path.write_bytes(whole.replace(b'"ending":"return"', b'"ending":"never!"'))
    session = read_session(store.path)
    assert session.damaged == 1
    assert [(m.text, m.tokens, m.ending) for m in session.path()[1:]] == [("Hi.", (1,), "cut")]


def test_a_damaged_opening_line_is_missed_only_where_no_line_closes_its_message(
    tmp_path: Path,
) -> None:
    with Store(tmp_path) as store:
        store.begin_turn("Hello", SETTING)
        say(store, 0, "Hi.", 1)
    whole = store.path.read_bytes()
    opening = next(line for line in whole.splitlines(keepends=True) if b'"open"' in line)
    damaged = whole.replace(opening, opening.replace(b'"role":"assistant"', b'"role":17'))
    store.path.write_bytes(damaged)
    session = read_session(store.path)
    assert (session.damaged, session.path()[-1].text) == (0, "Hi.")
    closing = damaged.splitlines(keepends=True)[-1]
    store.path.write_bytes(damaged.replace(closing, b"#\n"))
    session = read_session(store.path)
    assert session.path()[-1].text == "Hello"
    assert session.damaged == damaged.count(b'"tokens",') + 2


@pytest.mark.parametrize("size", [*range(1, 40), 97, 311, 1000])
def test_a_file_says_the_same_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(store_module, "BATCH_SECONDS", 0.0)
    with Store(tmp_path) as store:
        a_turn(store, 0)
        store.begin_turn("Hello", SETTING)
        open_message(store, 9)
        for token, text in enumerate(("one", "two", "three")):
            stream(store, 9, text, token)
    damaged = store.path.read_bytes().replace(b'"kind":"end"', b'"kind":"and"', 1) + b"\n{}\n{"
    store.path.write_bytes(damaged)
    whole = read_session(store.path)
    monkeypatch.setattr(reading, "PIECE", size)

    assert read_session(store.path) == whole
    assert whole.damaged == 2


def test_a_session_is_made_once_for_all_who_ask_until_more_is_said(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store, 0)
        session = store.session
        assert store.session is session
        store.rename("Title")
        assert store.session is not session
        assert (session.name, store.session.name) == ("", "Title")
        store.begin_turn("Hello", SETTING)
        open_message(store, 9)
        begun = store.session
        stream(store, 9, "one")
        assert len(store.session.path()[-1].text) > len(begun.path()[-1].text)


def test_a_lost_message_does_not_take_its_answers_with_it(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
    lines = store.path.read_bytes().splitlines(keepends=True)
    lost = next(n for n, line in enumerate(lines) if b'"role":"tool"' in line)
    store.path.write_bytes(b"".join([*lines[:lost], b"#\n", *lines[lost + 1 :]]))
    assert [m.role for m in read_session(store.path).path()] == ["user", "assistant", "assistant"]


def test_a_damaged_head_does_not_lose_the_session(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
    store.path.write_bytes(b"#" + store.path.read_bytes())
    session = read_session(store.path)
    assert (session.id, session.damaged, len(session.path())) == (store.id, 1, 4)
    with Store.open(store.path) as again:
        again.rename("x")
    assert read_session(store.path).title == "x"


def test_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.jsonl"
    path.write_text('{"kind":"session","version":3,"id":"new","started":"2030-01-01"}\n')
    for opening in (read_session, Store.open):
        with pytest.raises(StoreError, match=r"newer harmony-tui.*Update"):
            opening(path)
    assert [p.name for p in tmp_path.iterdir()] == ["new.jsonl"]


@pytest.mark.parametrize("content", [b"hello\nworld\n", b"\x89PNG\r\n\x1a\n\x00\n", b"[1]\n"])
def test_what_is_no_session_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is not a session"):
        read_session(path)


def test_what_is_not_there_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        read_session(tmp_path / "none.jsonl")
    with pytest.raises(StoreError, match="There is no session"):
        Store.open(tmp_path / "none.jsonl")
    assert list(tmp_path.iterdir()) == []


# --- one program at a time ---------------------------------------------------------------------

HOLD = """
import pathlib, sys
from engine.conversation.store import Store
store = Store.open(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_refused_and_told_which_is_the_first(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
    command = [sys.executable, "-c", HOLD, str(store.path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match=rf"another program \(process {other.pid}\)"):
            Store.open(store.path)
        assert len(read_session(store.path).path()) == 4
        other.kill()
    with Store.open(store.path) as again:
        again.rename("mine")
    assert not store.path.with_suffix(".lock").exists()


def test_the_same_program_cannot_open_a_session_twice(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
        with pytest.raises(StoreError, match="this program already"):
            Store.open(store.path)
    Store.open(store.path).close()


def test_without_locks_it_goes_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def flock(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock.fcntl, "flock", flock)
    with caplog.at_level(logging.WARNING), Store(tmp_path) as store:
        a_turn(store)
    assert "no locks" in caplog.text
    assert len(read_session(store.path).path()) == 4


def test_threads_may_write_at_once(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
        threads = [
            threading.Thread(target=lambda n=n: [store.rename(f"{n}") for _ in range(20)])
            for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert read_session(store.path).damaged == 0
    assert kinds(store.path).count("title") == 80


# --- a disk that is full -----------------------------------------------------------------------


class Disk:
    """A disk that has room for so many more bytes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.room: int | None = None
        self.sync_fails = False
        self._write, self._fsync = os.write, os.fsync
        monkeypatch.setattr(disk.os, "write", self.write)
        monkeypatch.setattr(disk.os, "fsync", self.fsync)

    def write(self, descriptor: int, data: bytes) -> int:
        if self.room is None:
            return self._write(descriptor, data)
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = self._write(descriptor, data[: self.room])
        self.room -= written
        return written

    def fsync(self, descriptor: int) -> None:
        if self.sync_fails:
            raise OSError(errno.EIO, "Input/output error")
        self._fsync(descriptor)


@pytest.mark.parametrize("room", [0, 1, 40, 150])
def test_a_full_disk_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    drive = Disk(monkeypatch)
    store = Store(tmp_path)
    store.begin_turn("Hello", SETTING)
    drive.room, complaints = room, []
    for event in (
        MessageOpened(0, "assistant", "final", None, None),
        TextDelta(0, "final", "Hi." * 60),
        MessageClosed(0, "assistant", "final", None, None, "Hi." * 60, (1,), "return"),
        MessageOpened(1, "assistant", "final", None, None),
        MessageClosed(1, "assistant", "final", None, None, "There.", (2,), "return"),
    ):
        try:
            store.hear(event)
        except StoreError as error:
            complaints.append(str(error))
    assert len(complaints) >= 3
    assert all("No space left" in text and "Free space" in text for text in complaints)
    assert store.is_behind
    # Somebody reads meanwhile.
    assert read_session(store.path).path()[0].text == "Hello"
    drive.room = None
    end(store)
    assert not store.is_behind
    session = read_session(store.path)
    assert session.damaged == 0
    assert session == store.session
    assert [m.text for m in session.path()] == ["Hello", "Hi." * 60, "There."]
    store.close()


def test_what_could_not_be_brought_to_the_disk_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = Disk(monkeypatch)
    monkeypatch.delattr(disk.fcntl, "F_FULLFSYNC", raising=False)
    store = Store(tmp_path)
    store.begin_turn("Hello", SETTING)
    before = store.path.read_bytes()
    drive.sync_fails = True
    with pytest.raises(StoreError, match="Input/output error"):
        close_message(store, 0, "Hi.", 1)
    assert store.path.read_bytes() == before
    drive.sync_fails = False
    store.rename("x")
    assert read_session(store.path) == store.session
    store.close()


def test_a_folder_that_is_there_again_gets_what_it_missed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "sessions")
    with pytest.raises(StoreError, match="is not being saved"):
        store.begin_turn("Hello", SETTING)
    with pytest.raises(StoreError, match="is not being saved"):
        close_message(store, 0, "Hi.", 1)
    (tmp_path / "file").unlink()
    end(store)
    assert [m.text for m in read_session(store.path).path()] == ["Hello", "Hi."]
    store.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_a_message(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="permissions"):
        Store(tmp_path / "sessions").begin_turn("a", SETTING)


def test_nothing_is_written_before_something_is_said(tmp_path: Path) -> None:
    store = Store(tmp_path / "sessions")
    assert store.session.messages == {}
    store.close()
    assert list(tmp_path.iterdir()) == []


def test_only_the_person_may_read_a_session(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
    copy = fork(tmp_path, read_session(store.path), 1)
    assert [path.stat().st_mode & 0o777 for path in (store.path, copy)] == [0o600, 0o600]


# --- large ones --------------------------------------------------------------------------------


def test_ten_thousand_messages_and_deep_branches(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(disk.os, "fsync", lambda _: None)
    with Store(tmp_path) as store:
        for number in range(5000):
            store.begin_turn("x", SETTING)
            close_message(store, number, "y", 1)
    session = read_session(store.path)
    assert len(session.path()) == 10_000
    assert len(session.path_turns()) == 5000


def test_a_line_of_many_megabytes(tmp_path: Path) -> None:
    text = "a\u0301\ud800" * 3_000_000
    with Store(tmp_path) as store:
        store.begin_turn(text, SETTING)
    assert read_session(store.path).path()[0].text == text
