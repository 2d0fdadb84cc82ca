"""One server of the bundled model for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.config.hyperparameters import Hyperparameters
from engine.worker import Worker


@pytest.fixture(scope="session")
def demo() -> Iterator[object]:
    """A client of a server of the bundled model, at temperature 0."""
    from tests.engine.server.serving import serving

    worker = Worker()
    try:
        worker.load(None, lambda _: None).result(120)
        with serving(worker, Hyperparameters(temperature=0.0)) as client:
            yield client
    finally:
        worker.close()
