"""What the tests of the KV cache share."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import mlx.core as mx
import pytest


@pytest.fixture
def active_memory() -> Iterator[Callable[[], int]]:
    """Say how many bytes MLX's arrays take, with no slack from buffers that are used again."""

    def measure() -> int:
        gc.collect()
        return mx.get_active_memory()

    limit = mx.set_cache_limit(0)
    mx.clear_cache()
    yield measure
    mx.set_cache_limit(limit)
