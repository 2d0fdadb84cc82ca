"""What a search is, whoever does it, and how its results are shown to the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.tools.browser.layout import visible
from engine.tools.browser.links import SCHEMES, domain_of, show
from engine.tools.browser.pages import Link, Page, shortened
from engine.tools.browser.watch import Watch

MOST_RESULTS = 20
SUMMARY_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Result:
    """One document that a search found."""

    title: str
    url: str
    summary: str = ""
    passage: str = ""
    """Words of the document at which to open it; empty opens it at its head."""


class SearchBackend(Protocol):
    """Something that finds documents."""

    @property
    def source(self) -> str:
        """The name by which the model may ask for it, such as ``web``."""

    @property
    def service(self) -> str:
        """Whom a search is sent to, for the person who allows it; empty if nobody hears of it."""

    def search(self, query: str, count: int, watch: Watch) -> Sequence[Result]:
        """Return documents, the best first.

        Args:
            query: the words.
            count: how many are wanted, from 1 to 20.
            watch: the call's time.

        Raises:
            ToolError: the search failed; the text says why.
        """


def results_page(query: str, results: Sequence[Result], notice: str = "") -> Page:
    """Return the page of results in the form that gpt-oss knows.

    Args:
        query: what was searched for.
        results: what was found; those whose URL cannot be opened are left out.
        notice: is said at the end.
    """
    urls: dict[str, Result] = {}
    for result in results:
        if result.url.partition(":")[0].lower() in SCHEMES and domain_of(result.url):
            urls.setdefault(result.url, result)
    lines = ["", "URL: ", "# Search Results", ""]
    links: list[Link] = []
    for number, (url, result) in enumerate(urls.items()):
        title = _in_one_line(result.title) or domain_of(url)
        summary = shortened(_in_one_line(result.summary), SUMMARY_LENGTH)
        lines.append(f"  * {show(number, title, domain_of(url))} {summary}".rstrip())
        links.append(Link(url, title, result.passage))
    if not links:
        lines.append("No results. Try fewer or other words.")
    if notice:
        lines += ["", notice]
    return Page(url="", title=_in_one_line(query), text="\n".join(lines), links=tuple(links))


def _in_one_line(text: str) -> str:
    return " ".join(visible(text).split())
