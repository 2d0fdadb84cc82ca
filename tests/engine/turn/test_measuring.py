"""An answer that is there is measured: read again, and as likely as when it was sampled."""

from __future__ import annotations

import threading

import pytest

from engine.chat import Chat, NoAnswerError
from engine.config.hyperparameters import Hyperparameters
from engine.events import Event, TokenSampled
from engine.turn import measuring
from tests.engine.scripted import scripted_worker

ANSWER = "<|channel|>final<|message|>" + "one two three four five six seven " * 12 + "<|return|>"


def test_nothing_is_sampled_and_no_token_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "READ_TOGETHER", 5)
    with scripted_worker(ANSWER) as worker:
        chat = Chat(worker, hyperparameters=Hyperparameters())
        measured: list[TokenSampled] = []
        with pytest.raises(NoAnswerError):
            chat.measure(3, measured.append, threading.Event())
        heard: list[Event] = []
        chat.send("Count.", heard.append)
        before = chat.rounds
        assert chat.measure(3, measured.append, threading.Event())
        assert chat.rounds == before
        tokens = [token for each in before for token in each.completion]
        assert [event.token for event in measured] == tokens
        assert [event.number for event in measured] == list(range(len(tokens)))
        assert all(event.logprob is not None for event in measured)
        assert {len(event.alternatives) for event in measured} == {3}
        stopped = threading.Event()
        stopped.set()
        assert not chat.measure(3, measured.append, stopped)
