"""tools.toml: what may stand in it, and what is said of what may not, by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.tools.own.declarations import read_declarations

GOOD = """\
# Mine.
[functions]
timeout = 5

[command.sum]
description = "Adds."
run = ["./sum.sh"]
parameters.a = "integer"
parameters.b = { type = "integer", default = 1 }

[command."word-count"]
description = "Counts."
run = ["wc"]
sandbox = true

[mcp.files]
run = ["files-server", "--stdio"]
touches = { search = ["read"], "*" = ["write"] }

[mcp.web]
url = "https://mcp.example.org/mcp"
"""


def test_all_that_may_stand_in_it(tmp_path: Path) -> None:
    file = tmp_path / "tools.toml"
    file.write_text(GOOD)
    read = read_declarations(file)
    assert read.problems == ()
    assert list(read.commands) == ["sum", "word-count"]
    assert read.commands["sum"].parameters["a"].type == "integer"
    assert read.commands["word-count"].sandbox
    assert read.servers["files"].touches == {"search": ("read",), "*": ("write",)}
    assert read.servers["web"].run is None
    assert read.functions.timeout == 5


def test_no_file_is_no_tools(tmp_path: Path) -> None:
    assert read_declarations(tmp_path / "tools.toml").problems == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[command.x]\nrun = ['a']", "line 22: command.x: it has no description"),
        ("[command.x]\ndescription = 'a'\nrun = 'ls'", "line 24: command.x.run: it is a list"),
        ("[command.x]\ndescription = 'a'\nrun = []", "line 24: command.x.run: tuple should have"),
        (
            "[command.x]\ndescription = 'a'\nrun = ['a']\ntimout = 1",
            "line 25: command.x.timout: there is no such key (did you mean 'timeout'?)",
        ),
        (
            "[command.x]\ndescription = 'a'\nrun = ['a']\ntimeout = 0",
            "line 25: command.x.timeout: input should be greater than 0",
        ),
        (
            "[command.x]\ndescription = 'a'\nrun = ['a']\ntouches = ['disk']",
            "line 25: command.x.touches: it is one of: read, write, code",
        ),
        (
            "[command.x]\ndescription = 'a'\nrun = ['a']\n[command.x.parameters]\nn = 'int'",
            "line 26: command.x.parameters.n.type: it is one of: string, integer",
        ),
        ("[mcp.x]\n", "line 22: mcp.x: a server has either run (a program) or url"),
        ("[mcp.x]\nurl = 'ftp://a'", "line 23: mcp.x.url: "),
        ("[comand.x]\n", "comand: there is no table 'comand' (did you mean 'command'?)"),
        ("[functions]\n", "not valid TOML"),
        ("x = [", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_the_rest_is_there(
    tmp_path: Path, wrong: str, said: str
) -> None:
    file = tmp_path / "tools.toml"
    file.write_text(f"{GOOD}{wrong}\n")
    read = read_declarations(file)
    [problem] = read.problems
    assert problem.startswith(str(file))
    assert said in problem
    if "TOML" not in said:
        assert {*read.commands, *read.servers} == {"sum", "word-count", "files", "web"}
