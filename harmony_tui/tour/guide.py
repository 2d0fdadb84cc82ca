"""The card that says what to try next. It takes no focus and no key of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from harmony_tui.tour.steps import STEPS, Step, fill

ROOMY = Size(76, 24)
"""The least terminal in which a step's whole text is shown."""
ALREADY = "That is so already."


Moment = Literal["rest", "draft", "answer"]
"""Whether the prompt box is empty, holds a draft, or an answer is under way."""


class Card(NamedTuple):
    """What is shown: a step, whether what it waits for is done, and in how much room."""

    step: Step
    place: int
    is_done: bool
    is_brief: bool
    moment: Moment
    enter: str
    """The key that sends, as people write it."""


class Guide(Widget):
    """Shows a card: in its frame which step this is and what can be done."""

    ALLOW_SELECT = False

    def __init__(self, card: Card, note_layout: Callable[[], None]) -> None:
        """``note_layout`` is called when something on the screen has another place or size."""
        super().__init__()
        self._note_layout = note_layout
        self.show(card)

    def on_mount(self) -> None:
        """Tell of the layout from now on."""
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._note_layout())

    def on_unmount(self) -> None:
        """Tell of it no more."""
        self.screen.screen_layout_refresh_signal.unsubscribe(self)

    def show(self, card: Card) -> None:
        """Show a card."""
        self._card = card
        self.border_title = Content(f"Tour {card.place + 1}/{len(STEPS)} · {card.step.title}")
        self.border_subtitle = Content("  ").join(
            Content.styled(text, Style.from_meta({"@click": action})) for text, action in keys(card)
        )
        self.refresh(layout=True)

    def render(self) -> Content:
        """Return the step's text, and below it what to do or what to see."""
        return describe(self._card)


def describe(card: Card) -> Content:
    """Return the text of a card."""
    step = card.step
    text = mark_up(fill(step.brief if card.is_brief else step.text))
    if not step.task:
        return text
    if not card.is_done:
        return Content.assemble(text, "\n", ("▸ ", "$notice"), mark_up(fill(step.task)))
    done = Content.assemble(("✓ ", "$tool-done"), mark_up(fill(step.look or ALREADY)))
    return done if card.is_brief else Content.assemble(text, "\n", done)


def mark_up(text: str) -> Content:
    """Return a text in which what stands in backticks stands out."""
    pieces = text.split("`")
    return Content.assemble(
        *(
            (piece, "$frame-focus bold" if odd % 2 else "$foreground")
            for odd, piece in enumerate(pieces)
        )
    )


def keys(card: Card) -> list[tuple[str, str]]:
    """Return what keys do at the moment, and the actions of a click on each."""
    if card.moment == "answer":
        return [("Esc stops", "app.command('stop')")]
    if card.moment == "draft":
        send = (f"{card.enter} sends", "app.command('send')")
        return [send, ("Esc ends the tour", "app.command('tour', 'end')")]
    hints = []
    is_last = card.place == len(STEPS) - 1
    if card.is_done:
        hints.append((f"{card.enter} {'ends' if is_last else 'goes on'}", "app.tour('act')"))
    elif card.step.offer:
        hints.append((f"{card.enter} types it", "app.tour('act')"))
    if not card.is_done:
        hints.append(("→ skips", "app.command('tour', 'next')"))
    if card.place:
        hints.append(("← back", "app.command('tour', 'back')"))
    if not is_last:
        hints.append(("Esc ends", "app.command('tour', 'end')"))
    return hints
