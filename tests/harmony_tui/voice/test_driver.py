"""Keys that are let go, in a terminal's own words; Textual's parser alone fails on them."""

from __future__ import annotations

import pytest
from textual import events
from textual.drivers.headless_driver import HeadlessDriver
from textual.drivers.linux_driver import LinuxDriver

from harmony_tui.voice.driver import (
    EventTypeParser,
    EventTypesKnown,
    KeyReleased,
    KeyRepeated,
    TalkDriver,
)
from harmony_tui.voice.keys import talk_driver

KEYS = {
    "\x1b[32;5u": (events.Key, "ctrl+space", None),
    "\x1b[32;5:1u": (events.Key, "ctrl+space", None),
    "\x1b[32;5:2u": (KeyRepeated, "ctrl+space", None),
    "\x1b[32;5:3u": (KeyReleased, "space", None),
    "\x1b[32;1:3u": (KeyReleased, "space", None),
    "\x1b[57442;5:3u": (KeyReleased, "left_control", None),
    "\x00": (events.Key, "ctrl+space", None),
    "\x1b[97;1:2;97u": (KeyRepeated, "a", "a"),
    "\x1b[97;2:1;65u": (events.Key, "A", "A"),
    "\x1b[97:65;2:3u": (KeyReleased, "a", None),
    "\x1b[97:65;2;65u": (events.Key, "A", "A"),
    "\x1b[13u": (events.Key, "enter", "\r"),
    "\x1b[13;1:1u": (events.Key, "enter", "\r"),
    "\x1b[13;1:3u": (KeyReleased, "enter", None),
    "\x1b[127;1:2u": (KeyRepeated, "backspace", "\x7f"),
    "\x1b[1;1:2A": (KeyRepeated, "up", None),
    "\x1b[1;5:3D": (KeyReleased, "left", None),
    "\x1b[15;1:3~": (KeyReleased, "f5", None),
    "\x1b[A": (events.Key, "up", None),
    "\x1b\r": (events.Key, "alt+enter", None),
    "\x1bq": (events.Key, "alt+q", "q"),
    "\x1b\x7f": (events.Key, "ctrl+w", None),
    "a": (events.Key, "a", "a"),
}


@pytest.mark.parametrize(("sequence", "told"), KEYS.items(), ids=map(repr, KEYS))
def test_what_a_sequence_means(
    sequence: str, told: tuple[type[events.Event], str, str | None]
) -> None:
    (event,) = EventTypeParser().feed(sequence)
    assert (type(event), event.key, getattr(event, "character", None)) == told  # type: ignore[attr-defined]


def test_keys_with_alt_are_whole_at_once() -> None:
    keys = [event.key for event in EventTypeParser().feed("\x1bqa\x1b\rb\x1bQ\x1b[D\x1b\x08")]  # type: ignore[attr-defined]
    assert keys == ["alt+q", "a", "alt+enter", "b", "alt+shift+q", "left", "alt+backspace"]


def test_escape_before_a_control_character_is_a_key_of_its_own() -> None:
    keys = [event.key for event in EventTypeParser().feed("\x1b\x10the\x1b\x1b[D\x1b\x00\x1b\n")]  # type: ignore[attr-defined]
    assert keys == [
        *("escape", "ctrl+p", "t", "h", "e", "escape", "left"),
        "escape",
        "ctrl+space",
        "ctrl+j",
    ]


def test_escape_is_a_key_of_its_own_sooner_where_letters_follow_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr("textual._parser.get_time", lambda: now)
    for is_quick, seconds, expected in (
        (True, 0.03, ["escape", "b"]),
        (True, 0.01, ["ctrl+left"]),
        (False, 0.03, ["ctrl+left"]),
    ):
        parser = EventTypeParser(is_quick=lambda is_quick=is_quick: is_quick)  # type: ignore[misc]
        read = list(parser.feed("\x1b"))
        now += seconds
        read += parser.feed("b")
        assert [event.key for event in read] == expected  # type: ignore[attr-defined]
    list(EventTypeParser().feed("x"))  # as long as usual again


@pytest.mark.parametrize(("is_quick", "told"), [(True, "alt+0"), (False, "º")])
def test_escape_and_a_digit_in_one_burst(is_quick: bool, told: str) -> None:
    # Vim's Escape and its key for the beginning of the line, or a Mac's Option and the digit.
    (event,) = EventTypeParser(is_quick=lambda: is_quick).feed("\x1b0")
    assert (event.key, event.character) == (told, "0" if is_quick else "º")  # type: ignore[attr-defined]


def test_the_terminals_answer_is_no_text() -> None:
    parser = EventTypeParser()
    (yes,) = parser.feed("\x1b[?27u")
    (no,) = parser.feed("\x1b[?1u")
    assert isinstance(yes, EventTypesKnown)
    assert yes.tells_releases
    assert isinstance(no, EventTypesKnown)
    assert not no.tells_releases


def test_repeats_are_keys_to_all_widgets() -> None:
    assert KeyRepeated.handler_name == events.Key.handler_name


def test_only_the_driver_of_terminals_is_replaced() -> None:
    assert talk_driver(LinuxDriver) is TalkDriver
    assert talk_driver(HeadlessDriver) is HeadlessDriver
