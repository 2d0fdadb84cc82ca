"""MCP servers: real programs by stdio and HTTP, one of them made with the mcp package."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.tools.mcp import McpServers, ServerState, transport
from engine.tools.own.confinement import Surroundings
from engine.tools.own.declarations import McpEntry
from engine.tools.registry import Result, Running, ToolError
from engine.tools.sandbox import probe

HERE = Path(__file__).parent
OLD = (sys.executable, "-S", str(HERE / "old_server.py"))
SERVED = str(HERE / "served.py")
SECONDS = 60.0
"""Importing the mcp package takes long on a busy machine."""


class Play:
    """Servers, and what was heard of them."""

    def __init__(self, folder: Path, **entries: McpEntry) -> None:
        self.heard: list[tuple[ServerState, ...]] = []
        around = Surroundings(folder, None, probe())
        self.servers = McpServers(entries, around, lambda: self.heard.append(self.servers.states()))

    @property
    def shown(self) -> list[str]:
        return [state.shown for state in self.servers.states()]

    def until(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + SECONDS
        while not holds():
            assert time.monotonic() < until, self.shown
            time.sleep(0.01)

    def start(self) -> None:
        self.servers.start()
        self.until(lambda: not any("starting" in shown or shown == "off" for shown in self.shown))

    def call(self, name: str, running: Running | None = None, **arguments: object) -> Result:
        tool = next(tool for tool in self.servers.tools() if tool.name == name)
        return tool.start(json.dumps(arguments), running or Running())

    def failing(self, name: str, **arguments: object) -> str:
        with pytest.raises(ToolError) as raised:
            self.call(name, **arguments)
        return str(raised.value)


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Callable[..., Play]]:
    plays: list[Play] = []

    def begin(**entries: McpEntry) -> Play:
        plays.append(Play(tmp_path, **entries))
        return plays[-1]

    yield begin
    for each in plays:
        each.servers.close()
        assert all(thread.name != "MCP servers" for thread in threading.enumerate())


def test_nothing_is_imported_or_started_before_it_is_needed() -> None:
    code = (
        "import sys; from engine.tools.mcp import McpServers\n"
        "from engine.tools.own.declarations import McpEntry\n"
        "servers = McpServers({'a': McpEntry(run=('a',))})\n"
        "print([each.shown for each in servers.states()], servers.tools(), 'mcp' in sys.modules)\n"
        "sys.modules['mcp'] = None; servers.start(); servers.start()\n"
        "print(servers.states()[0].shown); servers.close()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "['off'] () False",
        "failed: the package mcp is not installed; install it with: pip install 'harmony-tui[mcp]'",
    ]


def test_a_server_of_before(
    play: Callable[..., Play], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ITS_KEY", "wanted")
    monkeypatch.setenv("OTHER_KEY", "secret")
    touches = {"weather.now": ("read",), "*": ("network",)}
    entry = McpEntry(run=OLD, touches=touches, variables=("ITS_KEY",))
    old = play(old=entry)
    assert old.shown == ["off"]
    old.start()
    assert old.shown == ["ready, 3 tools"]
    assert {states[0].status for states in old.heard} == {"starting", "ready"}
    assert old.servers.states()[0].notes == ("the arguments of broken cannot be understood",)
    tools = {tool.name: tool for tool in old.servers.tools(taken=("old_act",))}
    assert list(tools) == ["old_weather_now", "old_weather_now_2", "old_act_2"]
    weather = tools["old_weather_now"]
    assert weather.recipient == "functions.old_weather_now"
    assert weather.parameters() == {
        "type": "object",
        "properties": {
            "place": {"type": "object", "properties": {"city": {"type": "string"}}},
            "days": {"type": "integer"},
        },
        "required": ["place"],
    }
    assert weather.touches_of("") == {"read", "unsandboxed"}
    assert tools["old_act_2"].touches_of("") == {"network", "unsandboxed"}
    assert tools["old_act_2"].effects_of("") == (
        "uses the network, runs a program without a sandbox"
    )
    assert weather.place_of("") == "MCP server old: your computer, no sandbox"
    # What may be null is shown as what may be left out, and asked for all the same.
    text = old.call("old_weather_now", place={"city": "Rome"}).text
    assert json.loads(text) == {"given": {"place": {"city": "Rome"}, "days": None}}
    variables = json.loads(old.call("old_act", how="environment").text)
    assert variables["ITS_KEY"] == "wanted"
    assert "OTHER_KEY" not in variables
    assert old.call("old_act", how="fail") == Result('Error: "fail"', is_failed=True)
    assert old.call("old_act", how="junk").text == '"junk"'
    assert old.call("old_act", how="more").text == '"more"'
    old.until(lambda: old.shown == ["ready, 4 tools"])
    # However it ends, the next call starts it anew.
    ended = "the program ended with exit code 3: is lost"
    assert old.failing("old_act", how="die") == (
        f"the MCP server old ended during the call (failed: {ended}); the next call starts it anew"
    )
    assert old.shown == [f"failed: {ended}"]
    assert len(old.servers.tools()) == 4
    assert old.call("old_act", how="again").text == '"again"'
    assert "it sent more than 16 MiB at once" in old.failing("old_act", how="endless")
    assert old.call("old_act", how="again").text == '"again"'
    old.servers.restart("old")
    old.until(lambda: old.shown == ["ready, 3 tools"])


def test_a_server_that_answers_no_more_is_ended(play: Callable[..., Play]) -> None:
    old = play(old=McpEntry(run=OLD, timeout=0.5))
    old.start()
    for _ in range(2):
        assert old.shown == ["ready, 3 tools"]
        assert old.failing("old_act", how="hang") == "it took more than 0.5 s"
    old.until(lambda: old.shown == ["failed: it did not answer"])
    assert old.call("old_act", how="again").text == '"again"'


def test_what_cannot_be_started_says_why_and_the_others_are_there(
    play: Callable[..., Play],
) -> None:
    several = play(
        missing=McpEntry(run=("no-such-program",)),
        ends=McpEntry(run=("sh", "-c", "echo bad config >&2; exit 4")),
        silent=McpEntry(run=("sleep", "60"), start_timeout=0.5),
        floods=McpEntry(run=("yes",), start_timeout=0.5),
        nobody=McpEntry(url="http://127.0.0.1:9/mcp"),
        header=McpEntry(url="http://127.0.0.1:9/mcp", headers={"A": "Bearer ${NO_SUCH_KEY}"}),
        few=McpEntry(run=OLD, only=("act", "fly")),
    )
    several.start()
    assert several.shown == [
        "failed: no-such-program: no such file or directory",
        "failed: the program ended with exit code 4: bad config",
        "failed: it was not ready within 0.5 s",
        "failed: it was not ready within 0.5 s",
        "failed: All connection attempts failed",
        "failed: the variable NO_SUCH_KEY, which its headers name, is not set",
        "ready, 1 tool",
    ]
    assert [tool.name for tool in several.servers.tools()] == ["few_act"]
    assert several.servers.states()[-1].notes == ("it has no tool 'fly'",)
    assert several.servers.tools()[0].touches_of("") == {"unsandboxed"}


def list_processes() -> str:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_nothing_is_left_of_a_server_that_is_closed(play: Callable[..., Play]) -> None:
    script = "sleep 1234.5 & echo $! $$ >&2; exec " + " ".join(OLD)
    old = play(old=McpEntry(run=("sh", "-c", script)))
    old.start()
    running = Running()

    def hang() -> None:
        with pytest.raises(ToolError, match="stopped"):
            old.call("old_act", running, how="hang")

    call = threading.Thread(target=hang)
    call.start()
    time.sleep(0.2)
    begin = time.monotonic()
    running.cancel()
    call.join(20)
    assert not call.is_alive()
    assert time.monotonic() - begin < 20
    [server] = old.servers._servers.values()
    assert server._process is not None
    program = server._process.pid
    os.kill(program, 0)
    old.servers.close()
    with pytest.raises(ProcessLookupError):  # it was waited for
        os.kill(program, 0)
    end = time.monotonic() + 20
    while "sleep 1234.5" in list_processes():
        assert time.monotonic() < end
        time.sleep(0.05)
    assert old.failing("old_act", how="again") == "the program is closing"


def test_a_server_that_ends_for_nobody_is_gone_when_closed_also_while_it_starts(
    play: Callable[..., Play], tmp_path: Path
) -> None:
    script = "trap '' TERM HUP INT; echo $$ > pid; while true; do sleep 0.1; done"
    deaf = play(deaf=McpEntry(run=("sh", "-c", script)))
    deaf.servers.start()
    file = tmp_path / "pid"
    deaf.until(lambda: file.exists() and file.read_text().strip())
    assert deaf.shown == ["starting"]
    deaf.servers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(file.read_text()), 0)


def test_in_the_sandbox_a_server_is_held_to_what_is_said_of_all_its_tools(
    play: Callable[..., Play], tmp_path: Path
) -> None:
    if (level := probe().level) == "none":
        pytest.skip("this machine has no sandbox")
    touches = {"act": ("read",), "*": ()}
    both = play(
        held=McpEntry(run=OLD, sandbox=True, touches=touches),
        silent=McpEntry(run=OLD, sandbox=True, only=("act",)),
    )
    both.start()
    tools = {tool.name: tool for tool in both.servers.tools()}
    assert tools["held_weather_now"].touches_of("") == {"read"}
    assert tools["silent_act"].touches_of("") == {"code"}
    assert tools["held_act"].place_of("") == f"MCP server held: sandbox {level}"
    variables = json.loads(both.call("held_act", how="environment").text)
    scratch = Path(variables["HOME"])
    assert scratch.exists()
    both.servers.close()
    assert not scratch.exists()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def serve(port: int, mark: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, SERVED, str(port)],
        env={**os.environ, "MARK": str(mark)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return process
    process.kill()
    raise AssertionError("the server did not start")


def test_the_packages_server_by_stdio_and_by_http(
    play: Callable[..., Play], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(transport, "LONGEST_MESSAGE", 2 << 20)  # as far over, and sooner there
    port, mark = free_port(), tmp_path / "mark"
    url = f"http://127.0.0.1:{port}/mcp"
    process = serve(port, mark)
    both = play(
        pipe=McpEntry(run=(sys.executable, SERVED)),
        web=McpEntry(url=url, headers={"X-Key": "${HOME}"}),
        brief=McpEntry(url=url, timeout=0.5, only=("wait",)),
    )
    try:
        both.start()
        assert both.shown == ["ready, 7 tools", "ready, 7 tools", "ready, 1 tool"]
        tools = {tool.name: tool for tool in both.servers.tools()}
        assert tools["web_picture"].touches_of("") == {"network", "write"}
        assert tools["web_picture"].place_of("") == f"MCP server web: {url}"
        for name in ("pipe", "web"):
            parameters = tools[f"{name}_word_count"].parameters()
            assert parameters is not None
            assert parameters["required"] == ["text"]
            assert both.call(f"{name}_word_count", text="a b c").text == "3"
            image = "[an image (image/png, 102 bytes), which is not shown]"
            assert both.call(f"{name}_picture").text == image
            flood = both.call(f"{name}_flood", size=1_000_000).text
            assert flood.startswith("beginx")
            assert flood.endswith("xend")
            assert len(flood) < 30_000
            running = Running()
            assert both.call(f"{name}_wait", running, seconds=0.1).text == "waited"
            assert running.take() == "half way\n"
            both.call(f"{name}_more")
        both.until(lambda: both.shown == ["ready, 8 tools", "ready, 8 tools", "ready, 1 tool"])
        # A call that is stopped is stopped there as well.
        running = Running()
        threading.Timer(0.3, running.cancel).start()
        begin = time.monotonic()
        with pytest.raises(ToolError, match="it was stopped"):
            both.call("web_wait", running, seconds=60)
        assert time.monotonic() - begin < 20
        both.until(mark.exists)
        assert both.failing("brief_wait", seconds=60) == "it took more than 0.5 s"
        assert "more than 2 MiB" in both.failing("web_flood", size=3_000_000)
        assert both.call("web_word_count", text="a").text == "1"
        assert "ended during the call" in both.failing("web_die")
        process.wait(10)
        assert "All connection attempts failed" in both.failing("web_word_count", text="a")
        process = serve(port, mark)
        assert both.call("web_word_count", text="a b").text == "2"
    finally:
        process.kill()
        process.wait()
