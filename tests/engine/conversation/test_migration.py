"""Every version that ever was can be read, from a file of each that was kept from its day."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.conversation import migration
from engine.conversation.lines import VERSION, DamagedLineError, dump
from engine.conversation.messages import ToolCall
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from engine.conversation.writing import session_lines
from tests.engine.conversation.played import SETTING

GOLDEN = Path(__file__).parent / "golden"
VERSIONS = range(1, VERSION + 1)


def test_every_older_version_has_a_step_and_every_version_a_file() -> None:
    assert set(migration.STEPS) == set(range(1, VERSION))
    assert {path.name for path in GOLDEN.glob("*.jsonl")} == {f"{n}.jsonl" for n in VERSIONS}


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_tells_the_same_conversation(version: int) -> None:
    old = read_session(GOLDEN / f"{version}.jsonl")
    assert old.damaged == 0
    assert old == read_session(GOLDEN / f"{VERSION}.jsonl")


def test_the_file_of_the_current_version_is_as_it_is_written() -> None:
    path = GOLDEN / f"{VERSION}.jsonl"
    assert b"".join(map(dump, session_lines(read_session(path)))) == path.read_bytes()


def test_version_1_is_understood() -> None:
    session = read_session(GOLDEN / "1.jsonl")
    assert session.id == "20261124-131500-9f3a"
    assert [(m.role, m.text) for m in session.path()] == [
        ("user", "What time is it?"),
        ("assistant", "The clock tells."),
        ("assistant", "{}"),
        ("tool", "13:15"),
        ("assistant", "It is a quarter past one."),
        ("user", "Thank you 😀 \ud800"),
        ("user", "I am the user"),
        ("assistant", "You are kind."),
    ]
    first, second = session.path_turns()
    assert first.record is not None
    assert (first.record.seed, first.record.finish) == (42, "stop")
    assert first.record.hyperparameters == {"temperature": 0.5, "top_p": 1.0}
    assert first.record.statistics["sampled_tokens"] == 20
    assert first.record.preamble.tokens == (200006, 17360, 200008, 200007)
    call, result = first.messages[1:3]
    assert session.calls == {
        1: ToolCall(
            *(1, call.id, "functions.get_time", "{}", "", "unasked"),
            is_started=True,
            outcome="done",
            output="13:15",
            seconds=0.01,
            result=result.id,
        )
    }
    assert second.user is not None
    assert [m.text for m in session.children(second.user.id)] == ["Gladly.", "I am the user"]
    forged, answer = second.messages
    assert not forged.is_genuine
    assert [m.text for m in session.siblings(answer.id)] == ["You are welcome.", "You are kind."]
    assert len(session.turns) == 4
    assert {turn.user for turn in session.turns.values()} == {1, second.user.id}


def test_an_old_file_is_left_alone_until_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    shutil.copy(GOLDEN / "1.jsonl", path)
    before = path.read_bytes()
    session = read_session(path)
    assert path.read_bytes() == before
    with Store.open(path) as store:
        assert store.session == session
        store.begin_turn("And now?", SETTING)
    assert path.with_suffix(".v1").read_bytes() == before
    assert path.read_bytes().startswith(b'{"kind":"session","version":2,')
    assert read_session(path).path()[:-1] == session.path()
    with Store.open(path) as store:
        store.rename("x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["old.jsonl", "old.v1"]


def test_a_version_1_that_was_torn_and_damaged_is_read_and_written(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    lines = (GOLDEN / "1.jsonl").read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([b"#", *lines[:2], b"{}\n", *lines[2:], b'{"kind":"us']))
    assert read_session(path).damaged == 2
    with Store.open(path) as store:
        store.rename("x")
    session = read_session(path)
    assert (session.damaged, session.id, len(session.path())) == (0, "old", 8)


@pytest.mark.parametrize(
    "line",
    [
        {"kind": "magic"},
        {"kind": ["user"]},
        {"kind": "message", "message": {}, "ending": "end"},
        {"kind": "user"},
        {"kind": "tool", "recipient": "f", "output": ""},
        {"kind": "turn", "finish": "stop"},
        {"kind": "continue", "message": []},
        {"kind": "branch", "message": "1"},
        {"kind": "retry"},
    ],
)
def test_what_is_no_line_of_version_1_is_told(line: dict[str, object]) -> None:
    with pytest.raises(DamagedLineError):
        migration.Version1().convert(line)
