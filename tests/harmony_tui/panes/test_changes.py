"""What the conversation says of hyperparameters that were changed within an answer."""

from __future__ import annotations

from engine.events import HyperparametersChanged
from harmony_tui.panes.changes import ChangeMarks, say_change
from harmony_tui.transcript import Transcript


def marks(transcript: Transcript, entry: int) -> list[str]:
    return [label.text for label in transcript._document.entries[entry]._labels]


def test_a_change_is_said_as_its_dial_shows_it() -> None:
    said = say_change(1234, {"temperature": 0.0, "top_k": 40, "seed": -1})
    assert said == "temperature greedy, top_k 40, seed random from token 1,234 on"


def test_a_dial_that_is_turned_on_leaves_one_mark() -> None:
    transcript = Transcript()
    entry, other = transcript.begin("final"), transcript.begin("final")
    changes = ChangeMarks(transcript)
    for token, values in (
        *((10, {"temperature": 0.7}), (14, {"temperature": 0.8}), (20, {"temperature": 0.9})),
        *((25, {"top_p": 0.5}), (90, {"top_p": 0.6})),
    ):
        changes.put(entry, HyperparametersChanged(token, dict(values)))
    changes.put(other, HyperparametersChanged(95, {"top_p": 0.7}))
    assert [each.removeprefix("↳ ") for each in marks(transcript, entry)] == [
        "temperature 0.9 from token 20 on",
        "top_p 0.5 from token 25 on",
        "top_p 0.6 from token 90 on",
    ]
    assert len(marks(transcript, other)) == 1
    changes.forget_turn()
    changes.put(other, HyperparametersChanged(3, {"top_p": 0.8}))
    assert len(marks(transcript, other)) == 2
