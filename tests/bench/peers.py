"""Compares what a person waits for with mlx-lm's commands, on the same weights.

    uv run python -m tests.bench.peers [--rounds 5] [--turns 10] [--only NAME]

*Start* is a process that answers with one token, from its start to its end: ``harmony-tui -p`` and
``mlx_lm generate``. *Turn* is the time to the first token of a chat's last turn; ``mlx_lm.server``
keeps its prompt cache and is asked over HTTP, and neither reads an earlier turn's analysis again.
The two take turns, with the same BLAS; the ratio is the finding. mlx-lm computes in the type that
a checkpoint is stored in, which on the CPU is slow for bfloat16; ``random-float32`` is even.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.decode import DEVICE, MODELS  # prepares the device before MLX is imported
from tests.bench.turns import ANALYSIS, ANSWER, QUESTION

from engine import Worker  # isort: skip
from engine.config.hyperparameters import Hyperparameters
from engine.harmony.encoding import load_encoding
from engine.models.device import OPENBLAS
from engine.worker import Request
from tests.bench.peer_tokenizer import write_tokenizer

ASKED = "What is 127 + 386?"
HOST = "127.0.0.1"
LIMIT_SECONDS = 300
GREEDY = Hyperparameters(temperature=0)
Message = dict[str, str]


def environment(home: Path) -> dict[str, str]:
    """Return the environment of both programs: no network, no settings, and the BLAS of ours."""
    variables = {**os.environ, "HARMONY_TUI_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    if DEVICE.blas == "OpenBLAS":
        variables |= {"LD_PRELOAD": OPENBLAS[0]}
    return variables


def link_for_mlx_lm(source: Path, folder: Path) -> Path:
    """Return a folder with a checkpoint's files and, beside them, a tokenizer."""
    folder.mkdir()
    for file in source.iterdir():
        (folder / file.name).symlink_to(file)
    write_tokenizer(folder)
    return folder


def some_words(rng: random.Random, count: int) -> str:
    """Return a text of about so many tokens."""
    encoding = load_encoding()
    words: list[str] = []
    while len(words) < count:
        word = encoding.decode([rng.randrange(1000, 50_000)])
        if re.fullmatch(" [a-z]{3,9}", word):
            words.append(word)
    return "".join(words).strip()


# --- start ----------------------------------------------------------------------------------


def time_process(command: list[str], variables: dict[str, str]) -> float:
    """Return the seconds that a command takes; an answer that was cut is no failure.

    Raises:
        RuntimeError: it failed.
    """
    start = time.perf_counter()
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode and "max_tokens" not in done.stderr:
        raise RuntimeError(f"{command} failed:\n{done.stderr}")
    return seconds


def compare_starts(ours: Path, theirs: Path, rounds: int) -> None:
    """Print how long each program takes to answer with one token."""
    mine = ["harmony_tui", "-p", ASKED, "--model", str(ours), "--set", "max_tokens=1"]
    other = ["mlx_lm", "generate", "--model", str(theirs), "--prompt", ASKED, "--max-tokens", "1"]
    seconds: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as home:
        for _ in range(rounds):
            for words, found in zip((mine, other), seconds, strict=True):
                found.append(time_process([sys.executable, "-m", *words], environment(Path(home))))
    print_row("start", *seconds)


# --- turns ----------------------------------------------------------------------------------


@contextlib.contextmanager
def mlx_lm_server(folder: Path) -> Iterator[int]:
    """Run ``mlx_lm.server``; give its port."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mlx_lm", "server", "--model", str(folder)]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--log-level", "ERROR"],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port, process)
        yield port
    finally:
        process.kill()
        process.wait()


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens.

    Raises:
        RuntimeError: the server ended, or took too long.
    """
    limit = time.perf_counter() + LIMIT_SECONDS
    while process.poll() is None and time.perf_counter() < limit:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"mlx_lm.server did not start (exit code {process.poll()})")


def ask_server(port: int, messages: list[Message]) -> tuple[float, int]:
    """Ask for as much as an analysis takes; return the seconds to its first token.

    Returns also how many tokens the server had cached.
    """
    options = {"temperature": 0, "max_tokens": ANALYSIS, "stream": True}
    body = {"messages": messages, **options, "stream_options": {"include_usage": True}}
    connection = http.client.HTTPConnection(HOST, port, timeout=LIMIT_SECONDS)
    first, cached = 0.0, 0
    start = time.perf_counter()
    connection.request("POST", "/v1/chat/completions", json.dumps(body))
    for line in connection.getresponse():
        if line.startswith(b"data: {"):
            first = first or time.perf_counter() - start
            usage = json.loads(line[6:]).get("usage") or {}
            cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens", cached)
    connection.close()
    return first, cached


def ask_ours(worker: Worker, prompt: tuple[int, ...]) -> tuple[float, int]:
    """Do the same with our engine, asked as the program asks it."""
    times: list[float] = []
    request = Request(
        prompt=prompt,
        seed=1,
        max_tokens=lambda: ANALYSIS,
        hyperparameters=lambda: GREEDY,
        stop_tokens=frozenset(),
        on_prefill=lambda _: None,
        on_token=lambda _: times.append(time.perf_counter()),
        cancelled=threading.Event(),
    )
    start = time.perf_counter()
    completion = worker.generate(request).result()
    return times[0] - start, completion.cached_tokens


def render(messages: Iterable[Message], end: str) -> tuple[int, ...]:
    """Return the tokens of a chat as mlx-lm's template has them."""
    text = "".join(
        f"<|start|>{m['role']}{'<|channel|>final' if m['role'] == 'assistant' else ''}"
        f"<|message|>{m['content']}<|end|>"
        for m in messages
    )
    return tuple(load_encoding().encode(text + end, allowed_special="all"))


def compare_turns(ours: Path, theirs: Path, turns: int, rounds: int) -> None:
    """Print the time to the first token of a chat's last turn, for three ways of getting there."""
    bare: list[float] = []
    ahead: list[float] = []
    server: list[float] = []
    for seed in range(rounds):
        rng = random.Random(seed)
        chat = [{"role": "developer", "content": some_words(rng, 150)}]
        workers = Worker(), Worker()
        with mlx_lm_server(theirs) as port:
            for worker in workers:
                worker.load(str(ours), lambda _: None).result()
            for _ in range(turns):
                chat.append({"role": "user", "content": some_words(rng, QUESTION)})
                prompt = render(chat, "<|start|>assistant")
                # All of the draft but its last word is read while it is typed.
                workers[1].read_ahead(prompt[:-3], keep=False).result()
                found = (ask_server(port, chat), *(ask_ours(w, prompt) for w in workers))
                chat.append({"role": "assistant", "content": some_words(rng, ANSWER)})
                workers[1].read_ahead(render(chat, "<|start|>"), keep=False).result()
        for worker in workers:
            worker.close()
        for seconds, (first, _) in zip((server, bare, ahead), found, strict=True):
            seconds.append(first)
    cached = ", ".join(str(count) for _, count in found)
    print(f"  turn {turns}: {len(prompt)} tokens; cached by mlx_lm.server, ours, ahead: {cached}")
    print_row("turn", bare, server)
    print_row("ahead", ahead, server)


def print_row(name: str, ours: list[float], theirs: list[float]) -> None:
    """Print the seconds of both, best and median of the rounds, and the ratios."""
    cells = [
        f"{choose(ours):7.3f} / {choose(theirs):7.3f} = {choose(ours) / choose(theirs):5.2f}"
        for choose in (min, statistics.median)
    ]
    print(f"  {name:8} best {cells[0]}   median {cells[1]}", flush=True)


def main() -> None:
    """Compare both with every model, or with the one asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--only", choices=MODELS, action="append")
    options = parser.parse_args()
    for name in options.only or ("random-float32", "bundled"):
        print(f"{name}: seconds, ours / mlx-lm = ratio")
        with tempfile.TemporaryDirectory() as temporary:
            stored = Path(temporary) / "stored"
            ours = MODELS[name](stored)
            theirs = link_for_mlx_lm(stored, Path(temporary) / "mlx-lm")
            compare_starts(ours, theirs, options.rounds)
            compare_turns(ours, theirs, options.turns, options.rounds)


if __name__ == "__main__":
    main()
