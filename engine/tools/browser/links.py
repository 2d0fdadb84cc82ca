"""URLs as a page's text shows them: numbered links, with the domain where it is another's."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

LOCAL_SCHEME = "local"
"""Of documents in a folder: local://the folder's name/the path in it."""
SCHEMES = ("http", "https", LOCAL_SCHEME)
HOST = re.compile(r"[\w.:\[\]-]+")
LINK = re.compile(r"【(?P<id>\d+)†(?P<text>[^†】]+)(?:†[^†】]*)?】")


def domain_of(url: str) -> str:
    """Return a URL's host, with its port if it names one; empty if there is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if not HOST.fullmatch(host):
        return ""
    return f"{host}:{port}" if port else host


def join(base: str, link: str) -> str:
    """Return where a link in a document leads; empty if that is nothing that can be opened."""
    try:
        if base.startswith(f"{LOCAL_SCHEME}:") and not urlsplit(link).scheme:
            # The standard library joins only schemes that it knows.
            url = urljoin(base.replace(LOCAL_SCHEME, "http", 1), link)
            url = url.replace("http", LOCAL_SCHEME, 1)
        else:
            url = urljoin(base, link)
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in SCHEMES or not domain_of(url):
        return ""
    return urlunsplit(parts)


class Links:
    """The links of one page, numbered by their first appearance, one number for each URL."""

    def __init__(self, url: str, base: str | None = None) -> None:
        """Begin without any.

        Args:
            url: of the page.
            base: what the page says that its links start from.
        """
        self._page = url.partition("#")[0]
        self._base = base or url
        self._domain = domain_of(url)
        self._numbers: dict[str, int] = {}

    @property
    def urls(self) -> tuple[str, ...]:
        """Where the links lead, by their number."""
        return tuple(self._numbers)

    def mark(self, link: str, text: str) -> str:
        """Return how a link is shown, which is its text alone if it leads nowhere else."""
        link = "".join(link.split())
        url = "" if link.startswith("#") else join(self._base, link)
        place, hash_sign, _ = url.partition("#")
        if not url or not text or (hash_sign and place == self._page):
            return text
        number = self._numbers.setdefault(url, len(self._numbers))
        domain = domain_of(url)
        return show(number, text, "" if domain == self._domain else domain)


def show(number: int, text: str, domain: str) -> str:
    """Return a link as the model knows it."""
    label = text.replace("†", "‡")
    return f"【{number}†{label}†{domain}】" if domain else f"【{number}†{label}】"


def without_links(text: str) -> tuple[str, list[int], list[int]]:
    """Return a text with links shown as their words, and how positions in it map to the text's.

    Returns:
        The plain text; the positions in it at which its pieces begin; and where in the text each
        piece begins.
    """
    pieces: list[str] = []
    in_plain: list[int] = []
    in_text: list[int] = []
    size = end = 0

    def take(start: int, piece: str) -> None:
        nonlocal size
        in_plain.append(size)
        in_text.append(start)
        pieces.append(piece)
        size += len(piece)

    for link in LINK.finditer(text):
        take(end, text[end : link.start()])
        take(link.start("text"), link["text"])
        end = link.end()
    take(end, text[end:])
    return "".join(pieces), in_plain, in_text
