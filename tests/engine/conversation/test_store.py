"""Sessions are on the disk as they happen, whatever happens next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.conversation.store import Store, StoreError, read_lines


def test_lines_come_back_as_they_were_written(tmp_path: Path) -> None:
    store = Store(tmp_path / "sessions")
    store.append("user", text="héllo 😀\n\ud800")
    store.append("message", tokens=(1, 2, 3))
    head, user, message = read_lines(store.path)
    assert (head["kind"], head["id"], head["version"]) == ("session", store.id, 1)
    assert user["text"] == "héllo 😀\n\ud800"
    assert message["tokens"] == [1, 2, 3]


def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append("user", text="kept")
    with store.path.open("a") as file:
        file.write('{"kind": "message", "te')
    assert [line["kind"] for line in read_lines(store.path)] == ["session", "user"]


def test_damage_in_the_midst_is_a_message_that_names_the_line(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append("user", text="a")
    store.path.write_text("nonsense\n" + store.path.read_text())
    with pytest.raises(StoreError, match="line 1"):
        list(read_lines(store.path))


def test_nothing_said_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, signal\n"
        "from engine.conversation.store import Store\n"
        f"store = Store(pathlib.Path({str(tmp_path)!r}))\n"
        "for number in range(20): store.append('user', number=number)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    (path,) = tmp_path.glob("*.jsonl")
    numbers = [line["number"] for line in read_lines(path) if line["kind"] == "user"]
    assert numbers == list(range(20))


def test_a_folder_that_cannot_be_made_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "sessions")
    with pytest.raises(StoreError, match="is not being saved"):
        store.append("user", text="a")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_a_message(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="permissions"):
        Store(tmp_path / "sessions").append("user", text="a")
