"""Vim's keys for a short text: normal, insert and visual mode, without any of the screen.

What Vim's manual says of a motion or an operator holds here, in ``:help motion.txt``,
``change.txt`` and ``insert.txt``; there is one register, and no ``:`` commands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from harmony_tui.prompt.vim_motions import (
    Range,
    Target,
    find_in_line,
    first_nonblank,
    go,
    last_place,
    line_end,
    line_start,
    span,
    widen,
)

Mode = Literal["insert", "normal", "visual"]

MOTION = r"gg|[hjklwWbBeE0^$G;,]|[fFtT](?s:.)"
COUNT = r"(?:(?P<count>[1-9][0-9]*)(?![0-9]))?"
IN_NORMAL = re.compile(
    rf"{COUNT}(?:(?P<operator>[dcy])(?:(?P<times>[1-9][0-9]*)(?![0-9]))?(?:(?P<over>{MOTION})|(?P=operator))"
    rf"|(?P<motion>{MOTION})|(?P<action>r(?s:.)|[xXsSDCYpPiaIAoOuvJ~.]))"
)
IN_VISUAL = re.compile(rf"{COUNT}(?:(?P<motion>{MOTION})|(?P<action>r(?s:.)|[dxcsypPJ~vo]))")
BEGUN_IN_NORMAL = re.compile(r"(?:[1-9][0-9]*)?(?:[dcy](?:[1-9][0-9]*)?)?[gfFtTr]?")
BEGUN_IN_VISUAL = re.compile(r"(?:[1-9][0-9]*)?[gfFtTr]?")
SAME = {
    "left": "h",
    "right": "l",
    "home": "0",
    "end": "$",
    "space": "l",
    " ": "l",
    "backspace": "h",
    "delete": "x",
}
"""Keys that do in normal and visual mode what another one does."""
IN_VISUAL_TOO = {"up": "k", "down": "j"}
LONGER = {"D": ("d", "$"), "C": ("c", "$"), "S": ("c", ""), "Y": ("y", ""), "s": ("c", "l")}
"""Actions that are an operator and a motion; no motion is the line."""
INSERTED = {"i": "", "a": "", "I": "", "A": "", "o": "\n", "O": "\n"}
"""Actions whose count says how often what is typed stands there, and what stands between."""
DELETED = {"x": ("d", "l"), "X": ("d", "h")}
MOST_REMEMBERED = 100
"""So many states of a text can be gone back to."""
MOST_TIMES = 10_000
"""No count is larger than this."""


class Text(Protocol):
    """The text that is worked on; places in it are numbers of characters before them."""

    @property
    def text(self) -> str:
        """What stands there."""

    @property
    def cursor(self) -> int:
        """Where the cursor is."""

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of what stands between two places."""

    def place(self, cursor: int) -> None:
        """Put the cursor somewhere and mark nothing."""

    def mark(self, start: int, end: int) -> None:
        """Mark what stands between two places; the cursor comes to the second."""


@dataclass(frozen=True, slots=True)
class Register:
    """What was deleted or yanked last, and whether it is whole lines."""

    text: str = ""
    is_lines: bool = False


@dataclass(slots=True)
class Change:
    """A command that changed the text, as ``.`` does it again."""

    said: Mapping[str, str | None]
    """What its keys said, by the names of ``IN_NORMAL`` or ``IN_VISUAL``."""
    count: int | None
    lines: int | None
    """How many lines further down a selection ended; None where there was none."""
    column: int
    """How many characters of its last line a selection had."""
    typed: str = ""
    """What was typed after it in insert mode."""


class Vim:
    """Takes keys, changes a text, and knows which mode it is in."""

    def __init__(self) -> None:
        self.mode: Mode = "insert"
        self.begun = ""
        """The keys of a command that is not whole yet."""
        self._register = Register()
        self._found: tuple[str, str] | None = None
        """The last of f, F, t and T, and the character that it looked for."""
        self._column: int | None = None
        """The column that j and k keep to; -1 is the end of a line."""
        self._anchor = self._head = 0
        """Where a visual selection begins and where its cursor is, both in it."""
        self._marked = -1
        """Where the text's cursor is as long as nobody else has moved it."""
        self._before: list[tuple[str, int]] = []
        self._after: list[tuple[str, int]] = []
        self._is_noted = False
        """Whether what stood there before this insertion is among what can be gone back to."""
        self._last: Change | None = None
        self._opened: tuple[str, int] | None = None
        """The text and the cursor where a command began to insert; None where nothing did."""

    def begin(self) -> None:
        """Begin a new text, in insert mode; nothing of the one before can be gone back to."""
        self._before.clear()
        self._after.clear()
        self._enter("insert")

    def take(self, key: str, text: Text) -> bool:
        """Act on a key.

        Args:
            key: the character that it types, or its name, such as ``escape`` or ``ctrl+r``.
            text: what is worked on.

        Returns:
            Whether the key meant something; else it is the text's own, or the program's.
        """
        if self.mode == "insert":
            return self._insert(key, text)
        if self.mode == "visual" and text.cursor != self._marked:
            self._enter("normal")  # the mouse, or another key, has moved on
        if key == "escape":
            return self._leave(text)
        if key == "ctrl+r" and self.mode == "normal":
            self._go_back(text, self._after, self._before, 1)
            return True
        if key == "enter" and self.begun.endswith("r"):
            key = "\n"
        if not self.begun.endswith(("f", "F", "t", "T", "r")):
            key = SAME.get(key, key)
            if self.mode == "visual":
                key = IN_VISUAL_TOO.get(key, key)
        if len(key) != 1:
            self.begun = ""
            return False
        self._read(self.begun + key, text)
        return True

    # --- modes ---------------------------------------------------------------------------------

    def _insert(self, key: str, text: Text) -> bool:
        if key == "escape":
            self._end_insert(text)
            return True
        self.note(text)
        return False

    def _end_insert(self, text: Text) -> None:
        """Go back to normal mode; what was typed is typed as often as was said before it."""
        last = self._last
        if self._opened is not None and last is not None:
            written, (before, at) = text.text, self._opened
            head, tail = before[:at], before[at:]
            is_whole = written.startswith(head) and written[at:].endswith(tail)
            last.typed = written[at : len(written) - len(tail)] if is_whole else ""
            between = INSERTED.get(last.said["action"] or "")
            if last.typed and last.count and between is not None:
                self._type(text, (between + last.typed) * (last.count - 1))
        at = text.cursor
        text.place(max(line_start(text.text, at), at - 1))
        self._enter("normal")

    def _type(self, text: Text, typed: str) -> None:
        at = text.cursor
        text.replace(at, at, typed)
        text.place(at + len(typed))

    def _leave(self, text: Text) -> bool:
        """Leave a command that is begun, or a selection; return whether there was one."""
        if self.begun:
            self.begun = ""
            return True
        if self.mode == "visual":
            self._enter("normal")
            self._move(text, self._head)
            return True
        return False

    def _enter(self, mode: Mode) -> None:
        self.mode, self.begun, self._column = mode, "", None
        self._is_noted = False
        self._opened = None

    def _begin_insert(self, text: Text, at: int, *, is_noted: bool = False) -> None:
        if not is_noted:
            self.note(text)
        text.place(at)
        self._enter("insert")
        self._is_noted, self._opened = True, (text.text, text.cursor)

    # --- what can be gone back to --------------------------------------------------------------

    def note(self, text: Text) -> None:
        """Remember what stands there, before it is changed; once for each insertion."""
        if not self._is_noted:
            if not self._before or self._before[-1][0] != text.text:
                self._before.append((text.text, text.cursor))
                del self._before[:-MOST_REMEMBERED]
            self._after.clear()
        self._is_noted = self.mode == "insert"

    def _go_back(
        self, text: Text, to: list[tuple[str, int]], left: list[tuple[str, int]], times: int
    ) -> None:
        for _ in range(times):
            while to and to[-1][0] == text.text:
                to.pop()
            if not to:
                return
            left.append((text.text, text.cursor))
            before, at = to.pop()
            text.replace(0, len(text.text), before)
            self._move(text, at)

    # --- commands ------------------------------------------------------------------------------

    def _read(self, keys: str, text: Text) -> None:
        """Do what keys say; wait for more of them where they are the beginning of something."""
        is_visual = self.mode == "visual"
        found = (IN_VISUAL if is_visual else IN_NORMAL).fullmatch(keys)
        begun = BEGUN_IN_VISUAL if is_visual else BEGUN_IN_NORMAL
        self.begun = keys if found is None and begun.fullmatch(keys) else ""
        if found is None:
            return
        said = found.groupdict()
        count = min(int(said["count"]), MOST_TIMES) if said["count"] else None
        if said["motion"]:
            self._go(text, said["motion"], count)
        elif said["action"] == ".":
            self._repeat(text, count)
        else:
            times = said.get("times")
            if times:
                count = min((count or 1) * int(times), MOST_TIMES)
            self._change_by(text, self._note_change(text, said, count), is_visual=is_visual)

    def _note_change(self, text: Text, said: Mapping[str, str | None], count: int | None) -> Change:
        """Return a command, and how large the selection is that it acts on, if there is one."""
        if self.mode != "visual":
            return Change(said, count, None, 0)
        written, (start, last) = text.text, sorted((self._anchor, self._head))
        lines = written.count("\n", start, last)
        return Change(said, count, lines, last + 1 - max(start, line_start(written, last)))

    def _change_by(self, text: Text, change: Change, *, is_visual: bool) -> None:
        """Do what a command says; ``.`` does it again if it changed something."""
        before, action = text.text, change.said["action"] or ""
        if is_visual:
            self._act_on_selection(text, action, change.count)
        elif operator := change.said["operator"]:
            self._operate(text, operator, change.said["over"] or "", change.count)
        else:
            self._act(text, action, change.count)
        if action != "u" and (text.text != before or self._opened is not None):
            self._last = change

    def _repeat(self, text: Text, count: int | None) -> None:
        """Do the last change again, here."""
        last = self._last
        if last is None:
            return
        last.count = count or last.count
        is_visual = last.lines is not None
        if last.lines is not None:
            self._anchor = at = self._at(text)
            line = go(text.text, at, "j", last.lines, 0) if last.lines else None
            start = line.place if line else at
            self._head = min(start + last.column - 1, line_end(text.text, start))
        self._change_by(text, last, is_visual=is_visual)
        if self._opened is not None:
            self._type(text, last.typed)
            self._end_insert(text)

    def _act(self, text: Text, action: str, count: int | None) -> None:
        written, at = text.text, self._at(text)
        self._column = None
        match action:
            case "v":
                self._anchor = self._head = at
                self._enter("visual")
                self._show_selection(text)
            case "u":
                self._go_back(text, self._before, self._after, count or 1)
            case "i" | "a" | "I" | "A":
                places = {
                    "i": at,
                    "a": min(at + 1, line_end(written, at)),
                    "I": first_nonblank(written, at),
                    "A": line_end(written, at),
                }
                self._begin_insert(text, places[action])
            case "o" | "O":
                place = line_end(written, at) if action == "o" else line_start(written, at)
                self._change(text, place, place, "\n")
                self._begin_insert(text, place + (action == "o"), is_noted=True)
            case "p" | "P":
                self._put(text, at, is_before=action == "P", count=count or 1)
            case "J":
                self._join(text, at, max(count or 2, 2) - 1)
            case "~":
                end = min(at + (count or 1), line_end(written, at))
                self._change(text, at, end, written[at:end].swapcase())
                self._move(text, end)
            case _ if action in LONGER or action in DELETED:
                operator, over = {**LONGER, **DELETED}[action]
                self._operate(text, operator, over, count)
            case _:
                end = at + (count or 1)
                if end <= line_end(written, at):
                    self._change(text, at, end, action[1] * (end - at))
                    self._move(text, end if action[1] == "\n" else end - 1)

    def _go(self, text: Text, motion: str, count: int | None) -> None:
        target = self._target(text.text, self._at(text), motion, count)
        if target is None:
            return
        keeps, column = motion in ("j", "k"), self._column
        if self.mode == "visual":
            self._head = target.place
            self._show_selection(text)
        else:
            self._move(text, target.place)
        self._column = column if keeps else -1 if motion == "$" else None

    def _target(self, written: str, at: int, motion: str, count: int | None) -> Target | None:
        """Return where a motion leads; None where it leads nowhere."""
        if motion[0] in "fFtT":
            self._found = motion[0], motion[1]
            return find_in_line(written, at, *self._found, count or 1)
        if motion in (";", ","):
            if self._found is None:
                return None
            kind, character = self._found
            kind = kind if motion == ";" else kind.swapcase()
            return find_in_line(written, at, kind, character, count or 1, is_again=True)
        if motion in ("j", "k") and self._column is None:
            self._column = at - line_start(written, at)
        return go(written, at, motion, count, self._column)

    def _operate(self, text: Text, operator: str, over: str, count: int | None) -> None:
        written, at = text.text, self._at(text)
        if over:
            target = self._target(written, at, over, count)
            self._column = None
            if target is None:
                if operator == "c" and over in "hl":  # there is nothing to delete
                    self._begin_insert(text, at)
                return
            range_ = span(written, at, target, over, count, is_change=operator == "c")
            if operator == "d" and not range_.is_lines:
                range_ = widen(written, range_)
        else:
            target = Target(at, is_lines=True)
            if count is not None and count > 1:
                target = go(written, at, "j", count - 1, None)
                if target is None:
                    return
            range_ = span(written, at, target, "j", None, is_change=False)
        self._apply(text, operator, range_, min(at, target.place))

    def _apply(self, text: Text, operator: str, range_: Range, left_at: int) -> None:
        """Delete, change or yank a part of the text; yanking leaves the cursor at a place."""
        written, (start, end) = text.text, (range_.start, range_.end)
        if start == end and not range_.is_lines and operator != "c":
            return
        self._register = Register(written[start:end], range_.is_lines)
        match operator:
            case "y":
                self._move(text, left_at)
            case "c":
                self._change(text, start, end, "")
                self._begin_insert(text, start, is_noted=start != end)
            case _ if range_.is_lines:
                is_last = end == len(written)
                left = start - 1 if is_last and start else start
                self._change(text, left, end if is_last else end + 1, "")
                self._move(text, first_nonblank(text.text, min(start, len(text.text))))
            case _:
                self._change(text, start, end, "")
                self._move(text, start)

    def _put(self, text: Text, at: int, *, is_before: bool, count: int) -> None:
        written, put = text.text, self._register.text
        if not put and not self._register.is_lines:
            return
        if self._register.is_lines:
            lines = "\n".join([put] * count)
            place = line_start(written, at) if is_before else line_end(written, at)
            self._change(text, place, place, f"{lines}\n" if is_before else f"\n{lines}")
            self._move(text, first_nonblank(text.text, place if is_before else place + 1))
            return
        place = at if is_before else min(at + 1, line_end(written, at))
        self._change(text, place, place, put * count)
        self._move(text, place if "\n" in put else place + len(put) * count - 1)

    def _join(self, text: Text, at: int, times: int) -> None:
        written, first = text.text, line_start(text.text, at)
        end = start = line_end(written, at)
        line, place = written[first:start], at
        for _ in range(times):
            if end == len(written):
                break
            stop = line_end(written, end + 1)
            added = written[end + 1 : stop].lstrip(" \t")
            has_gap = line and line[-1] not in " \t" and added and added[0] != ")"
            place = first + len(line)
            line += f" {added}" if has_gap else added
            end = stop
        if end > start:
            self._change(text, first, end, line)
            self._move(text, place)

    # --- the selection -------------------------------------------------------------------------

    def _act_on_selection(self, text: Text, action: str, count: int | None) -> None:
        written = text.text
        start, last = sorted((self._anchor, self._head))
        end = min(last + 1, len(written))
        match action:
            case "o":
                self._anchor, self._head = self._head, self._anchor
                self._show_selection(text)
                return
            case "v":
                self._leave(text)
                return
        self._enter("normal")
        text.place(start)
        match action:
            case "d" | "x" | "c" | "s" | "y":
                operator = {"x": "d", "s": "c"}.get(action, action)
                self._apply(text, operator, Range(start, end), start)
            case "p" | "P":
                put = self._register
                self._register = Register(written[start:end])
                between = f"\n{put.text}\n" if put.is_lines else put.text * (count or 1)
                self._change(text, start, end, between)
                last = start if "\n" in between else start + max(len(between) - 1, 0)
                self._move(text, first_nonblank(text.text, start + 1) if put.is_lines else last)
            case "J":
                self._join(text, start, max(written.count("\n", start, last), 1))
            case "~":
                self._change(text, start, end, written[start:end].swapcase())
                self._move(text, start)
            case _:
                changed = re.sub(r"[^\n]", lambda _: action[1], written[start:end])
                self._change(text, start, end, changed)
                self._move(text, start)

    def _show_selection(self, text: Text) -> None:
        after = min(max(self._anchor, self._head) + 1, len(text.text))
        if self._head >= self._anchor:
            text.mark(self._anchor, after)
        else:
            text.mark(after, self._head)
        self._marked = text.cursor

    # --- the text ------------------------------------------------------------------------------

    def _at(self, text: Text) -> int:
        """Return where the cursor is: on a character, where its line has any."""
        return self._head if self.mode == "visual" else last_place(text.text, text.cursor)

    def _move(self, text: Text, place: int) -> None:
        text.place(last_place(text.text, place))

    def _change(self, text: Text, start: int, end: int, replaced: str) -> None:
        if start != end or replaced:
            self.note(text)
            text.replace(start, end, replaced)
