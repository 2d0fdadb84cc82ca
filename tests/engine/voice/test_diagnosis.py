"""What is said about a microphone."""

from __future__ import annotations

import pytest

from engine.voice.bench import Stage, word_error_rate
from engine.voice.diagnosis import LEAST_BLOCKS, diagnose
from engine.voice.levels import FLOOR, Level

QUIET, VOICE = Level(-65.0, -58.0), Level(-25.0, -12.0)
CASES = {
    "Nothing at all": [Level(FLOOR, FLOOR)] * 20,
    "very quiet": [QUIET] * 20,
    "cut off": [QUIET] * 10 + [Level(-8.0, 0.0)] * 10,
    "room is loud": [Level(-30.0, -20.0)] * 20,
}


@pytest.mark.parametrize(("said", "levels"), CASES.items(), ids=CASES)
def test_what_is_wrong_is_said(said: str, levels: list[Level]) -> None:
    diagnosis = diagnose(levels)
    assert diagnosis is not None
    assert said in diagnosis.message
    assert not diagnosis.is_good


def test_a_voice_in_a_quiet_room_is_well_heard() -> None:
    diagnosis = diagnose([QUIET] * 15 + [VOICE] * 15)
    assert diagnosis is not None
    assert diagnosis.is_good


def test_nothing_is_said_before_enough_was_heard() -> None:
    assert diagnose([VOICE] * (LEAST_BLOCKS - 1)) is None


def test_word_error_rate_counts_words() -> None:
    assert word_error_rate("What is it?", "what is it") == 0
    assert word_error_rate("one two three four", "one too three") == 0.5
    assert word_error_rate("one", "one two three") == 2
    assert word_error_rate("", "") == 0


def test_a_stage_keeps_up_if_it_is_faster_than_sound() -> None:
    assert Stage("recognition", "x", 40.0, 70.0).verdict == (
        "keeps up, 2.0 times faster than needed"
    )
    assert Stage("recognition", "x", 120.0, 200.0).verdict == "too slow by a factor of 1.5"
