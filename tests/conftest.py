"""What every test stands on."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is slow now and then; how long something takes is what the benchmarks say.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

GARBAGE = (10_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep every test, and every program that one starts, out of the person's own folders."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HARMONY_TUI_HOME", str(home))
        yield home


def pytest_collection_finish() -> None:
    """Look for garbage as seldom as the program does, and never among what is there by now.

    With Python's own 700 a third of the time goes into looking through all modules.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def pytest_xdist_auto_num_workers() -> int:
    """Use one process more than there are cores: a screen's tests wait for much of their time."""
    return (os.cpu_count() or 1) + 1
