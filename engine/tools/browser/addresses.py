"""Which addresses may be connected to: those of the public internet, and no others.

The ranges are those of IANA's registries of special-purpose addresses (RFC 6890 and its updates).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from engine.tools.browser.watch import Watch
from engine.tools.registry import ToolError

Resolver = Callable[[str, int], list[str]]
"""Returns the addresses of a host name, in the order in which to try them; may raise OSError."""

SPECIAL = tuple(
    (ip_network(block), kind)
    for block, kind in (
        ("0.0.0.0/8", "an address of this machine"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address inside a provider's network"),
        ("127.0.0.0/8", "a loopback address"),
        ("168.63.129.16/32", "an address of a cloud's own services"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.88.99.0/24", "a reserved address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "an address for tests of networks"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an address of this machine"),
        ("::1/128", "a loopback address"),
        ("::ffff:0:0/96", "an IPv4 address written as an IPv6 one"),
        ("::/96", "an IPv4 address written as an IPv6 one"),
        ("::ffff:0:0:0/96", "an IPv4 address written as an IPv6 one"),
        ("64:ff9b::/96", "an IPv4 address behind NAT64"),
        ("64:ff9b:1::/48", "an IPv4 address behind NAT64"),
        ("2001::/23", "a reserved address"),  # Teredo, ORCHID and other protocols
        ("2001:db8::/32", "an address for documentation"),
        ("2002::/16", "an IPv4 address behind 6to4"),
        ("3fff::/20", "an address for documentation"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
    )
)
GLOBAL_UNICAST = ip_network("2000::/3")
"""All of IPv6 that is routed on the internet; the rest is reserved."""

WEB_PORTS = (80, 443)
FIRST_UNPRIVILEGED_PORT = 1024
OTHER_SERVICES = frozenset(
    {
        # What the Fetch standard calls bad ports, above 1023.
        *(1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566),
        *(6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
        # Databases and machine control, which understand enough of HTTP to be harmed by it.
        *(1433, 1521, 2375, 2376, 2379, 3306, 3389, 5432, 5900, 6379, 6443, 9200, 10250),
        *(11211, 27017),
    }
)
NUMBER = re.compile(r"\d+|0[xX][0-9a-fA-F]*")


def refusal(address: IPv4Address | IPv6Address) -> str | None:
    """Return what kind of address it is if it may not be connected to, else None."""
    for block, kind in SPECIAL:
        if address in block:
            return kind
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return "a reserved address"
    return None


def check_port(port: int) -> None:
    """Let web servers' ports pass.

    Raises:
        ToolError: another kind of service is known to listen there.
    """
    is_usual = port in WEB_PORTS or FIRST_UNPRIVILEGED_PORT <= port < 65536
    if not is_usual or port in OTHER_SERVICES:
        raise ToolError(f"port {port} is not one of a web server")


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system's resolver gives.

    Raises:
        OSError: there are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(
    host: str,
    port: int,
    watch: Watch,
    *,
    resolver: Resolver = resolve,
    allowed: Collection[tuple[str, int]] = (),
) -> list[str]:
    """Resolve a host once and return the addresses to connect to.

    One address that is not public is enough to refuse the host: what decides among several is not
    ours to know.

    Args:
        host: name or address, in ASCII, an IPv6 address without its brackets.
        port: of the server.
        watch: the call's time.
        resolver: asks for the addresses of names.
        allowed: addresses, each with its port, that may be connected to whatever they are.

    Raises:
        ToolError: the host has no address, or one that may not be connected to.
    """
    if "%" in host:
        raise ToolError(f"{host} names a network interface, which is not for the public internet")
    addresses = [host] if _is_address(host) else _look_up(host, port, watch, resolver)
    for written in addresses:
        if (written, port) in allowed:
            continue
        kind = refusal(ip_address(written.partition("%")[0]))
        if kind is not None:
            where = written if written == host else f"{host} is at {written}, which"
            raise ToolError(f"{where} is {kind}; only public addresses may be opened")
    return addresses


def _is_address(host: str) -> bool:
    """Whether a host is an address in its ordinary form.

    Raises:
        ToolError: it is an address in a form that only hides it, such as ``0x7f.1``.
    """
    try:
        ip_address(host)
    except ValueError:
        if ":" in host or NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
            raise ToolError(f"{host} is not an address in its ordinary form") from None
        return False
    return True


def _look_up(host: str, port: int, watch: Watch, resolver: Resolver) -> list[str]:
    try:
        addresses = watch.run(lambda: resolver(host, port))
    except (OSError, UnicodeError):
        raise ToolError(f"there is no host {host}") from None
    if not addresses:
        raise ToolError(f"there is no host {host}")
    return addresses
