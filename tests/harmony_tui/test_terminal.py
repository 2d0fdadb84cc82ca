"""Nothing but the screen writes to the terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import os, sys
from pathlib import Path
from harmony_tui.terminal import stderr_in
with stderr_in(Path(sys.argv[1])):
    os.write(2, b"native noise\\n")
    print("python noise", file=sys.stderr)
    sys.__stderr__.write("the screen")
    sys.__stderr__.flush()
print(" and afterwards", file=sys.stderr)
os.write(2, b" too")
"""


def run(log: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(log)], stderr=subprocess.PIPE, text=True, check=True
    ).stderr


def test_noise_goes_to_the_log_and_the_screen_to_the_terminal(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert run(log).replace("\n", "") == "the screen and afterwards too"
    assert log.read_text() == "native noise\npython noise\n"


def test_a_log_that_cannot_be_written_swallows_the_noise(tmp_path: Path) -> None:
    assert run(tmp_path / "no" / "log").replace("\n", "") == "the screen and afterwards too"
    assert not list(tmp_path.iterdir())
