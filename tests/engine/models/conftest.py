"""Checkpoints are written once for all tests that ask for the same one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engine.models.checkpoints import write_checkpoint

CheckpointMaker = Callable[..., Path]


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> CheckpointMaker:
    """Give a function that takes ``write_checkpoint``'s arguments after the folder."""
    made: dict[str, Path] = {}

    def make(layout: str, **changes: Any) -> Path:
        key = repr((layout, sorted(changes.items())))
        if key not in made:
            made[key] = write_checkpoint(tmp_path_factory.mktemp(layout), layout, **changes)
        return made[key]

    return make
