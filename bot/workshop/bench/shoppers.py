"""Shoppers in a closed loop: each walks whole purchases and does the next thing when the reply has come."""

import asyncio
import itertools
import random
from collections.abc import Iterator

import aiohttp
import msgspec
from aiohttp import web

from bot.base import clock
from bot.messenger.signature import sign

PAGE_ID = "100200300400500"
_FIRST = ("Ana", "Jose", "Liza", "Ramon", "Grace", "Paolo", "Tess", "Noel", "Joy", "Carlo")
_LAST = ("Cruz", "Reyes", "Santos", "Garcia", "Mendoza", "Bautista", "Villanueva", "Ramos", "Aquino", "Flores")
_STREETS = ("Mabini Street", "Rizal Avenue", "Bonifacio Street", "Luna Street", "Del Pilar Street", "Quezon Avenue")
_WAIT = 20.0  # seconds that a reply may take before the benchmark is given up


class _Choice(msgspec.Struct):
    title: str = ""
    payload: str = ""


class _Element(msgspec.Struct):
    buttons: list[_Choice] = []


class _Payload(msgspec.Struct):
    buttons: list[_Choice] = []
    elements: list[_Element] = []


class _Attachment(msgspec.Struct):
    payload: _Payload


class _Message(msgspec.Struct):
    text: str = ""
    quick_replies: list[_Choice] = []
    attachment: _Attachment | None = None


class _Recipient(msgspec.Struct):
    id: str


class _Send(msgspec.Struct):
    recipient: _Recipient
    message: _Message | None = None


_decoder = msgspec.json.Decoder(_Send)


class Graph:
    """The Graph end: takes what is sent, answers with an id, after a while where it is told to be slow.

    Args:
        slow: Seconds that each send takes.
    """

    def __init__(self, slow: float = 0.0) -> None:
        self.slow = slow
        self.sends = 0
        self._inboxes: dict[str, asyncio.Queue[_Message]] = {}
        self._ids = itertools.count(1)
        self._runner: web.AppRunner | None = None

    async def start(self) -> str:
        """Listen on a free port; returns the address."""
        app = web.Application()
        app.router.add_post("/{version}/me/messages", self._take)
        app.router.add_get("/{version}/{psid}", self._profile)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    def inbox(self, psid: str) -> "asyncio.Queue[_Message]":
        """Where a shopper's messages arrive."""
        return self._inboxes.setdefault(psid, asyncio.Queue())

    def forget(self, psid: str) -> None:
        """Keep no inbox of a shopper who will say nothing more.

        Args:
            psid: Who it is.
        """
        self._inboxes.pop(psid, None)

    async def _take(self, request: web.Request) -> web.Response:
        sent = _decoder.decode(await request.read())
        if self.slow:
            await asyncio.sleep(self.slow)
        self.sends += 1
        if sent.message is not None:
            self.inbox(sent.recipient.id).put_nowait(sent.message)
        body = {"recipient_id": sent.recipient.id, "message_id": f"m_bench{next(self._ids):012}"}
        return web.Response(body=msgspec.json.encode(body), content_type="application/json")

    async def _profile(self, _: web.Request) -> web.Response:
        return web.Response(body=b'{"first_name":"Ana","last_name":"Cruz"}', content_type="application/json")


class Measured(msgspec.Struct):
    """What the shoppers saw.

    Attributes:
        turns: Things done and answered.
        purchases: Orders confirmed.
        acknowledged: Seconds until the webhook was answered, for each turn.
        replied: Seconds until the reply that goes on was at the Graph end, for each turn.
    """

    turns: int = 0
    purchases: int = 0
    acknowledged: list[float] = []
    replied: list[float] = []


class Walker:
    """One shopper.

    Args:
        http: A session to the server.
        url: The webhook.
        secret: The app secret.
        graph: The Graph end.
        psid: Who it is.
        measured: Where its times go.
    """

    def __init__(
        self, http: aiohttp.ClientSession, url: str, secret: str, graph: Graph, psid: str, measured: Measured
    ) -> None:
        self._http = http
        self._url = url
        self._secret = secret
        self._inbox = graph.inbox(psid)
        self._psid = psid
        self._measured = measured
        self._offered: list[_Choice] = []
        self._random = random.Random(psid)  # noqa: S311  (which goods are bought is no secret)
        self._mids = itertools.count()

    @property
    def psid(self) -> str:
        """Who it is."""
        return self._psid

    async def says_hello(self) -> None:
        """One text and one reply: a turn of the bare server."""
        await self.says("hello")

    async def says(self, words: str) -> None:
        """Type something that has a reply.

        Args:
            words: What.
        """
        await self._do({"message": {"mid": self._mid(), "text": words}}, until=None)

    async def buys(self, *, pay: str = "") -> None:
        """Walk one whole purchase, from Get Started to the receipt.

        Args:
            pay: How, such as "cod"; empty takes any way.
        """
        await self._taps_postback("get_started", "Get Started", until="browse_categories")
        await self._taps("browse_categories", until="open_category")
        await self._taps("open_category", until="add_to_cart")
        await self._taps("add_to_cart", until="checkout")
        await self._taps("checkout", until="")
        answers = self._address()
        while True:
            if any(choice.payload.startswith("confirm") for choice in self._offered):
                await self._taps("confirm", until="")
                self._measured.purchases += 1
                return
            for known in ("use_address", f"pay_with:{pay}", "skip"):
                if any(choice.payload.startswith(known) for choice in self._offered):
                    await self._taps(known, until="")
                    break
            else:
                await self._do({"message": {"mid": self._mid(), "text": next(answers)}}, until="")

    def _address(self) -> Iterator[str]:
        """What is typed in checkout, another each time: no server has read it before."""
        any_of = self._random.choice
        yield f"{any_of(_FIRST)} {any_of(_FIRST)} {any_of(_LAST)}"
        yield f"0917 {self._random.randrange(1000):03} {self._random.randrange(10000):04}"
        yield f"{self._random.randrange(1, 1000)} {any_of(_STREETS)}"
        yield from ("San Antonio", "Makati", "Metro Manila")

    async def _taps(self, prefix: str, *, until: str) -> None:
        choices = [choice for choice in self._offered if choice.payload.startswith(prefix)]
        if not choices:
            raise RuntimeError(f"{prefix} is not on offer, only {[choice.payload for choice in self._offered]}")
        choice = self._random.choice(choices)
        await self._taps_postback(choice.payload, choice.title, until=until)

    async def _taps_postback(self, payload: str, title: str, *, until: str) -> None:
        await self._do({"postback": {"mid": self._mid(), "title": title, "payload": payload}}, until=until)

    async def _do(self, what: dict[str, object], *, until: str | None) -> None:
        """Do something; it is answered when something that begins with `until` is on offer, or anything at all."""
        item = {"sender": {"id": self._psid}, "recipient": {"id": PAGE_ID}, "timestamp": _now(), **what}
        body = msgspec.json.encode({"object": "page", "entry": [{"id": PAGE_ID, "time": _now(), "messaging": [item]}]})
        headers = {"X-Hub-Signature-256": sign(self._secret, body), "Content-Type": "application/json"}
        self._offered = []
        began = clock.monotonic()
        async with self._http.post(self._url, data=body, headers=headers) as answer:
            await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"the webhook answered {answer.status}")
        self._measured.acknowledged.append(clock.monotonic() - began)
        async with asyncio.timeout(_WAIT):
            while True:
                message = await self._inbox.get()
                self._offered += _choices(message)
                if until is None or any(choice.payload.startswith(until) for choice in self._offered):
                    break
        self._measured.replied.append(clock.monotonic() - began)
        self._measured.turns += 1
        while not self._inbox.empty():
            self._offered += _choices(self._inbox.get_nowait())

    def _mid(self) -> str:
        return f"m_{self._psid}_{next(self._mids)}_{clock.token(6)}"


def _choices(message: _Message) -> list[_Choice]:
    choices = list(message.quick_replies)
    if message.attachment is not None:
        choices += message.attachment.payload.buttons
        choices += [button for element in message.attachment.payload.elements for button in element.buttons]
    return [choice for choice in choices if choice.payload]


def _now() -> int:
    return int(clock.now().timestamp() * 1000)
