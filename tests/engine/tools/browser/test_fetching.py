import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from contextlib import ExitStack

import pytest

from engine.tools.browser.fetching import Fetcher, Limits, _Line, certificates
from engine.tools.browser.watch import Watch
from engine.tools.registry import ToolError
from tests.engine.tools.browser.server import HOST, Reply, serving


def fetcher(site, **limits):
    return Fetcher(Limits(**limits), allowed={(HOST, site.port)})


def fetch(site, path, watch=None, **limits):
    return fetcher(site, **limits).fetch(site.url(path), watch or Watch(5))


def redirect(place, status=302):
    return Reply(status=status, headers={"location": place})


def test_a_page_comes_as_it_was_sent_and_no_more_is_told_than_must_be():
    with serving({"/a": Reply(b"<p>hello", headers={"set-cookie": "id=1"})}) as site:
        page = fetch(site, "/a?q=1#part")
        assert (page.content, page.is_cut) == (b"<p>hello", False)
        assert page.content_type == "text/html; charset=utf-8"
        ((method, path, headers, _),) = site.requests
    assert (method, path) == ("GET", "/a?q=1")
    assert headers["host"] == f"{HOST}:{site.port}"
    assert {"cookie", "authorization", "referer"}.isdisjoint(headers)


def test_redirects_are_followed_from_place_to_place():
    chain = {f"/{n}": redirect(f"/{n + 1}", (301, 302, 303, 307, 308)[n]) for n in range(5)}
    with serving({**chain, "/5": Reply(b"there", "text/plain")}) as site:
        page = fetch(site, "/0")
        assert page.url == site.url("/5")
        assert page.content == b"there"
        assert site.paths == ["/0", "/1", "/2", "/3", "/4", "/5"]


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("http://127.0.0.2/", "loopback"),
        ("http://[::1]:80/", "loopback"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("//10.0.0.1/", "private"),
        ("http://0x7f.1/", "ordinary form"),
        ("file:///etc/passwd", "only http and https"),
        ("http://user:pass@127.0.0.1/", "password"),
        ("http://127.0.0.1:22/", "port 22"),
        ("/circle", "circle"),
        ("/endless/", "more than 8 redirects"),
        ("", "does not say where"),
    ],
)
def test_each_redirect_is_checked_as_the_first_url_was(place, why):
    endless = {f"/endless/{'x/' * n}": redirect("x/") for n in range(12)}
    replies = {"/go": redirect(place), "/circle": redirect("/go"), **endless}
    with serving(replies) as site, pytest.raises(ToolError, match=why):
        fetch(site, "/go")


def test_a_name_is_resolved_once_and_the_checked_address_is_connected_to():
    answers = [[HOST], ["127.0.0.9"]]
    with serving({"/": Reply(b"first", "text/plain")}) as site:
        rebinding = Fetcher(resolver=lambda *_: answers.pop(0), allowed={(HOST, site.port)})
        assert rebinding.fetch(site.url("/", "turn.example"), Watch(5)).content == b"first"
        assert site.requests[0][2]["host"] == f"turn.example:{site.port}"
        assert answers == [["127.0.0.9"]]
        with pytest.raises(ToolError, match=r"127\.0\.0\.9, which is a loopback"):
            rebinding.fetch(site.url("/", "turn.example"), Watch(5))


def test_the_next_address_is_tried_when_one_does_not_answer():
    with serving({"/": Reply(b"x", "text/plain")}) as site:
        allowed = {(HOST, site.port), ("127.0.0.3", site.port)}
        both = Fetcher(resolver=lambda *_: ["127.0.0.3", HOST], allowed=allowed)
        assert both.fetch(site.url("/", "two.example"), Watch(5)).content == b"x"


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with serving({"/": Reply(b"x", "text/plain")}) as site:
        assert fetch(site, "/").content == b"x"


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(b"%PDF-1.7", "application/pdf"), "PDF file"),
        (Reply(b"\x89PNG", "image/png"), "image/png"),
        (Reply(b"<svg/>", "image/svg+xml"), "image/svg"),
        (Reply(b"PK", "application/zip"), "application/zip"),
        (Reply(b"", "video/mp4"), "video/mp4"),
        (Reply(b"x", status=404), "404 Not Found"),
        (Reply(b"x", status=403), "403 Forbidden"),
        (Reply(b"x", status=503), "503 Service Unavailable"),
        (Reply(b"x", status=799), "answered 799"),
        (Reply(b"x", headers={"content-encoding": "br"}), "'br'"),
        (Reply(b"x", headers={"content-encoding": "gzip, gzip"}), "'gzip, gzip'"),
        (Reply(b"no gzip at all", headers={"content-encoding": "gzip"}), "damaged"),
        (Reply(b"short", length=100), "broke before all"),
    ],
)
def test_what_cannot_be_read_is_told(reply, why):
    with serving({"/": reply}) as site, pytest.raises(ToolError, match=why):
        fetch(site, "/")


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"words " * 99, mtime=0)),
        ("x-gzip", gzip.compress(b"words " * 50, mtime=0) + gzip.compress(b"words " * 49, mtime=0)),
        ("gzip", gzip.compress(b"words " * 99, mtime=0) + b"\0\0\0"),
        ("deflate", zlib.compress(b"words " * 99)),
        ("deflate", zlib.compress(b"words " * 99)[2:-4]),
        ("identity", b"words " * 99),
    ],
)
def test_packed_pages_are_unpacked(encoding, packed):
    with serving({"/": Reply(packed, headers={"content-encoding": encoding})}) as site:
        assert fetch(site, "/").content == b"words " * 99


def test_a_decompression_bomb_is_stopped_before_it_fills_memory():
    bomb = gzip.compress(b"\0" * 40_000_000)
    assert len(bomb) < 50_000
    reply = Reply(bomb, headers={"content-encoding": "gzip"})
    with serving({"/": reply}) as site, pytest.raises(ToolError, match="trap"):
        fetch(site, "/")


def test_a_huge_page_is_cut():
    def endless():
        while True:
            yield b"word " * 2000

    with serving({"/": Reply(pieces=endless, content_type="text/plain")}) as site:
        page = fetch(site, "/", unpacked_bytes=100_000)
        assert page.is_cut
        assert len(page.content) == 100_000
        page = fetch(site, "/", sent_bytes=50_000)
        assert page.is_cut
        assert 50_000 <= len(page.content) < 200_000


def trickle():
    while True:
        yield b"."
        time.sleep(0.02)


def test_a_slow_page_is_given_up_when_the_calls_time_is_over():
    with serving({"/": Reply(pieces=trickle)}) as site:
        begun = time.monotonic()
        with pytest.raises(ToolError, match=r"within 0\.3 seconds"):
            fetch(site, "/", Watch(0.3))
        assert time.monotonic() - begun < 2


def test_a_call_whose_time_is_over_begins_nothing_but_cleans_up():
    line = _Line(ExitStack(), Watch(0))
    with pytest.raises(ToolError, match="no complete answer"):
        line.trace("http11.send_request_headers.started", {})
    # Raised while a generator is closed, an error would only be written across the screen.
    for event in ("receive_response_body.failed", "response_closed.started"):
        line.trace(f"http11.{event}", {})


@pytest.fixture
def raw_server():
    """A port at which a function talks to whoever connects."""
    listener = socket.create_server((HOST, 0))
    talks = []

    def serve():
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                try:
                    talks[0](line)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1], talks
    listener.close()


def silent(line):
    line.recv(4096)
    line.recv(4096)


def slow_head(line):
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        line.sendall(b"x: y\r\n")
        time.sleep(0.02)


@pytest.mark.parametrize("talk", [silent, slow_head])
def test_cancelling_from_another_thread_wakes_what_waits(raw_server, talk):
    port, talks = raw_server
    talks.append(talk)
    watch = Watch(20)
    threading.Timer(0.2, watch.stop).start()
    begun = time.monotonic()
    with pytest.raises(ToolError, match="the user stopped this call"):
        Fetcher(allowed={(HOST, port)}).fetch(f"http://{HOST}:{port}/", watch)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"SSH-2.0-OpenSSH_9.9\r\n", "as a web server does"),
        (b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n", "as a web server does"),
        (b"", "as a web server does"),
    ],
)
def test_what_is_no_web_server_is_told(raw_server, answer, why):
    port, talks = raw_server
    talks.append(lambda line: (line.recv(4096), line.sendall(answer)))
    with pytest.raises(ToolError, match=why):
        Fetcher(allowed={(HOST, port)}).fetch(f"http://{HOST}:{port}/", Watch(5))


@pytest.fixture
def tls_server(tmp_path, monkeypatch, raw_server):
    """A server that proves to be tls.example to whoever trusts its certificate."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *(program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-keyout", key, "-out", certificate, "-days", "2"),
            *("-subj", "/CN=tls.example", "-addext", "subjectAltName=DNS:tls.example"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    port, talks = raw_server

    def talk(line):
        with context.wrap_socket(line, server_side=True) as wrapped:
            wrapped.recv(4096)
            wrapped.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nsafe")

    talks.append(talk)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    certificates.cache_clear()
    yield port
    certificates.cache_clear()


def test_a_certificate_has_to_be_the_names_although_an_address_is_connected_to(tls_server):
    pinned = Fetcher(resolver=lambda *_: [HOST], allowed={(HOST, tls_server)})
    assert pinned.fetch(f"https://tls.example:{tls_server}/", Watch(5)).content == b"safe"
    for host in ("other.example", HOST):
        with pytest.raises(ToolError, match=f"{host} has no valid certificate"):
            pinned.fetch(f"https://{host}:{tls_server}/", Watch(5))


def test_a_server_without_tls_is_told_on_https(raw_server):
    port, talks = raw_server
    talks.append(lambda line: (line.recv(4096), line.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")))
    with pytest.raises(ToolError, match="cannot be reached"):
        Fetcher(allowed={(HOST, port)}).fetch(f"https://{HOST}:{port}/", Watch(5))


def test_a_closed_port_is_told():
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ToolError, match="cannot be reached"):
        Fetcher(allowed={(HOST, port)}).fetch(f"http://{HOST}:{port}/", Watch(5))


def test_slow_name_resolution_keeps_nobody_waiting():
    released = threading.Event()
    slow = Fetcher(resolver=lambda *_: [str(released.wait(10))])
    watch = Watch(20)
    threading.Timer(0.1, watch.stop).start()
    begun = time.monotonic()
    with pytest.raises(ToolError, match="the user stopped this call"):
        slow.fetch("http://slow.example/", watch)
    assert time.monotonic() - begun < 5
    with pytest.raises(ToolError, match=r"within 0\.1 seconds"):
        slow.fetch("http://slow.example/", Watch(0.1))
    released.set()


def test_nothing_is_left_behind_by_a_call():
    with serving({"/": Reply(b"x", "text/plain")}) as site:
        fetch(site, "/")
        before = {thread.name for thread in threading.enumerate()}
        watch = Watch(5)
        for _ in range(5):
            fetch(site, "/", watch)
        watch.stop()
        time.sleep(0.05)
        assert {t.name for t in threading.enumerate() if "Timer" in t.name} <= before
