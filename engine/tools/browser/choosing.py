"""Which service searches the web, as the person has set it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.config.reading import SettingsError
from engine.config.settings import Settings
from engine.tools.browser.searching import SearchBackend
from engine.tools.browser.services import Brave, DuckDuckGo, Exa, SearXNG, YouCom

KEYED: Mapping[str, Callable[[str], SearchBackend]] = {"brave": Brave, "exa": Exa, "you": YouCom}
KEYS = {"brave": "BRAVE_API_KEY", "exa": "EXA_API_KEY", "you": "YDC_API_KEY"}
"""The variables of the environment that hold the services' keys."""


def choose_service(settings: Settings, variables: Mapping[str, str]) -> SearchBackend | None:
    """Return what searches the web; None if nothing was chosen.

    Args:
        settings: ``search`` and ``search_url`` count.
        variables: of the environment, which keys are taken from.

    Raises:
        SettingsError: it lacks its key or URL.
    """
    match settings.search:
        case None:
            return None
        case "duckduckgo":
            return DuckDuckGo()
        case "searxng":
            if not settings.search_url:
                raise SettingsError(
                    "search is searxng, but search_url is not set. Set it to where SearXNG is, "
                    "such as http://localhost:8888."
                )
            return SearXNG(settings.search_url)
        case name:
            if not (key := variables.get(KEYS[name], "").strip()):
                raise SettingsError(
                    f"search is {name}, but there is no key. Set the variable {KEYS[name]} before "
                    "the program is started."
                )
            return KEYED[name](key)
