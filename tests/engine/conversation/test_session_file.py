"""What was said is on the disk, whatever others do to the file while it is open."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.conversation import store as store_module
from engine.conversation.errors import StoreError
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from engine.turn.journal import Journal
from tests.engine.conversation.played import (
    SETTING,
    a_turn,
    close_message,
    end,
    open_message,
    say,
    stream,
)

STRANGE = b"What a stranger wrote.\n"


def remove(path: Path) -> None:
    path.unlink()


def copy_over(path: Path) -> None:
    """As programs do that copy folders between machines."""
    shutil.copy(path, new := path.with_suffix(".new"))
    new.replace(path)


def replace(path: Path) -> None:
    path.with_suffix(".new").write_bytes(STRANGE)
    path.with_suffix(".new").replace(path)


def overwrite(path: Path) -> None:
    path.write_bytes(STRANGE)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def move_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("moved"))


def remove_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


WAYS = [remove, copy_over, replace, overwrite, empty, move_folder, remove_folder]
WITH_A_STRANGER = (replace, overwrite)


def check(store: Store, way: Callable[[Path], None]) -> None:
    """See that all is at the path, that nobody else may write it, and that a stranger's is kept."""
    path = store.path
    said = store.take_news()
    assert str(path) in said
    assert store.take_news() == ""
    kept = path.with_suffix(".other")
    assert kept.exists() is (way in WITH_A_STRANGER) is (str(kept) in said)
    if kept.exists():
        assert kept.read_bytes() == STRANGE
    with pytest.raises(StoreError, match="is open in this program already"):
        Store.open(path)
    names = {each.name for each in path.parent.iterdir()}
    assert names - {kept.name} == {path.name, f"{path.stem}.lock"}
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("way", WAYS)
def test_all_is_written_again_with_what_is_said_next(
    tmp_path: Path, way: Callable[[Path], None]
) -> None:
    store = Store(tmp_path / "sessions")
    a_turn(store)
    way(store.path)
    a_turn(store, 10, "And now?")
    check(store, way)
    session = read_session(store.path)
    assert session == store.session
    assert session.damaged == 0
    assert [m.text for m in session.path() if m.role == "user"] == ["What time is it?", "And now?"]
    store.close()
    with Store.open(store.path) as again:  # the lock was given back
        assert again.session == session


@pytest.mark.parametrize("way", WAYS)
def test_all_is_written_again_where_nothing_more_is_said(
    tmp_path: Path, way: Callable[[Path], None]
) -> None:
    store = Store(tmp_path / "sessions")
    a_turn(store)
    said = store.session
    way(store.path)
    store.close()
    assert read_session(store.path) == said


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_goes_on_that_was_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(store_module, "BATCH_SECONDS", 0.0)
    store = Store(tmp_path / "sessions")
    a_turn(store)
    store.begin_turn("Count.", SETTING)
    open_message(store, 20)
    stream(store, 20, "One, ", 1, 2)
    way(store.path)
    stream(store, 20, "two, ", 3)
    check(store, way)
    last = list(read_session(store.path).messages.values())[-1]
    assert (last.text, tuple(last.tokens), last.ending) == ("One, two, ", (1, 2, 3), "cut")
    close_message(store, 20, "One, two, three.", 1, 2, 3, 4)
    end(store)
    assert read_session(store.path) == store.session
    assert store.session.damaged == 0
    store.close()


def test_a_path_that_another_program_has_taken_is_left_to_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "sessions")
    a_turn(store)
    path = store.path
    move_folder(path)
    path.parent.mkdir()
    shutil.copy(tmp_path / "moved" / path.name, path)
    with Store.open(path) as other:
        say_more(other, "theirs")
        say_more(store, "ours")
        assert store.path == path.with_name(f"{path.stem}-2.jsonl")
        assert str(store.path) in store.take_news()
        for each, words in ((other, "theirs"), (store, "ours")):
            assert read_session(each.path) == each.session
            assert words in [message.text for message in each.session.path()]
    store.close()
    assert path.exists()


def say_more(store: Store, text: str) -> None:
    store.begin_turn(text, SETTING)
    say(store, 30, "Yes.", 1)
    end(store)


def test_a_folder_that_cannot_be_made_is_told_and_made_up_for(tmp_path: Path) -> None:
    store = Store(tmp_path / "sessions")
    a_turn(store)
    shutil.rmtree(store.path.parent)
    store.path.parent.write_text("")  # a file stands in its place
    with pytest.raises(StoreError, match="is not being saved"):
        store.rename("Noon")
    store.path.parent.unlink()
    store.rename("Midday")
    assert read_session(store.path) == store.session
    assert store.session.title == "Midday"
    store.close()


def test_the_person_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "sessions")
    journal = Journal(store)
    assert journal.write(a_turn) is None
    store.path.unlink()
    notice = journal.write(lambda store: store.rename("Noon"))
    assert notice is not None
    assert "was gone" in notice.message
    assert journal.write(lambda store: store.rename("Midday")) is None
    store.close()
