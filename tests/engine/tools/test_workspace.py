"""Nothing that a path says, and nothing that lies in a workspace, leads out of it."""

import os
import re
import socket
import stat
import threading
from pathlib import Path

import pytest

from engine.tools.registry import ToolError
from engine.tools.workspace import Content, Workspace

MOST = 1 << 20


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret").write_text("secret")
    return folder


@pytest.fixture
def root(tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a repository, and with links of every kind in it."""
    root = tmp_path / "work"
    for folder in ("src/deep", ".git/hooks", "sub/.git", ".GiT2"):
        (root / folder).mkdir(parents=True)
    (root / "a.txt").write_text("a\n")
    (root / "src" / "b.txt").write_text("b\n")
    (root / ".git" / "config").write_text("[core]\n")
    (root / "sub" / ".git" / "HEAD").write_text("ref\n")
    links = {
        "out": outside,
        "out-file": outside / "secret",
        "out-relative": Path("../outside"),
        "src/out-up": Path("../../outside/secret"),
        "src/deep/out-far": Path("../../../../../../../../../../etc"),
        "etc": Path("/etc"),
        "slash": Path("/"),
        "proc": Path("/proc/self/root"),
        "descriptors": Path("/dev/fd"),
        "parent": Path(".."),
        "here-and-out": Path("src/../../outside/secret"),
        "chain": Path("chain-2"),
        "chain-2": Path("out"),
        "circle": Path("circle-2"),
        "circle-2": Path("circle"),
        "to-git": Path(".git"),
        "to-hooks": Path("src/../.git/hooks"),
        "prefix": Path(f"{root}-other"),
        "src/in": Path("../a.txt"),
        "in-folder": Path("src/deep/.."),
        "in-absolute": root / "src",
        "dangling": Path("nothing-here"),
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    (tmp_path / "work-other").mkdir()
    (tmp_path / "work-other" / "secret").write_text("secret")
    os.link(outside / "secret", root / "hard")
    os.mkfifo(root / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(root)  # the name of a socket has to be short
        server.bind("socket")
    return root


@pytest.fixture
def workspace(root: Path) -> Workspace:
    return Workspace(root)


OUT = "leads out of the workspace"
GIT = "leads into Git's own files"
RELATIVE = "is not relative to the workspace"

ESCAPES = [
    ("../outside/secret", "has '..'"),
    ("src/../../outside/secret", "has '..'"),
    ("src/..", "has '..'"),
    ("..", "has '..'"),
    ("./../outside/secret", "has '..'"),
    ("src/./../..//outside/secret", "has '..'"),
    ("/etc/passwd", RELATIVE),
    ("//etc/passwd", RELATIVE),
    ("  /etc/passwd", RELATIVE),
    ("~/.ssh/id_rsa", RELATIVE),
    ("~root/.ssh/id_rsa", RELATIVE),
    ("file:///etc/passwd", RELATIVE),
    ("C:/Windows/win.ini", RELATIVE),
    ("C:secret", RELATIVE),
    ("..\\outside\\secret", "backslash"),
    ("src\\..\\..\\outside", "backslash"),
    ("a.txt\0/../secret", "cannot be printed"),
    ("a\n../secret", "cannot be printed"),
    ("a\u202e.txt", "cannot be printed"),
    ("\udcff", "cannot be printed"),
    ("", "is empty"),
    ("   ", "is empty"),
    ("out/secret", OUT),
    ("out-file", OUT),
    ("out-relative/secret", OUT),
    ("src/out-up", OUT),
    ("src/deep/out-far/passwd", OUT),
    ("etc/passwd", OUT),
    ("slash/etc/passwd", OUT),
    ("proc/etc/passwd", OUT),
    ("descriptors/0", OUT),
    ("parent/outside/secret", OUT),
    ("here-and-out", OUT),
    ("chain/secret", OUT),
    ("prefix/secret", OUT),
    ("in-folder/out-up", OUT),
    ("circle", "in a circle"),
    ("circle/x", "in a circle"),
    (".git/config", GIT),
    (".GIT/config", GIT),
    (".g\u200cit/config", "cannot be printed"),
    ("\uff0egit/config", GIT),
    ("git~1/config", GIT),
    (".git./config", GIT),
    ("sub/.git/HEAD", GIT),
    ("to-git/config", GIT),
    ("to-hooks/pre-commit", GIT),
    ("src/new/.git/hooks/pre-commit", GIT),
    ("pipe", "no ordinary file"),
    ("socket", "no ordinary file"),
    ("src", "is a folder"),
    ("a.txt/x", "is a file, not a folder"),
    ("x" * 300, "file name too long"),
    ("x/" * 3000 + "y", "no folder"),
    ("dangling", "no file"),
]


@pytest.mark.parametrize(("path", "said"), ESCAPES, ids=[repr(path)[:40] for path, _ in ESCAPES])
def test_no_path_reads_what_it_may_not(workspace, path, said):
    with pytest.raises(ToolError, match=re.escape(said)):
        workspace.read(path, MOST)


@pytest.mark.parametrize(
    "path", [*(path for path, said in ESCAPES if said not in ("no folder", "no file")), "hard"]
)
def test_no_path_is_to_be_changed_that_may_not(workspace, outside, path):
    before = sorted((each, each.read_text()) for each in outside.iterdir())
    with pytest.raises(ToolError):
        workspace.read_for_change(path, MOST)
    with pytest.raises(ToolError):
        workspace.put(path, workspace.stage(path, Content(b"x")), is_new=True)
    assert sorted((each, each.read_text()) for each in outside.iterdir()) == before


@pytest.mark.parametrize("path", ["out", "parent", "slash", ".git", "to-git", "src/out-up", "pipe"])
def test_no_folder_is_listed_or_made_that_may_not(workspace, outside, path):
    with pytest.raises(ToolError):
        workspace.list_folder(path)
    with pytest.raises(ToolError):
        workspace.make_folders(f"{path}/new/file")
    assert not (outside / "new").exists()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.txt", b"a\n"),
        ("./src//b.txt", b"b\n"),
        (" a.txt ", b"a\n"),
        ("src/in", b"a\n"),
        ("in-folder/b.txt", b"b\n"),
        ("in-folder/in", b"a\n"),
        ("in-absolute/b.txt", b"b\n"),
        ("hard", b"secret"),
    ],
)
def test_what_is_inside_is_read(workspace, path, data):
    assert workspace.read(path, MOST).data == data


def test_a_path_in_the_workspace_that_is_absolute_is_told_as_it_has_to_be(workspace, root):
    with pytest.raises(ToolError, match=r"relative to the workspace: 'src/b\.txt'"):
        workspace.read(f"{root}/src/b.txt", MOST)


def test_a_link_is_not_changed_and_the_file_that_it_names_is_told(workspace):
    with pytest.raises(ToolError, match=r"is a link to '\.\./a\.txt'; change that file"):
        workspace.read_for_change("src/in", MOST)


def test_a_file_that_is_too_large_is_refused(workspace, root):
    (root / "large").write_bytes(b"x" * 11)
    assert len(workspace.read("large", 11).data) == 11
    with pytest.raises(ToolError, match="has 11 bytes, more than 10"):
        workspace.read("large", 10)


def test_a_list_leaves_out_what_no_tool_can_use(workspace, root):
    (root / "line\nbreak").write_text("x")
    names = [entry.name for entry in workspace.list_folder(".")]
    assert {".git", "pipe", "socket", "line\nbreak"}.isdisjoint(names)
    assert names == sorted(names)
    assert {"a.txt", "src", "out", "hard"} <= set(names)
    assert [entry.name for entry in workspace.list_folder("in-folder")] == [
        *("b.txt", "deep", "in", "out-up")
    ]


def test_a_staged_file_takes_its_place_with_its_mode(workspace, root):
    staged = workspace.stage("a.txt", Content(b"new", 0o751))
    assert (root / "a.txt").read_bytes() == b"a\n"
    assert stat.S_IMODE((root / staged).stat().st_mode) == 0o751
    assert workspace.put("a.txt", staged, is_new=False) == 0o751
    assert (root / "a.txt").read_bytes() == b"new"
    assert not (root / staged).exists()


def test_a_new_file_never_replaces_one_that_came_meanwhile(workspace, root):
    staged = workspace.stage("late.txt", Content(b"ours"))
    (root / "late.txt").write_bytes(b"theirs")
    with pytest.raises(ToolError, match="exists already"):
        workspace.put("late.txt", staged, is_new=True)
    workspace.discard("late.txt", staged)
    assert (root / "late.txt").read_bytes() == b"theirs"
    assert not (root / staged).exists()


def test_writing_through_a_hard_link_leaves_the_other_name_alone(workspace, root, outside):
    workspace.put("hard", workspace.stage("hard", Content(b"new")), is_new=False)
    assert (outside / "secret").read_text() == "secret"
    assert (root / "hard").read_bytes() == b"new"


def test_folders_are_made_once_and_removed_while_they_are_empty(workspace, root):
    made = workspace.make_folders("src/x/y/file")
    assert made == ["src/x", "src/x/y"]
    assert workspace.make_folders("src/x/y/file") == []
    (root / "src/x/keep").write_text("")
    workspace.remove_folders(made)
    assert not (root / "src/x/y").exists()
    assert (root / "src/x/keep").exists()


def test_a_folder_that_is_swapped_for_a_link_meanwhile_leads_nowhere(workspace, root, outside):
    """A thread swaps a folder and a link out of the workspace while files in it are read."""
    (root / "swap").mkdir()
    (root / "swap" / "secret").write_text("inside")
    (root / "link").symlink_to(outside)
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            for old, new in (("swap", "x"), ("link", "swap"), ("swap", "link"), ("x", "swap")):
                (root / old).rename(root / new)

    swapper = threading.Thread(target=swap)
    swapper.start()
    seen = set()
    try:
        for _ in range(1500):
            try:
                seen.add(workspace.read("swap/secret", MOST).data)
            except ToolError as error:
                seen.add(type(error))
    finally:
        done.set()
        swapper.join()
    assert b"secret" not in seen
    assert b"inside" in seen


def test_descriptors_are_given_back(workspace):
    before = len(list(Path("/dev/fd").iterdir()))
    for path, _ in ESCAPES:
        with pytest.raises(ToolError):
            workspace.read(path, MOST)
    workspace.list_folder("src")
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_a_workspace_is_a_folder_that_is_there(tmp_path, root):
    with pytest.raises(ToolError, match="does not exist"):
        Workspace(tmp_path / "nothing")
    with pytest.raises(ToolError, match="is no folder"):
        Workspace(root / "a.txt")
    (tmp_path / "link").symlink_to(root)
    assert Workspace(tmp_path / "link").root == root.resolve()


def test_the_programs_own_folders_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever could write there would give itself permissions."""
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    (home / "notes").mkdir()
    (home / "config" / "permissions.toml").write_text("")
    (home / "notes" / "way").symlink_to(home / "config")
    (home / "notes" / "far").symlink_to(Path("../config/permissions.toml"))
    monkeypatch.setenv("HARMONY_TUI_HOME", str(home))
    workspace = Workspace(home)
    for path in ("config/permissions.toml", "config", "notes/way/tools.py", "notes/far", "data/x"):
        with pytest.raises(ToolError, match="this program's own files"):
            workspace.read(path, MOST)
    with pytest.raises(ToolError, match="own files"):
        workspace.list_folder("config")
    # What is not there yet cannot be made.
    for path in ("data/x", "DATA/x"):
        with pytest.raises(ToolError, match="own files"):
            workspace.make_folders(path)
    assert not (home / "data").exists()
    assert [entry.name for entry in workspace.list_folder("notes")] == ["far", "way"]
    for inside in (home / "config", home / "notes" / "way"):
        with pytest.raises(ToolError, match="own files"):
            Workspace(inside)
