"""The end of an utterance, without a key."""

from __future__ import annotations

from engine.voice.endpoint import BLOCK_SECONDS, SILENCE_SECONDS, Endpoint

QUIET, LOUD = -62.0, -25.0


def run(
    levels: list[float], *, text: str = "words", pauses: list[float | None] | None = None
) -> int:
    """Return the number of the block that ends it, counted from 1; 0 if none does."""
    endpoint = Endpoint()
    for number, level in enumerate(levels):
        pause = None if pauses is None else pauses[number]
        if endpoint.take(level, pause, text if endpoint.has_spoken or level > -40 else ""):
            return number + 1
    return 0


def test_silence_after_speech_ends_it() -> None:
    blocks = round(SILENCE_SECONDS / BLOCK_SECONDS)
    said = [QUIET] * 20 + [LOUD] * 10
    assert run(said + [QUIET] * 50) in range(30 + blocks, 30 + blocks + 3)


def test_a_breath_does_not_end_it() -> None:
    assert run([LOUD] * 10 + [QUIET] * 8 + [LOUD] * 10 + [QUIET] * 8) == 0


def test_silence_alone_is_no_utterance() -> None:
    assert run([QUIET] * 200) == 0


def test_noise_that_is_no_words_is_no_utterance() -> None:
    assert run([LOUD] * 5 + [QUIET] * 60, text="") == 0


def test_a_steady_hum_is_not_speech() -> None:
    endpoint = Endpoint()
    for _ in range(40):
        endpoint.take(-42.0, None, "")
    assert endpoint.noise < -40
    assert not endpoint.take(-41.0, None, "")


def test_the_recogniser_knows_sooner() -> None:
    levels = [LOUD] * 30
    pauses: list[float | None] = [0.9] * 5 + [0.1] * 20 + [0.9] * 5
    assert run(levels, pauses=pauses) == 26
