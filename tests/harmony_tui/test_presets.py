"""Presets of hyperparameters, as a person applies, keeps and compares them."""

from __future__ import annotations

from engine.config import locations
from tests.harmony_tui.screen import says, screen_text, scripted_app, shows, submit, until

WIDE = (160, 40)


async def test_a_preset_is_applied_kept_compared_and_deleted() -> None:
    async with scripted_app(size=WIDE) as (app, pilot):
        await submit(pilot, "/preset creative")
        await shows(pilot, "creative: temperature 1 → 1.2, min_p 0 → 0.05.")
        assert app.engine.hyperparameters.temperature == 1.2
        await submit(pilot, "/set top_k 40")
        await submit(pilot, "/preset save mine")
        await shows(pilot, "The preset mine is in ")
        assert "[mine]" in locations.presets_file().read_text()
        await submit(pilot, "/preset precise")
        await until(pilot, lambda: app.engine.hyperparameters.top_p == 0.9)
        assert app.engine.hyperparameters.min_p == 0
        await submit(pilot, "/preset")
        await shows(pilot, "Presets: precise ✓, balanced, creative, mine.")
        await submit(pilot, "/preset compare mine")
        await shows(pilot, "now → mine: temperature 0.2 → 1.2, top_p 0.9 → 1, top_k 0 → 40")
        await submit(pilot, "/preset compare mine creative")
        await shows(pilot, "mine → creative: top_k 40 → 0.")
        await submit(pilot, "/preset delete mine")
        await shows(pilot, "The preset mine is deleted.")
        await submit(pilot, "/preset mine")
        await shows(pilot, "There is no preset 'mine'")


async def test_a_preset_acts_on_the_pane_and_is_offered() -> None:
    locations.presets_file().parent.mkdir(parents=True, exist_ok=True)
    locations.presets_file().write_text("[slow]\ntemperature = 0.1\n[bad]\ntop_p = 7\n")
    try:
        async with scripted_app(size=WIDE) as (app, pilot):
            titles = [each.title for each in app.get_system_commands(app.screen)]
            assert {"Preset: slow", "Preset: creative", "Preset: delete slow"} <= set(titles)
            assert "Preset: bad" not in titles
            await submit(pilot, "/preset slow")
            await shows(pilot, "slow: temperature 1 → 0.1.")
            await submit(pilot, "/preset")
            await says(pilot, "the preset 'bad' cannot be used: top_p cannot be '7'")
            assert "slow ✓" in screen_text(app)
    finally:
        locations.presets_file().unlink()
