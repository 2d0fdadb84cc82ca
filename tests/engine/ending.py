"""A program that loads the bundled model and ends in the middle of what it does.

    python -m tests.engine.ending MOMENT ENDING

It writes a line when the moment has come, and then ends as it is told to.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable

from engine import Chat, Worker
from engine.config.hyperparameters import Hyperparameters
from engine.events import Event, LoadProgress, PrefillProgress, TurnEnded
from engine.worker import Request

MOMENTS = ("load", "prefill", "generation", "idle")

EXPECTED = {
    "closed": 0,  # the worker is closed, and the main thread is done
    "open": 0,  # the main thread is done, and nobody has closed the worker
    "exit": 3,  # SystemExit in the main thread
    "SIGINT": 130,  # as the program says it of Ctrl+C
    "SIGTERM": -signal.SIGTERM,
}
"""The ways to end, and the exit code of each."""

LONG = "Say a word. " * 4000
"""Takes many chunks to read."""


def begin(worker: Worker, moment: str, reached: Callable[[], None]) -> None:
    """Start what is to be under way at a moment; ``reached`` is called when it is."""

    def hear(event: Event) -> None:
        match event:
            case LoadProgress(step) if moment == "load" and step != "MLX":
                reached()
            case PrefillProgress(done, total) if moment == "prefill" and 0 < done < total:
                reached()
            case TurnEnded():
                reached()

    loading = worker.load(None, hear)
    if moment == "load":
        return
    loading.result()
    if moment == "generation":
        worker.generate(endless(reached))
        return
    chat = Chat(worker, hyperparameters=Hyperparameters())
    text = LONG if moment == "prefill" else "What is 2 + 2?"
    threading.Thread(target=chat.send, args=(text, hear), daemon=True).start()


def endless(reached: Callable[[], None]) -> Request:
    """Return a request that no token ends."""
    return Request(
        prompt=tuple(range(1000, 1050)),
        seed=1,
        max_tokens=lambda: 1_000_000,
        hyperparameters=Hyperparameters,
        stop_tokens=frozenset(),
        on_prefill=lambda _: None,
        on_token=lambda _: reached(),
        cancelled=threading.Event(),
    )


def main() -> int:
    """Wait for the moment and end."""
    # Whatever a shell starts in the background has SIGINT ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    moment, ending = sys.argv[1:]
    reached = threading.Event()
    worker = Worker()
    begin(worker, moment, reached.set)
    reached.wait()
    try:
        print(moment, flush=True)
        while ending.startswith("SIG"):
            time.sleep(0.01)  # signal.pause() would miss one that has just come
        if ending == "exit":
            sys.exit(EXPECTED[ending])
    except KeyboardInterrupt:
        return EXPECTED["SIGINT"]
    finally:
        if ending != "open":
            worker.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
