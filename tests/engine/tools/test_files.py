"""What the model is shown of a workspace, and what it is told where it is shown nothing."""

import json
import time
from pathlib import Path

import pytest

from engine.tools import files
from engine.tools.files import workspace_tools
from engine.tools.registry import Registry, ToolError
from engine.tools.workspace import Workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository" / "work"
    texts = {
        "src/app.py": "import os\n\ndef main():\n    print('Hello')\n",
        "src/deep/er/est/x.py": "x = 1\n",
        "docs/guide.md": "# Guide\nHello there\n",
        "build/out.txt": "Hello\n",
        "keep.log": "Hello\n",
        "noise.log": "Hello\n",
        "src/local.tmp": "Hello\n",
        "above.bak": "Hello\n",
        "excluded": "Hello\n",
        ".env": "Hello=1\n",
        ".sub/.git/config": "Hello\n",
        "node_modules/m/index.js": "Hello\n",
        ".gitignore": "build/\n*.log\n!keep.log\n",
        "src/.gitignore": "*.tmp\n[\n",
        "../.gitignore": "*.bak\n",
        "../.git/info/exclude": "/work/excluded\n",
    }
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / "binary").write_bytes(b"Hello\0")
    (root / "latin").write_bytes("Hélène\r\n".encode("latin-1"))
    (root / "utf16").write_bytes("\ufeffHello\n".encode("utf-16-le"))
    (root / "out").symlink_to(tmp_path)
    (root / "in").symlink_to("docs/guide.md")
    (root / "outside-file").symlink_to("/etc/passwd")
    return root


@pytest.fixture
def tools(root: Path) -> Registry:
    return Registry.of(workspace_tools(Workspace(root)))


def call(tools: Registry, name: str, **arguments: object) -> str:
    return tools.find(f"functions.{name}").call(json.dumps(arguments))


def test_the_tools_change_nothing_and_say_so(tools):
    assert [tool.recipient for tool in tools] == [
        *("functions.read_file", "functions.list_files", "functions.search_files")
    ]
    assert {tool.effects for tool in tools} == {""}


def test_a_file_is_read_with_its_line_numbers(tools):
    assert call(tools, "read_file", path="src/app.py") == (
        "src/app.py (lines 1 to 4 of 4)\n"
        "L1: import os\nL2: \nL3: def main():\nL4:     print('Hello')"
    )
    assert call(tools, "read_file", path="src/app.py", first_line=2, last_line=3) == (
        "src/app.py (lines 2 to 3 of 4)\nL2: \nL3: def main():"
    )
    assert call(tools, "read_file", path="in", last_line=99).startswith("in (lines 1 to 2 of 2)")


def test_a_long_file_is_read_in_parts(tools, root):
    (root / "long").write_text("".join(f"{n}\n" for n in range(1, 1201)))
    first = call(tools, "read_file", path="long")
    assert first.startswith("long (lines 1 to 500 of 1200)\nL1: 1\n")
    assert first.endswith("L500: 500\n(700 more lines; go on with first_line 501)")
    assert call(tools, "read_file", path="long", first_line=1001).endswith("L1200: 1200")
    (root / "wide").write_text(f"{'x' * 5000}\n" * 30)
    wide = call(tools, "read_file", path="wide")
    assert len(wide) < files.MOST_CHARACTERS + 200
    assert f"L1: {'x' * 1000}… (4,000 more characters)\n" in wide
    assert "more lines; go on with first_line" in wide


def test_encodings_and_newlines_are_told(tools, root):
    assert call(tools, "read_file", path="latin") == (
        "latin (lines 1 to 1 of 1, in latin-1, newlines are '\\r\\n')\nL1: Hélène"
    )
    assert call(tools, "read_file", path="utf16") == (
        "utf16 (lines 1 to 1 of 1, in utf-16-le)\nL1: Hello"
    )
    (root / "part").write_bytes("é\n".encode() + b"\xe9\n")
    assert "some bytes are no UTF-8" in call(tools, "read_file", path="part")
    (root / "empty").write_bytes(b"")
    assert call(tools, "read_file", path="empty") == "empty is empty"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"path": "binary"}, "cannot be read as text: it is binary"),
        ({"path": "nothing"}, "there is no file 'nothing'"),
        ({"path": "src"}, "src is a folder"),
        ({"path": "../.gitignore"}, "has '..'"),
        ({"path": "outside-file"}, "leads out of the workspace"),
        ({"path": ".git/config"}, "Git's own files"),
        ({"path": "src/app.py", "first_line": 5}, "has only 4 lines"),
        ({"path": "src/app.py", "first_line": 3, "last_line": 2}, "is before the first"),
        ({"path": "src/app.py", "first_line": 0}, "invalid arguments: first_line"),
        ({"path": "src/app.py", "lines": 5}, "invalid arguments: lines"),
    ],
)
def test_what_cannot_be_read_is_explained(tools, arguments, problem):
    with pytest.raises(ToolError) as caught:
        call(tools, "read_file", **arguments)
    assert problem in str(caught.value)


def test_a_folder_is_listed_without_what_git_ignores(tools):
    assert call(tools, "list_files").splitlines() == [
        "binary",
        *("docs/", "  guide.md", "in (link)", "keep.log", "latin"),
        *("out (link)", "outside-file (link)"),
        *("src/", "  app.py", "  deep/", "    er/…", "utf16"),
    ]
    assert call(tools, "list_files", path="./src", depth=1).splitlines() == ["app.py", "deep/…"]


def test_everything_is_listed_where_it_is_asked_for(tools):
    listed = call(tools, "list_files", everything=True, depth=9).splitlines()
    assert {"build/", "  out.txt", ".env", "noise.log", "above.bak", "excluded"} <= set(listed)
    assert "node_modules/" in listed
    assert "        x.py" in listed
    assert not any("config" in line for line in listed)


def test_a_list_has_an_end(tools, root, monkeypatch):
    monkeypatch.setattr(files, "MOST_LISTED", 3)
    assert call(tools, "list_files").splitlines() == [
        *("binary", "docs/", "  guide.md"),
        "(there are more than these 3; list a folder, or less deep)",
    ]
    (root / "hollow").mkdir()
    assert call(tools, "list_files", path="hollow") == (
        "hollow has no files that are not hidden or ignored"
    )


@pytest.mark.parametrize("path", ["out", "..", "nothing", "docs/guide.md", ".git", "/"])
def test_what_cannot_be_listed_is_explained(tools, path):
    with pytest.raises(ToolError):
        call(tools, "list_files", path=path)


def test_lines_are_found_by_a_regular_expression(tools):
    assert call(tools, "search_files", pattern="^(?!#).*Hel+o").splitlines() == [
        "docs/guide.md:2: Hello there",
        "keep.log:1: Hello",
        "src/app.py:4:     print('Hello')",
        "utf16:1: Hello",
        "(1 left out, binary or large)",
    ]


def test_lines_are_found_by_plain_text(tools):
    found = "src/app.py:4:     print('Hello')"
    assert call(tools, "search_files", pattern="print('H", literal=True, path="src") == found
    assert call(tools, "search_files", pattern="PRINT\\(", ignore_case=True, path="src") == found
    assert call(tools, "search_files", pattern="Hélène", literal=True, path="latin") == (
        "latin:1: Hélène"
    )


def test_a_search_is_narrowed_to_files(tools):
    for named in ("*.py", "src/*.py", "**/app.py", "./src/app.py"):
        assert call(tools, "search_files", pattern="Hello|x = ", files=named).startswith(
            "src/app.py:4:"
        )
    assert call(tools, "search_files", pattern="Guide|main", files="*.{py,md}").splitlines() == [
        *("docs/guide.md:1: # Guide", "src/app.py:3: def main():")
    ]
    nothing = "no line matches in 0 files"
    for named in ("*.rs", "app.p", "/app.py", "docs/*.py"):
        assert call(tools, "search_files", pattern="Hello", files=named) == nothing
    assert call(tools, "search_files", pattern="Hello", path="docs/guide.md") == (
        "docs/guide.md:2: Hello there"
    )


def test_a_search_shows_so_many_lines_and_parts_of_long_ones(tools, root, monkeypatch):
    monkeypatch.setattr(files, "MOST_FOUND", 2)
    (root / "many").write_text("needle\n" * 5)
    (root / "wide").write_text("a" * 5000 + "needle" + "b" * 5000)
    for literal in (True, False):
        assert call(tools, "search_files", pattern="needle", files="many", literal=literal) == (
            "many:1: needle\nmany:2: needle\n(there are more than these 2; search for less)"
        )
        wide = call(tools, "search_files", pattern="needle", files="wide", literal=literal)
        assert wide.startswith("wide:1: …aaa")
        assert "needle" in wide
        assert wide.endswith("bbb…")
        assert len(wide) < 300


def test_a_search_reads_so_much_and_no_more(tools, monkeypatch):
    monkeypatch.setattr(files, "MOST_SEARCHED", 30)
    found = call(tools, "search_files", pattern="Hello", literal=True)
    assert "docs/guide.md:2" in found
    assert "src/app.py" not in found
    assert "(only the first 2 files were searched; name a folder)" in found
    monkeypatch.setattr(files, "LONGEST_READING", -1.0)
    assert "(only the first 0 files" in call(tools, "search_files", pattern="Hello")


def test_a_pattern_that_takes_forever_is_ended(tools, root, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_SECONDS", 0.7)
    (root / "zz").write_text("a" * 40 + "!\n")
    began = time.monotonic()
    with pytest.raises(ToolError, match=r"took more than 0\.7 s; make it simpler"):
        call(tools, "search_files", pattern="^(a+)+$", path="zz")
    assert time.monotonic() - began < 10
    (root / "yy").write_text("ax\nax\n")
    found = call(tools, "search_files", pattern="^ax$|^(a+)+$", files="[yz]*")
    assert found.splitlines()[:2] == ["yy:1: ax", "yy:2: ax"]
    assert "it took more than 0.7 s and was ended" in found


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"pattern": "("}, "is no regular expression"),
        ({"pattern": ""}, "has to have 1 to 1000 characters"),
        ({"pattern": "x" * 1001}, "has to have 1 to 1000 characters"),
        ({"pattern": "x", "path": "nothing"}, "there is no file or folder 'nothing'"),
        ({"pattern": "x", "path": "../"}, "has '..'"),
        ({"pattern": "x", "path": "out"}, "leads out of the workspace"),
        ({"pattern": "x", "path": "outside-file"}, "leads out of the workspace"),
        ({"pattern": "x", "path": ".git"}, "Git's own files"),
    ],
)
def test_what_cannot_be_searched_is_explained(tools, arguments, problem):
    with pytest.raises(ToolError) as caught:
        call(tools, "search_files", **arguments)
    assert problem in str(caught.value)
