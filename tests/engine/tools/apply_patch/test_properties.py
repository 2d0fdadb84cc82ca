"""Whatever a patch does to whatever files, it is taken back to the last byte and mode."""

from __future__ import annotations

import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tools.apply_patch import Undo, apply, plan
from engine.tools.apply_patch.comparing import compare, unified
from engine.tools.apply_patch.lines import TextFile
from engine.tools.registry import ToolError
from engine.tools.workspace import Workspace

MODES = [0o644, 0o600, 0o755, 0o640]
Snapshot = dict[str, tuple[int, bytes]]


@dataclass(frozen=True)
class Source:
    """A file of lines that differ from one another, and what a patch does to it."""

    lines: list[str]
    newline: str
    ends: bool
    bom: bool
    mode: int
    action: str
    at: int

    def data(self, lines: list[str]) -> bytes:
        # A file that has no newline does not tell of which kind its would be.
        newline = self.newline if self.ends or len(self.lines) > 1 else "\n"
        text = newline.join(lines) + (newline if self.ends and lines else "")
        return ("\ufeff" if self.bom else "").encode() + text.encode()

    def section(self, name: str) -> tuple[list[str], list[str]]:
        """Return the lines of the patch, and those of the file after it."""
        at = self.at % len(self.lines)
        line = self.lines[at]
        head = [f"*** Update File: {name}"]
        if "move" in self.action:
            head.append(f"*** Move to: moved/{name}")
        if "replace" in self.action:
            new = [*self.lines[:at], "new", *self.lines[at + 1 :]]
            return [*head, "@@", f"-{line}", "+new"], new
        if "insert" in self.action:
            new = [*self.lines[: at + 1], "new", "newer", *self.lines[at + 1 :]]
            return [*head, "@@", f" {line}", "+new", "+newer"], new
        return head, self.lines


SOURCES = st.builds(
    Source,
    lines=st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0\ufeff"), max_size=8).map(
            lambda text: f"x{text}x"
        ),
        min_size=1,
        max_size=8,
        unique=True,
    ).map(lambda lines: [f"{number}{line}" for number, line in enumerate(lines)]),
    newline=st.sampled_from(["\n", "\r\n"]),
    ends=st.booleans(),
    bom=st.booleans(),
    mode=st.sampled_from(MODES),
    action=st.sampled_from(["leave", "delete", "replace", "insert", "move", "move replace"]),
    at=st.integers(0, 7),
)


def snapshot(root: Path) -> Snapshot:
    return {
        path.relative_to(root).as_posix(): (
            stat.S_IMODE(path.stat().st_mode),
            path.read_bytes() if path.is_file() else b"<folder>",
        )
        for path in root.rglob("*")
    }


@settings(max_examples=25, deadline=None)
@given(
    sources=st.lists(SOURCES, min_size=1, max_size=4),
    added=st.lists(st.sampled_from(["n0", "new/n1", "new/deep/n2", "moved/n3"]), unique=True),
    tampered=st.integers(0, 20),
)
def test_a_patch_is_taken_back_exactly(sources, added, tampered):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lines, expected = [], {}
        for number, source in enumerate(sources):
            name = f"f{number}"
            (root / name).write_bytes(source.data(source.lines))
            (root / name).chmod(source.mode)
            if source.action == "delete":
                lines.append(f"*** Delete File: {name}")
                continue
            section, new = source.section(name)
            lines += section if source.action != "leave" else []
            target = f"moved/{name}" if "move" in source.action else name
            expected[target] = (source.mode, source.data(new))
        for name in added:
            lines += [f"*** Add File: {name}", "+new"]
        first, workspace = snapshot(root), Workspace(root)
        if not lines:
            return
        planned = plan(workspace, "\n".join(["*** Begin Patch", *lines, "*** End Patch"]))
        undo = apply(planned)
        after = snapshot(root)
        files = {path: held for path, held in after.items() if held[1] != b"<folder>"}
        assert {path: held for path, held in files.items() if path not in added} == expected
        assert all(files[path][1] == b"new\n" for path in added)

        undo = Undo.load(workspace, undo.dump())
        path = undo.paths[tampered % len(undo.paths)]
        if (root / path).exists():
            (root / path).chmod(0o777)
        else:
            (root / path).write_bytes(b"")
        changed = snapshot(root)
        with pytest.raises(ToolError, match=f"{path} was changed since"):
            undo.restore()
        assert snapshot(root) == changed
        if path in after:
            (root / path).chmod(after[path][0])
        else:
            (root / path).unlink()
        undo.restore()
        assert snapshot(root) == first


PIECES = st.sampled_from(
    [
        *("*** Begin Patch\n", "*** End Patch\n", "*** Update File: f\n", "*** Add File: n\n"),
        *("*** Delete File: f\n", "*** Move to: m\n", "*** End of File\n", "@@\n", "@@ a\n"),
        *("@@ -1,2 +1,2 @@\n", " a\n", "-b\n", "+c\n", "-", "+", " ", "\n", "***", "{", '"'),
        *("apply_patch <<'EOF'\n", "EOF\n", "\\n", "\r\n", "\u2014", "[", "}", "cd x && "),
        *("\ufeff", "```\n", '{"input": "', "\\ud800", "\ud800"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(text=st.lists(PIECES | st.text(max_size=5), max_size=14).map("".join))
def test_whatever_is_sent_is_planned_or_explained(tmp_path_factory, text):
    root = tmp_path_factory.getbasetemp() / "fuzz"
    root.mkdir(exist_ok=True)
    (root / "f").write_text("a\nb\n\na b\nc\n")
    with suppress(ToolError):
        planned = plan(Workspace(root), text)
        assert planned.reply.startswith("Success.")
        assert planned.diff
    assert [path.name for path in root.iterdir()] == ["f"]


LINES = st.lists(st.sampled_from("abcdef"), max_size=12)


@settings(max_examples=100, deadline=None)
@given(before=LINES, after=LINES)
def test_the_rows_of_a_comparison_have_every_line_on_its_side(before, after):
    rows = compare(before, after, context=20)
    if before == after:
        assert rows == []
        return
    left = {row.left_number: row.left for row in rows if row.left_number}
    right = {row.right_number: row.right for row in rows if row.right_number}
    assert left == dict(enumerate(before, 1))
    assert right == dict(enumerate(after, 1))
    assert all((row.left == row.right) == (row.kind == "same") for row in rows)
    said = [line for line in unified(before, after, "f", "f")[2:] if line[0] != "@"]
    assert sum(line[0] == "-" for line in said) - sum(line[0] == "+" for line in said) == (
        len(before) - len(after)
    )


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=30) | st.text(max_size=20).map(lambda text: text.encode()))
def test_a_text_that_is_read_is_written_as_it_was(data):
    try:
        assert TextFile.read(data).write() == data
    except ValueError:
        assert b"\0" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")
