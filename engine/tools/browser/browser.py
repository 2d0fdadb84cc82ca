"""The browser's three functions, and the stack of what they have displayed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engine.tools.browser.arguments import (
    Arguments,
    FindArguments,
    OpenArguments,
    SearchArguments,
)
from engine.tools.browser.citations import read_display
from engine.tools.browser.fetching import Fetched, Fetcher
from engine.tools.browser.folder import LocalFolder
from engine.tools.browser.layout import visible
from engine.tools.browser.links import LOCAL_SCHEME
from engine.tools.browser.pages import (
    VIEW_TOKENS,
    Page,
    Reference,
    TokenCounter,
    above,
    estimated_tokens,
    shortened,
)
from engine.tools.browser.reading import read_page
from engine.tools.browser.searching import MOST_RESULTS, SearchBackend, results_page
from engine.tools.browser.watch import Watch
from engine.tools.registry import ToolError, read_arguments

FUNCTIONS = ("search", "open", "find")
NETWORK_OFF = "the network is switched off; the user can switch it on with /network on"
NO_WEB_SEARCH = "no web search is set up; the user can choose one in the settings"
CALL_SECONDS = 30.0
LONGEST_PATTERN = 500
SOURCE_PREFIX = "view-source:"
BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#].*)?")


@dataclass(frozen=True, slots=True)
class _Function:
    """One of the three."""

    arguments: type[Arguments]
    run: Callable[[Any], str]
    sends_to: Callable[[Any], str]
    """Returns whom a call sends something to."""


class Browser:
    """Searches, opens and finds for one conversation.

    Calls come one at a time; ``cancel`` may come from any thread.
    """

    def __init__(
        self,
        *,
        web: SearchBackend | None = None,
        folders: Sequence[LocalFolder] = (),
        fetcher: Fetcher | None = None,
        network_is_on: Callable[[], bool] = lambda: False,
        measure: TokenCounter = estimated_tokens,
        view_tokens: int = VIEW_TOKENS,
        seconds: float = CALL_SECONDS,
    ) -> None:
        """Begin with nothing displayed.

        Args:
            web: searches the web; None has only the folders searched.
            folders: offline sources, the most important first.
            fetcher: gets pages of the web.
            network_is_on: is asked at each call that would use the network.
            measure: counts the tokens of a text, for how much is shown at once.
            view_tokens: how much that is.
            seconds: that one call may take.
        """
        self.pages: list[Page] = []
        """What has been displayed; a cursor is a place in it."""
        self.web = web
        """What searches the web; assign to have another do it from the next search on."""
        self._folders = tuple(folders)
        self._fetcher = fetcher or Fetcher()
        self._network_is_on = network_is_on
        self._measure = measure
        self._view_tokens = view_tokens
        self._seconds = seconds
        self._calls = threading.Lock()
        """One that was left behind when it was stopped may still be about to end."""
        self._watch_lock = threading.Lock()
        self._watch: Watch | None = None
        self._functions: dict[str, _Function] = {
            "search": _Function(SearchArguments, self._search, self._searched_by),
            "open": _Function(OpenArguments, self._open, self._opened_by),
            "find": _Function(FindArguments, self._find, self._found_by),
        }

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of what can be searched now, the one that is used unasked first."""
        return tuple(backend.source for backend in self._backends())

    def call(self, name: str, arguments: str) -> str:
        """Run a function and return the display that the model reads.

        Args:
            name: ``search``, ``open`` or ``find``, with or without ``browser.`` before it.
            arguments: JSON as the model wrote it.

        Raises:
            ToolError: it could not be done, or was cancelled; the stack is as it was before.
        """
        function = self._function(name)
        return self.run(name, read_arguments(function.arguments, arguments))

    def run(self, name: str, given: Arguments) -> str:
        """Run a function on arguments that were read; see ``call``.

        Raises:
            ToolError: as ``call``.
        """
        with self._calls:
            return self._run(self._function(name), given)

    def _function(self, name: str) -> _Function:
        function = self._functions.get(name.removeprefix("browser."))
        if function is None:
            known = ", ".join(f"browser.{known}" for known in FUNCTIONS)
            raise ToolError(f"the browser has no function {name[:60]!r}; it has {known}")
        return function

    def _run(self, function: _Function, given: Arguments) -> str:
        with self._watch_lock:
            self._watch = Watch(self._seconds)
        height = len(self.pages)
        try:
            return function.run(given)
        except BaseException:
            del self.pages[height:]
            raise
        finally:
            with self._watch_lock:
                self._watch = None

    def cancel(self) -> None:
        """End the call that is running, from any thread; one that comes later is not touched."""
        with self._watch_lock:
            watch = self._watch
        if watch is not None:
            watch.stop()

    def sends_to(self, name: str, arguments: str) -> str:
        """Return whom a call would send something to; empty if it stays on this machine.

        It is for the person who has to allow the call; nothing is sent to find it out.

        Args:
            name: of the function.
            arguments: JSON as the model wrote it.
        """
        try:
            function = self._function(name)
            return function.sends_to(read_arguments(function.arguments, arguments))
        except ToolError:
            return ""  # The call fails in the same way, before anything is sent.

    def _searched_by(self, arguments: SearchArguments) -> str:
        return self._backend(arguments.source).service

    def _opened_by(self, arguments: OpenArguments) -> str:
        if isinstance(arguments.id, int):
            page = self._at(arguments.cursor)[1]
            if page.is_shell or page.searched is not None:
                return self._remote(page, only_if_shell=not arguments.view_source)
        url = self._target(arguments)
        return "" if url is None or self._folder_of(url) else url

    def _found_by(self, arguments: FindArguments) -> str:
        return self._remote(self._at(arguments.cursor)[1], only_if_shell=True)

    def _remote(self, page: Page, *, only_if_shell: bool) -> str:
        """Return a page's URL if it is to be fetched from the network."""
        is_kept = only_if_shell and not page.is_shell
        return "" if is_kept or self._folder_of(page.url) else page.url

    def forget(self) -> None:
        """Begin again with nothing displayed."""
        with self._calls:
            self.pages.clear()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Have what is displayed until the block ends be forgotten then, so that cursors stay."""
        before = list(self.pages)
        try:
            yield
        finally:
            with self._calls:
                self.pages[:] = before

    def look_up(self, cursor: int, line: int | None = None) -> Reference | None:
        """Return what a citation stands for; None if nothing like it was displayed."""
        if not 0 <= cursor < len(self.pages):
            return None
        return self.pages[cursor].reference(line)

    def remember(self, displays: Iterable[str]) -> None:
        """Take up the stack of a conversation from the outputs it has kept, in their order.

        The pages are read again when they are needed.
        """
        for output in displays:
            display = read_display(output)
            if display is None:
                continue
            cursor, reference = display
            shell = Page(reference.url, reference.title, "", is_shell=True)
            lost = Page("", "", "", is_shell=True)
            self.pages += [lost] * (cursor - len(self.pages))
            self.pages[cursor:] = [shell]

    # search

    def _search(self, arguments: SearchArguments) -> str:
        query = " ".join(visible(arguments.query).split())
        if not query:
            raise ToolError("the query is empty")
        backend = self._backend(arguments.source)
        if backend.service and not self._network_is_on():
            raise ToolError(NETWORK_OFF)
        count = min(max(arguments.topn, 1), MOST_RESULTS) if arguments.topn != -1 else 10
        try:
            results = list(backend.search(query, count, self._running))
        except ToolError as error:
            raise ToolError(f"Error during search for `{shortened(query, 200)}`: {error}") from None
        is_offline = not backend.service and not self._network_is_on()
        notice = f"Only {backend.source} was searched: {NETWORK_OFF}." if is_offline else ""
        return self._display(results_page(query, results, "" if results else notice))

    def _backends(self) -> list[SearchBackend]:
        web = [self.web] if self.web is not None else []
        return [*web, *self._folders] if self._network_is_on() else [*self._folders, *web]

    def _backend(self, source: str | None) -> SearchBackend:
        backends = self._backends()
        if not backends:
            raise ToolError(NO_WEB_SEARCH)
        wanted = (source or "").strip().lower()
        for backend in backends:
            if backend.source == wanted:
                return backend
        if wanted == "web":
            raise ToolError(NO_WEB_SEARCH if self._network_is_on() else NETWORK_OFF)
        return backends[0]

    # open

    def _open(self, arguments: OpenArguments) -> str:
        url = self._target(arguments)
        if url is None:
            page = self._page(arguments.cursor)
            return self._display(page, max(arguments.loc, 0), arguments.num_lines)
        start = arguments.loc
        link = None
        if isinstance(arguments.id, int) and arguments.id >= 0:
            source = self._page(arguments.cursor)
            link = source.links[arguments.id]
            if source.searched is not None and not arguments.view_source:
                start = above(link.line or 0) if start < 0 else start
                return self._display(source.searched, start, arguments.num_lines)
        is_direct = link is None or bool(arguments.view_source)
        page = self._get(url, as_source=bool(arguments.view_source), is_anew=is_direct)
        if start < 0:
            start = page.locate(link.passage) if link is not None and link.passage else 0
        return self._display(page, start, arguments.num_lines)

    def _target(self, arguments: OpenArguments) -> str | None:
        """Return the URL that a call wants; None if it is to move on the page it is on."""
        if isinstance(arguments.id, str):
            url = arguments.id.strip()
            if url.lower().startswith(SOURCE_PREFIX):
                arguments.view_source = True
                url = url[len(SOURCE_PREFIX) :]
            local = (folder.url_of(url) for folder in self._folders)
            bare = f"https://{url}" if BARE_ADDRESS.fullmatch(url) else url
            return next((found for found in local if found), bare)
        page = self._page(arguments.cursor)
        if arguments.id >= 0:
            if arguments.id >= len(page.links):
                known = f"ids 0 to {len(page.links) - 1}" if page.links else "no links"
                raise ToolError(f"Invalid link id `{arguments.id}`. The page has {known}.")
            return page.links[arguments.id].url
        return page.url if arguments.view_source and page.url else None

    def _get(self, url: str, *, as_source: bool, is_anew: bool) -> Page:
        """Return the page at a URL, from the stack if it was displayed and need not be anew."""
        url = url.partition("#")[0]
        if not is_anew:
            for page in reversed(self.pages):
                if page.url == url and page.searched is None and not page.is_shell:
                    return page
        try:
            document = self._fetch(url)
            return read_page(document, as_source=as_source, go_on=self._running.check)
        except ToolError as error:
            where = shortened(" ".join(visible(url).split()), 300)
            raise ToolError(f"Error fetching URL `{where}`: {error}") from None

    def _fetch(self, url: str) -> Fetched:
        folder = self._folder_of(url)
        if folder is not None:
            return folder.read(url)
        if url.lower().startswith(f"{LOCAL_SCHEME}:"):
            raise ToolError("there is no such source")
        # What is no URL at all is told even without a network.
        self._fetcher.check(url)
        if not self._network_is_on():
            raise ToolError(NETWORK_OFF)
        return self._fetcher.fetch(url, self._running)

    def _folder_of(self, url: str) -> LocalFolder | None:
        return next((folder for folder in self._folders if folder.holds(url)), None)

    # find

    def _find(self, arguments: FindArguments) -> str:
        pattern = " ".join(arguments.pattern.split())[:LONGEST_PATTERN]
        if not pattern:
            raise ToolError("the pattern is empty")
        page = self._page(arguments.cursor)
        # Models often look for a second thing where they have just looked for the first.
        return self._display((page.searched or page).find(pattern))

    # The stack

    @property
    def _running(self) -> Watch:
        watch = self._watch
        return watch if watch is not None else Watch(self._seconds)

    def _at(self, cursor: int) -> tuple[int, Page]:
        """Return what a cursor stands for and its place; the last display if it is below zero.

        Raises:
            ToolError: nothing.
        """
        last = len(self.pages) - 1
        if last < 0:
            raise ToolError("No pages to access! Search, or open a URL, first.")
        if cursor > last:
            raise ToolError(
                f"Cursor `{cursor}` is out of range. Available cursor indices: [0 - {last}]."
            )
        place = cursor if cursor >= 0 else last
        return place, self.pages[place]

    def _page(self, cursor: int) -> Page:
        """Return the page that a cursor stands for, read again if only its URL is known.

        Raises:
            ToolError: there is none, or it cannot be read.
        """
        place, page = self._at(cursor)
        if page.is_shell:
            if not page.url:
                raise ToolError(f"what was at cursor `{place}` is gone; search again")
            page = self.pages[place] = self._get(page.url, as_source=False, is_anew=True)
        return page

    def _display(self, page: Page, start: int = 0, count: int = -1) -> str:
        """Put a page on the stack and return what the model sees of it."""
        self._running.check()
        text = page.view(len(self.pages), start, count, self._view_tokens, self._measure)
        self.pages.append(page)
        return text
