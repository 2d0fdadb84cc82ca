"""``--continue``, ``--resume`` and ``--ephemeral``, in real processes with the bundled model."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from engine.config import locations
from engine.conversation.reading import read_session
from engine.conversation.store import Store
from tests.harmony_tui.kept import keep

PROGRAM = [sys.executable, "-m", "harmony_tui"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path / "home"))
    return locations.sessions_folder()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=180,
        stdin=subprocess.DEVNULL,
    )


def test_a_question_goes_on_in_the_session_of_the_one_before(folder: Path) -> None:
    assert "513" in run("-p", "What is 127 + 386?", "--temperature", "0").stdout
    done = run("-p", "What can you do?", "--continue")
    assert (done.returncode, done.stderr) == (0, "")
    (path,) = folder.glob("*.jsonl")
    session = read_session(path)
    asked = [message.text for message in session.path() if message.role == "user"]
    assert asked == ["What is 127 + 386?", "What can you do?"]
    turns = list(session.turns.values())
    assert turns[0].preamble == turns[1].preamble
    assert [turn.hyperparameters["temperature"] for turn in turns] == [0, 0]


def test_nothing_is_kept_of_an_ephemeral_question(tmp_path: Path) -> None:
    assert run("-p", "What is 127 + 386?", "--ephemeral").returncode == 0
    assert {path.name for path in (tmp_path / "home").iterdir()} <= {"log", "config"}


def test_what_cannot_be_resumed_is_explained_at_once(folder: Path) -> None:
    done = run("-p", "Hello", "--continue")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"harmony-tui: There are no sessions in {folder} yet.\n"
    path = keep(folder, "Hello", "Hello!")
    newer, damaged = folder / "newer.jsonl", folder / "damaged.jsonl"
    newer.write_text('{"kind":"session","version":99,"id":"newer"}\n')
    damaged.write_text("no JSON\n")
    for named, piece in {
        "20241109": f"There is no session 20241109 in {folder}. Nearest: ",
        "newer": "was written by a newer harmony-tui",
        "damaged": "is not a session of harmony-tui",
    }.items():
        done = run("-p", "Hello", "--resume", named)
        assert (done.returncode, done.stdout) == (1, "")
        assert piece in done.stderr
        assert done.stderr.count("\n") == 1
    with Store.open(path):
        done = run("-p", "Hello", "--resume", path.stem)
    assert done.returncode == 1
    assert f"is open in another program (process {os.getpid()})" in done.stderr
    assert "Ctrl+O lists it, and f makes one." in done.stderr  # which is there, unlike an option


def test_a_damaged_line_is_reported_and_stays_in_the_file(folder: Path) -> None:
    path = keep(folder, "Hello", "Hello!")
    first, *others = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first, b"\x00 no JSON\n", *others]))
    done = run("-p", "What is 127 + 386?", "--continue")
    assert done.returncode == 0
    assert "513" in done.stdout
    said = "1 line of its file cannot be read, so what stood there is missing here; it stays in"
    assert said in done.stderr
    assert path.read_bytes().splitlines()[1] == b"\x00 no JSON"
    done = run("sessions", "show", path.stem)
    assert "Hello!" in done.stdout
    assert said in done.stderr


def test_a_full_disk_costs_no_answer_and_is_said_once(folder: Path) -> None:
    folder.mkdir(parents=True)
    small_disk = f"mount -t tmpfs -o size=4k tmpfs {shlex.quote(str(folder))}"
    alone = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*alone, small_disk], check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    fill = f"head -c 4096 /dev/zero > {shlex.quote(str(folder / 'other'))}"
    ask = shlex.join([*PROGRAM, "-p", "What is 127 + 386?", "--temperature", "0"])
    done = subprocess.run(
        [*alone, f"{small_disk} && {fill} && {ask}"],
        check=False,
        capture_output=True,
        text=True,
        timeout=180,
        stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stdout) == (0, "`127+386` = **513**\n")
    assert done.stderr.count("\n") == 1
    assert "is not being saved" in done.stderr
    assert "No space left on device" in done.stderr
