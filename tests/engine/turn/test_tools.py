"""Turns that call the real tools: python in its sandbox, the browser on a folder, patches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from engine.chat import Chat
from engine.config.hyperparameters import Hyperparameters
from engine.config.settings import Settings
from engine.conversation.messages import Head
from engine.conversation.reading import read_session
from engine.conversation.replay import Replay
from engine.conversation.store import Store
from engine.events import (
    CallRunAgain,
    Event,
    ToolCallFinished,
    ToolCallRequested,
    ToolCallStarted,
    ToolOutput,
)
from engine.harmony.encoding import load_encoding
from engine.tools.foreign import arguments_by
from engine.tools.permissions import Permissions
from engine.tools.registry import LIVE_CHARACTERS, Registry, Running, Tool, ToolError
from engine.tools.rules import Rules
from engine.tools.toolbox import Toolbox
from engine.turn.calls import LONGEST_OUTPUT, MOST_CALLS, MOST_REPEATS, STOPPED, Caller
from engine.turn.replaying import replay
from engine.worker import Worker
from tests.engine.tools.test_python import PYPLOT
from tests.engine.turn.scene import Scene

FINAL = "<|channel|>final<|message|>Done.<|return|>"
PATCH = "*** Begin Patch\n*** Update File: a.txt\n@@\n-one\n+two\n*** End Patch\n"


def python(code: str) -> str:
    return f"<|channel|>analysis to=python code<|message|>{code}<|call|>"


def browse(function: str, arguments: str) -> str:
    return f"<|channel|>analysis to=browser.{function} code<|message|>{arguments}<|call|>"


def function(name: str, arguments: str) -> str:
    header = f"<|channel|>commentary to=functions.{name} <|constrain|>json<|message|>"
    return f"{header}{arguments}<|call|>"


@pytest.fixture(scope="module")
def toolbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toolbox]:
    base = tmp_path_factory.mktemp("toolbox")
    for name in ("pages", "work"):
        (base / name).mkdir()
    (base / "pages" / "ferns.md").write_text("# Ferns\n\nFerns grow in shade.\n")
    toolbox = Toolbox(Settings(workspace=str(base / "work")), help_pages=base / "pages")
    yield toolbox
    toolbox.close()


def run(scene: Scene, text: str = "go", *, allow: bool = True) -> None:
    """Run a turn in which all that is asked is answered alike."""

    def hear(event: Event) -> None:
        scene.hear(event)
        if isinstance(event, ToolCallRequested) and event.needs_approval:
            scene.chat.answer(event.call, allow)

    scene.chat.send(text, hear)


def test_python_keeps_its_state_shows_what_it_writes_and_keeps_its_figures(
    scripted: Callable[..., Scene], toolbox: Toolbox, tmp_path: Path
) -> None:
    scene = scripted(
        python("x = 20\nprint('now')"),
        python("x + 22"),
        python(PYPLOT.format(save="open(path, 'wb').write(b'a picture')")),
        python("1 / 0"),
        FINAL,
        tools=toolbox.registry,
        approval="auto",
        store=Store(tmp_path),
    )
    run(scene)
    first, second, drawn, failed = finished = scene.of(ToolCallFinished)
    assert [each.outcome for each in finished] == ["done", "done", "done", "failed"]
    assert first.output.startswith(
        f"now\n[The workspace, which can be read, is {toolbox.workspace}"
    )
    assert second.output == "42"
    assert [each.text for each in scene.of(ToolOutput) if each.call == 0] == ["now\n"]
    assert [Path(path).read_bytes() for path in drawn.figures] == [b"a picture"] * 2
    assert failed.output.endswith("ZeroDivisionError: division by zero")
    level = toolbox.sandbox.level
    assert {each.place for each in scene.of(ToolCallRequested)} == {f"sandbox: {level}"}
    assert {each.allowed_by for each in scene.of(ToolCallStarted)} == {"approval auto"}
    # What the model reads: author, recipient and channel as it was trained with.
    *_, before = scene.chat.rounds
    read = scene.chat.spell(before.prompt)
    result = "<|start|>python to=assistant<|channel|>analysis<|message|>42<|end|>"
    assert result in read
    assert second.tokens == len(load_encoding().encode(result, allowed_special="all"))
    # Calls in the middle of thinking are no part of what later turns read.
    assert "python" not in scene.text().partition("<|start|>user")[2]
    told = [event for event in scene.chat.replay() if isinstance(event, ToolCallFinished)]
    assert told == finished
    calls = list(read_session(scene.chat.store.path).calls.values())
    assert [call.place for call in calls] == [f"sandbox: {level}"] * 4
    assert [call.allowed_by for call in calls] == ["approval auto"] * 4
    assert calls[2].figures == drawn.figures
    toolbox.start_conversation()


def test_a_call_is_made_once_more_for_the_person_alone(
    scripted: Callable[..., Scene], toolbox: Toolbox
) -> None:
    opened = '{"id": "local://help/ferns.md"}'
    replies = (python("x = 1"), browse("open", opened), FINAL)
    scene = scripted(*replies, tools=toolbox.registry, approval="auto")
    run(scene)
    messages, prompt = len(scene.chat.session.messages), scene.chat.transcript.history()
    again: list[CallRunAgain] = []

    def hear(event: Event) -> None:
        assert isinstance(event, CallRunAgain)
        again.append(event)
        match event.event:
            case ToolCallRequested(needs_approval=True, call=call):
                scene.chat.answer(call, allowed=False, reason="not now")

    assert scene.chat.run_again("python", "x += 1\nx", hear) == "done"
    with toolbox.aside():
        assert scene.chat.run_again("browser.open", opened, hear) == "done"
    scene.chat.approval = "always"
    assert scene.chat.run_again("python", "x += 1", hear) == "declined"
    assert scene.chat.run_again("functions.gone", "{}", hear) == "failed"
    finished = [each.event for each in again if isinstance(each.event, ToolCallFinished)]
    assert [each.call for each in finished] == [-1, -2, -3, -4]
    assert finished[0].output == "2"
    assert finished[1].output.startswith("[1] Ferns")
    assert finished[2].output == "The user declined this call: not now"
    assert "there is no tool" in finished[3].output
    # Neither session nor prompt has it, and the next page is where it would have been.
    assert len(scene.chat.session.messages) == messages
    assert scene.chat.transcript.history() == prompt
    assert toolbox.registry.find("browser.open").call(opened).startswith("[1] Ferns")
    toolbox.start_conversation()


def test_esc_stops_python_that_sleeps_and_a_tool_that_does_not_listen(
    scripted: Callable[..., Scene], toolbox: Toolbox
) -> None:
    class Nothing(BaseModel):
        pass

    let_go = threading.Event()

    def hang(_: object, running: Running) -> str:
        running.tell("hanging\x1b[2J")
        let_go.wait(30)
        return "too late"

    deaf = Tool("deaf", "Hangs.", Nothing, hang, effects="x")
    tools = Registry.of([*toolbox.registry, deaf])
    code = "import time\nprint('sleeping', flush=True)\ntime.sleep(60)"
    scene = scripted(python(code), function("deaf", "{}"), tools=tools, approval="auto")
    begins: list[float] = []
    took: list[float] = []

    def hear(event: Event) -> None:
        scene.hear(event)
        if isinstance(event, ToolOutput) and len(begins) == len(took):
            begins.append(time.perf_counter())
            scene.chat.cancel()
        if isinstance(event, ToolCallFinished):
            took.append(time.perf_counter() - begins[-1])

    assert scene.chat.send("go", hear).finish == "cancelled"
    assert scene.chat.continue_(hear).finish == "cancelled"
    slept, hung = scene.of(ToolCallFinished)
    assert "The user stopped this call" in slept.output
    assert (hung.outcome, hung.output) == (
        "failed",
        "The user stopped this call. It may have had effects.",
    )
    shown = [each.text for each in scene.of(ToolOutput)]
    assert (shown[0], shown[-1]) == ("sleeping\n", "hanging")
    # A busy machine gets more than the 0.2 s that a person is to wait.
    assert max(took) < 2
    let_go.set()


def test_the_browser_reads_pages_of_a_folder_and_its_citations_lead_there(
    scripted: Callable[..., Scene], toolbox: Toolbox
) -> None:
    scene = scripted(
        browse("search", '{"query":"ferns"}'),
        browse("open", '{"id":0}'),
        browse("find", '{"pattern":"shade"}'),
        browse("open", '{"id":"http://example.com/"}'),
        FINAL,
        tools=toolbox.registry,
    )
    run(scene)
    found, opened, searched, refused = scene.of(ToolCallFinished)
    assert found.output.startswith("[0] ferns\n**viewing lines [0 - ")
    assert "【0†Ferns†help】" in found.output
    assert "Ferns grow in shade." in opened.output
    assert "match at L" in searched.output
    assert (refused.outcome, "the network is switched off" in refused.output) == ("failed", True)
    assert {each.place for each in scene.of(ToolCallRequested)} == {"this program"}
    reference = toolbox.look_up(1, 3)
    assert reference is not None
    assert (reference.title, reference.url) == ("Ferns", "local://help/ferns.md")
    displays = list(scene.chat.displays)
    assert displays == [each.output for each in scene.of(ToolCallFinished)]
    toolbox.start_conversation(displays)
    assert toolbox.look_up(1, 3) == reference
    assert toolbox.look_up(7) is None


def test_a_patch_is_shown_allowed_done_and_taken_back(
    scripted: Callable[..., Scene], toolbox: Toolbox
) -> None:
    assert toolbox.workspace is not None
    file = toolbox.workspace / "a.txt"
    file.write_text("one\r\n")
    scene = scripted(
        function("apply_patch", PATCH),
        function("apply_patch", PATCH),
        FINAL,
        tools=toolbox.registry,
    )
    run(scene)
    asked, unfit = scene.of(ToolCallRequested)
    assert (asked.needs_approval, asked.reason, asked.place) == (
        True,
        "approval ask",
        "the workspace",
    )
    (change,) = asked.changes
    assert (change.action, change.path, change.added, change.removed) == ("update", "a.txt", 1, 1)
    done, failed = scene.of(ToolCallFinished)
    assert done.output == "Success. Updated the following files:\nM a.txt"
    # What does not fit is not asked about.
    assert (unfit.needs_approval, failed.outcome) == (False, "failed")
    assert [each.allowed_by for each in scene.of(ToolCallStarted)] == ["you"]
    assert file.read_bytes() == b"two\r\n"
    assert toolbox.undo() == "Taken back: a.txt."
    assert file.read_bytes() == b"one\r\n"
    with pytest.raises(ToolError, match="no patch to take back"):
        toolbox.undo()


def test_what_was_shown_of_a_patch_is_what_is_done(
    scripted: Callable[..., Scene], toolbox: Toolbox
) -> None:
    assert toolbox.workspace is not None
    file = toolbox.workspace / "a.txt"
    file.write_text("one\n")
    scene = scripted(function("apply_patch", PATCH), FINAL, tools=toolbox.registry)

    def hear(event: Event) -> None:
        scene.hear(event)
        if isinstance(event, ToolCallRequested):
            file.write_text("one\nmore\n")
            scene.chat.answer(event.call, True)

    scene.chat.send("go", hear)
    (finished,) = scene.of(ToolCallFinished)
    assert "was changed meanwhile" in finished.output
    assert file.read_text() == "one\nmore\n"


def test_a_declined_call_says_why_and_an_answer_can_be_kept(
    scripted: Callable[..., Scene], toolbox: Toolbox, tmp_path: Path
) -> None:
    rules = tmp_path / "permissions.toml"
    scene = scripted(
        *(python("1"), python("2"), python("3"), FINAL),
        tools=toolbox.registry,
        approval=Permissions("ask", Rules(rules)),
    )
    answers = [
        {"allowed": False, "reason": " use the\ncalculator ", "remember": "session"},
        {"allowed": True, "remember": "always"},
    ]

    def hear(event: Event) -> None:
        scene.hear(event)
        if isinstance(event, ToolCallRequested) and event.needs_approval:
            scene.chat.answer(event.call, **answers.pop(0))  # type: ignore[arg-type]

    scene.chat.send("go", hear)
    declined, *allowed = scene.of(ToolCallFinished)
    assert (declined.outcome, declined.output) == (
        "declined",
        "The user declined this call: use the calculator",
    )
    assert [each.outcome for each in allowed] == ["done", "done"]
    by = [each.allowed_by for each in scene.of(ToolCallStarted)]
    assert by == ["you", 'rule "python" = always']
    assert "always" in rules.read_text()
    scene.chat.approval = "read-only"
    assert scene.chat.permissions.approval == "read-only"


def test_read_only_refuses_without_a_question(scripted: Callable[..., Scene], toolbox) -> None:
    scene = scripted(python("1"), FINAL, tools=toolbox.registry, approval="read-only")
    run(scene)
    (asked,), (refused,) = scene.of(ToolCallRequested), scene.of(ToolCallFinished)
    assert (asked.needs_approval, refused.outcome) == (False, "declined")
    assert refused.output == "This call was refused: the user does not allow it (read-only)."
    assert not scene.of(ToolCallStarted)


def test_a_turn_has_bounds_and_goes_on(scripted: Callable[..., Scene]) -> None:
    same = function("shell", "{}")
    others = [function("calculator", f'{{"expression":"{n}+1"}}') for n in range(MOST_CALLS)]
    scene = scripted(
        *[same] * (MOST_REPEATS + 1),
        *others,
        FINAL,
        context_length=32_000,
        hyperparameters=Hyperparameters(temperature=0, max_tokens=4000),
    )
    run(scene)
    finished = scene.of(ToolCallFinished)
    assert "there is no tool 'functions.shell'; the tools are: " in finished[0].output
    assert "this same call was made 3 times in this turn" in finished[MOST_REPEATS].output
    done = [each for each in finished if each.outcome == "done"]
    assert len(done) == MOST_CALLS - MOST_REPEATS
    assert f"this turn has made {MOST_CALLS} calls" in finished[-1].output
    assert scene.messages()[max(scene.messages())].text == "Done."


def test_a_flood_is_bounded() -> None:
    class Nothing(BaseModel):
        pass

    def flood(_: object, running: Running) -> str:
        for _number in range(20_000):
            running.tell("x" * 100)
        return "y" * (2 * LONGEST_OUTPUT)

    tools = Registry.of([Tool("flood", "Floods.", Nothing, flood)])
    heard: list[Event] = []
    begin = time.perf_counter()
    call = (0, "functions.flood", "{}")
    answered = Caller().run(call, tools, Permissions("ask", Rules()), heard.append)
    shown = [event.text for event in heard if isinstance(event, ToolOutput)]
    assert LIVE_CHARACTERS < sum(map(len, shown)) < LIVE_CHARACTERS + 100
    assert len(shown) <= 2 + 20 * (time.perf_counter() - begin)
    assert LONGEST_OUTPUT < len(answered.output) < LONGEST_OUTPUT + 100
    assert "[... 100,000 characters left out ...]" in answered.output


def test_a_call_of_an_older_file_tells_who_allowed_it() -> None:
    lines = Replay()
    lines.take({"kind": "message", "id": 1, "parent": None, "role": "user", "text": "x"})
    lines.take(
        {"kind": "message", "id": 2, "parent": 1, "role": "assistant", "channel": "commentary"}
        | {"recipient": "functions.clock", "text": "{}", "ending": "call"}
    )
    lines.take(
        {"kind": "call", "id": 1, "message": 2, "recipient": "functions.clock", "arguments": "{}"}
        | {"approval": "allowed", "started": True, "outcome": "done", "output": "noon"}
    )
    session = lines.session(Head("s", datetime.now(UTC)))
    told = list(replay(session, {2: 0}))
    assert ToolCallStarted(0, "you") in told
    assert ToolCallFinished(0, "done", "noon", 0.0) in told


def test_stopping_while_it_is_asked_declines_the_call(
    scripted: Callable[..., Scene], toolbox: Toolbox
) -> None:
    scene = scripted(python("1"), FINAL, tools=toolbox.registry)

    def hear(event: Event) -> None:
        scene.hear(event)
        if isinstance(event, ToolCallRequested):
            threading.Timer(0.02, scene.chat.cancel).start()

    assert scene.chat.send("go", hear).finish == "cancelled"
    (finished,) = scene.of(ToolCallFinished)
    assert (finished.outcome, finished.output) == ("declined", STOPPED)


def test_tools_of_any_schema_leave_the_chat_usable(bundled_worker: Worker) -> None:
    parts: list[Any] = [
        {"type": "string", "pattern": "^(?=.*[a-z]).{8,}$"},
        {"type": "any", "default": float("inf"), "description": "\ud800"},
        {"$ref": "#/properties/gone"},
        {"type": 5, "format": 5},
    ]
    schemas: list[dict[str, Any]] = [{"properties": {"a": part}} for part in parts]
    schemas += [{"type": "string"}, {"required": ["a"], "additionalProperties": False}]
    tools = [
        Tool(f"f{n}", "Does it.", arguments_by(schema), lambda _, __: "done")
        for n, schema in enumerate(schemas)
    ]
    chat = Chat(
        bundled_worker,
        hyperparameters=Hyperparameters(temperature=0, max_tokens=4),
        tools=Registry.of(tools),
    )
    ended = chat.send("Hello!", lambda _: None)
    assert (ended.finish, ended.message) == ("length", "The answer reached max_tokens (4).")
