"""Compares our tokens per second with mlx-lm's, on the same weights in the same process.

    uv run python -m tests.bench.decode [--rounds 5] [--prompt 512] [--tokens 32] [--only NAME]
                                        [--sampled] [--reference-blas]

The two take turns, so that whatever else the machine does hits both; the ratio is the finding.
Both write greedily, and must write the same tokens; or, ``--sampled``, at temperature 1 and top_p
0.95. ``--reference-blas`` leaves both with the BLAS of MLX's Linux wheel. mlx-lm's frequencies are
replaced by ours where the model says ``truncate: false``, which it ignores.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engine.models import device
from engine.models.device import Device, prepare

REFERENCE = "--reference-blas"
if REFERENCE in sys.argv:
    device.OPENBLAS = ()
DEVICE: Device = prepare()  # before anything imports MLX, as the program itself does

import mlx.core as mx  # noqa: E402

from engine.config.hyperparameters import Hyperparameters  # noqa: E402
from engine.generation.generator import Generator  # noqa: E402
from engine.generation.sampling import Sampler  # noqa: E402
from engine.models import demo  # noqa: E402
from engine.models.checkpoint import load_checkpoint  # noqa: E402
from engine.models.demo.exporting import write_full  # noqa: E402
from engine.models.gpt_oss import GptOss  # noqa: E402
from tests.engine.models.checkpoints import write_checkpoint  # noqa: E402

RANDOM: dict[str, Any] = {
    "hidden_size": 512,
    "intermediate_size": 512,
    "num_hidden_layers": 8,
    "num_attention_heads": 8,
    "num_key_value_heads": 2,
    "head_dim": 64,
    "num_local_experts": 8,
    "num_experts_per_tok": 2,
}

MEBIBYTE = 2**20
TOP_P = 0.95


@dataclass
class Measured:
    """Seconds that one program took, round by round, and what it wrote."""

    first_token: list[float] = field(default_factory=list)
    decode: list[float] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)

    def add(self, written: Iterator[int], start: float, count: int) -> None:
        """Take ``count`` tokens and note how long the first and each other one took."""
        self.tokens = [next(written)]
        first = time.perf_counter()
        self.first_token.append(first - start)
        self.tokens.extend(next(written) for _ in range(count - 1))
        self.decode.append((time.perf_counter() - first) / (count - 1))


def write_random_float32(folder: Path) -> Path:
    """Write a random model of eight layers, nothing packed."""
    return write_checkpoint(folder, "mlx-bf16", dtype=mx.float32, **RANDOM)


def write_random_mxfp4(folder: Path) -> Path:
    """Write the same with its experts in MXFP4, as openai/gpt-oss-20b is stored."""
    return write_checkpoint(folder, "original-mxfp4", **RANDOM)


def write_bundled(folder: Path) -> Path:
    """Export the bundled model for mlx-lm; ours takes it with the trained tokens' rows alone."""
    write_full(folder)
    return demo.WEIGHTS


Write = Callable[[Path], Path]
"""Writes a model into a folder for mlx-lm to load; returns the folder that ours loads."""

MODELS: dict[str, Write] = {
    "random-float32": write_random_float32,
    "random-mxfp4": write_random_mxfp4,
    "bundled": write_bundled,
}


def load_ours(folder: Path) -> GptOss:
    """Load our model and print what it takes of memory."""
    mx.clear_cache()
    before = mx.get_active_memory()
    mx.reset_peak_memory()
    start = time.perf_counter()
    model = load_checkpoint(folder, DEVICE, lambda _step, _share: None)
    seconds = time.perf_counter() - start
    weights = sum(array.nbytes for array in model.arrays())
    peak = mx.get_peak_memory() - before - weights
    print(f"  loaded in {seconds:.2f} s: weights {weights / MEBIBYTE:.0f} MiB in memory, ", end="")
    print(f"{peak / MEBIBYTE:.0f} MiB above that at the peak")
    return model


def load_mlx_lm(folder: Path, ours: GptOss) -> Any:
    """Load mlx-lm's model, in float32 on the CPU as ours is, and with our frequencies."""
    from mlx_lm.utils import load_model

    model, _ = load_model(folder)
    if DEVICE.on_cpu:
        model.set_dtype(mx.float32)
    for layer in model.layers:
        layer.self_attn.rope._freqs = ours.rope.wavelengths
    mx.eval(model.parameters())
    return model


def write_ours(
    model: GptOss, prompt: list[int], options: argparse.Namespace, measured: Measured
) -> None:
    """Read the prompt and write tokens with our generator, from an empty cache."""
    chosen = Hyperparameters(temperature=0)
    if options.sampled:
        chosen = Hyperparameters(temperature=1, top_p=TOP_P)
    generator = Generator(model)
    start = time.perf_counter()
    generator.prefill(prompt, lambda _done, _total: True)
    written = generator.decode(prompt[-1:], Sampler(0), lambda: chosen)
    measured.add(written, start, options.tokens)
    written.close()


def write_mlx_lm(
    model: Any, prompt: list[int], options: argparse.Namespace, measured: Measured
) -> None:
    """Do the same with mlx-lm's, which compiles as it does by itself."""
    from mlx_lm.generate import generate_step
    from mlx_lm.sample_utils import make_sampler

    mx.enable_compile()
    sampler = make_sampler(1.0, TOP_P) if options.sampled else None
    start = time.perf_counter()
    count = options.tokens
    written = generate_step(mx.array(prompt), model, max_tokens=count + 1, sampler=sampler)
    measured.add((token for token, _ in written), start, count)
    written.close()
    if DEVICE.on_cpu:
        mx.disable_compile()


def print_row(name: str, unit: int, ours: Iterable[float], theirs: Iterable[float]) -> None:
    """Print tokens per second of both, best and median of the rounds, and the ratios."""
    cells = []
    for choose in (min, statistics.median):
        mine, other = unit / choose(ours), unit / choose(theirs)
        cells.append(f"{mine:8.1f} / {other:8.1f} = {mine / other:5.2f}")
    print(f"  {name:8} best {cells[0]}   median {cells[1]}")


def compare(name: str, folder: Path, options: argparse.Namespace) -> None:
    """Measure one model and print the findings."""
    print(f"{name} (prompt {options.prompt} tokens, {options.tokens} written):")
    ours = load_ours(MODELS[name](folder))
    held = mx.get_active_memory()
    prompt = [random.Random(3).randrange(200000) for _ in range(options.prompt)]
    mx.reset_peak_memory()
    write_ours(ours, prompt, options, Measured())  # warms up
    print(f"  running takes {(mx.get_peak_memory() - held) / MEBIBYTE:.0f} MiB above the weights")
    theirs = load_mlx_lm(folder, ours)
    write_mlx_lm(theirs, prompt, options, Measured())
    mine, other = Measured(), Measured()
    for _ in range(options.rounds):
        write_ours(ours, prompt, options, mine)
        write_mlx_lm(theirs, prompt, options, other)
    print("  tokens/s  ours / mlx-lm = ratio; prefill until the first token")
    print_row("prefill", options.prompt, mine.first_token, other.first_token)
    print_row("decode", 1, mine.decode, other.decode)
    if not options.sampled:
        same = "the same tokens" if mine.tokens == other.tokens else "DIFFERENT TOKENS"
        print(f"  both wrote {same}", flush=True)


def main() -> None:
    """Compare every model, or the one asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--prompt", type=int, default=512)
    parser.add_argument("--tokens", type=int, default=32)
    parser.add_argument("--only", choices=MODELS, action="append")
    parser.add_argument("--sampled", action="store_true", help="at temperature 1, top_p 0.95")
    parser.add_argument(REFERENCE, action="store_true", help="without the system's OpenBLAS")
    options = parser.parse_args()
    print(f"MLX {version('mlx')}, mlx-lm {version('mlx-lm')}, on {DEVICE.name}")
    for name in options.only or MODELS:
        if name == "bundled" and not (demo.WEIGHTS / "config.json").is_file():
            print("bundled: not trained yet")
            continue
        with tempfile.TemporaryDirectory() as folder:
            compare(name, Path(folder), options)


if __name__ == "__main__":
    main()
