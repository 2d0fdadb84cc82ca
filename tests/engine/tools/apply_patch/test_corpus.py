"""Every patch of the corpus does to a tree of files what it has to, and can be taken back."""

import re
from pathlib import Path

import pytest

from engine.tools.apply_patch import Undo, apply, plan
from engine.tools.registry import ToolError
from engine.tools.workspace import Workspace
from tests.engine.tools.apply_patch import corpus_grammar, corpus_matching, corpus_refused
from tests.engine.tools.apply_patch.cases import GONE, Case, Tree

APPLIED = [*corpus_grammar.CASES, *corpus_matching.CASES]


def lay(root: Path, tree: Tree) -> Workspace:
    for path, text in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode("utf-8", "surrogateescape"))
    return Workspace(root)


def read(root: Path) -> Tree:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8", "surrogateescape")
        for path in root.rglob("*")
        if path.is_file()
    }


def everything(root: Path) -> dict[str, bytes | None]:
    """Return all that is in a folder: files' bytes, and folders."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


@pytest.mark.parametrize("case", APPLIED, ids=lambda case: case.name)
def test_a_patch_does_what_it_has_to_and_is_taken_back(tmp_path: Path, case: Case) -> None:
    workspace = lay(tmp_path, case.before)
    first = everything(tmp_path)
    planned = plan(workspace, case.patch)
    assert everything(tmp_path) == first, "a plan does nothing"
    undo = apply(planned)
    expected = {**case.before, **case.after}
    assert read(tmp_path) == {path: text for path, text in expected.items() if text != GONE}
    if case.reply:
        assert planned.reply == f"Success. Updated the following files:\n{case.reply}"
    Undo.load(workspace, undo.dump()).restore()
    assert everything(tmp_path) == first


@pytest.mark.parametrize("case", corpus_refused.CASES, ids=lambda case: case.name)
def test_a_patch_that_does_not_fit_is_explained(tmp_path: Path, case: Case) -> None:
    root = tmp_path / "root"
    root.mkdir()
    workspace = lay(root, case.before)
    first = everything(tmp_path)
    with pytest.raises(ToolError, match=re.escape(case.error)):
        apply(plan(workspace, case.patch))
    assert everything(tmp_path) == first


def test_the_corpus_is_large_and_no_case_is_there_twice() -> None:
    names = [case.name for case in (*APPLIED, *corpus_refused.CASES)]
    assert len(set(names)) == len(names) >= 60
