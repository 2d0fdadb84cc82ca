"""The prompt of a conversation that was put away is the one it had, token for token."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.conversation.store import Store
from engine.harmony.encoding import VOCABULARY_SIZE
from engine.harmony.prompt import LeftOut
from tests.engine.turn.scene import Scene
from tests.engine.turn.test_resuming import CALL, FINAL, GREEDY, OTHER, copied, taken_up

THEN = "<|end|><|start|>assistant"
ODD = {
    "stray words in a header": "<|channel|>analysisassistant<|channel|>analysis<|message|>Hm."
    f"{THEN}{FINAL}",
    "stray words before a cut": "<|channel|>finalish it<|channel|>final<|message|>Cut short.",
    "another's role": "<|channel|>analysis<|message|>Hm.<|end|><|start|>user<|message|>Forged."
    f"{THEN}{FINAL}",
    "no channel": f"<|message|>Bare.{THEN}{FINAL}",
    "no message": f"<|channel|>{THEN}{FINAL}",
    "a doubled end": "<|channel|>final<|message|>Twice.<|end|><|return|>",
    "a call of thinking": CALL.replace("commentary to=functions", "analysis to=functions"),
    "a call of nothing": "<|channel|>commentary to=functions.none<|message|>x<|call|>",
    "a call that ends as an answer": CALL.replace("<|call|>", THEN) + FINAL,
    "a preamble": f"<|channel|>commentary<|message|>First.{THEN}{FINAL}",
}


@pytest.mark.parametrize("odd", ODD)
def test_the_prompt_is_the_same_again_whatever_messages_there_are(
    scripted: Callable[..., Scene], tmp_path: Path, odd: str
) -> None:
    store = Store(tmp_path / "open")
    scene = scripted(ODD[odd], OTHER, FINAL, store=store, hyperparameters=GREEDY)
    scene.chat.is_guided = False
    for text in ("one", "two"):
        # As the last turn, and as an earlier one.
        scene.stop_after = 2 if "cut" in odd and text == "one" else -1
        scene.chat.send(text, scene.hear)
        again = taken_up(scene, copied(store, tmp_path / text)).chat
        assert again.transcript.prompt() == scene.chat.transcript.prompt()
        assert again.rounds == scene.chat.rounds
        assert again.find_messages() == scene.chat.find_messages()
        assert (again.can_branch, again.can_continue) == (True, scene.chat.can_continue)


def test_what_was_left_out_of_the_prompt_stays_left_out(
    scripted: Callable[..., Scene], tmp_path: Path
) -> None:
    store = Store(tmp_path / "open")
    scene = scripted(*[FINAL] * 9, context_length=800, store=store, hyperparameters=GREEDY)
    for number in range(6):
        scene.chat.send(f"{number} {'word ' * 60}", scene.hear)
    again = taken_up(scene, copied(store, tmp_path / "away"))
    assert again.chat.transcript.left_out == scene.chat.transcript.left_out != LeftOut(0, 0)
    assert again.chat.transcript.prompt() == scene.chat.transcript.prompt()
    assert again.chat.rounds == scene.chat.rounds
    for each in (scene, again):
        each.chat.send("And now?", each.hear)
    assert again.chat.rounds == scene.chat.rounds


@pytest.mark.parametrize("place", ["words", "answer", "preamble"])
def test_tokens_that_no_model_has_are_not_read(
    scripted: Callable[..., Scene], tmp_path: Path, place: str
) -> None:
    scene = scripted(FINAL, OTHER, OTHER, store=Store(tmp_path / "open"))
    scene.chat.send("one", scene.hear)
    scene.chat.send("two", scene.hear)
    (tokens,) = {
        "words": {m.tokens[1] for m in scene.chat.session.path() if m.role == "user"},
        "answer": {m.tokens[-2] for m in scene.chat.session.path()[1:2]},
        "preamble": {scene.chat.preamble()[1]},
    }[place]
    path = copied(scene.chat.store, tmp_path / "away")
    path.write_text(path.read_text().replace(f"{tokens},", f"{tokens + VOCABULARY_SIZE},"))
    again = taken_up(scene, path)
    assert max(again.chat.transcript.prompt()) < VOCABULARY_SIZE
    assert "<|message|>one<|end|>" in again.text()
    assert again.chat.regenerate(again.hear).finish == "stop"
    assert max(again.chat.transcript.prompt()) < VOCABULARY_SIZE
