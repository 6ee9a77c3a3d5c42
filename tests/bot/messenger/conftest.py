"""A Facebook that answers what a test tells it to, for the Graph client's own tests, and a guard over all of them."""

from collections.abc import Iterator, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any, NoReturn

import aiohttp
import pytest
import requests
from aiohttp import ClientResponse
from aioresponses import aioresponses
from yarl import URL

from bot.messenger import graph
from bot.messenger.posting import Posted, asked


class _Answer(ClientResponse):
    """What aioresponses 0.7.9 answers with, given the argument that aiohttp has wanted since 3.14."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, stream_writer=SimpleNamespace(output_size=0), **kwargs)  # type: ignore[arg-type]


class Facebook(aioresponses):
    """Answers as told, and keeps what was asked."""

    def add(self, *args: Any, **kwargs: Any) -> None:
        super().add(*args, **{"response_class": _Answer, **kwargs})

    @property
    def calls(self) -> list[tuple[str, Any, dict[str, Any]]]:
        """Method, address and arguments of each call, in order of the addresses."""
        return [(method, url, call.kwargs) for (method, url), some in self.requests.items() for call in some]


class _PostingByCalls:
    """Posts by calls of the session, which `Facebook` answers; a socket answers `Posting` itself elsewhere."""

    def __init__(
        self, session: aiohttp.ClientSession, url: URL, headers: Mapping[str, str], timeout: aiohttp.ClientTimeout
    ) -> None:
        self._asked = partial(asked, session, "POST", url, headers=headers)

    async def post(self, body: bytes) -> Posted:
        return await self._asked(body)


@pytest.fixture
def facebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Facebook]:
    """A Facebook without a network."""
    monkeypatch.setattr(graph, "Posting", _PostingByCalls)
    answers = Facebook()
    with answers:
        yield answers


@pytest.fixture(autouse=True)
def _no_blocking_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """pymessenger's own calls would block the event loop: none may be reached."""

    def reached(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("pymessenger called requests")

    monkeypatch.setattr(requests, "post", reached)
    monkeypatch.setattr(requests, "get", reached)
    monkeypatch.setattr(requests.Session, "request", reached)
