"""Conversations that outgrow the context: the oldest turns go, and the person is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.config.hyperparameters import Hyperparameters
from engine.events import Event, Notice, TextDelta
from engine.harmony.encoding import load_encoding
from engine.worker import Worker
from tests.engine.foreign import write_foreign_model
from tests.engine.turn.scene import Scene

SHORT = Hyperparameters(temperature=0, max_tokens=20)


def talk(scene: Scene, turns: int, words: str = "and on " * 40) -> None:
    for number in range(turns):
        scene.chat.send(f"Question {number}: {words}", scene.hear)


def prompts(scene: Scene) -> list[str]:
    return [scene.chat.spell(each.prompt) for each in scene.chat.rounds]


def test_whole_oldest_turns_go_first_and_it_is_told(bundled_worker: Worker) -> None:
    scene = Scene(bundled_worker, hyperparameters=SHORT, instructions="Be brief.")
    talk(scene, 4)
    segments = scene.chat.transcript.settled
    first = sum(len(s.tokens) for s in segments[: segments.index(by_text(scene, "Question 1"))])
    assert not scene.of(Notice)
    whole = len(scene.chat.transcript.prompt())
    scene.chat.context_limit = whole
    scene.chat.send("Question 4: so?", scene.hear)
    (notice,) = scene.of(Notice)
    assert f"its context of {whole:,} tokens: the" in notice.message
    left_out = scene.chat.transcript.left_out
    assert left_out.turns in (1, 2)
    assert left_out.tokens >= first
    assert f"({left_out.tokens:,} tokens)" in notice.message
    (prompt,) = prompts(scene)
    assert prompt.startswith("<|start|>system<|message|>")
    assert "Be brief." in prompt
    assert prompt.endswith("Question 4: so?<|end|><|start|>assistant")
    kept = [number for number in range(4) if f"Question {number}:" in prompt]
    assert kept == list(range(left_out.turns, 4))
    assert prompt.count("<|start|>user") == len(kept) + 1
    assert len(scene.chat.rounds[0].prompt) + 20 <= whole


def by_text(scene: Scene, beginning: str) -> object:
    return next(s for s in scene.chat.transcript.settled if s.text.startswith(beginning))


def test_what_went_stays_out_so_that_the_next_turns_read_nothing_again(
    bundled_worker: Worker,
) -> None:
    scene = Scene(bundled_worker, hyperparameters=SHORT)
    talk(scene, 6)
    scene.chat.context_limit = len(scene.chat.transcript.prompt())
    talk(scene, 1)
    left_out = scene.chat.transcript.left_out
    ended = scene.chat.send("Short.", scene.hear)
    assert scene.chat.transcript.left_out == left_out
    assert len(scene.of(Notice)) == 1
    assert ended.statistics.cached_tokens > ended.statistics.prompt_tokens // 2


def test_a_wider_context_brings_everything_back(bundled_worker: Worker) -> None:
    scene = Scene(bundled_worker, hyperparameters=SHORT)
    talk(scene, 3)
    scene.chat.context_limit = len(scene.chat.transcript.prompt())
    talk(scene, 1)
    assert scene.chat.transcript.left_out.turns
    scene.chat.context_limit = None
    talk(scene, 1)
    assert scene.chat.transcript.left_out.turns == 0
    (prompt,) = prompts(scene)
    assert prompt.count("Question 0:") == 3


def test_room_is_kept_for_the_answer_but_only_for_a_part_of_the_context(
    bundled_worker: Worker,
) -> None:
    for max_tokens, share in ((40, 40), (4096, 150)):
        scene = Scene(
            bundled_worker, hyperparameters=Hyperparameters(temperature=0, max_tokens=max_tokens)
        )
        scene.chat.context_limit = 600
        talk(scene, 8, "and on " * 20)
        assert scene.chat.transcript.left_out.turns
        assert len(scene.chat.rounds[0].prompt) + share <= 600


def test_the_last_words_always_stay_and_what_is_too_long_is_an_error(
    bundled_worker: Worker,
) -> None:
    scene = Scene(bundled_worker, hyperparameters=SHORT)
    talk(scene, 2)
    scene.chat.context_limit = 500
    ended = scene.chat.send("word " * 600, scene.hear)
    assert ended.finish == "error"
    assert "longer than the context_limit of 500 tokens" in ended.message
    assert scene.chat.transcript.left_out.turns == 2
    scene.chat.context_limit = None
    assert scene.chat.continue_(scene.hear).finish in ("stop", "length")
    assert scene.text().count("Question 0:") == 1


def test_a_limit_beyond_the_models_own_changes_nothing(scripted: Callable[..., Scene]) -> None:
    scene = scripted("<|channel|>final<|message|>a<|return|>", context_length=100)
    scene.chat.context_limit = 10_000
    ended = scene.chat.send("go", scene.hear)
    assert "longer than the model's context of 100 tokens" in ended.message


def test_a_scripted_answer_that_fills_the_context_goes_on_without_the_oldest_turns(
    scripted: Callable[..., Scene],
) -> None:
    final = "<|channel|>final<|message|>"
    scene = scripted(
        final + "first<|return|>",
        final + "one " * 260,
        context_length=520,
        hyperparameters=Hyperparameters(max_tokens=1000, loop_detection="off"),
    )
    scene.chat.is_guided = False
    scene.chat.send("Question 0: " + "word " * 100, scene.hear)
    ended = scene.chat.send("Question 1", scene.hear)
    assert ended.finish == "length"
    assert ended.message.endswith("Going on leaves the oldest turns out.")
    sampled = scene.tokens()
    more = load_encoding().encode(" two<|return|>", allowed_special="all")
    scene.worker._generator.model._tokens[:] = [*more, 0]  # type: ignore[union-attr]
    assert scene.chat.continue_(scene.hear).finish == "stop"
    (notice,) = scene.of(Notice)
    assert "the oldest turn is left out" in notice.message
    assert scene.tokens()[: len(sampled)] == sampled
    assert scene.messages()[1].text.endswith(" two")
    (prompt,) = prompts(scene)
    assert "Question 0" not in prompt
    assert prompt.endswith("<|start|>user<|message|>Question 1<|end|><|start|>assistant")


def test_a_model_with_a_template_of_its_own_forgets_too(tmp_path: Path) -> None:
    worker = Worker()
    worker.load(str(write_foreign_model(tmp_path / "foreign")), lambda _: None).result(60)
    scene = Scene(worker, hyperparameters=SHORT, instructions="Be brief.")
    talk(scene, 3, "the cat")
    scene.chat.context_limit = len(scene.chat.rounds[0].prompt) + 5
    scene.chat.send("Question 3: the dog", scene.hear)
    assert len(scene.of(Notice)) == 1
    (prompt,) = prompts(scene)
    assert "Be brief." in prompt
    assert "Question 0:" not in prompt
    assert "Question 3: the dog" in prompt
    assert len(scene.chat.rounds[0].prompt) + 5 <= scene.chat.context_limit
    worker.close()


def test_what_cut_an_answer_is_what_is_named(scripted: Callable[..., Scene]) -> None:
    said = "<|channel|>final<|message|>" + "word " * 200 + "<|return|>"
    scene = scripted(said, hyperparameters=SHORT, context_length=300)
    first = scene.chat.send("go", scene.hear)
    assert (first.finish, first.message) == ("length", "The answer reached max_tokens (20).")
    prompt = len(scene.chat.rounds[0].prompt)
    scene.chat.context_limit = prompt + 30
    second = scene.chat.continue_(scene.hear)
    assert second.message == (
        f"The answer filled the context_limit of {prompt + 30:,} tokens. Raise it, or start a new "
        "conversation with /new."
    )
    assert len(scene.tokens()) == 30
    scene.chat.context_limit = 100_000  # more than the model takes
    scene.chat.hyperparameters = Hyperparameters(max_tokens=100_000, loop_detection="off")
    scene.worker._generator.model._tokens[:] = [1] * 300  # type: ignore[union-attr]
    last = scene.chat.continue_(scene.hear)
    assert last.message == (
        "The answer filled the model's context. Start a new conversation with /new."
    )
    assert prompt + len(scene.tokens()) == 300


def test_limits_that_are_changed_during_an_answer_act_on_it(scripted: Callable[..., Scene]) -> None:
    said = "<|channel|>final<|message|>" + "word " * 60
    for before, after in ((50, 20), (20, 50), (50, 5)):
        scene = scripted(said, hyperparameters=Hyperparameters(max_tokens=before))

        def hear(event: Event, scene: Scene = scene, after: int = after) -> None:
            scene.hear(event)
            if len(scene.of(TextDelta)) == 10:
                scene.chat.hyperparameters = Hyperparameters(max_tokens=after)

        ended = scene.chat.send("go", hear)
        assert ended.message == f"The answer reached max_tokens ({after})."
        # One that is exceeded already acts at once: three of the tokens were the header's.
        assert len(scene.tokens()) == max(after, 13)
    scene = scripted(said)

    def lower(event: Event) -> None:
        scene.hear(event)
        if len(scene.of(TextDelta)) == 10:
            scene.chat.context_limit = len(scene.chat.rounds[0].prompt) + 30

    assert "filled the context_limit of" in scene.chat.send("go", lower).message
    assert len(scene.tokens()) == 30
