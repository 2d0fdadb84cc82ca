"""Whether the machine runs on its battery, where that can be told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")


def is_on_battery() -> bool:
    """Return whether power comes from a battery; False where nothing tells. Takes some ms."""
    if sys.platform == "darwin":
        return "Battery Power" in _power_source()
    return any(_read(file) == "Discharging" for file in SUPPLIES.glob("BAT*/status"))


def _power_source() -> str:
    try:
        done = subprocess.run(
            ["/usr/bin/pmset", "-g", "ps"], capture_output=True, text=True, timeout=2, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
