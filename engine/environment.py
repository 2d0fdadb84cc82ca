"""Changes of environment variables, which native code on other threads may be reading.

The C library hands out its list of variables as it is; one that is changed meanwhile may have
moved. So whoever changes a variable holds ``unchanged``, and so does whoever calls native code that
looks up many of them, as sound libraries do when they start.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_WAIT = 5.0
"""Seconds; a sound server that hangs must not hold up the rest of the program for good."""

_lock = threading.RLock()


@contextmanager
def unchanged() -> Iterator[None]:
    """Have nobody else change a variable meanwhile, or read many of them."""
    is_held = _lock.acquire(timeout=LONGEST_WAIT)
    try:
        yield
    finally:
        if is_held:
            _lock.release()


@contextmanager
def variable(name: str, value: str) -> Iterator[None]:
    """Have a variable set for a while; others wait only while it is changed."""
    with unchanged():
        before = os.environ.get(name)
        os.environ[name] = value
    try:
        yield
    finally:
        with unchanged():
            if before is None:
                del os.environ[name]
            else:
                os.environ[name] = before
