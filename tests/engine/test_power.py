"""Whether the machine runs on battery, told from files as Linux has them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from engine import power


@pytest.mark.skipif(sys.platform != "linux", reason="these files are Linux's")
@pytest.mark.parametrize(
    ("states", "expected"),
    [((), False), (("Charging",), False), (("Full", "Discharging"), True), (("\xff",), False)],
)
def test_a_battery_that_discharges_is_told(
    states: tuple[str, ...], expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(power, "SUPPLIES", tmp_path)
    for number, state in enumerate(states):
        (tmp_path / f"BAT{number}").mkdir()
        (tmp_path / f"BAT{number}" / "status").write_text(f"{state}\n", encoding="latin-1")
    assert power.is_on_battery() is expected


@pytest.mark.skipif(sys.platform != "darwin", reason="only a Mac has pmset")
def test_a_mac_tells_its_source() -> None:
    assert "Power" in power._power_source()
