"""The keys at the foot of the screen, as many as there is room for."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from harmony_tui.commands.table import PANE_COMMANDS

LEFT_OUT = (tuple(each.name for each in PANE_COMMANDS.values()), ("stop",), ("new",))
"""Commands whose keys are left out together, the first ones first: those of panes, for the tabs
that there are where the screen is narrow name them too."""
BETWEEN = 2
"""Columns behind a key."""


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key, and what it does."""

    key: str
    display: str
    description: str
    action: str
    enabled: bool

    @property
    def width(self) -> int:
        """Columns that it takes, with what is left empty behind it."""
        return cell_len(f"{self.display} {self.description}") + BETWEEN


class KeyFooter(Widget):
    """One line of keys; where it is narrow, whole ones are left out, the least needed first.

    It has no widget for a key: they change whenever the focus does, and a change is then one line
    to draw, which a dialogue that comes up at the same moment cannot leave half done.
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        """Show nothing until the screen says which keys there are."""
        super().__init__()
        self._keys: tuple[ShownKey, ...] = ()
        self._pointed: ShownKey | None = None
        """The key that the mouse is over."""

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[object]) -> None:
        first: dict[str, ShownKey] = {}
        for _, binding, enabled, _ in screen.active_bindings.values():
            if binding.show and binding.action not in first:
                display = self.app.get_key_display(binding)
                first[binding.action] = ShownKey(
                    binding.key, display, binding.description, binding.action, enabled
                )
        keys = tuple(first.values())
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    @property
    def shown(self) -> list[ShownKey]:
        """The keys that there is room for, from left to right."""
        shown = list(self._keys)
        room = self.content_size.width + BETWEEN  # the last one needs no gap
        for names in LEFT_OUT:
            if sum(key.width for key in shown) <= room:
                break
            actions = {f"app.command({name!r})" for name in names}
            shown = [key for key in shown if key.action not in actions]
        return shown

    def render(self) -> RenderResult:
        """Return the line of keys."""
        return Content.assemble(*map(self._draw, self.shown))

    def _draw(self, key: ShownKey) -> Content:
        ground = " on $block-hover-background" if key == self._pointed else ""
        dim = "" if key.enabled else " dim"
        said = "$footer-key-foreground" if ground else "$footer-description-foreground"
        return Content.assemble(
            (f"{key.display} ", f"$footer-key-foreground bold{dim}{ground}"),
            (key.description, f"{said}{dim}{ground}"),
            " " * BETWEEN,
        )

    def _key_at(self, event: events.MouseEvent) -> ShownKey | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        end = 0
        for key in self.shown:
            end += key.width
            if offset.x < end - BETWEEN:
                return key if offset.x >= end - key.width else None
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark the key that the mouse is over."""
        self._point(self._key_at(event))

    def on_leave(self) -> None:
        """Mark no key any more."""
        self._point(None)

    def _point(self, key: ShownKey | None) -> None:
        if key != self._pointed:
            self._pointed = key
            self.styles.pointer = "default" if key is None else "pointer"
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Do what the key does."""
        if (key := self._key_at(event)) is None:
            return
        if key.enabled:
            self.app.simulate_key(key.key)
        else:
            self.app.bell()
