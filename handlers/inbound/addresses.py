"""Where a request comes from."""

import ipaddress
from collections.abc import Sequence

from aiohttp import web

from bot.base.settings import Network

_NETWORK_BITS = 64  # of an IPv6 address; the rest of it is its owner's to vary
_CHAIN_MOST = 8  # proxies behind one another that are looked through
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PROXIES: web.AppKey[tuple[Network, ...]] = web.AppKey("proxies")
"""Networks whose word on where a request comes from is taken, beside this machine's own."""


def address_of(request: web.Request) -> str:
    """The address of the browser: what a proxy that is trusted says, else the other end of the connection.

    Each proxy adds at the end of `X-Forwarded-For` whom it speaks for, so the list is read from there, as long as who
    is named is trusted in turn: what a stranger has written in front of it counts for nothing.

    Args:
        request: Any request.
    """
    trusted = request.config_dict.get(PROXIES, ())
    found = request.remote or ""
    named = [part.strip() for line in request.headers.getall("X-Forwarded-For", []) for part in line.split(",")]
    for one in reversed(named[-_CHAIN_MOST:]):
        if not is_trusted(found, trusted) or _parsed(one) is None:
            break
        found = one
    return found[:45]


def network_of(request: web.Request) -> str:
    """The network by which attempts to log in are counted: the address, or the /64 that an IPv6 address is in.

    Args:
        request: Any request.
    """
    return _network(address_of(request))


def network_of_peer(peer: object, trusted: Sequence[Network] = ()) -> str:
    """The network of a connection's other end; empty for a proxy, which speaks for many.

    Args:
        peer: `peername` of a transport.
        trusted: Networks of proxies, beside this machine.
    """
    text = str(peer[0]) if isinstance(peer, tuple) else ""
    return "" if is_trusted(text, trusted) else _network(text)


def is_trusted(text: str, trusted: Sequence[Network]) -> bool:
    """Whether an address is this machine's or one of a proxy.

    Args:
        text: The address.
        trusted: Networks of proxies.
    """
    address = _parsed(text)
    if address is None:
        return False
    return address.is_loopback or any(address in network for network in trusted)


def contains(network: Network, text: str) -> bool:
    """Whether an address is in a network.

    Args:
        network: Which.
        text: The address; what is none is in no network.
    """
    address = _parsed(text)
    return address is not None and address in network


def _network(text: str) -> str:
    address = _parsed(text)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _NETWORK_BITS), strict=False))
    return str(address or "")


def _parsed(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
