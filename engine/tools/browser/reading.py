"""Documents turned into pages: HTML, Markdown, JSON and plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from engine.tools.browser.content_types import Kind, charset_of, kind_of
from engine.tools.browser.decoding import decode
from engine.tools.browser.fetching import Fetched
from engine.tools.browser.html_text import CUT, MOST_CHARACTERS, TITLE_LENGTH, read_html
from engine.tools.browser.layout import clean
from engine.tools.browser.links import Links, domain_of
from engine.tools.browser.pages import Link, Page

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
CODE_SPAN = re.compile(r"(`+)(?:(?!\1).)+?\1")
MARKDOWN_LINK = re.compile(
    r"""(?P<image>!?)\[(?P<text>[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]"""
    r"""\(\s*<?(?P<url>[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+["'(][^"')]*["')])?\s*\)"""
)
MARKDOWN_HEADING = re.compile(r"^ {0,3}#\s+(.+?)\s*#*\s*$", re.MULTILINE)


def read_page(
    document: Fetched, *, as_source: bool = False, go_on: Callable[[], None] = lambda: None
) -> Page:
    """Return a document as the model reads it.

    Args:
        document: what was fetched.
        as_source: shows its source, whatever its kind.
        go_on: is called every now and then, and may raise to end the work.

    Raises:
        ToolError: it cannot be read as text.
    """
    kind = kind_of(document.url, document.content_type, document.content)
    charset = charset_of(document.content_type)
    source = decode(document.content, charset, is_markup=kind is Kind.HTML)
    links: tuple[str, ...] = ()
    title = ""
    if as_source:
        title, text = "Source of the page", _plain(source)
    elif kind is Kind.HTML:
        page = read_html(source, document.url, go_on)
        title, text, links = page.title, page.text, page.links
    elif kind is Kind.MARKDOWN:
        title, text, links = _read_markdown(_plain(source), document.url)
    elif kind is Kind.JSON:
        text = _plain(_laid_out(source))
    else:
        text = _plain(source)
    if document.is_cut and not text.endswith(CUT):
        text = f"{text}\n\n{CUT}"
    return Page(
        url=document.url,
        title=title or domain_of(document.url) or document.url,
        # The blank line and the URL stand at the head of every page that gpt-oss has seen.
        text=f"\nURL: {document.url}\n{text or '[The page has no text.]'}",
        links=tuple(Link(url) for url in links),
    )


def _plain(source: str) -> str:
    text = clean(source[:MOST_CHARACTERS]).strip("\n")
    return f"{text}\n\n{CUT}" if len(source) > MOST_CHARACTERS else text


def _laid_out(source: str) -> str:
    try:
        return json.dumps(json.loads(source), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return source


def _read_markdown(text: str, url: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a document's title, its text with links as the model knows them, and where they lead.

    The rest of the form stays, for Markdown is what HTML would be turned into.
    """
    links = Links(url)
    images = 0

    def mark(match: re.Match[str]) -> str:
        nonlocal images
        words = " ".join(match["text"].split())
        if not match["image"]:
            return links.mark(match["url"], words)
        images += 1
        return f"[Image {images - 1}: {words}]" if words else f"[Image {images - 1}]"

    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        opening = FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif opening:
            fence = opening[1]
        else:
            lines.append(_outside_code(line, mark))
            continue
        lines.append(line)
    heading = MARKDOWN_HEADING.search(text)
    title = MARKDOWN_LINK.sub(lambda match: match["text"], heading[1]) if heading else ""
    return title[:TITLE_LENGTH], "\n".join(lines), links.urls


def _outside_code(line: str, mark: Callable[[re.Match[str]], str]) -> str:
    """Return a line with the links in it marked, but for those that are shown as code."""
    parts: list[str] = []
    end = 0
    for code in CODE_SPAN.finditer(line):
        parts += [MARKDOWN_LINK.sub(mark, line[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, MARKDOWN_LINK.sub(mark, line[end:])])
