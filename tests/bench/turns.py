"""Measures the time to the first token in each turn of a chat, and when going back in it.

    uv run python -m tests.bench.turns [--turns 10] [--model bundled]

Each turn adds a question, an analysis that later turns do not read, and an answer, about 260 tokens
of history. The same prompt is also read from an empty cache; the ratio is the finding. *Ahead*
means that the history and the draft were read before, as the program does while it idles.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.decode import DEVICE, MODELS  # prepares the device before MLX is imported

from engine.config.hyperparameters import Hyperparameters  # isort: skip
from engine.generation.disk_cache import DiskCache
from engine.generation.generator import Generator
from engine.generation.sampling import Sampler
from engine.models.checkpoint import load_checkpoint
from engine.models.fingerprint import fingerprint
from engine.models.gpt_oss import GptOss

QUESTION, ANALYSIS, ANSWER = 60, 80, 200
"""Tokens of each part of a turn."""
UNTYPED = 3
"""Tokens at the end of a prompt that no draft holds: the last word, the end, the header."""
GREEDY = Hyperparameters(temperature=0)


def some_tokens(rng: random.Random, count: int) -> list[int]:
    """Return ordinary tokens."""
    return [rng.randrange(1000, 100_000) for _ in range(count)]


def first_token(generator: Generator, prompt: Sequence[int]) -> float:
    """Return the seconds until the first token after a prompt."""
    start = time.perf_counter()
    generator.prefill(prompt, lambda _done, _total: True)
    written = generator.decode(prompt[-1], Sampler(0), lambda: GREEDY)
    next(written)
    seconds = time.perf_counter() - start
    written.close()
    return seconds


def read(generator: Generator, tokens: Sequence[int]) -> None:
    """Read tokens as if they had been sampled or read ahead."""
    generator.prefill([*tokens, 0], lambda _done, _total: True)


def measure_turns(model: GptOss, turns: int, *, ahead: bool) -> tuple[list[float], list[list[int]]]:
    """Return the seconds to the first token in each turn, and each turn's prompt."""
    rng = random.Random(0)
    generator = Generator(model)
    history = some_tokens(rng, 150)
    seconds, prompts = [], []
    for _ in range(turns):
        prompt = history + some_tokens(rng, QUESTION)
        if ahead:
            read(generator, prompt[:-UNTYPED])
        seconds.append(first_token(generator, prompt))
        prompts.append(prompt)
        read(generator, prompt + some_tokens(rng, ANALYSIS) + (answer := some_tokens(rng, ANSWER)))
        history = prompt + answer
        if ahead:
            read(generator, history)
    return seconds, prompts


def measure_going_back(model: GptOss, prompts: list[list[int]]) -> dict[str, float]:
    """Return the seconds to the first token after a regenerate, an edit and a branch."""
    rng = random.Random(1)
    generator = Generator(model)
    for prompt in prompts:
        first_token(generator, prompt)
    last = prompts[-1]
    regenerated = first_token(generator, last)
    edited = first_token(generator, last[: -QUESTION // 2] + some_tokens(rng, QUESTION // 2))
    back = first_token(generator, prompts[-6] + some_tokens(rng, QUESTION))
    return {"regenerate": regenerated, "edit the last message": edited, "branch back 5 turns": back}


def measure_restart(model: GptOss, folder: Path, prompt: list[int]) -> float:
    """Return the seconds to the first token of a prompt that an earlier run has left on disk."""
    with tempfile.TemporaryDirectory() as cache:
        key = fingerprint(folder, str(model.dtype))
        before = Generator(model, DiskCache(Path(cache), key))
        read(before, prompt[:-QUESTION])
        before.prefixes.save(lambda: True)
        return first_token(Generator(model, DiskCache(Path(cache), key)), prompt)


def main() -> None:
    """Measure everything with one model and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--model", choices=MODELS, default="random-float32")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = MODELS[options.model](Path(temporary))
        model = load_checkpoint(folder, DEVICE, lambda _step, _share: None)
        first_token(Generator(model), some_tokens(random.Random(2), 300))  # warms up
        bare, prompts = measure_turns(model, options.turns, ahead=False)
        ahead, _ = measure_turns(model, options.turns, ahead=True)
        last = prompts[-1]
        whole = first_token(Generator(model), last)
        rows = {
            f"turn {options.turns}": bare[-1],
            f"turn {options.turns}, read ahead": ahead[-1],
            **measure_going_back(model, prompts),
            "after a restart, from disk": measure_restart(model, folder, last),
        }
    print(
        f"{options.model}, {len(last)} tokens at turn {options.turns}; seconds to the first token"
    )
    print(f"{'whole prompt, nothing kept':30} {whole:8.3f}")
    for name, seconds in rows.items():
        print(f"{name:30} {seconds:8.3f}   1/{whole / seconds:.0f} of it")
    growth = bare[-1] / bare[1]
    print(f"turn {options.turns} takes {growth:.2f} times turn 2, nothing read ahead")


if __name__ == "__main__":
    main()
