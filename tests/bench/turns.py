"""Measures the time to the first token in each turn of a chat, and when going back in it.

    uv run python -m tests.bench.turns [--turns 50] [--at 10] [--model bundled]

Each turn adds a question, an analysis that later turns do not read, and an answer, about 260 tokens
of history. The prompt of one turn is also read from an empty cache; the ratio is the finding. Then
come the growth over all turns, and the memory that they take. *History* means that what was said
was read without its analysis after each answer, as the program does while one reads it, and *ahead*
that the draft was, too, as it does while one types.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.bench.decode import DEVICE, MEBIBYTE, MODELS  # prepares the device before MLX comes

import mlx.core as mx  # isort: skip

from engine.config.hyperparameters import Hyperparameters  # isort: skip
from engine.generation.disk_cache import DiskCache
from engine.generation.generator import LEFT, Generator
from engine.generation.sampling import Sampler
from engine.models.checkpoint import load_checkpoint
from engine.models.fingerprint import fingerprint
from engine.models.gpt_oss import GptOss

QUESTION, ANALYSIS, ANSWER = 60, 80, 200
"""Tokens of each part of a turn."""
UNTYPED = 3
"""Tokens at the end of a prompt that no draft holds: the last word, the end, the header."""
NEIGHBOURS = 3
"""Turns whose median stands for the first or the last of them."""
RESTARTS = 5
"""Times that the whole prompt is read, and read from disk, in turn; the medians are told."""
GREEDY = Hyperparameters(temperature=0)


@dataclass
class Turns:
    """What was measured in a chat, turn by turn."""

    seconds: list[float] = field(default_factory=list)
    """From the prompt to the first token."""
    prompts: list[list[int]] = field(default_factory=list)
    extra_bytes: int = 0
    """The most memory in use at any time, less the weights and, in the end, the KV cache."""

    @property
    def growth(self) -> float:
        """How many times as long as turns 2 to 4 the last three take, by their medians."""
        early = self.seconds[1 : 1 + NEIGHBOURS]
        return statistics.median(self.seconds[-NEIGHBOURS:]) / statistics.median(early)


def some_tokens(rng: random.Random, count: int) -> list[int]:
    """Return ordinary tokens."""
    return [rng.randrange(1000, 100_000) for _ in range(count)]


def first_token(generator: Generator, prompt: Sequence[int]) -> float:
    """Return the seconds until the first token after a prompt."""
    start = time.perf_counter()
    generator.prefill(prompt, lambda _done, _total: True, leave=LEFT)
    written = generator.decode(prompt[len(generator.cache) :], Sampler(0), lambda: GREEDY)
    next(written)
    seconds = time.perf_counter() - start
    written.close()
    return seconds


def read(generator: Generator, tokens: Sequence[int]) -> None:
    """Read tokens as if they had been sampled or read ahead."""
    generator.prefill([*tokens, 0], lambda _done, _total: True)


def measure_turns(
    model: GptOss, turns: int, *, history_read: bool = False, draft_read: bool = False
) -> Turns:
    """Return the seconds to the first token in each turn, and the memory that all of them took."""
    rng = random.Random(0)
    measured = Turns()
    mx.clear_cache()
    before = mx.get_active_memory()
    mx.reset_peak_memory()
    generator = Generator(model)
    history = some_tokens(rng, 150)
    for _ in range(turns):
        prompt = history + some_tokens(rng, QUESTION)
        if draft_read:
            read(generator, prompt[:-UNTYPED])
        measured.seconds.append(first_token(generator, prompt))
        measured.prompts.append(prompt)
        read(generator, prompt + some_tokens(rng, ANALYSIS) + (answer := some_tokens(rng, ANSWER)))
        history = prompt + answer
        if history_read:
            read(generator, history)
    kept = generator.cache.byte_count + generator.prefixes.byte_count
    measured.extra_bytes = mx.get_peak_memory() - before - kept
    return measured


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


class Restart(NamedTuple):
    """Seconds to a prompt's first token after a restart; the medians of some."""

    whole: float
    """With nothing kept."""
    from_disk: float
    """With what an earlier run would have left on disk: all but the question."""
    read_ahead: float
    """With that, and the question read while it was typed."""


def measure_restart(model: GptOss, folder: Path, prompt: list[int]) -> Restart:
    """Measure what a restart costs that keeps nothing, or the disk's files."""
    with tempfile.TemporaryDirectory() as cache:
        key = fingerprint(folder, str(model.dtype))
        before = Generator(model, DiskCache(Path(cache), key))
        read(before, prompt[:-QUESTION])
        before.prefixes.save(lambda: True)
        whole, from_disk, read_ahead = [], [], []
        for _ in range(RESTARTS):
            whole.append(first_token(Generator(model), prompt))
            from_disk.append(first_token(Generator(model, DiskCache(Path(cache), key)), prompt))
            typed = Generator(model, DiskCache(Path(cache), key))
            read(typed, prompt[:-UNTYPED])
            read_ahead.append(first_token(typed, prompt))
        return Restart(*map(statistics.median, (whole, from_disk, read_ahead)))


def main() -> None:
    """Measure everything with one model and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--turns", type=int, default=50)
    parser.add_argument("--at", type=int, default=10)
    parser.add_argument("--model", choices=MODELS, default="random-float32")
    options = parser.parse_args()
    if not 6 <= options.at <= options.turns:
        parser.error("--at is a turn, at least 6, and no later than the last")
    with tempfile.TemporaryDirectory() as temporary:
        folder = MODELS[options.model](Path(temporary))
        model = load_checkpoint(folder, DEVICE, lambda _step, _share: None)
        first_token(Generator(model), some_tokens(random.Random(2), 300))  # warms up
        bare = measure_turns(model, options.turns)
        read_on = measure_turns(model, options.turns, history_read=True)
        ahead = measure_turns(model, options.turns, history_read=True, draft_read=True)
        prompts = bare.prompts[: options.at]
        restart = measure_restart(model, folder, prompts[-1])
        whole = restart.whole
        rows = {
            f"turn {options.at}": bare.seconds[options.at - 1],
            f"turn {options.at}, history read": read_on.seconds[options.at - 1],
            f"turn {options.at}, read ahead": ahead.seconds[options.at - 1],
            **measure_going_back(model, prompts),
            "after a restart, from disk": restart.from_disk,
            "after a restart, read ahead": restart.read_ahead,
        }
    print(
        f"{options.model}, {len(prompts[-1])} tokens at turn {options.at}; seconds to first token"
    )
    print(f"{'whole prompt, nothing kept':30} {whole:8.3f}")
    for name, seconds in rows.items():
        print(f"{name:30} {seconds:8.3f}   1/{whole / seconds:.0f} of it")
    print(f"turns 2 to {options.turns}, {len(bare.prompts[-1])} tokens in the end:")
    chats = {"nothing read before": bare, "history read": read_on, "read ahead": ahead}
    for name, chat in chats.items():
        print(
            f"{name:30} the last takes {chat.growth:.2f} times the first; "
            f"{chat.extra_bytes / MEBIBYTE:.0f} MiB of MLX above weights and KV at the peak"
        )


if __name__ == "__main__":
    main()
