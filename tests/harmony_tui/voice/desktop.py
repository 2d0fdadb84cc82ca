"""A screen of X11 that nobody sees, with real terminals on it and keys that are really pressed.

Needs the Debian packages xvfb and xdotool, and the terminals.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.engine.voice.sound_server import ENDS_WITH_ITS_PARENT

PATIENCE_SECONDS = 90


def what_is_missing(*terminals: str) -> str:
    """Return which programs are not on this machine; empty if all are."""
    return ", ".join(name for name in ("Xvfb", "xdotool", *terminals) if not shutil.which(name))


def until(condition: Callable[[], bool], tell: Callable[[], str]) -> None:
    """Wait until something is so; fail with what is told if it never is."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"waited in vain:\n{tell()}"
        time.sleep(0.05)


class Desktop:
    """The X server, and what was started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        ours, its = os.pipe()
        options = ("-displayfd", str(its), "-screen", "0", "900x600x24", "-nolisten", "tcp")
        server = self._start(("Xvfb", *options), os.environ, (its,))
        os.close(its)
        with os.fdopen(ours) as told:
            number = told.readline().strip()
        assert number, f"Xvfb ended with {server.poll()}"
        self.environment = {
            **os.environ,
            "DISPLAY": f":{number}",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder / "no config"),
        }

    def open(self, *command: str, environment: Mapping[str, str] | None = None) -> None:
        """Start a program there."""
        self._start(command, {**self.environment, **(environment or {})})

    def focus(self, name: str) -> None:
        """Have the keys go to the window of a program."""
        self.keys("search", "--sync", "--onlyvisible", "--class", name, "windowfocus", "--sync")

    def keys(self, *words: str) -> None:
        """Press and let go of keys, as xdotool is told to."""
        subprocess.run(("xdotool", *words), env=self.environment, check=True, capture_output=True)

    def close(self) -> None:
        """End all that was started, the server last."""
        for process in reversed(self._running):
            process.kill()
            process.wait()

    def _start(
        self, command: Sequence[str], environment: Mapping[str, str], files: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*ENDS_WITH_ITS_PARENT, *command],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=files,
        )
        self._running.append(process)
        return process


class Kitty:
    """A program in kitty, which tells what is on its screen."""

    def __init__(self, desktop: Desktop, environment: Mapping[str, str], command: str) -> None:
        self._address = f"unix:{desktop.folder / 'kitty'}"
        options = {
            "allow_remote_control": "yes",
            "update_check_interval": "0",
            "remember_window_size": "no",
            "initial_window_width": "80c",
            "initial_window_height": "24c",
        }
        given = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        where = ("--config", "NONE", "--listen-on", self._address)
        desktop.open("kitty", *where, *given, "sh", "-c", command, environment=environment)

    @property
    def text(self) -> str:
        """What is on the screen; empty before there is one."""
        ask = ("kitty", "@", "--to", self._address, "get-text")
        return subprocess.run(ask, capture_output=True, text=True, check=False).stdout

    def shows(self, *texts: str) -> None:
        """Wait until texts are on the screen."""
        until(lambda: all(text in self.text for text in texts), lambda: self.text)

    def hides(self, text: str) -> None:
        """Wait until a text is not on the screen any more."""
        until(lambda: text not in self.text, lambda: self.text)
