"""Ears and mouth: the sound devices, speech recognition, and speech."""
