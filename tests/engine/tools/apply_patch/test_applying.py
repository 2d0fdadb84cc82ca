"""What a person is shown of a patch, what befalls it while it is applied, and its undoing."""

import json
import os
import re
import stat
from pathlib import Path

import pytest

from engine.tools.apply_patch import Row, Undo, apply, apply_patch_tool, plan
from engine.tools.registry import ToolError
from engine.tools.workspace import Workspace
from tests.engine.tools.apply_patch.cases import patch, update


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "root"
    (root / "src").mkdir(parents=True)
    (root / "src" / "app.py").write_text("".join(f"line {n}\n" for n in range(1, 31)))
    (root / "run.sh").write_text("#!/bin/sh\necho one\n")
    (root / "run.sh").chmod(0o750)
    (root / "old").write_text("x\ny\n")
    return Workspace(root)


EDIT = patch(
    "*** Update File: src/app.py",
    *("@@", "-line 10", "+ten", "+ten and a half"),
    *("@@", "-line 20", "@@", " line 21", "+new"),
    "*** Delete File: old",
    *("*** Add File: new/file", "+n"),
    *("*** Update File: run.sh", "*** Move to: bin/run"),
)


def test_a_plan_shows_both_sides_line_by_line(workspace):
    planned = plan(workspace, EDIT)
    app, old, new, run = planned.files
    assert [each.action for each in planned.files] == ["update", "delete", "add", "move"]
    assert (app.added, app.removed) == (3, 2)
    assert app.rows == [
        Row("gap"),
        *(Row("same", n, f"line {n}", n, f"line {n}") for n in (7, 8, 9)),
        Row("changed", 10, "line 10", 10, "ten"),
        Row("added", right_number=11, right="ten and a half"),
        *(Row("same", n, f"line {n}", n + 1, f"line {n}") for n in (11, 12, 13)),
        Row("gap"),
        *(Row("same", n, f"line {n}", n + 1, f"line {n}") for n in (17, 18, 19)),
        Row("removed", 20, "line 20"),
        Row("same", 21, "line 21", 21, "line 21"),
        Row("added", right_number=22, right="new"),
        *(Row("same", n, f"line {n}", n + 1, f"line {n}") for n in (22, 23, 24)),
        Row("gap"),
    ]
    assert old.rows == [Row("removed", 1, "x"), Row("removed", 2, "y")]
    assert new.rows == [Row("added", right_number=1, right="n")]
    assert (run.rows, run.path, run.moved_from) == ([], "bin/run", "run.sh")
    assert planned.reply.splitlines()[1:] == ["A new/file", "M src/app.py", "M bin/run", "D old"]


def test_a_plan_is_a_unified_diff(workspace):
    diff = plan(workspace, EDIT).diff
    assert diff.startswith("--- a/src/app.py\n+++ b/src/app.py\n@@ -7,7 +7,8 @@\n line 7\n")
    assert "\n-line 10\n+ten\n+ten and a half\n" in diff
    assert "--- a/old\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n" in diff
    assert "--- /dev/null\n+++ b/new/file\n@@ -0,0 +1 @@\n+n\n" in diff
    assert diff.endswith("--- a/run.sh\n+++ b/bin/run")


def test_modes_stay_with_their_files(workspace):
    undo = apply(plan(workspace, EDIT))
    assert stat.S_IMODE((workspace.root / "bin/run").stat().st_mode) == 0o750
    undo.restore()
    assert stat.S_IMODE((workspace.root / "run.sh").stat().st_mode) == 0o750
    apply(plan(workspace, patch("*** Delete File: run.sh", "*** Add File: run.sh", "+new")))
    assert stat.S_IMODE((workspace.root / "run.sh").stat().st_mode) == 0o750


def files_of(workspace: Workspace) -> dict[str, bytes | None]:
    root = workspace.root
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


@pytest.mark.parametrize(
    "meddle",
    [
        lambda root: (root / "src/app.py").write_text("other"),
        lambda root: (root / "run.sh").chmod(0o777),
        lambda root: (root / "old").unlink(),
        lambda root: ((root / "new").mkdir(), (root / "new/file").write_text("theirs")),
    ],
    ids=["changed", "another mode", "gone", "there"],
)
def test_a_file_that_was_changed_after_the_plan_stops_it_all(workspace, meddle):
    planned = plan(workspace, EDIT)
    meddle(workspace.root)
    before = files_of(workspace)
    with pytest.raises(ToolError, match="was changed meanwhile; read it again"):
        apply(planned)
    assert files_of(workspace) == before


class Raced(Workspace):
    """A workspace in which another program makes a file at the last moment."""

    def put(self, path: str, staged: str, *, is_new: bool) -> int:
        if path == "bin/run":
            (self.root / path).write_text("theirs")
        return super().put(path, staged, is_new=is_new)


def test_what_was_done_is_taken_back_when_the_rest_cannot_be(workspace):
    raced = Raced(workspace.root)
    before = files_of(workspace)
    with pytest.raises(ToolError, match="bin/run exists already"):
        apply(plan(raced, EDIT))
    assert files_of(workspace) == before | {"bin": None, "bin/run": b"theirs"}
    assert stat.S_IMODE((workspace.root / "run.sh").stat().st_mode) == 0o750


def test_a_hard_link_and_a_link_are_not_patched(workspace, tmp_path):
    (tmp_path / "outside").write_text("line\n")
    os.link(tmp_path / "outside", workspace.root / "hard")
    (workspace.root / "soft").symlink_to("old")
    for name, said in (("hard", "is a hard link"), ("soft", "is a link to 'old'; change that")):
        for text in (update(name, "@@", "-line", "+x"), patch(f"*** Delete File: {name}")):
            with pytest.raises(ToolError, match=re.escape(said)):
                plan(workspace, text)
    assert (tmp_path / "outside").read_text() == "line\n"


def test_a_folder_that_became_a_link_out_is_not_written_into(workspace, tmp_path):
    planned = plan(workspace, patch("*** Add File: src/new", "+x"))
    (tmp_path / "outside").mkdir()
    (workspace.root / "src").rename(workspace.root / "kept")
    (workspace.root / "src").symlink_to(tmp_path / "outside")
    with pytest.raises(ToolError, match="leads out of the workspace"):
        apply(planned)
    assert list((tmp_path / "outside").iterdir()) == []


def test_an_undo_is_refused_where_work_would_be_lost(workspace):
    undo = apply(plan(workspace, EDIT))
    (workspace.root / "old").write_text("made anew by hand")
    after = files_of(workspace)
    with pytest.raises(ToolError, match="old was changed since, so the patch cannot be taken back"):
        undo.restore()
    assert files_of(workspace) == after


def test_an_undo_leaves_what_came_into_its_folders(workspace):
    undo = apply(plan(workspace, EDIT))
    (workspace.root / "new/other").write_text("by hand")
    undo.restore()
    assert (workspace.root / "new/other").read_text() == "by hand"
    assert not (workspace.root / "new/file").exists()
    assert not (workspace.root / "bin").exists()


def test_undos_of_several_patches_go_back_one_after_the_other(workspace):
    before = files_of(workspace)
    undos = [apply(plan(workspace, EDIT))]
    undos.append(apply(plan(workspace, update("src/app.py", "@@", "-ten", "+TEN"))))
    with pytest.raises(ToolError, match=r"src/app\.py was changed since"):
        undos[0].restore()
    for undo in reversed(undos):
        undo.restore()
    assert files_of(workspace) == before


def test_an_undo_that_was_kept_is_of_its_own_workspace_and_whole(workspace, tmp_path):
    kept = apply(plan(workspace, EDIT)).dump()
    assert "\n" not in kept
    (tmp_path / "other").mkdir()
    with pytest.raises(ToolError, match="not in this workspace"):
        Undo.load(Workspace(tmp_path / "other"), kept)
    parsed = json.loads(kept)
    parsed["files"][0]["before"]["zlib"] = "AAAA"
    for damaged in ("", "{}", kept[:-9], json.dumps(parsed)):
        with pytest.raises(ToolError, match="is damaged"):
            Undo.load(workspace, damaged)


def test_an_undo_that_was_forged_stays_in_the_workspace(workspace, tmp_path):
    (tmp_path / "victim").write_text("x")
    kept = json.loads(apply(plan(workspace, EDIT)).dump())
    kept["files"][0]["path"] = "../victim"
    with pytest.raises(ToolError, match=r"has '\.\.'"):
        Undo.load(workspace, json.dumps(kept)).restore()
    assert (tmp_path / "victim").read_text() == "x"


@pytest.mark.parametrize(
    "arguments",
    [
        json.dumps({"input": EDIT}),
        json.dumps({"patch": EDIT}),
        json.dumps([{"input": EDIT}]),
        json.dumps(EDIT),
        EDIT,
        f"apply_patch <<'EOF'\n{EDIT}EOF",
    ],
    ids=["asked for", "another key", "in an array", "a string", "raw", "a command"],
)
def test_the_tool_takes_a_patch_in_any_wrapping_and_keeps_its_undo(workspace, arguments):
    kept: list[Undo] = []
    before = files_of(workspace)
    tool = apply_patch_tool(workspace, kept.append)
    assert tool.effects
    said = "Success. Updated the following files:\nA new/file\nM src/app.py\nM bin/run\nD old"
    assert tool.call(arguments) == said
    kept[0].restore()
    assert files_of(workspace) == before


def test_the_tool_explains_what_is_no_patch(workspace):
    tool = apply_patch_tool(workspace, [].append)
    with pytest.raises(ToolError, match="there is no patch in it"):
        tool.call('{"inputs": "please"}')
    with pytest.raises(ToolError, match="invalid arguments: input: Field required"):
        tool.call("")
