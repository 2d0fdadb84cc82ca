"""Draws and packs batches in processes of their own, as many as a GPU can take."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from typing import Self

import numpy as np
import torch
import torch.multiprocessing

from engine.models.demo.batching import Packer, Rows, choose_tokens
from engine.models.demo.corpus import Group, draw_group
from engine.models.demo.drawing import BRANCHES, draw_groups
from engine.models.demo.gpu_attention import GpuAttention, Layout
from engine.models.demo.network import Attention, Batch

SIZE = 65_536
"""How many tokens a batch has."""
LEARNED = SIZE // 2
"""How many of them are learned at most."""
WAITING = 48
"""How many batches are kept ready."""

Packed = tuple[tuple[np.ndarray, ...], Layout]
"""A batch's tensors, in the order of its fields, and its layout."""


def small(batch: Batch) -> tuple[np.ndarray, ...]:
    """Return a batch's tensors in the least room."""
    integers = (batch.tokens, batch.words, batch.positions, batch.selected, batch.targets)
    tokens, words, positions, selected, targets = (part.int().numpy() for part in integers)
    blur, weights = batch.blur.half().numpy(), batch.weights.half().numpy()
    return tokens, words, blur, positions, selected, targets, weights


def on_device(parts: tuple[np.ndarray, ...], device: torch.device) -> Batch:
    """Return a batch whose tensors ``small`` gave; its segments are in its layout."""
    tokens, words, blur, positions, selected, targets, weights = (
        torch.from_numpy(part).to(device, non_blocking=True) for part in parts
    )
    return Batch(
        tokens.long(),
        words.long(),
        blur.float(),
        positions.long(),
        (),
        selected.long(),
        targets.long(),
        weights.float(),
    )


def full_batches(packer: Packer, groups: Iterable[Group]) -> Iterator[Packed]:
    """Yield the groups in batches of one size."""
    for batch in packer.full_batches(iter(groups), SIZE, LEARNED):
        yield small(batch), Layout.of(batch.segments, SIZE)


class Feed:
    """Batches that processes draw and pack while it is open; none comes twice."""

    def __init__(self, rows: Rows, processes: int, device: torch.device) -> None:
        """Take the rows of the vocabulary, and where the batches are to lie."""
        self.device = device
        self._attention = GpuAttention(SIZE, device)
        context = torch.multiprocessing.get_context("spawn")
        self._queue = context.Queue(WAITING)
        self._processes = [
            context.Process(
                target=_fill, args=(self._queue, rows.tokens, time.time_ns() + rank), daemon=True
            )
            for rank in range(processes)
        ]

    def __enter__(self) -> Self:
        for process in self._processes:
            process.start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()
            process.join()

    def next(self, _share: float) -> tuple[Batch, Attention]:
        """Return a batch that was not there before, and how its tokens attend."""
        return self.ready(self._queue.get())

    def ready(self, packed: Packed) -> tuple[Batch, Attention]:
        """Return a batch where it is to lie, and how its tokens attend until the next one."""
        parts, layout = packed
        self._attention.set(layout)
        return on_device(parts, self.device), self._attention


def _fill(queue: torch.multiprocessing.Queue[Packed], tokens: np.ndarray, seed: int) -> None:
    torch.set_num_threads(1)
    rng = random.Random(seed)

    def groups() -> Iterator[Group]:
        while True:
            yield draw_group(rng, BRANCHES)

    for packed in full_batches(Packer(Rows.of(tokens.tolist()), seed), groups()):
        queue.put(packed)


def agreed_tokens(count: int, processes: int) -> set[int]:
    """Return the tokens that get a row by ``count`` groups, drawn by several processes."""
    context = torch.multiprocessing.get_context("spawn")
    shares = [(random.Random(rank), count // processes) for rank in range(processes)]
    with context.Pool(processes) as pool:
        drawn = pool.starmap(draw_groups, shares)
    return choose_tokens(group for part in drawn for group in part)
