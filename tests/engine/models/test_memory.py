"""What the platform says of memory is read right, in a container as outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.models import memory
from engine.models.memory import Memory, read_memory

MEMINFO = """MemTotal:       16000000 kB
MemFree:          300000 kB
MemAvailable:    1000000 kB
SwapFree:         500000 kB
HugePages_Total:       0
"""

LIMIT = 2**29


@pytest.fixture(autouse=True)
def _no_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(memory, "CONTROL_GROUPS", tmp_path)
    (tmp_path / "meminfo").write_text(MEMINFO)


def test_swap_counts_as_free(tmp_path: Path) -> None:
    found = read_memory()
    assert found.free == 1_500_000 * 1024
    assert 2**28 < found.total < 2**45


def test_without_numbers_all_is_free(tmp_path: Path) -> None:
    (tmp_path / "meminfo").unlink()
    found = read_memory()
    assert found.free == found.total


def write_group(folder: Path, limit: str, use: int, idle: int) -> None:
    (folder / "memory.max").write_text(f"{limit}\n")
    (folder / "memory.current").write_text(f"{use}\n")
    (folder / "memory.stat").write_text(f"anon 5\ninactive_file {idle}\n")


def test_a_container_s_limit_counts(tmp_path: Path) -> None:
    write_group(tmp_path, str(LIMIT), use=2**28, idle=2**26)
    assert read_memory() == Memory(total=LIMIT, free=LIMIT - 2**28 + 2**26)


def test_a_container_without_a_limit(tmp_path: Path) -> None:
    before = read_memory()
    write_group(tmp_path, "max", use=2**28, idle=0)
    assert read_memory() == before


def test_a_container_of_version_1(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "memory.limit_in_bytes").write_text(f"{LIMIT}\n")
    (tmp_path / "memory" / "memory.usage_in_bytes").write_text(f"{LIMIT + 1}\n")
    assert read_memory() == Memory(total=LIMIT, free=0)
