"""Questions for the program's help pages, and what the browser really shows of these."""

from __future__ import annotations

import functools
import json
import random
import re
from pathlib import Path

import engine
from engine.models.demo.corpus.knowledge import TOPICS
from engine.models.demo.corpus.splitting import Split, choose
from engine.models.demo.corpus.topic import expand
from engine.models.demo.corpus.wordings.browsing import ABSENT, LOOK_UPS, SUBJECTS
from engine.tools.browser.browser import Browser
from engine.tools.browser.folder import SUMMARY_LENGTH, LocalFolder
from engine.tools.browser.pages import VIEW_TOKENS, Page, above, estimated_tokens, shortened
from engine.tools.browser.searching import Result, results_page

HELP = Path(engine.__file__).parents[1] / "harmony_tui" / "help"
"""The program's help pages: the source that needs no network."""
SOURCE = "help"
LINES = 6
"""So many lines of a page are opened: the passage that was found, and some before it."""
OPEN_ARGUMENTS = json.dumps({"id": 0, "num_lines": LINES}, separators=(",", ":"))
TITLES = (
    "Themes", "Sessions", "Keys", "Settings", "Tools", "Models", "Files", "Start", "Commands",
    "Profiles", "Steering", "Voice", "Network", "Search", "Hyperparameters", "Server",
)  # fmt: skip
ABSENT_SHARE = 0.08
"""So many questions are about what the help pages say nothing of."""
NOTHING_FOUND = "The help pages say nothing about that."
FOUND = re.compile(r"【0†[^】]*】 ?(?P<words>.*)")
HEADER = re.compile(
    r"\[(?P<cursor>\d+)\] (?P<title>.*?)(?: \(\S+\))?\n"
    r"\*\*viewing lines \[(?P<first>\d+) - (?P<last>\d+)\]"
)


def draw_look_up(rng: random.Random, split: Split) -> tuple[str, str]:
    """Draw a question for the help pages, and what it is about."""
    subject = rng.choice(ABSENT if rng.random() < ABSENT_SHARE else in_prose())
    sentence = expand(rng, choose(rng, "look up", LOOK_UPS, split))
    return sentence.replace("{x}", subject), subject


def search_arguments(query: str) -> str:
    """Return the arguments of ``browser.search``, spelled as the model is to spell them."""
    return json.dumps({"query": query, "topn": 1}, separators=(",", ":"))


def new_browser(pages: int = 0) -> Browser:
    """Return a browser on the help pages that has displayed so many pages already."""
    browser = Browser(folders=[_help()])
    for _ in range(pages):
        browser.call("search", search_arguments("help"))
    return browser


@functools.cache
def _help() -> LocalFolder:
    return LocalFolder(HELP, SOURCE)


@functools.lru_cache(maxsize=1 << 10)
def browse(query: str, pages: int) -> tuple[str, str | None]:
    """Return what the browser shows of a search, and of the page that it found, if it did.

    Args:
        query: the words.
        pages: how many displays came before.
    """
    browser = new_browser(pages)
    found = browser.call("search", search_arguments(query))
    is_found = FOUND.search(found) is not None
    return found, browser.call("open", OPEN_ARGUMENTS) if is_found else None


def browse_other(rng: random.Random, query: str, pages: int) -> tuple[str, str]:
    """Return what the browser would show if some other text were found for a query.

    So that the answer is learned to be copied, and goes with the pages when they change.
    """
    title, passage = rng.choice(TITLES), rng.choice(_passages())
    url = f"local://{SOURCE}/{title.lower()}.md"
    results = results_page(query, [Result(title, url, shortened(passage, SUMMARY_LENGTH))])
    first = rng.randint(4, 90)
    lines = ["", f"URL: {url}", f"# {title}", *[""] * (first - 3), passage, ""]
    page = Page(url, title, "\n".join(lines) + rng.choice(_passages()))
    start = above(first)
    return (
        results.view(pages, 0, -1, VIEW_TOKENS, estimated_tokens),
        page.view(pages + 1, start, LINES, VIEW_TOKENS, estimated_tokens),
    )


@functools.cache
def _passages() -> tuple[str, ...]:
    """Return the answers about the program that are sentences, each in one line."""
    answers = (" ".join(answer.split()) for topic in TOPICS for answer in topic.answers)
    return tuple(answer for answer in answers if answer[0] not in "|#" and "```" not in answer)


@functools.cache
def in_prose() -> tuple[str, ...]:
    """Return the subjects of which the help pages speak in sentences, not in a table."""
    found = ((subject, FOUND.search(browse(subject, 0)[0])) for subject in SUBJECTS)
    return tuple(subject for subject, words in found if words and words["words"][:1] != "|")


def report_page(found: str, opened: str) -> str:
    """Return the answer from a page: how the passage begins, and a citation of what was opened."""
    words, header = FOUND.search(found), HEADER.match(opened)
    if words is None or header is None:
        return NOTHING_FOUND
    return (
        f"The help page {header['title']} says: {words['words'].strip()} … "
        f"【{header['cursor']}†L{header['first']}-L{header['last']}】"
    )
