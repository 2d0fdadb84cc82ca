"""The part of the chat screen that the panes share: it places them and lets borders be moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.css.types import PointerShape
from textual.geometry import NULL_OFFSET, NULL_SPACING, Offset, Region, Size
from textual.layout import ArrangeResult, WidgetPlacement
from textual.layout import Layout as TextualLayout
from textual.message import Message
from textual.widget import Widget

from harmony_tui.arrangement import CONVERSATION, LAYOUTS, Arrangement, Layout
from harmony_tui.panes.pane import Pane
from harmony_tui.panes.placing import TALL, Axis, Border, Placing, place, visible_panes
from harmony_tui.panes.tabs import TabStrip

POINTERS: Mapping[Axis, PointerShape] = {"x": "ew-resize", "y": "ns-resize"}


class PaneArea(Widget):
    """The panes, where the arrangement and the room that there is put them.

    ``front`` is the side pane that is shown where the panes are tabs; ``largest`` is a pane that
    has all the room for a while. Neither is part of the arrangement.
    """

    class Rearranged(Message):
        """The person has arranged the panes in another way."""

    def __init__(self, panes: Mapping[str, Pane], arrangement: Arrangement) -> None:
        super().__init__()
        self.panes = panes
        self.tabs = TabStrip(panes)
        self.arrangement = arrangement
        self.front: str | None = None
        self.largest: str | None = None
        self._layout = _PaneLayout(self)
        self._held: tuple[Border, Offset] | None = None
        """The border that the mouse holds, and where it was taken."""
        self._was_dragged = False

    def compose(self) -> ComposeResult:
        """The area holds the panes, and tabs for where they cannot all be seen."""
        yield from self.panes.values()
        yield self.tabs

    @property
    def layout(self) -> TextualLayout:
        """Place the panes by the arrangement, not by a style."""
        return self._layout

    @property
    def placing(self) -> Placing:
        """Where the panes stand now."""
        return self.place(self.size)

    def place(self, size: Size) -> Placing:
        """Return where the panes stand in a room of a size."""
        return place(size, self.arrangement, self.front, self.largest)

    def place_tabs(self, placing: Placing) -> Region | None:
        """Return where the tabs stand, in the frame of what is shown, if there are any."""
        if self.largest is None and placing.layout != "chat":
            return None
        frame = placing.regions[self._shown]
        width = min(self.tabs.needed_width, max(0, frame.width - 4))
        return Region(frame.right - width - 2, frame.y, width, 1)

    @property
    def _shown(self) -> str:
        """The pane that the tabs belong to."""
        return self.largest or self.front or CONVERSATION

    def on_resize(self) -> None:
        """Show what there is room for now."""
        self._let_go()
        self._show()

    def _show(self) -> None:
        """Place the panes, and hide those without a place, so that they take no focus."""
        placing = self.placing
        self.tabs.show(self._shown, self.arrangement.panes, is_largest=self.largest is not None)
        self.set_class(self.largest is None and placing.layout == "chat", "-tabbed")
        regions = placing.regions
        for name, pane in self.panes.items():
            pane.display = name in regions
        self.panes[CONVERSATION].refresh(layout=True)

    def _rearrange(self, arrangement: Arrangement) -> None:
        self.arrangement = arrangement
        self._show()
        self.post_message(self.Rearranged())

    # --- what a person can do ------------------------------------------------------------------

    def toggle(self, name: str) -> None:
        """Show or hide a side pane; where the panes are tabs, bring it to the front or back."""
        was_largest, self.largest = self.largest, None
        is_hidden = name not in self.arrangement.panes
        if was_largest == name:
            self._show()
        elif self.placing.layout == "chat":
            self.front = None if self.front == name and was_largest is None else name
            self._show()
        else:
            is_shown = is_hidden or was_largest is not None
            self._rearrange(self.arrangement.with_pane(name, is_shown=is_shown))

    def bring_to_front(self, name: str) -> None:
        """Show a pane where the panes are tabs; the conversation comes without another."""
        self.largest = None
        self.front = None if name == CONVERSATION else name
        self._show()

    def maximise(self, name: str) -> None:
        """Give a pane all the room, or take it back if one has it."""
        self.largest = name if self.largest is None else None
        self._show()

    def step_back(self) -> bool:
        """Take all the room back from a pane that has it; return whether one had."""
        if self.largest is not None:
            self.largest = None
        elif self.front is not None and self.placing.is_alone:
            self.front = None
        else:
            return False
        self._show()
        return True

    def use_layout(self, layout: Layout) -> Layout:
        """Choose a layout; return the one that there is room for."""
        self.front = self.largest = None
        self.arrangement = replace(self.arrangement, layout=layout)
        found = self.placing.layout
        if layout == "below" and found == "chat" and self.size.height >= TALL:
            self.front = next(iter(visible_panes(self.arrangement)), None)
        self._rearrange(self.arrangement)
        return found

    def next_layout(self) -> Layout | None:
        """Return the next layout that there is room for; None where there is no other."""
        now = LAYOUTS.index(self.placing.layout)
        for layout in (*LAYOUTS[now + 1 :], *LAYOUTS[:now]):
            if place(self.size, replace(self.arrangement, layout=layout)).layout == layout:
                return layout
        return None

    def reset(self) -> None:
        """Arrange the panes as the program does by itself."""
        self.front = self.largest = None
        self._rearrange(Arrangement())

    def move_border(self, pane: str, axis: Axis, cells: int) -> bool:
        """Move the border beside a pane along an axis; return whether there is one."""
        border = self.placing.border_of(pane, axis)
        if border is None:
            return False
        self._move(border, cells)
        self.post_message(self.Rearranged())
        return True

    def _move(self, border: Border, cells: int) -> None:
        layout, sizes = self.placing.layout, border.moved(cells)
        self.arrangement = self.arrangement.with_sizes(layout, sizes)
        self._show()

    # --- the mouse -----------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a border."""
        self._was_dragged = False
        place = event.screen_offset - self.region.offset
        border = self.placing.border_at(place) if event.button == 1 else None
        if border is not None:
            self._held = border, place
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the border that is held; else have the pointer show where there is one."""
        place = event.screen_offset - self.region.offset
        if self._held is None:
            under = self.placing.border_at(place)
            self.styles.pointer = "default" if under is None else POINTERS[under.axis]
            return
        border, start = self._held
        cells = place.x - start.x if border.axis == "x" else place.y - start.y
        if cells or self._was_dragged:
            self._was_dragged = True
            self.add_class("-dragged")
            self._move(border, cells)

    def on_mouse_up(self) -> None:
        """Let go of the border."""
        if self._held is not None and self._was_dragged:
            self.post_message(self.Rearranged())
        self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            self._held = None
            self.remove_class("-dragged")
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A click on a pane's frame focuses it; two give it all the room, or take it back."""
        name = self.placing.frame_at(event.screen_offset - self.region.offset)
        if name is not None and not self._was_dragged:
            if event.chain == 2:
                self.maximise(name)
            self.panes[name].focus_content()


class _PaneLayout(TextualLayout):
    """Gives each pane its cells."""

    name = "panes"

    def __init__(self, area: PaneArea) -> None:
        self._area = area

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Return where the children stand; those that are not shown stand nowhere."""
        placing, tabs = self._area.place(size), self._area.tabs
        regions: dict[Widget, Region | None] = {
            pane: placing.regions.get(name) for name, pane in self._area.panes.items()
        }
        regions[tabs] = self._area.place_tabs(placing)
        return [
            # The tabs are drawn over a frame.
            WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child, order=int(child is tabs))
            for child in children
            if (region := regions.get(child)) is not None
        ]
