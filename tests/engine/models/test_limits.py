"""MLX's limits follow the device and what was asked for; what cannot be wired is said why."""

from __future__ import annotations

from collections.abc import Iterator

import mlx.core as mx
import pytest

from engine.config.memory import MemoryLimits
from engine.models.device import Device
from engine.models.limits import CPU_BUFFERS, WORK, buffer_bytes, plan_wiring, set_limits

GIB = 2**30
CPU = Device("CPU", on_cpu=True, total_memory=16 * GIB)
CUDA = Device("GPU", on_cpu=False, total_memory=80 * GIB)


def mac(gibibytes: int, working_set: int | None = None) -> Device:
    """Return a Mac; Metal advises to use three quarters of its memory unless it was told more."""
    working_set = working_set or gibibytes * GIB * 3 // 4
    return Device("Apple M9", on_cpu=False, total_memory=gibibytes * GIB, working_set=working_set)


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    limit = mx.set_cache_limit(CPU_BUFFERS)
    yield
    mx.set_cache_limit(limit)


@pytest.fixture
def wired(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect what is wired; without Metal MLX takes every limit and does nothing."""
    limits: list[int] = []
    monkeypatch.setattr(mx, "set_wired_limit", limits.append)
    return limits


def test_a_model_is_wired_with_room_to_compute_in() -> None:
    wiring = plan_wiring(mac(32), 14 * GIB)
    assert (wiring.limit, wiring.remedy) == (14 * GIB + WORK, "")
    assert (
        wiring.text == "the model takes 14.5 GiB with its KV cache, of 24.0 GiB that Metal can wire"
    )


def test_what_is_above_metals_working_set_comes_with_the_command_that_raises_it() -> None:
    wiring = plan_wiring(mac(16), 12 * GIB + 1)
    assert wiring.limit == 0
    assert "takes 12.5 GiB" in wiring.text
    assert "no more than 12.0 GiB" in wiring.text
    command = "sudo sysctl iogpu.wired_limit_mb="
    raised = int(wiring.remedy.partition(command)[2])
    assert plan_wiring(mac(16, raised * 2**20), 12 * GIB + 1).limit


@pytest.mark.parametrize(("gibibytes", "left"), [(16, 2), (64, 4), (512, 32)])
def test_the_system_keeps_some_of_the_memory(gibibytes: int, left: int) -> None:
    largest = (gibibytes - left) * GIB - WORK
    assert "sysctl" in plan_wiring(mac(gibibytes), largest).remedy
    assert "Use a smaller model" in plan_wiring(mac(gibibytes), largest + 1).remedy


@pytest.mark.parametrize(("device", "why"), [(CPU, "on the CPU"), (CUDA, "CUDA's own memory")])
def test_elsewhere_nothing_is_wired_and_that_is_said(
    wired: list[int], device: Device, why: str
) -> None:
    said = set_limits(device, MemoryLimits(wired=True), GIB)
    assert said.startswith("No memory is wired: does not apply: only Metal, on a Mac")
    assert why in said
    assert set_limits(device, MemoryLimits(), GIB) == ""
    assert wired == []


def test_metal_is_told_what_is_asked_for_with_each_model(wired: list[int]) -> None:
    asked = MemoryLimits(wired=True)
    assert set_limits(mac(32), asked, 14 * GIB) == ""
    assert "sudo sysctl" in set_limits(mac(32), asked, 25 * GIB)
    assert set_limits(mac(32), MemoryLimits(), 14 * GIB) == ""
    assert wired == [14 * GIB + WORK, 0, 0]


@pytest.mark.parametrize(
    ("device", "chosen", "expected"),
    [
        (CPU, None, CPU_BUFFERS),
        (CPU, 0, 0),
        (CPU, 100, 100 * 2**20),
        (mac(64), None, 2 * GIB),
        (mac(16), None, GIB // 2),
        (mac(4), None, GIB // 4),
        (mac(512), None, 2 * GIB),
        (mac(512), 9000, 9000 * 2**20),
    ],
)
def test_how_much_of_what_is_freed_is_kept(
    device: Device, chosen: int | None, expected: int
) -> None:
    assert buffer_bytes(device, chosen) == expected
    set_limits(device, MemoryLimits(buffers=chosen), GIB)
    assert mx.set_cache_limit(0) == expected
