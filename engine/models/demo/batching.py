"""From drawn conversations to training batches: the reduced vocabulary, noise, and packing."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch

from engine.harmony.encoding import VOCABULARY_SIZE, load_encoding
from engine.models.demo.corpus import Branch, Group
from engine.models.demo.corpus.rendering import MAY_BE_UNKNOWN
from engine.models.demo.network import Batch, Segment
from engine.models.demo.word_vectors import load_word_vectors

CHUNK = 6
"""How many branches of like length share a rectangle, padded to the longest of them."""

POOL = 16
"""Groups among which those that fill a batch well are chosen."""

LEAST_SEEN = (12, 40)
"""A token that is never written gets a row if a sample of the corpus holds it so often: without a
word vector, and with one.
"""
PREFIX_SHARE = 0.5
"""One of the first messages gets a row if so many of these have it: most of what they say of
further tools need not be known to know that they are there.
"""

NUMBER_WEIGHT = 2.0
"""How much more a number counts as a target: a wrong digit makes the whole answer wrong."""

PREFIX_NOISE = 0.01
USER_NOISE = (0.03, 0.15)
HEAVY_NOISE_SHARE = 0.3
"""Shares of replaceable words that become unknown: in most questions few, in some many."""

VECTOR_SHARES = (0.0, 0.3, 1.0)
VECTOR_WEIGHTS = (0.6, 0.3, 0.1)
"""Shares of words that are known by their vector alone, and how often each is drawn.

So the model learns to go by what words mean, and reads those that it was never trained on.
"""
LARGEST_BLUR = 0.3
"""Up to how much noise comes to vectors whose components are about 1: words of like meaning."""


@dataclass(frozen=True)
class Rows:
    """The trained tokens and which row of the embedding and of the head belongs to each."""

    tokens: np.ndarray  # int64 [rows], the token of each row, ascending
    row_of: np.ndarray  # int64 [vocabulary], the last row, shared, for every other token
    word_of: np.ndarray  # int64 [vocabulary], the word vector of each token; 0 for none
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
        return cls(known, row_of, load_word_vectors().of_token, digits)

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
    """Return the tokens that get a row: all targets, all numbers, and all that come often.

    A word with a vector has to come more often than others to get one.
    """
    seen: Counter[int] = Counter()
    begun: Counter[int] = Counter()
    count = 0
    chosen = set(number_tokens())
    for count, group in enumerate(groups, 1):  # noqa: B007  (counted to the end)
        begun.update(set(group.prefix))
        for branch in group.branches:
            seen.update(branch.tokens)
            chosen.update(np.asarray(branch.tokens)[np.asarray(branch.learned, bool)].tolist())
    is_word = load_word_vectors().of_token > 0
    chosen |= {token for token, times in begun.items() if times >= count * PREFIX_SHARE}
    return chosen | {
        token for token, times in seen.items() if times >= LEAST_SEEN[int(is_word[token])]
    }


def chunks(group: Group, size: int = CHUNK) -> list[list[Branch]]:
    """Return a group's branches in lots of like length, ``size`` in each."""
    branches = sorted(group.branches, key=lambda branch: len(branch.tokens))
    return [branches[first : first + size] for first in range(0, len(branches), size)]


def padded_size(group: Group, chunk: int = CHUNK) -> int:
    """Return how many tokens a group takes in a batch."""
    lots = chunks(group, chunk)
    return len(group.prefix) + sum(len(lot) * len(lot[-1].tokens) for lot in lots)


def learned_count(group: Group) -> int:
    """Return at most how many tokens of a group are learned."""
    return sum(sum(branch.learned) for branch in group.branches)


class Inputs(NamedTuple):
    """What a text's embeddings are made of, each with one entry for a token."""

    rows: np.ndarray  # int64
    words: np.ndarray  # int64, word vectors
    blur: np.ndarray  # float32


class Packer:
    """Packs groups into batches of about the same number of tokens."""

    def __init__(self, rows: Rows, seed: int, *, noisy: bool = True) -> None:
        """Draw the noise from ``seed``, or leave every word as it is."""
        self.rows = rows
        self.is_noisy = noisy
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

    def full_batches(self, groups: Iterable[Group], size: int, learned: int) -> Iterator[Batch]:
        """Yield batches of exactly ``size`` tokens, ``learned`` of them learned, without padding.

        Both are filled up where whole groups do not: a batch's last places belong to no segment,
        and the weights of its last targets are 0. No group may be larger than a batch.
        """
        chosen: list[Group] = []
        room, left = size, learned
        for group in groups:
            taken, targets = padded_size(group, 1), learned_count(group)
            if taken > room or targets > left:
                yield filled_up(self.pack(chosen, chunk=1), size, learned)
                chosen, room, left = [], size, learned
            chosen.append(group)
            room -= taken
            left -= targets
        if chosen:
            yield filled_up(self.pack(chosen, chunk=1), size, learned)

    def pack(self, groups: Sequence[Group], *, chunk: int = CHUNK) -> Batch:
        """Return one batch: each group's prefix, then its branches in rectangles."""
        writer = _Writer(self.rows)
        for group in groups:
            prefix = writer.add_prefix(self._prefix(group))
            for lot in chunks(group, chunk):
                writer.add_branches(prefix, lot, [self._branch(branch) for branch in lot])
        return writer.batch()

    def _prefix(self, group: Group) -> Inputs:
        inputs = self._inputs(group.prefix)
        if not self.is_noisy:
            return inputs
        lost = self._random.random(len(group.prefix)) < PREFIX_NOISE
        return self._hide(inputs, lost & (self.rows.digits[inputs.rows] == 0))

    def _branch(self, branch: Branch) -> Inputs:
        """Return a branch; some of the user's words keep their vector alone, some are unknown."""
        inputs, count = self._inputs(branch.tokens), len(branch.tokens)
        if not self.is_noisy:
            return inputs
        is_word = (np.asarray(branch.user) > 0) & (inputs.words > 0)
        share = self._random.choice(VECTOR_SHARES, p=VECTOR_WEIGHTS)
        by_vector = is_word & (self._random.random(count) < share)
        blur = self._random.random() * LARGEST_BLUR
        inputs = Inputs(
            np.where(by_vector, self.rows.shared, inputs.rows),
            inputs.words,
            np.where(by_vector, np.float32(blur), inputs.blur),
        )
        share = USER_NOISE[int(self._random.random() < HEAVY_NOISE_SHARE)]
        lost = self._random.random(count) < share
        replaceable = np.asarray(branch.user) == MAY_BE_UNKNOWN
        return self._hide(inputs, lost & replaceable & (self.rows.digits[inputs.rows] == 0))

    def _inputs(self, tokens: Sequence[int]) -> Inputs:
        ids = np.asarray(tokens)
        blur = np.zeros(len(ids), dtype=np.float32)
        return Inputs(self.rows.row_of[ids], self.rows.word_of[ids], blur)

    def _hide(self, inputs: Inputs, lost: np.ndarray) -> Inputs:
        rows = np.where(lost, self.rows.shared, inputs.rows)
        blur = np.where(lost, np.float32(0), inputs.blur)
        return Inputs(rows, np.where(lost, 0, inputs.words), blur)


def filled_up(batch: Batch, size: int, learned: int) -> Batch:
    """Return a batch of ``size`` tokens and ``learned`` targets, those added without weight."""

    def longer(part: torch.Tensor, length: int) -> torch.Tensor:
        return torch.nn.functional.pad(part, (0, length - len(part)))

    return Batch(
        longer(batch.tokens, size),
        longer(batch.words, size),
        longer(batch.blur, size),
        longer(batch.positions, size),
        batch.segments,
        longer(batch.selected, learned),
        longer(batch.targets, learned),
        longer(batch.weights, learned),
    )


class _Writer:
    """Lays rectangles of rows one after the other and keeps what is learned where."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.segments: list[Segment] = []
        self.inputs: list[Inputs] = []
        self.positions: list[np.ndarray] = []
        self.selected: list[np.ndarray] = []
        self.targets: list[np.ndarray] = []
        self.size = 0

    def _add(self, rectangle: Inputs, prefix: int | None, offset: int) -> None:
        count, length = rectangle.rows.shape
        self.segments.append(Segment(self.size, count, length, prefix))
        self.inputs.append(Inputs(*(part.ravel() for part in rectangle)))
        self.positions.append(np.tile(np.arange(offset, offset + length), count))
        self.size += count * length

    def add_prefix(self, inputs: Inputs) -> int:
        """Add a prefix; return the place of its segment."""
        self._add(Inputs(*(part[None] for part in inputs)), None, 0)
        return len(self.segments) - 1

    def add_branches(
        self, prefix: int, branches: Sequence[Branch], inputs: Sequence[Inputs]
    ) -> None:
        count, length = len(inputs), max(len(text.rows) for text in inputs)
        rectangle = Inputs(
            np.full((count, length), self.rows.shared, dtype=np.int64),
            np.zeros((count, length), dtype=np.int64),
            np.zeros((count, length), dtype=np.float32),
        )
        for row, (branch, text) in enumerate(zip(branches, inputs, strict=True)):
            for whole, part in zip(rectangle, text, strict=True):
                whole[row, : len(part)] = part
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
        rows, words, blur = (joined(list(parts)) for parts in zip(*self.inputs, strict=True))
        return Batch(
            rows,
            words,
            blur,
            joined(self.positions),
            tuple(self.segments),
            joined(self.selected),
            targets,
            weights,
        )
