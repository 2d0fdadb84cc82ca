"""What the model may call, by what is set and what the machine has."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.config import locations
from engine.config.reading import SettingsError
from engine.config.settings import Settings
from engine.tools.browser.choosing import choose_service
from engine.tools.browser.services import Brave, DuckDuckGo, Exa, SearXNG, YouCom
from engine.tools.functions import CLOCK
from engine.tools.permissions import CallFacts, Permissions
from engine.tools.python.offering import read_code
from engine.tools.registry import ToolError
from engine.tools.rules import Rule, Rules
from engine.tools.sandbox import Found
from engine.tools.sandbox.unconfined import Unconfined
from engine.tools.toolbox import NO_SANDBOX, NO_SUCH_TOOL, NO_WORKSPACE, Toolbox

HERE = Path(__file__).parent
NONE = Found(Unconfined(), ())
BROWSER = {"browser.search", "browser.open", "browser.find"}
FILES = {f"functions.{name}" for name in ("read_file", "list_files", "search_files")}

Open = Callable[..., Toolbox]


@pytest.fixture
def open_toolbox() -> Iterator[Open]:
    opened: list[Toolbox] = []

    def begin(settings: Settings = Settings(), **options: Any) -> Toolbox:  # noqa: B008
        opened.append(Toolbox(settings, **options))
        return opened[-1]

    yield begin
    for each in opened:
        each.close()


def recipients(toolbox: Toolbox) -> set[str]:
    return {tool.recipient for tool in toolbox.registry}


def test_a_model_is_offered_what_suits_it_and_the_machine(open_toolbox: Open, tmp_path) -> None:
    always = {"functions.calculator", "functions.clock"}
    assert recipients(open_toolbox(is_bundled=True)) == always
    toolbox = open_toolbox()
    assert recipients(toolbox) == always | BROWSER | {"python"}
    assert toolbox.names()["apply_patch"] == NO_WORKSPACE
    toolbox.workspace = tmp_path
    assert recipients(toolbox) == always | BROWSER | FILES | {"python", "functions.apply_patch"}
    assert not any(toolbox.names().values())
    toolbox.workspace = None
    assert toolbox.workspace is None
    assert recipients(toolbox) == always | BROWSER | {"python"}
    toolbox.is_bundled = True
    assert recipients(toolbox) == always


def test_tools_are_chosen_by_name(open_toolbox: Open, tmp_path) -> None:
    toolbox = open_toolbox(Settings(tools=("python", "pyhton", "read_file")), sandbox=NONE)
    assert recipients(toolbox) == {"python"}
    names = toolbox.names()
    assert (names["pyhton"], names["read_file"], names["python"]) == (
        NO_SUCH_TOOL,
        NO_WORKSPACE,
        "",
    )
    toolbox.enabled = ()
    assert recipients(toolbox) == set()
    toolbox.enabled = ("browser", "clock")
    assert recipients(toolbox) == BROWSER | {"functions.clock"}


def test_python_without_a_sandbox_is_offered_only_by_name_and_says_so(open_toolbox: Open) -> None:
    toolbox = open_toolbox(sandbox=NONE)
    assert "python" not in recipients(toolbox)
    assert toolbox.names()["python"] == NO_SANDBOX
    toolbox.enabled = ("python",)
    tool = toolbox.registry.find("python")
    assert tool.touches_of("1") == {"code", "unsandboxed"}
    assert tool.place_of("1") == "this machine, without a sandbox"


def test_the_networks_switch_acts_at_once(open_toolbox: Open) -> None:
    toolbox = open_toolbox(Settings(search="searxng", search_url="http://searx.invalid"))
    search, opening = (toolbox.registry.find(f"browser.{name}") for name in ("search", "open"))
    ask, url = '{"query":"x"}', '{"id":"https://docs.invalid/a"}'
    assert not toolbox.network_is_on
    assert (search.touches_of(ask), search.effects_of(ask)) == ({"read"}, "")
    assert search.place_of(ask) == "this program"
    with pytest.raises(ToolError, match="network is switched off"):
        search.call(ask)
    toolbox.network_is_on = True
    assert search.touches_of(ask) == {"network"}
    assert search.effects_of(ask) == "sends this to searx.invalid"
    # And so does who searches.
    toolbox.choose_search(Settings(search="searxng", search_url="http://other.invalid"))
    assert search.effects_of(ask) == "sends this to other.invalid"
    toolbox.choose_search(Settings(search="searxng"))
    assert "search_url is not set" in toolbox.problems[0]
    assert search.effects_of(ask) == ""
    toolbox.choose_search(Settings(search="searxng", search_url="http://searx.invalid"))
    assert toolbox.problems == ()
    assert search.place_of(ask) == "the network"
    assert opening.host_of(url) == "docs.invalid"
    # Arguments that are none reach nobody, and are explained when the tool runs.
    assert opening.touches_of("{") == {"read"}


def test_settings_that_cannot_be_used_are_told_and_all_else_is_there(open_toolbox: Open) -> None:
    toolbox = open_toolbox(
        Settings(search="brave", workspace="/no/such/folder"), is_bundled=True, variables={}
    )
    assert len(toolbox.problems) == 2
    assert "BRAVE_API_KEY" in toolbox.problems[0]
    assert "'/no/such/folder'" in toolbox.problems[1]
    assert toolbox.workspace is None
    with pytest.raises(SettingsError, match="there is no such folder"):
        toolbox.workspace = Path(__file__)


def test_services_are_chosen_with_their_keys() -> None:
    keys = {"BRAVE_API_KEY": "b", "EXA_API_KEY": " e ", "YDC_API_KEY": "y"}
    assert choose_service(Settings(), keys) is None
    assert choose_service(Settings(search="brave"), keys) == Brave("b")
    assert choose_service(Settings(search="exa"), keys) == Exa("e")
    assert choose_service(Settings(search="you"), keys) == YouCom("y")
    assert choose_service(Settings(search="duckduckgo"), keys) == DuckDuckGo()
    found = choose_service(Settings(search="searxng", search_url="http://x:1"), keys)
    assert found == SearXNG("http://x:1")
    with pytest.raises(SettingsError, match="search_url is not set"):
        choose_service(Settings(search="searxng"), keys)


def test_another_conversation_finds_nothing_of_the_last_one(open_toolbox: Open) -> None:
    toolbox = open_toolbox(Settings(tools=("python",)))
    python = toolbox.registry.find("python")
    assert python.call("x = 1\nopen('left', 'w').close()\nx") == "1"
    toolbox.reset_python()
    # Variables are gone, files stay.
    assert python.call("import os\n'x' in globals(), os.listdir()") == "(False, ['left'])"
    toolbox.start_conversation()
    assert python.call("import os\n'x' in globals(), os.listdir()") == "(False, [])"


def test_what_the_person_adds_is_offered_under_its_name(
    open_toolbox: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    folder = locations.own_tools_folder()
    folder.mkdir(parents=True)
    (folder / "tools.toml").write_text(
        '[command.greet]\ndescription = "Greets."\nrun = ["echo", "hello"]\n'
        '[command.clock]\ndescription = "Another one."\nrun = ["date"]\n'
        '[mcp.gone]\nrun = ["/no/such/program"]\n'
    )
    toolbox = open_toolbox(Settings(tools=("greet", "clock")))
    changed = threading.Event()
    toolbox.added.hear = changed.set
    assert recipients(toolbox) == {"functions.greet", "functions.clock"}
    assert toolbox.registry.find("functions.greet").call("{}").strip() == "hello"
    assert toolbox.registry.find("functions.clock") is CLOCK
    assert any("'clock' already" in problem for problem in toolbox.problems)
    while not toolbox.names()["gone"].startswith("server failed: "):
        assert changed.wait(20)
        changed.clear()


def test_what_the_person_adds_is_loaded_anew_when_its_files_have_changed(
    open_toolbox: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    folder = locations.own_tools_folder()
    folder.mkdir(parents=True)
    functions, declared = folder / "tools.py", folder / "tools.toml"
    functions.write_text('def one() -> int:\n    """Tells."""\n    return 1\n')
    server = [sys.executable, "-S", str(HERE / "mcp" / "old_server.py")]
    declared.write_text(f'[mcp.old]\nrun = {json.dumps(server)}\nonly = ["act", "fly"]\n')
    toolbox = open_toolbox(sandbox=NONE)
    changed = threading.Event()
    toolbox.added.hear = changed.set

    offered = recipients(toolbox)
    assert "functions.one" in offered
    while "old_act" not in toolbox.names():
        assert changed.wait(30)
        changed.clear()
    # What a server has to say of itself stands where problems do, and it can be started anew.
    assert toolbox.problems == ("MCP server old: it has no tool 'fly'.",)
    act = toolbox.registry.find("functions.old_act")
    # Nothing holds it, so no rule lets it run unasked; the question tells whose it is, and where.
    assert act.place_of("") == "MCP server old: your computer, no sandbox"
    rules = Rules(tmp_path / "permissions.toml")
    rules.add(Rule(tool=act.recipient, decision="always"))
    facts = CallFacts(act.recipient, "{}", act.touches_of("{}"), "")
    verdict = Permissions("auto", rules).decide(facts)
    assert (verdict.action, verdict.reason) == ("ask", "it runs without a sandbox")
    toolbox.added.restart("old")
    assert act.call('{"how": "again"}') == '"again"'
    with pytest.raises(KeyError):
        toolbox.added.restart("none")
    assert toolbox.registry.find("functions.one").call("{}") == "1"
    functions.write_text('def two() -> int:\n    """Tells."""\n    return 2\n')
    declared.unlink()
    offered = recipients(toolbox)
    assert "functions.two" in offered
    assert not {"functions.one", "functions.old_act"} & offered
    assert toolbox.problems == ()
    with pytest.raises(ToolError, match="closing"):
        act.call('{"how": "again"}')
    functions.unlink()
    assert "functions.two" not in recipients(toolbox)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("print(1)", "print(1)"),
        ("```python\nprint(1)\n```", "print(1)"),
        ("```\n1\n2\n```\n", "1\n2"),
        ('{"code": "print(1)"}', "print(1)"),
        ('{"a": 1}', '{"a": 1}'),
        ('{"code": 1}', '{"code": 1}'),
        ('{"code": "1", "b": 2}', '{"code": "1", "b": 2}'),
        ("{x for x in 'ab'}", "{x for x in 'ab'}"),
        ("s = '''\n```python\nx\n```\n'''", "s = '''\n```python\nx\n```\n'''"),
    ],
)
def test_code_is_taken_out_of_what_models_put_around_it(text: str, code: str) -> None:
    assert read_code(text) == code
