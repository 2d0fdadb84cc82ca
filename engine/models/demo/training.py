"""Trains the bundled model on this machine's processor, or GPU, and writes its weights.

    python -m engine.models.demo.training --minutes 90
    python -m engine.models.demo.training --minutes 8 --device cuda

draws conversations without end, trains until the time is over, and exports the compact weights
into this package. Stopping it early with Ctrl+C exports what has been learned so far.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing
from torch import Tensor, nn

from engine.models.demo import WEIGHTS
from engine.models.demo.batching import Packer, Rows, choose_tokens
from engine.models.demo.cpu_attention import CpuAttention
from engine.models.demo.drawing import read_groups
from engine.models.demo.exporting import write_compact
from engine.models.demo.feeding import Feed, agreed_tokens
from engine.models.demo.importing import blend, read_compact, trained_tokens
from engine.models.demo.network import Attention, Batch, Network, Shape
from engine.models.demo.optimising import Optimiser
from engine.models.demo.watching import HeldOut
from engine.models.demo.word_vectors import load_word_vectors

CPU = torch.device("cpu")

WARM_UP, HOLD = 0.02, 0.3
"""Shares of the time: the rate rises until the first, is full until the second, then falls to 0."""

QUANTISED_FROM = 0.83
"""From this share of the time on, the experts are trained as the four-bit numbers they become."""

BALANCE_WEIGHT = 0.01
NUMBER_DIRECTION = 1.5
VOCABULARY_GROUPS = 2500
"""How many groups are looked at to choose the tokens that get a row."""

TOKENS_PER_STEP = ((0.5, 4_000), (1.0, 6_000))
"""How large a process's batch is until which share: later ones are larger and less noisy."""

SAVE_EVERY = 600.0
REPORT_EVERY = 20.0
MEASURE_EVERY = 60.0
SMOOTHING = 0.98

Feeder = Callable[[float], tuple[Batch, Attention]]
"""Gives the next batch, and how its tokens attend, when this share of the run is over."""


@dataclass(frozen=True)
class Settings:
    """What a run is told."""

    minutes: float
    processes: int
    work: Path  # the checkpoint is kept here
    groups: Path  # groups are read from here
    resume: Path | None = None
    weights: Path | None = None  # compact weights to go on from
    dropout: float = 0.0
    rate: float = 1.0  # what all learning rates are multiplied by

    @property
    def checkpoint(self) -> Path:
        """The file from which a run can go on and weights can be exported."""
        return self.work / "checkpoint.pt"


class Progress:
    """How a run stands; losses are running means."""

    def __init__(self) -> None:
        """Begin now."""
        self.started = time.monotonic()
        self.steps = 0
        self.tokens = 0
        self._losses: Tensor | None = None

    @torch.no_grad()
    def add(self, batch: Batch, losses: Tensor) -> None:
        """Count one step of losses [M]; does not wait for a GPU."""
        learned, numbers = batch.weights > 0, batch.weights > 1
        means = [(losses * part).sum() / part.sum().clamp_min(1) for part in (learned, numbers)]
        keep = min(SMOOTHING, self.steps / (self.steps + 1))
        now = torch.stack(means)
        self._losses = now if self._losses is None else self._losses.lerp(now, 1 - keep)
        self.steps += 1
        self.tokens += len(batch.tokens)

    @property
    def seconds(self) -> float:
        """How long the run has taken so far."""
        return time.monotonic() - self.started

    def report(self, share: float) -> str:
        """Return a line for the log, of this process alone."""
        seconds = self.seconds
        loss, numbers = (0.0, 0.0) if self._losses is None else self._losses.tolist()
        return (
            f"{seconds / 60:6.1f} min  {share:5.1%}  step {self.steps:6d}  "
            f"{self.tokens / 1e6:7.2f} M tokens  {self.tokens / seconds:6.0f}/s  "
            f"loss {loss:.4f}  numbers {numbers:.4f}"
        )


def learning_scale(share: float) -> float:
    """Return by what to multiply the rates after this share of the run."""
    rising = min(1.0, (share + 1e-4) / WARM_UP)
    falling = min(1.0, (1 - share) / (1 - HOLD))
    return max(0.0, min(rising, falling))


@torch.no_grad()
def average_gradients(network: nn.Module, share: float) -> float:
    """Average every gradient over all processes; return the largest ``share`` that one has."""
    if not dist.is_initialized():
        return share
    gradients = [p.grad for p in network.parameters()]
    flat = torch.cat([g.flatten() for g in gradients])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    parts = flat.split([g.numel() for g in gradients])
    for gradient, part in zip(gradients, parts, strict=True):
        gradient.copy_(part.view_as(gradient))
    largest = torch.tensor([share], dtype=torch.float64)
    dist.all_reduce(largest, dist.ReduceOp.MAX)
    return float(largest)


class Trainer:
    """One process of a run: a network like that of the others, its optimiser, and its data."""

    def __init__(
        self,
        rows: Rows,
        network: Network,
        device: torch.device = CPU,
        *,
        rate: float = 1.0,
        compiled: bool = True,
    ) -> None:
        """Take what to train and where; ``compiled`` fuses its small operations at first use."""
        self.rows = rows
        self.rate = rate
        self.network = network.to(device)
        self.device = device
        self.optimiser = Optimiser(network, torch.from_numpy(rows.digits).to(device))
        if compiled:
            network.compile(dynamic=device == CPU)

    def step(self, batch: Batch, attention: Attention, share: float) -> tuple[Tensor, float]:
        """Learn from one batch when ``share`` of the run's time is over.

        Returns the losses [M] and the share as all processes agree on it.
        """
        with torch.autocast(self.device.type, torch.bfloat16):
            experts = [
                layer.expert_weights(share >= QUANTISED_FROM) for layer in self.network.layers
            ]
            losses, balance = self.network(batch, attention, experts)
        loss = (losses * batch.weights).sum() / batch.weights.sum()
        (loss + BALANCE_WEIGHT * balance).backward()
        agreed = average_gradients(self.network, share)
        self.optimiser.step(self.rate * learning_scale(agreed))
        return losses.detach(), agreed

    def save(self, path: Path) -> None:
        """Write the network so that training or exporting can go on from it."""
        state = {
            "state": self.network.state_dict(),
            "shape": asdict(self.network.shape),
            "tokens": torch.from_numpy(self.rows.tokens),
        }
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)


def load_network(path: Path) -> tuple[Network, np.ndarray]:
    """Return a saved network and the tokens of its rows."""
    saved = torch.load(path, weights_only=True, map_location="cpu")
    state = saved["state"]
    network = Network(Shape(**saved["shape"]), _known_vectors(), state["words"])
    network.load_state_dict(state)
    return network, saved["tokens"].numpy()


def fresh_network(rows: Rows, dropout: float = 0.0) -> Network:
    """Return an untrained network for these rows, the same at every call."""
    torch.manual_seed(0)
    words = torch.from_numpy(np.append(load_word_vectors().of_token[rows.tokens], 0))
    network = Network(Shape(rows=len(rows.tokens), dropout=dropout), _known_vectors(), words)
    digits = torch.from_numpy(rows.digits)
    with torch.no_grad():
        for count in (1, 2, 3):
            # Numbers of as many digits share a direction beside each one's own random code.
            direction = torch.randn(network.shape.hidden) * NUMBER_DIRECTION
            network.embed[digits == count] += direction
    return network


def _known_vectors() -> Tensor:
    known = load_word_vectors()
    return torch.from_numpy(known.vectors).float() * known.scale


def train_on_gpu(settings: Settings) -> None:
    """Train on the GPU while as many processes as there are cores draw and pack for it."""
    device = torch.device("cuda")
    processes = settings.processes
    tokens = None
    if settings.resume is None:
        tokens = agreed_tokens(VOCABULARY_GROUPS, processes)
    trainer = _begin(settings, tokens, device)
    with Feed(trainer.rows, processes, device) as feed:
        held_out = HeldOut(trainer.rows)

        def measure(share: float) -> str:
            shares = held_out.measure(trainer.network, feed, quantised=share >= QUANTISED_FROM)
            return "  ".join(f"{kind} {right:.1%}" for kind, right in shares.items())

        _run(settings, trainer, feed.next, measure)


def train(settings: Settings) -> None:
    """Train until the time is over, alone or as one of several processes; save what came of it."""
    tokens = None if settings.resume is not None else _agreed_tokens(settings)
    trainer = _begin(settings, tokens, CPU)
    packer = Packer(trainer.rows, seed=time.time_ns())
    groups = read_groups(settings.groups)
    streams = [packer.batches(groups, budget) for _, budget in TOKENS_PER_STEP]

    def following(share: float) -> tuple[Batch, Attention]:
        place = next(i for i, (until, _) in enumerate(TOKENS_PER_STEP) if share < until)
        batch = next(streams[place])
        return batch, CpuAttention(batch.segments)

    _run(settings, trainer, following)


def _run(
    settings: Settings,
    trainer: Trainer,
    feed: Feeder,
    measure: Callable[[float], str] | None = None,
) -> None:
    """Train on what is fed until the time is over; report, measure and save now and then."""
    leads = not dist.is_initialized() or dist.get_rank() == 0
    interrupted = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: interrupted.set())
    progress = Progress()
    reported = measured = saved = progress.started
    share = 0.0
    while share < 1:
        batch, attention = feed(share)
        elapsed = progress.seconds / (settings.minutes * 60)
        losses, share = trainer.step(batch, attention, 1.0 if interrupted.is_set() else elapsed)
        progress.add(batch, losses)
        now = time.monotonic()
        if leads and now - reported > REPORT_EVERY:
            reported = now
            print(progress.report(share), flush=True)
        if measure and (now - measured > MEASURE_EVERY or share >= 1):
            measured = now
            print(measure(share), flush=True)
        if leads and now - saved > SAVE_EVERY:
            saved = now
            trainer.save(settings.checkpoint)
    if leads:
        print(progress.report(share), flush=True)
        trainer.save(settings.checkpoint)


def _begin(settings: Settings, tokens: set[int] | None, device: torch.device) -> Trainer:
    """Return a trainer with a fresh network for these tokens, or with the one to go on from."""
    if settings.resume is not None:
        network, known = load_network(settings.resume)
        return Trainer(Rows.of(known.tolist()), network, device, rate=settings.rate)
    assert tokens is not None  # noqa: S101  (only a run that goes on has none)
    if settings.weights is not None:
        tokens |= set(trained_tokens(settings.weights))
    rows = Rows.of(tokens)
    network = fresh_network(rows, settings.dropout)
    if settings.weights is not None:
        read_compact(network, rows.tokens, settings.weights)
    trainer = Trainer(rows, network, device, rate=settings.rate)
    count = sum(p.numel() for p in trainer.network.parameters())
    print(f"{len(rows.tokens)} rows, {count / 1e6:.2f} M parameters", flush=True)
    return trainer


def _agreed_tokens(settings: Settings) -> set[int]:
    """Return the tokens that get a row, the same in every process."""
    groups = itertools.islice(read_groups(settings.groups), VOCABULARY_GROUPS)
    if not dist.is_initialized():
        return choose_tokens(groups)
    found = [choose_tokens(groups) if dist.get_rank() == 0 else None]
    dist.broadcast_object_list(found)
    assert found[0] is not None  # noqa: S101  (the first process sent it)
    return found[0]


def train_in_processes(settings: Settings) -> None:
    """Train with one single-threaded process per core, which beats one with several threads.

    An interrupt reaches each of them, and they end in order.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with tempfile.TemporaryDirectory() as meeting:
        torch.multiprocessing.spawn(
            _train_process, (settings, f"file://{meeting}/point"), settings.processes
        )


def _train_process(rank: int, settings: Settings, meeting_point: str) -> None:
    torch.set_num_threads(1)
    dist.init_process_group(
        "gloo", init_method=meeting_point, rank=rank, world_size=settings.processes
    )
    train(settings)
    dist.destroy_process_group()


@contextlib.contextmanager
def drawing_into(folder: Path) -> Iterator[None]:
    """Draw conversations into ``folder`` in a process of its own while the body runs."""
    command = [sys.executable, "-m", "engine.models.demo.drawing", str(folder)]
    # In a session of its own, so that Ctrl+C reaches the trainer alone.
    process = subprocess.Popen(command, start_new_session=True)  # noqa: S603  (our own module)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Train, then export into the package."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=90.0)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--processes", type=int, help="how many train, or draw for the GPU")
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--rate", type=float, default=1.0, help="multiplies all learning rates")
    parser.add_argument("--from-weights", type=Path, help="compact weights to go on from")
    parser.add_argument("--keep", type=float, default=0.0, help="share of those in the result, 0-1")
    parser.add_argument("--resume", type=Path, help="a checkpoint.pt to go on from")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where to export to")
    parser.add_argument("--work", type=Path, help="keep checkpoints here; else they are temporary")
    parser.add_argument("--groups", type=Path, help="read groups here; else a process draws them")
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        work = arguments.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        work.mkdir(parents=True, exist_ok=True)
        on_gpu = arguments.device == "cuda"
        groups = arguments.groups or work / "groups"
        if arguments.groups is None and not on_gpu:
            stack.enter_context(drawing_into(groups))
        settings = Settings(
            minutes=arguments.minutes,
            processes=arguments.processes
            or (os.cpu_count() if on_gpu else torch.get_num_threads())
            or 1,
            work=work,
            groups=groups,
            resume=arguments.resume,
            weights=arguments.from_weights,
            dropout=arguments.dropout,
            rate=arguments.rate,
        )
        (train_on_gpu if on_gpu else train_in_processes)(settings)
        network, tokens = load_network(settings.checkpoint)
        if arguments.from_weights is not None and arguments.keep:
            blend(network, tokens, arguments.from_weights, arguments.keep)
        write_compact(network, tokens, arguments.weights)


if __name__ == "__main__":
    main()
