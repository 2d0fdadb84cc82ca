"""The file of all that a model reads and samples: one line for each round, nothing hidden."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from engine.chat import Chat
from engine.config.hyperparameters import Hyperparameters
from engine.events import Event, Notice, TurnEnded
from engine.harmony.encoding import load_encoding
from harmony_tui import cli
from harmony_tui.debug_log import DebugLog, DebugLogError
from tests.engine.scripted import scripted_worker
from tests.harmony_tui.screen import answered, scripted_app, submit

CALL = (
    "<|channel|>commentary to=functions.calculator <|constrain|>json<|message|>"
    '{"expression":"2+3"}<|call|>'
)
FINAL = "<|channel|>final<|message|>{}<|return|>"


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def check(line: dict[str, Any]) -> None:
    """See that ids and texts say the same."""
    encode = load_encoding().encode
    for part in ("prompt", "completion"):
        assert encode(line[f"{part}_text"], allowed_special="all") == line[part]


async def test_every_round_of_a_conversation_on_the_screen_is_written(tmp_path: Path) -> None:
    path = tmp_path / "rounds.jsonl"
    path.write_text('{"before": true}\n')
    replies = [CALL, FINAL.format("It is five."), FINAL.format("Héllo \u2028 you.")]
    async with scripted_app(*replies) as (app, pilot):
        app.engine.debug_log = DebugLog(path)
        await submit(pilot, "2+3")
        await answered(pilot)
        await submit(pilot, "hi")
        await answered(pilot)
        rounds = app.engine.read_tokens().rounds
    before, *lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    assert before == {"before": True}
    assert [(line["turn"], line["round"]) for line in lines] == [(1, 1), (1, 2), (2, 1)]
    assert lines[0]["completion_text"] == CALL
    assert lines[1]["prompt_text"].startswith(lines[0]["prompt_text"] + CALL)
    assert lines[2]["completion_text"] == FINAL.format("Héllo \u2028 you.")
    assert (tuple(lines[2]["prompt"]), tuple(lines[2]["completion"])) == (
        rounds[0].prompt,
        rounds[0].completion,
    )
    assert {line["model"] for line in lines} == {"scripted"}
    for line in lines:
        check(line)


def test_a_round_that_goes_on_or_goes_back_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "rounds.jsonl"
    replies = [
        CALL,
        "<|channel|>final<|message|>one two lost",
        " three.<|return|>",
        "six.<|return|>",
    ]
    worker = scripted_worker(*replies)
    try:
        chat = Chat(worker, hyperparameters=Hyperparameters(max_tokens=25))
        log = DebugLog(path)
        heard: list[Event] = []
        listener = log.listening(chat, heard.append)
        assert chat.send("count", listener).finish == "length"
        cut = len(chat.rounds[1].completion)
        chat.continue_(listener)
        assert [line["round"] for line in lines_of(path)] == [1, 2, 2]
        again = lines_of(path)[2]
        assert len(again["completion"]) > cut
        number = len(chat.rounds[0].completion) + 3
        chat.branch(number, None, listener)
        assert [line["round"] for line in lines_of(path)] == [1, 2, 2, 2]
        assert lines_of(path)[3]["completion_text"] == FINAL.format("six.")
        assert isinstance(heard[-1], TurnEnded)
    finally:
        worker.close()


def test_the_file_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "rounds.jsonl"
    DebugLog(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_is_told_of_once(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "rounds.jsonl"
    path.parent.mkdir()
    worker = scripted_worker(CALL, FINAL.format("five"))
    try:
        chat = Chat(worker, hyperparameters=Hyperparameters())
        log = DebugLog(path)
        path.unlink()
        path.mkdir()
        heard: list[Event] = []
        ended = chat.send("2+3", log.listening(chat, heard.append))
        assert ended.finish == "stop"
        notices = [event.message for event in heard if isinstance(event, Notice)]
        assert len(notices) == 1
        assert f"{path} cannot be written any more" in notices[0]
    finally:
        worker.close()


def test_a_file_that_cannot_be_opened_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere" / "rounds.jsonl"
    with pytest.raises(DebugLogError, match="cannot be written: No such file"):
        DebugLog(path)
    assert cli.main(["-p", "hi", "--debug-log", str(path)]) == 1
    assert f"harmony-tui: --debug-log {path} cannot be written" in capsys.readouterr().err


def test_one_question_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rounds.jsonl"
    arguments = ["-p", "What is 127 + 386?", "--ephemeral", "--temperature", "0"]
    assert cli.main([*arguments, "--debug-log", str(path)]) == 0
    lines = lines_of(path)
    assert [line["round"] for line in lines] == [*range(1, len(lines) + 1)]
    assert "127 + 386?" in lines[0]["prompt_text"]
    assert "513" in lines[-1]["completion_text"]
    for line in lines:
        check(line)
    assert "513" in capsys.readouterr().out
