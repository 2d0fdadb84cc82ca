"""Holding and tapping, with releases and without."""

from __future__ import annotations

import random

import pytest

from harmony_tui.voice.talk_key import LONGEST_SECONDS, Act, TalkKey

Happening = tuple[float, str]


def play(key: TalkKey, happenings: list[Happening], until: float) -> list[tuple[str, float]]:
    """Let things happen, and time pass in steps of 10 ms; return what is asked for, and when."""
    asked, waiting, now = [], sorted(happenings), 0.0
    while now < until:
        while waiting and waiting[0][0] <= now:
            act = getattr(key, waiting.pop(0)[1])(now)
            if act is not None:
                asked.append((act.value, now))
        if (act := key.tick(now)) is not None:
            asked.append((act.value, now))
        now = round(now + 0.01, 3)
    return asked


def test_a_key_that_is_held_ends_when_it_is_let_go() -> None:
    repeats = [(0.5 + 0.03 * n, "repeat") for n in range(40)]
    key = TalkKey(sees_release=True)
    asked = play(key, [(0.0, "press"), *repeats, (2.0, "release")], 4.0)
    assert asked == [("start", 0.0), ("end", 2.0)]
    assert not key.is_on


def test_a_tap_goes_on_until_the_next_press() -> None:
    taps = [(0.0, "press"), (0.2, "release"), (3.0, "press"), (3.1, "release")]
    again = [(5.0, "press"), (7.0, "release")]
    asked = play(TalkKey(sees_release=True), taps + again, 8.0)
    assert asked == [("start", 0.0), ("end", 3.0), ("start", 5.0), ("end", 7.0)]


def test_a_release_shows_that_the_terminal_tells_of_them() -> None:
    key = TalkKey()
    assert play(key, [(0.0, "press"), (1.0, "release")], 2.0) == [("start", 0.0), ("end", 1.0)]
    assert key.sees_release


def test_the_focus_and_five_minutes_end_it() -> None:
    key = TalkKey(sees_release=True)
    assert key.press(0.0) is Act.START
    assert key.lose_focus() is Act.STOP
    assert key.lose_focus() is None
    assert key.release(2.0) is None
    assert key.press(0.0) is Act.START
    assert key.tick(LONGEST_SECONDS - 0.1) is None
    assert key.tick(LONGEST_SECONDS) is Act.STOP


def test_what_was_discarded_is_not_ended_by_its_release() -> None:
    key = TalkKey(sees_release=True)
    key.press(0.0)
    key.reset()
    assert key.release(1.0) is None
    assert key.press(2.0) is Act.START


# --- without releases ----------------------------------------------------------------------------

KEYBOARDS = {
    "mac": (0.5, 0.09),
    "mac, fast": (0.225, 0.03),
    "x11": (0.66, 0.04),
    "windows": (0.5, 0.033),
    "slow": (0.5, 0.12),
}
"""The time until the first repeat of a key, and between the others, in seconds."""


def held(keyboard: str, seconds: float, seed: int) -> list[Happening]:
    """Return the presses that a held key makes, each up to 50 ms late."""
    delay, interval = KEYBOARDS[keyboard]
    noise, presses, at = random.Random(seed), [(0.0, "press")], delay
    while at < seconds:
        presses.append((at + noise.uniform(0, 0.05), "press"))
        at += interval
    return presses


@pytest.mark.parametrize("keyboard", KEYBOARDS)
def test_learned_repeats_tell_when_a_key_is_let_go(keyboard: str) -> None:
    for seed in range(20):
        seconds = 3.0 + seed * 0.02
        asked = play(TalkKey(learns_repeat=True), held(keyboard, seconds, seed), seconds + 2)
        assert [act for act, _ in asked] == ["start", "end"], (keyboard, seed)
        assert asked[1][1] - seconds < 0.5


@pytest.mark.parametrize("keyboard", KEYBOARDS)
def test_without_learning_repeats_are_no_taps(keyboard: str) -> None:
    for seed in range(20):
        presses = [*held(keyboard, 2.0, seed), (4.0, "press")]
        assert play(TalkKey(), presses, 5.0) == [("start", 0.0), ("end", 4.0)], seed


def test_two_taps_begin_and_end_it() -> None:
    for learns in (False, True):
        key = TalkKey(learns_repeat=learns)
        assert play(key, [(0.0, "press"), (1.5, "press")], 3.0) == [("start", 0.0), ("end", 1.5)]
