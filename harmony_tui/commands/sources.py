"""What the command about an answer's sources does, and what a click on a link does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from harmony_tui.commands.command import CommandError
from harmony_tui.commands.handlers import show_help

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harmony_tui.app import HarmonyApp

MANUAL = "help"
"""What the browser calls the program's own pages."""
NO_SOURCES = "No answer here has cited anything yet."


def open_source(app: HarmonyApp, number: str) -> None:
    """Open something that the last answer which cites refers to, or list all of it."""
    sources = app.presentation.citations.sources
    if not sources:
        raise CommandError(NO_SOURCES)
    if not number and len(sources) > 1:
        listed = ", ".join(f"{place} {each.title}" for place, each in enumerate(sources, 1))
        raise CommandError(f"Sources: {listed}. To open one: /source NUMBER.")
    place = number or "1"
    if not (place.isdecimal() and 1 <= int(place) <= len(sources)):
        raise CommandError(f"There is no source {place!r}; they are numbered 1 to {len(sources)}.")
    open_link(app, sources[int(place) - 1].url)


def source_numbers(app: HarmonyApp) -> Sequence[str]:
    """Return the numbers of the sources that can be opened."""
    return [str(number) for number in range(1, len(app.presentation.citations.sources) + 1)]


def explain_source(app: HarmonyApp, number: str) -> str:
    """Return what a source is."""
    sources = app.presentation.citations.sources
    if not (number.isdecimal() and 1 <= int(number) <= len(sources)):
        return ""
    source = sources[int(number) - 1]
    return f"{source.title} · {source.url}"


def open_link(app: HarmonyApp, target: str) -> None:
    """Open a page of the web in the browser, or one of the manual here; say where it leads."""
    if target.startswith(("https://", "http://")):
        app.flash(target)
        app.open_url(target)
    elif (page := _page_of_manual(target)) is not None:
        show_help(app, page)
    else:
        app.flash(target)


def _page_of_manual(target: str) -> str | None:
    """Return the page of the manual that a link of the browser tool leads to."""
    from harmony_tui.screens.help import page_names

    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    page = unquote(parts.path).strip("/").removesuffix(".md")
    is_manual = (parts.scheme, parts.netloc) == ("local", MANUAL)
    return page if is_manual and page in page_names() else None
