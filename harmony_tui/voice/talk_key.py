"""The key that is held, or tapped, to speak: what each press of it means.

No terminal and no clock in it: whoever uses it says what happened, and when. A terminal with the
Kitty protocol tells of releases. Others tell of a held key only by its repeats, which look like
presses: there a tap starts and a tap ends, and what a held key repeats is no tap. By choice the
end of the repeats is taken for the release.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

HOLD_SECONDS = 0.35
"""A key that is let go sooner was tapped: what it started goes on until the next tap."""
FIRST_REPEAT_SECONDS = 0.75
"""No keyboard waits longer before the first repeat of a key."""
LONGEST_REPEAT_SECONDS = 0.18
"""A repeat that comes later than that is another press, as long as no interval was learned."""
USUAL_REPEAT_SECONDS = 0.09
LATE = 3.5
"""So many intervals without a repeat mean that the key was let go."""
LONGEST_SECONDS = 300.0
"""What was started ends by itself after so long."""


class Act(Enum):
    """What a press, a release, or the passing of time asks for."""

    START = "start"
    END = "end"
    """The person is done."""
    STOP = "stop"
    """It ended without the person's word: too long, or the focus went elsewhere."""


@dataclass(slots=True)
class TalkKey:
    """Tells holding from tapping."""

    sees_release: bool = False
    """Whether the terminal tells of releases."""
    learns_repeat: bool = False
    """Whether elsewhere the end of a key's repeats ends what it started."""
    _began: float | None = None
    _last: float = 0.0
    """When the key, or a repeat of it, came last."""
    _interval: float | None = None
    _is_down: bool = False
    """Whether the key has not been let go since the press that started."""
    _repeats: bool = field(default=False)

    @property
    def is_on(self) -> bool:
        """Whether something was started and has not ended."""
        return self._began is not None

    @property
    def is_held(self) -> bool:
        """Whether the key is down since it started something."""
        return self.is_on and self._is_down

    def press(self, now: float) -> Act | None:
        """Take a press; without releases it may be a repeat of one that is held."""
        if self._began is None:
            self._began = self._last = now
            self._interval, self._repeats, self._is_down = None, False, True
            return Act.START
        if not self.sees_release and self._is_repeat(now):
            self._note_repeat(now)
            return None
        return self._end(Act.END)

    def repeat(self, now: float) -> None:
        """Take what the terminal itself says is a repeat."""
        self._last = now

    def release(self, now: float) -> Act | None:
        """Take a release of the key."""
        self.sees_release = True
        if self._began is None or not self._is_down:
            return None
        self._is_down = False
        return self._end(Act.END) if now - self._began >= HOLD_SECONDS else None

    def tick(self, now: float) -> Act | None:
        """Say what the time that has passed means; to be asked every 50 ms or so while on."""
        if self._began is None:
            return None
        if now - self._began >= LONGEST_SECONDS:
            return self._end(Act.STOP)
        is_guessed = self.learns_repeat and not self.sees_release and self._repeats
        if is_guessed and now - self._last > self._longest_pause():
            return self._end(Act.END)
        return None

    def lose_focus(self) -> Act | None:
        """Take it that the terminal has lost the focus, and a release with it."""
        return None if self._began is None else self._end(Act.STOP)

    def reset(self) -> None:
        """Forget what was started; what is still held starts nothing."""
        self._began = None

    def _is_repeat(self, now: float) -> bool:
        assert self._began is not None  # noqa: S101
        if not self._repeats:
            return now - self._began < FIRST_REPEAT_SECONDS
        return now - self._last <= self._longest_pause()

    def _note_repeat(self, now: float) -> None:
        interval = now - self._last
        if self._repeats:
            known = self._interval
            self._interval = interval if known is None else 0.7 * known + 0.3 * interval
        self._repeats, self._last = True, now

    def _longest_pause(self) -> float:
        return max(LONGEST_REPEAT_SECONDS, LATE * (self._interval or USUAL_REPEAT_SECONDS))

    def _end(self, act: Act) -> Act:
        self._began = None
        return act
