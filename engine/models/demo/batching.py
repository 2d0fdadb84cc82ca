"""From drawn conversations to training batches: the reduced vocabulary, noise, and packing."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from engine.harmony.encoding import VOCABULARY_SIZE, load_encoding
from engine.models.demo.corpus import Branch, Group
from engine.models.demo.network import Batch, Segment

CHUNK = 6
"""How many branches of like length share a rectangle, padded to the longest of them."""

POOL = 16
"""Groups among which those that fill a batch well are chosen."""

LEAST_SEEN = 6
"""A token that is never to be written gets a row if a sample of the corpus holds it so often."""

NUMBER_WEIGHT = 2.0
"""How much more a number counts as a target: a wrong digit makes the whole answer wrong."""

PREFIX_NOISE = 0.01
USER_NOISE = (0.03, 0.12)
HEAVY_NOISE_SHARE = 0.3
"""Shares of replaceable words that become unknown: in most questions few, in some many."""


@dataclass(frozen=True)
class Rows:
    """The trained tokens and which row of the embedding and of the head belongs to each."""

    tokens: np.ndarray  # int64 [rows], the token of each row, ascending
    row_of: np.ndarray  # int64 [vocabulary], the last row, shared, for every other token
    digits: np.ndarray  # int64 [rows + 1], how many digits a number token has, 0 for others

    @classmethod
    def of(cls, tokens: Iterable[int]) -> Rows:
        """Return the rows of a set of tokens."""
        known = np.array(sorted(set(tokens)), dtype=np.int64)
        row_of = np.full(VOCABULARY_SIZE, len(known), dtype=np.int64)
        row_of[known] = np.arange(len(known))
        digits = np.zeros(len(known) + 1, dtype=np.int64)
        for token, length in number_tokens().items():
            digits[row_of[token]] = length
        digits[-1] = 0
        return cls(known, row_of, digits)

    @property
    def shared(self) -> int:
        """The row that stands for every token without its own."""
        return len(self.tokens)


def number_tokens() -> dict[int, int]:
    """Return the 1110 tokens of one to three digits, each with how many it has."""
    encode = load_encoding().encode
    spelled = [f"{n:0{width}d}" for width in (1, 2, 3) for n in range(10**width)]
    return {encode(text)[0]: len(text) for text in spelled}


def choose_tokens(groups: Iterable[Group]) -> set[int]:
    """Return the tokens that get a row: all targets, all numbers, and all that come often."""
    seen: Counter[int] = Counter()
    chosen = set(number_tokens())
    for group in groups:
        seen.update(group.prefix)
        for branch in group.branches:
            seen.update(branch.tokens)
            chosen.update(np.asarray(branch.tokens)[np.asarray(branch.learned, bool)].tolist())
    return chosen | {token for token, count in seen.items() if count >= LEAST_SEEN}


def chunks(group: Group) -> list[list[Branch]]:
    """Return a group's branches in lots of like length."""
    branches = sorted(group.branches, key=lambda branch: len(branch.tokens))
    return [branches[first : first + CHUNK] for first in range(0, len(branches), CHUNK)]


def padded_size(group: Group) -> int:
    """Return how many tokens a group takes in a batch."""
    return len(group.prefix) + sum(len(chunk) * len(chunk[-1].tokens) for chunk in chunks(group))


class Packer:
    """Packs groups into batches of about the same number of tokens."""

    def __init__(self, rows: Rows, seed: int) -> None:
        """Draw the noise from ``seed``."""
        self.rows = rows
        self._random = np.random.default_rng(seed)

    def batches(self, groups: Iterator[Group], budget: int) -> Iterator[Batch]:
        """Yield batches as near to ``budget`` tokens as may be, padding included, without end.

        Processes that train together wait for the slowest, so that even batches save time.
        """
        pool = list(itertools.islice(groups, POOL))
        while pool:
            chosen = [pool.pop(0)]
            size = padded_size(chosen[0])
            while pool:
                place = min(
                    range(len(pool)), key=lambda i: abs(size + padded_size(pool[i]) - budget)
                )
                following = size + padded_size(pool[place])
                if abs(following - budget) >= abs(size - budget):
                    break
                chosen.append(pool.pop(place))
                size = following
            yield self.pack(chosen)
            pool.extend(itertools.islice(groups, POOL - len(pool)))

    def pack(self, groups: Sequence[Group]) -> Batch:
        """Return one batch: first all prefixes, then each group's branches in rectangles."""
        writer = _Writer(self.rows)
        for group in groups:
            writer.add_prefix(self._prefix(group))
        for place, group in enumerate(groups):
            for chunk in chunks(group):
                writer.add_branches(place, chunk, [self._branch(branch) for branch in chunk])
        return writer.batch()

    def _prefix(self, group: Group) -> np.ndarray:
        rows = self.rows.row_of[np.asarray(group.prefix)]
        lost = self._random.random(len(rows)) < PREFIX_NOISE
        return np.where(lost & (self.rows.digits[rows] == 0), self.rows.shared, rows)

    def _branch(self, branch: Branch) -> np.ndarray:
        """Return the rows of a branch with some of the user's words made unknown."""
        rows = self.rows.row_of[np.asarray(branch.tokens)]
        share = USER_NOISE[int(self._random.random() < HEAVY_NOISE_SHARE)]
        lost = self._random.random(len(rows)) < share
        replaceable = np.asarray(branch.user, bool) & (self.rows.digits[rows] == 0)
        return np.where(lost & replaceable, self.rows.shared, rows)


class _Writer:
    """Lays rectangles of rows one after the other and keeps what is learned where."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.segments: list[Segment] = []
        self.tokens: list[np.ndarray] = []
        self.positions: list[np.ndarray] = []
        self.selected: list[np.ndarray] = []
        self.targets: list[np.ndarray] = []
        self.size = 0

    def _add(self, tokens: np.ndarray, prefix: int | None, offset: int) -> None:
        count, length = tokens.shape
        self.segments.append(Segment(self.size, count, length, prefix))
        self.tokens.append(tokens.ravel())
        self.positions.append(np.tile(np.arange(offset, offset + length), count))
        self.size += tokens.size

    def add_prefix(self, tokens: np.ndarray) -> None:
        self._add(tokens[None], None, 0)

    def add_branches(
        self, prefix: int, branches: Sequence[Branch], inputs: Sequence[np.ndarray]
    ) -> None:
        length = max(len(rows) for rows in inputs)
        rectangle = np.full((len(inputs), length), self.rows.shared, dtype=np.int64)
        for row, (branch, tokens) in enumerate(zip(branches, inputs, strict=True)):
            rectangle[row, : len(tokens)] = tokens
            learned = np.flatnonzero(np.asarray(branch.learned, bool)[1:]) + 1
            targets = self.rows.row_of[np.asarray(branch.tokens)[learned]]
            has_row = targets != self.rows.shared
            self.selected.append((self.size + row * length + learned - 1)[has_row])
            self.targets.append(targets[has_row])
        self._add(rectangle, prefix, self.segments[prefix].length)

    def batch(self) -> Batch:
        def joined(parts: list[np.ndarray]) -> torch.Tensor:
            return torch.from_numpy(np.concatenate(parts))

        targets = joined(self.targets)
        is_number = torch.from_numpy(self.rows.digits)[targets] > 0
        weights = torch.where(is_number, NUMBER_WEIGHT, 1.0)
        return Batch(
            joined(self.tokens),
            joined(self.positions),
            tuple(self.segments),
            joined(self.selected),
            targets,
            weights,
        )
