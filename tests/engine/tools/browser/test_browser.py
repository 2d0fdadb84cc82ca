import json
import threading
import time

import pytest

from engine.tools.browser.browser import NETWORK_OFF, Browser
from engine.tools.browser.citations import number_citations
from engine.tools.browser.fetching import Fetcher
from engine.tools.browser.folder import LocalFolder
from engine.tools.browser.pages import Reference
from engine.tools.browser.services import SearXNG
from engine.tools.registry import ToolError
from tests.engine.tools.browser.server import HOST, Reply, serving

ROWS = "".join(f"<p>Row {n} of the page.</p>" for n in range(300))
PAGE = f"""<title>The page</title><h1>Rows</h1>{ROWS}
<p>The “hidden treasure” is <a href="/deep">buried
deep</a> — here.</p><a href="https://other.org/x">Other</a>"""
DEEP = "<title>Deep</title><p>The bottom.</p>"
RESULTS = {
    "results": [
        {"title": "The 【1†page】†", "url": "SITE/page", "content": "Rows and\nrows."},
        {"title": "Bad", "url": "javascript:alert(1)"},
        {"title": "Deep", "url": "SITE/deep", "content": "word " * 200},
        {"title": "Again", "url": "SITE/page", "content": "Twice."},
    ]
}


@pytest.fixture
def site():
    pages = {"/page": Reply(PAGE.encode()), "/deep": Reply(DEEP.encode())}
    with serving(pages) as site:
        results = json.dumps(RESULTS).replace("SITE", site.url("").rstrip("/"))
        site.replies["/search"] = Reply(results.encode(), "application/json")
        yield site


@pytest.fixture
def help_pages(tmp_path):
    (tmp_path / "keys.md").write_text(
        "# Keys\n\n" + "Nothing here.\n\n" * 20 + "## Stopping\n\nEscape stops the answer.\n"
    )
    (tmp_path / "start.md").write_text("# Start\n\nSee [the keys](keys.md#stopping).\n")
    return LocalFolder(tmp_path, "help")


@pytest.fixture
def browser(site, help_pages):
    return Browser(
        web=SearXNG(site.url("")),
        folders=[help_pages],
        fetcher=Fetcher(allowed={(HOST, site.port)}),
        network_is_on=lambda: True,
        seconds=10,
    )


def call(browser, name, **arguments):
    return browser.call(name, json.dumps(arguments))


def test_a_search_is_shown_as_the_model_knows_it(browser, site):
    domain = f"127.0.0.1:{site.port}"
    first = f"L4:   * 【0†The 〖1‡page〗‡†{domain}】 Rows and rows."
    shown = call(browser, "search", query="rows of 【pages】").split("\n")
    assert shown[:8] == [
        "[0] rows of 〖pages〗",
        "**viewing lines [0 - 10] of 10**",
        "",
        "L0: ",
        "L1: URL:",
        "L2: # Search Results",
        "L3: ",
        first,
    ]
    assert shown[8].startswith(f"L5:   * 【1†Deep†{domain}】 word word ")
    assert shown[9] == "L6: " + " ".join(["word"] * 16)
    assert shown[13].startswith("L10: word")
    assert shown[13].endswith("...")
    assert len(shown) == 14


def test_a_page_is_shown_as_the_model_knows_it(browser, site):
    shown = call(browser, "open", id=site.url("/page"), num_lines=5)
    assert shown == (
        f"[0] The page ({site.url('/page')})\n"
        "**viewing lines [0 - 4] of 606**\n"
        "\n"
        "L0: \n"
        f"L1: URL: {site.url('/page')}\n"
        "L2: # Rows\n"
        "L3: \n"
        "L4: Row 0 of the page."
    )


def test_cursors_links_and_scrolling(browser, site):
    call(browser, "search", query="rows")
    assert call(browser, "open", id=0).startswith(
        f"[1] The page ({site.url('/page')})\n**viewing lines [0 - "
    )
    scrolled = call(browser, "open", loc=598, num_lines=2)
    assert scrolled.startswith("[2] The page (")
    assert "**viewing lines [598 - 599] of 606**" in scrolled
    assert call(browser, "open", loc=604).split("\n\n")[1] == (
        "L604: The “hidden treasure” is 【0†buried deep】 — here.\n"
        "L605: \n"
        "L606: 【1†Other†other.org】"
    )
    assert call(browser, "open", id=0, cursor=1).startswith(f"[4] Deep ({site.url('/deep')})")
    assert call(browser, "open", cursor=0).startswith("[5] rows\n")
    # A link to what has been displayed is not fetched again; a URL in full is.
    assert site.paths.count("/page") == 1
    call(browser, "open", id=0, cursor=0)
    assert site.paths.count("/page") == 1
    call(browser, "open", id=site.url("/page"))
    assert site.paths.count("/page") == 2


def test_find_sees_through_case_links_line_breaks_and_typography(browser, site):
    call(browser, "open", id=site.url("/page"))
    shown = call(browser, "find", pattern='"HIDDEN treasure" is buried  deep - here')
    place = shown.partition("match at L")[2].partition("】")[0]
    assert shown.startswith(
        '[1] Find results for text: `"HIDDEN treasure" is buried deep - here` in `The page`'
    )
    assert (
        f"L0: # 【0†match at L{place}】\nL1: The “hidden treasure” is buried deep — here." in shown
    )
    opened = call(browser, "open", id=0)
    assert f"**viewing lines [{int(place) - 4} - " in opened
    assert call(browser, "find", pattern="bottom", cursor=1).startswith("[3] ")
    assert "No `find` results for pattern: `bottom`" in call(browser, "find", pattern="bottom")
    assert site.paths == ["/page"]


def test_find_shows_no_more_than_fifty_places(browser, site):
    call(browser, "open", id=site.url("/page"))
    call(browser, "find", pattern="row")
    assert len(browser.pages[-1].links) == 50


@pytest.mark.parametrize(
    ("name", "arguments", "start"),
    [
        ("open", '{"id": "keys.md"}', "[1] Keys (local://help/keys.md)"),
        ("search", '{"query": "rows", "topn": "3", "recency_days": 7}', "[1] rows"),
        ("search", '{"q": "rows", "top_n": 3.0, "source": "web"}', "[1] rows"),
        ("search", '[{"query": "rows", "topn": null}]', "[1] rows"),
        ("browser.search", '{"query": 1984}', "[1] 1984"),
        ("open", '{"id": "0", "cursor": "0"}', "[1] Deep"),
        ("open", '{"id": "【0†x】", "cursor": "[0]"}', "[1] Deep"),
        ("open", '{"id": 0.0, "loc": "L1", "num_lines": "1"}', "[1] Deep"),
        ("open", '{"id": "", "cursor": null, "loc": "none"}', "[1] The page"),
        ("open", '{"id": -1, "view_source": false, "source": ""}', "[1] The page"),
        ("open", "", "[1] The page"),
        ("open", "{}", "[1] The page"),
        ("open", '{"cursor": -5, "loc": -5, "num_lines": -5}', "[1] The page"),
        ("open", '{"url": "SITE/deep"}', "[1] Deep"),
        ("open", '{"id": "view-source:SITE/deep"}', "[1] Source of the page"),
        ("open", '{"id": "SITE/deep", "view_source": true}', "[1] Source of the page"),
        ("open", '{"view_source": true}', "[1] Source of the page"),
        ("open", '{"id": "local://help/start.md"}', "[1] Start (local://help/start.md)"),
        ("find", '{"pattern": "row 7", "cursor": "0"}', "[1] Find results"),
        ("find", '{"pattern": 7}', "[1] Find results"),
        ("find", '{"pattern": ".*("}', "[1] Find results"),
    ],
)
def test_arguments_are_taken_as_models_write_them(browser, site, name, arguments, start):
    site.replies["/page"] = Reply(PAGE.replace("https://other.org/x", "/deep").encode())
    call(browser, "open", id=site.url("/page"))
    arguments = arguments.replace("SITE", site.url("").rstrip("/"))
    assert browser.call(name, arguments).startswith(start)


@pytest.mark.parametrize(
    ("name", "arguments", "why"),
    [
        ("click", "{}", "no function 'click'; it has browser.search"),
        ("search", "{}", "query"),
        ("search", '{"query": ""}', "query"),
        ("search", '{"query": " \u200b"}', "query is empty"),
        ("search", '{"query": ["a"]}', "query"),
        ("search", "{", "invalid arguments"),
        ("open", '{"id": 99}', "Invalid link id `99`. The page has ids 0 to 1"),
        (
            "open",
            '{"cursor": 5}',
            r"Cursor `5` is out of range. Available cursor indices: \[0 - 0\]",
        ),
        ("open", '{"cursor": "x"}', "cursor"),
        (
            "open",
            '{"loc": 99999}',
            "Invalid location parameter: `99999`. Cannot exceed page maximum",
        ),
        ("open", '{"id": "no such thing"}', "only http and https"),
        ("open", '{"id": "file:///etc/passwd"}', "only http and https URLs"),
        ("open", '{"id": "http://127.0.0.1:1/"}', "port 1 "),
        ("open", '{"id": "localhost"}', "only http and https|loopback"),
        ("open", '{"id": "http://10.0.0.1/"}', "Error fetching URL `http://10.0.0.1/`: .*private"),
        ("open", '{"id": "SITE/none"}', "404 Not Found"),
        ("open", '{"id": "local://help/none.md"}', "no document 'none.md' in help"),
        ("open", '{"id": "local://else/none.md"}', "no such source"),
        ("find", "{}", "pattern"),
        ("find", '{"pattern": "  "}', "pattern"),
    ],
)
def test_errors_say_what_to_do_and_leave_the_stack_alone(browser, site, name, arguments, why):
    call(browser, "open", id=site.url("/page"))
    with pytest.raises(ToolError, match=why):
        browser.call(name, arguments.replace("SITE", site.url("").rstrip("/")))
    assert len(browser.pages) == 1
    assert call(browser, "open").startswith("[1] The page")


def test_without_pages_there_is_nothing_to_open_or_find(browser):
    for name, arguments in (("open", {}), ("open", {"id": 0}), ("find", {"pattern": "x"})):
        with pytest.raises(ToolError, match="No pages to access"):
            call(browser, name, **arguments)


@pytest.fixture
def offline(site, help_pages):
    return Browser(
        web=SearXNG(site.url("")),
        folders=[help_pages],
        fetcher=Fetcher(allowed={(HOST, site.port)}),
    )


def test_without_the_network_only_the_folder_answers(offline, site):
    assert offline.sources == ("help", "web")
    shown = call(offline, "search", query="stop the answer")
    assert "【0†Keys†help】 Escape stops the answer." in shown
    # The document is opened where the answer stands.
    assert "Escape stops the answer." in call(offline, "open", id=0, num_lines=8)
    shown = call(offline, "open", id="local://help/start.md")
    assert "【0†the keys】" in shown
    assert call(offline, "open", id=0).startswith("[3] Keys (local://help/keys.md")
    shown = call(offline, "search", query="quantum")
    assert "No results." in shown
    assert "Only help was searched: the network is switched off" in shown
    for name, arguments in (
        ("search", {"query": "rows", "source": "web"}),
        ("open", {"id": site.url("/page")}),
        ("open", {"id": "example.com"}),
    ):
        with pytest.raises(ToolError, match=NETWORK_OFF):
            call(offline, name, **arguments)
    assert site.requests == []


def test_without_any_source_one_sentence_says_so(site):
    with pytest.raises(ToolError, match="no web search is set up"):
        call(Browser(), "search", query="rows")
    with pytest.raises(ToolError, match=NETWORK_OFF):
        call(Browser(web=SearXNG(site.url(""))), "search", query="rows")
    assert site.requests == []


def test_the_network_is_asked_about_at_each_call(site, help_pages):
    is_on = []
    browser = Browser(
        web=SearXNG(site.url("")), folders=[help_pages], network_is_on=lambda: bool(is_on)
    )
    assert "†help】" in call(browser, "search", query="answer")
    is_on.append(True)
    assert "†help】" not in call(browser, "search", query="answer")
    assert "†help】" in call(browser, "search", query="answer", source="help")


def test_whom_a_call_would_send_to_is_told_before(browser, site):
    service = f"{HOST}:{site.port}"
    assert browser.sends_to("browser.search", '{"query": "x"}') == service
    assert browser.sends_to("search", '{"query": "x", "source": "help"}') == ""
    assert browser.sends_to("search", '[{"q": "x"}]') == service
    assert browser.sends_to("search", "{") == ""
    assert browser.sends_to("click", "{}") == ""
    assert browser.sends_to("open", '{"id": "https://a.org/b"}') == "https://a.org/b"
    assert browser.sends_to("open", '{"id": "local://help/keys.md"}') == ""
    assert browser.sends_to("open", '{"id": 0}') == ""
    call(browser, "open", id=site.url("/page"))
    assert browser.sends_to("open", '{"id": 1}') == "https://other.org/x"
    assert browser.sends_to("open", '{"loc": 3}') == ""
    assert browser.sends_to("open", '{"view_source": true}') == site.url("/page")
    assert browser.sends_to("find", '{"pattern": "x"}') == ""


def test_citations_lead_to_what_was_displayed(browser, site):
    call(browser, "search", query="rows")
    call(browser, "open", id=0)
    call(browser, "find", pattern="treasure")
    page, deep = site.url("/page"), site.url("/deep")
    assert browser.look_up(1) == Reference("The page", page)
    assert browser.look_up(2, 1) == Reference("The page", page)
    assert browser.look_up(0, 4) == Reference("The 〖1†page〗†", page)
    assert browser.look_up(0, 5) == Reference("Deep", deep)
    assert browser.look_up(0, 7) == Reference("Deep", deep)
    assert browser.look_up(0, 2) is None
    assert browser.look_up(9) is None
    call(browser, "find", pattern="word word", cursor=0)
    assert browser.look_up(3, 2) == Reference("Deep", deep)
    done = number_citations("So 【1†L4-L5】【2†L1】, and 【0†L6】.", browser.look_up)
    assert done.text == "So [1], and [2]."
    assert [reference.url for reference in done.references] == [page, deep]


def test_a_conversation_that_goes_on_has_its_stack_again(browser, site):
    shown = [
        call(browser, "search", query="rows"),
        call(browser, "open", id=0),
        "Error: it failed",
        call(browser, "find", pattern="treasure"),
    ]
    later = Browser(fetcher=Fetcher(allowed={(HOST, site.port)}), network_is_on=lambda: True)
    later.remember(shown)
    assert later.look_up(1) == later.look_up(2) == Reference("The page", site.url("/page"))
    assert later.sends_to("open", '{"cursor": 1, "id": 0}') == site.url("/page")
    assert call(later, "open", cursor=1, id=0).startswith("[3] Deep")
    with pytest.raises(ToolError, match="gone; search again"):
        call(later, "open", cursor=0, id=0)


def test_a_call_is_cancelled_from_another_thread(browser, site):
    released = threading.Event()

    def stall():
        yield b"<p>"
        released.wait(10)

    site.replies["/slow"] = Reply(pieces=stall)
    threading.Timer(0.2, browser.cancel).start()
    begun = time.monotonic()
    with pytest.raises(ToolError, match="the user stopped this call"):
        call(browser, "open", id=site.url("/slow"))
    assert time.monotonic() - begun < 5
    released.set()
    browser.cancel()
    assert call(browser, "open", id=site.url("/deep")).startswith("[0] Deep")


def test_a_view_holds_about_as_many_tokens_as_are_given(site):
    browser = Browser(
        fetcher=Fetcher(allowed={(HOST, site.port)}),
        network_is_on=lambda: True,
        measure=lambda text: len(text.split()),
        view_tokens=60,
    )
    shown = call(browser, "open", id=site.url("/page"))
    assert 60 <= len(shown.partition("\n\n")[2].split()) <= 70
    # Even who asks for all lines is not given a flood.
    shown = call(browser, "open", num_lines=100_000)
    assert 240 <= len(shown.partition("\n\n")[2].split()) <= 260
