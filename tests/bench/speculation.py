"""Compares tokens per second with and without speculation, where the answer quotes the prompt.

    uv run python -m tests.bench.speculation [--rounds 3] [--tokens 128] [--only NAME]

The weights are random and all of the model's work is done; a liking is added to the logits: for the
prompt's text word by word (*quoting*), for that text with a token in sixteen changed (*editing*),
or for tokens that the prompt does not have (*new text*, where speculation can only lose). That
stands for a model that quotes without a slip; how often a real one does is not measured here. The
two take turns, must write the same tokens, and pay alike for the liking; the ratio is the finding.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.decode import DEVICE, MODELS  # prepares the device before MLX is imported

from engine.config.hyperparameters import Hyperparameters  # isort: skip
from engine.generation.generator import Generator
from engine.generation.sampling import Sampler
from engine.generation.speculation import Drafter
from engine.models.checkpoint import load_checkpoint
from engine.models.gpt_oss import GptOss
from tests.engine.generation.quoting import QuotingModel

BONUS = 50.0
"""Raises a logit above every other."""
CHANGED_EVERY = 16
RANDOM_MODELS = ("random-float32", "random-mxfp4")

CHOSEN = {
    "greedy": Hyperparameters(temperature=0),
    "sampled": Hyperparameters(temperature=1, top_p=0.95),
}


def some_tokens(seed: int, count: int) -> list[int]:
    """Return ordinary tokens."""
    rng = random.Random(seed)
    return [rng.randrange(1000, 100_000) for _ in range(count)]


def edit(text: Sequence[int]) -> list[int]:
    """Return the text with a token in ``CHANGED_EVERY`` replaced."""
    new = some_tokens(1, len(text))
    return [
        new[n] if n % CHANGED_EVERY == CHANGED_EVERY - 1 else token for n, token in enumerate(text)
    ]


ANSWERS: dict[str, Callable[[Sequence[int]], list[int]]] = {
    "quoting": list,
    "editing": edit,
    "new text": lambda text: some_tokens(2, len(text)),
}
"""By task: what the model would like to answer to a prompt that holds a text."""


def write(
    model: QuotingModel,
    prompt: list[int],
    count: int,
    chosen: Hyperparameters,
    drafter: Drafter | None,
) -> tuple[float, list[int]]:
    """Return the seconds for each token after the first, and the tokens."""
    generator = Generator(model)  # type: ignore[arg-type]
    generator.prefill(prompt, lambda _done, _total: True)
    written = generator.decode(prompt[-1:], Sampler(0, prompt), lambda: chosen, drafter=drafter)
    tokens = [next(written)]
    start = time.perf_counter()
    tokens.extend(next(written) for _ in range(count - 1))
    seconds = (time.perf_counter() - start) / (count - 1)
    written.close()
    return seconds, tokens


def compare(model: GptOss, task: str, setting: str, options: argparse.Namespace) -> None:
    """Measure one task and print a row."""
    text = some_tokens(0, options.tokens)
    prompt = [*text, 7]
    quoting = QuotingModel(model, [*prompt, *ANSWERS[task](text)], BONUS)
    chosen = CHOSEN[setting]
    plain, speculated = [], []
    for _ in range(options.rounds):
        seconds, tokens = write(quoting, prompt, options.tokens, chosen, None)
        plain.append(seconds)
        drafter = Drafter(prompt)
        seconds, same = write(quoting, prompt, options.tokens, chosen, drafter)
        speculated.append(seconds)
        if same != tokens:
            raise SystemExit(f"{task}: speculation wrote other tokens")
    mine, other = statistics.median(speculated), statistics.median(plain)
    print(
        f"  {task:8} {setting:7} {1 / mine:8.1f} / {1 / other:8.1f} = {other / mine:5.2f}"
        f"   accepted {drafter.accepted} of {drafter.drafted} drafted",
        flush=True,
    )


def main() -> None:
    """Compare every random model, or the one asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--only", choices=RANDOM_MODELS, action="append")
    options = parser.parse_args()
    for name in options.only or RANDOM_MODELS:
        with tempfile.TemporaryDirectory() as folder:
            model = load_checkpoint(MODELS[name](Path(folder)), DEVICE, lambda _step, _share: None)
        print(f"{name}, on {DEVICE.name}: tokens/s speculated / plain = ratio (medians)")
        for task in ANSWERS:
            for setting in CHOSEN:
                compare(model, task, setting, options)


if __name__ == "__main__":
    main()
