"""The models that the tests of turns share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine.worker import Worker
from tests.engine.models.checkpoints import write_checkpoint
from tests.engine.scripted import scripted_worker
from tests.engine.turn.scene import Scene


@pytest.fixture(scope="session")
def bundled_worker() -> Iterator[Worker]:
    worker = Worker()
    worker.load(None, lambda _: None).result(60)
    yield worker
    worker.close()


@pytest.fixture(scope="session")
def random_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """A model that says anything."""
    folder = write_checkpoint(tmp_path_factory.mktemp("random") / "small-model", "original-mxfp4")
    worker = Worker()
    worker.load(str(folder), lambda _: None).result(60)
    yield worker
    worker.close()


@pytest.fixture
def scripted() -> Iterator[Callable[..., Scene]]:
    """Begin conversations with a model that says what a script has it say."""
    scenes: list[Scene] = []

    def begin(*replies: str, context_length: int = 4096, **options: Any) -> Scene:
        scenes.append(Scene(scripted_worker(*replies, context_length=context_length), **options))
        return scenes[-1]

    yield begin
    for each in scenes:
        each.worker.close()
