"""Conversations with scripted models, which end with their test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine.chat.scene import Scene
from tests.engine.scripted import scripted_worker


@pytest.fixture
def scene() -> Iterator[object]:
    scenes: list[Scene] = []

    def begin(*replies: str, context_length: int = 4096, **options: object) -> Scene:
        worker = scripted_worker(*replies, context_length=context_length)
        scenes.append(Scene(worker, **options))
        return scenes[-1]

    yield begin
    for each in scenes:
        each.worker.close()
