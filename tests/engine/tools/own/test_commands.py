"""The person's commands: real programs, run plainly and in a sandbox."""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

import pytest

from engine.tools.own import OwnTools, load_own_tools
from engine.tools.registry import Running, Tool, ToolError
from engine.tools.sandbox import Found, probe
from engine.tools.sandbox.unconfined import Unconfined

NONE = Found(Unconfined(), ())


def load(folder: Path, text: str, sandbox: Found = NONE, workspace: Path | None = None) -> OwnTools:
    (folder / "tools.toml").write_text(text)
    return load_own_tools(folder, sandbox, workspace, taken=("calculator",))


def only(own: OwnTools) -> Tool:
    assert own.problems == ()
    [tool] = own.tools
    return tool


def command(run: list[str], more: str = "") -> str:
    return f'[command.it]\ndescription = "Does it."\nrun = {json.dumps(run)}\n{more}\n'


def script(folder: Path, text: str) -> list[str]:
    (folder / "it.sh").write_text(text)
    return ["sh", "it.sh"]


PARAMETERS = """
[command.it.parameters]
city = { type = "string", description = "As people write it." }
days = { type = "integer", default = 3 }
unit = { enum = ["C", "F"], optional = true }
tags = { type = "array", optional = true }
"""


def test_a_command_reads_its_arguments_as_json(tmp_path: Path) -> None:
    tool = only(load(tmp_path, command(["cat"], PARAMETERS)))
    assert (tool.recipient, tool.description) == ("functions.it", "Does it.")
    assert tool.parameters() == {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "city": {"type": "string", "description": "As people write it."},
            "days": {"type": "integer", "default": 3},
            "unit": {"type": "string", "enum": ["C", "F"]},
            "tags": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["city"],
    }
    assert json.loads(tool.call('{"city": "Rome", "unit": "F"}')) == {
        "city": "Rome",
        "days": 3,
        "unit": "F",
    }
    for wrong in ('{"city": 1}', '{"city": "a", "unit": "K"}', '{"town": "a", "city": "b"}', "{"):
        with pytest.raises(ToolError, match="invalid arguments"):
            tool.call(wrong)


def test_it_gets_no_variable_that_it_does_not_ask_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITS_KEY", "wanted")
    monkeypatch.setenv("OTHER_KEY", "secret")
    tool = only(load(tmp_path, command(["env"], 'variables = ["ITS_KEY"]')))
    lines = tool.call("{}").splitlines()
    assert "ITS_KEY=wanted" in lines
    assert any(line.startswith("HOME=") for line in lines)
    assert "secret" not in "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "said", "fails"),
    [
        ("echo out; echo err >&2", "out\n", False),
        ("echo err >&2", "err\n", False),
        ("true", "Done; the command wrote nothing.", False),
        ("echo out; echo err >&2; exit 3", "out\n\nerr\n[ERROR] it ended with exit code 3", True),
        ("kill -9 $$", "[ERROR] it ended with signal 9", True),
        ("printf 'a\\033]52;c;eA==\\007b'", "ab", False),
        ("exec <&-; sleep 0.3; echo late", "late\n", False),
        ("sleep 30 & echo left", "left\n", False),
        ("exec >&- 2>&-; sleep 0.3; exit 2", "[ERROR] it ended with exit code 2", True),
    ],
)
def test_however_it_ends(tmp_path: Path, text: str, said: str, fails: bool) -> None:
    tool = only(load(tmp_path, command(script(tmp_path, text))))
    begin = time.monotonic()
    result = tool.start("{}", Running())
    assert (result.text, result.is_failed) == (said, fails)
    assert time.monotonic() - begin < 20


def test_a_flood_is_cut_and_a_hang_is_ended(tmp_path: Path) -> None:
    flood = only(load(tmp_path, command(["head", "-c", "300000000", "/dev/zero"])))
    running = Running()
    text = flood.start("{}", running).text
    assert "binary data" in text
    assert len(text) < 30_000
    assert len(running.take()) < 300_000
    hang = only(load(tmp_path, command(script(tmp_path, "echo begun; sleep 60"), "timeout = 0.5")))
    begin = time.monotonic()
    result = hang.start("{}", Running())
    assert result.text == "begun\n[ERROR] it took more than 0.5 s and was ended"
    assert time.monotonic() - begin < 20


def test_it_is_shown_while_it_runs_and_stops_when_asked(tmp_path: Path) -> None:
    tool = only(load(tmp_path, command(script(tmp_path, "echo begun; sleep 60; echo over"))))
    running = Running()
    results = []
    thread = threading.Thread(target=lambda: results.append(tool.start("{}", running)))
    thread.start()
    until = time.monotonic() + 10
    while (told := running.take()) == "" and time.monotonic() < until:
        time.sleep(0.02)
    assert told == "begun\n"
    running.cancel()
    thread.join(20)
    assert not thread.is_alive()
    assert results[0].text == "begun\n[ERROR] it was stopped"


def test_what_cannot_be_started_is_told(tmp_path: Path) -> None:
    for run, said in (
        (["no-such-program-anywhere"], "no such file"),
        (["./tools.toml"], "permission denied"),
        (["a\0b"], "null"),
    ):
        tool = only(load(tmp_path, command(run)))
        with pytest.raises(ToolError, match=f"it did not start: .*{said}"):
            tool.call("{}")
    tool = only(load(tmp_path, command(["ls"], 'folder = "workspace"')))
    with pytest.raises(ToolError, match="there is none"):
        tool.call("{}")


def test_where_it_works_and_what_it_is_said_to_touch(tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    workspace.mkdir()
    (workspace / "it.sh").write_text("echo not this one")
    (tmp_path / "it.sh").write_text("pwd")
    text = command(["sh", "it.sh"], 'folder = "workspace"\ntouches = ["read"]')
    tool = only(load(tmp_path, text, NONE, workspace))
    assert tool.call("{}") == f"{workspace}\n"
    assert tool.touches_of("") == {"read", "unsandboxed"}
    assert tool.effects_of("") == "reads files, runs a program without a sandbox"
    silent = only(load(tmp_path, command(["ls"])))
    assert silent.touches_of("") == {"unsandboxed"}
    assert silent.place_of("") == "your tools.toml: your computer, no sandbox"


def test_in_the_sandbox_it_touches_what_it_says_and_no_more(tmp_path: Path) -> None:
    found = probe()
    if found.level == "none":
        pytest.skip("this machine has no sandbox")
    workspace = tmp_path / "work"
    workspace.mkdir()
    (workspace / "a").write_text("seen\n")
    (tmp_path / "secret").write_text("secret\n")
    run = script(tmp_path, f"cat {workspace}/a {tmp_path}/secret; echo new > {workspace}/b; exit 0")
    said: dict[str, str] = {}
    for touches in ("[]", '["read"]', '["write"]'):
        text = command(run, f"touches = {touches}")
        tool = only(load(tmp_path, text, found, workspace))
        assert tool.place_of("") == f"your tools.toml: sandbox {found.level}"
        said[touches] = tool.call("{}")
        assert "secret\n" not in said[touches]
        assert (workspace / "b").exists() is (touches == '["write"]')
    assert "seen" not in said["[]"]
    assert "seen" in said['["read"]']
    undeclared = only(load(tmp_path, command(run), found, workspace))
    assert undeclared.touches_of("") == {"code"}
    inside = command(["cat", "a"], 'folder = "workspace"')
    working = only(load(tmp_path, inside, found, workspace))
    assert working.touches_of("") == {"code", "read"}
    assert working.call("{}") == "seen\n"
    # A program that is shown already, by a link in a folder that is.
    python = only(load(tmp_path, command([sys.executable, "-c", "print(6 * 7)"]), found))
    assert python.call("{}") == "42\n"
    # What nothing can hold runs without, and so does what the person wants to.
    for more, touched in (
        ('touches = ["git"]', {"git", "unsandboxed"}),
        ('sandbox = false\ntouches = ["read"]', {"read", "unsandboxed"}),
    ):
        free = only(load(tmp_path, command(run, more), found, workspace))
        assert free.touches_of("") == touched
        assert "secret\n" in free.call("{}")


def test_names_are_made_valid_and_are_had_once(tmp_path: Path) -> None:
    own = load(
        tmp_path,
        '[command."word-count"]\ndescription="a"\nrun=["wc"]\n\n'
        '[command.word_count]\ndescription="a"\nrun=["wc"]\n\n'
        '[command.calculator]\ndescription="a"\nrun=["bc"]\n',
    )
    assert [tool.recipient for tool in own.tools] == ["functions.word_count"]
    file = tmp_path / "tools.toml"
    assert own.problems == (
        f"{file}, line 5: there is a tool 'word_count' already; give it another name.",
        f"{file}, line 9: there is a tool 'calculator' already; give it another name.",
    )
