"""Every page and every form of the console with what nobody types by mistake: numbers without end, texts that are none.

The pages are found as a browser finds them, by their links and forms; whatever they are sent, they answer in words.
"""

import asyncio
import random
import re
from collections import Counter, deque
from collections.abc import Iterable
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import aiohttp
import msgspec
import pytest
from yarl import URL

from handlers.console.app import PAGES
from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena
from tests.support.buying import buys

__all__ = ["nena"]

HOSTILE = (
    "1e999",
    "1e999999999",
    "-1e999999999",
    "1e-999999999",
    "nan",
    "-nan",
    "snan",
    "inf",
    "-inf",
    "Infinity",
    "-0",
    "0x10",
    "1_000",
    "9" * 19,
    "9" * 400,
    "-" + "9" * 30,
    "1." + "3" * 500,
    "18446744073709551616",
    "²",
    "١٢",
    "１２",
    "½",
    "1,5",
    "+1",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "\u202e",
    "😀" * 1000,
    "x" * 70_000,
    "e\u0301" * 500,
    "\u200b",
    "\r\n\r\n",
    "%",
    "%s%(x)s",
    "{{ 1e999999999|money }}",
    "{% for %}",
    "{{",
    "' OR 1=1 -- ",
    "<script>",
    "../../etc/passwd",
    "\\",
    "\t",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "-1-1-1",
    "10000-01-01",
    "0001-01-01",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59",
    "2026-12",
    "25:61",
    "2026-11-29T25:00",
    "true",
    "null",
    "[]",
    "{}",
    '["a",1]',
    "[1e999]",
    "[" * 5000,
    '{"a":' * 2000,
    "99999999999999999999999",
    "[9999999999999999999999,1]",
)
NAMES = ("q", "page", "after", "before", "queue", "language", "state", "status", "sort", "from", "to", "view", "only")
KEPT_OUT = re.compile(r"/logout|/account|/password|/team|/settings/\w+/restore|/connect|/doctor/fix")
"""What would lock the visitor out or talk to somebody; their forms are read by the same code."""
PAGES_MOST = 400
LINE_MOST = 7900


class Form(msgspec.Struct):
    """A form as a page has it."""

    method: str
    action: str
    fields: list[tuple[str, str]]


class Found(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "a" and have.get("href", "").startswith("/console"):
            self.links.append(have["href"])
        elif tag == "form":
            self._form = Form(have.get("method", "get").lower(), have.get("action", ""), [])
            self.forms.append(self._form)
        elif self._form is not None and tag in ("input", "textarea", "button", "select") and have.get("name"):
            self._select = have["name"] if tag == "select" else ""
            self._form.fields.append((have["name"], have.get("value", "")))
        elif self._form is not None and tag == "option" and self._select and "selected" in have:
            self._form.fields[-1] = (self._select, have.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None


def pattern_of(path: str) -> re.Pattern[str]:
    """What matches the addresses that a page answers, of its path as the table of pages writes it."""
    pattern = re.sub(r"\{\w+:([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", r"(?:\1)", path)
    return re.compile(re.sub(r"\{\w+\}", "[^/]+", pattern))


ROUTES = [(page.path, pattern_of(page.path)) for page in PAGES if page.method == "GET"]


def route_of(path: str) -> str:
    """Which page answers an address, as the table of pages writes it."""
    return next((route for route, pattern in ROUTES if pattern.fullmatch(path)), "")


class Stranger:
    """Somebody who is logged in and sends whatever they like."""

    def __init__(self, nena: Visitor, chance: random.Random) -> None:
        self._http = nena._http
        self._base = nena.base.removesuffix("/console")
        self._chance = chance
        self.sent = 0
        self.failed: list[str] = []

    def hostile(self) -> str:
        return self._chance.choice(HOSTILE)

    async def asks(self, method: str, address: str, body: str = "") -> str:
        """Send something as it is; the page, empty where it was refused."""
        self.sent += 1
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            async with (
                asyncio.timeout(60),
                self._http.request(
                    method,
                    URL(self._base + address, encoded=True),
                    data=BytesIO(body.encode()) if body else None,
                    headers=kind,
                    allow_redirects=False,
                ) as answer,
            ):
                if answer.status >= 500:
                    self.failed.append(f"{answer.status} {method} {address[:200]} {body[:300]}")
                if answer.content_type == "text/html" and answer.status == 200:
                    return await answer.text()
                return ""
        except (TimeoutError, aiohttp.ClientError) as error:
            self.failed.append(f"{type(error).__name__} {method} {address[:200]} {body[:300]}")
            return ""

    async def explores(self, each: int) -> tuple[list[str], list[Form]]:
        """Addresses that links lead to, `each` of a page at most, and every form there that differs by its fields."""
        waiting = deque(["/console/start", *(f"/console{p.path}" for p in PAGES if "{" not in p.path)])
        seen, of_route = set[str](), Counter[str]()
        addresses: dict[str, str] = {}
        forms: dict[str, Form] = {}
        while waiting and len(seen) < PAGES_MOST:
            address = waiting.popleft()
            path = urlsplit(address).path.removeprefix("/console")
            route = route_of(path)
            if not route or route.endswith("/events") or address in seen:
                continue
            if of_route[route] >= each:
                continue
            seen.add(address)
            of_route[route] += 1
            found = Found(await self.asks("GET", address))
            addresses.setdefault(route, address)
            waiting.extend(found.links)
            for form in found.forms:
                form.action = form.action or address
                names = sorted({name for name, _ in form.fields})
                forms.setdefault(f"{form.method} {re.sub(r'[0-9]+', '0', form.action)} {names}", form)
        return list(addresses.values()), list(forms.values())

    async def tries_address(self, address: str, names: list[str]) -> None:
        path, _, query = address.partition("?")
        values = {name: self.hostile() for name in (*dict(parse_qsl(query)), *NAMES, *names)}
        await self.asks("GET", f"{path}?{fits(values.items())}")
        await self.asks("GET", re.sub(r"[0-9]+", lambda _: "9" * self._chance.choice((9, 18, 19, 40)), path))

    async def tries_form(self, form: Form) -> None:
        spared = ("csrf",)
        picked = self._chance.sample(form.fields, self._chance.randint(1, len(form.fields)))
        fields = [
            (name, self.hostile() if (name, value) in picked and name not in spared else value)
            for name, value in form.fields
        ]
        if form.method == "get":
            await self.asks("GET", f"{form.action.partition('?')[0]}?{fits(fields)}")
        else:
            await self.asks("POST", form.action, encoded(fields))


def fits(fields: Iterable[tuple[str, str]]) -> str:
    """A query that a server reads: longer ones it refuses unread."""
    fields = list(fields)
    whole = encoded(fields)
    return whole if len(whole) < LINE_MOST else encoded([(name, value[:60]) for name, value in fields])[:LINE_MOST]


def encoded(fields: Iterable[tuple[str, str]]) -> str:
    return urlencode(list(fields), quote_via=quote, errors="surrogatepass")


async def test_no_page_and_no_form_fails_whatever_it_is_sent(
    shop: Shop, nena: Visitor, ana: Chat, is_long: bool
) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await buys(ana, "mug")
    await shop.works()
    await nena.logs_in()
    chance = random.Random(4)
    stranger = Stranger(nena, chance)
    addresses, forms = await stranger.explores(3 if is_long else 1)
    assert len(addresses) > 40
    assert len(forms) > 50
    for _ in range(20 if is_long else 1):
        if not is_long:  # another part of them with each seed; the long form takes all, again and again
            addresses, forms = chance.sample(addresses, 30), chance.sample(forms, 45)
        for address in addresses:
            names = [name for form in forms if form.method == "get" for name, _ in form.fields]
            await stranger.tries_address(address, names)
        for form in forms:
            if form.fields and not KEPT_OUT.search(form.action):
                await stranger.tries_form(form)
    assert not stranger.failed, f"{len(stranger.failed)} of {stranger.sent}:\n" + "\n".join(stranger.failed)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "x"])
async def test_nothing_packed_is_taken(nena: Visitor, encoding: str) -> None:
    await nena.logs_in()
    headers = {"Content-Encoding": encoding, "Content-Type": "application/x-www-form-urlencoded"}
    async with nena._http.post(f"{nena.base}/queues", data=b"not packed", headers=headers) as answer:
        assert answer.status == 415
        assert "not packed" in await answer.text()
