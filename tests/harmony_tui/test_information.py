"""What can be asked for: settings, figures, copies, logs; sessions that are deleted and resumed."""

from __future__ import annotations

import json

import pytest

from engine.config import locations
from engine.events import Statistics
from harmony_tui.commands.information import added, describe, describe_limits, find_code
from tests.harmony_tui.screen import answered, scripted_app, shows, submit, until

CODE = """Look:

```python
def f():
    return 1
```

1. and

   ~~~~
   ```
   x
   ~~~~

done"""
ANSWER = f"<|channel|>final<|message|>{CODE}<|return|>"


@pytest.mark.parametrize(
    ("markdown", "code"),
    [
        ("no code", ""),
        (CODE, "def f():\n    return 1\n\n```\nx\n"),
        ("```\nnever closed\n", "never closed\n"),
        ("````\n```\n````", "```\n"),
        ("a ``` b", ""),
        ("```inline``` code", ""),
        ("```\n```", ""),
    ],
)
def test_code_is_found_in_fences(markdown: str, code: str) -> None:
    assert find_code(markdown) == code


def test_limits_are_told() -> None:
    assert describe_limits("temperature") == "; from 0 to 2"
    assert describe_limits("top_p") == "; above 0 to 1"
    assert describe_limits("top_k") == "; from 0 on"
    assert describe_limits("max_tokens") == "; from 1 to 131,072"
    assert describe_limits("effort") == "; it can be low, medium, high"
    assert describe_limits("guided") == "; it can be true or false"
    assert describe_limits("instructions") == ""


def test_figures_of_turns_are_added() -> None:
    one = Statistics(100, 40, 50, 0.5, 2.0, 0.1, 150, 8192, 20, 15)
    both = added([one, one])
    assert (both.prompt_tokens, both.decode_rate, both.acceptance) == (200, 25.0, 0.75)
    assert describe(one, is_one=True) == (
        "100 tokens read, 40 of them from the cache; 120 read per second; 50 tokens sampled at "
        "25.0/s; first token after 0.10 s; 75 % of the speculated tokens accepted; "
        "context 150 of 8,192."
    )
    assert "first token" not in describe(both)


async def test_what_was_said_is_copied_and_counted() -> None:
    async with scripted_app(ANSWER, size=(160, 40)) as (app, pilot):
        log = locations.log_file().with_name("debug.jsonl")
        await submit(pilot, "/debug on")
        await until(pilot, lambda: app.engine.debug_log is not None)
        await submit(pilot, "show me")
        await answered(pilot)
        assert json.loads(log.read_text().splitlines()[0])["turn"] == 1
        await submit(pilot, "/copy")
        await until(pilot, lambda: app.clipboard == CODE)
        await submit(pilot, "/copy code")
        await until(pilot, lambda: app.clipboard == find_code(CODE))
        await submit(pilot, "/copy question")
        await until(pilot, lambda: app.clipboard == "show me")
        await submit(pilot, "/copy all")
        await until(pilot, lambda: "show me" in app.clipboard and "return 1" in app.clipboard)
        await submit(pilot, "/copy nonsense")
        await shows(pilot, "It can be: answer, code, question, all.")
        await submit(pilot, "/stats")
        await shows(pilot, "Last turn: ", "tokens sampled at", "Session, 1 answer: ")
        await submit(pilot, "/debug off")
        await until(pilot, lambda: app.engine.debug_log is None)


async def test_the_session_that_is_open_is_deleted_brought_back_and_resumed() -> None:
    async with scripted_app(ANSWER, size=(160, 40)) as (app, pilot):
        await submit(pilot, "unmistakable")
        await answered(pilot)
        file = app.engine.session_file
        assert file is not None
        await submit(pilot, "/delete")
        await shows(pilot, "“unmistakable” is in the trash.", "Talk to a model")
        assert not file.exists()
        assert app.engine.session is None
        await submit(pilot, "/delete undo")
        await shows(pilot, "Look:")
        assert file.exists()
        await submit(pilot, "/new")
        await shows(pilot, f"/resume {file.stem} goes back to the conversation before.")
        await submit(pilot, f"/resume {file.stem[-6:]}")
        await shows(pilot, "Look:")
        assert app.engine.session_file == file
