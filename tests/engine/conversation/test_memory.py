"""Sessions that no file keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.conversation.memory import MemoryStore
from tests.engine.conversation.played import SETTING, a_turn


def test_a_session_in_memory_has_its_branches_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = MemoryStore()
    words = a_turn(store)
    store.begin_turn("Other words", SETTING, in_place_of=words)
    store.rename("A title")
    assert [m.text for m in store.session.siblings(words)] == ["What time is it?", "Other words"]
    store.select(words)
    assert store.leaf == words
    assert (store.is_behind, store.session.title) == (False, "A title")
    store.close()
    assert not list(tmp_path.iterdir())
