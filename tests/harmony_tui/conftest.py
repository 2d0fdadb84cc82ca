"""What every test of the application stands on."""

from __future__ import annotations

import pytest

from engine.config import locations


@pytest.fixture(autouse=True)
def _usual_arrangement() -> None:
    """Begin with the panes as they are at first, whatever a test before has done to them."""
    (locations.state_folder() / "arrangement.json").unlink(missing_ok=True)
