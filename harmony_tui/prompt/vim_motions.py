"""Where Vim's motions lead in a text, and what an operator takes with them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """Where a motion leads; whether an operator takes the character there, or whole lines."""

    place: int
    is_inclusive: bool = False
    is_lines: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """What an operator acts on; whole lines are without the last one's end."""

    start: int
    end: int
    is_lines: bool = False


# --- lines --------------------------------------------------------------------------------------


def line_start(text: str, at: int) -> int:
    """Return where the line of a place begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return where the line of a place ends."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def last_place(text: str, at: int) -> int:
    """Return a place, or the last character of its line where the line ends there."""
    at = min(max(at, 0), len(text))
    is_after = at == line_end(text, at) and at > line_start(text, at)
    return at - 1 if is_after else at


def first_nonblank(text: str, at: int) -> int:
    """Return the first character of a line that is no blank, else its last one."""
    start, end = line_start(text, at), line_end(text, at)
    blanks = len(text[start:end]) - len(text[start:end].lstrip(" \t"))
    return start + blanks if start + blanks < end else max(start, end - 1)


def _down(text: str, at: int, lines: int) -> int:
    """Return the beginning of the line some lines further down, or up, as far as there are any."""
    start = line_start(text, at)
    for _ in range(abs(lines)):
        if lines > 0:
            end = line_end(text, start)
            if end == len(text):
                break
            start = end + 1
        elif start == 0:
            break
        else:
            start = line_start(text, start - 1)
    return start


# --- motions ------------------------------------------------------------------------------------


def go(text: str, at: int, motion: str, count: int | None, column: int | None) -> Target | None:
    """Return where a motion leads; None where it leads nowhere.

    Args:
        text: the text.
        at: where the cursor is.
        motion: its keys.
        count: how often, or which line; None where that was not said.
        column: the column that j and k keep to; -1 is the end of a line.
    """
    times = count or 1
    match motion:
        case "h" | "l":
            place = at + (times if motion == "l" else -times)
            place = min(max(place, line_start(text, at)), line_end(text, at))
            return None if place == at else Target(place)
        case "0":
            return Target(line_start(text, at))
        case "^":
            return Target(first_nonblank(text, at))
        case "$":
            start = _down(text, at, times - 1)
            is_stuck = times > 1 and start == line_start(text, at)
            return None if is_stuck else Target(line_end(text, start))
        case "j" | "k":
            start = _down(text, at, times if motion == "j" else -times)
            if start == line_start(text, at):
                return None
            end = line_end(text, start)
            place = end if column == -1 else min(start + (column or 0), end)
            return Target(place, is_lines=True)
        case "gg" | "G":
            line = text.count("\n") if count is None and motion == "G" else times - 1
            return Target(first_nonblank(text, _down(text, 0, line)), is_lines=True)
        case _:
            return _go_by_words(text, at, motion, times)


def find_in_line(
    text: str, at: int, kind: str, character: str, count: int, *, is_again: bool = False
) -> Target | None:
    """Return where f, F, t or T leads; None where the line has no such character.

    Args:
        text: the text.
        at: where the cursor is.
        kind: which of the four.
        character: what is looked for.
        count: which of them.
        is_again: whether the same was looked for before; then t and T do not stay where they are.
    """
    start, end = line_start(text, at), line_end(text, at)
    step = 1 if kind in "ft" else -1
    place = at + (step if is_again and kind in "tT" else 0)
    for _ in range(count):
        if step > 0:
            place = text.find(character, place + 1, end)
        else:
            place = text.rfind(character, start, max(place, start))
        if place < 0:
            return None
    return Target(place - step if kind in "tT" else place, is_inclusive=step > 0)


def _kind(text: str, at: int, *, is_big: bool) -> int:
    """Return what kind of character stands somewhere: a blank (0), of a word (1), another (2)."""
    character = text[at]
    if character.isspace():
        return 0
    return 1 if is_big or character.isalnum() or character == "_" else 2


def _go_by_words(text: str, at: int, motion: str, times: int) -> Target | None:
    step = {"w": _next_word, "b": _word_before, "e": _word_end}[motion.lower()]
    place = at
    for _ in range(times):
        place = step(text, place, is_big=motion.isupper())
    # At the last character there is still that one for an operator to take.
    is_inclusive = motion in "eE"
    return Target(place, is_inclusive) if place != at or (is_inclusive and text) else None


def _next_word(text: str, at: int, *, is_big: bool) -> int:
    """Return where the next word begins; an empty line is one."""
    if at >= len(text):
        return at
    kind = _kind(text, at, is_big=is_big)
    while at < len(text) and kind and _kind(text, at, is_big=is_big) == kind:
        at += 1
    is_moved = bool(kind)
    while at < len(text) and text[at].isspace():
        if text[at] == "\n" and is_moved and text[at - 1 : at] == "\n":
            return at
        at += 1
        is_moved = True
    return at


def _word_before(text: str, at: int, *, is_big: bool) -> int:
    """Return where the word before begins; an empty line is one."""
    at -= 1
    while at > 0 and text[at].isspace():
        if text[at] == "\n" and text[at - 1] == "\n":
            return at
        at -= 1
    if at <= 0:
        return 0
    kind = _kind(text, at, is_big=is_big)
    while at > 0 and kind and _kind(text, at - 1, is_big=is_big) == kind:
        at -= 1
    return at


def _word_end(text: str, at: int, *, is_big: bool) -> int:
    """Return the last character of this word, or of the next one where this one ends here."""
    place = at + 1
    while place < len(text) and text[place].isspace():
        place += 1
    if place >= len(text):
        return max(at, len(text) - 1)
    kind = _kind(text, place, is_big=is_big)
    while place + 1 < len(text) and _kind(text, place + 1, is_big=is_big) == kind:
        place += 1
    return place


# --- what an operator takes ---------------------------------------------------------------------


def span(
    text: str, at: int, target: Target, motion: str, count: int | None, *, is_change: bool
) -> Range:
    """Return what an operator acts on between the cursor and where a motion leads.

    Args:
        text: the text.
        at: where the cursor is.
        target: where the motion leads.
        motion: its keys.
        count: how often.
        is_change: whether the operator is c, for which w is as e where the cursor is in a word.
    """
    start, end = sorted((at, target.place))
    if target.is_lines:
        return Range(line_start(text, start), line_end(text, end), is_lines=True)
    if motion in ("w", "W"):
        start, end = at, _end_of_words(text, at, motion, count or 1, is_change=is_change)
    if target.is_inclusive:
        return Range(start, end + 1)
    if "\n" in text[start:end] and end == line_start(text, end):
        # As Vim has it: what ends before a line's first character ends in the line above, and is
        # whole lines where it begins before that line's first word.
        if not text[line_start(text, start) : start].strip(" \t"):
            return Range(line_start(text, start), end - 1, is_lines=True)
        return Range(start, end - 1)
    return Range(start, end)


def _end_of_words(text: str, at: int, motion: str, count: int, *, is_change: bool) -> int:
    """Return where w ends for an operator: no line's end is taken after the last word."""
    is_big = motion == "W"
    if is_change and at < len(text) and (kind := _kind(text, at, is_big=is_big)):
        place = at
        while place + 1 < len(text) and _kind(text, place + 1, is_big=is_big) == kind:
            place += 1
        for _ in range(count - 1):
            place = _word_end(text, place, is_big=is_big)
        return place + 1
    place = at
    for _ in range(count - 1):
        place = _next_word(text, place, is_big=is_big)
    if text[place : place + 1] == "\n" and place == line_start(text, place):
        return place + 1  # an empty line is a word
    following = _next_word(text, place, is_big=is_big)
    return min(following, line_end(text, place))


def widen(text: str, range_: Range) -> Range:
    """Return what is deleted: whole lines where nothing but blanks would be left of several."""
    start, end = line_start(text, range_.start), line_end(text, range_.end)
    left = text[start : range_.start] + text[range_.end : end]
    if "\n" in text[range_.start : range_.end] and not left.strip(" \t"):
        return Range(start, end, is_lines=True)
    return range_
