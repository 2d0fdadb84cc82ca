"""The text area of the prompt box."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, Selection

from harmony_tui.prompt.attachments import CLOSING, MENTION
from harmony_tui.prompt.draft import (
    CONTROL,
    Draft,
    clean,
    fold,
    is_large,
    lines_with_placeholders,
    marks_in,
)
from harmony_tui.prompt.vim_text import PromptText

if TYPE_CHECKING:
    from harmony_tui.prompt.vim import Vim

PLACEHOLDER = "Ask something, or type / for the commands"


class PromptArea(TextArea):
    """A text area that grows with its text and lets its owner take keys first.

    A key acts before the next one comes, also where it is Textual that has a binding for it: see
    ``key_order``.

    A large paste is folded into a mark, which moves, stands and goes as one character does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+b", "cursor_word_left", show=False),
        Binding("alt+f", "cursor_word_right", show=False),
        Binding("alt+d,ctrl+delete", "delete_word_right", show=False),
        # Terminals send the first for Ctrl+/ too. Ctrl+Z may be the program's.
        Binding("ctrl+underscore,ctrl+slash,alt+z", "undo", show=False),
        Binding("ctrl+home", "cursor_start", show=False),
        Binding("ctrl+end", "cursor_end", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"prompt-area--mark"}

    class Folded(Message):
        """A large paste was folded."""

    class ModeChanged(Message):
        """Vim's mode, or the command that is being typed in it, is another one."""

        def __init__(self, mode: str) -> None:
            """``mode`` is how it is shown; empty without Vim's keys."""
            super().__init__()
            self.mode = mode

    def __init__(
        self, take_key: Callable[[str], bool], uses_vim_keys: Callable[[], bool] = lambda: False
    ) -> None:
        """Make an area.

        Args:
            take_key: is given the name of every key, and says whether it has acted on it.
            uses_vim_keys: says whether the text is edited with Vim's keys.
        """
        # The first line is asked for while the widget is made.
        self.pastes: dict[str, str] = {}
        """What the marks stand for."""
        self._verbatim: frozenset[str] = frozenset()
        """Lines that were not typed and hold what could be a placeholder."""
        self._files: frozenset[str] = frozenset()
        self.undone_at = -math.inf
        """When something was undone here last, in seconds of ``time.monotonic``."""
        super().__init__(
            placeholder=PLACEHOLDER,
            compact=True,
            highlight_cursor_line=False,
        )
        self._take_key = take_key
        self._uses_vim_keys = uses_vim_keys
        self._vim_text = PromptText(self)
        self._mode = ""

    def on_mount(self) -> None:
        """Show the mode, if there are modes."""
        self._show_mode()

    @cached_property
    def _vim(self) -> Vim:
        # It takes a while to import, and few edit with its keys.
        from harmony_tui.prompt.vim import Vim

        return Vim()

    # --- the draft -----------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """What stands here."""
        return self.drafted(self.text).trimmed()

    def drafted(self, text: str) -> Draft:
        """Return a text as a draft with all that is known of what stood here."""
        return Draft(text, self.pastes, self._verbatim)

    def put(self, draft: Draft, cursor: int | None = None) -> None:
        """Put another draft here, which can be undone.

        Args:
            draft: the draft.
            cursor: before which of its characters the cursor comes; at its end if None.
        """
        if any(self.pastes.get(mark, text) != text for mark, text in draft.pastes.items()):
            self.empty()  # what could be undone has another paste under the same mark
        self.pastes.update(draft.pastes)
        self._verbatim |= frozenset(map(clean, draft.verbatim))
        self._verbatim |= lines_with_placeholders(draft.pastes.values())
        self.replace(draft.text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        lines = clean(draft.text[:cursor]).split("\n")
        self.move_cursor((len(lines) - 1, len(lines[-1])))

    def undo(self) -> None:
        """Undo what was done last, if anything was."""
        self.undone_at = time.monotonic()
        super().undo()

    def empty(self) -> None:
        """Begin a draft of which nothing can be undone."""
        self.load_text("")
        self.pastes.clear()
        self._verbatim = frozenset()
        self._vim.begin()
        self._show_mode()

    @property
    def cursor_offset(self) -> int:
        """How many characters stand before the cursor."""
        return len(self.get_text_range((0, 0), self.cursor_location))

    @property
    def is_in_first_row(self) -> bool:
        """Whether nothing stands above the cursor."""
        return self.navigator.is_first_wrapped_line(self.cursor_location)

    @property
    def is_in_last_row(self) -> bool:
        """Whether nothing stands below the cursor."""
        return self.navigator.is_last_wrapped_line(self.cursor_location)

    # --- keys and pastes -----------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Offer a key to the owner before the text gets it."""
        if self._acts_on(event):
            event.stop()
            event.prevent_default()
        elif event.key.startswith("alt+") and event.key in self.app.active_bindings:
            event.prevent_default()  # some terminals send the character too, which is not meant
        self._show_mode()

    def _acts_on(self, event: events.Key) -> bool:
        if not self._uses_vim_keys():
            return self._take_key(event.key) or self._insert_unprintable(event)
        character = event.character
        key = character if character and event.is_printable else event.key
        if self._is_escape_and_more(event):
            self._vim.take("escape", self._vim_text)
        # What is typed belongs to the text, and commands of the normal mode to Vim.
        if self._vim.mode != "insert":
            return self._vim.take(key, self._vim_text) or self._take_key(event.key)
        return (
            self._take_key(event.key)
            or self._vim.take(key, self._vim_text)
            or self._insert_unprintable(event)
        )

    def _is_escape_and_more(self, event: events.Key) -> bool:
        """Whether a terminal may mean Escape and a character by what it sends for Alt with it."""
        if not (event.key.startswith("alt+") and event.character and event.is_printable):
            return False
        bound = self.app.active_bindings.get(event.key)
        return bound is None or bound.node is self

    def _show_mode(self) -> None:
        mode = ""
        if self._uses_vim_keys():
            mode = f"{self._vim.mode.upper()} {self._vim.begun}".strip()
        if mode != self._mode:
            self._mode = mode
            self.post_message(self.ModeChanged(mode))

    def _insert_unprintable(self, event: events.Key) -> bool:
        """Insert what Textual takes for no text: wide spaces, and what joins emoji and letters."""
        typed = event.character
        if typed is None or event.is_printable or CONTROL.search(typed) or typed in "\n\t":
            return False
        self.replace(typed, *self.selection, maintain_selection_offset=False)
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted, or a mark for it where it is large."""
        event.stop()
        event.prevent_default()
        self.paste(event.text)

    def action_paste(self) -> None:
        """Paste what was copied here."""
        self.paste(self.app.clipboard)

    def action_cursor_start(self) -> None:
        """Move to the beginning of the draft."""
        self.move_cursor((0, 0))

    def action_cursor_end(self) -> None:
        """Move to the end of the draft."""
        self.move_cursor(self.document.end)

    def paste(self, pasted: str) -> None:
        """Insert a text, or a mark for it where it is large."""
        text = clean(pasted)
        self._verbatim |= lines_with_placeholders([text])
        if is_large(text):
            text = fold(text, self.pastes)
            self.post_message(self.Folded())
        if text:
            self._vim.note(self._vim_text)
            result = self.replace(text, *self.selection, maintain_selection_offset=False)
            self.move_cursor(result.end_location)
            self.history.checkpoint()

    # --- marks ---------------------------------------------------------------------------------

    def unfold_here(self) -> bool:
        """Put the paste whose mark the cursor stands on in its place; return whether it did."""
        row, column = self.cursor_location
        for start, end in self._marks(row):
            if start <= column < end and self.selection.is_empty:
                text = self.pastes[self.document[row][start:end]]
                self.replace(text, (row, start), (row, end), maintain_selection_offset=False)
                self.history.checkpoint()
                return True
        return False

    def load_text(self, text: str) -> None:
        """Have another text stand here, of which nothing can be undone."""
        super().load_text(clean(text))

    def edit(self, edit: Edit) -> EditResult:
        """Change the text, a mark as a whole or not at all.

        All that comes to stand here comes this way, or as a whole: what the terminal would act on
        is left out.
        """
        edit.text = clean(edit.text)
        start, end = sorted((edit.from_location, edit.to_location))
        around = (self._edge(start, before=True), self._edge(end, before=False))
        if around != (start, end):
            edit.from_location, edit.to_location = around
        return super().edit(edit)

    def validate_selection(self, selection: Selection) -> Selection:
        """Keep the cursor in the text, and out of the marks."""
        start, end = (self.clamp_visitable(place) for place in selection)
        if start == end:
            edge = self._edge(end, before=end < self.selection.end)
            return Selection.cursor(edge)
        is_forward = start < end
        return Selection(
            self._edge(start, before=is_forward),
            # A selection shrinks over a mark as it grows over it: at once.
            self._edge(end, before=end < self.selection.end),
        )

    def _edge(self, location: Location, *, before: bool) -> Location:
        """Return the edge of the mark that a place is inside of, else the place."""
        row, column = location
        for start, end in self._marks(row):
            if start < column < end:
                return row, start if before else end
        return location

    def _marks(self, row: int) -> list[tuple[int, int]]:
        if not self.pastes or not 0 <= row < self.document.line_count:
            return []
        return list(marks_in(self.document[row], self.pastes))

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor.

        Where several lines are undone, Textual has the scrollbar go before the cursor has left
        the lines that are no more; it scrolls again when the cursor has moved.
        """
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()
        return super().scroll_cursor_visible(center, animate)

    def show_files(self, names: Iterable[str]) -> None:
        """Have the files that are sent with the draft stand out where they are mentioned."""
        if self._files != (files := frozenset(names)):
            self._files = files
            self.notify_style_update()  # forgets the lines as they were drawn
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Return a line in which marks and mentioned files stand out."""
        line = super().get_line(line_index)
        spans = [
            found.span()
            for found in MENTION.finditer(line.plain)
            if (name := found["quoted"] or found["plain"]) in self._files
            or name.rstrip(CLOSING) in self._files
        ]
        if spans := [*spans, *self._marks(line_index)]:
            style = self.get_component_rich_style("prompt-area--mark", partial=True)
            for start, end in spans:
                line.stylize(style, start, end)
        return line
