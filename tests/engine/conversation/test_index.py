"""Sessions are found, and the database that finds them never matters."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.conversation.index import Filter, Index
from engine.conversation.messages import Head, Message, Session, TurnRecord, linear
from engine.conversation.store import Store
from engine.conversation.whole_sessions import write_session
from tests.engine.conversation.played import a_turn

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def keep(folder: Path, id_: str, *texts: str, day: int = 0, model: str = "gpt-oss-20b") -> Path:
    """Write a session of words and answers, one a minute."""
    start = DAY + timedelta(days=day)
    messages = [
        Message(
            n + 1,
            n or None,
            "assistant" if n % 2 else "user",
            text,
            "final" if n % 2 else None,
            time=start + timedelta(minutes=n),
            turn=1,
        )
        for n, text in enumerate(texts)
    ]
    turns = {1: TurnRecord(1, 1, model=model)}
    return write_session(
        folder, Session(Head(id_, start), linear(messages), len(texts), turns=turns)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keep(tmp_path, "a", "How do I bake bread?", "With flour and patience.", day=1)
    keep(tmp_path, "b", "Où est le café?", "À gauche.", "Merci", day=2, model="gpt-oss-120b")
    keep(tmp_path, "c", "今天天气怎么样", 'It\'s sunny: 100% C++ "weather".', day=3)
    return tmp_path


def found(index: Index, words: str, which: Filter | None = None) -> list[tuple[str, int]]:
    hits = index.search(words, which or Filter())
    return sorted((hit.session.id, hit.message) for hit in hits)


def test_sessions_are_listed_with_what_a_list_shows(folder: Path) -> None:
    newest, middle, oldest = Index(folder).sessions()
    assert [s.id for s in (newest, middle, oldest)] == ["c", "b", "a"]
    assert (oldest.title, oldest.first_words) == ("How do I bake bread?",) * 2
    assert (middle.messages, middle.model) == (3, "gpt-oss-120b")
    assert middle.started == DAY + timedelta(days=2)
    assert middle.updated == DAY + timedelta(days=2, minutes=2)
    assert middle.path == folder / "b.jsonl"
    assert [s.id for s in Index(folder).sessions(limit=1)] == ["c"]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("bread", [("a", 1)]),
        ("brea", [("a", 1)]),
        ("flour patience", [("a", 2)]),
        ("flour bread", []),
        ("CAFE ou", [("b", 1)]),
        ('"how do"', [("a", 1)]),
        ('"do how"', []),
        ("天气", [("c", 1)]),
        ("天气 今天", [("c", 1)]),
        ("天气 bread", []),
        ("C++", [("b", 1), ("c", 2)]),
        ("100%", [("c", 2)]),
        ("%", [("c", 2)]),
        ("_", []),
        ("it's", [("c", 2)]),
        ('"', []),
        ('wea"ther', []),
        ("", []),
        ("  ", []),
        ("bread\x00", [("a", 1)]),
        ("\ud800", []),
        ("AND", [("a", 2)]),
        ("NOT OR NEAR(", []),
        ("text:bread", []),
        ("bread*", [("a", 1)]),
        ("(bread", [("a", 1)]),
        ("-bread", [("a", 1)]),
        ("bread " * 1000, [("a", 1)]),
        ("x" * 100_000, []),
        ("%" * 100_000, []),
    ],
)
def test_words_are_found_and_nothing_is_syntax(
    folder: Path, words: str, hits: list[tuple[str, int]]
) -> None:
    assert found(Index(folder), words) == hits


@given(words=st.text(max_size=60))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_can_be_looked_for(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "any-words"
    if not folder.exists():
        keep(folder, "a", "How do I bake bread?")
    index = Index(folder)
    index.search(words)
    index.sessions(Filter(model=words))
    assert index._connection is not None
    assert index._connection.execute("PRAGMA database_list").fetchone()[2] != ""
    index.close()


def test_a_hit_shows_where_it_is(folder: Path) -> None:
    (hit,) = Index(folder).search("patience")
    assert (hit.session.id, hit.message, hit.role, hit.channel) == ("a", 2, "assistant", "final")
    assert hit.excerpt == "With flour and patience."
    assert hit.time == DAY + timedelta(days=1, minutes=1)
    keep(folder, "d", "长" * 500 + "天气\n" + "长" * 500, day=5)
    hit = Index(folder).search("天气")[0]
    assert "天气" in hit.excerpt
    assert len(hit.excerpt) < 100


def test_days_and_models_narrow_it_down(folder: Path) -> None:
    index = Index(folder)
    day2 = Filter(since=DAY + timedelta(days=2), until=DAY + timedelta(days=3))
    assert [s.id for s in index.sessions(day2)] == ["b"]
    assert [s.id for s in index.sessions(Filter(model="120B"))] == ["b"]
    assert [s.id for s in index.sessions(Filter(model="%"))] == []
    assert found(index, "how", day2) == []
    assert found(index, "how", Filter(until=DAY + timedelta(days=2))) == [("a", 1)]
    assert found(index, "merci", Filter(model="s-20b")) == []


def test_what_is_new_changed_or_gone_is_noticed(folder: Path) -> None:
    index = Index(folder)
    assert index.refresh() == 3
    assert index.refresh() == 0
    with Store.open(folder / "a.jsonl") as store:
        a_turn(store, question="And rye?")
        assert found(index, "rye") == [("a", 3)]
        store.rename("Baking")
    assert index.sessions()[0].title == "Baking"
    assert found(index, "flour") == [("a", 2)]
    (folder / "a.jsonl").unlink()
    keep(folder, "d", "rye again")
    assert found(index, "rye") == [("d", 1)]
    assert index.refresh() == 0


def test_an_answer_that_goes_on_is_found_by_its_new_words(folder: Path) -> None:
    index = Index(folder)
    index.refresh()
    path = folder / "a.jsonl"
    path.write_bytes(path.read_bytes().replace(b"patience", b"butter!!!"))
    assert found(index, "patience") == []
    assert found(index, "butter") == [("a", 2)]


@pytest.mark.parametrize(
    "content", [b"", b"nonsense" * 1000, b"SQLite format 3\x00" + b"\x00" * 5000]
)
def test_a_damaged_database_is_made_anew(folder: Path, content: bytes) -> None:
    before = Index(folder)
    before.refresh()
    before.close()
    (folder / "index.sqlite3").write_bytes(content)
    index = Index(folder)
    assert found(index, "bread") == [("a", 1)]
    index.close()
    index = Index(folder)
    assert index.refresh() == 0


def test_a_database_that_breaks_while_it_is_open_is_made_anew(folder: Path) -> None:
    index = Index(folder)
    index.refresh()
    assert index._connection is not None
    index._connection.execute("DROP TABLE messages")
    assert found(index, "bread") == [("a", 1)]


def test_a_database_of_another_version_is_made_anew(folder: Path) -> None:
    index = Index(folder)
    index.refresh()
    index.close()
    with sqlite3.connect(folder / "index.sqlite3") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    assert Index(folder).refresh() == 3


def test_without_a_place_it_is_kept_in_memory(folder: Path) -> None:
    blocked = folder / "file"
    blocked.write_text("")
    index = Index(folder, blocked / "index.sqlite3")
    assert found(index, "bread") == [("a", 1)]
    assert [s.id for s in index.sessions()] == ["c", "b", "a"]


def test_a_session_that_cannot_be_read_is_listed_with_the_reason(folder: Path) -> None:
    (folder / "new.jsonl").write_text('{"kind":"session","version":9}\n')
    (folder / "empty.jsonl").write_text("")
    listed = {s.id: s.problem for s in Index(folder).sessions()}
    assert "newer harmony-tui" in listed["new"]
    assert "empty" not in listed
    assert listed["a"] == ""


def test_odd_texts_are_indexed(folder: Path) -> None:
    keep(folder, "odd", "a\x00b \ud800 needle \u202e", "שלום עולם")
    (folder / os.fsdecode(b"\xff.jsonl")).write_text("x")
    assert found(Index(folder), "needle") == [("odd", 1)]
    assert found(Index(folder), "שלום") == [("odd", 2)]


def test_a_folder_that_is_not_there_has_no_sessions(tmp_path: Path) -> None:
    assert Index(tmp_path / "none").sessions() == []


PROGRAM = """
import pathlib, sys
from engine.conversation.index import Index
index = Index(pathlib.Path(sys.argv[1]))
for _ in range(20):
    assert len(index.search("bread")) == 40
    index._connection.execute("UPDATE sessions SET size = 0")
print(index.file.exists())
"""


def test_two_programs_may_use_it_at_once(folder: Path) -> None:
    for number in range(39):
        keep(folder, f"more{number}", "bread")
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert [program.communicate(timeout=60)[0] for program in programs] == ["True\n"] * 2
    assert [program.returncode for program in programs] == [0, 0]
    assert len(Index(folder).search("bread")) == 40


def test_only_its_owner_can_read_what_it_holds(folder: Path) -> None:
    keep(folder, "20261101-000000-0001", "a secret")
    index = Index(folder)
    assert index.search("secret")
    modes = [path.stat().st_mode & 0o777 for path in folder.glob("index.sqlite3*")]
    assert modes
    assert set(modes) == {0o600}
    index.close()
