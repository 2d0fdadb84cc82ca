"""What the one-shot report writes of each event, and where."""

from __future__ import annotations

import pytest

from engine.events import (
    Finish,
    MessageClosed,
    MessageOpened,
    Notice,
    Statistics,
    TextDelta,
    ToolCallFinished,
    ToolCallRequested,
    TurnEnded,
)
from harmony_tui.one_shot import CONTROLS, Report


def message(number, channel, text):
    """Return the events of one message, its text in two pieces."""
    half = len(text) // 2
    return [
        MessageOpened(number, "assistant", channel, None, None),
        TextDelta(number, channel, text[:half]),
        TextDelta(number, channel, text[half:]),
        MessageClosed(number, "assistant", channel, None, None, text, (), "end"),
    ]


def ended(finish: Finish = "stop", explanation: str = ""):
    return TurnEnded(finish, Statistics(), explanation)


def report_of(*heard, **options):
    report = Report(**{"as_json": False, "show_analysis": False, **options})
    for event in heard:
        report.hear(event)
    return report


def test_only_the_final_channel_goes_to_stdout(capsys):
    report = report_of(
        *message(0, "analysis", "Think."),
        *message(1, "commentary", "{}"),
        *message(2, None, "stray"),
        *message(3, "final", "**513**"),
        ended(),
    )
    assert capsys.readouterr() == ("**513**\n", "")
    assert report.exit_code() == 0


def test_a_line_that_the_model_ended_is_not_ended_twice(capsys):
    report_of(*message(0, "final", "513\n"), ended())
    assert capsys.readouterr().out == "513\n"


def test_reasoning_goes_to_stderr_line_by_line(capsys):
    report_of(
        *message(0, "analysis", "Think."),
        *message(1, "analysis", "Again."),
        *message(2, "final", "513"),
        ended(),
        show_analysis=True,
    )
    assert capsys.readouterr() == ("513\n", "Think.\nAgain.\n")


@pytest.mark.parametrize(
    ("last", "code", "explanation"),
    [
        (ended("length"), 1, "harmony-tui: The answer was cut: it reached max_tokens.\n"),
        (ended("length", "The context is full."), 1, "harmony-tui: The context is full.\n"),
        (ended("error", "It broke."), 1, "harmony-tui: It broke.\n"),
        (ended("cancelled"), 130, ""),
        (ended(), 0, ""),
    ],
)
def test_how_a_turn_ended_is_told(capsys, last, code, explanation):
    report = report_of(*message(0, "final", "Half"), last)
    assert report.exit_code() == code
    assert capsys.readouterr() == ("Half\n", explanation)


def test_a_turn_without_an_answer_has_failed(capsys):
    report = report_of(*message(0, "analysis", "Think."), ended())
    assert report.exit_code() == 1
    assert "without a final answer" in capsys.readouterr().err


def test_a_turn_that_was_not_heard_to_end_has_failed():
    assert report_of(*message(0, "final", "Half")).exit_code() == 1


def test_a_notice_does_not_break_into_a_line(capsys):
    report_of(TextDelta(0, "analysis", "Thi"), Notice("Mind the gap."), show_analysis=True)
    assert capsys.readouterr().err == "Thi\nharmony-tui: Mind the gap.\n"


def test_a_closed_stdout_is_no_error(monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    assert report_of(*message(0, "final", "513"), ended()).exit_code() == 0


def test_a_terminal_gets_nothing_that_it_would_obey(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    report_of(*message(0, "final", "a\x1b[2Jb\rc\td\x9be"), ended())
    assert capsys.readouterr().out == "a\ufffd[2Jb\ufffdc\td\ufffde\n"


def test_the_controls_are_all_but_tab_and_newline():
    text = "".join(map(chr, range(256))).translate(CONTROLS)
    assert [c for c in text if not c.isprintable() and c not in "\xa0\xad"] == ["\t", "\n"]


@pytest.mark.parametrize(
    ("reason", "way"),
    [
        ("approval ask", "with --approve auto."),
        ("it uses the network", "ask this in the full screen."),
    ],
)
def test_a_call_that_is_asked_about_is_declined_and_it_is_said_what_would_help(capsys, reason, way):
    report_of(ToolCallRequested(0, "functions.x", "{}", "", needs_approval=True, reason=reason))
    said = capsys.readouterr().err
    assert f"functions.x was declined, because nobody can be asked here ({reason})." in said
    assert said.endswith(f"{way}\n")


def test_citations_are_numbered_on_stdout(capsys):
    shown = "[1] Ferns (https://a.example)\n**viewing lines [0 - 1] of 1**\n\nL0: Ferns"
    report_of(
        ToolCallRequested(0, "browser.open", "{}", "", needs_approval=False),
        ToolCallFinished(0, "done", shown, 0.1),
        *message(1, "final", "They grow【1†L0】."),
        ended(),
    )
    sources = "**Sources**\n\n1. [Ferns](https://a.example)\n"
    assert capsys.readouterr().out == f"They grow[1].\n\n{sources}"
