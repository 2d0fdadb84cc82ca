from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

from harmony_tui.prompt.draft import Draft
from harmony_tui.prompt.kept_drafts import OLDEST_SECONDS, KeptDrafts
from harmony_tui.prompt.memory import Memory


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def leave_behind(folder: Path, text: str) -> None:
    """Have a program write a draft and crash."""
    code = (
        "import os, sys, pathlib; from harmony_tui.prompt.kept_drafts import KeptDrafts, Draft; "
        "KeptDrafts(pathlib.Path(sys.argv[1])).keep(None, Draft(sys.argv[2])); os.abort()"
    )
    subprocess.run([sys.executable, "-c", code, str(folder), text], check=False)


def test_a_draft_is_kept_for_its_session_and_removed_when_empty(tmp_path: Path) -> None:
    kept = KeptDrafts(tmp_path / "drafts")
    draft = Draft("see [pasted 1: 2 lines]", {"[pasted 1: 2 lines]": "a\nb"})
    kept.keep("one", draft)
    kept.keep("two", Draft("other"))
    assert KeptDrafts(tmp_path / "drafts").load("one") == draft
    assert stat.S_IMODE((tmp_path / "drafts" / "one.json").stat().st_mode) == 0o600
    kept.keep("one", Draft(" \n"))
    assert kept.load("one") is None
    assert files(tmp_path / "drafts") == ["two.json"]


def test_what_a_crash_left_is_taken_once_and_the_latest_first(tmp_path: Path) -> None:
    leave_behind(tmp_path, "first")
    time.sleep(0.02)
    leave_behind(tmp_path, "second")
    kept = KeptDrafts(tmp_path)
    taken = [kept.take_left_over() for _ in range(3)]
    assert [each and each.text for each in taken] == ["second", "first", None]
    assert files(tmp_path) == []


def test_what_a_running_program_writes_is_its_own(tmp_path: Path) -> None:
    (tmp_path / f"new-{os.getppid()}.json").write_text('{"text": "not yours"}')
    assert KeptDrafts(tmp_path).take_left_over() is None
    assert files(tmp_path) == [f"new-{os.getppid()}.json"]


def test_damaged_and_old_files_do_no_harm(tmp_path: Path) -> None:
    kept = KeptDrafts(tmp_path)
    (tmp_path / "one.json").write_bytes(b"\xff{")
    (tmp_path / "new-99999999999999999999.json").write_text("[]")
    assert kept.load("one") is None
    assert kept.take_left_over() is None
    old = time.time() - OLDEST_SECONDS - 60
    os.utime(tmp_path / "one.json", (old, old))
    kept.keep("two", Draft("young"))
    kept.tidy()
    assert files(tmp_path) == ["two.json"]


def test_memory_moves_a_draft_to_its_session_and_ends_clean(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    memory.keep(None, Draft("begun"))
    memory.keep("one", Draft("begun, and more"))
    memory.close("one", Draft("begun, and most"))
    assert files(tmp_path / "drafts") == ["one.json"]
    again = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    assert again.recall("one") == Draft("begun, and most")
    assert again.recall(None) is None
    again.close(None, Draft("unsent"))
    assert [each.text for each in again.entries()] == ["unsent"]
    assert '"unsent"' in (tmp_path / "history.jsonl").read_text()
    crashed = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    crashed.close(None, Draft("a sudden"), has_crashed=True)
    after = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    assert after.recall(None) == Draft("a sudden")
    after.close(None, Draft())


def test_memory_writes_nothing_where_nothing_may_be_kept(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: False)
    memory.keep(None, Draft("secret"))
    memory.keep("one", Draft("secret"))
    memory.note_sent(Draft("secret"))
    assert [each.text for each in memory.entries()] == ["secret"]
    memory.close(None, Draft("secret too"))
    assert list(tmp_path.iterdir()) == []
