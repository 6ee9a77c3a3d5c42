"""A clerk of a benchmark's shop, logged in."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from repository.database.connection import Database
from repository.staff import admins

_NAME, _PASSWORD = "bench", "sampaguita sa umaga"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


async def hire(database: Database) -> None:
    """Make the account that `logged_in` logs in with, which may see everything.

    Args:
        database: The shop's.
    """
    async with database.transaction() as conn:
        await admins.create(
            conn, username=_NAME, email="bench@example.com", password=_PASSWORD, role="super_admin", rounds=4
        )


@asynccontextmanager
async def logged_in(url: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A browser that is logged in to the console.

    Args:
        url: Of the shop's server.
    """
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        found = _CSRF.search(await opened(http, f"{url}/console/login"))
        if found is None:
            raise RuntimeError("the page on which people log in has no form")
        fields = {"csrf": found[1], "username": _NAME, "password": _PASSWORD, "next": ""}
        async with http.post(f"{url}/console/login", data=fields) as answer:
            if answer.status != 200 or answer.url.path.endswith("/login"):
                raise RuntimeError(f"nobody could log in: {answer.status} {answer.url}")
        yield http


async def opened(http: aiohttp.ClientSession, address: str) -> str:
    """A page of the console.

    Args:
        http: The browser.
        address: The page's.

    Raises:
        RuntimeError: It is not there, or has to be logged in for.
    """
    async with http.get(address) as answer:
        text = await answer.text()
        if answer.status != 200 or answer.url.path.endswith("/login") != address.endswith("/login"):
            raise RuntimeError(f"{address} answered {answer.status} {answer.url}")
        return text
