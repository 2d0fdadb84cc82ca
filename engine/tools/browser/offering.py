"""The browser as the tools that the model knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.tools.browser.arguments import (
    Arguments,
    FindArguments,
    OpenArguments,
    SearchArguments,
)
from engine.tools.browser.browser import Browser
from engine.tools.registry import THIS_PROGRAM, Running, Tool

if TYPE_CHECKING:
    from engine.tools.permissions import Touch

NAMESPACE = "browser"
THE_NETWORK = "the network"

# The model reads of them what the system message says, in the words that it was trained with.
FUNCTIONS: dict[str, tuple[type[Arguments], str]] = {
    "search": (SearchArguments, "Searches the web, or the pages that are on this machine."),
    "open": (OpenArguments, "Opens a page, or shows another part of one."),
    "find": (FindArguments, "Finds a text on a page."),
}


def browser_tools(browser: Browser, network_is_on: Callable[[], bool]) -> tuple[Tool, ...]:
    """Return the three tools of a browser.

    Args:
        browser: what they work with.
        network_is_on: whether calls reach the network now; else they stay on this machine.
    """
    return tuple(
        _tool(name, arguments, description, browser, network_is_on)
        for name, (arguments, description) in FUNCTIONS.items()
    )


def _tool(
    name: str,
    arguments: type[Arguments],
    description: str,
    browser: Browser,
    network_is_on: Callable[[], bool],
) -> Tool:
    def run(given: Arguments, running: Running) -> str:
        with running.interrupting(browser.cancel):
            return browser.run(name, given)

    def reached(text: str) -> str:
        return browser.sends_to(name, text) if network_is_on() else ""

    def touches(text: str) -> frozenset[Touch]:
        return frozenset({"network"} if reached(text) else {"read"})

    def effects(text: str) -> str:
        return f"sends this to {whom}" if (whom := reached(text)) else ""

    return Tool(
        name=name,
        description=description,
        arguments=arguments,
        run=run,
        effects=effects,
        namespace=NAMESPACE,
        touches=touches,
        place=lambda text: THE_NETWORK if reached(text) else THIS_PROGRAM,
        host=lambda text: _host(reached(text)),
    )


def _host(reached: str) -> str:
    """Return the host of a URL; empty of a service that is known by its name."""
    try:
        return urlsplit(reached).hostname or ""
    except ValueError:
        return ""
