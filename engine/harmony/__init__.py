"""Tokens to meaning and back: the Harmony format."""
