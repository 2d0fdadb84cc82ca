"""What lanes compute side by side is what one computes alone, in the same order."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import mlx.core as mx
import numpy as np
import pytest

from engine.generation.cache import KeyValueCache
from engine.models import linear
from engine.models.experts import SORT_FROM, SORT_FROM_EACH
from engine.models.lanes import Lanes
from tests.engine.models.checkpoints import write_checkpoint
from tests.engine.models.references import load_ours


@pytest.mark.parametrize("lanes", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_parts_come_back_in_order(lanes: int, count: int) -> None:
    base = mx.arange(4)
    parts = [partial(mx.add, base, place) for place in range(count)]
    assert [a.tolist() for a in Lanes(lanes).compute(parts)] == [
        [place, place + 1, place + 2, place + 3] for place in range(count)
    ]


def test_a_part_that_fails_is_heard_of_and_the_lanes_go_on() -> None:
    lanes = Lanes(2)

    def too_wide() -> mx.array:
        return mx.ones(3) + mx.ones(4)

    parts: list[Callable[[], mx.array]] = [partial(mx.ones, 2), too_wide]
    with pytest.raises(ValueError, match="broadcast"):
        lanes.compute(parts)
    assert lanes.compute([partial(mx.ones, 2)] * 2)[1].tolist() == [1, 1]


def test_lanes_that_another_thread_made_compute() -> None:
    lanes = Lanes(2)
    computed: list[object] = []

    def use() -> None:
        computed.extend(a.item() for a in lanes.compute([partial(mx.array, n) for n in range(4)]))
        mx.clear_streams()

    thread = Thread(target=use)
    thread.start()
    thread.join()
    assert computed == [0, 1, 2, 3]


@pytest.mark.parametrize("out", [1, 64, 65, 1000])
@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_panels_that_are_shared_out_give_the_whole_product(
    monkeypatch: pytest.MonkeyPatch, lanes: int, out: int
) -> None:
    monkeypatch.setattr(linear, "SHARED_FROM", 0)
    matrix, x = mx.random.normal((out, 32)), mx.random.normal((1, 3, 32))
    shared = linear.Panels.of_rows(matrix, Lanes(lanes)).multiply(x)
    assert shared.shape == (1, 3, out)
    assert np.abs(np.array(shared) - np.array(x @ matrix.T)).max() < 1e-4


@pytest.mark.parametrize("out", [1, 64, 65, 1000])
@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_the_product_of_one_row_is_that_of_the_matrix(
    monkeypatch: pytest.MonkeyPatch, lanes: int, out: int
) -> None:
    monkeypatch.setattr(linear, "SHARED_FROM", 0)
    matrix, row = mx.random.normal((out, 32)), mx.random.normal((1, 32))
    product = linear.Panels.of_rows(matrix, Lanes(lanes)).multiply_row(row + 1)
    assert product.shape == (1, out)
    assert product.dtype == mx.float32
    assert np.abs(np.array(product) - np.array((row + 1) @ matrix.T)).max() < 1e-4


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_parts_without_mlx_are_done_at_the_same_time(count: int) -> None:
    together = Barrier(max(1, count), timeout=10)
    done: list[int] = []

    def part(number: int) -> None:
        together.wait()
        done.append(number)

    Lanes(3).run([partial(part, number) for number in range(count)])
    assert sorted(done) == list(range(count))


@pytest.mark.parametrize("failing", [0, 1])
def test_a_part_without_mlx_that_fails_is_heard_of_once_all_have_ended(failing: int) -> None:
    lanes, done = Lanes(2), []

    def part(number: int) -> None:
        if number == failing:
            raise MemoryError(number)
        time.sleep(0.05)
        done.append(number)

    with pytest.raises(MemoryError, match=str(failing)):
        lanes.run([partial(part, 0), partial(part, 1)])
    assert done == [1 - failing]
    lanes.run([partial(part, 1 - failing)])
    assert done == [1 - failing] * 2


@pytest.mark.parametrize("layout", ["mlx-bf16", "original-bf16", "original-mxfp4"])
@pytest.mark.parametrize("experts", [3, 8])
def test_a_prompt_read_on_two_lanes_is_what_one_lane_reads(
    tmp_path: Path, experts: int, layout: str
) -> None:
    folder = write_checkpoint(tmp_path, layout, num_local_experts=experts)
    states = []
    for lanes in (1, 2):
        model = load_ours(folder, on_cpu=True, lanes=lanes)
        cache = KeyValueCache(len(model.blocks))
        for start, stop in ((0, 200), (200, 233), (233, 250)):  # below and above what is split
            tokens = mx.arange(start, stop)[None]
            states.append(np.array(model.hidden(tokens, cache.logs, start)))
    for one, two in zip(states[:3], states[3:], strict=True):
        assert np.abs(one - two).max() < 5e-5


def test_large_experts_are_each_read_once_from_a_few_tokens_on(tmp_path: Path) -> None:
    sizes = {"hidden_size": 512, "intermediate_size": 256, "num_hidden_layers": 2}
    layers = {"layer_types": ["sliding_attention", "full_attention"]}
    folder = write_checkpoint(tmp_path, "mlx-bf16", **sizes, **layers)
    model = load_ours(folder, on_cpu=True, lanes=2, blas_threads=1)
    experts = model.blocks[0].experts
    count, chosen = model.config.num_local_experts, model.config.num_experts_per_tok
    assert experts.sort_from == SORT_FROM_EACH * count < SORT_FROM
    x = mx.random.normal((1, SORT_FROM // chosen - 1, sizes["hidden_size"]))
    together = experts(x)
    one_by_one = mx.concatenate([experts(x[:, n : n + 1]) for n in range(x.shape[1])], axis=1)
    assert np.abs(np.array(together) - np.array(one_by_one)).max() < 1e-3
