"""The tour, as a newcomer takes it: what they do brings it on, and nothing is in their way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.config import locations
from engine.config.settings import Settings
from engine.models.demo.corpus.acceptance import QUESTIONS
from harmony_tui.app import HarmonyApp
from harmony_tui.commands.typed import ToProgram, read_draft
from harmony_tui.panes.pane import Pane
from harmony_tui.tour.guide import Card, describe
from harmony_tui.tour.progress import is_first_start, load_place
from harmony_tui.tour.steps import PLACES, STEPS, SUM, Step, fill
from harmony_tui.tour.tour import POINTED
from harmony_tui.welcome import TOUR
from tests.harmony_tui.pictures import settle
from tests.harmony_tui.screen import (
    NARROW,
    WIDE,
    answered,
    screen_text,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)

ANSWERS = [
    "<|channel|>analysis<|message|>A sum.<|end|><|start|>assistant"
    "<|channel|>commentary to=functions.calculator <|constrain|>json"
    '<|message|>{"expression":"127+386"}<|call|>',
    "<|channel|>final<|message|>It is 513.<|return|>",
    "<|channel|>analysis<|message|>The same sum, with care.<|end|><|start|>assistant"
    "<|channel|>final<|message|>It is still 513.<|return|>",
]


@pytest.fixture(autouse=True)
def _new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))


def pointed_at(app: HarmonyApp) -> list[Pane]:
    return [pane for pane in app.chat_screen.area.panes.values() if pane.has_class(POINTED)]


def title(name: str) -> str:
    """Return how the frame of the card names a step."""
    return f"─ Tour {PLACES[name] + 1}/{len(STEPS)} · {STEPS[PLACES[name]].title} ─"


async def test_the_whole_tour_by_doing_what_it_asks_for() -> None:
    async with scripted_app(*ANSWERS, size=NARROW) as (app, pilot):
        prompt, panes = app.chat_screen.prompt, app.chat_screen.area.panes
        await shows(pilot, TOUR)
        await submit(pilot, "/tour")
        await shows(pilot, title("ask"), "Enter types it  → skips  Esc ends")
        assert TOUR not in screen_text(app)
        assert pointed_at(app) == [panes["analysis"]]
        assert app.focused is prompt.area
        await pilot.press("enter")
        await until(pilot, lambda: prompt.area.text == SUM)
        await shows(pilot, "Enter sends")
        await pilot.press("enter")
        await answered(pilot)
        await shows(pilot, "✓ The line above the answer", "Enter goes on")
        await pilot.press("enter")
        await shows(pilot, title("tools"))
        await pilot.press("f3")
        await shows(pilot, "✓ Calls that change something ask you first", "→ 513")
        assert pointed_at(app) == [panes["tools"]]
        assert app.focused is not prompt.area
        await pilot.press("enter")  # where the pane has the focus, too
        await shows(pilot, title("panes"))
        await pilot.press("f3")
        await shows(pilot, "✓ Once more takes it back.")
        await pilot.press("enter")
        await shows(pilot, title("dials"))
        await submit(pilot, "/set temperature 0.7")
        await shows(pilot, "✓ A dot marks")
        await pilot.press("enter")
        await shows(pilot, title("effort"))
        await pilot.press("enter")
        await until(pilot, lambda: prompt.area.text == "/effort high")
        await pilot.press("enter")
        await shows(pilot, title("again"))
        assert app.engine.hyperparameters.effort == "high"
        await submit(pilot, SUM)
        await shows(pilot, "It is still 513.", "✓ Compare the lines")
        await pilot.press("enter")
        await shows(pilot, title("reset"))
        await submit(pilot, "/reset")
        await shows(pilot, title("tokens"))
        await submit(pilot, "/tokens")
        await until(pilot, lambda: app.chat_screen.tokens.has_focus_within)
        await pilot.press("escape")
        await shows(pilot, title("voice"))
        await until(pilot, lambda: app.chat_screen.prompt.area.has_focus)
        steps = [("mic", "sessions"), ("sessions", "models"), ("model", "end")]
        for command, following in steps:
            await submit(pilot, f"/{command}")
            await until(pilot, lambda: app.screen is not app.chat_screen)
            await pilot.press("escape")
            await shows(pilot, title(following))
        await shows(pilot, "Enter ends")
        assert load_place() == PLACES["end"]
        await pilot.press("enter")
        await until(pilot, lambda: not app.tour.is_shown)
        await pilot.pause()
        assert "─ Tour" not in screen_text(app)
        assert not pointed_at(app)
        assert load_place() == 0


async def test_it_is_left_and_gone_on_with() -> None:
    async with scripted_app(size=WIDE) as (app, pilot):
        await submit(pilot, "/tour")
        await pilot.press("right")
        # Wide enough for all panes, so that what this step waits for is so already.
        await shows(pilot, title("tools"), "✓ Calls that change", "Enter goes on  ← back  Esc ends")
        await pilot.press("enter")
        await shows(pilot, title("panes"))
        await type_text(pilot, "ab")
        await pilot.press("left", "right", "left", "c")
        assert app.chat_screen.prompt.area.text == "acb"
        await shows(pilot, title("panes"))
        await pilot.press("escape")
        await until(pilot, lambda: not app.tour.is_shown)
        assert app.chat_screen.prompt.area.text == "acb"
        app.chat_screen.prompt.begin("")
        await pilot.press("right")
        await submit(pilot, "/tour next")
        await shows(pilot, "The tour is not under way.")
    async with scripted_app(size=(60, 20)) as (app, pilot):
        await shows(pilot, "Talk to a model")
        assert TOUR not in screen_text(app)
        await submit(pilot, "/tour")
        await shows(pilot, title("panes"), "These keys show and hide")
        await pilot.press("left", "left", "left")
        await shows(pilot, title("ask"))
        await submit(pilot, "/tour next")
        await shows(pilot, title("tools"))
        await pilot.press("f3")
        await shows(pilot, "✓ Calls that change")
        await pilot.press("escape")  # first the pane, then the tour
        await until(pilot, lambda: app.focused is app.chat_screen.prompt.area)
        await shows(pilot, title("tools"))
        await submit(pilot, "/tour anew")
        await shows(pilot, title("ask"))
        card = app.tour._guide
        assert card is not None
        await settle(pilot)  # the card grows with its text
        corner = (card.region.width - len("Esc ends"), card.region.height - 1)
        await pilot.click(card, offset=corner)
        await until(pilot, lambda: not app.tour.is_shown)


def test_it_is_offered_once_and_to_newcomers_only(tmp_path: Path) -> None:
    assert is_first_start(Settings())
    for file in (locations.config_file(), locations.sessions_folder() / "1.jsonl"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        assert not is_first_start(Settings())
        file.unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "1.jsonl").touch()
    assert not is_first_start(Settings(sessions_folder=str(elsewhere)))


@pytest.mark.parametrize(
    "content", ["", "[]", '{"step": 3}', '{"step": "flight"}', "\xff", "[" * 9999]
)
def test_what_was_left_in_a_broken_file_is_the_beginning(content: str) -> None:
    file = locations.state_folder() / "tour.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(content.encode("latin-1"))
    assert load_place() == 0
    file.write_text(json.dumps({"step": "dials"}))
    assert load_place() == PLACES["dials"]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_each_card_fits(step: Step) -> None:
    for text in (step.text, step.brief, step.task, step.look):
        assert "{" not in fill(text)
        assert text.count("`") % 2 == 0
    for width, is_brief, most in ((76, False, 3), (56, True, 2)):
        for is_done in (False, True):
            card = Card(step, 0, is_done, is_brief, "rest", "Enter")
            assert describe(card).get_height({}, width) <= most


def test_what_is_typed_for_the_person_is_right() -> None:
    offers = {step.offer for step in STEPS if step.offer}
    assert SUM in {question.text for question in QUESTIONS}
    assert all(isinstance(read_draft(offer), ToProgram) for offer in offers - {SUM})
