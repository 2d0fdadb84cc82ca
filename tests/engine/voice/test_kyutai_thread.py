"""A model's thread: what is done on it, what goes wrong on it, and how it ends."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from engine.voice.errors import VoiceError
from engine.voice.kyutai.thread import ModelThread

TWENTY_THREADS = """
from engine.voice.kyutai.thread import ModelThread

def work():
    import mlx.core as mx
    return (mx.random.normal((64, 64)) @ mx.ones((64, 64))).sum().item()

threads = [ModelThread(str(number)) for number in range(20)]
pending = [thread.post(work) for thread in threads]
print(len([future.result() for future in pending]))
for thread in threads[::2]:
    thread.close()
threads[1].post(work)
"""
"""Half of them are left open, one of those in the middle of its work."""


def test_twenty_threads_with_arrays_end_with_the_process_in_silence():
    done = subprocess.run(
        [sys.executable, "-c", TWENTY_THREADS],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "20\n", "")


def test_jobs_run_in_order_on_one_thread_and_failures_are_told_where_they_are_asked_for():
    thread = ModelThread("Model")
    order: list[int] = []
    for number in range(5):
        thread.post(lambda number=number: order.append(number))
    assert thread.call(threading.current_thread) is not threading.current_thread()
    assert order == [0, 1, 2, 3, 4]

    def fail() -> None:
        raise RuntimeError("out of memory\n  in some frame")

    with pytest.raises(VoiceError, match=r"^Model failed \(out of memory\)\. Try again"):
        thread.call(fail)
    assert thread.call(lambda: 5) == 5
    last = []
    thread.close(lambda: last.append(threading.current_thread().name))
    thread.close(lambda: last.append("again"))
    assert last == ["voice Model"]
    with pytest.raises(VoiceError, match="was closed"):
        thread.call(lambda: 5)
