"""The calls of a conversation as events tell of them."""

from __future__ import annotations

from engine.events import ToolCallFinished, ToolCallRequested, ToolCallStarted, ToolOutput
from harmony_tui.panes.trace_calls import LEFT, MOST_CALLS, MOST_LIVE, Trace


def requested(number: int, recipient: str = "functions.clock") -> ToolCallRequested:
    return ToolCallRequested(
        number, recipient, "{}", "", needs_approval=False, place="this program"
    )


def test_a_call_from_its_request_to_its_end() -> None:
    now = [10.0]
    trace = Trace(lambda: now[0])
    trace.begin_turn("  What\ntime  is it? " + "x" * 100)
    call = trace.ask(requested(0))
    assert (call.state, call.place) == ("asked", "this program")
    assert call.question.startswith("What time is it? xxx")
    assert len(call.question) == 60
    assert trace.start(ToolCallStarted(0, "you")) is call
    now[0] = 12.5
    assert (call.state, call.allowed_by, trace.seconds_of(call)) == ("running", "you", 2.5)
    assert trace.running == [call]
    for _ in range(50):
        trace.write(ToolOutput(0, "x" * 10_000))
    assert len(call.live) <= 2 * MOST_LIVE
    trace.finish(ToolCallFinished(0, "done", "05:10", 2.0, 14, ("/tmp/a.png",)))
    assert (call.state, call.output, call.tokens, call.figures) == (
        *("done", "05:10", 14),
        ("/tmp/a.png",),
    )
    assert trace.seconds_of(call) == 2.0
    assert (len(call.live), trace.running) == (0, [])
    assert trace.write(ToolOutput(0, "late")) is None


def test_numbers_count_anew_in_each_turn() -> None:
    trace = Trace()
    trace.begin_turn("one")
    first = trace.ask(requested(0))
    trace.begin_turn("two")
    second = trace.ask(requested(0))
    trace.finish(ToolCallFinished(0, "done", "", 0.1))
    assert (first.state, second.state) == ("asked", "done")
    assert trace.turn_calls == [second]
    assert trace.finish(ToolCallFinished(7, "done", "", 0.1)) is None
    trace.clear()
    assert (trace.calls, trace.turn_calls) == ([], [])


def test_what_is_left_when_the_turn_ends_has_failed() -> None:
    trace = Trace(lambda: 5.0)
    trace.begin_turn("one")
    call = trace.ask(requested(0))
    trace.start(ToolCallStarted(0))
    trace.write(ToolOutput(0, "so far"))
    assert trace.end_turn() == [call]
    assert (call.state, call.output, call.remark) == ("failed", "so far", LEFT)
    assert trace.end_turn() == []


def test_going_back_takes_calls_out() -> None:
    trace = Trace()
    trace.begin_turn("one")
    calls = [trace.ask(requested(number)) for number in range(3)]
    assert trace.go_back(1) == calls[1:]
    assert trace.calls == calls[:1]
    again = trace.ask(requested(1))
    assert trace.turn_calls == [calls[0], again]


def test_the_oldest_are_dropped() -> None:
    trace = Trace()
    trace.begin_turn("one")
    for number in range(MOST_CALLS + 1):
        trace.ask(requested(number))
    assert trace.drop_oldest()
    assert trace.calls[-1].number == MOST_CALLS
    assert len(trace.calls) < MOST_CALLS
    assert not trace.drop_oldest()


def test_which_calls_match_words() -> None:
    trace = Trace()
    call = trace.ask(requested(0, "browser.search"))
    call.output = "Areas of Circles"
    assert call.matches([])
    assert call.matches(["search", "circle"])
    assert not call.matches(["search", "square"])
