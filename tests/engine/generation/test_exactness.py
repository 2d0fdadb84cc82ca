"""Any way to a prompt gives the logits of reading it anew: append, rewind, branch, save, load."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import mlx.core as mx
import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engine.generation import prefix
from engine.generation.cache import KeyValueCache
from engine.generation.disk_cache import DiskCache
from engine.generation.prefix import PrefixCache
from engine.models.checkpoint import load_checkpoint
from engine.models.device import prepare
from engine.models.gpt_oss import GptOss
from tests.engine.models.checkpoints import write_checkpoint

TOLERANCE = 1e-4
LINEAR_TOKENS = 48
OPENINGS = range(0, 200_000, 9)
"""Tokens that messages begin with: so many that there are some in most paths."""
PARKED_TOKENS = 150
DISK_TOKENS = 250

SOME_TOKENS = st.builds(
    lambda seed, count: [(seed + 7 * n * n) % 200_000 for n in range(count)],
    st.integers(0, 5),
    st.integers(30, 90) | st.integers(1, 5),
)
SHARE = st.sampled_from([1.0, 0.9, 0.7, 0.4, 0.0])


@functools.cache
def small_model() -> GptOss:
    with tempfile.TemporaryDirectory() as folder:
        write_checkpoint(
            Path(folder), "mlx-bf16", sliding_window=8, hidden_size=32, intermediate_size=32,
            num_hidden_layers=3, head_dim=16,
        )  # fmt: skip
        model = load_checkpoint(Path(folder), prepare(), lambda _step, _share: None)
    assert model.dtype == mx.float32
    return model


@functools.lru_cache(maxsize=1000)
def fresh_logits(tokens: tuple[int, ...]) -> np.ndarray:
    cache = KeyValueCache(len(small_model().blocks))
    hidden = small_model().hidden(mx.array([tokens]), cache.logs, 0)
    return np.array(small_model().logits(hidden[0, -1]))


class Reading(RuleBasedStateMachine):
    """One cache after another over one folder, budgets so small that all limits are met."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(prefix, "PIECE", 40)
        self.paths: list[list[int]] = [[]]
        self.start()

    def start(self) -> None:
        config = small_model().config
        token_bytes = 3 * 2 * config.num_key_value_heads * config.head_dim * 4
        self.cache = KeyValueCache(len(small_model().blocks), LINEAR_TOKENS, OPENINGS)
        self.prefixes = PrefixCache(
            self.cache,
            parked_bytes=PARKED_TOKENS * token_bytes,
            disk=DiskCache(Path(self.folder.name), "weights", DISK_TOKENS * token_bytes),
        )

    def teardown(self) -> None:
        self.patch.undo()
        self.folder.cleanup()

    def read(self, tokens: list[int]) -> mx.array:
        """Read tokens and return the last hidden state (hidden,)."""
        hidden = small_model().hidden(mx.array([tokens]), self.cache.logs, len(self.cache))
        self.cache.record(tokens)
        mx.eval(hidden, self.cache.arrays())
        return hidden[0, -1]

    def check(self, hidden: mx.array) -> None:
        logits = np.array(small_model().logits(hidden))
        difference = np.abs(logits - fresh_logits(tuple(self.cache.tokens))).max()
        assert difference <= TOLERANCE

    @rule(
        path=st.integers(0, 3), share=SHARE, tail=SOME_TOKENS, chunk=st.sampled_from([16, 64, 5]),
        marked=st.sampled_from([True, True, False]), answer=st.integers(1, 4),
        patience=st.sampled_from([99, 99, 2, 1, 0]),
    )  # fmt: skip
    def prompt(
        self,
        path: int,
        share: float,
        tail: list[int],
        chunk: int,
        marked: bool,
        answer: int,
        patience: int,
    ) -> None:
        trunk = self.paths[-1 - path % len(self.paths)]
        prompt = trunk[: round(share * len(trunk))] + tail
        files = iter(range(patience))
        held = self.prefixes.prepare(prompt, lambda: next(files, None) is not None)
        assert held == len(self.cache) < len(prompt)
        assert self.cache.tokens == prompt[:held]
        while len(self.cache) < len(prompt) - 1:
            self.read(prompt[len(self.cache) : min(len(self.cache) + chunk, len(prompt) - 1)])
        if marked:
            self.cache.mark_boundary()
        for token in [prompt[-1], *range(answer)]:
            hidden = self.read([token])
        self.check(hidden)
        self.paths.append(list(self.cache.tokens))

    @precondition(lambda self: len(self.cache) > 0)
    @rule(share=SHARE, token=st.integers(0, 200_000))
    def rewind(self, share: float, token: int) -> None:
        before = list(self.cache.tokens)
        length = round(share * len(before))
        reached = self.cache.rewind(length)
        assert reached <= length
        assert self.cache.tokens == before[:reached]
        self.check(self.read([*before[reached:length], token]))

    @rule(restarted=st.booleans())
    def save(self, restarted: bool) -> None:
        self.cache.mark_boundary()
        self.prefixes.save(lambda: True)
        if restarted:
            self.start()

    @invariant()
    def holds_together(self) -> None:
        self.prefixes.check_integrity()


TestReading = Reading.TestCase
TestReading.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
