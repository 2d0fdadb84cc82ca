"""Functions of a person's tools.py, run by a real process of their own."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from engine.tools.own import OwnTools, load_own_tools
from engine.tools.registry import Result, Running, Tool, ToolError
from engine.tools.sandbox import Found, probe
from engine.tools.sandbox.unconfined import Unconfined

NONE = Found(Unconfined(), ())

TOOLS = '''\
"""The person's own."""

from __future__ import annotations

import asyncio
import dataclasses
import enum
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated, Literal

from beside import GREETING

calls = 0


class Unit(enum.Enum):
    celsius = "C"
    fahrenheit = "F"


@dataclasses.dataclass
class Place:
    city: str
    country: str | None = None


def weather(place: Place, days: int = 1, unit: Unit = Unit.celsius, schema: str = "x") -> dict:
    """Tells the weather
    of a place.

    A second paragraph.

    Args:
        place: where,
            in two lines.
        days (int): how many.

    Returns:
        Not for the model.

    Touches: network, read
    Timeout: 7 s
    """
    return {"in": place.city, "days": days, "unit": unit.value, "schema": schema, "ß": [1, None]}


def count() -> int:
    """Counts its calls.

    Touches: nothing
    """
    global calls
    calls += 1
    return calls


async def greet(name: str, /, *, loud: bool = False) -> str:
    """Greets."""
    await asyncio.sleep(0)
    return GREETING + " " + (name.upper() if loud else name)


def misbehave(how: Literal["raise", "exit", "die", "hang", "flood", "print", "huge", "odd", "fd"]):
    """Does what no function should."""
    print("begun")
    match how:
        case "raise":
            raise LookupError("no such\\nplace")
        case "exit":
            sys.exit("enough")
        case "die":
            os.kill(os.getpid(), 9)
        case "hang":
            time.sleep(60)
        case "flood":
            for _ in range(40_000):
                print("x" * 1000)
        case "huge":
            return "a" * 50_000_000 + "END"
        case "odd":
            return object
        case "fd":
            return [subprocess.run(["cat"], capture_output=True).stdout.decode(), input.__name__]


def sleep() -> None:
    """Takes too long.

    Timeout: 0.5
    """
    print("begun")
    time.sleep(60)


def environment() -> str:
    """Shows its variables."""
    return json.dumps(dict(os.environ))


def untyped(a, b: int):
    """Has no hint."""


def silent(a: int):
    pass


def anything(*values: int):
    """Takes anything."""


def wrong_touch():
    """Says what there is not.

    Touches: disk
    """


def calculator(a: int) -> int:
    """Has a name that is taken."""
    return a


def _private():
    """Is not offered."""
'''


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("config")
    (folder / "tools.py").write_text(TOOLS)
    (folder / "beside.py").write_text('GREETING = "Hello"\n')
    (folder / "tools.toml").write_text('[functions]\nvariables = ["ITS_KEY"]\n')
    return folder


@pytest.fixture(scope="module")
def own(folder: Path) -> Iterator[OwnTools]:
    os.environ |= {"ITS_KEY": "wanted", "OTHER_KEY": "secret"}
    own = load_own_tools(folder, NONE, taken=("calculator",))
    del os.environ["ITS_KEY"], os.environ["OTHER_KEY"]
    yield own
    own.close()


def tool_of(own: OwnTools, name: str) -> Tool:
    return next(tool for tool in own.tools if tool.name == name)


def call(own: OwnTools, name: str, /, **arguments: object) -> Result:
    return tool_of(own, name).start(json.dumps(arguments), Running())


def line_of(text: str) -> int:
    return TOOLS.splitlines().index(text) + 1


def test_which_there_are_and_what_is_wrong_with_the_rest(folder: Path, own: OwnTools) -> None:
    assert [tool.name for tool in own.tools] == [
        *("weather", "count", "greet", "misbehave", "sleep", "environment")
    ]
    file = folder / "tools.py"
    said = {
        "def untyped(a, b: int):": "untyped: its argument 'a' has no type hint.",
        "def silent(a: int):": "silent: it has no docstring that says what it does.",
        "def anything(*values: int):": "anything: it takes any arguments (*values); name them all.",
        "def wrong_touch():": "wrong_touch: Touches: 'disk' is none of: nothing, read, write, "
        "code, network, outside, git, unsandboxed.",
        "def calculator(a: int) -> int:": "there is a tool 'calculator' already; give it another "
        "name.",
    }
    assert set(own.problems) == {f"{file}, line {line_of(at)}: {what}" for at, what in said.items()}


def test_what_a_function_says_of_itself(own: OwnTools) -> None:
    weather = tool_of(own, "weather")
    assert weather.description == "Tells the weather of a place. A second paragraph."
    parameters = weather.parameters()
    assert parameters is not None
    assert parameters["required"] == ["place"]
    properties = parameters["properties"]
    assert list(properties) == ["place", "days", "unit", "schema"]
    assert properties["place"]["title"] == "where, in two lines."
    assert properties["place"]["properties"]["city"] == {"type": "string"}
    assert properties["days"] == {"type": "integer", "default": 1, "description": "how many."}
    assert properties["unit"]["enum"] == ["C", "F"]
    # Where nothing holds it to what it says, it is asked about all the same.
    assert weather.touches_of("") == {"network", "read", "unsandboxed"}
    assert weather.effects_of("") == (
        "reads files, uses the network, runs a program without a sandbox"
    )
    assert weather.place_of("") == "your tools.py: your computer, no sandbox"
    assert tool_of(own, "count").touches_of("") == {"unsandboxed"}


def test_calls_go_to_one_process_that_keeps_its_state(own: OwnTools) -> None:
    said = call(own, "weather", place={"city": "Rome"}, days=2, unit="F", schema="y").text
    assert json.loads(said) == {"in": "Rome", "days": 2, "unit": "F", "schema": "y", "ß": [1, None]}
    assert "ß" in said
    first = int(call(own, "count").text)
    assert call(own, "count").text == str(first + 1)
    assert call(own, "greet", name="Ada", loud=True).text == "Hello ADA"
    variables = json.loads(call(own, "environment").text)
    assert "OTHER_KEY" not in variables
    with pytest.raises(ToolError, match=r"^invalid arguments: place\.city: Field required; days"):
        call(own, "weather", place={}, days="many")
    with pytest.raises(ToolError, match="invalid arguments: town: Extra inputs"):
        call(own, "weather", place={"city": "Rome"}, town=1)


def test_whatever_a_function_does_the_others_go_on(own: OwnTools) -> None:
    def failing(name: str, **arguments: object) -> str:
        with pytest.raises(ToolError) as raised:
            call(own, name, **arguments)
        return str(raised.value)

    raising = line_of('            raise LookupError("no such\\nplace")')
    first = int(call(own, "count").text)
    assert failing("misbehave", how="raise") == (
        f"LookupError: no such (tools.py, line {raising})\nIt wrote:\nbegun"
    )
    assert failing("misbehave", how="exit").startswith("SystemExit: enough (tools.py, line ")
    assert call(own, "misbehave", how="print").text == "begun"
    assert len(call(own, "misbehave", how="flood").text) < 30_000
    huge = call(own, "misbehave", how="huge").text
    assert huge.endswith("END")
    assert "49,976,003 characters left out" in huge
    assert call(own, "misbehave", how="odd").text == "<class 'object'>"
    # What is started has none of the pipes that calls and replies go through.
    assert json.loads(call(own, "misbehave", how="fd").text) == ["", "input"]
    assert call(own, "count").text == str(first + 1)
    died = "it ended the process that it ran in, with signal 9\nIt wrote:\nbegun"
    assert failing("misbehave", how="die") == died
    assert call(own, "count").text == "1"
    begin = time.monotonic()
    assert failing("sleep") == "it took more than 0.5 s and was ended\nIt wrote:\nbegun"
    assert time.monotonic() - begin < 30
    assert call(own, "count").text == "1"


def test_a_call_stops_when_asked_also_while_it_waits_for_another(own: OwnTools) -> None:
    tool = tool_of(own, "misbehave")
    runnings = [Running(), Running()]
    said: list[str] = []

    def hang(running: Running) -> None:
        try:
            said.append(tool.start('{"how": "hang"}', running).text)
        except ToolError as error:
            said.append(str(error))

    threads = [threading.Thread(target=hang, args=(running,)) for running in runnings]
    told = ""
    for thread, running in zip(threads, runnings, strict=True):
        thread.start()
        until = time.monotonic() + 5
        while not told and time.monotonic() < until:
            time.sleep(0.02)
            told += running.take()
    assert told == "begun\n"
    for thread, running in reversed([*zip(threads, runnings, strict=True)]):
        running.cancel()
        thread.join(20)  # before it would be ended anyway
        assert not thread.is_alive()
    assert said == ["it was stopped before it began", "it was stopped\nIt wrote:\nbegun"]
    assert call(own, "count").text == "1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\ndef f(:\n", ", line 2: SyntaxError: invalid syntax."),
        ("x = 1\n\nimport nowhere\n", ", line 3: ModuleNotFoundError: No module named 'nowhere'."),
        ("raise SystemExit\n", ", line 1: SystemExit."),
        ("import os\nos._exit(7)\n", " cannot be used: importing it ended the process that it ran"),
    ],
)
def test_a_file_that_cannot_be_imported_leaves_the_commands(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "tools.py").write_text(text)
    (tmp_path / "tools.toml").write_text('[command.it]\ndescription = "a"\nrun = ["true"]\n')
    own = load_own_tools(tmp_path, NONE)
    assert [tool.name for tool in own.tools] == ["it"]
    [problem] = own.problems
    assert problem.startswith(f"{tmp_path / 'tools.py'}{said}")
    own.close()


def test_nothing_outlives_the_program(tmp_path: Path) -> None:
    """Neither what is closed, nor what is cut off from a program that was killed."""
    (tmp_path / "tools.py").write_text(
        'import os, time\n\ndef pid() -> int:\n    """Tells."""\n    return os.getpid()\n'
    )
    own = load_own_tools(tmp_path, NONE)
    process = int(call(own, "pid").text)
    [worker] = own.workers
    assert worker._process is not None
    worker._process.stdin.close()  # as the system does when the program is gone
    until = time.monotonic() + 5
    while worker._process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    again = int(call(own, "pid").text)
    assert again != process
    own.close()
    with pytest.raises(ProcessLookupError):
        os.kill(again, 0)
    with pytest.raises(ToolError, match="closing"):
        call(own, "pid")


HELD = '''\
from pathlib import Path
import os, socket

def seen(path: str) -> str:
    """Reads a file.

    Touches: read
    """
    return Path(path).read_text()

def write(path: str) -> str:
    """Writes a file.

    Touches: write
    """
    Path(path).write_text("new")

def silent(path: str) -> str:
    """Says nothing of what it touches."""
    return seen(path)

def call_out() -> str:
    """Tells whether it reaches anything.

    Touches: nothing
    """
    socket.create_connection(("127.0.0.1", 9), 1)

def outside(path: str) -> str:
    """Is let out.

    Touches: unsandboxed
    """
    return seen(path)

def pid() -> int:
    """Tells.

    Touches: nothing
    """
    return os.getpid()
'''


def test_in_the_sandbox_a_function_is_held_to_what_it_says(tmp_path: Path) -> None:
    found = probe()
    if found.level == "none":
        pytest.skip("this machine has no sandbox")
    folder, workspace = tmp_path / "tools", tmp_path / "work"
    for each in (folder, workspace):
        each.mkdir()
    (folder / "tools.py").write_text(HELD)
    (workspace / "a").write_text("seen")
    secret = tmp_path / "secret"
    secret.write_text("secret")
    own = load_own_tools(folder, found, workspace)
    try:
        assert own.problems == ()
        touched = {tool.name: tool.touches_of("") for tool in own.tools}
        assert touched == {
            "seen": {"read"},
            "write": {"write"},
            "silent": {"code"},
            "call_out": frozenset(),
            "outside": {"unsandboxed"},
            "pid": frozenset(),
        }
        assert tool_of(own, "seen").place_of("") == f"your tools.py: sandbox {found.level}"
        a, outer = str(workspace / "a"), str(secret)
        assert call(own, "seen", path=a).text == "seen"
        for name, arguments, held in (
            ("seen", {"path": outer}, "read"),
            ("silent", {"path": a}, "nothing"),
            ("call_out", {}, "nothing"),
        ):
            with pytest.raises(ToolError, match=f"in the sandbox, where it may touch {held}"):
                call(own, name, **arguments)
        with suppress(ToolError):  # it may have written to what is its own, by that name
            call(own, "write", path=outer)
        call(own, "write", path=str(workspace / "b"))
        assert (workspace / "b").read_text() == "new"
        assert secret.read_text() == "secret"
        assert call(own, "outside", path=outer).text == "secret"
        # A process of its own for what may touch the same, gone with the program.
        first = call(own, "pid").text
        with pytest.raises(ToolError):
            call(own, "call_out")
        assert call(own, "pid").text == first
        scratch = [Path(each._scratch.name) for each in own.workers if each._scratch]
        assert len(scratch) == 3
    finally:
        own.close()
    assert not any(each.exists() for each in scratch)


def test_the_sandbox_is_left_where_the_person_says_so(tmp_path: Path) -> None:
    (tmp_path / "tools.py").write_text(HELD)
    (tmp_path / "tools.toml").write_text("[functions]\nsandbox = false\n")
    own = load_own_tools(tmp_path, probe())
    try:
        assert tool_of(own, "seen").touches_of("") == {"read", "unsandboxed"}
        assert call(own, "silent", path=str(tmp_path / "tools.py")).text == HELD
    finally:
        own.close()
