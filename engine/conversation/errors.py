"""What can go wrong with a session's file."""

from __future__ import annotations


class StoreError(Exception):
    """A session cannot be written or read; the message names the file and says what to do."""
