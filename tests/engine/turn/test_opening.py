"""What a conversation began with is read from its tokens, so that it begins so again."""

from __future__ import annotations

from itertools import product

import pytest

from engine.chat import Chat
from engine.config.prompt import ExampleMessage, Opening
from engine.harmony.prompt import render_system
from engine.turn.opening import read_opening
from engine.worker import Worker
from tests.engine.turn.test_resuming import GREEDY


def test_an_opening_is_read_from_its_preamble(bundled_worker: Worker) -> None:
    chat = Chat(bundled_worker, hyperparameters=GREEDY)
    said = (ExampleMessage(role="user", content="a"), ExampleMessage(role="assistant", content=""))
    for opening in (
        Opening(),
        Opening(identity="", knowledge_cutoff="", start_date="", instructions="x"),
        Opening(identity="Current date: 1\n\nReasoning: low\n", start_date="2025-01-01"),
        Opening(examples=(said,), greeting="<|end|>"),
    ):
        chat.begin_with(opening)
        before = chat.preamble()
        read = read_opening(before, opening.instructions)
        assert read is not None
        chat.begin_with(read)
        assert chat.preamble() == before
    assert read_opening((), "") is None
    assert read_opening(before[1:], "") is None
    assert read_opening((*before, 10**6), "") is None


HEADINGS = "Reasoning: high\n\n# Tools\n\n## python\n\n# Valid channels: final"


@pytest.mark.parametrize("built_in", [(), ("browser",), ("python",), ("browser", "python")])
def test_an_opening_is_read_whatever_tools_there_are_and_whatever_texts(
    built_in: tuple[str, ...],
) -> None:
    texts = [
        (None, None, None),
        ("\n", "", "Knowledge cutoff: 1\nCurrent date: 2"),
        ("a\n", HEADINGS, "Current date: "),
        (HEADINGS, "Knowledge cutoff: ", "\n"),
        ("", "2024-06", ""),
    ]
    for (identity, cutoff, date), has_functions in product(texts, (False, True)):
        said = {"identity": identity, "knowledge_cutoff": cutoff}
        tokens = render_system(
            "high", date or None, has_functions=has_functions, built_in=built_in, **said
        )
        read = read_opening(tokens, "")
        assert read is not None
        # On another day, with other tools, it begins alike.
        again = {"identity": read.identity, "knowledge_cutoff": read.knowledge_cutoff}
        assert render_system(
            "medium", read.start_date or None, has_functions=False, **again
        ) == render_system("medium", date or None, has_functions=False, **said)
