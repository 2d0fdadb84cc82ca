"""When Python looks for garbage: it looks through all that is kept, and holds all up by that."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (2_000, 5, 100)
"""What is young is looked through in a few milliseconds, as a key waits for that, and what is old
seldom: with Python's own numbers at every second change of the theme."""


def look_again_seldom() -> None:
    """Look for garbage again, if the start did without: seldom, never among what it made."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()


@contextmanager
def not_looked_for() -> Iterator[None]:
    """Have nobody look for garbage while something is made that is kept, which would find none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
