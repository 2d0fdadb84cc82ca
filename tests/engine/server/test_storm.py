"""Many clients at once, most of whom leave early: nothing is left of them."""

from __future__ import annotations

import gc
import os
import threading
import time

from engine.server.chat_completions import ChatCompletion
from engine.server.completions import CompletionWork
from engine.server.responses import ServedResponse
from engine.server.translation import ChatWork
from tests.bench.storm import rage
from tests.engine.server.serving import Client

REQUESTS = (ChatCompletion, ChatWork, CompletionWork, ServedResponse)
IDLE = "asyncio_"
"""What the event loop's own threads are called, which wait for more work."""


def kept() -> dict[str, int]:
    """Return how much there is of what must not grow."""
    gc.collect()
    requests = [each for each in gc.get_objects() if isinstance(each, REQUESTS)]
    threads = [each for each in threading.enumerate() if not each.name.startswith(IDLE)]
    files = len(os.listdir("/dev/fd"))  # noqa: PTH208
    return {"requests": len(requests), "threads": len(threads), "files": files}


def test_nothing_is_left_of_clients_that_come_and_go(demo: Client) -> None:
    demo.choice("Hello", max_tokens=4)
    before = kept()
    for seed in range(4):  # a busy machine may answer nobody at first
        storm = rage(str(demo.base_url), clients=16, seconds=3.0, seed=seed)
        if storm.answered and storm.left:
            break
    demo.wait_until(running=0, waiting=0)
    assert storm.failed == 0, storm.shown
    assert storm.answered > 0, storm.shown
    assert storm.left > 0, storm.shown
    assert storm.asked == storm.answered + storm.left + storm.refused
    end = time.monotonic() + 10
    while (more := {n: v for n, v in kept().items() if v > before[n]}) and time.monotonic() < end:
        time.sleep(0.1)  # connections that were cut are closed soon
    assert not more, before
    assert demo.choice("What is a KV cache?")["message"]["content"]
