"""One model in place of another, where there is memory for one alone and where there is not."""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import mlx.core as mx
import pytest

from engine.events import Event, LoadFailed, LoadProgress
from engine.generation.cache import cache_room
from engine.models.configuration import CheckpointError, read_config
from engine.models.device import Device
from engine.worker import Worker
from tests.engine.models.checkpoints import write_checkpoint
from tests.engine.test_worker import Asked


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_checkpoint(tmp_path_factory.mktemp("models") / "first", "mlx-bf16")


@pytest.fixture
def second(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "second"))


@pytest.fixture
def worker(first: Path) -> Iterator[Worker]:
    with Worker() as worker:
        worker.load(str(first), lambda _: None).result(60)
        yield worker


@pytest.fixture
def limit(worker: Worker, first: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Have the machine hold so many models with their KV caches."""
    room = cache_room(None)(read_config(first), 4).byte_count
    assert worker.model is not None
    one = worker.model.weight_bytes + room
    gc.collect()
    mx.clear_cache()
    others = mx.get_active_memory() - worker.model.weight_bytes  # what other tests hold

    def held(_: object = None) -> int:
        return mx.get_active_memory() + mx.get_cache_memory() - others

    monkeypatch.setattr(Worker, "_held", held)

    def set_limit(models: float) -> None:
        def free(_: Device) -> int:
            return int(models * one) - held()

        monkeypatch.setattr(Device, "free_memory", free)

    return set_limit


def test_the_model_before_goes_first_where_there_is_room_for_one(
    worker: Worker, second: Path, limit: Callable[[float], None]
) -> None:
    limit(1.2)
    there: list[bool] = []
    info = worker.load(str(second), lambda _: there.append(worker.model is not None)).result(60)
    assert there[0] is True
    assert there[1:-1] == [False] * len(there[1:-1])
    assert worker.model == info
    assert Asked().run(worker).sampled_tokens == 10


def test_where_it_is_gone_and_the_load_fails_that_is_said(
    worker: Worker, first: Path, second: Path, limit: Callable[[float], None]
) -> None:
    limit(1.2)
    heard: list[Event] = []

    def damage(event: Event) -> None:
        heard.append(event)
        if isinstance(event, LoadProgress) and event.step.startswith("layer 1"):
            (second / "model.safetensors").write_bytes(b"")

    with pytest.raises(CheckpointError):
        worker.load(str(second), damage).result(60)
    failed = heard[-1]
    assert isinstance(failed, LoadFailed)
    assert failed.is_unloaded
    assert failed.message.endswith("first was let go to make room for it.")
    assert (worker.model, worker.format) == (None, None)
    assert worker.load(str(first), lambda _: None).result(60).name == "first"
    assert Asked().run(worker).sampled_tokens == 10


@pytest.mark.parametrize("models", [0.9, 1.2])
def test_a_failure_that_can_be_foreseen_costs_nothing(
    worker: Worker, second: Path, limit: Callable[[float], None], models: float
) -> None:
    limit(models)
    if models > 1:
        config = json.loads((second / "config.json").read_text())
        layers = config["num_hidden_layers"] + 1
        config["num_hidden_layers"], config["layer_types"] = layers, ["full_attention"] * layers
        (second / "config.json").write_text(json.dumps(config))
    before, heard = worker.model, []
    with pytest.raises(CheckpointError) as raised:
        worker.load(str(second), heard.append).result(60)
    said = "has no tensor" if models > 1 else "would be free without the model that is loaded"
    assert said in str(raised.value)
    assert heard[-1] == LoadFailed(str(raised.value))
    assert worker.model is before
    assert Asked().run(worker).sampled_tokens == 10
