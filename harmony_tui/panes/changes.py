"""Says in the conversation from which token on other hyperparameters act."""

from __future__ import annotations

from collections.abc import Mapping

from engine.events import HyperparametersChanged
from harmony_tui.panes.dials import DIALS
from harmony_tui.transcript import Transcript

SOON = 24
"""Changes of one hyperparameter within so many tokens are one turn of its dial."""

_DIALS = {dial.name: dial for dial in DIALS}


def say_change(token: int, changes: Mapping[str, object]) -> str:
    """Return what is said of changes, such as ``temperature 1.2 from token 57 on``."""
    said = ", ".join(f"{name} {_show(name, value)}" for name, value in changes.items())
    return f"{said} from token {token:,} on"


def _show(name: str, value: object) -> str:
    dial = _DIALS.get(name)
    if dial is None or not isinstance(value, int | float | str):
        return str(value)
    return dial.shown(value)


class ChangeMarks:
    """Puts a mark below the message that is being written for each change within a turn."""

    def __init__(self, transcript: Transcript) -> None:
        """Mark the entries of ``transcript``."""
        self._transcript = transcript
        self._last: tuple[int, HyperparametersChanged] | None = None
        """The mark that was put last: its entry, and what it says."""

    def forget_turn(self) -> None:
        """Begin with another turn."""
        self._last = None

    def put(self, entry: int, change: HyperparametersChanged) -> None:
        """Mark a change below an entry; one that goes on with the last takes its place.

        Args:
            entry: of the message that is written.
            change: what acts from now on.
        """
        if self._last is not None:
            before, last = self._last
            is_same_turn = last.changes.keys() <= change.changes.keys()
            if before == entry and is_same_turn and change.token - last.token <= SOON:
                self._transcript.unmark(entry, say_change(last.token, last.changes))
        self._transcript.mark(entry, say_change(change.token, change.changes))
        self._last = (entry, change)
