"""Runs another terminal chat, elia, from PyPI, beside this one: its start and a long session."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.load import time_paint
from tests.bench.pseudo_terminal import Program, fresh_environment, is_ready, running
from tests.bench.sessions import streamed
from tests.bench.transcript import conversation

PACKAGE = "elia-chat"
CTRL_C = b"\x03"
LAST_WORDS = "These are the last words."
"""What the last message ends with: a session is open when this is on the screen."""
WRITE_SESSION = """
import asyncio, datetime, json, sys
from elia_chat.database.database import create_database, get_session
from elia_chat.database.models import ChatDao, MessageDao

async def main():
    await create_database()
    said = json.load(sys.stdin)
    now, model = datetime.datetime.now(), "elia-gpt-4o"
    if not said:
        return
    async with get_session() as session:
        chat = ChatDao(title="long", model=model, started_at=now)
        session.add(chat)
        await session.commit()
        for role, text in said:
            message = MessageDao(
                chat_id=chat.id, role=role, content=text, timestamp=now, model=model
            )
            session.add(message)
        await session.commit()

asyncio.run(main())
"""
"""Writes a chat into the peer's database, with the peer's own code."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening a session took."""

    seconds: float
    processor: float
    """Seconds of the processor."""
    megabytes: float
    """By how much the program's memory grew."""


@contextmanager
def installed(folder: Path | None) -> Iterator[Path]:
    """Give the Python of an environment that has the peer; without a folder one for this time.

    Raises:
        CalledProcessError: it cannot be installed, for example without a network.
    """
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary) / "peer"
        python = place / "bin" / "python"
        if not python.exists():
            if uv := shutil.which("uv"):
                subprocess.run([uv, "venv", "-q", "-p", sys.executable, str(place)], check=True)
                install = [uv, "pip", "install", "-q", "-p", str(python), PACKAGE]
            else:
                subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
                install = [str(python), "-m", "pip", "install", "-q", PACKAGE]
            subprocess.run(install, check=True)
        yield python


def said(messages: int) -> list[tuple[str, str]]:
    """Return the messages of the session that both open."""
    *earlier, (role, text) = conversation(messages)
    return [*earlier, (role, f"{text}\n\n{LAST_WORDS}")]


def open_ours(environment: Mapping[str, str], home: Path, messages: int) -> Opening:
    """Open the session in this program."""
    texts = [text for _, text in said(messages)]
    path = streamed(home / "data" / "sessions", zip(texts[::2], texts[1::2], strict=True))
    with running(environment) as program:
        program.until(is_ready)
        program.idle(1.0)
        program.type(f"/resume {path.stem}")
        program.idle(3.0)  # the index of sessions is read for the completion
        before = program.resident_bytes()
        start, processor = time.perf_counter(), program.processor_seconds()
        program.type("\r")
        seconds = program.until_shown(LAST_WORDS) - start
        return _opened(program, seconds, processor, before)


def open_peers(environment: Mapping[str, str], command: Sequence[str], messages: int) -> Opening:
    """Open the session in the peer, whose list of chats is a Tab away."""
    write_peers_session(environment, command[0], said(messages))
    with running(environment, command, CTRL_C) as program:
        program.until_shown("History (1)")
        program.idle(2.0)
        program.type("\t")
        program.idle(1.0)
        before = program.resident_bytes()
        start, processor = time.perf_counter(), program.processor_seconds()
        program.type("\r")
        seconds = program.until_shown(LAST_WORDS) - start
        return _opened(program, seconds, processor, before)


def _opened(program: Program, seconds: float, processor: float, resident: int) -> Opening:
    spent = program.processor_seconds() - processor
    return Opening(seconds, spent, (program.resident_bytes() - resident) / 1e6)


def write_peers_session(
    environment: Mapping[str, str], python: str, messages: Sequence[tuple[str, str]]
) -> None:
    """Write a session into the peer's database; without messages the empty database."""
    command = [python, "-c", WRITE_SESSION]
    subprocess.run(
        command, env=dict(environment), input=json.dumps(messages), text=True, check=True
    )


def measure_peer(rounds: int, messages: int, folder: Path | None) -> list[Figure]:
    """Measure the first paint and a long session of both, in turns."""
    with installed(folder) as python, tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        environment = fresh_environment(home)
        theirs = [str(python), "-m", "elia_chat"]
        write_peers_session(environment, theirs[0], [])
        our_paints, their_paints = [], []
        for _ in range(rounds + 1):
            # Ours draws frames before; what is compared is a screen that can be read.
            with tempfile.TemporaryDirectory() as new:
                our_paints.append(time_paint(fresh_environment(Path(new))))
            their_paints.append(time_paint(environment, theirs, CTRL_C, bool))
        ours = open_ours(environment, home, messages)
        peers = open_peers(environment, theirs, messages)
    return [
        *_figures("harmony-tui", our_paints, ours, messages),
        *_figures(PACKAGE, their_paints, peers, messages),
    ]


def _figures(
    name: str, paints: Sequence[tuple[float, float]], opening: Opening, messages: int
) -> list[Figure]:
    # The first start may have had to compile.
    paint, processor = (statistics.median(times) for times in zip(*paints[1:], strict=True))
    opened = f"{opening.processor:.2f} s CPU, {opening.megabytes:.0f} MB more"
    return [
        Figure(f"{name}: first paint", paint, "s", note=f"{processor:.2f} s CPU"),
        Figure(f"  from Enter to {messages:,} messages shown", opening.seconds, "s", note=opened),
    ]
