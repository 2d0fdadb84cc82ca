import json
import sys
import types

import pytest

from engine.tools.browser.services import Brave, DuckDuckGo, Exa, SearXNG, YouCom
from engine.tools.browser.watch import Watch
from engine.tools.registry import ToolError
from tests.engine.tools.browser.server import Reply, serving

KEY = "secret-key"
ONE = {"title": "One &amp; all", "url": "https://one.org/"}


def answer(data):
    return Reply(json.dumps(data).encode(), "application/json")


SERVICES = {
    "SearXNG": (
        SearXNG,
        "/search",
        {"results": [{**ONE, "content": "First."}, {"title": None, "url": "https://two.org"}]},
        ["q=a+b%26c", "format=json"],
    ),
    "Brave": (
        lambda url: Brave(KEY, endpoint=url),
        "/res/v1/web/search",
        {
            "web": {
                "results": [
                    {**ONE, "description": "<strong>First</strong>."},
                    {"url": "https://two.org"},
                ]
            }
        },
        ["q=a+b%26c", "count=5"],
    ),
    "Exa": (
        lambda url: Exa(KEY, endpoint=url),
        "/search",
        {"results": [{**ONE, "text": "First."}, {"title": "", "url": "https://two.org"}]},
        [],
    ),
    "You.com": (
        lambda url: YouCom(KEY, endpoint=url),
        "/v1/search",
        {
            "results": {
                "web": [{**ONE, "description": "", "snippets": ["First."]}],
                "news": [{"url": "https://two.org"}],
            }
        },
        ["query=a+b%26c", "count=5"],
    ),
}


@pytest.fixture(params=SERVICES)
def service(request):
    make, path, data, asked = SERVICES[request.param]
    with serving({path: answer(data)}) as site:
        yield make(site.url("")), site, path, asked


def test_a_service_is_asked_and_its_answer_read(service):
    backend, site, path, asked = service
    one, two = backend.search("a b&c", 5, Watch(5))
    assert (one.title, one.url, one.summary) == ("One & all", "https://one.org/", "First.")
    assert (two.title, two.url, two.summary) == ("", "https://two.org", "")
    ((method, target, headers, body),) = site.requests
    assert target.partition("?")[0] == path
    assert all(part in target for part in asked)
    assert KEY not in target
    if isinstance(backend, Exa):
        assert method == "POST"
        assert json.loads(body)["query"] == "a b&c"
    if not isinstance(backend, SearXNG):
        assert KEY in headers.values()
        assert KEY not in repr(backend)
    assert backend.service in (
        site.url("").removeprefix("http://"),
        "Brave Search",
        "Exa",
        "You.com",
    )
    assert backend.source == "web"


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(status=401), "401: it refuses the key"),
        (Reply(status=429), "429: its limit"),
        (Reply(status=500), "500: it is out of order"),
        (Reply(status=302, headers={"location": "http://127.0.0.1/"}), "302: it redirects"),
        (Reply(b"<html>", "text/html"), "did not answer in JSON"),
        (Reply(b"[" * 50_000, "application/json"), "did not answer in JSON"),
    ],
)
def test_what_went_wrong_is_told_without_the_key(service, reply, why):
    backend, site, path, _ = service
    site.replies[path] = reply
    with pytest.raises(ToolError, match=why) as failed:
        backend.search("a", 5, Watch(5))
    assert KEY not in str(failed.value)
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    "data",
    [[], {}, None, 3, {"results": 3}, {"results": [3, {"url": 4}]}, {"web": {"results": {}}}],
)
def test_an_answer_of_another_form_has_no_results(service, data):
    backend, site, path, _ = service
    site.replies[path] = answer(data)
    assert list(backend.search("a", 5, Watch(5))) == []


def test_no_more_come_than_are_wanted():
    results = [{"url": f"https://{n}.org"} for n in range(30)]
    with serving({"/search": answer({"results": results})}) as site:
        assert len(SearXNG(site.url("/")).search("a", 5, Watch(5))) == 5


@pytest.mark.parametrize("endpoint", ["", "localhost:8888", "ftp://x.org", "http://"])
def test_an_endpoint_that_is_no_url_is_told(endpoint):
    with pytest.raises(ToolError, match="is not a URL"):
        SearXNG(endpoint).search("a", 5, Watch(5))


def test_duckduckgo_needs_its_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "ddgs", None)
    with pytest.raises(ToolError, match="needs the package ddgs"):
        DuckDuckGo().search("a", 5, Watch(5))


def test_duckduckgo_is_asked_through_its_package(monkeypatch):
    class Ddgs:
        def text(self, query, max_results):
            if query == "bad":
                raise RuntimeError("202 Ratelimit")
            return [{"title": query, "href": "https://one.org/", "body": "First."}] * max_results

    module = types.ModuleType("ddgs")
    module.DDGS = Ddgs
    monkeypatch.setitem(sys.modules, "ddgs", module)
    (result, _) = DuckDuckGo().search("a", 2, Watch(5))
    assert (result.title, result.url, result.summary) == ("a", "https://one.org/", "First.")
    with pytest.raises(ToolError, match="gave no results: 202 Ratelimit"):
        DuckDuckGo().search("bad", 2, Watch(5))
