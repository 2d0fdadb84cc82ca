"""HTML as text that a model reads well: what a person sees, in the form that gpt-oss knows.

The form follows what the model was trained on (html2text without emphasis): ``#`` before headings,
``*`` before items, four blanks before code, links as ``【id†text†domain】``. The tree is walked
without recursion, for its depth is the page's to choose.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.tools.browser.flow import Closer, Flow
from engine.tools.browser.html_nesting import check_nesting
from engine.tools.browser.html_visibility import formula_of, is_hidden
from engine.tools.browser.layout import visible
from engine.tools.browser.links import Links, join
from engine.tools.browser.tables import Cell, Table, span_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_CHARACTERS = 1_000_000
TITLE_LENGTH = 200
CUT = "[The page goes on, but only this much of it was read.]"

HEADINGS = {f"h{level}": level for level in range(1, 7)}
SPACED = frozenset(("p", "dl", "figure", "address", "details", "fieldset", "hgroup", "article"))
BLOCKS = frozenset(
    (
        *("div", "section", "header", "footer", "main", "nav", "aside", "form", "search", "dialog"),
        *("figcaption", "summary", "legend", "center", "caption", "dt", "body", "html", "noscript"),
        *("thead", "tbody", "tfoot", "tr", "td", "th", "frameset", "optgroup", "option"),
    )
)
APART = frozenset(("button", "label", "output", "textarea"))
"""Inline elements that stand apart from their neighbours without a blank between them."""
CODE = frozenset(("code", "kbd", "samp", "tt"))
NOT_DATA = "table, pre, form, blockquote, h1, h2, h3"
"""A table that holds one of these lays out a page."""
NODES_BETWEEN_LOOKS = 1000
DEEPEST_TABLE = 10
SHORT_SCRIPT = re.compile(r"[\w+\-]+")
SPACE = re.compile(r"[ \t\n\r\u00a0]+")
FORWARDING = re.compile(r"\s*\d+\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A page of HTML, read."""

    title: str
    text: str
    links: tuple[str, ...]


def read_html(html: str, url: str, go_on: Callable[[], None] = lambda: None) -> Document:
    """Return what a page says.

    Args:
        html: its source.
        url: where it stands, which links start from.
        go_on: is called every now and then, and may raise to end the work.

    Raises:
        ToolError: it is made to keep a parser busy.
    """
    from selectolax.lexbor import LexborHTMLParser

    check_nesting(html)
    tree = LexborHTMLParser(html)
    base = tree.css_first("base[href]")
    writer = _Writer(Links(url, _joined_base(url, base)))
    root = tree.body or tree.root
    if root is not None:
        writer.walk(root, go_on)
    text = writer.flow.text
    if not text:
        text = _forwarding(tree.css_first('meta[http-equiv="refresh" i]'), writer.links)
    title = tree.css_first("head title") or tree.css_first("h1")
    words = " ".join(visible(title.text()).split()) if title is not None else ""
    return Document(words[:TITLE_LENGTH], text, writer.links.urls)


def _joined_base(url: str, base: LexborNode | None) -> str | None:
    return join(url, base.attributes.get("href") or "") or None if base is not None else None


def _forwarding(refresh: LexborNode | None, links: Links) -> str:
    """Return a link to where a page without words sends its readers."""
    target = FORWARDING.match((refresh.attributes.get("content") or "") if refresh else "")
    return links.mark(target[1].strip(), "This page moved here") if target else ""


@dataclass(slots=True)
class _List:
    is_ordered: bool
    number: int
    is_fresh: bool = True


class _Writer:
    """Writes the text of the nodes that it walks over."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.flow = Flow()
        self._lists: list[_List] = []
        self._tables: list[Table | None] = []
        """Of those that are open, None for one that lays out the page."""
        self._images = 0
        self._is_in_link = False
        self._openers: dict[str, Callable[[LexborNode], Closer | None]] = {
            **dict.fromkeys(HEADINGS, self._heading),
            **dict.fromkeys(CODE, self._code),
            **dict.fromkeys(("ul", "ol", "menu", "dir"), self._list),
            **dict.fromkeys(("td", "th"), self._cell),
            **dict.fromkeys(("pre", "listing", "xmp"), self._pre),
            **dict.fromkeys(("sub", "sup"), self._script),
            "a": self._link,
            "li": self._item,
            "blockquote": self._quote,
            "dd": self._definition,
            "table": self._table,
            "tr": self._row,
            "q": self._quotation,
        }
        self._leaves: dict[str, Callable[[LexborNode], None]] = {
            "br": lambda _: self.flow.emit("\n"),
            "hr": lambda _: self._rule(),
            "img": self._image,
            "math": self._formula,
        }

    def walk(self, root: LexborNode, go_on: Callable[[], None]) -> None:
        """Write a node and all inside it."""
        closers: list[Closer | None] = []
        node: LexborNode | None = root
        seen = 0
        while node is not None:
            seen += 1
            if seen % NODES_BETWEEN_LOOKS == 0:
                go_on()
            if self.flow.size > MOST_CHARACTERS:
                self.flow.cut(CUT)
                return
            is_open, closer = self._enter(node)
            child = node.child if is_open else None
            if child is not None:
                closers.append(closer)
                node = child
                continue
            if closer is not None:
                closer()
            while closers and node is not None and node.next is None:
                node = node.parent
                closer = closers.pop()
                if closer is not None:
                    closer()
            node = node.next if closers and node is not None else None

    def _enter(self, node: LexborNode) -> tuple[bool, Closer | None]:
        """Begin a node; return whether to go on inside it, and what to do at its end."""
        tag = node.tag or ""
        if tag == "-text":
            self.flow.add_text(visible(node.text_content or ""))
            return False, None
        if not tag[:1].isalpha():  # A comment, or the like.
            return False, None
        if is_hidden(node):
            if "math" in (node.attributes.get("class") or ""):
                self._formula(node)
            return False, None
        if tag in self._leaves:
            self._leaves[tag](node)
            return False, None
        opener = self._openers.get(tag)
        return True, opener(node) if opener else self._plain(tag)

    def _plain(self, tag: str) -> Closer | None:
        """Begin an element that only stands apart from others, or not even that."""
        if tag in SPACED:
            end = self.flow.gap
        elif tag in BLOCKS:
            end = self.flow.break_line
        elif tag in APART:
            end = self._space
        else:
            return None
        end()
        return end

    def _space(self) -> None:
        self.flow.emit(" ")

    def _formula(self, node: LexborNode) -> None:
        self.flow.emit(" ".join(visible(formula_of(node)).split()))

    # Blocks

    def _heading(self, node: LexborNode) -> Closer:
        self.flow.gap()
        if self.flow.captures:
            return self.flow.gap
        front = "#" * HEADINGS[node.tag or "h1"] + " "

        def write(text: str) -> None:
            words = " ".join(text.split())
            if words:
                self.flow.emit(front + words)
            self.flow.gap()

        return self.flow.captured(write)

    def _rule(self) -> None:
        if self.flow.captures:
            self.flow.break_line()
            return
        self.flow.gap()
        self.flow.emit("* * *")
        self.flow.gap()

    def _quote(self, node: LexborNode) -> Closer:
        del node
        self.flow.gap()
        end = self.flow.indented("> ", "> ")

        def close() -> None:
            end()
            self.flow.gap()

        return close

    def _definition(self, node: LexborNode) -> Closer:
        del node
        return self.flow.indented("    ", "    ")

    def _pre(self, node: LexborNode) -> Closer:
        del node
        self.flow.gap()
        if self.flow.captures:
            return self.flow.break_line
        end = self.flow.indented("    ", "    ")
        self.flow.verbatim += 1

        def close() -> None:
            end()
            self.flow.verbatim -= 1
            self.flow.gap()

        return close

    def _list(self, node: LexborNode) -> Closer:
        is_outermost = not self._lists
        end = self.flow.gap if is_outermost else self.flow.break_line
        end()
        start = (node.attributes.get("start") or "1").strip()
        number = int(start) if re.fullmatch(r"-?\d{1,9}", start) else 1
        self._lists.append(_List(node.tag == "ol", number))

        def close() -> None:
            end()
            self._lists.pop()

        return close

    def _item(self, node: LexborNode) -> Closer:
        if self.flow.captures:
            self.flow.part("; ")
            return self.flow.break_line
        self.flow.flush()
        place = self._lists[-1] if self._lists else _List(is_ordered=False, number=1)
        if not place.is_fresh:
            self.flow.wants_gap = False
        place.is_fresh = False
        mark = "*"
        if place.is_ordered:
            value = (node.attributes.get("value") or "").strip()
            if re.fullmatch(r"-?\d{1,9}", value):
                place.number = int(value)
            mark = f"{place.number}."
            place.number += 1
        return self.flow.indented(f"  {mark} ", "  ")

    # Tables

    def _table(self, node: LexborNode) -> Closer:
        is_layout = (
            bool(self.flow.captures)
            or node.attributes.get("role") in ("presentation", "none")
            or len(self._tables) >= DEEPEST_TABLE
            or any(child.css_first(NOT_DATA) for child in node.iter())
        )
        self.flow.gap()
        self._tables.append(None if is_layout else Table())

        def close() -> None:
            table = self._tables.pop()
            if table is not None:
                self.flow.flush()
                lines = list(table.lines())
                if lines:
                    self.flow.write(lines)
            self.flow.gap()

        return close

    def _row(self, node: LexborNode) -> Closer:
        del node
        self.flow.break_line()
        if self._tables and self._tables[-1] is not None:
            self._tables[-1].rows.append([])
        return self.flow.break_line

    def _cell(self, node: LexborNode) -> Closer:
        table = self._tables[-1] if self._tables else None
        if table is None or not table.rows:
            self.flow.break_line()
            return self.flow.break_line
        columns = span_of(node.attributes.get("colspan"))
        rows = span_of(node.attributes.get("rowspan"))

        def keep(text: str) -> None:
            table.rows[-1].append(Cell(" ".join(text.split()), node.tag == "th", columns, rows))

        return self.flow.captured(keep)

    # Inline

    def _link(self, node: LexborNode) -> Closer | None:
        link = node.attributes.get("href")
        if link is None or self._is_in_link:  # which only broken markup brings about
            return None
        target = link
        self._is_in_link = True

        def write(text: str) -> None:
            words = " ".join(text.split())
            before = " " if text[:1].isspace() else ""
            after = " " if text[-1:].isspace() else ""
            self.flow.emit(f"{before}{self.links.mark(target, words)}{after}")

        closer = self.flow.captured(write)

        def close() -> None:
            self._is_in_link = False
            closer()

        return close

    def _code(self, node: LexborNode) -> Closer | None:
        del node
        if self.flow.verbatim:
            return None

        def write(text: str) -> None:
            words = " ".join(text.split())
            self.flow.emit(f"`{words}`" if words and "【" not in words else words)

        return self.flow.captured(write)

    def _script(self, node: LexborNode) -> Closer:
        sign = "^" if node.tag == "sup" else "_"

        def write(text: str) -> None:
            is_short = SHORT_SCRIPT.fullmatch(text.strip())
            self.flow.emit(f"{sign}{{{text.strip()}}}" if is_short else text)

        return self.flow.captured(write)

    def _quotation(self, node: LexborNode) -> Closer:
        del node
        self.flow.emit("“")
        return lambda: self.flow.emit("”")

    def _image(self, node: LexborNode) -> None:
        attributes = node.attributes
        sizes = (attributes.get("width"), attributes.get("height"))
        if any(size in ("0", "1", "1px") for size in sizes):
            return  # It counts visitors.
        name = attributes.get("alt") or attributes.get("title") or ""
        if not name and "alt" in attributes:
            return  # By its author's word it says nothing.
        label = f"[Image {self._images}: {name}]" if name else f"[Image {self._images}]"
        self._images += 1
        self.flow.emit(" ".join(visible(label).split()))
