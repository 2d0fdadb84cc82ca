"""Trains the bundled model on this machine's processor and writes its weights.

    python -m engine.models.demo.training --minutes 90

draws conversations without end, trains until the time is over, and exports the compact weights
into this package. Stopping it early with Ctrl+C exports what has been learned so far.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing
from torch import Tensor, nn

from engine.models.demo import WEIGHTS
from engine.models.demo.batching import Packer, Rows, choose_tokens
from engine.models.demo.drawing import read_groups
from engine.models.demo.exporting import write_compact
from engine.models.demo.network import Batch, Network, Shape
from engine.models.demo.optimising import Optimiser
from engine.models.demo.word_vectors import load_word_vectors

WARM_UP, HOLD = 0.02, 0.3
"""Shares of the time: the rate rises until the first, is full until the second, then falls to 0."""

QUANTISED_FROM = 0.83
"""From this share of the time on, the experts are trained as the four-bit numbers they become."""

BALANCE_WEIGHT = 0.01
NUMBER_DIRECTION = 1.5
VOCABULARY_GROUPS = 5000
"""How many groups are looked at to choose the tokens that get a row."""

TOKENS_PER_STEP = ((0.5, 4_000), (1.0, 6_000))
"""How large a process's batch is until which share: later ones are larger and less noisy."""

SAVE_EVERY = 600.0
REPORT_EVERY = 20.0
SMOOTHING = 0.98


@dataclass(frozen=True)
class Settings:
    """What a run is told."""

    minutes: float
    processes: int
    work: Path  # the checkpoint is kept here
    groups: Path  # groups are read from here
    resume: Path | None = None

    @property
    def checkpoint(self) -> Path:
        """The file from which a run can go on and weights can be exported."""
        return self.work / "checkpoint.pt"


@dataclass
class Progress:
    """How a run stands; losses are running means."""

    started: float = field(default_factory=time.monotonic)
    steps: int = 0
    tokens: int = 0
    loss: float = 0.0
    number_loss: float = 0.0

    def add(self, batch: Batch, losses: Tensor) -> None:
        """Count one step of losses [M]."""
        keep = min(SMOOTHING, self.steps / (self.steps + 1))
        self.steps += 1
        self.tokens += len(batch.tokens)
        self.loss = keep * self.loss + (1 - keep) * float(losses.mean())
        numbers = losses[batch.weights > 1]
        if len(numbers):
            self.number_loss = keep * self.number_loss + (1 - keep) * float(numbers.mean())

    @property
    def seconds(self) -> float:
        """How long the run has taken so far."""
        return time.monotonic() - self.started

    def report(self, share: float) -> str:
        """Return a line for the log, of this process alone."""
        seconds = self.seconds
        return (
            f"{seconds / 60:6.1f} min  {share:5.1%}  step {self.steps:6d}  "
            f"{self.tokens / 1e6:7.2f} M tokens  {self.tokens / seconds:6.0f}/s  "
            f"loss {self.loss:.4f}  numbers {self.number_loss:.4f}"
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

    def __init__(self, rows: Rows, network: Network, *, compiled: bool = True) -> None:
        """Take what to train; ``compiled`` fuses its small operations at the first step."""
        self.rows = rows
        self.network = network
        self.optimiser = Optimiser(network, torch.from_numpy(rows.digits))
        if compiled:
            network.compile()

    def step(self, batch: Batch, share: float) -> tuple[Tensor, float]:
        """Learn from one batch when ``share`` of the run's time is over.

        Returns the losses [M] and the share as all processes agree on it.
        """
        with torch.autocast("cpu", torch.bfloat16):
            experts = [
                layer.expert_weights(share >= QUANTISED_FROM) for layer in self.network.layers
            ]
            losses, balance = self.network(batch, experts)
        loss = (losses * batch.weights).sum() / batch.weights.sum()
        (loss + BALANCE_WEIGHT * balance).backward()
        agreed = average_gradients(self.network, share)
        self.optimiser.step(learning_scale(agreed))
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
    saved = torch.load(path, weights_only=True)
    state = saved["state"]
    network = Network(Shape(**saved["shape"]), state["vectors"], state["words"])
    network.load_state_dict(state)
    return network, saved["tokens"].numpy()


def fresh_network(rows: Rows) -> Network:
    """Return an untrained network for these rows, the same at every call."""
    torch.manual_seed(0)
    known = load_word_vectors()
    vectors = torch.from_numpy(known.vectors).float() * known.scale
    words = torch.from_numpy(np.append(known.of_token[rows.tokens], 0))
    network = Network(Shape(rows=len(rows.tokens)), vectors, words)
    digits = torch.from_numpy(rows.digits)
    with torch.no_grad():
        for count in (1, 2, 3):
            # Numbers of as many digits share a direction beside each one's own random code.
            direction = torch.randn(network.shape.hidden) * NUMBER_DIRECTION
            network.embed[digits == count] += direction
    return network


def train(settings: Settings) -> None:
    """Train until the time is over, alone or as one of several processes; save what came of it."""
    trainer = _begin(settings)
    leads = not dist.is_initialized() or dist.get_rank() == 0
    packer = Packer(trainer.rows, seed=time.time_ns())
    groups = read_groups(settings.groups)
    streams = [packer.batches(groups, budget) for _, budget in TOKENS_PER_STEP]
    interrupted = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: interrupted.set())
    progress = Progress()
    reported = saved = progress.started
    share = 0.0
    while share < 1:
        place = next(i for i, (until, _) in enumerate(TOKENS_PER_STEP) if share < until)
        batch = next(streams[place])
        elapsed = progress.seconds / (settings.minutes * 60)
        losses, share = trainer.step(batch, 1.0 if interrupted.is_set() else elapsed)
        progress.add(batch, losses)
        now = time.monotonic()
        if leads and now - reported > REPORT_EVERY:
            reported = now
            print(progress.report(share), flush=True)
        if leads and now - saved > SAVE_EVERY:
            saved = now
            trainer.save(settings.checkpoint)
    if leads:
        trainer.save(settings.checkpoint)


def _begin(settings: Settings) -> Trainer:
    """Return a trainer with a fresh network, or with the one to go on from."""
    if settings.resume is not None:
        network, tokens = load_network(settings.resume)
        return Trainer(Rows.of(tokens.tolist()), network)
    rows = Rows.of(_agreed_tokens(settings))
    trainer = Trainer(rows, fresh_network(rows))
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
    parser.add_argument("--processes", type=int, default=torch.get_num_threads())
    parser.add_argument("--resume", type=Path, help="a checkpoint.pt to go on from")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where to export to")
    parser.add_argument("--work", type=Path, help="keep checkpoints here; else they are temporary")
    parser.add_argument("--groups", type=Path, help="read groups here; else a process draws them")
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        work = arguments.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        work.mkdir(parents=True, exist_ok=True)
        groups = arguments.groups
        if groups is None:
            groups = work / "groups"
            stack.enter_context(drawing_into(groups))
        settings = Settings(arguments.minutes, arguments.processes, work, groups, arguments.resume)
        train_in_processes(settings)
        network, tokens = load_network(settings.checkpoint)
        write_compact(network, tokens, arguments.weights)


if __name__ == "__main__":
    main()
