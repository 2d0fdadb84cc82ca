from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from harmony_tui.prompt import history
from harmony_tui.prompt.draft import Draft
from harmony_tui.prompt.history import History, Walk, find


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.jsonl"


def texts(entries: object) -> list[str]:
    return [each.text for each in entries]  # type: ignore[attr-defined]


def test_what_was_sent_comes_back_in_another_program(file: Path) -> None:
    for text in ("one", "two\nlines", "one"):
        History(file).write(Draft(text))
    History(file).write(Draft("see [pasted 1: 11 lines]", {"[pasted 1: 11 lines]": "x\n" * 11}))
    later = History(file)
    assert texts(later.entries()) == ["two\nlines", "one", "see [pasted 1: 11 lines]"]
    assert later.entries()[-1].unfold() == "see " + "x\n" * 11
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_own_entries_come_last_and_need_no_file(file: Path) -> None:
    mine = History(file)
    assert mine.entries() == []
    assert mine.add(Draft("mine"))
    assert not mine.add(Draft("mine"))
    assert not mine.add(Draft("  \n"))
    assert not file.exists()
    History(file).write(Draft("another's"))
    assert texts(mine.entries()) == ["another's", "mine"]
    History(file).write(Draft("another's too"))
    assert texts(mine.entries()) == ["another's", "another's too", "mine"]


def test_damaged_lines_are_passed_over(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b'{"text": "good"}\n\xff\xfe\n[1]\n{"text": 3}\n{"text": "cut o')
    History(file).write(Draft("next"))
    assert texts(History(file).entries()) == ["good", "next"]


def test_it_stays_small_and_keeps_the_latest(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LARGEST_BYTES", 2_000)
    monkeypatch.setattr(history, "LARGEST_ENTRY_BYTES", 500)
    mine = History(file)
    for number in range(300):
        mine.write(Draft(f"entry {number:03}"))
    mine.write(Draft("x" * 600))
    entries = texts(mine.entries())
    assert file.stat().st_size <= 2_000
    assert len(entries) > 30
    assert entries == [f"entry {number:03}" for number in range(300 - len(entries), 300)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


WRITER = """
import sys
from pathlib import Path
from harmony_tui.prompt import history
from harmony_tui.prompt.draft import Draft
history.LARGEST_BYTES = 100_000
mine = history.History(Path(sys.argv[1]))
for number in range(300):
    mine.write(Draft(f"{sys.argv[2]} {number}" + "." * 200))
"""


def test_two_programs_write_at_once_and_nothing_is_lost(file: Path) -> None:
    """Together they write more than the file may hold, so that it is replaced on the way."""
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(file), name]) for name in ("a", "b")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    entries = [text.rstrip(".") for text in texts(History(file).entries())]
    assert file.stat().st_size <= 100_000
    for name in ("a", "b"):
        # What was kept of each has no gap: whatever was shortened away is the oldest.
        numbers = [int(each.split()[1]) for each in entries if each.startswith(name)]
        assert numbers == list(range(300 - len(numbers), 300))
    assert 150 < len(entries) < 600


def test_a_folder_that_cannot_be_written_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    History(tmp_path / "taken" / "history.jsonl").write(Draft("lost"))


def test_a_walk_goes_back_and_comes_to_the_draft_again() -> None:
    walk = Walk([Draft("one"), Draft("two")], Draft("mine"))
    steps = [walk.go(step) for step in (-1, -1, -1, 1, 1, 1)]
    assert [each and each.text for each in steps] == ["two", "one", None, "two", "mine", None]


def test_words_are_found_in_any_case_the_latest_first() -> None:
    entries = [Draft("Tell me of Straße and sea"), Draft("The SEA"), Draft("land")]
    assert texts(find(entries, "sea")) == ["The SEA", "Tell me of Straße and sea"]
    assert texts(find(entries, "STRASSE sea")) == ["Tell me of Straße and sea"]
    assert find(entries, "mountain") == []
