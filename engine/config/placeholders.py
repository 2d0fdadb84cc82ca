"""Names in texts that stand for something else: the person's own, and those of date and time.

``{name}`` is one of the person's own and has to be spelled exactly; ``<|NAME|>`` is one of either
kind, in any case. They are filled in as they are when a conversation begins and stay so, because a
prompt whose beginning changes with the clock has to be read by the model anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime

from engine.values import value

NAME = r"[^\W\d][\w-]*"
PLACEHOLDER = re.compile(rf"\{{(?P<exact>{NAME})\}}|<\|(?P<folded>{NAME})\|>")
BUILT_IN = ("DATE", "DATETIME", "TIME", "TIMEZ", "TIMEA", "TIMEU")


class PlaceholderError(ValueError):
    """Placeholders that cannot be filled in; the message says which and why."""


@value
class Placeholders:
    """What every placeholder stands for in one conversation."""

    exact: Mapping[str, str] = field(default_factory=dict)
    """The person's own, by name."""
    folded: Mapping[str, str] = field(default_factory=dict)
    """All, by name in lower case."""

    @classmethod
    def at(cls, now: datetime, own: Mapping[str, str]) -> Placeholders:
        """Return what the placeholders stand for at a moment.

        Args:
            now: the moment, with a time zone, in which all but ``<|TIMEU|>`` are told.
            own: the person's own, by name. One with the name of a built-in one replaces it; what
                it stands for may hold other placeholders.

        Raises:
            PlaceholderError: as ``check`` does.
        """
        check(own)
        folded = {name.lower(): text for name, text in _moment(now).items()}
        exact: dict[str, str] = {}
        for name in _in_order(own):
            exact[name] = folded[name.lower()] = cls(exact, folded).fill(own[name])
        return cls(exact, folded)

    def fill(self, text: str) -> str:
        """Return a text with its placeholders filled in; what is none of them stays as it is."""
        return PLACEHOLDER.sub(self._meaning, text)

    def _meaning(self, found: re.Match[str]) -> str:
        if found["exact"] is not None:
            return self.exact.get(found["exact"], found[0])
        return self.folded.get(found["folded"].lower(), found[0])


def check(own: Mapping[str, str]) -> None:
    """Check a person's own placeholders.

    Raises:
        PlaceholderError: a name is none, two differ in case alone, or one stands for itself.
    """
    seen: dict[str, str] = {}
    for name in own:
        if not re.fullmatch(NAME, name):
            raise PlaceholderError(
                f"{name!r} cannot be a placeholder's name: letters, digits, _ and - make one, and "
                "a letter or _ begins it"
            )
        if (other := seen.setdefault(name.lower(), name)) != name:
            raise PlaceholderError(f"the placeholders {other!r} and {name!r} differ in case alone")
    _in_order(own)


def _moment(now: datetime) -> dict[str, str]:
    """Return the built-in placeholders; formats are those of the JSON files of mlx-harmony."""
    return {
        "DATE": now.strftime("%Y-%m-%d"),
        "DATETIME": now.replace(tzinfo=None).isoformat(timespec="seconds"),
        "TIME": now.strftime("%H:%M:%S"),
        "TIMEZ": now.strftime("%H:%M:%S"),
        "TIMEA": f"{now:%I:%M:%S} {'AM' if now.hour < 12 else 'PM'}",
        "TIMEU": now.astimezone(UTC).strftime("%H:%M:%S UTC"),
    }


def _in_order(own: Mapping[str, str]) -> list[str]:
    """Return the names so that each comes after those that its text holds."""
    by_folded = {name.lower(): name for name in own}
    ordered: list[str] = []
    for first in own:
        # A path instead of recursion: a long chain is no reason to fail.
        path, waiting = [first], [_held(own[first], own, by_folded)]
        while path:
            name = next((each for each in waiting[-1] if each not in ordered), None)
            if name is None:
                waiting.pop()
                if (done := path.pop()) not in ordered:
                    ordered.append(done)
            elif name in path:
                chain = " -> ".join([*path[path.index(name) :], name])
                raise PlaceholderError(f"the placeholder {name!r} stands for itself: {chain}")
            else:
                path.append(name)
                waiting.append(_held(own[name], own, by_folded))
    return ordered


def _held(text: str, own: Mapping[str, str], by_folded: Mapping[str, str]) -> list[str]:
    """Return the person's own placeholders that a text holds."""
    held = []
    for found in PLACEHOLDER.finditer(text):
        if found["exact"] in own:
            held.append(found["exact"])
        elif found["folded"] is not None and found["folded"].lower() in by_folded:
            held.append(by_folded[found["folded"].lower()])
    return held
