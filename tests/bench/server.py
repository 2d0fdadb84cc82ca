"""Measures the server: against the engine itself, with many clients, and against mlx_lm.server.

    uv run python -m tests.bench.server [--rounds 5] [--turns 10] [--only NAME] [--storm SECONDS]

*Through* is a chat's answer over HTTP and from ``Chat`` in this process, the two in turn; *clients*
is raw completions of so many clients at once; *turn* is the first token of a chat's last turn. All
servers have the same weights and BLAS. ``mlx_lm.server`` computes several answers in one batch
where ours makes one after another. A storm is 64 clients of whom most leave early: what the server
holds is told before it, in its middle and after it.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.bench.decode import MODELS  # prepares the device before MLX is imported
from tests.bench.turns import ANALYSIS, ANSWER, QUESTION

from engine import Chat, Worker  # isort: skip
from engine.config.hyperparameters import Hyperparameters
from engine.events import Event, TextDelta
from engine.tools.registry import Registry
from tests.bench.peers import (
    HOST,
    LIMIT_SECONDS,
    Message,
    environment,
    link_for_mlx_lm,
    mlx_lm_server,
    print_row,
    some_words,
)
from tests.bench.storm import CHAT, TEXT, Held, Storm, held_by, rage

CLIENTS = (1, 8, 64)
STORM_CLIENTS = 64
SETTLE_SECONDS = 3.0
"""Connections that were cut are closed by then."""
AGAIN_SECONDS = 0.2
"""After this a client asks again that was turned away."""
WORDS = 100
"""Of a prompt."""
WANTED = 0.95
"""The least share of the engine's own speed that the server is to have."""


# --- servers --------------------------------------------------------------------------------


@contextlib.contextmanager
def our_server(folder: Path) -> Iterator[tuple[int, int]]:
    """Run ``harmony-tui serve``; give its port and the process.

    Raises:
        RuntimeError: it ended, or took too long to load the model.
    """
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "harmony_tui", "serve", "--model", str(folder)]
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            env=environment(Path(home)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            limit = time.perf_counter() + LIMIT_SECONDS
            while health(port).get("model") is None:
                if process.poll() is not None or time.perf_counter() > limit:
                    raise RuntimeError(f"the server did not start (exit code {process.poll()})")
                time.sleep(0.1)
            yield port, process.pid
        finally:
            process.kill()
            process.wait()


def health(port: int) -> dict[str, Any]:
    """Return what our server says of itself; nothing before it answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health")
        answered: dict[str, Any] = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        return {}
    finally:
        connection.close()
    return answered


@dataclass(frozen=True, slots=True)
class Timed:
    """One answer."""

    first: float
    """Seconds to the first text."""
    last: float
    """Seconds to the end."""
    tokens: int

    @property
    def per_token(self) -> float:
        """Seconds for each token after the first."""
        return (self.last - self.first) / max(1, self.tokens - 1)


def ask(port: int, path: str, body: dict[str, Any]) -> Timed:
    """Ask a server for a stream, and read all of it.

    Raises:
        RuntimeError: it answered with an error.
    """
    options = {"stream": True, "stream_options": {"include_usage": True}}
    connection = http.client.HTTPConnection(HOST, port, timeout=LIMIT_SECONDS)
    first, tokens = 0.0, 0
    start = time.perf_counter()
    headers = {"Content-Type": "application/json"}
    connection.request("POST", path, json.dumps({**body, **options}), headers)
    response = connection.getresponse()
    if response.status != 200:
        raise RuntimeError(f"{path} was answered with {response.status}: {response.read(500)!r}")
    for line in response:
        if not line.startswith(b"data: {"):
            continue
        chunk = json.loads(line[6:])
        if not first and _has_text(chunk):
            first = time.perf_counter() - start
        tokens = (chunk.get("usage") or {}).get("completion_tokens", tokens)
    last = time.perf_counter() - start
    connection.close()
    return Timed(first or last, last, tokens)


def _has_text(chunk: dict[str, Any]) -> bool:
    for choice in chunk.get("choices", ()):
        delta = choice.get("delta") or {}
        if choice.get("text") or delta.get("content") or delta.get("reasoning"):
            return True
    return False


# --- through the server ----------------------------------------------------------------------


def answer_here(worker: Worker, text: str, tokens: int, seed: int) -> Timed:
    """Answer with the engine itself."""
    sampling = Hyperparameters(max_tokens=tokens, seed=seed)
    chat = Chat(worker, hyperparameters=sampling, tools=Registry())
    first = 0.0
    start = time.perf_counter()

    def hear(event: Event) -> None:
        nonlocal first
        if isinstance(event, TextDelta) and not first:
            first = time.perf_counter() - start

    ended = chat.send(text, hear)
    last = time.perf_counter() - start
    return Timed(first or last, last, ended.statistics.sampled_tokens)


def compare_through(ours: Path, rounds: int, tokens: int) -> None:
    """Print first token and speed over HTTP and in this process."""
    here: list[Timed] = []
    there: list[Timed] = []
    worker = Worker()
    try:
        worker.load(str(ours), lambda _: None).result()
        with our_server(ours) as (port, _):
            for seed in range(rounds + 1):
                text = some_words(random.Random(seed), WORDS)
                said = [{"role": "user", "content": text}]
                body = {"messages": said, "max_tokens": tokens, "seed": seed}
                there.append(ask(port, CHAT, body))
                here.append(answer_here(worker, text, tokens, seed))
    finally:
        worker.close()
    here, there = here[1:], there[1:]  # the first warms up
    print_row("first", [each.first for each in there], [each.first for each in here])
    speed = statistics.median(each.per_token for each in here) / statistics.median(
        each.per_token for each in there
    )
    met = "yes" if speed >= WANTED else "NO"
    rate = 1 / statistics.median(each.per_token for each in there)
    print(f"  through  {rate:.1f} tokens/s, {speed:.2f} of the engine's (wanted {WANTED}: {met})")


# --- clients at once --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Crowd:
    """What clients got that asked at once."""

    timed: list[Timed]
    rate: float
    """Tokens/s of all together."""
    refused: int
    """How often a connection was refused or reset, and its client asked again."""


def ask_together(port: int, clients: int, tokens: int) -> Crowd:
    """Have so many clients ask at once."""
    gate = threading.Barrier(clients)
    refused: list[int] = []

    def one(number: int) -> Timed:
        prompt = some_words(random.Random(number), WORDS)
        gate.wait()
        body = {"prompt": prompt, "max_tokens": tokens, "temperature": 1, "seed": number}
        begun = time.perf_counter()
        while True:
            asked = time.perf_counter() - begun
            try:
                timed = ask(port, TEXT, body)
            except ConnectionError:
                refused.append(number)
                time.sleep(AGAIN_SECONDS)
            else:
                return replace(timed, first=asked + timed.first, last=asked + timed.last)

    with ThreadPoolExecutor(clients) as threads:
        start = time.perf_counter()
        timed = list(threads.map(one, range(clients)))
    rate = sum(each.tokens for each in timed) / (time.perf_counter() - start)
    return Crowd(timed, rate, len(refused))


def compare_clients(ours: Path, theirs: Path, tokens: int) -> None:
    """Print what clients at once wait for, and what all of them get, from both servers."""
    with our_server(ours) as (port, _), mlx_lm_server(theirs) as other:
        for server in (port, other):
            ask_together(server, 1, tokens)  # warms up
        for clients in CLIENTS:
            mine, its = (ask_together(server, clients, tokens) for server in (port, other))
            print(f"  {clients} clients: {mine.rate:.1f} / {its.rate:.1f} tokens/s of all together")
            if mine.refused or its.refused:
                print(f"  refused  {mine.refused} / {its.refused} connections, which asked again")
            firsts = ([each.first for each in crowd.timed] for crowd in (mine, its))
            print_row("first", *firsts)


# --- turns ------------------------------------------------------------------------------------


def compare_turns(ours: Path, theirs: Path, turns: int, rounds: int) -> None:
    """Print the time to the first token of a chat's last turn, of both servers."""
    mine: list[float] = []
    its: list[float] = []
    with our_server(ours) as (port, _), mlx_lm_server(theirs) as other:
        for seed in range(rounds):
            rng = random.Random(seed)
            chat: list[Message] = [{"role": "developer", "content": some_words(rng, 150)}]
            for _ in range(turns):
                chat.append({"role": "user", "content": some_words(rng, QUESTION)})
                body = {"messages": chat, "max_tokens": ANALYSIS, "temperature": 0}
                found = [ask(server, CHAT, body).first for server in (port, other)]
                chat.append({"role": "assistant", "content": some_words(rng, ANSWER)})
            mine.append(found[0])
            its.append(found[1])
    print_row(f"turn {turns}", mine, its)


# --- the storm --------------------------------------------------------------------------------


def show_storm(ours: Path, seconds: float) -> None:
    """Print what became of a storm, and what the server held before it, amid it and after it.

    Raises:
        RuntimeError: the server does not come to rest, or answers nobody any more.
    """
    with our_server(ours) as (port, process):
        address = f"http://{HOST}:{port}"
        rage(address, STORM_CLIENTS, min(10.0, seconds / 4))  # what is kept for good is there now
        _rest(port)
        held = [held_by(process)]
        storms: list[Storm] = []
        for half in range(2):
            storms.append(rage(address, STORM_CLIENTS, seconds / 2, seed=1000 * (half + 1)))
            _rest(port)
            held.append(held_by(process))
        for storm in storms:
            print(f"  storm    {storm.shown}")
        print(f"  running and waiting in the end: 0; the next: {_next(port)}")
        _print_held(held)


def _rest(port: int) -> None:
    limit = time.perf_counter() + LIMIT_SECONDS
    while (said := health(port)).get("running") != 0 or said.get("waiting") != 0:
        if time.perf_counter() > limit:
            raise RuntimeError(f"the server does not come to rest: {said}")
        time.sleep(0.1)
    time.sleep(SETTLE_SECONDS)


def _next(port: int) -> str:
    body = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 8}
    timed = ask(port, CHAT, body)
    return f"{timed.tokens} tokens in {timed.last:.2f} s"


def _print_held(held: list[Held]) -> None:
    shown: tuple[tuple[str, Callable[[Held], float]], ...] = (
        ("memory, MiB", lambda each: each.mebibytes),
        ("threads", lambda each: each.threads),
        ("open files", lambda each: each.files),
    )
    for name, take in shown:
        values = "  ".join(f"{take(each):8.0f}" for each in held)
        print(f"  {name:12} before, amid, after: {values}", flush=True)


def main() -> None:
    """Measure all, or only the storm."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--tokens", type=int, default=64, help="of an answer")
    parser.add_argument("--only", choices=MODELS, action="append")
    parser.add_argument("--storm", type=float, metavar="SECONDS", help="only that")
    options = parser.parse_args()
    for name in options.only or ("random-float32", "bundled"):
        print(f"{name}: seconds, ours / the other = ratio")
        with tempfile.TemporaryDirectory() as temporary:
            stored = Path(temporary) / "stored"
            ours = MODELS[name](stored)
            if options.storm is not None:
                show_storm(ours, options.storm)
                continue
            theirs = link_for_mlx_lm(stored, Path(temporary) / "mlx-lm")
            compare_through(ours, options.rounds, options.tokens)
            compare_clients(ours, theirs, options.tokens)
            compare_turns(ours, theirs, options.turns, options.rounds)


if __name__ == "__main__":
    main()
