"""Pages as the model reads them: numbered lines, a window on them, and what was found in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.tools.browser.layout import clean, line_at, wrap
from engine.tools.browser.links import LINK, domain_of, show, without_links
from engine.tools.registry import ToolError

VIEW_TOKENS = 1024
"""What is shown at once if the model does not say how many lines it wants."""
MOST_VIEWS = 4
"""So many times that may be shown if it does."""
LONGEST_HEADER = 1024
MOST_FOUND = 50
LINES_FOUND = 4
"""Lines that are shown of each place found, and above it when the place is opened."""

TokenCounter = Callable[[str], int]

TYPOGRAPHY = str.maketrans("‘’‚‛“”„‟‐‑‒–—−\u00a0", "''''\"\"\"\"------ ")
"""One character for one, so that positions stay."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation stands for."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link on a page leads."""

    url: str
    title: str = ""
    passage: str = ""
    """The words there that a search was about; empty for an ordinary link."""
    line: int | None = None
    """The line there, if it leads to one of the page that was searched in."""


@dataclass(frozen=True)
class Page:
    """One display of the browser: a document, the results of a search, or places in a document."""

    url: str
    """Empty for the results of a search."""
    title: str
    text: str
    links: tuple[Link, ...] = ()
    searched: Page | None = None
    """The page in which the places were found."""
    is_shell: bool = False
    """Whether only its title and URL are known, from an earlier run of the program."""
    lines: list[str] = field(init=False, compare=False, repr=False)
    starts: list[int] = field(init=False, compare=False, repr=False)
    """Where in the text each line begins."""

    def __post_init__(self) -> None:
        lines, starts = wrap(self.text)
        object.__setattr__(self, "lines", lines)
        object.__setattr__(self, "starts", starts)

    def view(self, cursor: int, start: int, count: int, tokens: int, measure: TokenCounter) -> str:
        """Return what the model sees of the page.

        Args:
            cursor: the number of this display.
            start: the first line to show.
            count: how many lines; below 1, as many as a view holds.
            tokens: that a view holds.
            measure: counts the tokens of a text.

        Raises:
            ToolError: the page has no such line.
        """
        last = len(self.lines) - 1
        if start > last:
            raise ToolError(
                f"Invalid location parameter: `{start}`. Cannot exceed page maximum of {last}."
            )
        room = tokens if count < 1 else tokens * MOST_VIEWS
        end = last if count < 1 else min(last, start + count - 1)
        shown: list[str] = []
        for number in range(start, end + 1):
            line = f"L{number}: {self.lines[number].rstrip()}"
            room -= measure(line + "\n")
            shown.append(line)
            if room < 0:
                break
        header = self.title + (f" ({shortened(self.url)})" if self.url else "")
        window = f"viewing lines [{start} - {start + len(shown) - 1}] of {last}"
        return f"[{cursor}] {header}\n**{window}**\n\n" + "\n".join(shown)

    def find(self, pattern: str) -> Page:
        """Return the places in which a pattern stands, whatever its case and its line breaks."""
        plain, in_plain, in_text = without_links(self.text)
        words = pattern.translate(TYPOGRAPHY).split()
        expression = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
        found: list[int] = []
        for match in expression.finditer(plain.translate(TYPOGRAPHY)):
            piece = line_at(in_plain, match.start())
            line = line_at(self.starts, in_text[piece] + match.start() - in_plain[piece])
            if not found or line >= found[-1] + LINES_FOUND:
                found.append(line)
            if len(found) == MOST_FOUND:
                break
        shown = "\n\n".join(
            f"# {show(number, f'match at L{line}', '')}\n{self._excerpt(line)}"
            for number, line in enumerate(found)
        )
        wanted = clean(" ".join(pattern.split()))
        return Page(
            url=self.url,
            title=f"Find results for text: `{wanted}` in `{self.title}`",
            text=shown or f"No `find` results for pattern: `{wanted}`",
            links=tuple(Link(self.url, self.title, line=line) for line in found),
            searched=self,
        )

    def _excerpt(self, line: int) -> str:
        end = line + LINES_FOUND
        to = self.starts[end] if end < len(self.lines) else len(self.text) + 1
        # A link that begins before or ends after is cut, and shows as its words all the same.
        text = self.text[self.starts[line] : to].rstrip("\n")
        text = re.sub(r"^[^【】\n]*(?:†[^】\n]*)?】", _words_of_the_end, text)
        text = re.sub(r"【\d*(?:†([^†】]*)(?:†[^†】]*)?)?$", r"\1", text)
        return without_links(text)[0]

    def locate(self, passage: str) -> int:
        """Return the line at which to open the page to see a passage, 0 if it is not there."""
        words = passage.translate(TYPOGRAPHY).split()[:8]
        if not words:
            return 0
        plain, in_plain, in_text = without_links(self.text)
        expression = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
        match = expression.search(plain.translate(TYPOGRAPHY))
        if match is None:
            return 0
        piece = line_at(in_plain, match.start())
        place = in_text[piece] + match.start() - in_plain[piece]
        return above(line_at(self.starts, place))

    def reference(self, line: int | None = None) -> Reference | None:
        """Return what a citation of a line stands for; None if it leads to no document.

        A line among the results of a search stands for the result it is about.
        """
        if self.url:
            return Reference(self.title if self.searched is None else self.searched.title, self.url)
        for number in range(min(line or 0, len(self.lines) - 1), -1, -1):
            link = LINK.match(self.lines[number].lstrip(" *#"))
            if link and int(link["id"]) < len(self.links):
                target = self.links[int(link["id"])]
                if self.searched is not None:
                    return self.searched.reference(target.line)
                return Reference(target.title or domain_of(target.url), target.url)
        return None


def _words_of_the_end(match: re.Match[str]) -> str:
    return match[0].rstrip("】").partition("†")[0]


def above(line: int) -> int:
    """Return the line at which to open a page to see another in its surroundings."""
    return line - LINES_FOUND if line > LINES_FOUND else line


def shortened(text: str, length: int = LONGEST_HEADER) -> str:
    """Return a text, with an ellipsis for what is over a length."""
    return text if len(text) <= length else text[: length - 3] + "..."


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text is, for want of a vocabulary."""
    return len(text.encode()) // 4 + 1
