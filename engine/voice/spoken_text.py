"""Markdown as it is written, piece by piece, as words that can be read aloud.

What cannot be told from its beginning (a link, a table, a block of code) is waited for, so that
nothing is spoken that turns out to be a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from engine.voice.spoken_inline import FORMULAS, READERS, WAIT, Construct
from engine.voice.spoken_words import ADDRESS, ALONE, clean_word

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^\n]*\n")
DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-*:?[ \t]*)+\Z")
"""The line below the head of a table."""
RULE = re.compile(r" {0,3}([-*_])[ \t]*(\1[ \t]*){2,}\Z")
QUOTE = re.compile(r"[ \t]*>[ \t]?")
MARKER = re.compile(r"[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|(\d+)[.)][ \t]+)")
"""What a heading or an item of a list begins with."""
MARKER_BEGUN = re.compile(r"[ \t]*(#{1,6}|[-*+]([ \t]+\[?[ xX]?\]?)?|\d+[.)]?)?[ \t]*\Z")
DEFINITION = re.compile(r" {0,3}\[[^\]\n]+\]:")
"""Where a link or a footnote leads to, said elsewhere."""
DEFINITION_BEGUN = re.compile(r" {0,3}\[[^\]\n]*\]?\Z")
ENDS = ".!?:;…"
"""After these a voice pauses anyway."""
CLOSING = frozenset(".,;:!?)\n")
"""No blank stands before these."""
LONGEST_OPEN = 2000
"""So many characters are waited for what would close a construct; past that it is none."""


class SpokenText:
    """Takes an answer as it is written and gives what of it can be spoken by now."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pending = ""
        self._base = 0
        """Where in the answer ``_pending`` begins."""
        self._ended = False
        self._at_line_start = True
        self._in_block = False
        """Whether something was said in the paragraph, heading or item that is open."""
        self._fence = ""
        self._code_lines = 0
        self._rows: list[str] = []
        """Those of the table that is open."""
        self._out: list[str] = []
        self._said = 0
        self._last = "\n"
        self._gap = False
        """Whether a blank parts what was said last from what comes."""
        self._marks: list[tuple[int, int]] = [(0, 0)]
        """How many characters were given, and how far the answer was read by then."""

    def feed(self, piece: str) -> str:
        """Take more of the answer; return what can be spoken now, which may be nothing."""
        self._pending += piece
        return self._advance()

    def finish(self) -> str:
        """Return the rest, now that nothing follows; what is still open is taken as it is."""
        self._ended = True
        return self._advance()

    def source_offset(self, characters: int) -> int:
        """Return how far in the answer a listener is who heard so many of the given characters."""
        place = bisect_right(self._marks, (characters, 1 << 62)) - 1
        given, read = self._marks[place]
        return read if given <= characters else 0

    # --- the walk -----------------------------------------------------------------------------

    def _advance(self) -> str:
        while self._pending and self._step():
            self._note()
        if self._ended and not self._pending:
            self._end_table()
            self._end_fence()
            self._end_block()
            self._note()
        out, self._out = "".join(self._out), []
        return out

    def _step(self) -> bool:
        """Read one more thing; return False where it cannot be told yet what it is."""
        if self._fence:
            return self._read_code_line()
        if self._at_line_start:
            return self._begin_line()
        return self._read_inline()

    def _consume(self, count: int) -> str:
        taken, self._pending = self._pending[:count], self._pending[count:]
        self._base += len(taken)
        return taken

    def _say(self, text: str) -> None:
        for character in text:
            if character.isspace() and character != "\n":
                self._gap = not self._last.isspace()
                continue
            if self._gap and character not in CLOSING:
                self._give(" ")
            self._gap = False
            self._give(character)
        self._in_block = self._in_block or bool(text.strip())

    def _give(self, character: str) -> None:
        self._out.append(character)
        self._said += 1
        self._last = character

    def _note(self) -> None:
        if self._marks[-1][0] == self._said:
            self._marks[-1] = (self._said, self._base)
        else:
            self._marks.append((self._said, self._base))

    def _line(self) -> tuple[str, bool]:
        """Return the line that begins here, and whether all of it is there."""
        end = self._pending.find("\n")
        return (self._pending, self._ended) if end < 0 else (self._pending[:end], True)

    # --- blocks -------------------------------------------------------------------------------

    def _begin_line(self) -> bool:
        line, is_whole = self._line()
        if not line.strip():
            return is_whole and self._read_blank(line)
        if quote := QUOTE.match(line):
            self._consume(quote.end())
            return True
        if line.lstrip().startswith("|") or self._rows:
            if is_whole and "|" in line:
                self._take_row(line)
            elif is_whole:
                self._end_table()
            return is_whole
        if fenced := FENCE.match(self._pending):
            self._end_block()
            self._fence, self._code_lines = fenced[1], 0
            self._consume(fenced.end())
            return True
        if not is_whole and _is_undecided(line):
            return False
        if is_whole and _is_silent(line):
            self._end_block()
            self._consume(len(line) + 1)
        elif is_whole and DELIMITERS.match(line):
            self._take_row(line)
        else:
            self._begin_words(line)
        return True

    def _read_blank(self, line: str) -> bool:
        self._end_table()
        self._end_block()
        self._consume(len(line) + 1)
        return True

    def _begin_words(self, line: str) -> None:
        """Read what a line begins with that is not said, and what parts it from the one before."""
        marker = MARKER.match(line)
        if marker or line.lstrip()[:2] in FORMULAS:
            self._end_block()
        elif self._in_block:
            self._say(" ")
        if marker:
            self._say(f"{marker[1]}. " if marker[1] else "")
            line = line[marker.end() :]
            self._consume(marker.end())
        self._consume(len(line) - len(line.lstrip()))
        self._at_line_start = False

    def _take_row(self, row: str) -> None:
        self._end_block()
        self._rows.append(row)
        self._consume(len(row) + 1)

    def _end_block(self) -> None:
        """Have the voice pause where a paragraph, an item or a heading is over."""
        if self._in_block:
            self._say("\n" if self._last in ENDS else ".\n")
        self._in_block = self._gap = False

    def _read_code_line(self) -> bool:
        line, is_whole = self._line()
        if not is_whole:
            return False
        self._consume(len(line) + 1)
        closing = line.strip("> \t\r")
        if set(closing) == {self._fence[0]} and len(closing) >= len(self._fence):
            self._end_fence()
        else:
            self._code_lines += 1
        return True

    def _end_fence(self) -> None:
        if self._fence:
            self._say(f"Code block of {_count(self._code_lines, 'line')}.\n")
            self._fence, self._in_block = "", False

    def _end_table(self) -> None:
        """Say of a table that is over how large it is, its head not counted."""
        rows, self._rows = self._rows, []
        if rows:
            columns = max(len(_cells(row)) for row in rows)
            heads = [number for number, row in enumerate(rows, 1) if DELIMITERS.match(row)]
            count = len(rows) - (heads[0] if heads else 0)
            self._say(f"Table of {_count(count, 'row')} and {_count(columns, 'column')}.\n")
            self._in_block = False

    # --- within a line ------------------------------------------------------------------------

    def _read_inline(self) -> bool:
        first = self._pending[0]
        if first == "\n":
            self._consume(1)
            self._at_line_start = True
            return True
        if first.isspace():
            self._consume(1)
            self._say(" ")
            return True
        if first in READERS:
            text, is_all = self._open_text()
            read = READERS[first](text, is_all=is_all)
            if read is WAIT:
                return False
            if isinstance(read, Construct):
                # What a link shows may have marks of its own.
                self._say(_speak(read.said) if first in "![" else read.said)
                self._consume(read.length)
                return True
        return self._read_word()

    def _open_text(self) -> tuple[str, bool]:
        """Return what may belong to a construct that begins here, and whether no more can come."""
        end = self._pending.find("\n\n")
        text = self._pending if end < 0 else self._pending[:end]
        return text, end >= 0 or self._ended or len(text) > LONGEST_OPEN

    def _read_word(self) -> bool:
        """Read up to the next blank or to what may be more than a word."""
        text, end = self._pending, 1
        # In an address these characters are none of their own.
        begins = len(text) - len(text.lstrip("(*_\"'"))
        if address := ADDRESS.match(text, begins):
            end = address.end()
        end = _end_of_word(text, end)
        while text[end : end + 1] == "!" and text[end + 1 : end + 2] not in ("", "["):
            end = _end_of_word(text, end + 1)
        if not self._ended and (end == len(text) or text[end:] == "!"):
            return False
        if text[end:] == "!":
            end += 1
        word = self._consume(end)
        begins_here = self._gap or self._last.isspace()
        is_alone = begins_here and (not self._pending or self._pending[0].isspace())
        self._say(ALONE[word] if is_alone and word in ALONE else clean_word(word))
        return True


def _end_of_word(text: str, start: int) -> int:
    end = start
    while end < len(text) and not text[end].isspace() and text[end] not in READERS:
        end += 1
    return end


def _speak(text: str) -> str:
    """Return a text that is complete as words, on one line."""
    spoken = SpokenText()
    spoken._at_line_start = False
    words = spoken.feed(text) + spoken.finish()
    ended = words.rstrip("\n")
    return ended if text.rstrip().endswith(".") else ended.removesuffix(".")


def _is_silent(line: str) -> bool:
    """Whether a whole line says nothing by itself."""
    is_underline = set(line.strip()) <= {"="}
    return bool(RULE.match(line) or DEFINITION.match(line) or is_underline)


def _is_undecided(line: str) -> bool:
    """Whether it cannot be told yet what begins with this line, of which more may come."""
    marks = line.strip()
    is_definition = DEFINITION.match(line) or DEFINITION_BEGUN.match(line)
    if MARKER_BEGUN.match(line) or is_definition or marks in ("$", "\\"):
        return True
    if marks[0] in "`~":
        run = len(marks) - len(marks.lstrip(marks[0]))
        return run >= 3 or run == len(marks)
    return set(marks) <= set("-*_=:| ")


def _cells(row: str) -> list[str]:
    return row.strip().strip("|").replace(r"\|", "").split("|")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
