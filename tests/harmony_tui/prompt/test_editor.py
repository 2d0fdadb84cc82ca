from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harmony_tui.prompt.editor import EditorError, edit_text


@contextmanager
def given_away() -> Iterator[None]:
    yield


def use_editor(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Have a script be the editor; it finds the file's name in ``path``."""
    script = folder / "my editor.py"
    script.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[2])\n{code}\n")
    command = f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} --wait"
    monkeypatch.setenv("VISUAL", command)
    monkeypatch.setenv("EDITOR", "never-this-one")


def test_what_the_editor_makes_of_it_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_editor(
        monkeypatch,
        tmp_path,
        "seen = pathlib.Path(sys.argv[0]).parent / 'seen'\n"
        "seen.write_text(f'{path} {oct(path.parent.stat().st_mode)}')\n"
        "path.write_text(path.read_text() + ' — 日本\\n')",
    )
    assert edit_text("one\ntwo", given_away) == "one\ntwo — 日本"
    path, mode = (tmp_path / "seen").read_text().split()
    assert path.endswith(".md")
    assert mode == "0o40700"
    assert not Path(path).exists()


def test_a_failed_editor_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_editor(monkeypatch, tmp_path, "path.write_text('half'); sys.exit(3)")
    with pytest.raises(EditorError, match="ended with 3; the text is as it was"):
        edit_text("whole", given_away)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("", "Set VISUAL or EDITOR"),
        ("  ", "Set VISUAL or EDITOR"),
        ("no-such-editor -n", "no-such-editor cannot be run: No such file"),
        ("'vim", "cannot be read"),
    ],
)
def test_an_editor_that_is_none_is_named(
    named: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", named)
    with pytest.raises(EditorError, match=said):
        edit_text("text", given_away)
