"""What is offered and said while the arguments of commands are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config import locations
from engine.config.settings import Settings
from harmony_tui.commands.explaining import known_models
from harmony_tui.commands.table import BY_NAME
from harmony_tui.commands.typed import complete
from tests.harmony_tui.screen import (
    NARROW,
    answered,
    screen_text,
    scripted_app,
    shows,
    submit,
    type_text,
    until,
)

REPLY = "<|channel|>final<|message|>Yes.<|return|>"
SAID: dict[str, tuple[str, ...]] = {
    "/set ": ("temperature  ", "1.0 now · 0.0 to 2.0 · Divides the logits"),
    "/set notif": ("notify  ", "both now · bell, desktop, both or never"),
    "/set notify ": ("notify bell", "notify desktop"),
    "/set context_limit ": ("0 now · a whole number from 0 on · Use no more of",),
    "/effort ": ("low     answers soonest", "high    thinks longest"),
    "/preset ": ("precise   temperature 0.2, top_p 0.9", "creative  temperature 1.2, min_p 0.05"),
    "/preset compare ": ("compare precise",),
    "/theme harmony-l": ("harmony-light", "light · "),
    "/model ": ("demo", "the bundled model", "is downloaded from Hugging Face"),
    "/profile ": ("tutor  Slow and exact", "none   use no profile"),
    "/keep ": ("top_k  40 · set here",),
    "/reset ": ("top_k  40 · set here",),
    "/resume ": ("Hello there",),
}
"""What is on the screen where a command has been typed so far."""


async def test_arguments_are_offered_with_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_TUI_HOME", str(tmp_path))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    profiles = locations.profiles_folder()
    profiles.mkdir(parents=True)
    (profiles / "tutor.toml").write_text('description = "Slow and exact"\n')
    async with scripted_app(REPLY, settings=Settings(), size=NARROW) as (app, pilot):
        await submit(pilot, "Hello there")
        await answered(pilot)
        await submit(pilot, "/set top_k 40")
        await submit(pilot, "/sessions")  # which makes the index that knows the titles
        await shows(pilot, "Hello there")
        await pilot.press("escape")
        for typed, shown in SAID.items():
            app.chat_screen.prompt.begin(typed)
            await shows(pilot, *shown)
        assert known_models(app)[0] == "demo"
        # A word that several go on with is offered once.
        app.chat_screen.prompt.begin("/preset com")
        await shows(pilot, "compare  tell what differs")
        await pilot.press("tab")
        await type_text(pilot, "crea")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: not app.chat_screen.prompt.area.text)


def test_words_that_several_choices_share_come_one_at_a_time() -> None:
    choices = ("1", "2", "drop 1", "drop 2", "send", "a name", "only one choice")

    def offered(typed: str) -> list[str]:
        return [each.draft for each in complete(f"/queue {typed}", lambda _: choices)]

    assert BY_NAME["queue"].choices is not None
    assert offered("") == [
        *("/queue 1", "/queue 2", "/queue drop ", "/queue send"),
        *("/queue a name", "/queue only one choice"),
    ]
    assert offered("d") == ["/queue drop "]
    assert offered("drop ") == ["/queue drop 1", "/queue drop 2"]
    assert offered("drop 2") == []
    assert offered("only one") == ["/queue only one choice"]


async def test_explanations_stand_in_one_column_however_long_a_usage_is() -> None:
    async with scripted_app() as (app, pilot):
        await type_text(pilot, "/qu")
        await shows(pilot, "/queue [NUMBER|drop NUMBER|se…", "Leave the program.")
        lines = screen_text(app).splitlines()
        columns = {
            line.index(help_)
            for help_ in ("Edit the last message", "Leave the program.")
            for line in lines
            if help_ in line
        }
        assert len(columns) == 1
