"""Settings that act on a whole conversation, tried on the screen with the real chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.config.locations import locate_model
from engine.config.settings import Settings
from engine.harmony.encoding import load_encoding
from tests.harmony_tui.screen import answered, scripted_app, shows, submit

ANSWER = "<|channel|>final<|message|>Fine.<|return|>"
THOUGHTFUL = "<|channel|>analysis<|message|>I think long.<|end|><|start|>assistant" + ANSWER


@pytest.mark.parametrize(("reseed", "seeds"), [(True, [7, 8, 7]), (False, [7, 7, 7])])
async def test_a_chosen_seed_is_counted_up_if_that_is_set(reseed: bool, seeds: list[int]) -> None:
    settings = Settings(reseed=reseed, hyperparameters={"seed": 7})
    async with scripted_app(ANSWER, ANSWER, ANSWER, settings=settings) as (app, pilot):
        used = []
        for text in ("One", "Two", "/new", "Three"):
            await submit(pilot, text)
            await answered(pilot)
            if text != "/new":
                assert app.engine._chat is not None
                assert app.engine._chat._last is not None
                used.append(app.engine._chat._last.seed)
        assert used == seeds
        assert app.engine.hyperparameters.seed == 7


async def test_the_model_reads_what_was_set_and_the_file_says_so(tmp_path: Path) -> None:
    settings = Settings(
        identity="You are Bob.",
        greeting="Hello {user}.",
        placeholders={"user": "Ada"},
        tools=False,
        context_limit=1000,
        sessions_folder=str(tmp_path / "sessions"),
    )
    async with scripted_app(ANSWER, settings=settings) as (app, pilot):
        await submit(pilot, "Hi")
        await answered(pilot)
        chat = app.engine._chat
        assert chat is not None
        assert chat.context_limit == 1000
        prompt = load_encoding().decode(chat.transcript.prompt())
        assert prompt.startswith("<|start|>system<|message|>You are Bob.\n")
        assert "functions" not in prompt
        assert "<|message|>Hello Ada.<|end|>" in prompt
    (file,) = (tmp_path / "sessions").glob("*.jsonl")
    assert "Fine." in file.read_text()


async def test_long_messages_are_shown_in_part() -> None:
    settings = Settings(truncate_thinking=7, truncate_response=2)
    async with scripted_app(THOUGHTFUL, settings=settings) as (_, pilot):
        await submit(pilot, "Hi")
        await shows(pilot, "I think … (6 more", "Fi … (3 more characters are not shown)")


def test_models_are_looked_for_in_the_persons_folder_first(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    assert locate_model("small", str(tmp_path)) == str(tmp_path / "small")
    assert locate_model("other", str(tmp_path)) == "other"
    assert locate_model("small", None) == "small"
    assert locate_model(None, str(tmp_path)) is None
