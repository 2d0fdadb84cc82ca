"""What is deleted can be brought back until the trash is emptied."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.conversation.errors import StoreError
from engine.conversation.index import Index
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from engine.conversation.trash import (
    delete_session,
    empty_trash,
    restore_session,
    trashed_sessions,
)
from tests.engine.conversation.played import a_turn


def session(folder: Path) -> Path:
    with Store(folder) as store:
        a_turn(store)
    store.path.with_suffix(".torn").write_text("torn")
    return store.path


def test_a_deleted_session_comes_back_with_all_that_is_its(tmp_path: Path) -> None:
    path = session(tmp_path)
    before = read_session(path)
    trashed = delete_session(path)
    assert [p.name for p in tmp_path.iterdir()] == ["trash"]
    assert trashed_sessions(tmp_path) == [trashed]
    assert trashed.with_suffix(".torn").exists()
    assert Index(tmp_path).sessions() == []
    assert restore_session(trashed) == path
    assert read_session(path) == before
    assert path.with_suffix(".torn").read_text() == "torn"
    assert trashed_sessions(tmp_path) == []


def test_names_that_are_taken_are_gone_round(tmp_path: Path) -> None:
    path = session(tmp_path)
    content = path.read_bytes()
    first = delete_session(path)
    path.write_bytes(content)
    second = delete_session(path)
    assert first != second
    assert restore_session(second) == path.with_name(second.name)
    assert restore_session(first) == path
    delete_session(path)
    path.write_text("another")
    restored = restore_session(first)
    assert restored.read_bytes() == content
    assert path.read_text() == "another"


def test_an_emptied_trash_is_empty(tmp_path: Path) -> None:
    for _ in range(2):
        delete_session(session(tmp_path))
    kept = session(tmp_path)
    assert empty_trash(tmp_path) == 2
    assert list((tmp_path / "trash").iterdir()) == []
    assert kept.exists()
    assert empty_trash(tmp_path) == 0
    assert empty_trash(tmp_path / "nowhere") == 0


def test_an_open_session_is_not_deleted(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a_turn(store)
        with pytest.raises(StoreError, match="is open"):
            delete_session(store.path)
        assert store.path.exists()


def test_what_is_not_there_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no session"):
        delete_session(tmp_path / "none.jsonl")
    with pytest.raises(StoreError, match="is not in the trash"):
        restore_session(tmp_path / "none.jsonl")
    assert list(tmp_path.iterdir()) == []
