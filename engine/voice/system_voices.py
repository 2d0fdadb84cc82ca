"""Voices that the system has: ``say`` on a Mac, flite and espeak-ng on Linux.

They speak a sentence in a tenth of a second, and need no download. A sentence is written to a
private file, which no other user can read as they could a program's arguments, and the sound is
read from another.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
import unicodedata
import wave
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np

from engine.voice.blocks import BLOCK, RATE, Samples
from engine.voice.errors import VoiceError
from engine.voice.resampling import Resampler
from engine.voice.sentences import Sentence, cut_sentences
from engine.voice.synthesizer import Spoken

PATIENCE_SECONDS = 30.0
"""No sentence takes so long; the program hangs."""
POLL_SECONDS = 0.01
SLOWEST, FASTEST = 0.5, 2.0
FULL_SCALE = 32768.0


class Program(ABC):
    """A program that turns a file of text into a WAV file."""

    command: str
    install: str

    @property
    def path(self) -> str | None:
        """Where the program is; None if it is not on this machine."""
        return shutil.which(self.command)

    @abstractmethod
    def arguments(self, text: Path, sound: Path, voice: str, rate: float) -> list[str]:
        """Return what the program is called with."""

    @abstractmethod
    def voices(self) -> tuple[str, ...]:
        """Return the names of its voices, the usual one first."""

    def prepare(self, text: str) -> str:
        """Return a text as the program can read it."""
        return text

    def ask(self, *arguments: str) -> str:
        """Return what the program prints.

        Raises:
            VoiceError: it is not there, or does not answer.
        """
        try:
            return subprocess.run(  # noqa: S603  (a program of this module)
                [self.command, *arguments],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=PATIENCE_SECONDS,
                check=False,
            ).stdout
        except FileNotFoundError:
            raise VoiceError(
                f"{self.command} is not on this machine. Install it with: {self.install}"
            ) from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise VoiceError(f"{self.command} cannot be run ({error}). Choose another.") from error


class Say(Program):
    """The voices of macOS."""

    command = "say"
    install = "nothing: it is a part of macOS, and of no other system"
    WORDS_A_MINUTE = 180

    def arguments(self, text: Path, sound: Path, voice: str, rate: float) -> list[str]:
        """Return what the program is called with."""
        speed = ["-r", str(round(self.WORDS_A_MINUTE * rate))] if rate != 1.0 else []
        chosen = ["-v", voice] if voice != SYSTEM_VOICE else []
        form = ["--file-format=WAVE", f"--data-format=LEI16@{RATE}"]
        return [*chosen, *speed, *form, "-o", str(sound), "-f", str(text)]

    def voices(self) -> tuple[str, ...]:
        """Return the voice that the system's settings name, and all others."""
        # Alex                en_US    # Most people recognize me by my voice.
        rows = re.findall(r"^(\S.*?)\s{1,}[a-z]{2,3}[_-]\w+\s+#", self.ask("-v", "?"), re.MULTILINE)
        return (SYSTEM_VOICE, *rows)

    def prepare(self, text: str) -> str:
        """Return a text without what ``say`` takes as commands to itself."""
        return text.replace("[[", "[ [")


class Flite(Program):
    """The voices of flite, which speak English alone."""

    command = "flite"
    install = "sudo apt install flite (or your system's equivalent)"
    LIKED = ("slt", "rms", "awb", "kal16", "kal")
    """From the clearest on; a ``_time`` voice can only tell the time."""

    def arguments(self, text: Path, sound: Path, voice: str, rate: float) -> list[str]:
        """Return what the program is called with."""
        stretch = f"duration_stretch={1 / rate:.3f}"
        return ["-voice", voice, "--setf", stretch, "-f", str(text), "-o", str(sound)]

    def voices(self) -> tuple[str, ...]:
        """Return the names that ``flite -lv`` prints in a line."""
        names = self.ask("-lv").partition(":")[2].split()
        usable = [name for name in dict.fromkeys(names) if not name.endswith("_time")]
        return tuple(sorted(usable, key=self._rank))

    def _rank(self, name: str) -> int:
        return self.LIKED.index(name) if name in self.LIKED else len(self.LIKED)

    def prepare(self, text: str) -> str:
        """Return a text in ASCII, which is all that flite reads."""
        for mark, plain in PLAIN_MARKS.items():
            text = text.replace(mark, plain)
        return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")


class Espeak(Program):
    """The voices of espeak-ng, in a hundred languages."""

    command = "espeak-ng"
    install = "sudo apt install espeak-ng (or your system's equivalent)"
    USUAL = "en-us"
    WORDS_A_MINUTE = 170

    def arguments(self, text: Path, sound: Path, voice: str, rate: float) -> list[str]:
        """Return what the program is called with."""
        speed = str(round(self.WORDS_A_MINUTE * rate))
        return ["-v", voice, "-s", speed, "-b", "1", "-f", str(text), "-w", str(sound)]

    def voices(self) -> tuple[str, ...]:
        """Return the languages, which are what a voice is chosen by."""
        rows = [line.split() for line in self.ask("--voices").splitlines()[1:]]
        names = sorted({row[1] for row in rows if len(row) > 3})
        return tuple(sorted(names, key=lambda name: name != self.USUAL))


SYSTEM_VOICE = "system"
"""The voice that the person has chosen for the whole Mac."""
PLAIN_MARKS = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": ", ", "—": ", ", "…": "..."}
PROGRAMS: tuple[Program, ...] = (Say(), Flite(), Espeak())
"""In the order in which they are preferred."""


def find_program(name: str | None = None) -> Program:
    """Return the program of a name, or the first one that is on this machine.

    Raises:
        VoiceError: it is not there; the message says what to install.
    """
    for program in PROGRAMS:
        if name in (None, program.command) and program.path is not None:
            return program
    missing = [each for each in PROGRAMS if name == each.command]
    what = f"{name} is not" if missing else "None of the programs that speak (flite, espeak-ng) is"
    how = missing[0].install if missing else Flite.install
    raise VoiceError(f"{what} on this machine. Install it with: {how}")


class SystemVoice:
    """A program of the system as a ``Synthesizer``: it speaks sentence by sentence."""

    def __init__(self, program: Program, voice: str | None = None, rate: float = 1.0) -> None:
        """Choose a voice.

        Args:
            program: one that is on this machine.
            voice: one of its voices; None for its usual one.
            rate: how fast it speaks, 1.0 is usual; kept within 0.5 and 2.0.

        Raises:
            VoiceError: there is no such voice, or the program does not answer.
        """
        voices = program.voices()
        if not voices:
            raise VoiceError(f"{program.command} has no voices. Install it again, or another.")
        if voice is not None and voice not in voices:
            shown = ", ".join(voices[:12]) + (", …" if len(voices) > 12 else "")
            raise VoiceError(f"{program.command} has no voice {voice!r}. It has: {shown}")
        self._program = program
        self._voice = voice or voices[0]
        self._rate = min(max(rate, SLOWEST), FASTEST)
        self._folder = tempfile.TemporaryDirectory(prefix="harmony-tui-voice-")
        self.name = f"{program.command} ({self._voice})"

    def speak(self, words: Iterator[str], cancelled: Event) -> Iterator[Spoken]:
        """Give the sound of a text, each sentence as soon as it is whole."""
        start = 0
        for sentence in cut_sentences(words):
            if cancelled.is_set():
                return
            if any(each.isalnum() for each in sentence.text):
                samples = self._synthesize(sentence.text, cancelled)
                for spoken in _in_blocks(sentence, start, samples):
                    if cancelled.is_set():
                        return
                    yield spoken
            start = sentence.end

    def close(self) -> None:
        """Delete the files of the last sentence."""
        self._folder.cleanup()

    def _synthesize(self, text: str, cancelled: Event) -> Samples:
        """Return the sound of a sentence; none if it was cancelled."""
        written, sound = (Path(self._folder.name) / name for name in ("text", "sound.wav"))
        try:
            written.write_text(self._program.prepare(text) + "\n", encoding="utf-8")
            sound.unlink(missing_ok=True)
            self._run(self._program.arguments(written, sound, self._voice, self._rate), cancelled)
            return np.zeros(0, np.float32) if cancelled.is_set() else _read_wave(sound)
        except (OSError, EOFError, wave.Error, ValueError) as error:
            raise VoiceError(
                f"{self._program.command} gave no sound that can be read ({error}). "
                "Choose another voice or engine."
            ) from error

    def _run(self, arguments: list[str], cancelled: Event) -> None:
        with subprocess.Popen(  # noqa: S603  (a program of this module)
            [self._program.command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while process.poll() is None:
                if cancelled.wait(POLL_SECONDS) or time.monotonic() > deadline:
                    process.kill()
                    process.wait()
            said = process.stderr.read() if process.stderr else b""
            failed = process.returncode != 0
        if failed and not cancelled.is_set():
            reason = said.decode(errors="replace").strip().splitlines()
            raise VoiceError(
                f"{self._program.command} cannot speak "
                f"({reason[-1] if reason else f'it ended with {process.returncode}'}). "
                "Choose another voice or engine."
            )


def _read_wave(path: Path) -> Samples:
    """Return the sound of a WAV file at 24 kHz, shape [n]."""
    with wave.open(str(path)) as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"its samples have {8 * file.getsampwidth()} bits")
        rate, channels = file.getframerate(), file.getnchannels()
        packed = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    samples = packed.reshape(-1, channels).mean(axis=1, dtype=np.float32) / np.float32(FULL_SCALE)
    return Resampler(rate, RATE).feed(samples, last=True)


def _in_blocks(sentence: Sentence, start: int, samples: Samples) -> Iterator[Spoken]:
    """Cut the sound of a sentence into blocks; its words are taken to be evenly spread in it."""
    text = sentence.text
    word_ends = [match.end() for match in re.finditer(r"\S+", text)]
    for at in range(0, len(samples), BLOCK):
        end = min(at + BLOCK, len(samples))
        reached = len(text) * end / len(samples)
        over = max((each for each in word_ends if each <= reached), default=0)
        yield Spoken(samples[at:end], sentence.end if end == len(samples) else start + over)
