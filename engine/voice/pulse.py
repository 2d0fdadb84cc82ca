"""What PulseAudio, or PipeWire in its place, knows of sound devices.

PortAudio sees either of them as one device. They say by ``pactl`` which microphones and speakers
stand behind it, and to which of them this program's sound goes: they move it silently when a
device disappears. Where there is no ``pactl`` nothing is known, and nothing here raises.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from engine import environment

Direction = Literal["input", "output"]

SECONDS = 2.0
"""An answer takes some milliseconds; a server that hangs gives none."""
NOUNS = {"input": ("source", "Source Output"), "output": ("sink", "Sink Input")}
VARIABLES = {"input": "PULSE_SOURCE", "output": "PULSE_SINK"}


@dataclass(frozen=True, slots=True)
class Place:
    """A source or a sink of the sound server."""

    index: str
    name: str
    description: str
    is_monitor: bool
    """It gives what a speaker plays; it is no microphone."""
    is_muted: bool
    is_suspended: bool


def places(direction: Direction) -> tuple[Place, ...] | None:
    """Return all sources or sinks: none where no server is, None where it cannot be known."""
    noun, _ = NOUNS[direction]
    said = _ask("list", f"{noun}s")
    if said is None:
        return None
    return tuple(
        Place(
            index=index,
            name=facts.get("Name", ""),
            description=facts.get("Description") or facts.get("Name", ""),
            is_monitor=facts.get("Monitor of Sink", "n/a") != "n/a",
            is_muted=facts.get("Mute") == "yes",
            is_suspended=facts.get("State") == "SUSPENDED",
        )
        for index, facts in _sections(said, noun.title())
    )


def default(direction: Direction) -> str:
    """Return the name of the source or sink that is used when none is named, empty if unknown."""
    noun, _ = NOUNS[direction]
    found = re.search(rf"^Default {noun.title()}: (.*)$", _ask("info") or "", re.MULTILINE)
    return found[1] if found else ""


def place_of_stream(direction: Direction) -> Place | None:
    """Return where this process's stream is, or None if it has none or several apart."""
    index = index_of_stream(direction)
    return None if index is None else place_at(direction, index)


def place_at(direction: Direction, index: str) -> Place | None:
    """Return the source or sink of a number, if there is one."""
    return next((place for place in places(direction) or () if place.index == index), None)


def index_of_stream(direction: Direction) -> str | None:
    """Return the number of the place of ``place_of_stream``, in half the time."""
    noun, streams = NOUNS[direction]
    process = f'"{os.getpid()}"'
    listed = _sections(_ask("list", streams.lower().replace(" ", "-") + "s") or "", streams)
    found = {
        facts.get(noun.title())
        for _, facts in listed
        if facts.get("application.process.id") == process
    }
    return found.pop() if len(found) == 1 else None


@contextmanager
def chosen(direction: Direction, name: str | None) -> Iterator[None]:
    """Let a stream that is opened meanwhile go to a named source or sink; None: to the default."""
    if name is None:
        yield
        return
    with environment.variable(VARIABLES[direction], name):
        yield


def _ask(*words: str) -> str | None:
    """Return what ``pactl`` says, in English; None if it is missing or gets no answer in time."""
    try:
        done = subprocess.run(  # noqa: S603  (fixed words)
            ["pactl", *words],  # noqa: S607  (where it is differs)
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _sections(text: str, heading: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the number and the facts of each section; the first fact of a name counts."""
    for section in re.split(rf"^{heading} #", text, flags=re.MULTILINE)[1:]:
        index, *lines = section.splitlines()
        facts: dict[str, str] = {}
        for line in lines:
            if fact := re.match(r"\s+([\w. ]+?)(?:: | = )(.*)", line):
                facts.setdefault(fact[1], fact[2])
        yield index.strip(), facts
