"""Two answers to one question under two settings: what is typed, how they differ, what is kept."""

from __future__ import annotations

import pytest

from engine.config import locations
from engine.config.precedence import Configuration, Layer
from engine.config.settings import Settings
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.command import CommandError
from harmony_tui.commands.compare import read_sides
from harmony_tui.comparison import Comparison, Parting, find_parting, list_differences
from harmony_tui.screens.compare import CompareScreen
from harmony_tui.screens.compare_side import SidePane
from tests.harmony_tui.screen import (
    NARROW,
    WIDE,
    answered,
    says,
    screen_text,
    scripted_app,
    shows,
    submit,
    until,
)
from tests.harmony_tui.staged import compare_played

THOUGHT = "<|channel|>analysis<|message|>{}<|end|><|start|>assistant"
FINAL = "<|channel|>final<|message|>{}<|return|>"
CALL = (
    "<|channel|>commentary to=functions.calculator <|constrain|>json<|message|>"
    '{"expression":"2+3"}<|call|>'
)
LONG = Settings(hyperparameters={"max_tokens": 100_000, "loop_detection": "off"})

# --- what is typed -------------------------------------------------------------------------------

CONFIGURED = Configuration(
    (
        Layer("settings", {"top_k": 40}, "/home/me/config.toml"),
        Layer("model", {"temperature": 0.6}, "demo"),
    )
)
CHANGED = CONFIGURED.with_value("temperature", 1.4).with_value("theme", "harmony-light")


def typed(text: str, configuration: Configuration = CONFIGURED) -> list[list[str]]:
    """Return what differs, as both sides tell it, their titles first."""
    sides = read_sides(text, configuration)
    both = zip(sides, list_differences(sides, configuration), strict=True)
    return [[side.title, *map(" ".join, differences)] for side, differences in both]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "precise",
            [
                "settings in force",
                "temperature 0.6 generation_config of demo",
                "top_p 1 default",
                "top_k 40 config.toml",
            ],
            [
                "preset precise",
                "temperature 0.2 preset precise",
                "top_p 0.9 preset precise",
                "top_k 0 preset precise",
            ],
        ),
        (
            "temperature=1.5",
            ["settings in force", "temperature 0.6 generation_config of demo"],
            ["temperature=1.5", "temperature 1.5 typed here"],
        ),
        (
            "top_k=40 temperature 0.2 | precise temperature=0.2 top_k 40 effort=high",
            ["top_k=40 temperature 0.2", "top_p 1 default", "effort medium default"],
            [
                "precise temperature=0.2 top_k 40 effort=high",
                "top_p 0.9 preset precise",
                "effort high typed here",
            ],
        ),
        (
            "seed=1 | now",
            ["seed=1", "seed 1 typed here"],
            ["settings in force", "seed -1 default"],
        ),
        (
            "| logit_bias='13:-100, 11:2.5'",
            ["settings in force", "logit_bias - default"],
            ["logit_bias=13:-100, 11:2.5", "logit_bias 11:2.5, 13:-100 typed here"],
        ),
    ],
)
def test_what_is_compared(text: str, one: list[str], other: list[str]) -> None:
    assert typed(text) == [one, other]


def test_without_a_word_changes_are_compared_with_what_was_before() -> None:
    assert typed("", CHANGED) == [
        ["settings in force", "temperature 1.4 set here"],
        ["without your changes", "temperature 0.6 generation_config of demo"],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "To compare: /compare PRESET, .* Presets: precise, balanced, creative"),
        ("precice", "There is no preset 'precice'"),
        ("temperature=hot", "temperature cannot be 'hot'"),
        ("temperature", "temperature cannot be ''"),
        ("tempreature=1", "There is no 'tempreature'"),
        ("precise | precise", "Both sides would have the same settings"),
        ("temperature=0.6", "Both sides would have the same settings"),
        ("now | creative | precise", "Two sides can be compared, not 3"),
        ("logit_bias='13:-100", "A quotation mark is missing"),
    ],
)
def test_what_cannot_be_compared(text: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        read_sides(text, CONFIGURED)


def test_a_file_of_presets_that_cannot_be_read_is_told() -> None:
    locations.presets_file().parent.mkdir(parents=True, exist_ok=True)
    locations.presets_file().write_text("[mine\n")
    try:
        with pytest.raises(CommandError, match=r"presets\.toml"):
            read_sides("mine", CONFIGURED)
    finally:
        locations.presets_file().unlink()


def test_both_sides_have_one_seed_unless_one_sets_its_own() -> None:
    def seeds(text: str, acting: int) -> tuple[int, ...]:
        return Comparison("", read_sides(text, CONFIGURED))._choose_seeds(acting)

    assert seeds("precise", 7) == (7, 7)
    one, other = seeds("precise", -1)
    assert one == other >= 0
    assert seeds("precise", -1)[0] != one
    assert seeds("seed=3 | precise", 7) == (3, 7)
    assert seeds("seed=-1 | seed=3", 7)[1] == 3
    assert seeds("temperature=0 seed=-1 | precise", 7)[0] >= 0


# --- where texts part ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "number", "words"),
    [
        ("It is five.", "It is six.", 3, ("five.", "six.")),
        ("The colours", "The colors", 2, ("colours", "colors")),
        ("It is", "It is five", 3, ("", "five")),
        ("It is", "It isn't", 2, ("is", "isn't")),
        ("a  b", "a b", 2, ("b", "b")),
        ("x", "y", 1, ("x", "y")),
        ("", "y", 1, ("", "y")),
        ("one\n\n- two", "one\n\n- too", 3, ("two", "too")),
    ],
)
def test_the_first_word_that_differs(
    one: str, other: str, number: int, words: tuple[str, str]
) -> None:
    for texts, expected in (((one, other), words), ((other, one), words[::-1])):
        parting = find_parting(texts, are_whole=(True, True))
        assert parting is not None
        assert parting.number == number
        spans = zip(texts, parting.spans, strict=True)
        assert tuple(text[start:end] for text, (start, end) in spans) == expected


def test_what_is_still_written_may_go_on_alike() -> None:
    assert find_parting(("It is five", "It is"), are_whole=(True, False)) is None
    assert find_parting(("It is", "It is five"), are_whole=(False, True)) is None
    assert find_parting(("It is", "It is"), are_whole=(True, True)) is None
    assert find_parting(("", ""), are_whole=(False, False)) is None
    parting = find_parting(("It is five", "It was"), are_whole=(False, False))
    assert parting == Parting(2, ((3, 5), (3, 6)))


# --- the screen ----------------------------------------------------------------------------------


def compared(app: HarmonyApp) -> tuple[SidePane, SidePane]:
    assert isinstance(app.screen, CompareScreen)
    one, other = app.screen.query(SidePane)
    return one, other


def pointed_out(side: SidePane) -> list[str]:
    """Return the words that stand out on a side, as they are drawn."""
    transcript, found = side.transcript, []
    for index in sorted(transcript._words):
        block, spans = transcript._find(index)
        rendered = transcript._document.entries[index].blocks[block].rendered
        assert rendered is not None
        found += [rendered.lines[row].text[start:end] for row, start, end in spans]
    return found


def versions(app: HarmonyApp) -> list[str]:
    """Return the answers to the last question, oldest first."""
    session = app.engine.session
    assert session is not None
    words = [message for message in session.path() if message.role == "user"][-1]
    leaves = (session.newest_leaf(each.id) for each in session.children(words.id))
    return [session.messages[leaf].text for leaf in leaves]


ANSWERS = ("## Sum\n\nIt is **five**, and `2+3` says so.", "## Sum\n\nIt is **not** six.")
ONE = THOUGHT.format("A sum of two.") + FINAL.format(ANSWERS[0])
TWO = THOUGHT.format("A sum of three.") + FINAL.format(ANSWERS[1])


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_two_answers_are_shown_and_one_is_kept(size: tuple[int, int]) -> None:
    replies = (FINAL.format("Hi."), FINAL.format("Five."), ONE, TWO, ONE, TWO)
    async with scripted_app(*replies, size=size) as (app, pilot):
        for words in ("hello", "2+3"):
            await submit(pilot, words)
            await answered(pilot)
        before = app.engine.session
        await submit(pilot, "/debug on")
        await submit(pilot, "/compare creative")
        await shows(pilot, "Compare  2+3", "A · settings in force", "B · preset creative")
        await shows(pilot, "temperature", "1.2", "preset creative", "min_p", "default")
        await shows(pilot, "Answers differ from word 5 on · thoughts differ from word 4 on")
        await shows(pilot, "tokens/s", "first token", "a b keep a side", "thought for")
        one, other = compared(app)
        assert (pointed_out(one), pointed_out(other)) == (["five,"], ["not"])
        await pilot.press("t")
        await shows(pilot, "A sum of two.", "A sum of three.")
        assert (pointed_out(one), pointed_out(other)) == (["two.", "five,"], ["three.", "not"])
        assert app.focused is one.transcript
        await pilot.press("d", "right")
        await until(pilot, lambda: app.focused is other.transcript)
        await pilot.press("f10")
        await until(pilot, lambda: "A · settings" not in screen_text(app))
        await pilot.press("tab")
        await until(pilot, lambda: "B · preset" not in screen_text(app))
        await pilot.press("f10", "escape")
        await shows(pilot, "Neither is kept; the conversation is as it was.")
        assert app.engine.session == before
        assert app.engine.debug_log is not None
        logged = app.engine.debug_log.path.read_text()
        assert all(text in logged for text in ("A sum of two.", "A sum of three."))

        await submit(pilot, "/compare creative")
        await shows(pilot, "a b keep a side")
        await pilot.press("B")
        await says(pilot, "It is **not** six.")
        await shows(pilot, "B is the answer now. /older shows A. Its settings are in force.")
        assert versions(app) == ["Five.", *ANSWERS]
        assert app.engine.hyperparameters.temperature == 1.2
        assert app.engine.configuration["min_p"].origin == "set here"
        assert "answer 3/3" in screen_text(app)
        await submit(pilot, "/older")
        await says(pilot, "It is **five**")


async def test_it_is_stopped_and_what_came_can_be_kept() -> None:
    endless = "<|channel|>final<|message|>" + "on and " * 5000
    replies = (FINAL.format("One."), endless, FINAL.format("Never."))
    async with scripted_app(*replies, settings=LONG) as (app, pilot):
        await submit(pilot, "count")
        await answered(pilot)
        await submit(pilot, "/compare top_k=5")
        await shows(pilot, "on and on", "waits for A", "Esc stop")
        await pilot.press("b")
        await shows(pilot, "B has not answered yet.")
        await pilot.press("escape")
        await shows(pilot, "↳ stopped", "Not answered: it was stopped before.")
        await pilot.press("b")
        await shows(pilot, "B has no answer that could be kept.")
        await pilot.press("enter")
        await shows(pilot, "A is the answer now.")
        assert app.engine.can_continue
        assert len(versions(app)) == 2
        assert app.engine.hyperparameters.top_k == 0


async def test_a_side_is_kept_while_the_other_one_runs_and_calls_are_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("harmony_tui.panes.approval.GRACE_SECONDS", 0)
    endless = "<|channel|>final<|message|>" + "on and " * 5000
    replies = (FINAL.format("One."), CALL, CALL, FINAL.format("It is 5."), CALL, endless)
    async with scripted_app(*replies, settings=LONG) as (app, pilot):
        await submit(pilot, "2+3")
        await answered(pilot)
        await submit(pilot, "/approve always")
        await submit(pilot, "/compare top_k=5")
        await shows(pilot, "Allow this call?", "calculator")
        await pilot.press("n")
        await shows(pilot, "declined")
        await shows(pilot, "Allow this call?")
        await pilot.press("y")
        await shows(pilot, "It is 5.", "Allow this call?")
        await pilot.press("y")  # the other side's
        await shows(pilot, "on and on")
        assert screen_text(app).count("→  5") == 2
        await pilot.press("a")
        await shows(pilot, "A is the answer now. /older shows B.")
        await says(pilot, "It is 5.")
        first, other, shown = versions(app)
        assert (first, shown) == ("One.", "It is 5.")
        assert other.startswith("on and")


async def test_no_key_is_parted_from_what_it_does() -> None:
    async with scripted_app(size=(60, 20)) as (app, pilot):
        compare_played(app)
        await shows(pilot, "Answers differ from word")
        await until(pilot, lambda: app.screen.query_one("#said").size.height == 1)
        assert screen_text(app).rstrip().endswith("A B with its settings  Esc back")
        await pilot.resize_terminal(80, 24)
        await shows(pilot, "D difference  Esc back")
