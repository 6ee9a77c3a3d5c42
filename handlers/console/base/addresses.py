"""Where a request comes from."""

import ipaddress

from aiohttp import web

_NETWORK_BITS = 64  # of an IPv6 address; the rest of it is its owner's to vary


def address_of(request: web.Request) -> str:
    """The address of the browser: what a proxy on this machine says, else the other end of the connection.

    Args:
        request: Any request.
    """
    peer = request.remote or ""
    forwarded = request.headers.getall("X-Forwarded-For", [])
    if forwarded and _is_loopback(peer):
        last = forwarded[-1].rpartition(",")[2].strip()
        if _parsed(last) is not None:
            return last[:45]
    return peer[:45]


def network_of(request: web.Request) -> str:
    """The network by which attempts to log in are counted: the address, or the /64 that an IPv6 address is in.

    Args:
        request: Any request.
    """
    return _network(address_of(request))


def network_of_peer(peer: object) -> str:
    """The network of a connection's other end; empty for this machine, where a proxy speaks for many.

    Args:
        peer: `peername` of a transport.
    """
    text = str(peer[0]) if isinstance(peer, tuple) else ""
    return "" if _is_loopback(text) else _network(text)


def _network(text: str) -> str:
    address = _parsed(text)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _NETWORK_BITS), strict=False))
    return str(address or "")


def _is_loopback(text: str) -> bool:
    address = _parsed(text)
    return address is not None and address.is_loopback


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
