"""How large a draft is, beside the context that it goes into."""

from __future__ import annotations

from textual.content import Content


def say_sizes(files: int, tokens: int, used: int, length: int) -> Content:
    """Return a line about a draft's tokens and the context's.

    Args:
        files: how many are sent with it.
        tokens: of the draft and its files.
        used: how many of the context's are used without it.
        length: how many the context has; 0 if that is not known.
    """
    words = f"{tokens:,} {'token' if tokens == 1 else 'tokens'}"
    if files:
        words = f"{files} {'file' if files == 1 else 'files'} · {words}"
    if not length:
        return Content.styled(words, "$muted")
    style = "$notice" if used + tokens > length else "$muted"
    return Content.styled(f"{words} · context {used:,} of {length:,}", style)
