"""What can go wrong with sound and speech."""

from __future__ import annotations


class VoiceError(Exception):
    """Voice cannot be used, or stopped; the message says why and what to do about it."""
