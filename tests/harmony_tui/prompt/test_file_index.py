from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest

from harmony_tui.prompt import file_index
from harmony_tui.prompt.completions import Offer
from harmony_tui.prompt.draft import Draft
from harmony_tui.prompt.file_completion import FileCompletion
from harmony_tui.prompt.file_index import rank, scan

TREE = {
    ".gitignore": "*.log\n/build/\n!keep.log\n[bad\ndocs/private\n",
    "README.md": "",
    "keep.log": "",
    "a.log": "",
    "build/out.txt": "",
    "src/build/kept.txt": "",
    "src/.gitignore": "!important.log\ngenerated/\nlocal.txt\n",
    "src/main.py": "",
    "src/important.log": "",
    "src/other.log": "",
    "src/local.txt": "",
    "src/generated/x.py": "",
    "src/deep/local.txt": "",
    "src/deep/er/important.log": "",
    "docs/private/x.md": "",
    "docs/open.md": "",
    ".hidden/x": "",
    ".env": "",
    "node_modules/left/pad.js": "",
    "excluded.txt": "",
    "wörter/日本.txt": "",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name, text in TREE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".git" / "info").mkdir(exist_ok=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("excluded.txt\n")
    return tmp_path


def git_files(folder: Path) -> set[str]:
    """Return what Git would list, the one who knows what it ignores."""
    command = ["git", "ls-files", "-z", "--others", "--cached", "--exclude-standard"]
    listed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    return {
        name
        for name in listed.split("\0")
        if name
        and not any(part.startswith(".") or part == "node_modules" for part in name.split("/"))
    }


@pytest.mark.parametrize("below", ["", "src", "src/deep", "docs"])
def test_it_finds_what_git_does_not_ignore(repository: Path, below: str) -> None:
    found = scan(repository / below)
    assert set(found) == git_files(repository / below)
    assert len(found) == len(set(found)) > 0


def test_a_folder_without_git_has_rules_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.tmp").write_text("")
    (tmp_path / ".gitignore").write_text("*.tmp\n")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "two\nlines").write_text("")
    (tmp_path / os.fsdecode(b"\xff")).write_text("")
    os.mkfifo(tmp_path / "pipe")
    assert scan(tmp_path) == ["a.txt"]


def test_it_is_bounded_and_the_near_files_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep").mkdir()
    for number in range(20):
        (tmp_path / "deep" / f"{number}").write_text("")
        (tmp_path / f"z{number}").write_text("")
    monkeypatch.setattr(file_index, "MOST_FILES", 20)
    assert all(name.startswith("z") for name in scan(tmp_path))
    assert len(scan(tmp_path)) == 20
    stopping = threading.Event()
    stopping.set()
    assert scan(tmp_path, stopping) == []
    assert scan(tmp_path / "nowhere") == []


def test_better_matches_come_first() -> None:
    files = [
        "src/abstract/box.py",
        "prompt/box.py",
        "prompt/inbox.py",
        "box/thing.py",
        "b/o/xen",
        "other",
    ]
    assert rank(files, "box", 10) == [
        *("prompt/box.py", "src/abstract/box.py", "prompt/inbox.py", "box/thing.py", "b/o/xen")
    ]
    assert rank(files, "prbo", 10)[0] == "prompt/box.py"
    assert rank(files, "BOX.PY", 1) == ["prompt/box.py"]
    assert rank(files, "", 2) == ["other", "box/thing.py"]
    assert rank(files, "zz", 10) == []
    assert rank(["a[b].txt", "ab.txt"], "[b]", 10) == ["a[b].txt"]


# --- what is offered for it ----------------------------------------------------------------------


async def offered(folder: Path, text: str, cursor: int | None = None) -> list[Offer]:
    completion = FileCompletion(folder)
    place = len(text) if cursor is None else cursor
    assert completion.offer(Draft(text), place) == []
    if not completion.is_stale:
        return []
    await completion.find()
    assert not completion.is_stale
    return completion.offer(Draft(text), place)


async def test_a_mention_is_completed_where_the_cursor_is(repository: Path) -> None:
    (first, *_) = await offered(repository, "see @main and more", len("see @main"))
    assert first.draft.text == "see @src/main.py and more"
    assert first.cursor == len("see @src/main.py ")
    (first, *_) = await offered(repository, "(@read")
    assert first.draft.text == "(@README.md "
    assert first.label == "README.md"
    (repository / "two words.txt").write_text("")
    for typed in ("@two", '@"two wo'):
        (first,) = await offered(repository, typed)
        assert first.draft.text == '@"two words.txt" '


@pytest.mark.parametrize("text", ["me@example", "@README.md", "no mention", "@ README", ""])
async def test_nothing_is_offered_elsewhere(repository: Path, text: str) -> None:
    assert await offered(repository, text) == []


@pytest.mark.parametrize(
    ("typed", "is_sure"), [("@MAIN", True), ("@main.py", True), ("@smn", False), ("@", False)]
)
async def test_it_is_sure_where_the_letters_are_in_one_piece(
    repository: Path, typed: str, is_sure: bool
) -> None:
    completion = FileCompletion(repository)
    await completion.find()
    assert completion.offer(Draft(typed), len(typed))
    assert completion.is_sure is is_sure
