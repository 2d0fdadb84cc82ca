"""Import, export, import gives the same conversation."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.conversation.exchange import EXPORTERS, Source, read, read_file
from engine.conversation.exchange.draft import recipient_of, tool_name
from engine.conversation.messages import Branch, Change, Message, Origin, Preamble
from tests.engine.conversation.exchange_files import (
    ANY_TEXT,
    MADE,
    SAMPLES,
    a_long_session,
    conversations,
    told,
)


def again(session, name):
    """Return what becomes of a session that is written and read."""
    source = Source("file", EXPORTERS[name].write(session), MADE)
    (found,) = read(source).sessions
    return found


def linked(session):
    """Return what each call on the path answers, in the order of the calls."""
    path = {m.id: m.text for m in session.path()}
    calls = [c for c in session.calls.values() if c.message in path]
    return [(c.recipient, c.arguments, path.get(c.result)) for c in calls]


@given(conversations())
@settings(max_examples=150, deadline=None)
def test_our_own_lines_are_exact(session):
    assert again(session, "jsonl") == session


@given(
    ANY_TEXT, st.lists(st.integers(0, 201087)), st.datetimes().map(lambda t: t.replace(tzinfo=UTC))
)
@settings(max_examples=50, deadline=None)
def test_our_own_lines_keep_what_no_import_has(text, tokens, time):
    (session,) = read_file(SAMPLES / "session_2.jsonl").sessions
    head = replace(session.head, forked_from=Origin("20260101-000000-abcd", 3))
    branch = Branch(2, 1)
    extra = Message(
        4, 3, "user", text, tokens=tuple(tokens), irregular=True, is_genuine=False, branch=branch
    )
    changes = (Change(2, {"temperature": 0.5}),)
    turn = replace(session.turns[1], changes=changes, preamble=Preamble(text, tuple(tokens)))
    session = replace(
        session,
        head=head,
        messages={**session.messages, 4: replace(extra, time=time)},
        turns={**session.turns, 1: replace(turn, seed=3, reason=text, statistics={"seconds": 1.5})},
        leaf=2,
    )
    assert again(session, "jsonl") == session


@given(conversations())
@settings(max_examples=150, deadline=None)
def test_openai_messages_keep_roles_texts_and_calls(session):
    found = again(session, "openai")
    assert told(found.path()) == told(session.path())
    assert linked(found) == linked(session)
    assert told(again(found, "openai").path()) == told(found.path())
    assert EXPORTERS["openai"].write(again(found, "openai")) == EXPORTERS["openai"].write(found)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_sample_comes_back_from_lines_of_our_own(path):
    for session in read_file(path).sessions:
        assert again(session, "jsonl") == session


@pytest.mark.parametrize(
    "path", [p for p in sorted(SAMPLES.iterdir()) if "codex" not in p.name], ids=lambda p: p.name
)
def test_every_sample_comes_back_from_openai_messages(path):
    for session in read_file(path).sessions:
        found = again(session, "openai")
        known = [m for m in told(found.path()) if m[0] != "developer"]
        assert known == [m for m in told(session.path()) if m[0] != "developer"]


@given(st.text(min_size=1))
def test_a_tool_has_one_name_in_each_world(name):
    recipient = recipient_of(name)
    assert recipient_of(tool_name(recipient)) == recipient


def test_ten_thousand_messages_in_a_row():
    session = a_long_session(10_000)
    assert again(session, "jsonl") == session
    assert told(again(session, "openai").path()) == told(session.path())
    for name in ("markdown", "html", "harmony"):
        assert "q9998" in EXPORTERS[name].write(session)


def test_a_deep_tree_of_a_chatgpt_export():
    mapping = {
        str(n): {
            "message": {
                "author": {"role": "user" if n % 2 == 0 else "assistant"},
                "content": {"content_type": "text", "parts": [f"m{n}"]},
            },
            "parent": str(n - 1) if n else None,
            "children": [str(n + 1)],
        }
        for n in reversed(range(10_000))
    }
    content = {"title": "deep", "mapping": mapping, "current_node": "9999"}
    (session,) = read(Source("file", json.dumps(content), MADE)).sessions
    assert [m.text for m in session.path()] == [f"m{n}" for n in range(10_000)]


def test_a_name_is_one_line_that_can_be_shown():
    content = {
        "title": "a\x1b[2J\nb\ud800",
        "mapping": {"x": {"message": {"author": {"role": "user"}, "content": {"parts": ["hi"]}}}},
    }
    (session,) = read(Source("file", json.dumps(content), MADE)).sessions
    assert session.name == "a [2J b"
