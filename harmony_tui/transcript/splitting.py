r"""Cuts growing text into blocks, one line at a time, so that each line is read once.

`MarkdownSplitter` follows CommonMark's way of parsing: a stack of open containers (quotes and
list items), of which each line continues some, and one open leaf (a paragraph, code, a table)
below them. What is closed never changes. Long leaves are cut into pieces as they grow, so that
what is still open stays small whatever the model writes.
Source: CommonMark 0.31.2, appendix "A parsing strategy"; GitHub Flavored Markdown 0.29, tables.
Footnotes are those of GitHub: `[^1]` refers to `[^1]:`, which is read like a list's item.
Differences, all so that nothing is lost or misread: HTML is text; reference definitions that no
link uses stay visible; a line that opens `\[` or `$$` holds LaTeX; surplus cells of a
table's row are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from harmony_tui.transcript.blocks import Block, Container, Item, Quote, Shape
from harmony_tui.transcript.plain import CODE_LINES, LINE_CHARACTERS
from harmony_tui.transcript.tables import split_cells

PARAGRAPH_CHARACTERS: Final = 2400
TABLE_ROWS: Final = 16
TABLE_CHARACTERS: Final = 1500
NOTE_INDENT: Final = 4
"""Columns that the further lines of a footnote are indented by."""

_HEADING: Final = re.compile(r"(#{1,6})(?:[ ]+(.*?))??(?:[ ]+#+)?[ ]*$")
_FENCE: Final = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_RULE: Final = re.compile(r"(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
_UNDERLINE: Final = re.compile(r"(=+|-+)[ ]*$")
_MARKER: Final = re.compile(r"([-+*])(?=[ ]|$)|(\d{1,9})([.)])(?=[ ]|$)")
_NOTE: Final = re.compile(r"\[\^([^\[\]\s]+)\]:[ ]*")
_TICK: Final = re.compile(r"\[([ xX])\][ ]+(?=\S)")
_DELIMITER: Final = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_DEFINITION: Final = re.compile(
    r"\[(?!\^)(?P<label>(?:[^\[\]\\]|\\.)+)\]:[ ]*(?!<?(?i:vbscript|javascript|file|data):)"
    r"(?:<(?P<angled>[^<>]*)>|(?P<bare>\S+))"
    r"(?:[ ]+(?:\"(?P<title>[^\"]*)\"|'[^']*'|\([^()]*\)))?[ ]*$"
)
_MATH: Final = {"\\[": "\\]", "$$": "$$"}
_UNDECIDED: Final = re.compile(
    r"[ >]*(?:[-=*_+#~`|:$\\\[ ]*|\d{1,9}[.)][ ]*|[-*+] +\[.?\]? *|\[\^[^\]\s]*\]?:?)$"
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;:,]) (?=\S)")
_SPACE: Final = re.compile(r" (?=\S)")


@dataclass(slots=True)
class _Leaf:
    """The open block below the containers: its lines so far and how it ends."""

    shape: Shape
    lines: list[str] = field(default_factory=list)
    fence: str = ""
    """What closes it: of a fence at least these characters, of LaTeX the closing sign."""
    indent: int = 0
    note: str = ""
    line: int = 0
    """The line of the source that the lines here begin in."""
    pieces: list[Block] = field(default_factory=list)
    """First and latest closed piece of it, when it was cut."""

    def copy(self) -> _Leaf:
        return replace(self, lines=self.lines.copy(), pieces=self.pieces.copy())


@dataclass(slots=True)
class MarkdownSplitter:
    """Markdown, line by line. `definitions` maps reference labels to (target, title).

    Labels of footnotes stand among them as they are written, with ^ before.
    """

    blocks: list[Block] = field(default_factory=list)
    definitions: dict[str, tuple[str, str]] = field(default_factory=dict)
    _path: list[Container] = field(default_factory=list)
    _shown: int = 0
    """How many containers of the path have shown their marker."""
    _leaf: _Leaf | None = None
    _blank: bool = False
    """Whether an empty line came after the latest block."""
    _runs_on: bool = False
    """Whether the next line continues one that was cut."""
    _last: Block | None = None
    """The latest closed block: the one that the next stands under."""
    _line: int = -1
    """The line that is being read."""

    def feed(self, line: str) -> None:
        """Read one complete line, without its newline."""
        line = line.expandtabs(4)
        self._line += not self._runs_on
        if self._runs_on and self._leaf is not None:
            self._leaf.lines.append(line)
            self._runs_on = False
            self._trim_leaf()
            return
        at, depth = self._match_containers(line)
        if depth == len(self._path) and self._feed_verbatim(line, at):
            return
        self._start_blocks(line, at, depth)

    def close(self) -> None:
        """Close what is open: the text has ended."""
        self._close_leaf()
        self._show_empty_items(0)
        self._path = []

    def preview(self, partial: str) -> list[Block]:
        """Return what is open as blocks, with `partial` as the unfinished last line."""
        twin = replace(
            self,
            blocks=[],
            definitions=self.definitions.copy(),
            _path=self._path.copy(),
            _leaf=self._leaf.copy() if self._leaf else None,
        )
        if partial and not self._is_undecided(partial):
            twin.feed(partial)
        twin._expect_table()
        twin.close()
        if twin.blocks:
            twin.blocks[-1].open = True
        return twin.blocks

    def cut(self, partial: str) -> int:
        """Return how much of an unfinished, very long line may be fed now; 0 for none."""
        if len(partial) <= LINE_CHARACTERS:
            return 0
        if self._leaf is not None and self._leaf.shape == "code":
            return LINE_CHARACTERS
        return _sentence_end(partial)

    def feed_part(self, part: str) -> None:
        """Read a part of a line, whose rest follows: see `cut`."""
        self.feed(part)
        self._runs_on = self._leaf is not None and self._leaf.shape in ("code", "paragraph")
        if self._runs_on and self._leaf is not None:
            self._cut_leaf()
            self._leaf.line = self._line

    # Containers.

    def _match_containers(self, line: str) -> tuple[int, int]:
        """Return the column after the containers that `line` continues, and their number."""
        at = 0
        for depth, part in enumerate(self._path):
            indent = _indent(line, at)
            if isinstance(part, Quote):
                if indent > 3 or line[at + indent : at + indent + 1] != ">":
                    return at, depth
                at += indent + 1
                at += line[at : at + 1] == " "
            elif at + indent >= len(line):
                if (
                    self._leaf is None and depth >= self._shown
                ):  # an item that begins with an empty line ends with it
                    return at, depth
                at = min(len(line), at + part.indent)
            elif indent >= part.indent:
                at += part.indent
            else:
                return at, depth
        return at, len(self._path)

    def _enter(self, depth: int, part: Container) -> None:
        """Open a container below the first `depth` ones; those below them end."""
        if isinstance(part, Item) and part.number is not None and depth < len(self._path):
            before = self._path[depth]
            if isinstance(before, Item) and before.family == part.family:
                part = replace(part, number=(before.number or 0) + 1)
        self._leave(depth)
        self._path.append(part)
        if isinstance(part, Item) and part.label:
            self.definitions.setdefault(f"^{part.label}", ("", ""))

    def _leave(self, depth: int) -> None:
        """Close the leaf and all containers but the first `depth`."""
        self._close_leaf()
        self._show_empty_items(depth)
        del self._path[depth:]
        self._shown = min(self._shown, depth)

    def _show_empty_items(self, depth: int) -> None:
        """Let an item without content show its marker before it is closed."""
        if any(isinstance(part, Item) for part in self._path[max(depth, self._shown) :]):
            self._add("paragraph", "")

    # Lines of a leaf that takes them as they are.

    def _feed_verbatim(self, line: str, at: int) -> bool:
        """Give the line to open code or LaTeX, if there is some; tell whether it took it."""
        leaf = self._leaf
        if leaf is None or not leaf.fence:
            return False
        text = line[at:]
        if leaf.shape == "math":
            if not text.strip(" "):
                return False  # no formula holds an empty line
            leaf.lines.append(text)
            if leaf.fence in text:
                self._close_leaf()
            else:
                self._trim_leaf()
            return True
        bare = text.strip(" ")
        if len(bare) >= len(leaf.fence) and not bare.strip(leaf.fence[0]) and _indent(text, 0) < 4:
            self._close_leaf()
            return True
        leaf.lines.append(text[min(leaf.indent, _indent(text, 0)) :])
        self._trim_leaf()
        return True

    # Starts of blocks.

    def _start_blocks(self, line: str, at: int, depth: int) -> None:
        """Open the containers and the leaf that the line begins, or continue the open leaf."""
        opened = False
        while True:
            indent = _indent(line, at)
            rest = line[at + indent :]
            whole = depth == len(self._path) and not opened
            paragraph = self._leaf if self._leaf and self._leaf.shape == "paragraph" else None
            if not rest or indent >= 4:
                break
            if rest[0] == ">":
                self._enter(depth, Quote())
                at += indent + 1
                at += line[at : at + 1] == " "
            elif self._start_leaf(rest, indent, depth, paragraph if whole else None):
                return
            elif found := _item(line, at, indent, interrupts=paragraph if whole else None):
                item, at = found
                self._enter(depth, item)
            else:
                break
            depth, opened = depth + 1, True
        if not rest.strip(" "):
            self._end_with_blank(depth, line[at:], opened)
        else:
            self._continue(rest, indent, depth, opened)

    def _start_leaf(self, rest: str, indent: int, depth: int, paragraph: _Leaf | None) -> bool:
        """Open a leaf if `rest` begins one; `paragraph` is the one directly above it."""
        if heading := _HEADING.match(rest):
            self._leave(depth)
            self._add("heading", (heading[2] or "").strip(" "), str(len(heading[1])))
        elif fence := _FENCE.match(rest):
            self._leave(depth)
            info = (fence[2] or fence[4] or "").split()
            note = info[0] if info else ""
            self._leaf = _Leaf("code", [], fence[1] or fence[3], indent, note, self._line)
        elif (closer := _MATH.get(rest[:2])) and _holds_formula(rest, closer):
            self._leave(depth)
            self._leaf = _Leaf("math", [rest], closer, line=self._line)
            if closer in rest[2:]:
                self._close_leaf()
        elif paragraph and self._start_table(rest, paragraph):
            pass
        elif paragraph and paragraph.lines and (underline := _UNDERLINE.match(rest)):
            paragraph.shape = "heading"
            paragraph.note = "1" if underline[1][0] == "=" else "2"
            self._close_leaf()
        elif _RULE.match(rest):
            self._leave(depth)
            self._add("rule", rest)
        else:
            return False
        return True

    def _start_table(self, rest: str, paragraph: _Leaf) -> bool:
        """Turn the paragraph's last line into a table's header if `rest` is the line below one."""
        if rest[:2] in ("-", "- ") or not _DELIMITER.match(rest) or not paragraph.lines:
            return False
        header = paragraph.lines[-1]
        line = paragraph.line + len(paragraph.lines) - 1
        if "|" not in header or len(split_cells(header)) != len(split_cells(rest)):
            return False
        del paragraph.lines[-1]
        self._close_leaf()
        self._leaf = _Leaf("table", note=f"{header}\n{rest}", line=line)
        return True

    def _expect_table(self) -> None:
        """Show a line that starts like a table's header as one, before the line below is there."""
        leaf = self._leaf
        if leaf is None or leaf.shape != "paragraph" or not leaf.lines:
            return
        header = leaf.lines[-1]
        if header.startswith("|") and header.count("|") > 1:
            self._start_table("|" + "-|" * len(split_cells(header)), leaf)

    def _end_with_blank(self, depth: int, text: str, opened: bool) -> None:
        """An empty line: it ends paragraphs and tables, and quotes that do not continue on it."""
        if depth < len(self._path):
            self._leave(depth)
        leaf = self._leaf
        if leaf is not None and leaf.shape == "code":
            leaf.lines.append(text[4:])
        else:
            self._close_leaf()
            self._blank = self._blank or not opened

    def _continue(self, rest: str, indent: int, depth: int, opened: bool) -> None:
        """Add text to the leaf that is open, or open a paragraph or indented code with it."""
        leaf = self._leaf
        if leaf is not None and leaf.shape == "paragraph" and not opened:
            leaf.lines.append(rest)  # lazily, if the containers were not continued
            self._trim_leaf()
            return
        if depth < len(self._path):
            self._leave(depth)
            leaf = None
        if leaf is not None and leaf.shape == "code" and indent < 4:
            self._close_leaf()
            leaf = None
        if leaf is not None and leaf.shape == "table" and indent >= 4:
            self._close_leaf()
            leaf = None
        if leaf is None:
            shape: Shape = "code" if indent >= 4 else "paragraph"
            self._leaf = leaf = _Leaf(shape, line=self._line)
        leaf.lines.append(" " * (indent - 4) + rest if leaf.shape == "code" else rest)
        self._trim_leaf()

    # Leaves become blocks.

    def _trim_leaf(self) -> None:
        """Cut the open leaf if it has grown long, so that what is open stays small."""
        leaf = self._leaf
        if leaf is None:
            return
        count = len(leaf.lines)
        if leaf.shape in ("code", "math"):
            if not leaf.fence and not leaf.lines[-1]:
                return  # empty lines at the end of indented code do not belong to it
            full = count >= CODE_LINES and (not leaf.lines[-1].strip() or count >= 2 * CODE_LINES)
            if full and (_is_whole(leaf.lines) or count >= 8 * CODE_LINES):
                self._cut_leaf()
        elif leaf.shape == "table":
            if count > TABLE_ROWS or (count > 1 and sum(map(len, leaf.lines)) > TABLE_CHARACTERS):
                row = leaf.lines.pop()
                self._cut_leaf()
                leaf.lines.append(row)
                leaf.line = self._line
        elif sum(map(len, leaf.lines)) > PARAGRAPH_CHARACTERS and _is_even("\n".join(leaf.lines)):
            self._cut_leaf()

    def _cut_leaf(self) -> None:
        """Close a piece of the open leaf and leave the rest of it open."""
        if self._leaf is not None and self._leaf.lines:
            self._add_piece(self._leaf)

    def _add_piece(self, leaf: _Leaf) -> None:
        block = self._add(leaf.shape, "\n".join(leaf.lines), leaf.note, leaf.line)
        if leaf.pieces:
            block.head, block.before = leaf.pieces[0], leaf.pieces[-1]
            block.gap = False
        leaf.pieces = [leaf.pieces[0] if leaf.pieces else block, block]
        leaf.lines = []
        leaf.line = self._line + 1

    def _close_leaf(self) -> None:
        """Close what is left of the open leaf."""
        leaf, self._leaf, self._runs_on = self._leaf, None, False
        if leaf is None:
            return
        blank = False
        if leaf.shape == "code" and not leaf.fence:
            while leaf.lines and not leaf.lines[-1].strip(" "):
                leaf.lines.pop()
                blank = True
        if leaf.shape == "paragraph" and not leaf.pieces:
            self._take_definitions(leaf)
        if leaf.lines or (leaf.shape in ("code", "table") and not leaf.pieces):
            self._add_piece(leaf)
        self._blank = self._blank or blank

    def _take_definitions(self, leaf: _Leaf) -> None:
        """Turn the reference definitions that a paragraph begins with into blocks of their own."""
        has_gap = self._blank
        while leaf.lines and (found := _DEFINITION.match(leaf.lines[0])):
            target = found["angled"] if found["angled"] is not None else found["bare"]
            self.definitions.setdefault(found["label"], (target, found["title"] or ""))
            # What follows stands as if it was not there, which it is not where a link uses it.
            block = Block("definition", leaf.lines.pop(0), tuple(self._path), len(self._path))
            block.note, block.line, block.gap = found["label"], leaf.line, has_gap
            self.blocks.append(block)
            has_gap = False
            leaf.line += 1

    def _add(self, shape: Shape, text: str, note: str = "", line: int = -1) -> Block:
        """Close a block: give it its containers and the space above it.

        It begins in the source's line of this number, by default in the one that is being read.
        """
        block = Block(shape, text, tuple(self._path), self._shown, note=note)
        block.line = self._line if line < 0 else line
        if self._last is not None:
            airy = shape in ("heading", "table") or self._last.shape == "table"
            block.gap = self._blank or airy
        self._shown = len(self._path)
        self._blank = False
        self._last = block
        self.blocks.append(block)
        return block

    def _is_undecided(self, partial: str) -> bool:
        """Tell whether an unfinished line is only signs so far, which may mean several things."""
        leaf = self._leaf
        if self._runs_on:
            return False
        if leaf is not None and leaf.fence:
            bare = partial.strip(" >")
            return leaf.shape == "code" and bool(bare) and not bare.strip(leaf.fence[0])
        return _UNDECIDED.match(partial) is not None


def _indent(line: str, at: int) -> int:
    """Return the number of spaces from column `at` on."""
    return len(line) - at - len(line[at:].lstrip(" "))


def _item(line: str, at: int, indent: int, *, interrupts: _Leaf | None) -> tuple[Item, int] | None:
    """Return the list item that begins in the line and the column after its marker."""
    start = at + indent
    if note := _NOTE.match(line, start):
        return Item("^", None, NOTE_INDENT, label=note[1]), note.end()
    found = _MARKER.match(line, start)
    if found is None:
        return None
    rest = line[found.end() :]
    if interrupts is not None and (not rest.strip(" ") or (found[2] or "1") != "1"):
        return None  # inside a paragraph only a filled item, and a first one, begins a list
    space = _indent(line, found.end())
    if not rest.strip(" ") or space > 4:
        space = 1
    end = min(len(line), found.end() + space)
    ticked = None
    if tick := _TICK.match(line, end):
        ticked = tick[1] != " "
        content, end = end, tick.end()
    else:
        content = found.end() + space
    number = int(found[2]) if found[2] else None
    return Item(found[1] or found[3], number, content - at, ticked), end


def _is_even(text: str) -> bool:
    """Tell whether no emphasis, code, link or formula seems to be open at the end of the text."""
    return all(text.count(sign) % 2 == 0 for sign in "`*_~$") and all(
        text.count(left) == text.count(right) for left, right in ("[]", "()")
    )


def _holds_formula(rest: str, closer: str) -> bool:
    """Tell whether LaTeX that opens a line takes the whole line, and not only its beginning."""
    return closer not in rest[2:] or rest.rstrip(" .,;").endswith(closer)


def _is_whole(lines: list[str]) -> bool:
    """Tell whether no comment or raw string seems to go on below some lines of code."""
    text = "\n".join(lines)
    pairs = (("/*", "*/"), ("<!--", "-->"), ("(*", "*)"), ("{-", "-}"))
    return text.count("`") % 2 == 0 and all(
        text.count(left) <= text.count(right) for left, right in pairs
    )


def _sentence_end(line: str) -> int:
    """Return where a line longer than LINE_CHARACTERS may be cut; 0 if that is not known yet."""
    for found in _SENTENCE_END.finditer(line, LINE_CHARACTERS, 2 * LINE_CHARACTERS):
        if _is_even(line[: found.start()]):
            return found.end()
    if len(line) <= 2 * LINE_CHARACTERS:
        return 0
    space = _SPACE.search(line, 2 * LINE_CHARACTERS - 200)
    return space.end() if space and space.end() < 2 * LINE_CHARACTERS else 2 * LINE_CHARACTERS
