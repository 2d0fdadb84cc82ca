from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

from harmony_tui.prompt.draft import Draft
from harmony_tui.prompt.kept_drafts import OLDEST_SECONDS, Kept, KeptDrafts, Queued
from harmony_tui.prompt.memory import Memory


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def leave_behind(folder: Path, text: str, session: str = "", *waiting: str) -> None:
    """Have a program write a draft and crash."""
    code = (
        "import os, sys, pathlib; "
        "from harmony_tui.prompt.kept_drafts import Draft, Kept, KeptDrafts, Queued; "
        "waiting = tuple(Queued(each, Draft(each)) for each in sys.argv[4:]); "
        "kept = Kept(Draft(sys.argv[2]), waiting); "
        "KeptDrafts(pathlib.Path(sys.argv[1])).keep(sys.argv[3] or None, kept); os.abort()"
    )
    arguments = [str(folder), text, session, *waiting]
    subprocess.run([sys.executable, "-c", code, *arguments], check=False)


def test_a_draft_is_kept_for_its_session_and_removed_when_empty(tmp_path: Path) -> None:
    kept = KeptDrafts(tmp_path / "drafts")
    draft = Draft("see [pasted 1: 2 lines]", {"[pasted 1: 2 lines]": "a\nb"})
    kept.keep("one", Kept(draft, (Queued("see a\nb", draft), Queued("x", Draft("x"))), 7))
    kept.keep("two", Kept(Draft("other")))
    assert KeptDrafts(tmp_path / "drafts").load("one") == Kept(
        draft, (Queued("see a\nb", draft), Queued("x", Draft("x"))), 7
    )
    assert stat.S_IMODE((tmp_path / "drafts" / "one.json").stat().st_mode) == 0o600
    kept.keep("one", Kept(Draft(" \n")))
    assert kept.load("one") is None
    assert files(tmp_path / "drafts") == ["two.json"]


def test_what_a_crash_left_is_taken_once_and_the_latest_first(tmp_path: Path) -> None:
    leave_behind(tmp_path, "first")
    time.sleep(0.02)
    leave_behind(tmp_path, "second")
    kept = KeptDrafts(tmp_path)
    taken = [kept.take_left_over() for _ in range(3)]
    assert [each and each.kept.draft.text for each in taken] == ["second", "first", None]
    assert files(tmp_path) == []


def test_what_a_crash_left_in_a_session_is_taken_and_its_messages_stay_there(
    tmp_path: Path,
) -> None:
    leave_behind(tmp_path, "half a thou", "one", "and two")
    kept = KeptDrafts(tmp_path)
    kept.keep("two", Kept(Draft("left in good order")), is_over=True)
    taken = kept.take_left_over()
    assert taken is not None
    assert (taken.session, taken.kept.draft.text) == ("one", "half a thou")
    assert kept.take_left_over() is None
    stays = kept.load("one")
    assert stays is not None
    assert (stays.draft.text, [each.text for each in stays.waiting]) == ("", ["and two"])


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
    for damaged in ('{"text": "", "waiting": 3}', '{"text": "", "waiting": [4]}', "[]"):
        (tmp_path / "one.json").write_text(damaged)
        assert kept.load("one") is None
    os.utime(tmp_path / "one.json", (old, old))
    kept.keep("two", Kept(Draft("young")))
    kept.tidy()
    assert files(tmp_path) == ["two.json"]


def test_memory_moves_a_draft_to_its_session_and_ends_clean(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    memory.keep(None, Kept(Draft("begun")))
    memory.keep("one", Kept(Draft("begun, and more")))
    memory.close("one", Kept(Draft("begun, and most")))
    assert files(tmp_path / "drafts") == ["one.json"]
    again = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    assert again.recall("one") == (Kept(Draft("begun, and most")), None)
    assert again.recall(None) is None
    again.close(None, Kept(Draft("unsent")))
    assert [each.text for each in again.entries()] == ["unsent"]
    assert '"unsent"' in (tmp_path / "history.jsonl").read_text()
    crashed = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    crashed.close(None, Kept(Draft("a sudden")), has_crashed=True)
    after = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    assert after.recall(None) == (Kept(Draft("a sudden")), None)
    after.close(None, Kept(Draft()))


def test_messages_that_wait_outlive_a_good_ending_without_a_session(tmp_path: Path) -> None:
    waiting = (Queued("and two", Draft("and two")),)
    memory = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    memory.keep(None, Kept(Draft("begun"), waiting))
    assert memory.recall(None) is None  # it is this program's own
    memory.close(None, Kept(Draft("begun"), waiting))
    again = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: True)
    assert again.recall(None) == (Kept(waiting=waiting), None)
    assert again.recall(None) is None
    again.close(None, Kept())


def test_memory_writes_nothing_where_nothing_may_be_kept(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "history.jsonl", tmp_path / "drafts", lambda: False)
    memory.keep(None, Kept(Draft("secret")))
    memory.keep("one", Kept(Draft("secret")))
    memory.note_sent(Draft("secret"))
    assert [each.text for each in memory.entries()] == ["secret"]
    memory.close(None, Kept(Draft("secret too")))
    assert list(tmp_path.iterdir()) == []
