"""A folder of documents as a source: searched and read without a network."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from engine.tools.browser.fetching import Fetched
from engine.tools.browser.links import LOCAL_SCHEME, without_links
from engine.tools.browser.pages import shortened
from engine.tools.browser.ranking import Indexed, best_passage, index, rank
from engine.tools.browser.reading import read_page
from engine.tools.browser.searching import Result
from engine.tools.browser.watch import Watch
from engine.tools.registry import ToolError

SUFFIXES = frozenset((".md", ".markdown", ".txt", ".rst", ".html", ".htm"))
MOST_FILES = 2_000
LARGEST_FILE = 4_000_000
SUMMARY_LENGTH = 240


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document as it was when it was last indexed."""

    modified: int
    size: int
    document: Indexed


class LocalFolder:
    """Markdown, text and HTML files in a folder, each at ``local://source/path``."""

    service = ""
    """Nobody hears of a search in it."""

    def __init__(
        self, root: Path, source: str = "local", fill: Callable[[str], str] | None = None
    ) -> None:
        """Begin without reading anything.

        Args:
            root: the folder.
            source: its name for the model; what cannot stand in a URL becomes a dash.
            fill: returns a text with its marks filled in, as it is to be read. What is searched are
                the documents without: what is filled in are tables, with words of everything.
        """
        self.root = root
        self._fill = fill
        self.source = re.sub(r"[^a-z0-9-]+", "-", source.lower()).strip("-") or LOCAL_SCHEME
        self._lock = threading.Lock()
        self._index: dict[str, _Kept] = {}

    def holds(self, url: str) -> bool:
        """Whether a URL is of a document here, be it there or not."""
        return url.partition("#")[0].rstrip("/").lower() == self._front[:-1] or (
            url[: len(self._front)].lower() == self._front
        )

    def search(self, query: str, count: int, watch: Watch) -> Sequence[Result]:
        """Return documents that have words of the query; see SearchBackend."""
        with self._lock:
            self._refresh(watch)
            documents = {path: kept.document for path, kept in self._index.items()}
        results = []
        for path in rank(query, documents)[:count]:
            document = documents[path]
            passage = best_passage(query, document, documents.values())
            passage = self._fill(passage) if self._fill else passage
            summary = shortened(" ".join(passage.split()), SUMMARY_LENGTH)
            results.append(Result(document.title, self._url(path), summary, passage))
        return results

    def read(self, url: str) -> Fetched:
        """Return a document, or at the folder's own URL a list of those there are.

        Raises:
            ToolError: there is none.
        """
        document = self._read(url)
        if self._fill is None:
            return document
        text = self._fill(document.content.decode(errors="replace"))
        return replace(document, content=text.encode())

    def _read(self, url: str) -> Fetched:
        path = unquote(urlsplit(url).path).strip("/")
        if not path:
            return Fetched(self._front, self._contents().encode(), "text/markdown; charset=utf-8")
        file = self._find(path)
        if file is None:
            raise ToolError(
                f"there is no document {path!r} in {self.source}; {self._front} lists those there"
            )
        try:
            with file.open("rb") as stream:
                content = stream.read(LARGEST_FILE + 1)
        except OSError as error:
            raise ToolError(f"the document cannot be read: {error.strerror}") from None
        is_cut = len(content) > LARGEST_FILE
        return Fetched(self._url(path), content[:LARGEST_FILE], "", is_cut)

    def path_of(self, url: str) -> Path | None:
        """Return the file behind a URL, so that the person can open it; None if there is none."""
        return self._find(unquote(urlsplit(url).path).strip("/")) if self.holds(url) else None

    def url_of(self, path: str) -> str | None:
        """Return the URL of a document by its path in the folder; None if there is none."""
        return self._url(path) if self._find(path) else None

    @property
    def _front(self) -> str:
        return f"{LOCAL_SCHEME}://{self.source}/"

    def _url(self, path: str) -> str:
        return self._front + quote(path)

    def _find(self, path: str) -> Path | None:
        """Return a file of the folder that may be shown, and no other whatever the path says."""
        try:
            root = self.root.resolve(strict=True)
            file = (root / path).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            return None
        if not file.is_relative_to(root) or not file.is_file():
            return None
        parts = file.relative_to(root).parts
        is_shown = file.suffix.lower() in SUFFIXES and not any(p.startswith(".") for p in parts)
        return file if is_shown else None

    def _paths(self) -> Iterator[str]:
        """Give the documents' paths in order, with slashes."""
        count = 0
        for folder, folders, files in os.walk(self.root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                path = (Path(folder) / name).relative_to(self.root).as_posix()
                if Path(name).suffix.lower() in SUFFIXES and self._find(path):
                    count += 1
                    yield path
                if count >= MOST_FILES:
                    return

    def _refresh(self, watch: Watch) -> None:
        """Index what is new or has changed, and forget what is gone."""
        kept: dict[str, _Kept] = {}
        for path in self._paths():
            watch.check()
            try:
                status = (self.root / path).stat()
                known = self._index.get(path)
                if known and (known.modified, known.size) == (status.st_mtime_ns, status.st_size):
                    kept[path] = known
                    continue
                page = read_page(self._read(self._url(path)), go_on=watch.check)
            except (OSError, ToolError):
                watch.check()
                continue  # What cannot be read cannot be found.
            text = without_links(page.text)[0].split("\n", 2)[2]
            kept[path] = _Kept(status.st_mtime_ns, status.st_size, index(page.title, text))
        self._index = kept

    def _contents(self) -> str:
        lines = [f"# Documents in {self.source}", ""]
        lines += [f"- [{path}]({quote(path)})" for path in self._paths()]
        return "\n".join(lines)
