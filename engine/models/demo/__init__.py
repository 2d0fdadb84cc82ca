"""The bundled model: a tiny gpt-oss that this project trained to demonstrate the program.

Importing this costs nothing. ``corpus`` writes its training conversations, ``training`` trains it
on them, ``exporting`` writes the weights, ``evaluation`` measures them; CARD.md tells the rest.
"""

from __future__ import annotations

from pathlib import Path

NAME = "harmony-tui demo model"
"""What the bundled model is called where people read it."""

WEIGHTS = Path(__file__).parent / "weights"
"""The checkpoint's folder; it holds rows for the trained tokens alone (see ``exporting``)."""

CARD = Path(__file__).parent / "CARD.md"
"""The model card."""
