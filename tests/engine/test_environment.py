"""A variable is set for a while, and nobody changes one while native code reads them."""

from __future__ import annotations

import os
import threading

import pytest

from engine import environment

NAME = "HARMONY_TUI_TEST"


def test_a_variable_is_as_before_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    with environment.variable(NAME, "a"):
        assert os.environ[NAME] == "a"
        with environment.variable(NAME, "b"):
            assert os.environ[NAME] == "b"
        assert os.environ[NAME] == "a"
    assert NAME not in os.environ


def test_who_changes_one_waits_for_who_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.setattr(environment, "LONGEST_WAIT", 60.0)
    is_set = threading.Event()

    def change() -> None:
        with environment.variable(NAME, "a"):
            is_set.set()

    with environment.unchanged():
        thread = threading.Thread(target=change)
        thread.start()
        assert not is_set.wait(0.1)
        assert NAME not in os.environ
    assert is_set.wait(60)
    thread.join()


def test_who_never_ends_holds_nobody_up_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "LONGEST_WAIT", 0.05)
    let_go = threading.Event()
    held = threading.Event()

    def hang() -> None:
        with environment.unchanged():
            held.set()
            let_go.wait(60)

    thread = threading.Thread(target=hang)
    thread.start()
    assert held.wait(60)
    with environment.variable(NAME, "a"):
        assert os.environ[NAME] == "a"
    let_go.set()
    thread.join()
