"""The account of where the time of a turn goes."""

from __future__ import annotations

from engine.voice.ledger import SPANS, Ledger, describe


def test_figures_are_the_spans_between_what_was_noted() -> None:
    ledger = Ledger()
    moments = ("pressed", "first_block", "first_word", "released", "final_text", "first_token")
    for when, moment in enumerate((*moments, "first_final", "first_sound"), start=100):
        assert ledger.note(moment, when)
    ledger.note("last_text", 110.0)
    ledger.note("last_text", 111.0)
    ledger.note("last_sound", 111.5)
    ledger.xruns = 2
    assert ledger.figures() == {
        "release_to_final_text": 1,
        "release_to_first_token": 2,
        "release_to_first_sound": 4,
        "speech_lag": 0.5,
        "final_to_first_sound": 1,
        "press_to_first_word": 2,
        "press_to_first_block": 1,
        "xruns": 2,
        "dropped_blocks": 0,
    }
    assert [*ledger.figures()][: len(SPANS)] == [*SPANS]
    assert describe(ledger.figures())[:4] == [
        "text 1.00 s",
        "token 2.00 s",
        "sound 4.00 s",
        "lag 0.50 s",
    ]
    assert describe(ledger.figures())[-1] == "2 xruns"


def test_what_comes_again_does_not_count() -> None:
    ledger = Ledger()
    assert ledger.note("pressed", 1.0)
    assert ledger.note("first_block", 1.5)
    assert not ledger.note("first_block", 9.0)
    assert ledger.figures() == {"press_to_first_block": 0.5, "xruns": 0, "dropped_blocks": 0}


def test_what_did_not_happen_has_no_figure() -> None:
    ledger = Ledger()
    ledger.note("first_final", 5.0)
    ledger.note("first_sound", 5.25)
    assert describe(ledger.figures()) == ["voice 0.25 s"]
    assert describe({}) == []
