"""The tabs in the frame of a pane, where there is no room for all panes at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from harmony_tui.arrangement import CONVERSATION, ON_DEMAND, SIDE_PANES
from harmony_tui.commands.command import show_key
from harmony_tui.commands.table import BY_NAME, PANE_COMMANDS
from harmony_tui.panes.pane import Pane

GAP = "  "
BEFORE_TITLE = 3
"""Columns of a frame before the title in it."""


class TabStrip(Widget):
    """One line: what can be shown, and with which key. A click shows it.

    Where one pane has all the room for a while, it says how to take that back.
    """

    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """The person wants to see a pane."""

        pane: str

    def __init__(self, panes: Mapping[str, Pane]) -> None:
        super().__init__()
        self._panes = panes
        self._shown = CONVERSATION
        self._on_demand: tuple[str, ...] = ()
        """Panes that are there now and are not always."""
        self._is_largest = False

    def show(self, pane: str, arranged: Collection[str], *, is_largest: bool) -> None:
        """Mark the pane that is shown, among those that the person has arranged."""
        self._shown, self._is_largest = pane, is_largest
        self._on_demand = tuple(each for each in ON_DEMAND if each in (pane, *arranged))
        self.refresh()

    @property
    def needed_width(self) -> int:
        """The columns that all tabs need."""
        return self.render().cell_length

    def render(self) -> Content:
        """Return the line."""
        labels = [label for _, label in self._labels()]
        before = ("…", "$muted") if self._covers_title else " "
        return Content.assemble(before, Content(GAP).join(labels), " ")

    @property
    def _covers_title(self) -> bool:
        """Whether the end of the title is behind the tabs, in the frame of what is shown."""
        pane = self._panes[self._shown]
        title = pane._border_title
        end = pane.region.x + BEFORE_TITLE + (title.cell_length if title else 0)
        return self.region.x < end

    def _labels(self) -> list[tuple[str, Content]]:
        if self._is_largest:
            label = Content.assemble((_key("maximise"), "$frame-focus"), (" puts back", "$muted"))
            return [(self._shown, label)]
        chat = self._label(CONVERSATION, "", "Chat")
        toggles = [(pane, PANE_COMMANDS[pane]) for pane in (*SIDE_PANES, *self._on_demand)]
        return [
            (CONVERSATION, chat),
            *((pane, self._label(pane, _key(each.name), each.label)) for pane, each in toggles),
        ]

    def _label(self, pane: str, key: str, name: str) -> Content:
        style = "$frame-focus bold" if pane == self._shown else "$muted"
        return Content.assemble((f"{key} {name}".strip(), style))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Keep the frame below from being taken hold of."""
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """Show what was clicked on."""
        event.stop()
        start = 1
        for pane, label in self._labels():
            end = start + label.cell_length
            if start <= event.x < end:
                self.post_message(self.Chosen(pane))
                return
            start = end + len(GAP)


def _key(command: str) -> str:
    """Return the key of a command as people write it, or nothing."""
    keys = BY_NAME[command].keys
    return show_key(keys[0]) if keys else ""
