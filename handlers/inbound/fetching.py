"""Gets pictures: what a shopper sent from Facebook's hosts alone, what a merchant links to from the public internet."""

import asyncio
import ipaddress
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from yarl import URL

from handlers.turns.sent_pictures import NotFetched
from repository.files.pictures import SIZE_MOST
from repository.importing.wanted import is_private

HOSTS = ("fbcdn.net", "fbsbx.com")
"""Where Facebook keeps what people send (contract/messenger.md): these and what stands below them."""
SECONDS = 12.0
"""How long one picture may take, with all its redirects."""
_REDIRECTS_MOST = 3
_PIECE = 64 * 1024


class PublicOnly(AbstractResolver):
    """Finds no addresses inside our own network, whatever name they are given."""

    def __init__(self) -> None:
        self._resolver = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a host that anybody can reach."""
        resolved = await self._resolver.resolve(host, port, family)
        public = [each for each in resolved if ipaddress.ip_address(each["host"].partition("%")[0]).is_global]
        if not public:
            raise OSError(f"{host} has no public address")
        return public

    async def close(self) -> None:
        """Let go of what it holds."""
        await self._resolver.close()


class Getting(ABC):
    """Gets what addresses hold, each redirect judged like the first address, with limits of size and time."""

    async def get(self, address: str) -> bytes:
        """What an address holds.

        Args:
            address: As somebody told it.

        Raises:
            NotFetched: It could not be had; says why.
        """
        try:
            async with asyncio.timeout(SECONDS):
                return await self._get(URL(address))
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            raise NotFetched("dead") from None

    @abstractmethod
    def session_for(self, url: URL) -> aiohttp.ClientSession:
        """The session for an address.

        Args:
            url: The address, or where it leads to.

        Raises:
            NotFetched: Nothing is fetched from there.
        """

    async def _get(self, url: URL) -> bytes:
        for _ in range(_REDIRECTS_MOST + 1):
            async with self.session_for(url).get(url, allow_redirects=False) as answer:
                if 300 <= answer.status < 400:
                    url = url.join(URL(answer.headers.get("Location", "")))
                    continue
                if answer.status != 200:
                    raise NotFetched("dead", status=answer.status)
                return await _body(answer)
        raise NotFetched("dead")


class Fetcher(Getting):
    """Gets pictures that shoppers sent.

    Args:
        graph_url: Where the Graph API is: pictures of an emulated Facebook come from there.
    """

    def __init__(self, graph_url: str) -> None:
        graph = URL(graph_url)
        self._emulated = None if graph.host in ("graph.facebook.com", None) else graph.origin()
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def close(self) -> None:
        """Close what is open."""
        sessions, self._sessions = self._sessions, {}
        for session in sessions.values():
            await session.close()

    def session_for(self, url: URL) -> aiohttp.ClientSession:
        """See `Getting`: only what is Facebook's or the emulator's is fetched."""
        is_emulated = self._emulated is not None and url.absolute and url.origin() == self._emulated
        if not is_emulated and not _is_facebooks(url):
            raise NotFetched("elsewhere")
        if is_emulated not in self._sessions:
            self._sessions[is_emulated] = _session(DefaultResolver() if is_emulated else PublicOnly())
        return self._sessions[is_emulated]


class LinkFetcher(Getting):
    """Gets pictures that a merchant's sheet links to, from anywhere that everybody can reach.

    Args:
        resolver: Finds the addresses of names; the public ones alone, unless a test has its own.
    """

    def __init__(self, resolver: Callable[[], AbstractResolver] = PublicOnly) -> None:
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close what is open."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def session_for(self, url: URL) -> aiohttp.ClientSession:
        """See `Getting`: a number is judged here, a name when it is looked up."""
        if url.scheme not in ("http", "https") or url.user is not None or is_private(str(url)):
            raise NotFetched("elsewhere")
        if self._session is None:
            self._session = _session(self._resolver())
        return self._session


def _session(resolver: AbstractResolver) -> aiohttp.ClientSession:
    # Packed bodies are not asked for, and not unpacked: a small one could become a large one.
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=20, resolver=resolver),
        auto_decompress=False,
        headers={"Accept": "image/jpeg, image/png, image/webp", "Accept-Encoding": "identity"},
        cookie_jar=aiohttp.DummyCookieJar(),
    )


def _is_facebooks(url: URL) -> bool:
    host = (url.host or "").lower()
    known = any(host == name or host.endswith(f".{name}") for name in HOSTS)
    return known and url.scheme == "https" and url.port == 443 and url.user is None


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    if (answer.content_length or 0) > SIZE_MOST:
        raise NotFetched("too_large")
    body = bytearray()
    async for piece in answer.content.iter_chunked(_PIECE):
        body += piece
        if len(body) > SIZE_MOST:
            raise NotFetched("too_large")
    return bytes(body)
