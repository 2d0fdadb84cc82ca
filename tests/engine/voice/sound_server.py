"""A sound server of the tests' own: PulseAudio with a microphone to talk into and a speaker.

Needs the Debian packages pulseaudio, pulseaudio-utils, libportaudio2 and libasound2-plugins.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path

import numpy as np

RATE = 24_000
RAW = ("--raw", "--format=float32le", f"--rate={RATE}", "--channels=1")
MICROPHONE, SPEAKER = "VirtualMic", "VirtualSpeaker"


def what_is_missing() -> str:
    """Return why there can be no sound server here; empty if there can."""
    missing = [name for name in ("pulseaudio", "pactl", "parec", "pacat") if not shutil.which(name)]
    if find_library("portaudio") is None:
        missing.append("libportaudio2")
    plugins = ("lib/*/alsa-lib", "lib64/alsa-lib", "lib/alsa-lib")
    if not any(
        file.name.startswith("libasound_module_pcm_pulse")
        for folder in plugins
        for file in Path("/usr").glob(f"{folder}/*")
    ):
        missing.append("libasound2-plugins")
    return f"needs {', '.join(missing)}" if missing else ""


ENDS_WITH_ITS_PARENT = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()
"""What a command begins with so that nothing is left behind by tests that are killed."""


class Capture:
    """What the speaker plays, as a recording device at its output hears it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._pieces: list[tuple[float, np.ndarray]] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        rest = b""
        while data := self._process.stdout.read1(4096):
            data = rest + data
            whole = len(data) // 4 * 4
            rest = data[whole:]
            self._pieces.append((time.monotonic(), np.frombuffer(data[:whole], np.float32)))

    @property
    def samples(self) -> np.ndarray:
        """All sound up to now, 24 kHz."""
        return np.concatenate([np.zeros(0, np.float32), *(piece for _, piece in self._pieces)])

    def last_sound(self, threshold: float = 0.02) -> float:
        """When sound above a threshold was last played, in seconds of ``time.monotonic``.

        That a busy machine reads it late is no matter: what arrived with the least delay tells when
        the recording began.
        """
        began, last, end = float("inf"), None, 0
        for when, piece in tuple(self._pieces):
            loud = np.flatnonzero(abs(piece) > threshold)
            last = end + int(loud[-1]) + 1 if len(loud) else last
            end += len(piece)
            began = min(began, when - end / RATE)
        return 0.0 if last is None else began + last / RATE

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._thread.join()
        self._process.stdout.close()


class SoundServer:
    """PulseAudio in a folder of its own; it and its clients are all that this ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        self._keepers: list[subprocess.Popen[bytes]] = []
        self._remap = ""
        self._is_as_started = False
        (folder / "run").mkdir(mode=0o700)

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to know to find this server and no other."""
        run = str(self.folder / "run")
        return {
            "PULSE_SERVER": f"unix:{self.folder / 'native'}",
            "PULSE_RUNTIME_PATH": run,
            "PULSE_STATE_PATH": run,
            "PULSE_COOKIE": f"{run}/cookie",
        }

    # --- the server ---------------------------------------------------------------------------

    def start(self) -> None:
        """Start it and wait until sound flows without delay."""
        socket = self.folder / "native"
        socket.unlink(missing_ok=True)
        sink = "module-null-sink rate=48000 channels=2 norewinds=1"
        modules = (
            f"module-native-protocol-unix socket={socket} auth-anonymous=1",
            f"{sink} sink_name=spk sink_properties=device.description={SPEAKER}",
            f"{sink} sink_name=talk sink_properties=device.description=Mouth",
        )
        options = ("--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--realtime=no")
        self._server = subprocess.Popen(
            [
                *(*ENDS_WITH_ITS_PARENT, "pulseaudio", "-n", *options, "--high-priority=yes"),
                f"--log-target=file:{self.folder / 'pulse.log'}",
                *(word for module in modules for word in ("-L", module)),
            ],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 20.0
        while subprocess.run(
            ["pactl", "info"], env=self._env(), capture_output=True, check=False
        ).returncode:
            assert time.monotonic() < until, (self.folder / "pulse.log").read_text()
            time.sleep(0.05)
        self.control("set-default-sink", "spk")
        self._keep("spk.monitor")
        self._plug_in()
        self._is_as_started = True

    def ensure(self) -> None:
        """Have it as it was at first, whatever a test has done to it."""
        if not self._is_as_started:
            self.restart()

    def kill(self) -> None:
        """End the server as if it had crashed."""
        self._is_as_started = False
        for process in (self._server, *self._keepers):
            if process is not None:
                process.kill()
                process.wait()
        self._server, self._keepers = None, []

    def restart(self) -> None:
        """Start it again, as a supervisor does after a crash."""
        self.kill()
        self.start()

    def control(self, *words: str) -> str:
        """Run ``pactl`` and return what it says."""
        return subprocess.run(
            ["pactl", *words], env=self._env(), check=True, capture_output=True, text=True
        ).stdout.strip()

    def change(self, *words: str) -> str:
        """Run ``pactl`` to change what the next test must not find changed."""
        self._is_as_started = False
        return self.control(*words)

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._server.pid

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.environment, "LC_ALL": "C.UTF-8"}

    def _keep(self, source: str) -> None:
        """Ask for sound without delay all the time; the server is late with it otherwise."""
        self._keepers.append(
            subprocess.Popen(
                [*ENDS_WITH_ITS_PARENT, "parec", "-d", source, "--latency-msec=10", "--raw"],
                env=self._env(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    # --- the microphone -----------------------------------------------------------------------

    def talk(self, sound: Path | np.ndarray) -> subprocess.Popen[bytes]:
        """Let the microphone hear a WAV file, or samples of 24 kHz; wait for the process to end."""
        if isinstance(sound, Path):
            return subprocess.Popen(["paplay", "--device=talk", str(sound)], env=self._env())
        speaking = subprocess.Popen(
            ["pacat", "--device=talk", *RAW],
            env=self._env(),
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

        def feed() -> None:
            try:
                speaking.stdin.write(sound.astype(np.float32).tobytes())
                speaking.stdin.close()
            except BrokenPipeError:  # the server was killed
                return

        threading.Thread(target=feed, daemon=True).start()
        return speaking

    def remove_source(self) -> None:
        """Unplug the microphone."""
        self.change("unload-module", self._remap)

    def restore_source(self) -> None:
        """Plug it in again."""
        self._plug_in()

    def _plug_in(self) -> None:
        self._remap = self.control(
            *("load-module", "module-remap-source", "source_name=mic", "master=talk.monitor"),
            *("channels=1", "rate=48000", f"source_properties=device.description={MICROPHONE}"),
        )
        self.control("set-default-source", "mic")
        self._keep("mic")

    def add_source(self, name: str, description: str) -> str:
        """Plug in another microphone, which hears the same; return what ``unload-module`` takes."""
        return self.change(
            *("load-module", "module-remap-source", f"source_name={name}", "master=talk.monitor"),
            *("channels=1", f"source_properties=device.description={description}"),
        )

    def mute(self, is_muted: bool) -> None:
        """Mute the microphone, or end that."""
        self.change("set-source-mute", "mic", str(int(is_muted)))

    def suspend(self, is_suspended: bool = True) -> None:
        """Put the microphone to sleep, or wake it."""
        self.change("suspend-source", "mic", str(int(is_suspended)))

    # --- the speaker --------------------------------------------------------------------------

    @contextmanager
    def capture(self) -> Iterator[Capture]:
        """Record what the speaker plays."""
        capture = Capture(
            subprocess.Popen(
                ["parec", "-d", "spk.monitor", "--latency-msec=5", *RAW],
                env=self._env(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        )
        try:
            until = time.monotonic() + 5.0
            while not len(capture.samples) and time.monotonic() < until:
                time.sleep(0.02)
            yield capture
        finally:
            capture.close()

    def suspend_speaker(self, is_suspended: bool = True) -> None:
        """Put the speaker to sleep, or wake it."""
        self.change("suspend-sink", "spk", str(int(is_suspended)))

    def remove_speaker(self) -> None:
        """Unplug the speaker; the server moves what it plays to the next one."""
        modules = self.control("list", "short", "modules").splitlines()
        self.change(
            "unload-module", next(line.split()[0] for line in modules if "sink_name=spk" in line)
        )
