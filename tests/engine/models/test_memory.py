"""What the platform says of memory is read right, in a container as outside."""

from __future__ import annotations

import resource
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
    monkeypatch.setattr(memory, "OWN_GROUPS", tmp_path / "cgroup")
    monkeypatch.setattr(memory, "OVERCOMMIT", tmp_path / "overcommit_memory")
    monkeypatch.setattr(memory, "STATM", tmp_path / "statm")
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
    folder.mkdir(parents=True, exist_ok=True)
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
    (tmp_path / "memory" / "memory.limit_in_bytes").write_text(f"{2**63 - 4096}\n")
    (tmp_path / "meminfo").unlink()
    assert read_memory().free > LIMIT


def test_the_tightest_of_the_groups_around_the_process_counts(tmp_path: Path) -> None:
    (tmp_path / "cgroup").write_text("1:name=systemd:/elsewhere\n0::/user.slice/app.scope\n")
    write_group(tmp_path / "elsewhere", "1", use=0, idle=0)
    write_group(tmp_path / "user.slice" / "app.scope", "max", use=2**20, idle=0)
    write_group(tmp_path / "user.slice", str(LIMIT), use=2**28, idle=0)
    write_group(tmp_path, str(2 * LIMIT), use=2**20, idle=0)
    assert read_memory() == Memory(total=LIMIT, free=LIMIT - 2**28)
    write_group(tmp_path / "user.slice" / "app.scope", str(2**20), use=2**19, idle=2**18)
    assert read_memory() == Memory(total=2**20, free=2**19 + 2**18)


def test_a_group_s_path_outside_the_container_is_the_container_s_own(tmp_path: Path) -> None:
    (tmp_path / "cgroup").write_text("7:memory:/docker/0123\n0::/../other\n")
    write_group(tmp_path, str(LIMIT), use=2**28, idle=0)
    assert read_memory().free == LIMIT - 2**28


def test_what_the_system_promised_counts_where_it_promises_no_more_than_it_has(
    tmp_path: Path,
) -> None:
    (tmp_path / "meminfo").write_text(f"{MEMINFO}CommitLimit: 9000 kB\nCommitted_AS: 2000 kB\n")
    for mode, free in (("0\n", 1_500_000 * 1024), ("2\n", 7000 * 1024)):
        (tmp_path / "overcommit_memory").write_text(mode)
        assert read_memory().free == free


@pytest.mark.parametrize("which", [resource.RLIMIT_AS, resource.RLIMIT_DATA])
def test_a_limit_of_the_process_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    (tmp_path / "statm").write_text("1000 500 100 5 0 700 0\n")
    limits = {which: 2**24}
    monkeypatch.setattr(
        resource, "getrlimit", lambda asked: (limits.get(asked, resource.RLIM_INFINITY),) * 2
    )
    mapped = (1000 if which == resource.RLIMIT_AS else 700) * resource.getpagesize()
    assert read_memory().free == 2**24 - mapped
    limits[which] = 2**20
    assert read_memory().free == 0


def test_what_was_freed_can_be_given_back() -> None:
    memory.give_back()
