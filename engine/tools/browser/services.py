"""Search services on the web, each behind the same small interface."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.tools.browser.fetching import Fetcher
from engine.tools.browser.links import domain_of
from engine.tools.browser.searching import Result
from engine.tools.browser.watch import Watch
from engine.tools.registry import ToolError

TAGS = re.compile(r"<[^<>]{1,200}>")


@dataclass(frozen=True, slots=True)
class SearXNG:
    """A SearXNG instance, which needs no key; JSON must be among the formats that it gives out."""

    endpoint: str
    """Its URL, such as ``http://localhost:8888``."""
    fetcher: Fetcher = field(default_factory=Fetcher)
    source: str = "web"

    @property
    def service(self) -> str:
        """Whom a search is sent to."""
        return domain_of(self.endpoint)

    def search(self, query: str, count: int, watch: Watch) -> Sequence[Result]:
        """Return documents; see SearchBackend."""
        url = f"{self.endpoint.rstrip('/')}/search"
        answer = self.fetcher.ask(url, watch, params={"q": query, "format": "json"})
        return _results(_items(answer, "results"), count, "content")


@dataclass(frozen=True, slots=True)
class Brave:
    """The Brave Search API."""

    key: str = field(repr=False)
    fetcher: Fetcher = field(default_factory=Fetcher)
    endpoint: str = "https://api.search.brave.com"
    source: str = "web"
    service: str = "Brave Search"

    def search(self, query: str, count: int, watch: Watch) -> Sequence[Result]:
        """Return documents; see SearchBackend."""
        answer = self.fetcher.ask(
            f"{self.endpoint}/res/v1/web/search",
            watch,
            params={"q": query[:400], "count": str(count)},
            headers={"x-subscription-token": self.key},
        )
        return _results(_items(answer, "web", "results"), count, "description")


@dataclass(frozen=True, slots=True)
class Exa:
    """The Exa API."""

    key: str = field(repr=False)
    fetcher: Fetcher = field(default_factory=Fetcher)
    endpoint: str = "https://api.exa.ai"
    source: str = "web"
    service: str = "Exa"

    def search(self, query: str, count: int, watch: Watch) -> Sequence[Result]:
        """Return documents; see SearchBackend."""
        answer = self.fetcher.ask(
            f"{self.endpoint}/search",
            watch,
            headers={"x-api-key": self.key},
            body={
                "query": query,
                "numResults": count,
                "contents": {"text": {"maxCharacters": 400}},
            },
        )
        return _results(_items(answer, "results"), count, "summary", "text")


@dataclass(frozen=True, slots=True)
class YouCom:
    """The You.com Search API."""

    key: str = field(repr=False)
    fetcher: Fetcher = field(default_factory=Fetcher)
    endpoint: str = "https://api.ydc-index.io"
    source: str = "web"
    service: str = "You.com"

    def search(self, query: str, count: int, watch: Watch) -> Sequence[Result]:
        """Return documents; see SearchBackend."""
        answer = self.fetcher.ask(
            f"{self.endpoint}/v1/search",
            watch,
            params={"query": query, "count": str(count)},
            headers={"x-api-key": self.key},
        )
        items = [*_items(answer, "results", "web"), *_items(answer, "results", "news")]
        return _results(items, count, "description", "snippets")


@dataclass(frozen=True, slots=True)
class DuckDuckGo:
    """DuckDuckGo through the package ``ddgs``, without a key and without a promise to last."""

    source: str = "web"
    service: str = "DuckDuckGo"

    def search(self, query: str, count: int, watch: Watch) -> Sequence[Result]:
        """Return documents; see SearchBackend."""
        try:
            from ddgs import DDGS  # type: ignore[import-not-found, unused-ignore]
        except ImportError:
            raise ToolError(
                "searching with DuckDuckGo needs the package ddgs; ask the user to install it"
            ) from None

        def ask() -> list[dict[str, str]]:
            found: list[dict[str, str]] = DDGS().text(query, max_results=count)
            return found

        try:
            items = watch.run(ask)
        except ToolError:
            raise
        except Exception as error:  # noqa: BLE001 (the package has errors of many kinds)
            raise ToolError(f"DuckDuckGo gave no results: {str(error)[:200]}") from None
        return _results([{**item, "url": item.get("href")} for item in items], count, "body")


def _items(answer: Any, *path: str) -> Sequence[Any]:
    """Return a list out of an answer; empty if it is not there."""
    for name in path:
        answer = answer.get(name) if isinstance(answer, Mapping) else None
    return answer if isinstance(answer, list) else []


def _results(items: Sequence[Any], count: int, *summaries: str) -> list[Result]:
    """Return the results among items, with the first of some fields that has words in it."""
    return list(_read(items, summaries))[:count]


def _read(items: Sequence[Any], summaries: Sequence[str]) -> Iterator[Result]:
    for item in items:
        if not isinstance(item, Mapping) or not isinstance(item.get("url"), str):
            continue
        texts = (_text(item.get(name)) for name in summaries)
        summary = next((text for text in texts if text), "")
        yield Result(_text(item.get("title")), item["url"].strip(), summary)


def _text(value: Any) -> str:
    """Return a field without the marks that services put around the words searched for."""
    if isinstance(value, list):
        return " … ".join(text for text in map(_text, value) if text)
    return html.unescape(TAGS.sub("", value)).strip() if isinstance(value, str) else ""
