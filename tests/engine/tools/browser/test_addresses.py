import socket

import pytest

from engine.tools.browser.addresses import public_addresses, resolve
from engine.tools.browser.fetching import Fetcher
from engine.tools.browser.watch import Watch
from engine.tools.registry import ToolError

NAMES = {
    "loopback.example": ["127.0.0.1"],
    "loopback6.example": ["::1"],
    "private.example": ["10.1.2.3"],
    "metadata.example": ["169.254.169.254"],
    "mapped.example": ["::ffff:10.0.0.1"],
    "nat64.example": ["64:ff9b::a00:1"],
    "scoped.example": ["fe80::1%eth0"],
    "mixed.example": ["93.184.215.14", "192.168.1.1"],
    "mixed6.example": ["2606:2800:21f::1", "fd00::1"],
    "good.example": ["93.184.215.14"],
    "none.example": [],
}


def known_names(host, port):
    if host not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "not known")
    return NAMES[host]


@pytest.fixture
def unconnected(monkeypatch):
    """A fetcher with which a connection would fail the test."""

    def connect(*_args, **_kwargs):
        pytest.fail("a connection was tried")

    monkeypatch.setattr(socket, "create_connection", connect)
    return Fetcher(resolver=known_names)


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("2130706433", "ordinary form"),
        ("0x7f000001", "ordinary form"),
        ("0x7f.0.0.1", "ordinary form"),
        ("0177.0.0.1", "ordinary form|not a URL"),
        ("017700000001", "ordinary form"),
        ("127.1", "ordinary form"),
        ("127.0.1", "ordinary form"),
        ("127.0.0.1.", "ordinary form"),
        ("１２７.0.0.1", "loopback|ordinary form|not a URL"),
        ("①②⑦.0.0.1", "loopback|ordinary form|not a URL"),
        ("0.0.0.0", "this machine"),
        ("0", "ordinary form"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("168.63.129.16", "cloud"),
        ("100.100.100.200", "provider"),
        ("192.0.0.8", "reserved"),
        ("198.18.0.1", "tests"),
        ("203.0.113.7", "documentation"),
        ("224.0.0.251", "multicast"),
        ("255.255.255.255", "reserved"),
        ("[::1]", "loopback"),
        ("[::]", "this machine"),
        ("[0:0:0:0:0:0:0:1]", "loopback"),
        ("[::ffff:127.0.0.1]", "IPv4"),
        ("[::ffff:7f00:1]", "IPv4"),
        ("[::ffff:8.8.8.8]", "IPv4"),
        ("[::127.0.0.1]", "IPv4"),
        ("[64:ff9b::7f00:1]", "NAT64"),
        ("[64:ff9b::8.8.8.8]", "NAT64"),
        ("[64:ff9b:1::a00:1]", "NAT64"),
        ("[2002:7f00:1::]", "6to4"),
        ("[2001:0:4136:e378::]", "reserved"),
        ("[2001:db8::1]", "documentation"),
        ("[fc00::1]", "private"),
        ("[fd00:ec2::254]", "private"),
        ("[fe80::1]", "link-local"),
        ("[fe80::1%25eth0]", "interface|not a URL"),
        ("[fec0::1]", "private"),
        ("[ff02::1]", "multicast"),
        ("[4000::1]", "reserved"),
        ("loopback.example", "127.0.0.1, which is a loopback"),
        ("LOOPBACK.example", "127.0.0.1, which is a loopback"),
        ("loopback6.example", "::1, which is a loopback"),
        ("private.example", "private"),
        ("metadata.example", "link-local"),
        ("mapped.example", "IPv4"),
        ("nat64.example", "NAT64"),
        ("scoped.example", "link-local"),
        ("mixed.example", "192.168.1.1, which is a private"),
        ("mixed6.example", "private"),
        ("none.example", "no host"),
        ("unknown.example", "no host"),
    ],
)
def test_what_is_not_on_the_public_internet_is_refused(unconnected, host, why):
    with pytest.raises(ToolError, match=why):
        unconnected.fetch(f"http://{host}/latest/meta-data", Watch(5))


@pytest.mark.parametrize("host", ["localhost", "localhost.", "ip6-localhost"])
def test_names_of_this_machine_are_refused_by_the_systems_resolver(host):
    with pytest.raises(ToolError, match=r"loopback|no host"):
        Fetcher().fetch(f"http://{host}/", Watch(5))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://good.example/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("data:text/html,hello", "only http and https"),
        ("gopher://good.example/", "only http and https"),
        ("//good.example/", "only http and https"),
        ("good.example", "only http and https"),
        ("", "only http and https"),
        ("http://", "names no host"),
        ("http://./", "names no host"),
        ("http:///path", "names no host"),
        ("http://user@good.example/", "password"),
        ("http://user:secret@good.example/", "password"),
        ("http://good.example:22/", "port 22"),
        ("http://good.example:25/", "port 25"),
        ("http://good.example:6379/", "port 6379"),
        ("http://good.example:0/", "port 0"),
        ("http://good.example:99999/", "port 99999"),
        ("http://good.example:a/", "not a URL"),
        ("http://[::1/", "not a URL"),
        ("http://good.example/\x00", "not a URL"),
        ("http://good.example/" + "a" * 5000, "longer than"),
    ],
)
def test_urls_that_are_not_of_the_web_are_refused(unconnected, url, why):
    with pytest.raises(ToolError, match=why) as refused:
        unconnected.fetch(url, Watch(5))
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("host", ["93.184.215.14", "2606:2800:21f::1", "good.example"])
def test_public_addresses_pass(host):
    assert public_addresses(host, 443, Watch(5), resolver=known_names) == NAMES.get(host, [host])


def test_an_exception_is_for_one_address_and_port():
    allowed = {("127.0.0.1", 8000)}
    assert public_addresses("127.0.0.1", 8000, Watch(5), allowed=allowed) == ["127.0.0.1"]
    for host, port in (("127.0.0.1", 8001), ("127.0.0.2", 8000)):
        with pytest.raises(ToolError, match="loopback"):
            public_addresses(host, port, Watch(5), allowed=allowed)


def test_the_systems_resolver_gives_each_address_once():
    found = resolve("localhost", 80)
    assert len(found) == len(set(found)) > 0
