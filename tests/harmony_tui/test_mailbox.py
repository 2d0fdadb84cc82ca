"""The mailbox: everything arrives, in order, with one wake for many events."""

from __future__ import annotations

import threading

from engine.events import (
    DecodeProgress,
    Event,
    LoadProgress,
    MessageOpened,
    PrefillProgress,
    TextDelta,
    ToolCallFinished,
    ToolOutput,
    TurnStarted,
)
from harmony_tui.mailbox import LONGEST_OUTPUT, Mailbox


def test_one_wake_until_it_is_emptied() -> None:
    wakes: list[None] = []
    box = Mailbox(lambda: wakes.append(None))
    for word in ("a", "b", "c"):
        box.put(TurnStarted(word))
    assert len(wakes) == 1
    assert box.take() == [TurnStarted("a"), TurnStarted("b"), TurnStarted("c")]
    assert box.take() == []
    box.put(TurnStarted("d"))
    assert len(wakes) == 2


def test_runs_of_one_kind_are_joined_and_nothing_else() -> None:
    box = Mailbox(lambda: None)
    opened = MessageOpened(1, "assistant", "final", None, None)
    events: list[Event] = [
        PrefillProgress(1, 9, 0, 1.0),
        PrefillProgress(9, 9, 0, 2.0),
        TextDelta(0, "analysis", "one "),
        TextDelta(0, "analysis", "two"),
        opened,
        TextDelta(1, "final", "three "),
        DecodeProgress(1, 1.0, 1, 9),
        DecodeProgress(2, 2.0, 2, 9),
        TextDelta(1, "final", "four"),
        TextDelta(2, "final", "five"),
    ]
    for event in events:
        box.put(event)
    assert box.take() == [
        PrefillProgress(9, 9, 0, 2.0),
        TextDelta(0, "analysis", "one two"),
        opened,
        TextDelta(1, "final", "three "),
        DecodeProgress(2, 2.0, 2, 9),
        TextDelta(1, "final", "four"),
        TextDelta(2, "final", "five"),
    ]


def test_of_what_calls_write_the_end_waits() -> None:
    box = Mailbox(lambda: None)
    for number in range(50_000):
        box.put(ToolOutput(0, f"{number}\n"))
    box.put(ToolOutput(1, "other"))
    box.put(ToolCallFinished(1, "done", "", 0.1))
    box.put(ToolOutput(0, "last"))
    assert len(box) == 4
    flood, *others = box.take()
    assert isinstance(flood, ToolOutput)
    assert len(flood.text) == LONGEST_OUTPUT
    assert flood.text.endswith("49998\n49999\n")
    assert others == [
        ToolOutput(1, "other"),
        ToolCallFinished(1, "done", "", 0.1),
        ToolOutput(0, "last"),
    ]


def test_events_of_many_threads_all_arrive() -> None:
    awake = threading.Event()
    box = Mailbox(awake.set)
    threads = [
        threading.Thread(
            target=lambda number=number: [box.put(TurnStarted(f"{number}")) for _ in range(2000)]
        )
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    taken: list[Event] = []
    while any(thread.is_alive() for thread in threads) or awake.is_set():
        if awake.wait(0.01):
            awake.clear()
            taken += box.take()
    taken += box.take()
    assert len(taken) == 8000


def test_a_closed_box_takes_nothing() -> None:
    box = Mailbox(lambda: None)
    box.put(LoadProgress("MLX", 0.0))
    box.close()
    box.put(LoadProgress("MLX", 1.0))
    assert box.take() == []
