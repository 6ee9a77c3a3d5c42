"""A Facebook that answers what a test tells it to, for the Graph client's own tests, and a guard over all of them."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
import requests
from aiohttp import ClientResponse
from aioresponses import aioresponses


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


@pytest.fixture
def facebook() -> Iterator[Facebook]:
    """A Facebook without a network."""
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
