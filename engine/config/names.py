"""What was perhaps meant by a name that there is none of."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like one that is not known, if any is like it."""
    names = {each.casefold(): each for each in known}
    found = get_close_matches(name.casefold(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return the part of a sentence that names what was perhaps meant; empty if nothing is near."""
    meant = nearest(name, known)
    return f" (did you mean {meant!r}?)" if meant else ""
